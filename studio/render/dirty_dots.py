"""Where on a chart dots may differ from one set of zones to the next."""

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Zone
from studio.pigment.margin import margin_reach
from studio.pigment.raster import LEAST_SCALE
from studio.pigment.shade import SLACK
from studio.render.dirty import edited_run, painted_runs, pairs
from studio.render.laid_dots import Zones
from studio.render.viewport import Box
from studio.skin.skinmap import SkinMap


def changed_box(before: Zones, after: Zones, skin: SkinMap) -> Box | None:
    """The box of the chart in which two sets of zones may give different dots."""
    differing = pairs(_keyed(before), _keyed(after))
    if not differing:
        return None
    corners = np.concatenate([_reach(old, new, skin) for old, new in differing])
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    return left - 1, top - 1, right + 1, bottom + 1


def _keyed(zones: Zones) -> list[tuple[tuple[str, int], Zone]]:
    """Zones by their id, and twins by their number."""
    seen: dict[str, int] = {}
    keyed = []
    for zone in zones:
        seen[zone.id] = seen.get(zone.id, -1) + 1
        keyed.append(((zone.id, seen[zone.id]), zone))
    return keyed


def _reach(old: Zone | None, new: Zone | None, skin: SkinMap) -> FloatArray:
    """Points (n, 2) round everything that a change of a zone may change."""
    if old is None or new is None:
        return np.concatenate([_whole(zone, skin) for zone in (old, new) if zone is not None])
    painted = painted_runs(old, new)
    if painted:
        return np.concatenate([_dabs(stroke, skin) for stroke in painted])
    run = edited_run(old, new)
    if run is None:
        return np.concatenate([_whole(old, skin), _whole(new, skin)])
    # further in than its feather a zone does not feel its outline, nor further out than its margin
    return _round(run, max(_widest_feather(new), _margin(new)), skin)


def _whole(zone: Zone, skin: SkinMap) -> FloatArray:
    outline = np.array(zone.outline, dtype=np.float64)
    margin = _margin(zone)
    if not margin:
        return outline
    reach = margin_reach(outline, margin, skin.area_scale)
    return np.concatenate([outline - reach, outline + reach])


def _dabs(stroke: DensityStroke, skin: SkinMap) -> FloatArray:
    return _round(np.array(stroke.path, dtype=np.float64), stroke.radius, skin)


def _round(points: FloatArray, mm: float, skin: SkinMap) -> FloatArray:
    """Points (n, 2) with so many mm of skin round them; the scale may grow on the way there."""
    reach = SLACK * mm / np.sqrt(max(float(skin.area_scale(points).min()), LEAST_SCALE))
    return np.concatenate([points - reach, points + reach])


def _widest_feather(zone: Zone) -> float:
    return max(zone.feathers or (zone.feather,))


def _margin(zone: Zone) -> float:
    return zone.margin if zone.blend is Blend.CLEAR else 0.0
