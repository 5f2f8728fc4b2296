"""The hair that stands on a chart, as dots and figures see it: worked out once while it stays."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.existing import ExistingHair
from studio.model.zone import Zone
from studio.pigment.hair import Hair
from studio.planning.existing import (
    CLEAR_MM,
    HairThere,
    density_map,
    existing_on,
    hair_among,
    marks_of,
)
from studio.planning.sight import areal
from studio.skin.maps import scalp_map, skin_map
from studio.skin.near import in_mm
from studio.skin.skinmap import SkinMap

_SAMPLED, _TURNS, _STEP = 400, 12, 0.1
"""Places and directions in which a chart's scale is compared with the skin, in steps of so many
chart units."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """The hair on one chart. The same object stands for the same hair on the same skin.

    `found` is what each photo showed of it, `maps` the skin maps of the chart and these photos.
    """

    chart: ChartId
    found: tuple[ExistingHair, ...]
    maps: Mapping[ChartId, SkinMap]
    hair: Hair


_standing: dict[ChartId, Standing] = {}


def hair_on(case: Case, chart: ChartId) -> Hair | None:
    """The hair that dots on a chart keep clear of; None where none was found."""
    there = standing_on(case, chart)
    return None if there is None else there.hair


def standing_on(case: Case, chart: ChartId) -> Standing | None:
    """The hair on a chart, the same object while neither it nor the skin changed."""
    found = existing_on(case, chart) if case.existing else ()
    if not found:
        _standing.pop(chart, None)
        return None
    names = dict.fromkeys((chart, *(hair.photo for hair in found)))
    maps = {name: _map(case, name) for name in names}
    last = _standing.get(chart)
    if last is None or not _same(last, found, maps):
        last = _standing[chart] = Standing(chart, found, maps, _hair(found, maps))
    return last


def forget_hair() -> None:
    """Keep no hair any longer: the case it was found in was put away."""
    _standing.clear()
    density_map.cache_clear()
    there_in.cache_clear()


@lru_cache(maxsize=256)
def there_in(parts: tuple[Zone, ...], standing: Standing) -> HairThere | None:
    """The hair in a zone with its twins; None where none was looked for."""
    shape = areal(shapely.union_all([polygon_of(part) for part in parts]))
    return hair_among(standing.found, shape, standing.chart, standing.maps)


def _map(case: Case, name: ChartId) -> SkinMap:
    if name == HEAD and case.head is not None:
        return scalp_map(case.head)
    return skin_map(case, case.photo(name))


def _same(last: Standing, found: tuple[ExistingHair, ...], maps: Mapping[ChartId, SkinMap]) -> bool:
    return (
        len(last.found) == len(found)
        and all(a is b for a, b in zip(last.found, found, strict=True))
        and all(last.maps.get(name) is skin for name, skin in maps.items())
    )


def _hair(found: tuple[ExistingHair, ...], maps: Mapping[ChartId, SkinMap]) -> Hair:
    def density(points: FloatArray) -> FloatArray:
        told = density_map(found, tuple(maps.items()))
        return np.zeros(len(points)) if told is None else told.at(points)

    marks, skin = marks_of(found), maps[found[0].chart]
    return Hair(density, marks, CLEAR_MM / _narrowest(marks, skin))


def _narrowest(chart: FloatArray, skin: SkinMap) -> float:
    """The least mm of skin per mm that the chart's scale tells, in any direction at its points.

    Dots keep clear by the scale of the chart, which is the mean over all directions.
    """
    if len(chart) == 0:
        return 1.0
    some = chart[:: max(1, len(chart) // _SAMPLED)]
    told = _STEP * np.sqrt(skin.area_scale(some))
    here, least = in_mm(some, skin), 1.0
    for turn in np.arange(_TURNS) * (math.pi / _TURNS):
        there = in_mm(some + _STEP * np.array([math.cos(turn), math.sin(turn)]), skin)
        ratio = np.linalg.norm(there - here, axis=1) / told
        least = min(least, float(np.nanmin(ratio)))
    return least
