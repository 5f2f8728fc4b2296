"""The part of the head's chart that a photo shows, as polygons."""

import math

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.model.arrays import FloatArray
from studio.skin.head import grid
from studio.skin.head.chart import REACH
from studio.skin.head.sight import Sight

SMALLEST = 20.0
"""Chart units squared below which a patch is not worth a polygon."""

_REACH = (REACH - 1e-6) / grid.STEP


def seen_within(sight: Sight, degrees: float) -> MultiPolygon:
    """Where the chart is seen at an incidence of up to `degrees`, within 0.1 mm of skin.

    Behind other parts of the head nothing is seen; along their edge the outline keeps to
    the nodes, 1.5 mm apart.
    """
    import cv2  # noqa: PLC0415

    level = math.cos(math.radians(degrees))
    seen = sight.seen.reshape(grid.SIZE, grid.SIZE)
    mask = (seen > level).astype(np.uint8)
    found, family = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = [_on_level(sight, ring[:, 0].astype(np.float64), level) for ring in found]
    parts: list[shapely.Geometry] = []
    for number, ring in enumerate(rings):
        if family[0, number, 3] < 0 and len(ring) >= 4:
            holes = [
                rings[i]
                for i in np.flatnonzero(family[0, :, 3] == number).tolist()
                if len(rings[i]) >= 4
            ]
            # one by one: an outline that touches itself would swallow its holes
            mended = shapely.make_valid(Polygon(ring))
            for hole in holes:
                mended = shapely.difference(mended, shapely.make_valid(Polygon(hole)))
            # what was mended may be a collection that holds polygons in several parts
            parts += shapely.get_parts(shapely.get_parts(mended)).tolist()
    areal = [part for part in parts if isinstance(part, Polygon) and part.area > SMALLEST]
    return MultiPolygon(areal)


def _on_level(sight: Sight, ring: FloatArray, level: float) -> FloatArray:
    """Nodes inside the limit moved onto it, along the steepest way, as chart points."""
    x, y = ring.T - grid.HALF
    start_x, start_y = x, y
    for _ in range(2):
        first, right, below, last = grid.corners(sight.seen, at := grid.cells(x, y))
        value = grid.read(sight.seen, at)
        slope_x = (right - first) * (1 - at.down) + (last - below) * at.down
        slope_y = (below - first) * (1 - at.across) + (last - right) * at.across
        way = (level - value) / np.maximum(slope_x**2 + slope_y**2, 1e-9)
        x = start_x + np.clip(x + way * slope_x - start_x, -1, 1)
        y = start_y + np.clip(y + way * slope_y - start_y, -1, 1)
    inside = np.minimum(_REACH / np.maximum(np.hypot(x, y), 1.0), 1.0)
    return grid.chart_of(x * inside, y * inside)
