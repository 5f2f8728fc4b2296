"""Arrows that show which way hair grows inside zones."""

from collections.abc import Sequence

import numpy as np
import shapely

from studio.geometry.growth import growth_field
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.chart import ChartId
from studio.model.strokes import GrowthStroke
from studio.model.zone import Blend, Zone

LEAST_SURE = 0.15
"""Confidence of the field below which no arrow is drawn: nobody told which way hair grows."""
_BARB, _LEAN = 0.35, np.radians(150.0)


def zone_arrows(
    zones: Sequence[Zone],
    growth: Sequence[GrowthStroke],
    chart: ChartId,
    spacing: float,
    size: float,
) -> FloatArray:
    """Arrows (n, 5, 2) on a grid inside zones that have dots, all in chart units."""
    field = growth_field(stroke for stroke in growth if stroke.chart == chart)
    shapes = [
        polygon_of(zone)
        for zone in zones
        if zone.chart == chart and zone.blend is not Blend.CLEAR and zone.density > 0
    ]
    if not field or not shapes:
        return np.empty((0, 5, 2))
    ground = shapely.union_all(shapes)
    shapely.prepare(ground)
    places = _grid(ground.bounds, spacing)
    places = places[shapely.contains_xy(ground, places)]
    way, sure = field.directions(places)
    told = sure >= LEAST_SURE
    return arrows(places[told], way[told], size)


def arrows(middle: FloatArray, way: FloatArray, size: float) -> FloatArray:
    """Arrows as lines (n, 5, 2), tail, tip, barb, tip, barb, by middles and unit directions."""
    tip, tail = middle + way * size / 2, middle - way * size / 2
    cos, sin = np.cos(_LEAN), np.sin(_LEAN)
    barbs = [
        tip
        + size
        * _BARB
        * np.stack([way[:, 0] * cos - way[:, 1] * side, way[:, 0] * side + way[:, 1] * cos], axis=1)
        for side in (sin, -sin)
    ]
    return np.stack([tail, tip, barbs[0], tip, barbs[1]], axis=1)


def _grid(bounds: tuple[float, float, float, float], spacing: float) -> FloatArray:
    """Places on a grid that does not move with the shape, every other row half a step on."""
    left, top, right, bottom = (np.array(bounds) / spacing).tolist()
    rows = np.arange(np.floor(top), np.ceil(bottom) + 1)
    columns = np.arange(np.floor(left) - 1, np.ceil(right) + 1)
    x, y = np.meshgrid(columns, rows)
    x = x + 0.5 * (y % 2)
    return np.stack([x.ravel(), y.ravel()], axis=1) * spacing
