"""Lines of many points, drawn only where they are seen."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from studio.model.arrays import BoolArray, FloatArray

CHUNK = 12
"""Segments whose box is kept, to tell whether they are seen."""

PIECE = 168
"""Most segments in one stroke: Qt's cost grows faster than the number of points."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A polyline (n, 2) in view pixels, and the same as Qt's points.

    `along` (n,) is the length up to each point, `boxes` (k, 4) are those of its chunks:
    left top right bottom.
    """

    line: FloatArray
    points: list[QPointF]
    along: FloatArray
    boxes: FloatArray
    _dashed: dict[tuple[float, float], list[QPainterPath]] = field(default_factory=dict)

    def dashes(self, dash: tuple[float, float]) -> list[QPainterPath]:
        """Dashes of so many pixels and gaps, by the chunk in which they begin.

        Qt's own dashes lose their step where lines are clipped.
        """
        if dash not in self._dashed:
            self._dashed[dash] = _dashes(self, dash)
        return self._dashed[dash]

    @property
    def bounds(self) -> QRectF:
        """The box round all points."""
        left, top = self.boxes[:, :2].min(axis=0).tolist()
        right, bottom = self.boxes[:, 2:].max(axis=0).tolist()
        return QRectF(QPointF(left, top), QPointF(right, bottom))


def course(line: FloatArray) -> Course:
    """The course of a polyline (n, 2) of at least two points."""
    firsts = np.arange(0, len(line) - 1, CHUNK)
    low = np.minimum(line[:-1], line[1:])
    high = np.maximum(line[:-1], line[1:])
    boxes = np.hstack([np.minimum.reduceat(low, firsts), np.maximum.reduceat(high, firsts)])
    along = np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    return Course(line, [QPointF(x, y) for x, y in line.tolist()], along, boxes)


def courses(line: FloatArray) -> list[Course]:
    """Courses of the runs of a polyline (n, 2) that have no NaN."""
    good = np.isfinite(line).all(axis=1)
    if good.all():
        runs = [line]
    else:
        cuts = np.flatnonzero(np.diff(good.astype(np.int8))) + 1
        runs = [run for run in np.split(line, cuts) if np.isfinite(run[0]).all()]
    return [course(run) for run in runs if len(run) > 1]


def refined(line: FloatArray, longest: float) -> FloatArray:
    """The polyline with no step longer than `longest`; gaps (NaN) stay."""
    steps = np.nan_to_num(np.hypot(*np.diff(line, axis=0).T), nan=0.0, posinf=0.0)
    counts = np.maximum(np.ceil(steps / longest), 1).astype(np.int64)
    if (counts == 1).all():
        return line
    start = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(len(start)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[start]
    between = line[start] + share[:, None] * (line[start + 1] - line[start])
    return np.concatenate([between, line[-1:]])


def touches(one: Course, seen: QRectF, reach: float) -> bool:
    """Whether a pen reaching so far from the line can touch a box."""
    return bool(_near(one, seen, reach).any())


def stroke(painter: QPainter, one: Course, pen: QPen, seen: QRectF) -> None:
    """Stroke what of a course touches the box `seen`; dashes begin at the course's start."""
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if pen.style() is Qt.PenStyle.CustomDashLine:
        on, off = (length * pen.widthF() for length in pen.dashPattern())
        pen.setStyle(Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        for chunk in np.flatnonzero(_near(one, seen, pen.widthF() + on)).tolist():
            painter.drawPath(one.dashes((on, off))[chunk])
        return
    painter.setPen(pen)
    near = np.flatnonzero(_near(one, seen, pen.widthF()))
    for run in np.split(near, np.flatnonzero(np.diff(near) > 1) + 1) if len(near) else ():
        first, last = int(run[0]), int(run[-1]) + 1
        for begin in range(first, last, PIECE // CHUNK):
            end = min(begin + PIECE // CHUNK, last)
            painter.drawPolyline(QPolygonF(one.points[begin * CHUNK : end * CHUNK + 1]))


def _dashes(one: Course, dash: tuple[float, float]) -> list[QPainterPath]:
    paths = [QPainterPath() for _ in one.boxes]
    starts = np.arange(0.0, one.along[-1], sum(dash))
    ends = np.stack([starts, np.minimum(starts + dash[0], one.along[-1])], axis=1)
    x, y = (np.interp(ends, one.along, one.line[:, axis]) for axis in (0, 1))
    inner = np.searchsorted(one.along, ends, side="right")
    for from_x, from_y, to_x, to_y, after, before in np.column_stack(
        [x[:, 0], y[:, 0], x[:, 1], y[:, 1], inner]
    ).tolist():
        path = paths[min((int(after) - 1) // CHUNK, len(paths) - 1)]
        path.moveTo(from_x, from_y)
        for corner in one.points[int(after) : int(before)]:
            path.lineTo(corner)
        path.lineTo(to_x, to_y)
    return paths


def _near(one: Course, seen: QRectF, reach: float) -> BoolArray:
    boxes = one.boxes
    across = (boxes[:, 0] <= seen.right() + reach) & (boxes[:, 2] >= seen.left() - reach)
    down = (boxes[:, 1] <= seen.bottom() + reach) & (boxes[:, 3] >= seen.top() - reach)
    near: BoolArray = across & down
    return near
