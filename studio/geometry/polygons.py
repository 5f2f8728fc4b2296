"""Zones as Shapely polygons and back; union, difference, repair, offset."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from studio.model.arrays import FloatArray
from studio.model.chart import DECIMALS, Point, Ring, rounded
from studio.model.refusal import Refusal
from studio.model.zone import Zone

GRID = 10.0**-DECIMALS

SMALLEST_AREA = 0.1
"""Chart units squared: less than one and a half dots of 0.3 mm is a slip, not a zone."""

_MAIN_SHARE = 0.95
"""A crossing that cuts off less than the rest is mended by dropping the small loops."""


@lru_cache(maxsize=512)
def _polygon(outline: Ring, holes: tuple[Ring, ...]) -> Polygon:
    polygon = Polygon(outline, holes)
    shapely.prepare(polygon)
    return polygon


def polygon_of(zone: Zone) -> Polygon:
    """The zone's polygon in chart coordinates, the same object for the same rings."""
    return _polygon(zone.outline, zone.holes)


def rings(polygon: Polygon) -> tuple[Ring, tuple[Ring, ...]]:
    """Outline and holes as stored: open rings, rounded. The polygon must be on the grid."""
    outline = _open(polygon.exterior.coords)
    return outline, tuple(_open(hole.coords) for hole in polygon.interiors)


def repaired(outline: Sequence[Point], holes: Iterable[Sequence[Point]] = ()) -> Polygon:
    """The polygon that these rings mean, valid on the grid of stored coordinates.

    Rings that are good keep their points and their order. A ring that crosses itself
    means everything it goes round; small loops cut off by the crossing are dropped.
    Raises Refusal when it encloses nothing or would fall into large pieces.
    """
    shell = _clean(outline)
    inner = [ring for ring in map(_clean, holes) if len(ring) >= 3]
    if len(shell) >= 3:
        plain = Polygon(shell, inner)
        if plain.is_valid and plain.area > 0:
            return plain
    pieces = pieces_of(shell, inner)
    if not pieces:
        raise Refusal("The outline encloses no area. Draw it larger.")
    if pieces[0].area < _MAIN_SHARE * sum(piece.area for piece in pieces):
        raise Refusal(
            f"The outline crosses itself and would fall into {len(pieces)} pieces. "
            "Keep the line from crossing itself."
        )
    return pieces[0]


def pieces_of(outline: Sequence[Point], holes: Iterable[Sequence[Point]] = ()) -> list[Polygon]:
    """Everything a ring goes round, less its holes, as valid polygons, largest first."""
    covered = _wound(_clean(outline))
    for hole in holes:
        covered = shapely.difference(covered, _wound(_clean(hole)))
    return parts(covered)


def unite(polygons: Iterable[Polygon]) -> list[Polygon]:
    """Union on the grid, largest part first."""
    return parts(shapely.union_all(list(polygons), grid_size=GRID))


def subtract(base: Polygon, taken: Polygon) -> list[Polygon]:
    """`base` without `taken`, on the grid, largest part first; empty if nothing is left."""
    return parts(shapely.difference(base, taken, grid_size=GRID))


def parts(shape: BaseGeometry) -> list[Polygon]:
    """The valid polygons of any geometry on the grid, without slips, largest first."""
    gridded = shapely.set_precision(shape, GRID)
    pieces = [
        _closed_off(part)
        for part in shapely.get_parts(gridded)
        if isinstance(part, Polygon) and part.area >= SMALLEST_AREA
    ]
    return sorted(pieces, key=lambda part: -part.area)


def simplified(points: FloatArray, tolerance: float) -> FloatArray:
    """A freehand polyline (n, 2) with fewer points, nowhere further off than `tolerance`."""
    if len(points) < 3:
        return points
    return np.asarray(LineString(points).simplify(tolerance).coords, dtype=np.float64)


def _wound(ring: Ring) -> BaseGeometry:
    """Everything a ring goes round at least once (winding number not 0)."""
    if len(ring) < 3:
        return Polygon()
    closed = np.array([*ring, ring[0]])
    noded = shapely.union_all([LineString(closed)], grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside = [face for face in faces if _winding(face.representative_point(), closed) != 0]
    return shapely.union_all(inside, grid_size=GRID)


def _winding(point: shapely.Point, ring: FloatArray) -> int:
    """How often a closed ring (n, 2) goes round a point."""
    angles = np.unwrap(np.arctan2(ring[:, 1] - point.y, ring[:, 0] - point.x))
    return round(float(angles[-1] - angles[0]) / (2 * np.pi))


def _closed_off(part: Polygon) -> Polygon:
    """The part without holes too small to mean anything."""
    kept = [hole for hole in part.interiors if Polygon(hole).area >= SMALLEST_AREA]
    return part if len(kept) == len(part.interiors) else Polygon(part.exterior, kept)


def _clean(ring: Sequence[Point]) -> Ring:
    """Rounded, open, and without a point twice in a row."""
    points = [rounded(point) for point in ring]
    return tuple(p for i, p in enumerate(points) if p != points[i - 1])


def _open(coords: Iterable[Sequence[float]]) -> Ring:
    return tuple(rounded((xy[0], xy[1])) for xy in coords)[:-1]
