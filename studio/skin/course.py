"""Walking along a drawn line and square off from it, in mm of skin, on a plane or on the head."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from studio.geometry.fringe import smoothed
from studio.model.arrays import FloatArray, IntArray
from studio.skin.head.headskin import HeadSkin
from studio.skin.skinmap import SkinMap

_LONGEST = 6.0
"""Longest step in mm square off from the line that is taken at once: the head turns by 4
degrees on it, and the way is right to 0.2 %."""

_LOOP = 0.985
"""What lies nearer to the line than this share of its distance from it is a loop."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Course:
    """Points of a line at even steps of skin: `chart` (n, 2) and `along` (n,) mm from its start.

    `bend` (n,) is how sharply the line turns on the skin in 1/mm; left is as seen from outside
    with the face below. `places` (n, 3) are the points in mm; `ways`, `lefts` and
    `ups` are unit vectors along, to the left and off the skin.
    """

    chart: FloatArray
    along: FloatArray
    bend: FloatArray
    places: FloatArray
    ways: FloatArray
    lefts: FloatArray
    ups: FloatArray
    settle: Callable[[FloatArray, FloatArray], FloatArray]
    normals: Callable[[FloatArray], FloatArray]
    flat: Callable[[FloatArray], FloatArray]

    def beside(self, left: FloatArray) -> FloatArray:
        """Chart points (n, 2) so many mm (n,) to the left of each point; below zero right."""
        return self.flat(self._walked(self.places, self.lefts * left[:, None], self.ups))

    def parallel(self, left: FloatArray) -> FloatArray:
        """`beside` without the loops behind tight bends: (m, 2), both ends kept."""
        beside = self._walked(self.places, self.lefts * left[:, None], self.ups)
        squared = (beside**2).sum(axis=1)[:, None] + (self.places**2).sum(axis=1)
        nearest = (squared - 2 * beside @ self.places.T).min(axis=1)
        kept = nearest >= (_LOOP * left) ** 2
        kept[0] = kept[-1] = True
        return self.flat(beside[kept])

    def round(self, end: int, radius: float, turns: FloatArray) -> FloatArray:
        """Chart points `radius` mm from the point `end`, at turns in radians left of the way."""
        way, left = self.ways[end], self.lefts[end]
        ways = np.cos(turns)[:, None] * way + np.sin(turns)[:, None] * left
        starts, ups = (
            np.repeat(part[end][None], len(turns), axis=0) for part in (self.places, self.ups)
        )
        return self.flat(self._walked(starts, radius * ways, ups))

    def thinned(self, step: float) -> tuple["Course", IntArray]:
        """The course with points about `step` mm apart, and their places in this one (m,)."""
        count = max(3, int(np.ceil(self.along[-1] / step)) + 1)
        kept = np.unique(np.linspace(0, len(self.along) - 1, count).round().astype(np.int64))
        return replace(
            self,
            chart=self.chart[kept],
            along=self.along[kept],
            bend=self.bend[kept],
            places=self.places[kept],
            ways=self.ways[kept],
            lefts=self.lefts[kept],
            ups=self.ups[kept],
        ), kept

    def _walked(self, places: FloatArray, ways: FloatArray, ups: FloatArray) -> FloatArray:
        """Places reached from others along ways (n, 3), going straight on on the skin."""
        count = max(1, int(np.ceil(np.abs(ways).max(initial=0.0) / _LONGEST)))
        step = ways / count
        size = np.linalg.norm(step, axis=1, keepdims=True)
        for turn in range(count):
            if turn:
                ups = self.normals(places)
            reached = self.settle(places + step, ups)
            step = reached - places
            step *= size / np.maximum(np.linalg.norm(step, axis=1, keepdims=True), 1e-12)
            places = reached
        return places


def course(skin: SkinMap, line: FloatArray, step: float) -> Course:
    """The course of a polyline (n, 2) of a chart, points about `step` mm apart, ends kept."""
    if isinstance(skin, HeadSkin):
        lift, settle, normals, flat = _round_skin(skin)
    else:
        lift, settle, normals, flat = _lifted, _same, _upwards, _laid_flat
    chords = np.linalg.norm(np.diff(lift(line), axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(chords)])
    along = np.linspace(0.0, way[-1], max(3, int(np.ceil(way[-1] / step)) + 1))
    chart = np.stack([np.interp(along, way, line[:, axis]) for axis in (0, 1)], axis=1)
    places = lift(chart)
    tangent = np.gradient(places, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-12)
    ups = normals(places)
    lefts = np.cross(ups, tangent)
    lefts /= np.maximum(np.linalg.norm(lefts, axis=1, keepdims=True), 1e-12)
    turning = (np.gradient(tangent, along, axis=0) * lefts).sum(axis=1)
    return Course(
        chart=chart,
        along=along,
        bend=smoothed(turning, along),
        places=places,
        ways=tangent,
        lefts=lefts,
        ups=ups,
        settle=settle,
        normals=normals,
        flat=flat,
    )


Step = Callable[[FloatArray], FloatArray]
Settle = Callable[[FloatArray, FloatArray], FloatArray]


def _round_skin(skin: HeadSkin) -> tuple[Step, Settle, Step, Step]:
    """Chart to places, places onto the skin, their normals, and back to the chart."""
    from studio.skin.head.chart import to_chart, to_direction  # noqa: PLC0415
    from studio.skin.head.tapenet import onto  # noqa: PLC0415

    surface = skin.relief.surface

    def unit(places: FloatArray) -> FloatArray:
        directions: FloatArray = places / np.linalg.norm(places, axis=1, keepdims=True)
        return directions

    def normals(places: FloatArray) -> FloatArray:
        return surface.normals(unit(places))

    def settle(places: FloatArray, ups: FloatArray) -> FloatArray:
        return onto(surface, places, ups, 1)

    return (
        lambda chart: surface.points(to_direction(chart)),
        settle,
        normals,
        lambda places: to_chart(unit(places)),
    )


def _lifted(chart: FloatArray) -> FloatArray:
    """A plane's chart seen with y up, at height 0."""
    return np.stack([chart[:, 0], -chart[:, 1], np.zeros(len(chart))], axis=1)


def _laid_flat(places: FloatArray) -> FloatArray:
    return np.stack([places[:, 0], -places[:, 1]], axis=1)


def _upwards(places: FloatArray) -> FloatArray:
    return np.tile([0.0, 0.0, 1.0], (len(places), 1))


def _same(places: FloatArray, _ups: FloatArray) -> FloatArray:
    return places
