"""The tiles laid under one grid of pixels: every position where a dot may come to be."""

import math
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from studio.model.arrays import BoolArray, Float32Array, FloatArray, IntArray
from studio.model.case import Placement
from studio.model.zone import Pattern
from studio.pigment.clusters import MEMBERS, needs, shapes
from studio.pigment.hair import Hair
from studio.pigment.layer import Extent
from studio.pigment.raster import AreaScale, Window, cut, ranges
from studio.pigment.shaved import free_share, kept_clear
from studio.pigment.tile import QUANTA, Tile, load_tile

FINE = frozenset({Pattern.FINE})

MOST_SCALE = 2
"""Skin mm2 per square chart unit that no chart exceeds: a plane has 1, the head's at most 1.1."""


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Positions pattern by pattern, in the order of the tile's cells, all arrays of length n.

    `xy` (n, 2) in chart units; `pixel` counts row by row through the grid; `need` is the
    density (dots per square chart unit) from which the dot is there; `rank` its rank. `parts`
    tells which run of positions is for which pattern. `free` (h, w) is the share of the skin
    that hair leaves free, None for all; needs are lower by it.
    """

    grid: Window
    xy: Float32Array
    pixel: IntArray
    need: Float32Array
    rank: NDArray[np.uint32]
    parts: tuple[tuple[Pattern, slice], ...]
    free: Float32Array | None = None
    _edges: "weakref.WeakKeyDictionary[Extent, tuple[IntArray, BoolArray]]" = field(
        default_factory=weakref.WeakKeyDictionary
    )

    def at_edge(self, extent: Extent) -> tuple[IntArray, BoolArray]:
        """Which positions lie in pixels that an outline touches, and whether inside."""
        known = self._edges.get(extent)
        if known is None:
            touched = np.zeros((self.grid[3] - self.grid[1], self.grid[2] - self.grid[0]), bool)
            cut(touched, self.grid, extent.window)[...] = extent.edge
            index = np.flatnonzero(touched.ravel().take(self.pixel))
            xy = self.xy[index]
            known = index, shapely.contains_xy(extent.shape, xy[:, 0], xy[:, 1])
            self._edges[extent] = known
        return known


@dataclass(frozen=True, slots=True)
class Lie:
    """Where a tile is laid: the case's placement on the pixels of a grid."""

    placement: Placement
    grid: Window
    step: float
    area_scale: AreaScale | None

    def scale(self, xy: Float32Array) -> FloatArray:
        """Skin mm2 per square chart unit at positions (n, 2)."""
        if self.area_scale is None:
            return np.ones(len(xy))
        return self.area_scale(xy.astype(np.float64))

    def pixel(self, xy: Float32Array) -> tuple[IntArray, IntArray]:
        """Which positions lie on the grid, and the pixels of those."""
        column, row = np.floor(xy.T / np.float32(self.step)).astype(np.int64)
        column -= self.grid[0]
        row -= self.grid[1]
        width, height = self.grid[2] - self.grid[0], self.grid[3] - self.grid[1]
        held = np.flatnonzero((column >= 0) & (column < width) & (row >= 0) & (row < height))
        return held, row[held] * width + column[held]


Positions = tuple[Float32Array, IntArray, Float32Array, NDArray[np.uint32]]
"""Places (n, 2), pixels, needs and ranks."""


@lru_cache(maxsize=4)
def supply(
    tile: Tile, lie: Lie, patterns: frozenset[Pattern] = FINE, hair: Hair | None = None
) -> Supply:
    """The positions of the tile, placed and repeated, that lie in the pixels of the grid.

    Where a chart unit squared holds less than 1 mm2 of skin, only those that can be wanted:
    as many per mm2 of skin as the tile has on a plane. Each pattern has positions of its own;
    those too near to `hair` are left out, and the others needed the sooner for it.
    """
    found = {p: _positions(p, tile, lie) for p in Pattern if p in patterns}
    free = None
    if hair is not None:
        free = free_share(hair, lie.grid, lie.step, lie.area_scale)
        found = {p: _beside(positions, hair, free, lie) for p, positions in found.items()}
    ends = np.cumsum([len(part[0]) for part in found.values()]).tolist()
    starts = [0, *ends[:-1]]
    parts = tuple(
        (pattern, slice(start, end))
        for pattern, start, end in zip(found, starts, ends, strict=True)
    )
    if len(found) == 1:
        (only,) = found.values()
        return Supply(lie.grid, *only, parts, free)
    xy, pixel, need, rank = (np.concatenate(column) for column in zip(*found.values(), strict=True))
    return Supply(lie.grid, xy, pixel, need, rank, parts, free)


def _beside(positions: Positions, hair: Hair, free: Float32Array, lie: Lie) -> Positions:
    """Those positions that keep clear of hair; fewer, and needed the sooner for it."""
    xy, pixel, need, rank = positions
    kept = kept_clear(hair, xy, lie.area_scale)
    pixel = pixel[kept]
    return xy[kept], pixel, need[kept] * free.ravel().take(pixel), rank[kept]


@lru_cache(maxsize=6)
def _positions(pattern: Pattern, tile: Tile, lie: Lie) -> Positions:
    match pattern:
        case Pattern.FINE:
            return _even(tile, lie)
        case Pattern.DIFFUSE:
            return _even(load_tile(f"{tile.id}-diffuse"), lie)
        case Pattern.CLUSTERS:
            return _clustered(tile, lie)


def _even(tile: Tile, lie: Lie) -> Positions:
    """The tile's own positions."""
    xy, pixel, rank = _laid(tile, lie)
    need = ((rank + 0.5) / tile.period**2).astype(np.float32)
    if lie.area_scale is None:
        return xy, pixel, need, rank
    wanted = np.flatnonzero(need <= tile.densest * lie.scale(xy))
    return xy[wanted], pixel[wanted], need[wanted], rank[wanted]


def _clustered(tile: Tile, lie: Lie) -> Positions:
    """Groups whose centres are the tile's positions; their members lie in mm of skin."""
    centre, _, rank = _laid(tile, lie)
    first = np.flatnonzero((rank + 0.5) * MEMBERS <= MOST_SCALE * tile.densest * tile.period**2)
    centre, rank = centre[first], rank[first]
    scale = lie.scale(centre)
    come = np.flatnonzero((rank + 0.5) / tile.period**2 * MEMBERS <= tile.densest * scale)
    centre, rank, scale = centre[come], rank[come], scale[come]
    need = needs((rank + 0.5) / tile.period**2 / scale, tile.densest) * scale[:, None]
    away = shapes(MOST_SCALE * len(tile.record) // MEMBERS)[rank]
    if lie.placement.flip:
        away = away * np.array([-1.0, 1.0], dtype=np.float32)
    away = away / np.sqrt(scale).astype(np.float32)[:, None, None]
    xy: Float32Array = (centre[:, None] + away).reshape(-1, 2)
    number = np.repeat(rank * np.uint32(MEMBERS), MEMBERS)
    number += np.tile(np.arange(MEMBERS, dtype=np.uint32), len(rank))
    held, pixel = lie.pixel(xy)
    return xy[held], pixel, need.ravel()[held].astype(np.float32), number[held]


def _laid(tile: Tile, lie: Lie) -> tuple[Float32Array, IntArray, NDArray[np.uint32]]:
    """Places, pixels and ranks of all records of a tile on the grid."""
    (shift_x, shift_y), turn = lie.placement.offset, -1.0 if lie.placement.flip else 1.0
    xs = sorted(turn * (edge * lie.step - shift_x) for edge in (lie.grid[0], lie.grid[2]))
    ys = [edge * lie.step - shift_y for edge in (lie.grid[1], lie.grid[3])]
    index, again_x, again_y = _in_box(tile, xs, ys)
    record = tile.record[index]
    unit = tile.period / QUANTA
    xy = np.empty((len(index), 2), dtype=np.float32)
    xy[:, 0] = turn * (record["x"] * unit + again_x) + shift_x
    xy[:, 1] = record["y"] * unit + again_y + shift_y
    held, pixel = lie.pixel(xy)
    return xy[held], pixel, record["rank"][held]


def _in_box(
    tile: Tile, xs: Sequence[float], ys: Sequence[float]
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Records in the cells that a box in the tile's own plane touches, again in each period.

    Gives their index and the mm to be added to their x and y.
    """
    across = math.isqrt(len(tile.first) - 1)
    (x0, x1), (y0, y1) = (np.floor(np.array(span) / tile.cell).astype(int) for span in (xs, ys))
    row, column = np.mgrid[y0 - 1 : y1 + 2, x0 - 1 : x1 + 2].reshape(2, -1)
    cell = row % across * across + column % across
    count = tile.first[cell + 1] - tile.first[cell]
    index = ranges(tile.first[cell], count)
    again_x, again_y = (np.repeat(axis // across * tile.period, count) for axis in (column, row))
    return index, again_x, again_y
