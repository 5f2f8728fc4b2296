"""Lines drawn by hand: a smooth curve through a stroke, and round shapes."""

import numpy as np

from studio.geometry.bezier import Nodes
from studio.geometry.fit import as_nodes, best_segment
from studio.model.arrays import FloatArray
from studio.model.chart import Point

_CORNERS = 48
"""Of a round outline: it strays from the circle by 0.2 % of its radius."""
_LEAST = 3


def smooth_nodes(points: FloatArray, tolerance: float) -> Nodes:
    """Nodes of a smooth curve that keeps within `tolerance` of a stroke (n, 2), n >= 2.

    Raises ValueError if the stroke has no length.
    """
    moved = np.r_[True, np.hypot(*np.diff(points, axis=0).T) > 1e-9]
    points = points[moved]
    if len(points) < 2:
        raise ValueError("a stroke of no length")
    start, end = _way(points, 0), -_way(points, len(points) - 1)
    return as_nodes(np.array(_segments(points, start, end, tolerance)))


def ellipse(middle: Point, half: Point) -> tuple[Point, ...]:
    """An upright ellipse by its middle and half axes."""
    turn = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    x, y = middle[0] + half[0] * np.cos(turn), middle[1] + half[1] * np.sin(turn)
    return tuple(zip(x.tolist(), y.tolist(), strict=True))


def _segments(
    points: FloatArray, start: FloatArray, end: FloatArray, tolerance: float
) -> list[FloatArray]:
    """Segments (4, 2) through a stroke, halved where one does not keep to it."""
    segment, errors = best_segment(points, start, end, tolerance)
    if errors.max() <= tolerance or len(points) < 2 * _LEAST:
        return [segment]
    at = int(np.clip(errors.argmax(), _LEAST - 1, len(points) - _LEAST))
    way = _way(points, at)
    first = _segments(points[: at + 1], start, -way, tolerance)
    return first + _segments(points[at:], way, end, tolerance)


def _way(points: FloatArray, at: int) -> FloatArray:
    """The stroke's unit direction about one of its points, over a few of them."""
    reach = max(1, min(4, len(points) // 8))
    step = points[min(at + reach, len(points) - 1)] - points[max(at - reach, 0)]
    size = float(np.hypot(*step))
    if size < 1e-9:  # a stroke that turns straight back
        step = points[at] - points[at - 1] if at else points[1] - points[0]
        size = float(np.hypot(*step))
    direction: FloatArray = step / size
    return direction
