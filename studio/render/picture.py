"""A picture of the result as a file: the photo with its dots, saying what it is."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QPointF, QRect
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter

from studio.imaging.intake import decode
from studio.model.arrays import ByteArray
from studio.model.case import Case
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.pigment.composite import composite
from studio.pigment.optics import load_optics
from studio.render.design_layer import DesignLayer
from studio.render.lettering import Lettering, halo_text, text_size
from studio.render.pigment_layer import PigmentLayer
from studio.render.viewport import Viewport
from studio.render.worker import Progress
from studio.skin.maps import skin_map
from studio.storage.atomic import replace_file

FORMATS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
QUALITY = 94
ROWS = 512
"""Rows darkened at a time, so that no copy of the whole picture is needed."""

DRAWN_FOR = 1200.0
"""Lines and words are as large as on a view of this width, in smaller pictures as on screen."""

TITLE, DETAIL = Lettering(14, 600), Lettering(12, 400)
FROM_EDGE, LINE_HEIGHT = 16.0, 19.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureStyle:
    """What a picture shows. `width` in pixels, None for the photo's own; `session` as on screen."""

    dots: bool = True
    design: bool = False
    session: int | None = None
    width: int | None = None


PLAIN = PictureStyle()


def write_picture(
    path: Path,
    case: Case,
    photo: Photo,
    stored: bytes,
    progress: Progress = lambda _share, _words: None,
    style: PictureStyle = PLAIN,
) -> Path:
    """Write a PNG or JPEG file, by the ending of its name; `stored` is the photo's own file.

    The file holds no metadata. Raises Refusal when it cannot be written.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise Refusal("A picture is saved as PNG or JPEG. Give it a name ending in .png or .jpg.")
    progress(0.0, QCoreApplication.translate("Picture", "Opening the photo"))
    image = paint_picture(case, photo, decode(stored), style, progress)
    progress(0.9, QCoreApplication.translate("Picture", "Saving the picture"))
    data = _encoded(image, kind)

    def write(file: BinaryIO) -> None:
        file.write(data)

    replace_file(path, write)
    progress(1.0, "")
    return path


def paint_picture(
    case: Case,
    photo: Photo,
    pixels: ByteArray,
    style: PictureStyle = PLAIN,
    progress: Progress = lambda _share, _words: None,
) -> QImage:
    """The photo (h, w, 3) with dots, design and words, by the same places and optics as on screen.

    Needs no window. Raises Refusal when the dots cannot be placed.
    """
    _application()
    picture = _sized(pixels, style.width)
    height, width = picture.shape[:2]
    ratio = max(width / DRAWN_FOR, 1.0)
    viewport = Viewport(
        width=width / ratio,
        height=height / ratio,
        photo=(photo.width, photo.height),
        scale=width / photo.width / ratio,
        ratio=ratio,
    )
    dots = 0
    if style.dots:
        dots = _darken(picture, case, photo, viewport, style.session, progress)
    image = QImage(picture.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    try:
        if style.design:
            design = DesignLayer()
            design.follow(case, skin_map(case, photo), viewport, frozenset(), midline=False)
            design.paint(painter, viewport, QRect(0, 0, width, height))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        _sign(painter, viewport, caption(case, photo, style, dots))
    finally:
        painter.end()
    # the array is let go of here, so the image must own its pixels
    return image.copy()


def caption(case: Case, photo: Photo, style: PictureStyle, dots: int) -> tuple[str, ...]:
    """What stands on the picture: what it shows, and that it is no promise."""
    lines: list[str] = []
    if dots or style.design:
        variant = case.variant
        name = f"{variant.letter} {variant.name}".strip()
        shown = QCoreApplication.translate("Picture", "Simulated: variant {0}").format(name)
        if dots and style.session is not None:
            sessions = len(case.shares)
            after = QCoreApplication.translate("Picture", "after session {0} of {1}")
            shown += ", " + after.format(min(style.session, sessions), sessions)
        lines.append(shown)
        lines.append(QCoreApplication.translate("Picture", "Illustration, not a promise"))
    if photo.taken:
        taken = date.fromisoformat(photo.taken[:10])
        when = f"{taken.day} {taken:%b %Y}"
        lines.append(QCoreApplication.translate("Picture", "Photo of {0}").format(when))
    return tuple(lines)


def _darken(
    picture: ByteArray,
    case: Case,
    photo: Photo,
    viewport: Viewport,
    session: int | None,
    progress: Progress,
) -> int:
    """Lay the dots on a picture in place, band by band; gives how many there are."""
    pigment = PigmentLayer(skin_map(case, photo))
    pigment.follow(case, session)
    channels = load_optics().channels
    words = QCoreApplication.translate("Picture", "Placing the dots")
    for top, bottom in _bands(len(picture)):
        progress(0.1 + 0.8 * top / len(picture), words)
        density = pigment.density(viewport, (0, top, picture.shape[1], bottom))
        if density is not None:
            picture[top:bottom] = composite(picture[top:bottom], density, channels)
    return len(pigment)


def _bands(height: int) -> Iterator[tuple[int, int]]:
    return ((top, min(top + ROWS, height)) for top in range(0, height, ROWS))


def _sized(pixels: ByteArray, width: int | None) -> ByteArray:
    """A copy of the photo to draw on, smaller if asked for."""
    import cv2  # noqa: PLC0415

    if width is None or width == pixels.shape[1]:
        return pixels.copy()
    if not 0 < width < pixels.shape[1]:
        raise Refusal(
            f"The photo is {pixels.shape[1]} pixels wide. "
            "Ask for a picture of that width or a smaller one."
        )
    height = max(1, round(pixels.shape[0] * width / pixels.shape[1]))
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _sign(painter: QPainter, viewport: Viewport, lines: tuple[str, ...]) -> None:
    """The words, bottom right; smaller if the picture is too narrow for them."""
    styles = [TITLE if number == 0 else DETAIL for number in range(len(lines))]
    widths = [text_size(line, style)[0] for line, style in zip(lines, styles, strict=True)]
    free = viewport.width - 2 * FROM_EDGE
    fit = min(1.0, free / max(widths, default=free))
    painter.scale(fit, fit)
    right, bottom = viewport.width / fit - FROM_EDGE, viewport.height / fit - FROM_EDGE
    base = bottom - LINE_HEIGHT * (len(lines) - 1)
    for number, (line, style, width) in enumerate(zip(lines, styles, widths, strict=True)):
        halo_text(painter, QPointF(right - width, base + LINE_HEIGHT * number), line, style)


def _encoded(image: QImage, kind: str) -> bytes:
    """The file's bytes. Qt writes no metadata but the density, which says nothing here."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, kind.encode())
    if kind == "jpeg":
        writer.setQuality(QUALITY)
    if not writer.write(image):
        raise Refusal(
            "The picture could not be written. It may be too large: ask for a smaller one."
        )
    buffer.close()
    return bytes(data.data())


@cache
def _application() -> QGuiApplication:
    """Fonts need an application; without a window an offscreen one does. Kept for good."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication([])
