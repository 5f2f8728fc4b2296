"""What the tool in hand wants drawn: lines, marks and labels, in screen sizes."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Spot
from studio.model.arrays import FloatArray
from studio.render.course import courses, refined, stroke
from studio.render.lettering import Lettering, halo_text, text_size
from studio.render.tokens import EDITED, TOKENS, Theme

Place = Callable[[FloatArray], FloatArray]
"""Chart points (n, 2) to view pixels; NaN where the photo cannot see them."""

REACH = 12.0
"""View pixels that lines and marks reach beyond their points."""

NAME, DETAIL = Lettering(12, 600), Lettering(11, 400)
LINE_HEIGHT = 16.0
BESIDE = QPointF(14.0, -4.0)
"""From a point to the start of its label."""

CLEAR = 21.0
"""View pixels that take a label of one line past the marks beside its point."""

CROWDED = 9.0
"""View pixels between points below which their marks would cover each other."""

MARK = 6.0
"""View pixels from a mark's middle that no label may cover."""

NEAR = "#BFE3F7"
WHITE = "#FFFFFF"
DARK = "#2B2B2B"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line's colour, width and dashes in pixels, and the strength of its black halo."""

    colour: str
    width: float
    halo: float
    extra: float = 2.0
    dash: tuple[float, ...] = ()
    halo_dashed: bool = False


STROKES = {
    Ink.CURVE: Stroke(EDITED, 2.5, 0.62, 2.6),
    Ink.TWIN: Stroke(EDITED, 2.0, 0.60, 2.6, (7, 4)),
    Ink.HANDLE: Stroke(EDITED, 1.25, 0.50),
    Ink.HANDLE_NEAR: Stroke(NEAR, 1.0, 0.30),
    Ink.GUIDE: Stroke(WHITE, 1.0, 0.35),
    Ink.SUGGESTED: Stroke(WHITE, 1.0, 0.35, dash=(6, 3), halo_dashed=True),
    Ink.AXIS: Stroke(WHITE, 1.0, 0.35, dash=(8, 4), halo_dashed=True),
    Ink.UPRIGHT: Stroke(WHITE, 1.0, 0.35, dash=(2, 4), halo_dashed=True),
    Ink.GHOST: Stroke("#E6E6E6", 1.0, 0.45, 1.5, (1, 4), halo_dashed=True),
    Ink.MEASURE: Stroke(WHITE, 1.5, 0.50),
    Ink.MARQUEE: Stroke(WHITE, 1.0, 0.50, dash=(4, 3)),
    Ink.ZONE: Stroke(EDITED, 1.5, 0.50),
    Ink.REFUSED: Stroke(TOKENS[Theme.DARK].err, 1.5, 0.60),
    Ink.GOOD: Stroke(TOKENS[Theme.DARK].ok, 1.5, 0.60),
    Ink.WARNED: Stroke(TOKENS[Theme.DARK].warn, 1.5, 0.60),
}


def paint_overlay(
    painter: QPainter, overlay: Overlay, place: Place, view: QRectF, longest: float = math.inf
) -> None:
    """Draw all shapes; labels keep inside `view`. The painter's units are view pixels.

    Lines get a point every `longest` chart units, so that they bend with the head.
    """
    lines = [
        (line_pen(STROKES[shape.ink], halo=halo), line)
        for halo in (True, False)
        for shape in overlay
        if isinstance(shape, Line)
        for line in courses(_line(shape, place, longest))
    ]
    for pen, line in lines:
        stroke(painter, line, pen, view)
    _paint_spots(painter, [shape for shape in overlay if isinstance(shape, Spot)], place)
    for label, box in _labels(overlay, place, view):
        _paint_label(painter, box, label)


def overlay_box(overlay: Overlay, place: Place, view: QRectF, longest: float = math.inf) -> QRectF:
    """The view pixels that `paint_overlay` touches; empty for an empty overlay."""
    box = QRectF()
    for shape in overlay:
        if isinstance(shape, Line):
            points = _line(shape, place, longest)
            points = points[np.isfinite(points).all(axis=1)]
            if len(points):
                left, top = points.min(axis=0).tolist()
                right, bottom = points.max(axis=0).tolist()
                box |= QRectF(QPointF(left, top), QPointF(right, bottom)).adjusted(-1, -1, 1, 1)
            continue
        at = _point(shape.at, place)
        if at is not None:
            box |= QRectF(at.x() - 1, at.y() - 1, 2, 2)
    for _, taken in _labels(overlay, place, view):
        box |= taken
    return box.adjusted(-REACH, -REACH, REACH, REACH) if not box.isNull() else box


def line_pen(style: Stroke, *, halo: bool) -> QPen:
    """The pen of one pass of a line: its halo or its colour."""
    pen = QPen(QColor(style.colour), style.width)
    if halo:
        pen = QPen(QColor(0, 0, 0, round(255 * style.halo)), style.width + style.extra)
    if style.dash and (style.halo_dashed or not halo):
        pen.setDashPattern([length / pen.widthF() for length in style.dash])
    return pen


def _line(shape: Line, place: Place, longest: float) -> FloatArray:
    ends = (*shape.points, shape.points[0]) if shape.closed and shape.points else shape.points
    line = np.array(ends, dtype=np.float64).reshape(-1, 2)
    return place(refined(line, longest) if len(line) > 1 else line)


def _point(at: tuple[float, float], place: Place) -> QPointF | None:
    x, y = place(np.array([at], dtype=np.float64))[0].tolist()
    return QPointF(x, y) if x == x and y == y else None  # noqa: PLR0124  # NaN differs from itself


def _paint_spots(painter: QPainter, spots: Sequence[Spot], place: Place) -> None:
    """All marks; points of a line that stand too close for their marks shrink to ticks."""
    if not spots:
        return
    at = place(np.array([spot.at for spot in spots], dtype=np.float64))
    gaps = np.hypot(*np.diff(at, axis=0, prepend=np.nan, append=np.nan).T)
    crowded = np.fmin(gaps[:-1], gaps[1:]) < CROWDED
    for spot, (x, y), close in zip(spots, at.tolist(), crowded.tolist(), strict=True):
        if x != x or y != y:  # noqa: PLR0124 - NaN, the photo cannot see it
            continue
        if close and spot.mark in (Mark.SMOOTH, Mark.CORNER, Mark.TWIN):
            painter.fillRect(QRectF(x - 2.5, y - 2.5, 5, 5), QColor(0, 0, 0, 153))
            painter.fillRect(QRectF(x - 1.5, y - 1.5, 3, 3), QColor(WHITE))
        else:
            _paint_mark(painter, QPointF(x, y), spot.mark)


def _paint_mark(painter: QPainter, at: QPointF, mark: Mark) -> None:
    match mark:
        case Mark.SMOOTH:
            _disc(painter, at, 4.5, WHITE, EDITED)
        case Mark.SELECTED:
            _disc(painter, at, 5.0, EDITED, WHITE)
        case Mark.TWIN:
            _disc(painter, at, 4.5, DARK, EDITED)
        case Mark.CORNER:
            _square(painter, at)
        case Mark.KNOB:
            _disc(painter, at, 4.0, EDITED, None)
        case Mark.KNOB_NEAR:
            _disc(painter, at, 3.0, NEAR, None)
        case Mark.RING:
            _target(painter, at)
        case Mark.CROSS:
            _plus(painter, at, 7.0, gap=2.0)
        case Mark.ADD:
            _disc(painter, at, 6.0, EDITED, WHITE)
            _plus(painter, at, 3.0, gap=0.0)


def _disc(painter: QPainter, at: QPointF, radius: float, fill: str, ring: str | None) -> None:
    """A point: filled, with a coloured ring of 1.5 px if it has one, and a dark one outside."""
    outside = radius + (0.75 if ring else 0.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 153), 1.7))
    painter.drawEllipse(at, outside + 0.85, outside + 0.85)
    painter.setBrush(QColor(fill))
    painter.setPen(QPen(QColor(ring), 1.5) if ring else QPen(Qt.PenStyle.NoPen))
    painter.drawEllipse(at, radius, radius)


def _square(painter: QPainter, at: QPointF) -> None:
    painter.fillRect(QRectF(at.x() - 5.5, at.y() - 5.5, 11, 11), QColor(0, 0, 0, 153))
    painter.setPen(QPen(QColor(EDITED), 1.5))
    painter.setBrush(QColor(WHITE))
    painter.drawRect(QRectF(at.x() - 3.25, at.y() - 3.25, 6.5, 6.5))


def _target(painter: QPainter, at: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((QColor(0, 0, 0, 153), 4.0), (QColor(WHITE), 1.75)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(at, 6.0, 6.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(WHITE))
    painter.drawEllipse(at, 1.5, 1.5)


def _plus(painter: QPainter, at: QPointF, reach: float, *, gap: float) -> None:
    arms = [
        QLineF(at + way * gap, at + way * reach)
        for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1))
    ]
    for colour, width in ((QColor(0, 0, 0, 153), 3.5), (QColor(WHITE), 1.5)):
        painter.setPen(QPen(colour, width))
        painter.drawLines(arms)


def _paint_label(painter: QPainter, box: QRectF, label: Label) -> None:
    baseline = QPointF(box.left() + 2, box.top() + 13)
    halo_text(painter, baseline, label.text, NAME)
    if label.detail:
        halo_text(painter, baseline + QPointF(0, LINE_HEIGHT), label.detail, DETAIL)


def _labels(overlay: Overlay, place: Place, view: QRectF) -> list[tuple[Label, QRectF]]:
    """Every label in sight with its box: where it covers no mark and no label before it.

    Where there is no such place its short form stands in the first one.
    """
    labels = [shape for shape in overlay if isinstance(shape, Label)]
    if not labels:
        return []
    marks = [shape.at for shape in overlay if isinstance(shape, Spot)]
    taken = [
        QRectF(x - MARK, y - MARK, 2 * MARK, 2 * MARK)
        for x, y in place(np.array(marks, dtype=np.float64).reshape(-1, 2)).tolist()
        if math.isfinite(x + y)
    ]
    placed: list[tuple[Label, QRectF]] = []
    for label in labels:
        at = _point(label.at, place)
        if at is not None:
            placed.append(_fitted(label, at, view, taken))
            taken.append(placed[-1][1])
    return placed


def _fitted(
    label: Label, at: QPointF, view: QRectF, taken: Sequence[QRectF]
) -> tuple[Label, QRectF]:
    """The label or its short form, and its box."""
    forms = [label, Label(label.at, label.short)] if label.short else [label]
    for form in forms:
        for box in _label_boxes(at, form, view):
            if not any(box.intersects(other) for other in taken):
                return form, box
    return forms[-1], _label_boxes(at, forms[-1], view)[0]


def _label_boxes(at: QPointF, label: Label, view: QRectF) -> list[QRectF]:
    """Where a label may stand: right of its point, left of it, then a line lower or higher."""
    width = max(text_size(label.text, NAME)[0], text_size(label.detail, DETAIL)[0]) + 6
    height = LINE_HEIGHT * (2 if label.detail else 1) + 4
    right, left = at.x() + BESIDE.x(), at.x() - BESIDE.x() - width
    sides = [x for x in (right, left) if view.left() <= x <= view.right() - width]
    middle = at.y() + BESIDE.y() - height / 2
    return [
        QRectF(x, min(max(middle + lower, view.top()), view.bottom() - height), width, height)
        for lower in (0.0, CLEAR, -CLEAR)
        for x in sides or [max(left, view.left())]
    ]
