"""The design and its numbers, photo by photo, ready to be put into words."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString

from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_curves, effective_zones
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.curve import CurveRole
from studio.model.photo import LandmarkKind, Photo
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from studio.planning.code import design_code
from studio.planning.figures import Figures, figures
from studio.planning.tape import Side, Tape, hairline_points, tapes
from studio.render.pages.plates import Design
from studio.render.pages.unroll import HAIR_SIDE, Hairline
from studio.render.pages.wording import VIEW_ORDER
from studio.skin.maps import skin_maps

ON_CURVE = 1.5
"""A place within this many mm of a hairline belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reckoned:
    """The chosen variant: its designs photo by photo in page order, its figures, its code."""

    case: Case
    designs: tuple[Design, ...]
    figures: Figures
    code: str


def reckon(case: Case) -> Reckoned:
    """Work out everything that the pages say about the chosen variant."""
    maps = skin_maps(case)
    zones = effective_zones(case.variant, case.axis)
    curves = effective_curves(case.variant, case.axis)
    photos = sorted(case.photos, key=lambda photo: VIEW_ORDER.index(photo.view))
    designs = tuple(
        Design(
            photo=photo,
            skin=maps[photo.id],
            zones=tuple(z for z in zones if z.chart == maps[photo.id].chart),
            curves=tuple(c for c in curves if c.chart == maps[photo.id].chart),
        )
        for photo in photos
    )
    tile = load_tile(case.placement.tile)
    return Reckoned(
        case=case,
        designs=designs,
        figures=figures(case, case.variant, maps, tile),
        code=design_code(case),
    )


def tapes_of(case: Case, design: Design) -> tuple[Tape, ...]:
    """The tape distances on one photo."""
    return tapes(case, case.variant, design.photo, design.skin)


def dots_of(case: Case, design: Design) -> tuple[tuple[float, FloatArray], ...]:
    """Planned dots on one chart: per diameter in mm their centres (n, 2) in chart units."""
    if not design.zones:
        return ()
    field = density_field(design.zones, design.skin.area_scale)
    dots = place(field, load_tile(case.placement.tile), case.placement)
    diameters = np.array([zone.dot_mm for zone in design.zones])[dots.owner]
    xy = dots.xy.astype(np.float64)
    return tuple((float(d), xy[diameters == d]) for d in np.unique(diameters))


def hairlines_of(case: Case, design: Design) -> tuple[Hairline, ...]:
    """Every hairline on one photo, with what its strip shows. The photo must have a scale."""
    lines = [
        flatten(c.nodes, closed=c.closed)
        for c in design.curves
        if c.role is CurveRole.HAIRLINE and len(c.nodes) > 1
    ]
    if not lines:
        return ()
    dots = dots_of(case, design)
    found = tapes_of(case, design)
    points = hairline_points(case, case.variant, design.skin)
    made = []
    for line in lines:
        path = LineString(line)
        mid = points.mid if points.mid is not None and _near(path, points.mid) else None
        height = next((t for t in found if t.letter == "a" and t.path is not None), None)
        brow = height.path[0] if height is not None and height.path and mid else None
        made.append(
            Hairline(
                path=line,
                hair=hair_side(design, line),
                mid=None if mid is None else float(path.project(shapely.Point(mid))),
                brow=brow,
                brow_words="" if height is None else f"mid-line, a = {_mm(height)} mm",
                corners=_corners(path, found),
                dots=dots,
            )
        )
    return tuple(made)


def hair_side(design: Design, line: FloatArray) -> int:
    """1 if the hair lies on the side of smaller y of a line drawn to larger x, else -1.

    Told by the zones beside the hairline, else by the brow, else it is above the hairline.
    """
    steps = np.diff(line, axis=0)
    normal = np.stack([steps[:, 1], -steps[:, 0]], axis=1)
    normal /= np.maximum(np.hypot(*normal.T), 1e-9)[:, None]
    middles = (line[1:] + line[:-1]) / 2
    weight = np.hypot(*steps.T)
    shapes = shapely.union_all([polygon_of(zone) for zone in design.zones])
    ahead = weight[shapely.contains_xy(shapes, middles + HAIR_SIDE / 2 * normal)].sum()
    behind = weight[shapely.contains_xy(shapes, middles - HAIR_SIDE / 2 * normal)].sum()
    if ahead != behind:
        return 1 if ahead > behind else -1
    brow = _brow(design.photo)
    if brow is None:
        return 1 if (weight * normal[:, 1]).sum() <= 0 else -1
    to_brow = design.skin.to_skin(np.array([brow])) - middles
    return -1 if (weight * (normal * to_brow).sum(axis=1)).sum() > 0 else 1


def _brow(photo: Photo) -> Point | None:
    for mark in photo.landmarks:
        if mark.kind is LandmarkKind.GLABELLA:
            return mark.at
    return None


def _corners(
    path: LineString, found: tuple[Tape, ...]
) -> tuple[tuple[Point, Point, tuple[str, ...]], ...]:
    """Hair corners on this hairline whose eye corner is marked."""
    corners = []
    for tape in found:
        if tape.letter != "b" or tape.path is None or not _near(path, tape.path[1]):
            continue
        side = "R" if tape.side is Side.RIGHT else "L"
        words = (f"hair corner {side}", f"b = {_mm(tape)} mm", "to the eye corner")
        corners.append((tape.path[1], tape.path[0], words))
    return tuple(corners)


def _near(path: LineString, at: Point) -> bool:
    return bool(path.distance(shapely.Point(at)) < ON_CURVE)


def _mm(tape: Tape) -> str:
    length = tape.length_mm
    return "–" if length is None or not length.known else f"{length.value:.0f}"
