"""The figures that marks in a photo make: how they are drawn and pulled into shape."""

import math

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.photo import MeasurementKind
from studio.model.translation import QT_TRANSLATE_NOOP

Marks = tuple[Point, ...]
"""Points in photo pixels, in the order of the measurement's kind."""

PROMPTS = {
    MeasurementKind.STICKER: (
        QT_TRANSLATE_NOOP("Editing", "Click the middle of the sticker"),
        QT_TRANSLATE_NOOP("Editing", "Click its edge where it is widest"),
        QT_TRANSLATE_NOOP("Editing", "Click its edge where it is narrowest"),
    ),
    MeasurementKind.CARD: (
        QT_TRANSLATE_NOOP("Editing", "Click the first corner of the card"),
        QT_TRANSLATE_NOOP("Editing", "Click the corner at the other end of its long side"),
        QT_TRANSLATE_NOOP("Editing", "Click the next corner round the card"),
        QT_TRANSLATE_NOOP("Editing", "Click the last corner"),
    ),
    MeasurementKind.RULER: (
        QT_TRANSLATE_NOOP("Editing", "Click a mark of the ruler"),
        QT_TRANSLATE_NOOP("Editing", "Click another mark, far from the first"),
    ),
    MeasurementKind.OWN_IPD: (
        QT_TRANSLATE_NOOP("Editing", "Click the client’s right pupil, left in a front photo"),
        QT_TRANSLATE_NOOP("Editing", "Click the left pupil"),
    ),
    MeasurementKind.MEAN_IPD: (
        QT_TRANSLATE_NOOP("Editing", "Click the client’s right pupil, left in a front photo"),
        QT_TRANSLATE_NOOP("Editing", "Click the left pupil"),
    ),
    MeasurementKind.IRIS: (
        QT_TRANSLATE_NOOP("Editing", "Click the edge of an iris on one side"),
        QT_TRANSLATE_NOOP("Editing", "Click its edge straight across"),
    ),
}
"""What to do for each point, in order."""


def figure(kind: MeasurementKind | None, marks: Marks) -> FloatArray:
    """The line (n, 2), in photo pixels, that joins the marks; a sticker's ellipse."""
    points = np.array(marks, dtype=np.float64).reshape(-1, 2)
    if kind is MeasurementKind.STICKER and len(points) == 3:
        turn = np.linspace(0.0, 2 * np.pi, 73)
        centre, long, short = points
        ellipse: FloatArray = (
            centre + np.outer(np.cos(turn), long - centre) + np.outer(np.sin(turn), short - centre)
        )
        return ellipse
    if kind is MeasurementKind.CARD and len(points) == 4:
        return np.concatenate([points, points[:1]])
    return points


def adjusted(kind: MeasurementKind | None, marks: Marks, index: int, to: Point) -> Marks:
    """The marks with one of them put elsewhere.

    A sticker's ellipse moves by its centre; its long half axis turns it, its short one
    stays square to that and is never the longer one.
    """
    if kind is not MeasurementKind.STICKER or len(marks) != 3:
        return (*marks[:index], to, *marks[index + 1 :])
    centre, long, short = marks
    if index == 0:
        dx, dy = to[0] - centre[0], to[1] - centre[1]
        return to, (long[0] + dx, long[1] + dy), (short[0] + dx, short[1] + dy)
    if index == 1:
        return centre, to, _square(centre, to, math.dist(centre, short))
    return centre, long, _square(centre, long, _across(centre, long, to))


def _across(centre: Point, long: Point, to: Point) -> float:
    """How far a point lies from the long axis."""
    x, y = long[0] - centre[0], long[1] - centre[1]
    size = math.hypot(x, y) or 1.0
    return abs(x * (to[1] - centre[1]) - y * (to[0] - centre[0])) / size


def _square(centre: Point, long: Point, length: float) -> Point:
    """The end of a half axis square to the long one and at most as long."""
    x, y = long[0] - centre[0], long[1] - centre[1]
    share = min(length / (math.hypot(x, y) or 1.0), 1.0)
    return centre[0] - y * share, centre[1] + x * share
