"""Small pictures and heights of all variants, made in the pool a moment after a change."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from studio.imaging.pyramid import Pyramid
from studio.model.case import Case
from studio.model.ids import Id
from studio.model.photo import Photo, View
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.planning.tape import tapes
from studio.render.variant_picture import paint_variant
from studio.skin.maps import skin_map
from studio.ui import jobs
from studio.ui.workbench import Workbench

PAUSE_MS = 250
"""While a hand draws, pictures wait; the old ones stay until the new ones are there."""

SIZE = QSize(88, 58)


@dataclass(frozen=True, slots=True)
class Seen:
    """A variant's picture, and the tape from the glabella to its hairline if it is known."""

    picture: QImage
    height: Quantity | None


class VariantPictures(QObject):
    """`changed` tells that `seen` has new pictures, by the variant's id."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.seen: dict[Id, Seen] = {}
        self._made_of: tuple[object, ...] = ()
        self._job: jobs.Job[dict[Id, Seen]] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._start)
        bench.open_case.changed.connect(lambda _before, _after: self._timer.start())
        bench.open_case.replaced.connect(self._forget)
        bench.pictures.ready.connect(lambda _sha: self._timer.start())

    def _forget(self) -> None:
        """Another client's pictures are nobody's."""
        if self._job is not None:
            self._job.cancelled = True
            self._job = None
        self.seen, self._made_of = {}, ()
        self.changed.emit()
        self._timer.start()

    def _start(self) -> None:
        case = self._bench.case
        photo = next((p for p in case.photos if p.view is View.FRONT), None)
        photo = photo or next(iter(case.photos), None)
        pyramid = self._bench.pictures.pyramid(photo.sha256) if photo else None
        if photo is None or pyramid is None or self._bench.open_case.history.busy:
            return
        of = (case.variants, case.axes, case.head, photo, pyramid)
        if self._job is not None or _same(of, self._made_of):
            return  # what is under way looks again when it is done
        front, pixels = photo, pyramid

        def arrived(seen: dict[Id, Seen]) -> None:
            self._job, self.seen, self._made_of = None, seen, of
            self.changed.emit()
            self._timer.start()

        def refused(refusal: Refusal) -> None:
            self._job, self._made_of = None, of
            self._bench.said.emit(str(refusal))

        self._job = jobs.start(
            self._bench.pool,
            lambda: _make(case, front, pixels),
            arrived,
            refused,
        )


def _make(case: Case, photo: Photo, pyramid: Pyramid) -> dict[Id, Seen]:
    skin = skin_map(case, photo)
    found = {}
    for variant in case.variants:
        rows = tapes(case, variant, photo, skin)
        height = next((tape.length_mm for tape in rows if tape.letter == "a"), None)
        known = height if height is not None and height.known else None
        found[variant.id] = Seen(paint_variant(case, variant, photo, pyramid, SIZE, 2.0), known)
    return found


def _same(these: tuple[object, ...], those: tuple[object, ...]) -> bool:
    return len(these) == len(those) and all(a is b for a, b in zip(these, those, strict=True))
