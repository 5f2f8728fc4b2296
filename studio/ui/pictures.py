"""Decoded photos: pyramids for the canvas and thumbnails, made in the background."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPixmap

from studio.imaging.intake import decode
from studio.imaging.pyramid import Pyramid, build
from studio.model.refusal import Refusal
from studio.ui import jobs

THUMB = 256
"""Longest side in pixels of the level from which thumbnails are cut."""


class Pictures(QObject):
    """Keeps the pictures of one case by SHA-256 and decodes each once.

    `ready` and `failed` tell the SHA-256; `failed` also the sentence to show.
    """

    ready = Signal(str)
    failed = Signal(str, str)

    def __init__(self, pool: QThreadPool) -> None:
        super().__init__()
        self._pool = pool
        self._pyramids: dict[str, Pyramid] = {}
        self._thumbs: dict[tuple[str, int, int], QPixmap] = {}
        self._under_way: dict[str, jobs.Job[Pyramid]] = {}
        self._page = ""

    def pyramid(self, sha: str) -> Pyramid | None:
        """The decoded photo, or None while it is not there."""
        return self._pyramids.get(sha)

    def add(self, sha: str, pyramid: Pyramid) -> None:
        """Take a photo that was decoded already, when it was taken in."""
        self._pyramids[sha] = pyramid
        self.ready.emit(sha)

    def fetch(self, photos: Mapping[str, bytes]) -> None:
        """Begin to decode every photo that is neither there nor under way."""
        for sha, data in photos.items():
            if sha not in self._pyramids and sha not in self._under_way:
                self._start(sha, partial(_decoded, data))

    def fetch_page(self, key: str, draw: Callable[[], Pyramid]) -> None:
        """Begin to draw a page that is shown like a photo; the one before is forgotten."""
        if key == self._page:
            return
        last, self._page = self._page, key
        if last in self._under_way:
            self._under_way.pop(last).cancelled = True
        self._pyramids.pop(last, None)
        self._thumbs = {of: thumb for of, thumb in self._thumbs.items() if of[0] != last}
        self._start(key, draw)

    def thumbnail(self, sha: str, width: int, height: int) -> QPixmap | None:
        """A picture that fills width x height pixels, cut at the sides; None until decoded."""
        key = (sha, width, height)
        if key not in self._thumbs:
            pyramid = self._pyramids.get(sha)
            if pyramid is None:
                return None
            self._thumbs[key] = _cut(pyramid, width, height)
        return self._thumbs[key]

    def clear(self) -> None:
        """Forget everything; results still under way are dropped."""
        for job in self._under_way.values():
            job.cancelled = True
        self._under_way.clear()
        self._pyramids.clear()
        self._thumbs.clear()
        self._page = ""

    def _start(self, sha: str, make: Callable[[], Pyramid]) -> None:
        def arrived(pyramid: Pyramid) -> None:
            del self._under_way[sha]
            self.add(sha, pyramid)

        def refused(refusal: Refusal) -> None:
            del self._under_way[sha]
            self.failed.emit(sha, str(refusal))

        self._under_way[sha] = jobs.start(self._pool, make, arrived, refused)


def _decoded(data: bytes) -> Pyramid:
    return build(decode(data))


def _cut(pyramid: Pyramid, width: int, height: int) -> QPixmap:
    level = next(
        (p for p in reversed(pyramid.levels) if min(p.shape[1] / width, p.shape[0] / height) >= 1),
        pyramid.levels[0],
    )
    rows, columns = level.shape[:2]
    image = QImage(level.data, columns, rows, level.strides[0], QImage.Format.Format_RGB32)
    scaled = image.scaled(
        width,
        height,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (scaled.width() - width) // 2, (scaled.height() - height) // 4
    return QPixmap.fromImage(scaled.copy(left, max(0, top), width, height))
