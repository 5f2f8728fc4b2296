"""Which way hair grows: a smooth field of directions laid through strokes and whorls."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.strokes import GrowthStroke, Whorl

PIECE = 2.0
"""Chart units between the places at which a stroke is asked for its direction."""
POWER = 3.0
"""A place counts by its distance to this power: steep enough that strokes hold their own
surroundings, flat enough that there is no crease half-way."""
REACH = 40.0
"""Chart units from a stroke at which half of the confidence is left."""
SPIRAL = np.radians(60.0)
"""How far hair round a whorl leans out of straight away from it: it swirls outwards."""
TINY = 1e-9
_CHUNK = 4096


@dataclass(frozen=True, slots=True, eq=False)
class GrowthField:
    """Directions known at places: `at` and `way` (n, 2), unit vectors; whorls turn about `whorls`
    (m, 2) with `turn` (m,), radians by which hair there leans from straight away.
    """

    at: FloatArray
    way: FloatArray
    whorls: FloatArray
    turn: FloatArray

    def __bool__(self) -> bool:
        return len(self.at) + len(self.whorls) > 0

    def directions(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Unit vectors (n, 2) at chart points (n, 2), and how sure they are, (n,) from 0 to 1.

        On a stroke it is the stroke's own direction and the confidence 1; in the middle of a
        whorl and without any stroke there is none: the vector is (1, 0), the confidence 0.
        """
        points = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        way, sure = np.empty_like(points), np.empty(len(points))
        for start in range(0, len(points), _CHUNK):
            part = slice(start, start + _CHUNK)
            way[part], sure[part] = self._near(points[part])
        return way, sure

    def _near(self, points: FloatArray) -> tuple[FloatArray, FloatArray]:
        total = np.zeros_like(points)
        nearest = np.full(len(points), np.inf)
        weights = np.zeros(len(points))
        for at, way in ((self.at, self.way), (self.whorls, None)):
            if len(at) == 0:
                continue
            away = points[:, None] - at[None]
            distance = np.hypot(away[..., 0], away[..., 1])
            nearest = np.minimum(nearest, distance.min(axis=1))
            weight = 1.0 / np.maximum(distance, TINY) ** POWER
            weights += weight.sum(axis=1)
            if way is not None:
                total += weight @ way
            else:
                total += (weight[..., None] * self._spirals(away, distance)).sum(axis=1)
        length = np.hypot(*total.T)
        # where directions cancel out there is none to tell
        agreed = np.divide(length, weights, out=np.zeros_like(length), where=weights > 0)
        known = agreed > TINY
        way_there = np.zeros_like(points)
        way_there[:, 0] = 1.0
        way_there[known] = total[known] / length[known, None]
        sure = np.where(known, agreed / (1.0 + (nearest / REACH) ** 2), 0.0)
        return way_there, sure

    def _spirals(self, away: FloatArray, distance: FloatArray) -> FloatArray:
        """Directions round each whorl, (n, m, 2): outwards, turned by the whorl's lean."""
        unit = away / np.maximum(distance, TINY)[..., None]
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        x, y = unit[..., 0], unit[..., 1]
        turned: FloatArray = np.stack([x * cos - y * sin, x * sin + y * cos], axis=-1)
        return turned


def growth_field(strokes: Iterable[GrowthStroke]) -> GrowthField:
    """The field through strokes of one chart; hair grows from a stroke's start to its end.

    The chart is seen from outside and its y runs down: clockwise is clockwise on the screen.
    A stroke of no length tells nothing.
    """
    at, way = [np.empty((0, 2))], [np.empty((0, 2))]
    whorls: list[Point] = []
    turn: list[float] = []
    for stroke in strokes:
        if stroke.whorl is not Whorl.NONE:
            whorls += stroke.path[:1]
            # positive angles turn x towards y, which on the screen is clockwise
            turn += [SPIRAL * stroke.whorl.value] * len(stroke.path[:1])
            continue
        places, directions = _along(np.array(stroke.path, dtype=np.float64).reshape(-1, 2))
        at.append(places)
        way.append(directions)
    centres = np.array(whorls, dtype=np.float64).reshape(-1, 2)
    return GrowthField(np.concatenate(at), np.concatenate(way), centres, np.array(turn))


def _along(path: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Places on a polyline (n, 2), its points among them, and the unit direction at each.

    At a point between two pieces the direction is half-way between theirs.
    """
    step = np.diff(path, axis=0)
    length = np.hypot(*step.T) if len(step) else np.empty(0)
    moved = np.r_[True, length > TINY] if len(path) else np.empty(0, dtype=bool)
    path = path[moved]
    if len(path) < 2:
        return np.empty((0, 2)), np.empty((0, 2))
    step = np.diff(path, axis=0)
    length = np.hypot(*step.T)
    unit = step / length[:, None]
    joint = np.concatenate([unit[:1], unit[:-1] + unit[1:], unit[-1:]])
    size = np.hypot(*joint.T)
    back = size < TINY  # a stroke that turns straight back tells its way on
    joint[back] = np.concatenate([unit, unit[-1:]])[back]
    joint /= np.hypot(*joint.T)[:, None]
    count = np.maximum(np.ceil(length / PIECE).astype(int), 1)
    piece = np.repeat(np.arange(len(length)), count)
    share = (np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)) / count[piece]
    places = path[piece] + share[:, None] * step[piece]
    ways = joint[piece] * (1 - share[:, None]) + joint[piece + 1] * share[:, None]
    size = np.hypot(*ways.T)
    ways[size < TINY] = unit[piece[size < TINY]]
    ways /= np.hypot(*ways.T)[:, None]
    return np.concatenate([places, path[-1:]]), np.concatenate([ways, joint[-1:]])
