"""The numbers of a design: areas, dots, sessions, lengths, minutes, each with its ±.

A zone's density is what is to be in the skin after the last session. The dots on screen
and paper are the dots to place: 30, 70 and 100 % of them, cumulative, after three sessions
(Liu et al., J Cosmet Dermatol 2025;24:e70375). No hidden factor for healing loss is in
them: what of it will still be seen is a matter of the forecast.

On the fitted head only skin is counted that some photo shows turned by less than 70 degrees.
What no photo shows so is told apart as `unseen_cm2`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.geometry.bezier import flatten
from studio.geometry.mirror import whole_curve
from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_curves, effective_zones
from studio.model.case import Case, Placement, Variant
from studio.model.chart import ChartId
from studio.model.curve import CurveRole
from studio.model.ids import Id
from studio.model.quantity import Quantity, correlated_sum
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Purpose, Zone
from studio.pigment.dots import place, session_of
from studio.pigment.field import density_field
from studio.pigment.hair import Hair
from studio.pigment.tile import Tile
from studio.planning.estimate import placing_minutes
from studio.planning.existing import HairThere
from studio.planning.sight import Views, areal, counted, seen_by, views_of
from studio.planning.standing import Standing, standing_on, there_in
from studio.skin.skinmap import SkinMap

LATTICE = 10.746
"""Spacing in mm of n dots per cm2 on a triangular lattice is 10.746 / sqrt(n), the square
root of 200 / sqrt(3) (domain research, F7)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFigures:
    """One zone with its twin.

    `area_cm2` is skin to work on: zones that keep clear above it are taken off. `dots` are
    all dots it is the topmost zone of, `per_session` those placed in each sitting; they sum
    to `dots`. `spacing_mm` is None for zones without dots. Minutes are needle time.
    `unseen_cm2` is skin of the zone that none of the head's photos shows well enough to
    count; it is in none of the other figures, and None on a plane. `existing` is hair that
    is there already, None where none was looked for.
    While `dots.known` is false the photo has no scale: show neither dots nor areas.
    """

    id: Id
    letter: str
    name: str
    purpose: Purpose
    chart: ChartId
    area_cm2: Quantity
    density: float
    dots: Quantity
    per_session: tuple[int, ...]
    spacing_mm: float | None
    minutes: Quantity
    dot_mm: float
    needle: str
    dilution: float
    unseen_cm2: Quantity | None = None
    existing: HairThere | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveFigures:
    """One curve with its twin, joined or beside it; `length_mm` along the skin."""

    id: Id
    name: str
    role: CurveRole
    chart: ChartId
    length_mm: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The numbers of one variant.

    Totals add their errors up, for all may come from one scale. `area_cm2` counts skin
    under overlapping zones of one chart once. `capped`: more dots are wanted somewhere
    than the tile holds. `unseen_cm2` is skin to work on that no photo shows well enough to
    count, None without a fitted head.
    """

    zones: tuple[ZoneFigures, ...]
    curves: tuple[CurveFigures, ...]
    area_cm2: Quantity
    dots: Quantity
    per_session: tuple[int, ...]
    minutes: Quantity
    capped: bool
    unseen_cm2: Quantity | None = None


def figures(case: Case, variant: Variant, maps: Mapping[ChartId, SkinMap], tile: Tile) -> Figures:
    """All numbers of a variant; `maps` holds the skin map of every chart drawn on.

    Quick on repetition: what did not change is not worked out again. Raises Refusal when
    something lies on a chart that is not in `maps`, or the zones reach beyond any head.
    """
    zones = effective_zones(variant, case.axis)
    charts = tuple(dict.fromkeys(zone.chart for zone in zones))
    on = {chart: tuple(z for z in zones if z.chart == chart) for chart in charts}
    counts: dict[Id, tuple[int, ...]] = {}
    capped = False
    views = {chart: views_of(chart, maps) for chart in charts}
    hair = {chart: standing_on(case, chart) for chart in charts}
    for chart in charts:
        skin = _map(maps, chart)
        standing = hair[chart]
        beside = None if standing is None else standing.hair
        ground = skin, beside
        found = _counts(on[chart], ground, tile, case.placement, case.shares, views[chart])
        counts |= dict(found.per_zone)
        capped = capped or found.capped
    shown = {zone.id: zone for zone in variant.zones if not zone.hidden}
    rows = tuple(
        _zone(
            zone,
            on[zone.chart],
            _map(maps, zone.chart),
            counts[zone.id],
            views[zone.chart],
            hair[zone.chart],
        )
        for zone in shown.values()
    )
    dots = correlated_sum(row.dots for row in rows)
    covered = {c: _covered(on[c], _map(maps, c), views[c]) for c in charts}
    unseen = [left for _, left in covered.values() if left is not None]
    return Figures(
        zones=rows,
        curves=_curves(case, variant, maps),
        area_cm2=correlated_sum(area.times(0.01) for area, _ in covered.values()),
        dots=dots,
        per_session=tuple(map(sum, zip(*(r.per_session for r in rows), strict=True)))
        or (0,) * len(case.shares),
        minutes=placing_minutes(dots),
        capped=capped,
        unseen_cm2=correlated_sum(left.times(0.01) for left in unseen) if unseen else None,
    )


def spacing_mm(density: float) -> float | None:
    """Mean distance of neighbouring dots at a density per cm2; None for no dots."""
    return LATTICE / math.sqrt(density) if density > 0 else None


@dataclass(frozen=True, slots=True)
class _Counts:
    per_zone: tuple[tuple[Id, tuple[int, ...]], ...]
    capped: bool


@lru_cache(maxsize=64)
def _counts(
    zones: tuple[Zone, ...],
    ground: tuple[SkinMap, Hair | None],
    tile: Tile,
    placement: Placement,
    shares: tuple[float, ...],
    views: Views,
) -> _Counts:
    """Dots placed in each session by the zones of one chart, twins counted together."""
    skin, hair = ground
    dots = place(density_field(zones, skin.area_scale, hair=hair), tile, placement)
    cell = dots.owner.astype(np.int64) * len(shares) + session_of(dots, shares)
    cells = np.bincount(
        cell[counted(dots.xy, [polygon_of(zone) for zone in zones], views)],
        minlength=len(zones) * len(shares),
    ).reshape(len(zones), len(shares))
    sums: dict[Id, Sequence[int]] = {}
    for zone, row in zip(zones, cells.tolist(), strict=True):
        before = sums.get(zone.id, [0] * len(shares))
        sums[zone.id] = [a + b for a, b in zip(before, row, strict=True)]
    return _Counts(tuple((zone, tuple(row)) for zone, row in sums.items()), dots.capped)


def _zone(
    zone: Zone,
    chart_zones: tuple[Zone, ...],
    skin: SkinMap,
    per_session: tuple[int, ...],
    views: Views,
    standing: Standing | None,
) -> ZoneFigures:
    parts = tuple(z for z in chart_zones if z.id == zone.id)
    first = chart_zones.index(parts[0])
    clear = tuple(z for z in chart_zones[first + 1 :] if z.blend is Blend.CLEAR)
    area, edge, unseen = _worked(parts, clear, skin, views)
    dots = _dots(sum(per_session), zone.density, area, edge)
    existing = None if standing is None else there_in(parts, standing)
    if zone.less_existing and existing is not None and dots.known:
        # a follicle too many or too few is a dot too few or too many
        dots = Quantity(dots.value, math.hypot(dots.se, existing.follicles.se))
    return ZoneFigures(
        id=zone.id,
        letter=zone.letter,
        name=zone.name,
        purpose=zone.purpose,
        chart=zone.chart,
        area_cm2=area.times(0.01),
        density=0.0 if zone.blend is Blend.CLEAR else zone.density,
        dots=dots,
        per_session=per_session,
        spacing_mm=None if zone.blend is Blend.CLEAR else spacing_mm(zone.density),
        minutes=placing_minutes(dots),
        dot_mm=zone.dot_mm,
        needle=zone.needle,
        dilution=zone.dilution,
        unseen_cm2=None if unseen is None else unseen.times(0.01),
        existing=existing,
    )


def _dots(count: int, density: float, area: Quantity, edge_mm: float) -> Quantity:
    """The count with the error of the area, and that of where the tile happens to lie.

    Only dots along the outline fall in or out when the tile is shifted: about the square
    root of their number (tests/unit/planning/test_figures.py measures it).
    """
    if count == 0:
        return Quantity(0.0, 0.0 if area.known else math.inf)
    if not area.known:
        return Quantity(float(count), math.inf)
    along = edge_mm / (LATTICE / math.sqrt(density)) if density > 0 else 0.0
    return Quantity(float(count), math.hypot(count * area.relative, math.sqrt(along)))


@lru_cache(maxsize=512)
def _worked(
    parts: tuple[Zone, ...], clear: tuple[Zone, ...], skin: SkinMap, views: Views
) -> tuple[Quantity, float, Quantity | None]:
    """Skin of a zone (mm2) without what keeps clear above it, and its outline's length.

    Last the skin of it that no photo shows well enough, which is not in the first.
    """
    whole = _without(shapely.union_all([polygon_of(part) for part in parts]), clear)
    shape, unseen = _split(whole, skin, views)
    rings = [np.asarray(ring.coords) for ring in shapely.get_rings(shape)]
    return skin.area(shape), sum(skin.length(ring).value for ring in rings), unseen


@lru_cache(maxsize=64)
def _covered(
    zones: tuple[Zone, ...], skin: SkinMap, views: Views
) -> tuple[Quantity, Quantity | None]:
    """Skin (mm2) under all zones of a chart, counted once, without what keeps clear.

    Then the skin under them that no photo shows well enough, which is not in the first.
    """
    shape: Polygon | MultiPolygon = MultiPolygon()
    for zone in zones:
        if zone.blend is Blend.CLEAR:
            shape = _without(shape, (zone,))
        else:
            shape = areal(shapely.union_all([shape, polygon_of(zone)]))
    seen, unseen = _split(shape, skin, views)
    return skin.area(seen), unseen


def _split(
    shape: Polygon | MultiPolygon, skin: SkinMap, views: Views
) -> tuple[Polygon | MultiPolygon, Quantity | None]:
    """What of a shape counts, and the skin (mm2) of the rest; None where all counts anyway."""
    if not views:
        return shape, None
    seen = seen_by(views)
    if shapely.contains(seen, shape):
        return shape, skin.area(MultiPolygon())
    rest = areal(shapely.difference(shape, seen))
    return areal(shapely.intersection(shape, seen)), skin.area(rest)


def _without(shape: shapely.Geometry, clear: tuple[Zone, ...]) -> Polygon | MultiPolygon:
    if not clear:
        return areal(shape)
    return areal(shapely.difference(shape, shapely.union_all([polygon_of(z) for z in clear])))


def _curves(
    case: Case, variant: Variant, maps: Mapping[ChartId, SkinMap]
) -> tuple[CurveFigures, ...]:
    shown = {curve.id for curve in effective_curves(variant, case.axis)}
    return tuple(
        CurveFigures(
            id=curve.id,
            name=curve.name,
            role=curve.role,
            chart=curve.chart,
            length_mm=correlated_sum(
                _map(maps, curve.chart).length(flatten(piece.nodes, closed=piece.closed))
                for piece in whole_curve(curve, case.axis(curve.chart))
            ),
        )
        for curve in variant.curves
        if curve.id in shown
    )


def _map(maps: Mapping[ChartId, SkinMap], chart: ChartId) -> SkinMap:
    if chart not in maps:
        raise Refusal(
            "Something is drawn on a photo that is not in the case. Delete it in the list."
        )
    return maps[chart]
