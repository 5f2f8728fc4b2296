"""The density field: how many dots per mm2 of the chart the zones ask for, as a raster."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import Float32Array
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Pattern, Zone
from studio.pigment.hair import Hair
from studio.pigment.layer import Layer, build_extent, zone_window
from studio.pigment.margin import margin_reach
from studio.pigment.raster import AreaScale, Window, around, centres, cut, overlap, size
from studio.pigment.shade import build_shade

STEP = 0.5
"""Side of a pixel in chart units (mm on a plane)."""
BLOCK = 32
"""The grid grows by this many pixels, so that a dragged vertex seldom moves it."""
WIDEST = 4096
"""Pixels on a side beyond which no head reaches (2 m): the scale must be wrong."""

OwnerArray = NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Field:
    """What zones ask for on a grid of pixels.

    `density` (h, w) is in dots per square chart unit at pixel centres, `owner` (h, w) the
    index of the topmost zone that contributes there, -1 for none. In pixels that an outline
    passes through, the layers decide dot by dot. `scale` (h, w) is skin mm2 per square chart
    unit, None for 1 everywhere, `growing` (h, w) follicles per mm2 of skin, None for none. The
    rest is how the field was asked for.
    """

    grid: Window
    density: Float32Array
    owner: OwnerArray
    scale: Float32Array | None
    growing: Float32Array | None
    layers: tuple[Layer | None, ...]
    area_scale: AreaScale | None
    step: float
    hair: Hair | None

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """How the dots of each layer stand to each other."""
        return tuple(Pattern.FINE if layer is None else layer.zone.pattern for layer in self.layers)

    @property
    def origin(self) -> tuple[float, float]:
        """Chart coordinates of the corner of pixel (0, 0)."""
        return self.grid[0] * self.step, self.grid[1] * self.step


def density_field(
    zones: Sequence[Zone],
    area_scale: AreaScale | None = None,
    step: float = STEP,
    hair: Hair | None = None,
    last: Field | None = None,
) -> Field:
    """The density asked for by `zones` of one chart, mirror twins included, hidden ones not.

    Later zones lie above earlier ones. ADD sums, REPLACE takes the place of what lies below
    by the weight of its feather, CLEAR leaves nothing inside its outline, which is hard and
    widened by the zone's margin. A zone's density is scaled by its gradient and its paint, and
    less by `hair` that is there if it asks for that. `area_scale` gives skin mm2 per square
    chart unit at points (n, 2); None stands for a plane. With the field of a moment ago as
    `last`, zones that are the same objects are not drawn again, and only the surroundings of a
    change are summed up.

    Raises Refusal when the zones reach further than any head.
    """
    if last is not None and (last.area_scale, last.step, last.hair) != (area_scale, step, hair):
        last = None
    windows = [_window(zone, step, area_scale) for zone in zones]
    field = _blank(_grid(windows, last), area_scale, step, hair, last)
    field = replace(field, layers=_layers(zones, windows, field, last))
    if last is None or last.grid != field.grid or len(last.layers) != len(field.layers):
        _sum_up(field, field.grid)
        return field
    pairs = [(a, b) for a, b in zip(last.layers, field.layers, strict=True) if a is not b]
    dirty = around([window for pair in pairs for window in _changed(*pair)])
    field.density[...], field.owner[...] = last.density, last.owner
    _sum_up(field, dirty)
    return field


def blend(
    layer: Layer,
    index: int,
    weight: Float32Array,
    ground: tuple[Float32Array | None, Float32Array | None, Float32Array | None],
    below: tuple[Float32Array, OwnerArray],
) -> None:
    """Lay a zone over what is `below` (density and owner), in place; all of one shape.

    `ground` are the layer's shade, the scale of the chart, and the hair that grows there.
    """
    density, owner = below
    if layer.zone.blend is Blend.CLEAR:
        density *= 1.0 - weight
        return
    shade, scale, growing = ground
    wanted: Float32Array | np.float32 = np.float32(layer.zone.density / 100.0)
    if shade is not None:
        wanted = wanted * shade
    if growing is not None and layer.zone.less_existing:
        wanted = np.maximum(wanted - growing, np.float32(0.0))
    asked = wanted if scale is None else wanted * scale
    # a zone that asks for nothing adds nothing, but it may still replace
    gives = weight > 0
    if layer.zone.blend is Blend.REPLACE:
        asked = asked - density
    elif isinstance(wanted, np.ndarray):
        gives &= wanted > 0
    density += weight * asked
    owner[gives] = index


def _sum_up(field: Field, dirty: Window) -> None:
    """Blend all layers anew inside `dirty`, the field's own arrays in place."""
    density, owner = cut(field.density, field.grid, dirty), cut(field.owner, field.grid, dirty)
    density[...], owner[...] = 0.0, -1
    for index, layer in enumerate(field.layers):
        both = None if layer is None else overlap(layer.window, dirty)
        if layer is None or both is None:
            continue
        shade = None if layer.shade is None else cut(layer.shade.value, layer.window, both)
        scale, growing = (
            None if raster is None else cut(raster, field.grid, both)
            for raster in (field.scale, field.growing)
        )
        under = cut(density, dirty, both), cut(owner, dirty, both)
        weight = cut(layer.extent.weight, layer.window, both)
        blend(layer, index, weight, (shade, scale, growing), under)
    owner[density <= 0] = -1


def _changed(old: Layer | None, new: Layer | None) -> list[Window]:
    """Windows that hold all pixels in which two layers differ."""
    if (
        old
        and new
        and old.shade
        and new.shade
        and old.extent is new.extent
        and old.zone.density == new.zone.density
        and old.zone.blend is new.zone.blend
        and old.zone.less_existing == new.zone.less_existing
    ):
        return [new.shade.changed_since(old.shade)]
    return [layer.window for layer in (old, new) if layer]


def _window(zone: Zone, step: float, area_scale: AreaScale | None) -> Window | None:
    if zone.blend is not Blend.CLEAR or zone.margin <= 0 or len(zone.outline) < 3:
        return zone_window(zone, step)
    return zone_window(zone, step, margin_reach(np.array(zone.outline), zone.margin, area_scale))


def _blank(
    grid: Window,
    area_scale: AreaScale | None,
    step: float,
    hair: Hair | None,
    last: Field | None,
) -> Field:
    """A field without zones; the scale and hair of the last one are kept where its grid is."""
    shape = grid[3] - grid[1], grid[2] - grid[0]
    scale, growing = (last.scale, last.growing) if last and last.grid == grid else (None, None)
    if (scale is None and area_scale) or (growing is None and hair):
        across, down = np.meshgrid(*centres(grid, step))
        points = np.stack([across, down], axis=-1, dtype=np.float64).reshape(-1, 2)
        if area_scale:
            scale = area_scale(points).astype(np.float32).reshape(shape)
        if hair:
            growing = hair.density(points).astype(np.float32).reshape(shape)
    return Field(
        grid=grid,
        density=np.zeros(shape, dtype=np.float32),
        owner=np.full(shape, -1, dtype=np.int16),
        scale=scale,
        growing=growing,
        layers=(),
        area_scale=area_scale,
        step=step,
        hair=hair,
    )


def _layers(
    zones: Sequence[Zone], windows: Sequence[Window | None], field: Field, last: Field | None
) -> tuple[Layer | None, ...]:
    """One layer for each zone; the last field's, or its extent, where it would be the same."""
    layers_before = [layer for layer in (last.layers if last else ()) if layer]
    same = {id(layer.zone): layer for layer in layers_before}
    extents = {_extent_key(layer.zone): layer.extent for layer in layers_before}
    layers: list[Layer | None] = []
    for number, (zone, window) in enumerate(zip(zones, windows, strict=True)):
        if window is None:
            layers.append(None)
            continue
        layer = same.get(id(zone))
        if layer is None:
            extent = extents.get(_extent_key(zone))
            if extent is None:
                scale = None if field.scale is None else cut(field.scale, field.grid, window)
                extent = build_extent(zone, window, field.step, scale, field.area_scale)
            before = last.layers[number] if last and number < len(last.layers) else None
            shade = build_shade(
                zone, window, field.step, field.area_scale, before.shade if before else None
            )
            layer = Layer(zone, extent, shade)
        layers.append(layer)
    return tuple(layers)


def _extent_key(zone: Zone) -> tuple[int, int, bool, tuple[float, ...], float]:
    """What the extent of a zone depends on; rings are told by identity."""
    clear = zone.blend is Blend.CLEAR
    feathers = zone.feathers or (zone.feather,)
    return id(zone.outline), id(zone.holes), clear, feathers, zone.margin if clear else 0.0


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
