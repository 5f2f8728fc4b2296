"""What hair that is there already means for a plan: its density, and where dots keep clear.

Chart points are (n, 2). A place that several photos were searched in counts in the one that it
faces best.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.model.arrays import BoolArray, FloatArray
from studio.model.case import Case
from studio.model.chart import ChartId, Ring
from studio.model.existing import ExistingHair
from studio.model.quantity import Quantity
from studio.planning.sight import areal
from studio.skin.near import within
from studio.skin.skinmap import SkinMap

CLEAR_MM = 0.3
"""How far dots keep from a follicle: the size of a dot (issue 4)."""

SMOOTH_MM = 4.0
"""Standard deviation of the window over which density is told from place to place."""

_STEP_MM = 1.0


@dataclass(frozen=True, slots=True)
class HairThere:
    """Hair in a polygon. `per_cm2` is of the part of it that was searched, `searched` its share."""

    follicles: Quantity
    per_cm2: Quantity
    searched: float


def existing_on(case: Case, chart: ChartId) -> tuple[ExistingHair, ...]:
    """What was found on a chart, photo by photo."""
    return tuple(hair for hair in case.existing if hair.chart == chart)


def marks(case: Case, chart: ChartId) -> FloatArray:
    """All follicles marked on a chart, from every photo: dots keep clear of each."""
    return marks_of(existing_on(case, chart))


def marks_of(hairs: Sequence[ExistingHair]) -> FloatArray:
    """The follicles marked in some photos, as chart points (n, 2)."""
    return _points([point for hair in hairs for point in hair.marks])


def keeps_clear(
    dots: FloatArray, follicles: FloatArray, skin: SkinMap, radius_mm: float = CLEAR_MM
) -> BoolArray:
    """Which dots (n, 2) keep at least so many mm of skin from every follicle (k, 2)."""
    return ~within(dots, follicles, radius_mm, skin)


def hair_in(
    case: Case, shape: Polygon | MultiPolygon, chart: ChartId, maps: Mapping[ChartId, SkinMap]
) -> HairThere | None:
    """The hair found in a polygon of a chart; None where nothing in it was searched."""
    return hair_among(existing_on(case, chart), shape, chart, maps)


def hair_among(
    hairs: tuple[ExistingHair, ...],
    shape: Polygon | MultiPolygon,
    chart: ChartId,
    maps: Mapping[ChartId, SkinMap],
) -> HairThere | None:
    """What was found on a chart, within a polygon of it; None where nothing was searched.

    The error of the count is that of the finder (`count_se`) and of single marks, which go wrong
    one by one (Poisson); that of the density has the area's besides. What was put right by hand
    is still taken to be as unsure as the rest.
    """
    looked = areal(shapely.intersection(shape, _searched(hairs)))
    if looked.is_empty:
        return None
    skin = maps[chart]
    area, whole = skin.area(looked).times(0.01), skin.area(shape).value / 100
    if area.value <= 0:
        return None
    inside = [
        (hair, int(np.count_nonzero(_inside(points, looked))))
        for hair, points in _told_once(hairs, maps)
    ]
    count = sum(number for _, number in inside)
    finder = sum(hair.count_se * number for hair, number in inside)
    follicles = Quantity(float(count), math.hypot(finder, math.sqrt(max(count, 1))))
    if not area.known:
        return HairThere(follicles, Quantity(count / area.value, math.inf), area.value / whole)
    density = count / area.value
    error = math.hypot(follicles.se / area.value, density * area.relative)
    return HairThere(follicles, Quantity(density, error), min(area.value / whole, 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class HairDensity:
    """Follicles per mm2 of skin, smoothed, on a grid of a chart; NaN where none was looked for.

    `values` (h, w) are at `left`, `top` and every `step` chart units.
    """

    left: float
    top: float
    step: float
    values: FloatArray

    def at(self, chart: FloatArray) -> FloatArray:
        """Density at chart points, (n,): between the grid's points; 0 where none was looked for."""
        from scipy.ndimage import map_coordinates  # noqa: PLC0415

        chart = np.asarray(chart, np.float64)
        place = [(chart[:, 1] - self.top) / self.step, (chart[:, 0] - self.left) / self.step]
        known = np.nan_to_num(self.values)
        read: FloatArray = map_coordinates(known, place, order=1, mode="constant", cval=0.0)
        return read


@lru_cache(maxsize=8)
def density_map(
    hairs: tuple[ExistingHair, ...], maps: tuple[tuple[ChartId, SkinMap], ...]
) -> HairDensity | None:
    """The smoothed density of the hair on one chart; None if none was looked for.

    `maps` are the skin maps of the chart and of the photos, by name. Near the edge of what was
    searched only what lies within counts. Kept while neither changes.
    """
    from scipy.ndimage import gaussian_filter  # noqa: PLC0415

    if not hairs:
        return None
    by_name = dict(maps)
    skin, searched = by_name[hairs[0].chart], _searched(hairs)
    if searched.is_empty:
        return None
    left, top, right, bottom = searched.bounds
    middle = np.array([searched.centroid.coords[0]])
    step = _STEP_MM / math.sqrt(float(skin.area_scale(middle)[0]))
    xs, ys = np.arange(left, right + step, step), np.arange(top, bottom + step, step)
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    inside = _inside(grid, searched)
    area = np.where(inside, skin.area_scale(grid) * step**2, 0.0).reshape(len(ys), len(xs))
    points = np.concatenate([points for _, points in _told_once(hairs, by_name)])
    edges = [np.r_[axis - step / 2, axis[-1] + step / 2] for axis in (ys, xs)]
    count = np.histogram2d(points[:, 1], points[:, 0], bins=edges)[0]
    count = np.where(area > 0, count, 0.0)
    width = SMOOTH_MM / _STEP_MM
    smooth_area = gaussian_filter(area, width, mode="constant")
    density = gaussian_filter(count, width, mode="constant") / np.maximum(smooth_area, 1e-9)
    return HairDensity(left, top, step, np.where(area > 0, density, np.nan))


def _told_once(
    hairs: Sequence[ExistingHair], maps: Mapping[ChartId, SkinMap]
) -> list[tuple[ExistingHair, FloatArray]]:
    """Each photo's marks without those in a place that another searched photo faces better."""
    told = []
    for hair in hairs:
        points = _points(hair.marks)
        own = maps[hair.photo].incidence(points)
        keep = np.ones(len(points), np.bool_)
        for other in hairs:
            if other is not hair:
                theirs = maps[other.photo].incidence(points)
                better = (theirs < own) | ((theirs == own) & (other.photo < hair.photo))
                keep &= ~(better & _inside(points, _region(other.searched)))
        told.append((hair, points[keep]))
    return told


def searched_by(hair: ExistingHair) -> Polygon | MultiPolygon:
    """The part of its chart that was searched for some hair."""
    return _region(hair.searched)


def _searched(hairs: Sequence[ExistingHair]) -> Polygon | MultiPolygon:
    return areal(shapely.union_all([_region(hair.searched) for hair in hairs]))


@lru_cache(maxsize=32)
def _region(rings: tuple[Ring, ...]) -> Polygon | MultiPolygon:
    """Rings as an area: one within another is a hole in it."""
    shape: Polygon | MultiPolygon = MultiPolygon()
    for ring in rings:
        part = areal(shapely.make_valid(Polygon(ring)))
        shape = areal(shapely.symmetric_difference(shape, part))
    shapely.prepare(shape)
    return shape


def _inside(points: FloatArray, shape: Polygon | MultiPolygon) -> BoolArray:
    return np.asarray(shapely.contains_xy(shape, points[:, 0], points[:, 1]), np.bool_)


def _points(points: Sequence[tuple[float, float]]) -> FloatArray:
    return np.array(points, dtype=np.float64).reshape(-1, 2)
