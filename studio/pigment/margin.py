"""The margin that a zone keeps clear beyond its outline, in mm of skin."""

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from studio.model.arrays import FloatArray
from studio.pigment.raster import LEAST_SCALE, AreaScale

PIECE = 2.0
"""Longest piece of an outline, in chart units, along which the scale is taken as even."""
ROUND = 16
"""Straight pieces in a quarter of a circle."""


def margin_reach(outline: FloatArray, margin: float, area_scale: AreaScale | None) -> float:
    """Chart units by which a margin in mm of skin can stand out from an outline (n, 2)."""
    return float(_reach(_pieces(outline), margin, area_scale).max())


def widened(
    shape: Polygon | MultiPolygon, margin: float, area_scale: AreaScale | None
) -> Polygon | MultiPolygon:
    """A shape and all skin within `margin` mm of it.

    The chart is conformal: a margin is a circle everywhere, as large as the scale there makes
    it. It is drawn a hair too wide rather than too narrow.
    """
    if area_scale is None:
        return _areal(shape.buffer(margin / np.cos(np.pi / 4 / ROUND), quad_segs=ROUND))
    return _areal(shapely.union(shape, band(shape, margin, area_scale)))


def narrowed(
    shape: Polygon | MultiPolygon, margin: float, area_scale: AreaScale | None
) -> BaseGeometry:
    """A shape without all skin within `margin` mm of its outline."""
    return shapely.difference(shape, band(shape, margin, area_scale))


def band(
    shape: Polygon | MultiPolygon, margin: float, area_scale: AreaScale | None
) -> BaseGeometry:
    """All skin within `margin` mm of a shape's outline, on both sides of it."""
    grown: list[BaseGeometry] = []
    for ring in shapely.get_rings(shape):
        points = _pieces(shapely.get_coordinates(ring)[:-1])
        reach = _reach(points, margin, area_scale) / np.cos(np.pi / 4 / ROUND)
        rounds = shapely.buffer(shapely.points(points), reach, quad_segs=ROUND)
        pairs = np.stack([rounds, np.roll(rounds, -1)], axis=1)
        grown.append(shapely.union_all(shapely.convex_hull(shapely.multipolygons(pairs))))
    return shapely.union_all(grown)


def _pieces(outline: FloatArray) -> FloatArray:
    """A closed line's corners and points between, none further apart than `PIECE`."""
    way = np.roll(outline, -1, axis=0) - outline
    count = np.maximum(np.ceil(np.hypot(*way.T) / PIECE).astype(int), 1)
    corner = np.repeat(np.arange(len(outline)), count)
    share = (np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)) / count[corner]
    pieces: FloatArray = outline[corner] + share[:, None] * way[corner]
    return pieces


def _reach(points: FloatArray, margin: float, area_scale: AreaScale | None) -> FloatArray:
    """The margin in chart units at points (n, 2)."""
    if area_scale is None:
        return np.full(len(points), margin)
    reach: FloatArray = margin / np.sqrt(np.maximum(area_scale(points), LEAST_SCALE))
    return reach


def _areal(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """The shape as what the widening of a polygon is: one polygon or several."""
    if not isinstance(shape, Polygon | MultiPolygon):
        raise TypeError(f"expected polygons, got {shape.geom_type}")
    return shape
