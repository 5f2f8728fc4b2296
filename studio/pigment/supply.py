"""The tile laid under one grid of pixels: every position where a dot may come to be."""

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
from studio.pigment.field import AreaScale
from studio.pigment.layer import Layer
from studio.pigment.raster import Window, cut, ranges
from studio.pigment.tile import QUANTA, Tile


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """Positions in the order of the tile's cells, all arrays of length n.

    `xy` (n, 2) in chart units; `pixel` counts row by row through the grid; `need` is the
    density (dots per square chart unit) from which the dot is there; `rank` its rank.
    """

    grid: Window
    xy: Float32Array
    pixel: IntArray
    need: Float32Array
    rank: NDArray[np.uint32]
    _edges: "weakref.WeakKeyDictionary[Layer, tuple[IntArray, BoolArray]]" = field(
        default_factory=weakref.WeakKeyDictionary
    )

    def at_edge(self, layer: Layer) -> tuple[IntArray, BoolArray]:
        """Which positions lie in pixels that the layer's outline touches, and whether inside."""
        known = self._edges.get(layer)
        if known is None:
            touched = np.zeros((self.grid[3] - self.grid[1], self.grid[2] - self.grid[0]), bool)
            cut(touched, self.grid, layer.window)[...] = layer.edge
            index = np.flatnonzero(touched.ravel().take(self.pixel))
            xy = self.xy[index]
            known = index, shapely.contains_xy(layer.shape, xy[:, 0], xy[:, 1])
            self._edges[layer] = known
        return known


@lru_cache(maxsize=4)
def supply(
    tile: Tile,
    placement: Placement,
    grid: Window,
    step: float,
    area_scale: AreaScale | None = None,
) -> Supply:
    """The positions of the tile, placed and repeated, that lie in the pixels of `grid`.

    Where a chart unit squared holds less than 1 mm2 of skin, only those that can be wanted:
    as many per mm2 of skin as the tile has on a plane.
    """
    (shift_x, shift_y), turn = placement.offset, -1.0 if placement.flip else 1.0
    xs = sorted(turn * (edge * step - shift_x) for edge in (grid[0], grid[2]))
    ys = [edge * step - shift_y for edge in (grid[1], grid[3])]
    index, again_x, again_y = _in_box(tile, xs, ys)
    record = tile.record[index]
    unit = tile.period / QUANTA
    x = (turn * (record["x"] * unit + again_x) + shift_x).astype(np.float32)
    y = (record["y"] * unit + again_y + shift_y).astype(np.float32)
    column = np.floor(x / np.float32(step)).astype(np.int64) - grid[0]
    row = np.floor(y / np.float32(step)).astype(np.int64) - grid[1]
    width, height = grid[2] - grid[0], grid[3] - grid[1]
    held = np.flatnonzero((column >= 0) & (column < width) & (row >= 0) & (row < height))
    rank = record["rank"][held]
    need = ((rank + 0.5) / tile.period**2).astype(np.float32)
    xy = np.stack([x[held], y[held]], axis=1)
    pixel = row[held] * width + column[held]
    if area_scale is None:
        return Supply(grid, xy, pixel, need, rank)
    wanted = np.flatnonzero(need <= tile.densest * area_scale(xy.astype(np.float64)))
    return Supply(grid, xy[wanted], pixel[wanted], need[wanted], rank[wanted])


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
