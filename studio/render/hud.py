"""What stands over the view: the scale bar, what the picture is, and the mirror axis."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.editing.overlay import Ink
from studio.geometry.mirror import direction
from studio.model.arrays import FloatArray
from studio.model.case import MirrorAxis
from studio.model.chart import HEAD
from studio.render.course import Course, stroke
from studio.render.lettering import (
    DARK_INK,
    HALO,
    Lettering,
    halo_text,
    plain_text,
    text_size,
)
from studio.render.overlay_painter import STROKES, line_pen
from studio.render.viewport import Viewport
from studio.skin.head.scalpmap import BROW, NAPE, SIDE
from studio.skin.skinmap import SkinMap

FROM_EDGE = 24.0
END = 6.0
"""View pixels from the left and bottom edges to the scale bar, and the height of its ends."""

STEPS_MM = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0)
USUAL_MM = 20.0
SHORTEST, LONGEST = 30.0, 260.0
"""View pixels between which a bar of the usual 20 mm stays."""

WORDS = Lettering(11, 500)
LIFTED, APART = 20.0, 12.0
"""The caption stands so much higher where it would come nearer than this to the scale bar."""

AXIS_POINTS = 65


def scale_bar(skin: SkinMap, viewport: Viewport) -> tuple[float, float] | None:
    """Length of the bar in mm and in view pixels; None while the photo has no scale.

    True where the photo measures best.
    """
    if not skin.scaled:
        return None
    centre = skin.focus
    per_unit = float(skin.px_per_unit(centre)[0]) * viewport.scale
    per_mm = per_unit / math.sqrt(float(skin.area_scale(centre)[0]))
    fitting = [mm for mm in STEPS_MM if SHORTEST <= mm * per_mm <= LONGEST]
    if not fitting:
        return None
    best = USUAL_MM if USUAL_MM in fitting else min(fitting, key=lambda mm: abs(mm * per_mm - 100))
    return best, best * per_mm


def paint_scale_bar(
    painter: QPainter, length: float, words: str, viewport: Viewport, *, light: bool
) -> float:
    """The bar bottom left with its words; gives their right end in view pixels.

    A `light` backdrop takes dark ink without a halo.
    """
    left, base = FROM_EDGE, viewport.height - FROM_EDGE
    lines = [
        QLineF(left, base, left + length, base),
        QLineF(left, base - END, left, base),
        QLineF(left + length, base - END, left + length, base),
    ]
    text_at = QPointF(left + length + 10, base + 1)
    width, _ = text_size(words, WORDS)
    box = QRectF(left, base - 12, length + 10 + width, 18)
    bare = light and not on_photo(box, viewport)
    if not bare:
        painter.setPen(QPen(HALO, 3.5))
        painter.drawLines(lines)
    painter.setPen(QPen(DARK_INK if bare else QColor("#FFFFFF"), 1.5))
    painter.drawLines(lines)
    if bare:
        plain_text(painter, text_at, words, WORDS)
    else:
        halo_text(painter, text_at, words, WORDS)
    return text_at.x() + width


def paint_caption(
    painter: QPainter, words: str, viewport: Viewport, *, light: bool, beside: float = 0.0
) -> None:
    """Says bottom right what the picture is, clear of what ends at `beside`, view pixels."""
    width, _ = text_size(words, WORDS)
    lifted = LIFTED if viewport.width - FROM_EDGE - width < beside + APART else 0.0
    at = QPointF(viewport.width - FROM_EDGE - width, viewport.height - FROM_EDGE + 1 - lifted)
    _paint_words(painter, at, words, viewport, light=light)


def paint_state(painter: QPainter, words: str, viewport: Viewport, *, light: bool) -> None:
    """Says top left what is happening to the picture."""
    _paint_words(painter, QPointF(FROM_EDGE, FROM_EDGE + 8), words, viewport, light=light)


def _paint_words(
    painter: QPainter, at: QPointF, words: str, viewport: Viewport, *, light: bool
) -> None:
    """Words from `at` on: dark on a light backdrop, with a halo on the photo and else."""
    width, _ = text_size(words, WORDS)
    box = QRectF(at.x(), at.y() - 12, width, 18)
    if light and not on_photo(box, viewport):
        plain_text(painter, at, words, WORDS)
    else:
        halo_text(painter, at, words, WORDS)


def axis_line(axis: MirrorAxis, skin: SkinMap, photo: tuple[int, int]) -> FloatArray:
    """The mirror axis across the photo, in photo pixels (n, 2), NaN where it is not seen.

    On the head it runs from the nape to the brows.
    """
    width, height = photo
    if skin.chart == HEAD:
        line = np.array(axis.at) + np.arange(-2 * BROW, 2 * BROW, 4.0)[:, None] * direction(axis)
        x, y = line.T
        line = line[(np.abs(x) < SIDE) & (y > -NAPE) & (y < BROW)]
        return skin.to_photo(line)
    rim = np.array([(x, y) for x in (0, width / 2, width) for y in (0, height / 2, height)])
    around = skin.to_skin(rim.astype(np.float64))
    around = around[np.isfinite(around).all(axis=1)]
    reach = float(np.hypot(*(around - axis.at).T).max()) if len(around) else 0.0
    along = np.linspace(-reach, reach, AXIS_POINTS)[:, None] * direction(axis)
    line = skin.to_photo(np.array(axis.at) + along)
    beyond = (line < (-width, -height)) | (line > (2 * width, 2 * height))
    line[beyond.any(axis=1)] = np.nan
    return line


def paint_axis(painter: QPainter, axis: Sequence[Course], seen: QRectF) -> None:
    """The mirror axis as a dashed guide, where it is seen."""
    for halo in (True, False):
        for line in axis:
            stroke(painter, line, line_pen(STROKES[Ink.AXIS], halo=halo), seen)


def on_photo(box: QRectF, viewport: Viewport) -> bool:
    """Whether a box of view pixels lies on the photo, at least in part."""
    left, top, right, bottom = viewport.view_box((0, 0, *viewport.photo))
    return QRectF(left, top, right - left, bottom - top).intersects(box)
