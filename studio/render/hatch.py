"""Textures that tell zones apart without colour, in mm, cut to the zone's outline."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.model.arrays import FloatArray
from studio.model.zone import Purpose

ON_PHOTO = 1.35
"""Textures over a photo are wider apart by this factor."""

DOT_MM = 0.5
RING_MM = 1.3
DASH_MM, GAP_MM = 1.6, 1.2
PITCH = {
    Purpose.TRANSITION: 1.5,
    Purpose.FULL: 2.4,
    Purpose.DENSITY: 1.9,
    Purpose.PARTING: 1.2,
    Purpose.SCAR: 1.5,
    Purpose.PATCH: 2.6,
    Purpose.CROWN: 1.8,
    Purpose.TEMPLE: 1.4,
    Purpose.DOT_SCARS: 2.0,
}
"""Distance of marks in mm; keep clear has no marks but a cross."""

LINES = {
    Purpose.SCAR: (45.0, 135.0),
    Purpose.PARTING: (90.0,),
    Purpose.CROWN: (0.0, 90.0),
    Purpose.TEMPLE: (0.0,),
}
"""Angles in degrees of the lines of a purpose; full coverage has one of its own."""

FULL_ANGLES = (45.0, 135.0, 90.0)
"""Neighbouring zones of full coverage take different ones of these."""

Shape = Polygon | MultiPolygon


def _none() -> FloatArray:
    return np.empty((0, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Hatch:
    """Marks of one texture: lines (n, 2, 2), and centres (n, 2) of discs and of rings."""

    lines: FloatArray = field(default_factory=lambda: np.empty((0, 2, 2)))
    dots: FloatArray = field(default_factory=_none)
    rings: FloatArray = field(default_factory=_none)


def hatch(shape: Shape, purpose: Purpose, *, angle: float = 45.0, spread: float = 1.0) -> Hatch:
    """The marks of a purpose inside `shape` (mm).

    `angle` turns the lines of full coverage, `spread` widens all distances. Marks lie on
    one grid for the whole sheet, so that neighbours continue each other.
    """
    if shape.is_empty:
        return Hatch()
    if purpose is Purpose.KEEP_CLEAR:
        return Hatch(lines=_cross(shape))
    pitch = PITCH[purpose] * spread
    if purpose is Purpose.TRANSITION:
        return Hatch(dots=_staggered(shape, pitch, margin=DOT_MM / 2))
    if purpose in {Purpose.PATCH, Purpose.DOT_SCARS}:
        return Hatch(rings=_staggered(shape, pitch, margin=RING_MM / 2))
    if purpose is Purpose.DENSITY:
        return Hatch(lines=_dashes(shape, pitch, spread))
    angles = LINES.get(purpose, (angle,))
    return Hatch(lines=np.concatenate([_parallel(shape, a, pitch) for a in angles]))


def full_angles(shapes: Sequence[Shape]) -> tuple[float, ...]:
    """Line angles for zones of full coverage so that zones nearer than 2 mm differ.

    A fourth neighbour of three takes the first angle again.
    """
    chosen: list[float] = []
    for index, shape in enumerate(shapes):
        near = {
            chosen[other] for other in range(index) if shapely.dwithin(shape, shapes[other], 2.0)
        }
        chosen.append(next((a for a in FULL_ANGLES if a not in near), FULL_ANGLES[0]))
    return tuple(chosen)


def _parallel(shape: Shape, angle: float, pitch: float) -> FloatArray:
    """Straight lines at `angle` degrees from the horizontal, cut to the shape: (n, 2, 2)."""
    turn = math.radians(angle)
    along, across = (
        np.array([math.cos(turn), -math.sin(turn)]),
        np.array([math.sin(turn), math.cos(turn)]),
    )
    left, top, right, bottom = shape.bounds
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    u, v = corners @ along, corners @ across
    offsets = np.arange(math.ceil(v.min() / pitch), math.floor(v.max() / pitch) + 1) * pitch
    ends = np.stack([u.min() * along + offsets[:, None] * across] * 2, axis=1)
    ends[:, 1] += (u.max() - u.min()) * along
    return _cut(ends, shape)


def _dashes(shape: Shape, pitch: float, spread: float) -> FloatArray:
    """Horizontal dashes, every other row shifted by half a step."""
    dash, step = DASH_MM * spread, (DASH_MM + GAP_MM) * spread
    left, top, right, bottom = shape.bounds
    rows = np.arange(math.ceil(top / pitch), math.floor(bottom / pitch) + 1)
    columns = np.arange(math.floor(left / step) - 1, math.ceil(right / step) + 1)
    row, column = (a.ravel() for a in np.meshgrid(rows, columns, indexing="ij"))
    x = (column + 0.5 * (row % 2)) * step
    y = row * pitch
    ends = np.stack([np.stack([x, y], axis=1), np.stack([x + dash, y], axis=1)], axis=1)
    return _cut(ends, shape)


def _staggered(shape: Shape, pitch: float, margin: float) -> FloatArray:
    """A triangular grid of points at least `margin` inside the outline."""
    inner = shape.buffer(-margin)
    if inner.is_empty:
        return _none()
    height = pitch * math.sqrt(3) / 2
    left, top, right, bottom = inner.bounds
    rows = np.arange(math.ceil(top / height), math.floor(bottom / height) + 1)
    columns = np.arange(math.floor(left / pitch) - 1, math.ceil(right / pitch) + 1)
    row, column = (a.ravel() for a in np.meshgrid(rows, columns, indexing="ij"))
    points = np.stack([(column + 0.5 * (row % 2)) * pitch, row * height], axis=1)
    found: FloatArray = points[shapely.contains_xy(inner, points)]
    return found


def _cross(shape: Shape) -> FloatArray:
    """Both diagonals of the shape's box, cut to the shape."""
    left, top, right, bottom = shape.bounds
    ends = np.array([[(left, top), (right, bottom)], [(left, bottom), (right, top)]])
    return _cut(ends, shape)


def _cut(ends: FloatArray, shape: Shape) -> FloatArray:
    """What of straight lines (n, 2, 2) lies within the shape."""
    if len(ends) == 0:
        return np.empty((0, 2, 2))
    shapely.prepare(shape)
    parts = shapely.get_parts(shapely.intersection(shapely.linestrings(ends), shape))
    parts = parts[shapely.length(parts) > 0.05]
    if len(parts) == 0:
        return np.empty((0, 2, 2))
    coordinates, owner = shapely.get_coordinates(parts, return_index=True)
    first = np.searchsorted(owner, np.arange(len(parts)))
    last = np.searchsorted(owner, np.arange(len(parts)), side="right") - 1
    segments: FloatArray = np.stack([coordinates[first], coordinates[last]], axis=1)
    return segments
