"""One zone as a raster: where it holds, how strongly, and which pixels its outline touches."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from studio.model.arrays import BoolArray, ByteArray, Float32Array, IntArray
from studio.model.zone import Blend, Zone
from studio.pigment.raster import Window, centres, passed

SUBPIXEL_BITS = 8
WIDE = 8.0
"""Pixels of feather from which a zone can do without the pixels its outline passes through:
its weight there is 0.01 on average, and no dot has to be tested."""
EDT_BIAS = 0.29
"""Pixels by which the distance to the nearest pixel centre outside exceeds the distance
to the outline: the mean over directions, measured (tests/unit/pigment/test_layer.py)."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Layer:
    """A zone on the pixel grid of its chart.

    `weight` (h, w) is 0 to 1 at pixel centres, `edge` (h, w) marks pixels that the outline
    passes through and where it decides itself (`shape`, prepared). With a wide feather there
    are none: the weight is 0 there.
    """

    zone: Zone
    window: Window
    shape: Polygon | MultiPolygon
    weight: Float32Array
    edge: BoolArray

    @property
    def hard(self) -> bool:
        """Whether the zone holds in full right up to its outline."""
        return self.zone.blend is Blend.CLEAR or self.zone.feather <= 0

    def weight_at(self, row: IntArray, column: IntArray) -> Float32Array:
        """The weight at pixels of the chart's grid; 0 outside the window."""
        x0, y0, x1, y1 = self.window
        x, y = column - x0, row - y0
        weight = self.weight.ravel().take(y * (x1 - x0) + x, mode="clip")
        # seen as unsigned, a negative number is larger than any width
        weight *= (x.view(np.uint64) < x1 - x0) & (y.view(np.uint64) < y1 - y0)
        return weight


def zone_window(zone: Zone, step: float, margin: float) -> Window | None:
    """The pixels a zone can touch, two more on each side; None if it encloses nothing."""
    if len(zone.outline) < 3:
        return None
    low, high = np.min(zone.outline, axis=0), np.max(zone.outline, axis=0)
    grow = margin if zone.blend is Blend.CLEAR else 0.0
    x0, y0 = np.floor((low - grow) / step).astype(int) - 2
    x1, y1 = np.ceil((high + grow) / step).astype(int) + 2
    return int(x0), int(y0), int(x1), int(y1)


def build_layer(
    zone: Zone, window: Window, step: float, scale: Float32Array | None, margin: float
) -> Layer:
    """Rasterise a zone.

    `scale` (h, w) is skin mm2 per chart unit squared at the window's pixel centres, None for 1.
    The feather runs in mm of skin. `margin` (chart units) widens a zone that keeps clear.
    """
    shape: Polygon | MultiPolygon = Polygon(zone.outline, zone.holes)
    if zone.blend is Blend.CLEAR and margin > 0:
        shape = _areal(shape.buffer(margin))
    shapely.prepare(shape)
    inside, edge = _classes(shape, window, step)
    if zone.blend is Blend.CLEAR or zone.feather <= 0:
        weight = inside.astype(np.float32)
    else:
        weight = _ramp(inside, zone.feather / step, scale)
        if zone.feather >= WIDE * step:
            weight[edge] = 0.0
            edge[...] = False
    return Layer(zone, window, shape, weight, edge)


def _classes(
    shape: Polygon | MultiPolygon, window: Window, step: float
) -> tuple[ByteArray, BoolArray]:
    """Pixels whose centre is inside (1 or 0), and pixels that the outline passes through."""
    import cv2  # noqa: PLC0415

    size = window[3] - window[1], window[2] - window[0]
    inside, edge = np.zeros(size, dtype=np.uint8), np.zeros(size, dtype=np.bool_)
    rings = [shapely.get_coordinates(r) / step - window[:2] for r in shapely.get_rings(shape)]
    for ring in rings:
        edge |= passed(ring, size)
    # fillPoly paints its outline too and counts from pixel centres: near it, the shape decides
    fixed = [np.rint((ring - 0.5) * (1 << SUBPIXEL_BITS)).astype(np.int32) for ring in rings]
    cv2.fillPoly(inside, fixed, (1,), shift=SUBPIXEL_BITS)
    near = cv2.dilate(edge.view(np.uint8), np.ones((3, 3), dtype=np.uint8))
    columns, rows = centres(window, step)
    row, column = np.nonzero(near)
    inside[row, column] = shapely.contains_xy(shape, columns[column], rows[row])
    return inside, edge


def _ramp(inside: ByteArray, width: float, scale: Float32Array | None) -> Float32Array:
    """Smoothstep of the distance inwards from the outline, full at `width` pixels of skin."""
    import cv2  # noqa: PLC0415

    distance = cv2.distanceTransform(inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # its last digits depend on where the array lies in memory; its square is a whole number
    distance = np.sqrt(np.rint(distance * distance)) - np.float32(EDT_BIAS)
    if scale is not None:
        distance *= np.sqrt(scale)
    t = np.clip(distance / width, 0.0, 1.0, dtype=np.float32)
    return np.asarray(t * t * (3.0 - 2.0 * t), np.float32)


def _areal(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """The shape as what a buffer of a polygon is: one polygon or several."""
    if not isinstance(shape, Polygon | MultiPolygon):
        raise TypeError(f"expected polygons, got {shape.geom_type}")
    return shape
