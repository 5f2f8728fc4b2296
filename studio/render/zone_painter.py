"""Zones over the photo: fill, texture, outline and letter."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QTransform

from studio.model.ids import Id
from studio.model.zone import Purpose, Zone
from studio.render.course import stroke, touches
from studio.render.hatch import DASH_MM, DOT_MM, GAP_MM, LINES, ON_PHOTO, PITCH, RING_MM
from studio.render.horizon_layer import paint_steep
from studio.render.lettering import Lettering, plain_text, text_size
from studio.render.outlines import Outline
from studio.render.tokens import ON_PURPOSE, PURPOSE_COLOURS

TEXTURE_PX = 3.5
"""View pixels for a millimetre of the printed texture, at any zoom."""

TEXTURE_ALPHA = 0.42
DISC, DISC_HALO = 8.5, 10.0
LETTER = Lettering(11, 700)
REACH = 12.0
"""View pixels that a zone's drawing reaches beyond its outline and its letter's place."""


@dataclass(frozen=True, slots=True)
class ZoneLook:
    """One zone as it is drawn; `angle` is that of the lines of full coverage."""

    parts: tuple[Outline, ...]
    zone: Zone
    selected: bool
    angle: float = 45.0

    @property
    def id(self) -> Id:
        """The zone's id."""
        return self.zone.id


def paint_zones(painter: QPainter, looks: Iterable[ZoneLook], seen: QRectF, ratio: float) -> None:
    """Fills with textures, hatching where it is steep, then outlines; in view pixels.

    They count from the corner of the photo. Parts outside `seen` are left out. `ratio` is
    device pixels per view pixel.
    """
    shown = [(look, part) for look in looks for part in look.parts if _near(part, seen)]
    for look, part in shown:
        tint = 0.30 if look.selected else 0.20
        if look.zone.purpose is Purpose.KEEP_CLEAR:
            _fill(painter, part, QBrush(_shade(look.zone.purpose, tint)), seen)
            _cross(painter, part)
        else:
            _fill(painter, part, _brush(look.zone.purpose, look.angle, tint, ratio), seen)
    paint_steep(painter, (part.steep for _, part in shown), ratio)
    for selected in (False, True):
        outlined = [pair for pair in shown if pair[0].selected is selected]
        halo = QPen(QColor(0, 0, 0, 89), 3.0 if selected else 2.2)
        for _, part in outlined:
            _stroke(painter, part, halo, seen)
        for look, part in outlined:
            colour = _shade(look.zone.purpose, 1.0 if selected else 0.85)
            _stroke(painter, part, QPen(colour, 1.5 if selected else 1.0), seen)


def paint_letters(painter: QPainter, looks: Iterable[ZoneLook], seen: QRectF) -> None:
    """The letter of each zone on a disc, white on black where nothing may be done."""
    painter.setPen(Qt.PenStyle.NoPen)
    for look in looks:
        clear = look.zone.purpose is Purpose.KEEP_CLEAR
        for part in look.parts:
            if not _near(part, seen):
                continue
            painter.setBrush(_shade(look.zone.purpose, 1.0) if clear else QColor(0, 0, 0, 140))
            painter.drawEllipse(part.inner, DISC_HALO, DISC_HALO)
            painter.setBrush(QColor(ON_PURPOSE) if clear else _shade(look.zone.purpose, 1.0))
            painter.drawEllipse(part.inner, DISC, DISC)
            width, _ = text_size(look.zone.letter, LETTER)
            at = part.inner + QPointF(-width / 2, 4)
            ink = QColor("#FFFFFF") if clear else QColor(ON_PURPOSE)
            plain_text(painter, at, look.zone.letter, LETTER, ink)


def _fill(painter: QPainter, part: Outline, brush: QBrush, seen: QRectF) -> None:
    """Fill what of a zone is seen; a rectangle is much cheaper than a path."""
    if any(touches(line, seen, 1.0) for line in part.rims or part.lines):
        painter.fillPath(part.path, brush)
    elif part.path.contains(seen.center()):
        painter.fillRect(seen, brush)


def _stroke(painter: QPainter, part: Outline, pen: QPen, seen: QRectF) -> None:
    for line in part.lines:
        stroke(painter, line, pen, seen)


def _near(part: Outline, seen: QRectF) -> bool:
    return part.bounds.adjusted(-REACH, -REACH, REACH, REACH).intersects(seen)


def _shade(purpose: Purpose, alpha: float) -> QColor:
    colour = QColor(PURPOSE_COLOURS[purpose])
    colour.setAlphaF(alpha)
    return colour


def _cross(painter: QPainter, part: Outline) -> None:
    """Both diagonals, as on paper."""
    box = part.path.boundingRect()
    painter.save()
    painter.setClipPath(part.path, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(_shade(Purpose.KEEP_CLEAR, 0.8), 1.5))
    painter.drawLine(QLineF(box.topLeft(), box.bottomRight()))
    painter.drawLine(QLineF(box.topRight(), box.bottomLeft()))
    painter.restore()


@lru_cache(maxsize=64)
def _brush(purpose: Purpose, angle: float, tint: float, ratio: float) -> QBrush:
    """The printed texture of a purpose on its tint, as a brush that repeats."""
    unit = TEXTURE_PX * ON_PHOTO * ratio
    pitch = PITCH[purpose] * unit
    draw, size = _motif(purpose, angle, pitch, unit)
    tile = QPixmap(max(2, round(size.width())), max(2, round(size.height())))
    tile.fill(_shade(purpose, tint))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(tile.width() / size.width(), tile.height() / size.height())
    colour = _shade(purpose, TEXTURE_ALPHA).lighter(130)
    painter.setPen(QPen(colour, ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            painter.save()
            painter.translate(dx * size.width(), dy * size.height())
            draw(painter)
            painter.restore()
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush


def _motif(
    purpose: Purpose, angle: float, pitch: float, unit: float
) -> tuple[Callable[[QPainter], object], QSizeF]:
    """What repeats, and how large it is: `unit` pixels stand for a printed millimetre."""
    staggered = QSizeF(pitch, pitch * math.sqrt(3))
    match purpose:
        case Purpose.TRANSITION:
            return lambda p: _pair(
                p, staggered, DOT_MM / ON_PHOTO * unit / 2, filled=True
            ), staggered
        case Purpose.PATCH | Purpose.DOT_SCARS:
            return lambda p: _pair(
                p, staggered, RING_MM / ON_PHOTO * unit / 2, filled=False
            ), staggered
        case Purpose.DENSITY:
            step = QSizeF((DASH_MM + GAP_MM) * unit, 2 * pitch)
            return lambda p: _dashes(p, step, DASH_MM * unit), step
        case _:
            return _lined(LINES.get(purpose, (angle,)), pitch)


def _lined(angles: tuple[float, ...], pitch: float) -> tuple[Callable[[QPainter], object], QSizeF]:
    """Lines through the whole motif, slanted ones alone or level and upright ones."""
    if angles[0] in {45.0, 135.0}:
        slanted = QSizeF(pitch * math.sqrt(2), pitch * math.sqrt(2))
        return lambda p: _slants(p, slanted, angles), slanted
    half = pitch / 2
    lines = {0.0: QLineF(0, half, pitch, half), 90.0: QLineF(half, 0, half, pitch)}
    return lambda p: p.drawLines([lines[angle] for angle in angles]), QSizeF(pitch, pitch)


def _pair(painter: QPainter, size: QSizeF, radius: float, *, filled: bool) -> None:
    """Two marks of a triangular grid."""
    if filled:
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
    for share in (0.25, 0.75):
        painter.drawEllipse(QPointF(size.width() * share, size.height() * share), radius, radius)


def _dashes(painter: QPainter, size: QSizeF, length: float) -> None:
    """Two rows of dashes, the second shifted by half a step."""
    for x, y in ((0.0, 0.25), (0.5, 0.75)):
        start = QPointF(x * size.width(), y * size.height())
        painter.drawLine(QLineF(start, start + QPointF(length, 0)))


def _slants(painter: QPainter, size: QSizeF, angles: tuple[float, ...]) -> None:
    low, high = QPointF(0, size.height()), QPointF(size.width(), 0)
    for angle in angles:
        if angle < 90:
            painter.drawLine(QLineF(low, high))
        else:
            painter.drawLine(QLineF(QPointF(0, 0), QPointF(size.width(), size.height())))
