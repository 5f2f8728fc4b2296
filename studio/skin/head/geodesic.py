"""How a tape lies on the head from one point to another: the shortest way on the surface."""

import math
from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.refusal import Refusal
from studio.skin.head.chart import EDGE, to_chart, to_direction
from studio.skin.head.surface import Surface

PIECES = 32
"""Straight pieces in which a tape is laid; its length is then taken on finer ones."""

FINE = 8
"""Finer pieces for each of them: they fall short of the tape by less than 0.002 mm."""

_ROUNDS = 60
_ENOUGH = 1e-5
"""Radians, 0.001 mm: the length is then right far beyond its last digit."""
_NUDGE = 1e-4
_SAME = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Geodesic:
    """A tape's length in mm and its course in chart coordinates (n, 2), both ends included."""

    length_mm: float
    path: FloatArray


def geodesic(surface: Surface, start: Point, end: Point) -> Geodesic:
    """The shortest way on the surface between two chart points.

    Seen from the head's middle it is nearly a great circle; the tape is the set of small
    turns away from that circle, one at each of its points, for which the length of the
    polyline through the points on the skin is least. Raises Refusal where
    that way leaves the chart, and for places so nearly opposite that none is clearly shortest.
    """
    ends = to_direction(np.array([start, end]))
    across = np.cross(ends[0], ends[1])
    size = float(np.linalg.norm(across))
    angle = math.atan2(size, float(ends[0] @ ends[1]))
    if angle < _SAME:
        return Geodesic(0.0, np.array([start, end], dtype=np.float64))
    if size < _SAME:
        raise Refusal(
            "These two places lie opposite each other, so no tape between them is the shortest. "
            "Measure by way of a place between them."
        )
    across /= size
    circle = _circle(ends, across, angle, np.linspace(0.0, 1.0, PIECES + 1))
    turn = _shortest(surface, circle, across)
    laid = _laid(surface, ends, across, angle, turn)
    if np.hypot(*laid.path.T).max() > EDGE:
        raise Refusal(
            "The shortest way between these two places runs under the head. "
            "Measure by way of a place on the scalp between them."
        )
    return laid


def _shortest(surface: Surface, circle: FloatArray, across: FloatArray) -> FloatArray:
    """The turns (n,) away from the circle, 0 at both ends, that make the way shortest.

    Newton's method, damped wherever it would make the way longer.
    """
    turn = np.zeros(len(circle))
    length, pull, bend = _derivatives(surface, circle, across, turn)
    damping, stiffness = 0.0, _stiffness(len(pull)) * float(np.abs(np.diag(bend, 1)).mean())
    for _ in range(_ROUNDS):
        step = np.linalg.solve(bend + damping * stiffness, pull)
        tried = turn.copy()
        tried[1:-1] -= step
        found = _derivatives(surface, circle, across, tried)
        if pull @ step < 0 or found[0] > length + 1e-9:
            damping = max(3 * damping, 0.1)
            continue
        turn, (length, pull, bend) = tried, found
        damping = 0.0 if damping <= 0.1 else damping / 3
        if float(np.abs(step).max()) < _ENOUGH:
            return turn
    raise Refusal(
        "No tape can be laid between these two places of the head. Choose places closer together."
    )


def _laid(
    surface: Surface, ends: FloatArray, across: FloatArray, angle: float, turn: FloatArray
) -> Geodesic:
    """Length and path on finer pieces, the turns between them by a cubic spline."""
    from scipy.interpolate import CubicSpline  # noqa: PLC0415

    share = np.linspace(0.0, 1.0, PIECES * FINE + 1)
    between = CubicSpline(np.linspace(0.0, 1.0, PIECES + 1), turn)(share)
    u = _turned(_circle(ends, across, angle, share), across, between)
    chords = np.linalg.norm(np.diff(surface.points(u), axis=0), axis=1)
    return Geodesic(float(chords.sum()), to_chart(u)[::2])


def _circle(ends: FloatArray, across: FloatArray, angle: float, share: FloatArray) -> FloatArray:
    """Directions (n, 3) at shares of the great circle between two."""
    ahead = np.cross(across, ends[0])
    turns = angle * share[:, None]
    circle: FloatArray = np.cos(turns) * ends[0] + np.sin(turns) * ahead
    return circle


def _turned(circle: FloatArray, across: FloatArray, turn: FloatArray) -> FloatArray:
    turned: FloatArray = np.cos(turn)[:, None] * circle + np.sin(turn)[:, None] * across
    return turned


def _stiffness(count: int) -> FloatArray:
    """What resists neighbouring turns from differing: damps bends of the way, not its place."""
    off = np.ones(count - 1)
    return np.diag(np.full(count, 2.0)) - np.diag(off, 1) - np.diag(off, -1)


def _derivatives(
    surface: Surface, circle: FloatArray, across: FloatArray, turn: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """Length in mm and its first (n - 2,) and second (n - 2, n - 2) derivatives by inner turns."""
    tries = np.concatenate([turn - _NUDGE, turn, turn + _NUDGE])
    around = np.concatenate([circle] * 3)
    before, at, after = surface.points(_turned(around, across, tries)).reshape(3, -1, 3)
    slope, bend = (after - before) / (2 * _NUDGE), (after - 2 * at + before) / _NUDGE**2
    chord = np.diff(at, axis=0)
    size = np.linalg.norm(chord, axis=1)
    unit = chord / size[:, None]

    def along(vectors: FloatArray) -> FloatArray:
        product: FloatArray = (unit * vectors).sum(axis=1)
        return product

    first, last = slope[:-1], slope[1:]
    pull = along(last)[:-1] - along(first)[1:]
    at_end = ((last**2).sum(axis=1) - along(last) ** 2) / size + along(bend[1:])
    at_start = ((first**2).sum(axis=1) - along(first) ** 2) / size - along(bend[:-1])
    shared = ((along(first) * along(last) - (first * last).sum(axis=1)) / size)[1:-1]
    second = np.diag(at_end[:-1] + at_start[1:]) + np.diag(shared, 1) + np.diag(shared, -1)
    return float(size.sum()), pull, second
