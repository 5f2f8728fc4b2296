"""Edits of zones' shapes: split by a line, offset, edges of neighbours made to meet."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from studio.editing.edits.items import add_copies, check_free, put
from studio.editing.edits.zones import check_charts, fades_of, given_shapes, zone_of
from studio.geometry.bezier import flatten
from studio.geometry.feathers import cut_off
from studio.geometry.polygons import GRID, parts, polygon_of, rings, subtract, unite
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.curve import Curve
from studio.model.ids import Id
from studio.model.refusal import Refusal
from studio.model.zone import Zone
from studio.pigment.margin import narrowed, widened
from studio.pigment.raster import LEAST_SCALE, AreaScale

FARTHEST = 50.0
"""mm by which an outline can be moved out or in at once."""
MEET_MM = 2.0
"""Default width in mm of gaps and overlaps that are taken for slips of the hand."""
MITRE = 2.0
"""Sharper corners than 60 degrees are cut off where gaps are looked for."""
SMOOTH = 0.02
"""Chart units by which a moved outline may be simplified."""


def split_zone(case: Case, zone_id: Id, line: Curve | Sequence[Point]) -> Case:
    """A zone cut along a curve or polyline; the largest part keeps its letter.

    Ends inside the zone are drawn out straight. The parts fade as the zone did, and not along
    the cut, so no dot changes. Refusal if the zone is locked or the line does not part it.
    """
    zone = zone_of(case, zone_id)
    check_free(zone)
    if isinstance(line, Curve):
        if line.chart != zone.chart:
            raise Refusal("The line and the zone lie on different photos. Use those of one photo.")
        way = flatten(line.nodes, closed=line.closed)
    else:
        way = np.array(line, dtype=np.float64).reshape(-1, 2)
    shape = polygon_of(zone)
    lines: list[BaseGeometry] = [shape.boundary]
    if len(way) > 1:
        lines.append(_drawn_out(way, shape))
    faces = shapely.polygonize(shapely.get_parts(shapely.union_all(lines, grid_size=GRID)))
    pieces = [
        piece
        for face in shapely.get_parts(faces)
        if shape.contains(face.representative_point())
        for piece in parts(face)
    ]
    if len(pieces) < 2:
        raise Refusal(f"The line does not part “{zone.name}”. Draw it right across the zone.")
    made = [_cut_piece(zone, p) for p in sorted(pieces, key=lambda piece: -piece.area)]
    case, _ = add_copies(put(case, made[0]), made[1:])
    return case


def offset_zone(case: Case, zone_id: Id, mm: float, area_scale: AreaScale | None = None) -> Case:
    """A zone's outline moved out by mm of skin, in if negative.

    `area_scale` gives skin mm2 per square chart unit; None stands for a plane. Corners get the
    feathers of the nearest places. Refusal if nothing would be left or the zone is locked.
    """
    zone = zone_of(case, zone_id)
    check_free(zone)
    if not abs(mm) <= FARTHEST:
        raise Refusal(f"An outline moves by {FARTHEST:g} mm at most.")
    if mm == 0:
        return case
    shape = polygon_of(zone)
    moved: BaseGeometry = (
        widened(shape, mm, area_scale) if mm > 0 else narrowed(shape, -mm, area_scale)
    )
    found = parts(moved.simplify(SMOOTH))
    return given_shapes(case, zone, found, [fades_of(zone)], mirrored=zone.mirrored)


def align_zones(
    case: Case,
    ids: Collection[Id],
    mm: float = MEET_MM,
    area_scale: AreaScale | None = None,
) -> Case:
    """Edges of neighbouring zones made to meet: gaps and overlaps up to `mm` wide go.

    The lowest zone stays as it is; each further one gives way to those below it and takes what
    lies between. Wider gaps and overlaps are meant, and stay. Refusal if fewer than two zones
    are given, one that would change is locked, or they lie on different charts.
    """
    chosen = [zone for zone in case.variant.zones if zone.id in ids]
    if len(chosen) < 2:
        raise Refusal("Select two zones or more whose edges should meet.")
    check_charts(chosen)
    below = [polygon_of(chosen[0])]
    for zone in chosen[1:]:
        shape = polygon_of(zone)
        met = _met(shape, below, mm / _unit_mm(zone, area_scale))
        if shapely.equals(met[0], shape) and len(met) == 1:
            below.append(shape)
            continue
        check_free(zone)
        case = given_shapes(case, zone, met, [fades_of(zone)], mirrored=zone.mirrored)
        below += met
    return case


def _met(shape: Polygon, below: list[Polygon], width: float) -> list[Polygon]:
    """A shape whose slips along its neighbours are mended, at most `width` wide."""
    found = [shape]
    for other in below:
        both = shapely.intersection(shape, other, grid_size=GRID)
        for slip in shapely.get_parts(both):
            if isinstance(slip, Polygon) and slip.buffer(-width / 2).is_empty:
                found = [part for piece in found for part in subtract(piece, slip)]
    if not found:
        return [shape]
    ground = shapely.union_all(below, grid_size=GRID)
    own = shapely.union_all(found, grid_size=GRID)
    every = shapely.union(ground, own, grid_size=GRID)
    # square joints, so that a gap is filled flush with its ends
    grown = every.buffer(width / 2 + GRID, join_style="mitre", mitre_limit=MITRE)
    closed = grown.buffer(-width / 2 - GRID, join_style="mitre", mitre_limit=MITRE)
    between = shapely.difference(closed, every, grid_size=GRID)
    gaps = [
        gap
        for gap in shapely.get_parts(between)
        if isinstance(gap, Polygon) and _along(gap, ground) and _along(gap, own)
    ]
    return unite([*found, *gaps]) if gaps else found


def _along(gap: Polygon, shape: BaseGeometry) -> bool:
    """Whether a gap runs along a shape, rather than touching it in a point."""
    return gap.boundary.intersection(shape.buffer(2 * GRID)).length > 10 * GRID


def _cut_piece(zone: Zone, piece: Polygon) -> Zone:
    outline, holes = rings(piece)
    feathers: tuple[float, ...] = ()
    if zone.feathers or zone.feather > 0:
        outline, feathers = cut_off(outline, fades_of(zone))
    feather = zone.feather if feathers else 0.0
    return replace(
        zone, outline=outline, holes=holes, feathers=feathers, feather=feather, follows=None
    )


def _drawn_out(way: FloatArray, shape: Polygon) -> LineString:
    """The line, its ends drawn out straight beyond the shape where they lie inside it."""
    low_x, low_y, high_x, high_y = shape.bounds
    far = float(np.hypot(high_x - low_x, high_y - low_y)) + 1.0
    for end, before in ((0, 1), (-1, -2)):
        step = way[end] - way[before]
        size = float(np.hypot(*step))
        if size > 0 and shapely.contains_xy(shape, *way[end]):
            tip = way[end] + step * (far / size)
            way = np.vstack([tip, way]) if end == 0 else np.vstack([way, tip])
    return LineString(way)


def _unit_mm(zone: Zone, area_scale: AreaScale | None) -> float:
    """mm of skin in a chart unit, on the mean along the zone's outline."""
    if area_scale is None:
        return 1.0
    scale = np.maximum(area_scale(np.array(zone.outline)), LEAST_SCALE)
    return float(np.sqrt(scale).mean())
