"""From a density field to dots: a dot is there where the density reaches what its rank needs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import BoolArray, ByteArray, Float32Array, IntArray
from studio.model.case import Placement
from studio.pigment.field import Field, OwnerArray, blend
from studio.pigment.layer import Layer
from studio.pigment.raster import overlap
from studio.pigment.supply import FINE, Lie, Supply, supply
from studio.pigment.tile import Tile


@dataclass(frozen=True, eq=False)
class Dots:
    """Dots of one chart, all arrays of length n; what is seldom wanted is worked out when asked.

    `xy` (n, 2) is in chart units.
    """

    xy: Float32Array
    _there: BoolArray
    _field: Field
    _supply: Supply
    _edges: "Edges"
    _densest: float

    def __len__(self) -> int:
        return len(self.xy)

    def part(self, chosen: IntArray) -> "Dots":
        """Only the dots with these indices, in the order they have now."""
        there = np.zeros_like(self._there)
        there[self.index[chosen]] = True
        return replace(self, xy=_pairs(self._supply.xy, there), _there=there)

    @cached_property
    def owner(self) -> OwnerArray:
        """Index of the topmost zone that contributes at each dot."""
        owner = self._field.owner.ravel().take(self._supply.pixel.take(self.index))
        at, edge = self._at_edges
        owner[at] = self._edges.owner[edge]
        return owner

    @cached_property
    def level(self) -> Float32Array:
        """Share of the final density, in (0, 1], from which each dot is there."""
        pixel = self._supply.pixel.take(self.index)
        density = self._field.density.ravel().take(pixel)
        at, edge = self._at_edges
        density[at] = self._edges.density[edge]
        limit = self._limit
        np.minimum(density, limit if limit.ndim == 0 else limit.ravel().take(pixel), out=density)
        # the limit is that of the pixel, and may be a hair below the dot's own
        level: Float32Array = self._supply.need.take(self.index) / density
        np.minimum(level, np.float32(1.0), out=level)
        return level

    @cached_property
    def rank(self) -> NDArray[np.uint32]:
        """The rank of each dot; it stays with the place and seeds what varies between dots."""
        return self._supply.rank.take(self.index)

    @property
    def ground(self) -> Supply:
        """All positions that these dots are some of."""
        return self._supply

    @cached_property
    def index(self) -> IntArray:
        """Where in `ground` each dot comes from."""
        return np.flatnonzero(self._there)

    @cached_property
    def _at_edges(self) -> tuple[IntArray, IntArray]:
        """Which dots lie in pixels that an outline passes through, and their places in `_edges`."""
        edge = np.flatnonzero(self._edges.held)
        index = self._edges.index[edge]
        at = np.searchsorted(self.index, index)
        here = np.flatnonzero(at < len(self.index))
        here = here[self.index[at[here]] == index[here]]
        return at[here], edge[here]

    @property
    def capped(self) -> bool:
        """Whether more dots are wanted somewhere than the tile holds."""
        return bool((self._field.density > self._limit).any())

    @property
    def _limit(self) -> Float32Array:
        """The density at which all dots are there: the tile's, per mm2 of skin where a chart
        unit squared holds less than one, less what hair keeps clear.
        """
        scale, free = self._field.scale, self._supply.free
        share = np.ones((), np.float32) if scale is None else np.minimum(scale, np.float32(1.0))
        if free is not None:
            share = share * free
        return np.asarray(share * np.float32(self._densest), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Positions (n,) in pixels that an outline passes through, and what holds right there."""

    index: IntArray
    density: Float32Array
    owner: OwnerArray
    held: BoolArray


def place(field: Field, tile: Tile, placement: Placement) -> Dots:
    """All dots of a field. Raises ValueError if the placement is for another tile."""
    if placement.tile != tile.id:
        raise ValueError(f"the placement is for tile {placement.tile!r}, not {tile.id!r}")
    patterns = field.patterns
    used = frozenset(patterns) or FINE
    lie = Lie(placement, field.grid, field.step, field.area_scale)
    ground = supply(tile, lie, used, field.hair)
    there = _reached(field, ground)
    edges = _at_edges(field, ground)
    there[edges.index] = edges.held
    return Dots(_pairs(ground.xy, there), there, field, ground, edges, tile.densest)


def _reached(field: Field, ground: Supply) -> BoolArray:
    """Which positions the density of their pixel reaches, if they are of its owner's pattern."""
    if len(ground.parts) == 1:
        held: BoolArray = ground.need <= field.density.ravel().take(ground.pixel)
        return held
    there = np.empty(len(ground.need), dtype=np.bool_)
    for pattern, part in ground.parts:
        # of an owner of -1 the last is read, and the density is 0 there
        own = np.array([one is pattern for one in field.patterns], dtype=np.float32)
        density = own.take(field.owner, mode="wrap")
        density *= field.density
        there[part] = ground.need[part] <= density.ravel().take(ground.pixel[part])
    return there


def session_of(dots: Dots, shares: Sequence[float]) -> ByteArray:
    """The session, from 0, in which each dot is placed: the first whose share reaches its level.

    `shares` are cumulative and end with 1, so the dots of the sessions up to any one of them
    are again an even set. Raises ValueError if they do not ascend to 1.
    """
    if not shares or shares[-1] != 1.0 or any(np.diff([0.0, *shares]) <= 0):
        raise ValueError(f"shares must ascend to 1: {tuple(shares)}")
    bounds = np.array(shares[:-1], dtype=np.float32)
    return np.searchsorted(bounds, dots.level, side="left").astype(np.uint8)


def _pairs(xy: Float32Array, chosen: BoolArray) -> Float32Array:
    """`xy[chosen]`, which numpy does ten times faster when it takes a pair for one number."""
    return xy.view(np.complex64)[:, 0][chosen].view(np.float32).reshape(-1, 2)


def _at_edges(field: Field, ground: Supply) -> Edges:
    """Blend the layers once more, dot by dot, where pixels are too coarse."""
    layers = [
        (i, layer, *ground.at_edge(layer.extent)) for i, layer in enumerate(field.layers) if layer
    ]
    marked = np.zeros(len(ground.need), dtype=np.bool_)
    for _, _, index, _ in layers:
        marked[index] = True
    edge = np.flatnonzero(marked)
    density, owner = np.zeros(len(edge), np.float32), np.full(len(edge), -1, np.int16)
    if len(edge) == 0:
        return Edges(edge, density, owner, np.zeros(0, np.bool_))
    pixel = ground.pixel.take(edge)
    row, column = np.divmod(pixel, field.grid[2] - field.grid[0])
    row += field.grid[1]
    column += field.grid[0]
    scale, growing = (
        None if raster is None else raster.ravel().take(pixel)
        for raster in (field.scale, field.growing)
    )
    box = int(column.min()), int(row.min()), int(column.max()) + 1, int(row.max()) + 1
    for number, layer, index, inside in layers:
        if overlap(layer.window, box) is None:
            continue
        weight = _weight(layer, (row, column), np.searchsorted(edge, index), inside)
        shade = None if layer.shade is None else layer.at(layer.shade.value, row, column)
        blend(layer, number, weight, (shade, scale, growing), (density, owner))
    owner[density <= 0] = -1
    held = ground.need.take(edge) <= density
    if len(ground.parts) > 1:
        held &= _of_pattern(field, ground, edge, owner)
    return Edges(edge, density, owner, held)


def _weight(
    layer: Layer, pixels: tuple[IntArray, IntArray], own: IntArray, inside: BoolArray
) -> Float32Array:
    """The layer's weight at positions; those with the numbers `own` lie at its outline."""
    extent = layer.extent
    weight = layer.at(extent.weight, *pixels)
    if extent.hard:
        weight[own] = inside
    elif extent.right_there is None:
        weight[own] = inside * weight[own]
    else:
        row, column = pixels
        weight[own] = inside * layer.at(extent.right_there, row[own], column[own])
    return weight


def _of_pattern(field: Field, ground: Supply, edge: IntArray, owner: OwnerArray) -> BoolArray:
    """Whether positions are of the pattern of those that own them."""
    held = np.zeros(len(edge), dtype=np.bool_)
    for pattern, part in ground.parts:
        own = np.array([one is pattern for one in field.patterns], dtype=np.bool_)
        run = slice(*np.searchsorted(edge, (part.start, part.stop)))
        held[run] = own[owner[run]]
    return held
