"""The hairline unrolled from the head: its length kept, bent in the paper as it is in the skin.

The line is laid flat by its geodesic curvature; what lies beside it is laid square to it at
its distance on the skin. Widths and lengths along the line are then exact. Beside the line
the head's roundness stretches the paper: Gauss's K bends neighbouring squares together by
1 - K t^2 / 2 at the distance t.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from studio.model.arrays import BoolArray, FloatArray
from studio.model.chart import Point
from studio.skin.head.chart import to_direction
from studio.skin.head.surface import Surface

STEP = 0.5
"""Spacing in mm of the places along the line."""

BESIDE = 1.0
"""Spacing in mm of the places beside it."""

TOWARDS = 1.0
"""Half the stretch in mm over which the direction of the line is taken."""

TIGHTEST = 0.5
"""What lies inside bends so tight that the paper shrinks to less than this is not judged."""


@dataclass(frozen=True, eq=False)
class Development:
    """A line on the head laid flat. `hair` is 1 if hair grows to smaller chart y, else -1.

    `along` (n,) are mm from the line's start, `places` (n, 3) the skin there, `flat` (n, 2)
    the same on paper: x to the client's left, y towards the face, the middle level.
    `along_line` (m,) is where the points lie from which the line was made.
    """

    surface: Surface
    along: FloatArray
    places: FloatArray
    flat: FloatArray
    hair: int
    wide: tuple[float, float]
    along_line: FloatArray

    @property
    def length(self) -> float:
        """Length of the line in mm."""
        return float(self.along[-1])

    def at(self, along: float) -> Point:
        """The place on paper at a length along the line."""
        x, y = (float(np.interp(along, self.along, self.flat[:, k])) for k in (0, 1))
        return (x, y)

    def towards(self, along: float, course: FloatArray, mm: float) -> Point:
        """Where a tape that leaves the line ends on paper if laid straight on.

        `course` are chart points of the tape from its place on the line onwards.
        """
        index = int(np.abs(self.along - along).argmin())
        normal = self._normals[index]
        start, following = self.surface.points(to_direction(course[:2]))
        way = following - start
        turn = _turn(self._tangents[index], way, normal)
        flat = self._flat_tangents[index]
        cos, sin = math.cos(turn), math.sin(turn)
        x, y = self.at(along)
        return (
            x + mm * (cos * float(flat[0]) - sin * float(flat[1])),
            y + mm * (sin * float(flat[0]) + cos * float(flat[1])),
        )

    def lay(self, chart: FloatArray) -> FloatArray:
        """Chart points (n, 2) near the line on paper; NaN for those beside the strip.

        Each goes by the nearest place of the strip, whose square is laid flat as it is.
        """
        from scipy.spatial import cKDTree  # noqa: PLC0415

        places = self.surface.points(to_direction(chart))
        nodes = self._offsets.reshape(-1, 3)
        away, nearest = cKDTree(nodes).query(places, distance_upper_bound=BESIDE)
        laid = np.full((len(chart), 2), np.nan)
        held = np.isfinite(away)
        row, column = np.divmod(np.asarray(nearest)[held], len(self.along))
        off = places[held] - self._offsets[row, column]
        along, across = self._skin_axes[:, row, column]
        flat_along, flat_across = self._flat_tangents[column], self._flat_across[column]
        laid[held] = (
            self._flat_offsets[row, column]
            + (off * along).sum(axis=1)[:, None] * flat_along
            + (off * across).sum(axis=1)[:, None] * flat_across
        )
        return laid

    @cached_property
    def stretch(self) -> float:
        """Largest share by which paper beside the line is longer or shorter than the skin."""
        grid = self._offsets
        skin = np.linalg.norm(np.diff(grid, axis=1), axis=2)
        paper = np.linalg.norm(np.diff(self._flat_offsets, axis=1), axis=2)
        line = np.diff(self.along)
        judged: BoolArray = (paper > TIGHTEST * line) & (skin > TIGHTEST * line)
        return float(np.abs(paper / np.maximum(skin, 1e-9) - 1)[judged].max(initial=0.0))

    @cached_property
    def _skin_axes(self) -> FloatArray:
        """Along the line and towards the hair at every place of the strip, (2, steps, n, 3)."""
        along = np.gradient(self._offsets, axis=1)
        across = np.gradient(self._offsets, axis=0)
        axes = np.stack([along, across])
        unit: FloatArray = axes / np.maximum(np.linalg.norm(axes, axis=3, keepdims=True), 1e-12)
        return unit

    @cached_property
    def _offsets(self) -> FloatArray:
        """Places on the skin square to the line, (2 sides of steps, n, 3), face side first."""
        across = self.hair * np.cross(self._tangents, self._normals) * -1.0
        hair, face = self.wide
        inwards = self._walked(across, hair)
        outwards = self._walked(-across, face)
        return np.concatenate([outwards[::-1], self.places[None], inwards])

    @cached_property
    def _flat_offsets(self) -> FloatArray:
        """The same on paper, (steps, n, 2)."""
        hair, face = self.wide
        out = np.concatenate([-_steps(face)[::-1], [0.0], _steps(hair)])
        laid: FloatArray = self.flat[None] + out[:, None, None] * self._flat_across[None]
        return laid

    def _walked(self, way: FloatArray, reach: float) -> FloatArray:
        """Straight on over the skin from every place, (steps, n, 3)."""
        at, found, last = self.places, [], 0.0
        for mm in _steps(reach).tolist():
            following = _onto(self.surface, at + (mm - last) * way)
            way = following - at
            way = way / np.linalg.norm(way, axis=1, keepdims=True)
            # the way is a chord: turn it on by as much as it was turned since the last place
            normal = _normals(self.surface, following)
            way = way - (way * normal).sum(axis=1)[:, None] * normal
            way = way / np.linalg.norm(way, axis=1, keepdims=True)
            found.append(following)
            at, last = following, mm
        return np.array(found)

    @cached_property
    def _normals(self) -> FloatArray:
        return _normals(self.surface, self.places)

    @cached_property
    def _tangents(self) -> FloatArray:
        """Directions along the line in the skin, unit vectors (n, 3)."""
        raw = _central(self.places, self.along)
        raw = raw - (raw * self._normals).sum(axis=1)[:, None] * self._normals
        unit: FloatArray = raw / np.linalg.norm(raw, axis=1, keepdims=True)
        return unit

    @cached_property
    def _flat_across(self) -> FloatArray:
        """Towards the hair on paper, unit vectors (n, 2)."""
        x, y = self._flat_tangents.T
        across: FloatArray = self.hair * np.stack([y, -x], axis=1)
        return across

    @cached_property
    def _flat_tangents(self) -> FloatArray:
        raw = _central(self.flat, self.along)
        unit: FloatArray = raw / np.linalg.norm(raw, axis=1, keepdims=True)
        return unit


def develop(
    surface: Surface, line: FloatArray, hair: int, wide: tuple[float, float], level: Point | None
) -> Development:
    """Lay a polyline (n, 2) on the chart flat.

    `wide` is how far the strip reaches to the hair and to the face in mm. The paper is turned
    so that the line is level at its place nearest to the chart point `level`, else in its
    middle; that place is 0, 0.
    """
    places, chart, along_line = _even(surface, line)
    steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    normals = _normals(surface, places)
    chords = np.diff(places, axis=0)
    turns = [
        _turn(before, after, normal)
        for before, after, normal in zip(chords, chords[1:], normals[1:-1], strict=False)
    ]
    bearing = np.concatenate([[0.0], np.cumsum(turns)])
    flat = np.concatenate(
        [
            np.zeros((1, 2)),
            np.cumsum(steps[:, None] * np.stack([np.cos(bearing), np.sin(bearing)], 1), axis=0),
        ]
    )
    middle = len(places) // 2
    if level is not None:
        middle = int(np.hypot(*(chart - level).T).argmin())
    dx, dy = _central(flat, along)[middle]
    lean = math.atan2(dy, dx)
    cos, sin = math.cos(lean), math.sin(lean)
    turned = (flat - flat[middle]) @ np.array([(cos, -sin), (sin, cos)])
    # the same line measured in longer and in shorter pieces
    along_line = along_line * (along[-1] / along_line[-1])
    return Development(surface, along, places, turned, hair, wide, along_line)


def _even(surface: Surface, line: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Places about `STEP` apart on the skin under a polyline, and their chart points.

    Last how far along the polyline's own points lie. Its corners are not kept, so that it may
    be as fine as it likes; both ends are.
    """
    fine = surface.points(to_direction(line))
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))])
    count = max(4, round(float(along[-1]) / STEP))
    wanted = np.linspace(0.0, along[-1], count + 1)
    chart = np.stack([np.interp(wanted, along, line[:, k]) for k in (0, 1)], axis=1)
    return surface.points(to_direction(chart)), chart, along


def _turn(before: FloatArray, after: FloatArray, normal: FloatArray) -> float:
    """Angle from one direction to another in the skin, positive clockwise on the chart."""
    first = before - (before @ normal) * normal
    second = after - (after @ normal) * normal
    # chart x, chart y and the outward normal are a left-handed frame
    return math.atan2(-float(normal @ np.cross(first, second)), float(first @ second))


def _central(points: FloatArray, along: FloatArray) -> FloatArray:
    """Differences over `TOWARDS` mm to both sides, shorter at the ends."""
    reach = max(1, round(TOWARDS / STEP))
    last = len(along) - 1
    index = np.arange(len(along))
    ahead: FloatArray = points[np.minimum(index + reach, last)]
    return ahead - points[np.maximum(index - reach, 0)]


def _steps(reach: float) -> FloatArray:
    return np.linspace(0.0, reach, math.ceil(reach / BESIDE) + 1)[1:]


def _normals(surface: Surface, places: FloatArray) -> FloatArray:
    return surface.normals(places / np.linalg.norm(places, axis=1, keepdims=True))


def _onto(surface: Surface, places: FloatArray) -> FloatArray:
    """Places near the skin moved onto it square to it."""
    for _ in range(2):
        places = places - surface.distance(places)[:, None] * _normals(surface, places)
    return places
