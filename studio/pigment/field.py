"""The density field: how many dots per mm2 of the chart the zones ask for, as a raster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import Float32Array, FloatArray
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Zone
from studio.pigment.layer import Layer, build_layer, zone_window
from studio.pigment.raster import Window, around, centres, cut, overlap, size

STEP = 0.5
"""Side of a pixel in chart units (mm on a plane)."""
BLOCK = 32
"""The grid grows by this many pixels, so that a dragged vertex seldom moves it."""
WIDEST = 4096
"""Pixels on a side beyond which no head reaches (2 m): the scale must be wrong."""

AreaScale = Callable[[FloatArray], FloatArray]
OwnerArray = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Field:
    """What zones ask for on a grid of pixels.

    `density` (h, w) is in dots per square chart unit at pixel centres, `owner` (h, w) the
    index of the topmost zone that contributes there, -1 for none. In pixels that an outline
    passes through, the layers decide dot by dot. `scale` (h, w) is skin mm2 per square chart
    unit, None for 1 everywhere. The rest is how the field was asked for.
    """

    grid: Window
    density: Float32Array
    owner: OwnerArray
    scale: Float32Array | None
    layers: tuple[Layer | None, ...]
    area_scale: AreaScale | None
    step: float
    margin: float

    @property
    def origin(self) -> tuple[float, float]:
        """Chart coordinates of the corner of pixel (0, 0)."""
        return self.grid[0] * self.step, self.grid[1] * self.step


def density_field(
    zones: Sequence[Zone],
    area_scale: AreaScale | None = None,
    step: float = STEP,
    margin: float = 0.0,
    last: Field | None = None,
) -> Field:
    """The density asked for by `zones` of one chart, mirror twins included, hidden ones not.

    Later zones lie above earlier ones. ADD sums, REPLACE takes the place of what lies below
    by the weight of its feather, CLEAR leaves nothing inside its outline, which is hard and
    widened by `margin` chart units. `area_scale` gives skin mm2 per square chart unit at points
    (n, 2); None stands for a plane. With the field of a moment ago as `last`, zones that are
    the same objects are not drawn again, and only the surroundings of a change are summed up.

    Raises Refusal when the zones reach further than any head.
    """
    if last is not None and (last.area_scale, last.step, last.margin) != (area_scale, step, margin):
        last = None
    windows = [zone_window(zone, step, margin) for zone in zones]
    field = _blank(_grid(windows, last), area_scale, step, margin, last)
    field = replace(field, layers=_layers(zones, windows, field, last))
    if last is None or last.grid != field.grid or len(last.layers) != len(field.layers):
        _sum_up(field, field.grid)
        return field
    pairs = [(a, b) for a, b in zip(last.layers, field.layers, strict=True) if a is not b]
    dirty = around([layer.window for pair in pairs for layer in pair if layer])
    field.density[...], field.owner[...] = last.density, last.owner
    _sum_up(field, dirty)
    return field


def blend(
    layer: Layer,
    index: int,
    weight: Float32Array,
    scale: Float32Array | None,
    below: tuple[Float32Array, OwnerArray],
) -> None:
    """Lay a zone over what is `below` (density and owner), in place; all of one shape."""
    density, owner = below
    if layer.zone.blend is Blend.CLEAR:
        density *= 1.0 - weight
        return
    wanted = np.float32(layer.zone.density / 100.0)
    asked = wanted if scale is None else wanted * scale
    if layer.zone.blend is Blend.REPLACE:
        asked = asked - density
    density += weight * asked
    owner[weight > 0] = index


def _sum_up(field: Field, dirty: Window) -> None:
    """Blend all layers anew inside `dirty`, the field's own arrays in place."""
    density, owner = cut(field.density, field.grid, dirty), cut(field.owner, field.grid, dirty)
    density[...], owner[...] = 0.0, -1
    for index, layer in enumerate(field.layers):
        both = None if layer is None else overlap(layer.window, dirty)
        if layer is None or both is None:
            continue
        scale = None if field.scale is None else cut(field.scale, field.grid, both)
        under = cut(density, dirty, both), cut(owner, dirty, both)
        blend(layer, index, cut(layer.weight, layer.window, both), scale, under)
    owner[density <= 0] = -1


def _blank(
    grid: Window, area_scale: AreaScale | None, step: float, margin: float, last: Field | None
) -> Field:
    """A field without zones; the scale of the last one is kept where its grid is."""
    shape = grid[3] - grid[1], grid[2] - grid[0]
    if last is not None and last.grid == grid:
        scale = last.scale
    elif area_scale is None:
        scale = None
    else:
        across, down = np.meshgrid(*centres(grid, step))
        points = np.stack([across, down], axis=-1, dtype=np.float64).reshape(-1, 2)
        scale = area_scale(points).astype(np.float32).reshape(shape)
    return Field(
        grid=grid,
        density=np.zeros(shape, dtype=np.float32),
        owner=np.full(shape, -1, dtype=np.int16),
        scale=scale,
        layers=(),
        area_scale=area_scale,
        step=step,
        margin=margin,
    )


def _layers(
    zones: Sequence[Zone], windows: Sequence[Window | None], field: Field, last: Field | None
) -> tuple[Layer | None, ...]:
    """One layer for each zone; the last field's where the raster would be the same."""
    known = {_raster_key(layer.zone): layer for layer in (last.layers if last else ()) if layer}
    layers: list[Layer | None] = []
    for zone, window in zip(zones, windows, strict=True):
        layer = known.get(_raster_key(zone))
        if layer is not None and layer.zone is not zone:
            layer = replace(layer, zone=zone)
        if layer is None and window is not None:
            scale = None if field.scale is None else cut(field.scale, field.grid, window)
            layer = build_layer(zone, window, field.step, scale, field.margin)
        layers.append(layer)
    return tuple(layers)


def _raster_key(zone: Zone) -> tuple[int, int, bool, float]:
    """What the raster of a zone depends on; rings are told by identity, density does not count."""
    return id(zone.outline), id(zone.holes), zone.blend is Blend.CLEAR, zone.feather


def _grid(windows: Sequence[Window | None], last: Field | None) -> Window:
    """Whole blocks that hold all windows; the last field's grid if it does, and is not huge."""
    x0, y0, x1, y1 = around([window for window in windows if window])
    if max(x1 - x0, y1 - y0) > WIDEST:
        raise Refusal(
            "The zones reach over more than 2 metres, which no head does. "
            "Measure the photo again or draw the zones smaller."
        )
    grid = (
        x0 // BLOCK * BLOCK,
        y0 // BLOCK * BLOCK,
        -(-x1 // BLOCK) * BLOCK,
        -(-y1 // BLOCK) * BLOCK,
    )
    if last is not None and overlap(last.grid, grid) == grid and size(last.grid) < 4 * size(grid):
        return last.grid
    return grid
