"""The design and its numbers, photo by photo, ready to be put into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely.geometry import LineString

from studio.geometry.bezier import flatten
from studio.geometry.mirror import TOUCHING, distance_to_axis
from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_curves, effective_zones
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD, ChartId, Point
from studio.model.curve import CurveRole
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, Photo
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from studio.planning.code import design_code
from studio.planning.figures import Figures, figures
from studio.planning.sight import seen_shares
from studio.planning.standing import hair_on
from studio.planning.tape import FACES, Side, Tape, hairline_points, taped_photos, tapes
from studio.render.pages.develop import Development, develop
from studio.render.pages.plates import Design
from studio.render.pages.tapemap import RING_MM, Laid, finite, laid_out
from studio.render.pages.unroll import FACE_SIDE, HAIR_SIDE, Hairline
from studio.render.pages.wording import VIEW_ORDER
from studio.skin.head.headmap import COUNTED, HeadMap
from studio.skin.maps import skin_maps
from studio.skin.skinmap import SkinMap

ON_CURVE = 1.5
"""A place within this many mm of a hairline belongs to it."""


NET_MM = 200.0
"""How far down the tape net goes: to the nape's hair."""

NET_BELOW = 0.25
"""It ends at the brows, where faces begin; at the back it goes on: how far round, as the
cosine of the clock's angle from the nape."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reckoned:
    """The chosen variant: its designs photo by photo in page order, its figures, its code.

    With a fitted head `laid` is that head, and `pages` names for every zone on it the photo
    whose page has its figures.
    """

    case: Case
    designs: tuple[Design, ...]
    figures: Figures
    code: str
    laid: Laid | None = None
    pages: Mapping[Id, Id] = field(default_factory=dict)


def reckon(case: Case) -> Reckoned:
    """Work out everything that the pages say about the chosen variant."""
    maps = skin_maps(case)
    zones = effective_zones(case.variant, case.axis)
    curves = effective_curves(case.variant, case.axis)
    photos = sorted(case.photos, key=lambda photo: VIEW_ORDER.index(photo.view))
    laid = None if case.head is None else laid_out(case)
    net = () if laid is None else _net(laid)
    on_head = _head_tapes(case, maps)
    designs = tuple(
        Design(
            photo=photo,
            skin=maps[photo.id],
            zones=tuple(z for z in zones if z.chart == maps[photo.id].chart),
            curves=tuple(c for c in curves if c.chart == maps[photo.id].chart),
            tapes=on_head
            if maps[photo.id].chart == HEAD
            else tapes(case, case.variant, photo, maps[photo.id]),
            net=net if maps[photo.id].chart == HEAD else (),
        )
        for photo in photos
    )
    tile = load_tile(case.placement.tile)
    return Reckoned(
        case=case,
        designs=designs,
        figures=figures(case, case.variant, maps, tile),
        code=design_code(case),
        laid=laid,
        pages=_pages_of_zones(case, maps),
    )


def _head_tapes(case: Case, maps: Mapping[ChartId, SkinMap]) -> tuple[Tape, ...]:
    """The tapes on the head, from the photo that shows the face."""
    for photo in taped_photos(case, maps):
        if maps[photo.id].chart == HEAD:
            return tapes(case, case.variant, photo, maps[photo.id])
    return ()


def _net(laid: Laid) -> tuple[FloatArray, ...]:
    """Tape rings and clock spokes on the chart, from the vertex to the rim and down the nape."""
    net, rim = laid.tape_map.net, laid.tape_map.flat(laid.places.rim)
    spokes = len(net.courses)
    turn = np.arange(spokes + 1) * (2 * np.pi / spokes)
    around = np.arctan2(rim[:, 0], -rim[:, 1]) % (2 * np.pi)
    order = np.argsort(around)
    ends = np.interp(turn, around[order], np.hypot(*rim[order].T), period=2 * np.pi)
    ends = np.where(-np.cos(turn) > NET_BELOW, NET_MM, ends)
    lines = []
    for mm in np.arange(RING_MM, NET_MM + 1, RING_MM).tolist():
        ring = net.ring(mm)
        ring[mm > ends + 1e-9] = np.nan
        lines.append(ring)
    lines += [net.spoke(number, float(ends[number])) for number in range(0, spokes, spokes // 12)]
    return tuple(finite(lines))


def _pages_of_zones(case: Case, maps: Mapping[ChartId, SkinMap]) -> dict[Id, Id]:
    """For every zone on the head the photo that most of it faces."""
    found: dict[Id, Id] = {}
    for zone in case.variant.zones:
        if zone.chart == HEAD and not zone.hidden:
            shares = seen_shares(case, zone.id, maps)
            best = max(shares, key=lambda p: (shares[p].within_60, shares[p].within_70))
            found[zone.id] = best
    return found


def dots_of(case: Case, design: Design) -> tuple[tuple[float, FloatArray], ...]:
    """Planned dots on one chart: per diameter in mm their centres (n, 2) in chart units."""
    if not design.zones:
        return ()
    hair = hair_on(case, design.skin.chart)
    field = density_field(design.zones, design.skin.area_scale, hair=hair)
    dots = place(field, load_tile(case.placement.tile), case.placement)
    diameters = np.array([zone.dot_mm for zone in design.zones])[dots.owner]
    xy = dots.xy.astype(np.float64)
    return tuple((float(d), xy[diameters == d]) for d in np.unique(diameters))


def dots_shown(case: Case, design: Design) -> tuple[tuple[float, FloatArray], ...]:
    """Those of the planned dots that the photo shows well enough to count."""
    every = dots_of(case, design)
    if not isinstance(design.skin, HeadMap):
        return every
    skin = design.skin
    return tuple((d, centres[skin.incidence(centres) <= COUNTED]) for d, centres in every)


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
    found = design.tapes
    points = hairline_points(case, case.variant, design.skin)
    made = []
    for line in lines:
        path = LineString(line)
        if isinstance(design.skin, HeadMap):
            unrolled = _unrolled(design, line, points.mid, dots)
            made.append(replace(unrolled, side=_side(case, design, line)))
            continue
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
                side=_side(case, design, line),
            )
        )
    return tuple(made)


def _side(case: Case, design: Design, line: FloatArray) -> Side:
    """The side on which all of a line lies, if the chart tells left from right."""
    if design.skin.chart != HEAD and design.photo.view not in FACES:
        return Side.MID
    axis = case.axis(design.skin.chart)
    off = [distance_to_axis((x, y), axis) for x, y in line.tolist()]
    if min(off) >= -TOUCHING:
        return Side.LEFT
    return Side.RIGHT if max(off) <= TOUCHING else Side.MID


def _unrolled(
    design: Design,
    line: FloatArray,
    mid: Point | None,
    dots: tuple[tuple[float, FloatArray], ...],
) -> Hairline:
    """A hairline of the head laid flat, with all that its strip shows."""
    skin = design.skin
    if not isinstance(skin, HeadMap):
        raise TypeError("only what lies on a head is unrolled")
    path = LineString(line)
    on_line = mid if mid is not None and _near(path, mid) else None
    flat = develop(
        skin.relief.surface, line, hair_side(design, line), (HAIR_SIDE, FACE_SIDE), on_line
    )

    def along(at: Point) -> float:
        """Length in mm along the line of a chart point on it."""
        units = path.project(shapely.Point(at))
        return float(np.interp(units, _lengths(line), flat.along_line))

    height = next((t for t in design.tapes if t.letter == "a" and t.path is not None), None)
    brow = None
    if height is not None and height.path and height.length_mm and on_line is not None:
        course = np.array(height.path)[::-1]
        brow = flat.towards(along(on_line), course, height.length_mm.value)
    corners = []
    for at, _, words in _corners(path, design.tapes):
        tape = next(t for t in design.tapes if t.letter == "b" and t.path and t.path[-1] == at)
        eye = flat.towards(along(at), np.array(tape.path)[::-1], 30.0)
        corners.append((flat.at(along(at)), eye, words))
    return Hairline(
        path=flat.flat,
        hair=flat.hair,
        mid=None if on_line is None else along(on_line),
        brow=brow,
        brow_words="" if height is None else f"mid-line, a = {_mm(height)} mm",
        corners=tuple(corners),
        dots=_laid_dots(flat, dots),
        stretch=flat.stretch,
    )


def _lengths(line: FloatArray) -> FloatArray:
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def _laid_dots(
    flat: Development, dots: tuple[tuple[float, FloatArray], ...]
) -> tuple[tuple[float, FloatArray], ...]:
    laid = [(diameter, flat.lay(centres)) for diameter, centres in dots]
    return tuple((diameter, at[np.isfinite(at).all(axis=1)]) for diameter, at in laid)


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
        if tape.letter != "b" or tape.path is None or not _near(path, tape.path[-1]):
            continue
        side = "R" if tape.side is Side.RIGHT else "L"
        words = (f"hair corner {side}", f"b = {_mm(tape)} mm", "to the eye corner")
        corners.append((tape.path[-1], tape.path[0], words))
    return tuple(corners)


def _near(path: LineString, at: Point) -> bool:
    return bool(path.distance(shapely.Point(at)) < ON_CURVE)


def _mm(tape: Tape) -> str:
    length = tape.length_mm
    return "–" if length is None or not length.known else f"{length.value:.0f}"
