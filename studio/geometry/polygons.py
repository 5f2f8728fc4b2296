"""Zones as Shapely polygons and back; union, difference, repair, offset."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon
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


def intersect(a: Polygon, b: Polygon) -> list[Polygon]:
    """What both cover, on the grid, largest part first."""
    return parts(shapely.intersection(a, b, grid_size=GRID))


def parts(shape: BaseGeometry) -> list[Polygon]:
    """The valid polygons of any geometry on the grid, without slips, largest first."""
    gridded = shapely.set_precision(shape, GRID)
    pieces = [
        _closed_off(part)
        for part in shapely.get_parts(gridded)
        if isinstance(part, Polygon) and part.area >= SMALLEST_AREA
    ]
    return sorted(pieces, key=lambda part: -part.area)


def offset(polygon: Polygon, distance: float) -> list[Polygon]:
    """The polygon grown (or, negative, shrunk) by a distance in chart units, round corners."""
    return parts(polygon.buffer(distance, quad_segs=16))


def simplified(points: FloatArray, tolerance: float) -> FloatArray:
    """A freehand polyline (n, 2) with fewer points, nowhere further off than `tolerance`."""
    if len(points) < 3:
        return points
    return np.asarray(LineString(points).simplify(tolerance).coords, dtype=np.float64)


def band(line: FloatArray, width: float, side: int = 0) -> Polygon:
    """The strip along a polyline (n, 2), `width` wide, with square ends.

    `side` is +1 for the strip to the right of travel as seen on screen (y down), -1 to
    the left, 0 for half the width on either side. Raises Refusal if there is none.
    """
    if len(line) < 2 or width <= 0:
        raise Refusal("A band needs a line and a width above zero.")
    reach = width if side else width / 2
    strip: BaseGeometry = LineString(line).buffer(
        reach, cap_style="flat", join_style="round", quad_segs=16
    )
    if side:
        strip = MultiPolygon([p for p in _halves(strip, line) if _side_of(p, line) == side])
    found = parts(strip)
    if not found:
        raise Refusal("The line is too short or too tangled for a band along it.")
    return found[0]


def _halves(strip: BaseGeometry, line: FloatArray) -> list[Polygon]:
    """The strip cut along its own line, which is drawn out a little at both ends."""
    first, last = line[0] - line[1], line[-1] - line[-2]
    longer = LineString(
        [
            line[0] + first * (0.01 / max(float(np.hypot(*first)), 1e-9)),
            *line,
            line[-1] + last * (0.01 / max(float(np.hypot(*last)), 1e-9)),
        ]
    )
    edges = shapely.union_all([strip.boundary, longer])
    faces = shapely.get_parts(shapely.polygonize([edges]))
    return [f for f in faces if strip.contains(f.representative_point()) and f.area > GRID]


def _side_of(part: Polygon, line: FloatArray) -> int:
    """+1 when a part lies to the right of the polyline as seen on screen, else -1."""
    at = part.representative_point()
    course = LineString(line)
    along = course.project(at)
    a, b = course.interpolate(max(along - GRID, 0)), course.interpolate(along + GRID)
    cross = (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x)
    return 1 if cross > 0 else -1


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
