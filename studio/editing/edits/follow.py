"""Zones drawn by a curve: redrawn when it changes, let go when their outline is changed by hand."""

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely

from studio.geometry.bezier import flatten
from studio.geometry.fringe import held, spacing, strays
from studio.geometry.mirror import direction, whole_curve
from studio.geometry.polygons import repaired, rings
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis, Variant
from studio.model.chart import DECIMALS, HEAD, Ring
from studio.model.curve import Curve
from studio.model.hairline import Fringe
from studio.model.refusal import Refusal
from studio.model.zone import FollowKind, Zone
from studio.skin.course import Course, course
from studio.skin.maps import scalp_map, skin_map
from studio.skin.skinmap import SkinMap

_FLATTENED, _SIMPLER = 0.05, 0.06
"""How far in mm the line, and the outline drawn by it, may stray."""

_ROUGH = 1.0
"""Spacing in mm of a strip for single dots: it need not show the fine waves."""

_COARSE = 2.0
"""Spacing in mm of a line without waves."""

_THIN = 0.35
"""The transition is nowhere thinner than this share of its width, however deep a valley is."""

_ENDS, _AT_END = 25.0, 0.45
"""Towards a sideburn a transition narrows to this share over so many mm."""

_LEAST_REACH = 0.4

_PLAIN = Fringe(macro=0.0, micro=0.0)


def followed(before: Case, after: Case) -> Case:
    """`after` with every zone in step with its curve, as far as they changed since `before`.

    A zone whose curve changed, or whose own width or fade-in did, is drawn anew. One whose
    outline alone changed was drawn by hand and follows no more; nor does one whose curve is
    gone. Unchanged parts are told by identity. Raises Refusal where a zone cannot be drawn.
    """
    if before is after:
        return after
    known = {variant.id: variant for variant in before.variants}
    axes_moved = before.axes != after.axes
    variants = tuple(
        _variant(after, known.get(variant.id), variant, axes_moved=axes_moved)
        for variant in after.variants
    )
    same = all(a is b for a, b in zip(variants, after.variants, strict=True))
    return after if same else replace(after, variants=variants)


def drawn(case: Case, zone: Zone, curve: Curve) -> Zone:
    """A zone as its curve draws it; Refusal where that cannot be."""
    if zone.follows is None:
        return zone
    skin = _skin(case, curve)
    axis = case.axis(curve.chart)
    parts = whole_curve(curve, axis)
    own = parts[0] if len(parts) == 1 else replace(curve, mirrored=False)
    ring, ramped = _shape(own, zone.follows.kind, zone.follows.width, axis, skin)
    front = zone.feather if zone.follows.kind is FollowKind.EDGE else 0.0
    return replace(
        zone,
        chart=curve.chart,
        outline=ring,
        holes=(),
        feathers=tuple(front if ramp else 0.0 for ramp in ramped) if front else (),
        feather=zone.feather,
        mirrored=len(parts) > 1,
    )


def _variant(case: Case, was: Variant | None, now: Variant, *, axes_moved: bool) -> Variant:
    if was is None or (was is now and not axes_moved):
        return now
    if not any(zone.follows for zone in now.zones):
        return now
    old_curves = {curve.id: curve for curve in was.curves}
    old_zones = {zone.id: zone for zone in was.zones}
    curves = {curve.id: curve for curve in now.curves}
    zones = []
    for zone in now.zones:
        old = old_zones.get(zone.id)
        curve = None if zone.follows is None else curves.get(zone.follows.curve)
        if zone.follows is None or old is None or zone.locked:
            zones.append(zone)
        elif curve is None:
            zones.append(_let_go(zone, old))
        elif (
            old_curves.get(curve.id) is not curve
            or (axes_moved and curve.mirrored)
            or (zone.follows, zone.feather, False) != (old.follows, old.feather, old.locked)
        ):
            zones.append(drawn(case, zone, curve))
        elif zone.outline != old.outline or zone.holes != old.holes:
            zones.append(_let_go(zone, old))
        else:
            zones.append(zone)
    same = all(a is b for a, b in zip(zones, now.zones, strict=True))
    return now if same else replace(now, zones=tuple(zones))


def _let_go(zone: Zone, old: Zone) -> Zone:
    """The zone as it is, no longer following; new corners fade in as the nearest old one did."""
    if len(zone.feathers) in {0, len(zone.outline)}:
        return replace(zone, follows=None)
    corners, now = np.array(old.outline), np.array(zone.outline)
    near = ((now[:, None] - corners[None]) ** 2).sum(axis=2).argmin(axis=1)
    return replace(zone, follows=None, feathers=tuple(old.feathers[i] for i in near.tolist()))


def _skin(case: Case, curve: Curve) -> SkinMap:
    if curve.chart == HEAD:
        if case.head is None:
            raise Refusal("There is no fitted head under this curve. Join the photos first.")
        return scalp_map(case.head)
    return skin_map(case, case.photo(curve.chart))


@lru_cache(maxsize=32)
def _shape(
    curve: Curve, kind: FollowKind, width: float, axis: MirrorAxis, skin: SkinMap
) -> tuple[Ring, tuple[bool, ...]]:
    """The outline by a curve, and which of its corners lie on the edge of the dots."""
    if curve.closed:
        raise Refusal(f"“{curve.name}” is closed, but a zone is drawn along an open line. Open it.")
    way, ahead, tolerance = _way(curve, axis, skin)
    if kind is FollowKind.BAND:
        return _ringed(_band(way, width / 2, tolerance), 0)
    edge = -ahead
    if kind is FollowKind.SENTINELS:
        rough, kept = way.thinned(_ROUGH)
        most = np.maximum(held(ahead[kept] + width, rough.bend), ahead[kept] + _LEAST_REACH)
        out, back = rough.beside(-most), rough.beside(edge[kept])
        return _ringed([_lean(out, 2 * tolerance), _lean(back, 2 * tolerance)[::-1]], 0)
    front = _lean(way.beside(edge), tolerance)
    wide, kept = way.thinned(_COARSE)
    deep = np.maximum(width * _narrowing(curve, wide), edge[kept] + _THIN * width)
    return _ringed([front, _lean(wide.parallel(deep), tolerance)[::-1]], len(front))


@lru_cache(maxsize=8)
def _way(curve: Curve, axis: MirrorAxis, skin: SkinMap) -> tuple[Course, FloatArray, float]:
    """The course of a curve, how far the edge of the dots lies ahead of it in mm, and how far
    in chart units an outline by it may stray.
    """
    per_unit = np.sqrt(skin.area_scale(np.array([node.at for node in curve.nodes])))
    unit = 1.0 / max(float(per_unit.max()), 1e-9)
    line = flatten(curve.nodes, tolerance=_FLATTENED * unit)
    fringe = curve.fringe or _PLAIN
    plain = fringe.macro <= 0 and fringe.micro <= 0
    way = course(skin, line, _COARSE if plain else spacing(fringe))
    at = way.along - _middle(way, axis)
    return way, held(strays(at, fringe), way.bend), _SIMPLER * unit


def _middle(way: Course, axis: MirrorAxis) -> float:
    """How far along a line it comes nearest to the mid-line, or half-way if that is its end."""
    ux, uy = direction(axis)
    off = (way.chart[:, 1] - axis.at[1]) * ux - (way.chart[:, 0] - axis.at[0]) * uy
    crossed = np.flatnonzero(off[:-1] * off[1:] <= 0)
    if len(crossed) == 0:
        return float(way.along[-1] / 2)
    i = int(crossed[len(crossed) // 2])
    share = off[i] / (off[i] - off[i + 1]) if off[i] != off[i + 1] else 0.0
    return float(way.along[i] + share * (way.along[i + 1] - way.along[i]))


def _narrowing(curve: Curve, way: Course) -> FloatArray:
    """Share of the width along a line: it narrows where a grown line runs into the sideburns."""
    if curve.recipe is None or not curve.recipe.joined:
        return np.ones(len(way.along))
    end = np.minimum(way.along, way.along[-1] - way.along) / _ENDS
    t = np.clip(end, 0.0, 1.0)
    share: FloatArray = _AT_END + (1.0 - _AT_END) * t * t * (3 - 2 * t)
    return share


def _band(way: Course, half: float, tolerance: float) -> list[FloatArray]:
    """Left side there, round end, right side back, round end."""
    aside = np.full(len(way.along), half)
    left = _lean(way.parallel(aside), tolerance)
    right = _lean(way.parallel(-aside), tolerance)
    turns = np.linspace(math.pi / 2, -math.pi / 2, 11)[1:-1]
    return [
        left,
        way.round(-1, half, turns),
        right[::-1],
        way.round(0, half, turns - math.pi),
    ]


def _lean(line: FloatArray, tolerance: float) -> FloatArray:
    """The line with fewer points, nowhere further off than a distance in chart units."""
    lean = shapely.simplify(shapely.linestrings(line), tolerance, preserve_topology=False)
    return shapely.get_coordinates(lean)


def _ringed(sides: list[FloatArray], front: int) -> tuple[Ring, tuple[bool, ...]]:
    """The sides as one sound outline, and which corners are of the first `front` points."""
    points = np.concatenate(sides).round(DECIMALS) + 0.0
    new = np.r_[True, (np.diff(points, axis=0) != 0).any(axis=1)]
    new[-1] &= bool((points[-1] != points[0]).any())
    ring: Ring = tuple(map(tuple, points[new].tolist()))
    if bool(shapely.is_valid(shapely.polygons(points[new]))):
        return ring, tuple((np.arange(len(points)) < front)[new].tolist())
    outline, _ = rings(repaired(ring))
    known = set(map(tuple, points[:front].tolist()))
    return outline, tuple(point in known for point in outline)
