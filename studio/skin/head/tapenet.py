"""Tapes laid from one point of the head in all directions: rings, spokes and addresses."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.skin.head.chart import EDGE, to_chart, to_direction
from studio.skin.head.geodesic import geodesic
from studio.skin.head.surface import Surface

STEP_MM = 2.5
"""How far a tape is followed at a time."""

HOURS = 12

_NUDGE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class TapeNet:
    """Tapes from one point, `STEP_MM` from place to place.

    `courses` (spokes, steps, 2) are chart points, NaN where a tape has left the chart. Spoke
    0 runs towards the face, the others follow clockwise on the scalp map with the face on
    top: the client's right comes first.
    """

    courses: FloatArray

    def ring(self, mm: float) -> FloatArray:
        """The line at one tape distance, (spokes + 1, 2), its start again at its end."""
        before = min(int(mm / STEP_MM), self.courses.shape[1] - 2)
        share = mm / STEP_MM - before
        ring = self.courses[:, before] * (1 - share) + self.courses[:, before + 1] * share
        return np.concatenate([ring, ring[:1]])

    def spoke(self, number: int, mm: float) -> FloatArray:
        """One tape from the point up to a distance, (n, 2)."""
        end = self.ring(mm)[number]
        whole: FloatArray = self.courses[number, : math.ceil(mm / STEP_MM)]
        return np.vstack([whole, end])


@lru_cache(maxsize=4)
def tape_net(surface: Surface, at: Point, reach_mm: float, spokes: int = 72) -> TapeNet:
    """The net round a chart point out to a tape distance.

    Every tape goes straight on: from place to place it is only turned by the push of the
    skin, along the normal, x+ = 2 x - x- + p n with p such that x+ lies on the surface
    (constrained free motion, second order).
    """
    start, (ahead, right) = _frame(surface, at)
    bearing = np.arange(spokes) * (2 * math.pi / spokes)
    way = STEP_MM * (np.cos(bearing)[:, None] * ahead + np.sin(bearing)[:, None] * right)
    places = [np.repeat(start[None], spokes, axis=0)]
    for _ in range(math.ceil(reach_mm / STEP_MM) + 1):
        last = places[-1]
        normal = surface.normals(last / np.linalg.norm(last, axis=1, keepdims=True))
        places.append(onto(surface, last + way, normal))
        way = places[-1] - last
    return TapeNet(_even(np.stack(places, axis=1)))


def walk(surface: Surface, at: Point, hour: float, mm: float) -> Point:
    """Where a tape of this length ends that leaves a point towards an hour of the clock."""
    start, (ahead, right) = _frame(surface, at)
    turn = hour * (2 * math.pi / HOURS)
    way = (math.cos(turn) * ahead + math.sin(turn) * right)[None]
    steps = max(1, math.ceil(mm / STEP_MM))
    way *= mm / steps
    place, along = start[None], 0.0
    while True:
        normal = surface.normals(place / np.linalg.norm(place))
        following = onto(surface, place + way, normal)
        step = float(np.linalg.norm(following - place))
        if along + step >= mm:
            share = (mm - along) / step
            place = place + share * (following - place)
            x, y = to_chart(place / np.linalg.norm(place))[0].tolist()
            return (x, y)
        place, way, along = following, following - place, along + step


def address(surface: Surface, centre: Point, at: Point) -> tuple[float, float]:
    """Hour of the clock, 0 to 12, and mm of tape at which a point lies from the centre."""
    tape = geodesic(surface, centre, at)
    start, (ahead, right) = _frame(surface, centre)
    way = surface.points(to_direction(tape.path[1:2]))[0] - start
    turn = math.atan2(float(way @ right), float(way @ ahead))
    return turn * HOURS / (2 * math.pi) % HOURS, tape.length_mm


def _frame(surface: Surface, at: Point) -> tuple[FloatArray, tuple[FloatArray, FloatArray]]:
    """The place of a chart point in mm, and unit vectors along the skin from there:
    towards the face (12 o'clock) and, at right angles, to the client's right (3 o'clock).
    """
    u = to_direction(np.array([at, (at[0], at[1] + _NUDGE)]))
    place, near = surface.points(u)
    normal = surface.normals(u[:1])[0]
    ahead = near - place
    ahead = ahead - (ahead @ normal) * normal
    ahead /= np.linalg.norm(ahead)
    # normal x ahead points left when the normal is up
    return place, (ahead, np.cross(ahead, normal))


def onto(surface: Surface, points: FloatArray, normals: FloatArray, rounds: int = 3) -> FloatArray:
    """Points (n, 3) near the surface moved onto it along given normals.

    One round leaves 0.001 mm of a step of 6 mm.
    """
    for _ in range(rounds):
        r = np.linalg.norm(points, axis=1, keepdims=True)
        u = points / r
        off = np.log(r[:, 0]) - surface.log_radius(u)
        points = points - (off * r[:, 0] * (normals * u).sum(axis=1))[:, None] * normals
    return points


def _even(places: FloatArray) -> FloatArray:
    """Chart points every `STEP_MM` along courses (spokes, steps, 3), NaN off the chart."""
    steps = np.linalg.norm(np.diff(places, axis=1), axis=2)
    along = np.concatenate([np.zeros((len(places), 1)), np.cumsum(steps, axis=1)], axis=1)
    wanted = np.arange(places.shape[1] - 1) * STEP_MM
    flat = places / np.linalg.norm(places, axis=2, keepdims=True)
    chart = to_chart(flat.reshape(-1, 3)).reshape(*places.shape[:2], 2)
    even = np.stack(
        [
            np.stack([np.interp(wanted, row, course[:, axis]) for axis in (0, 1)], axis=1)
            for row, course in zip(along, chart, strict=True)
        ]
    )
    even[np.hypot(even[:, :, 0], even[:, :, 1]) > EDGE] = np.nan
    return even
