"""One zone as a raster: where it holds, how strongly, and which pixels its outline touches."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.model.arrays import BoolArray, ByteArray, Float32Array, IntArray
from studio.model.zone import Blend, Zone
from studio.pigment.margin import widened
from studio.pigment.ramp import corner_ramp, even_ramp, widths_of
from studio.pigment.raster import AreaScale, Window, centres, passed
from studio.pigment.shade import Shade

SUBPIXEL_BITS = 8
WIDE = 8.0
"""Pixels of feather from which a zone can do without the pixels its outline passes through:
its weight there is 0.01 on average, and no dot has to be tested."""
FAINT = 0.01
"""The same where feathers differ: the weight right at the outline that nobody misses."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Extent:
    """Where a zone holds, on the pixel grid of its chart.

    `weight` (h, w) is 0 to 1 at pixel centres, `edge` (h, w) marks pixels that the outline
    passes through and where it decides itself (`shape`, prepared). With a wide feather there
    are none: the weight is 0 there. Inside the outline `right_there` (h, w) is the weight in
    those pixels, None where it is `weight`, and 1 where a zone is `hard`.
    """

    window: Window
    shape: Polygon | MultiPolygon
    weight: Float32Array
    edge: BoolArray
    hard: bool
    right_there: Float32Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A zone with its extent, and the shares of its density there; None for 1 all over."""

    zone: Zone
    extent: Extent
    shade: Shade | None = None

    @property
    def window(self) -> Window:
        """The pixels that it covers."""
        return self.extent.window

    def at(self, raster: Float32Array, row: IntArray, column: IntArray) -> Float32Array:
        """What a raster of the layer's window holds at pixels of the chart; 0 outside."""
        x0, y0, x1, y1 = self.window
        x, y = column - x0, row - y0
        found = raster.ravel().take(y * (x1 - x0) + x, mode="clip")
        # seen as unsigned, a negative number is larger than any width
        found *= (x.view(np.uint64) < x1 - x0) & (y.view(np.uint64) < y1 - y0)
        return found


def zone_window(zone: Zone, step: float, reach: float = 0.0) -> Window | None:
    """The pixels a zone can touch within `reach` chart units of its outline, and two more.

    None if it encloses nothing.
    """
    if len(zone.outline) < 3:
        return None
    low, high = np.min(zone.outline, axis=0), np.max(zone.outline, axis=0)
    x0, y0 = np.floor((low - reach) / step).astype(int) - 2
    x1, y1 = np.ceil((high + reach) / step).astype(int) + 2
    return int(x0), int(y0), int(x1), int(y1)


def build_extent(
    zone: Zone,
    window: Window,
    step: float,
    scale: Float32Array | None,
    area_scale: AreaScale | None = None,
) -> Extent:
    """Rasterise a zone.

    `scale` (h, w) is skin mm2 per chart unit squared at the window's pixel centres, None for 1,
    `area_scale` the same at points. Feathers run in mm of skin, and so does the margin of a
    zone that keeps clear, whose outline is hard. Feathers of its corners are those of the
    outline alone: holes are hard then.
    """
    shape: Polygon | MultiPolygon = Polygon(zone.outline, zone.holes)
    if zone.blend is Blend.CLEAR and zone.margin > 0:
        shape = widened(shape, zone.margin, area_scale)
    shapely.prepare(shape)
    inside, edge = _classes(shape, window, step)
    feathers = any(zone.feathers) if zone.feathers else zone.feather > 0
    if zone.blend is Blend.CLEAR or not feathers:
        return Extent(window, shape, inside.astype(np.float32), edge, hard=True)
    if not zone.feathers:
        weight = even_ramp(inside, zone.feather / step, scale)
        if zone.feather >= WIDE * step:
            weight[edge] = 0.0
            edge[...] = False
        return Extent(window, shape, weight, edge, hard=False)
    outline = np.array(zone.outline) / step - window[:2]
    widths = widths_of(zone.outline, zone.feathers, step)
    ramp = corner_ramp(outline, widths, inside.view(np.bool_) | edge, scale)
    edge &= ramp > FAINT
    weight = ramp * inside
    return Extent(window, shape, weight, edge, hard=False, right_there=ramp)


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
