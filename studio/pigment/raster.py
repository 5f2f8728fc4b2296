"""Windows on the endless pixel grid of a chart; pixel (0, 0) has its corner in the origin."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import BoolArray, Float32Array, FloatArray, IntArray

Window = tuple[int, int, int, int]
"""First and last column and row, x0 y0 x1 y1; x1 and y1 are not in it any more."""

AreaScale = Callable[[FloatArray], FloatArray]
"""Gives skin mm2 per square chart unit, (n,), at points (n, 2) of a chart."""

LEAST_SCALE = 0.01
"""Skin mm2 per square chart unit below which no skin is: bounds lengths at a chart's rim."""

Item = TypeVar("Item", bound=np.generic)


def size(window: Window) -> int:
    """How many pixels a window holds."""
    return (window[2] - window[0]) * (window[3] - window[1])


def around(windows: Sequence[Window]) -> Window:
    """The smallest window that holds all; an empty one for none."""
    if not windows:
        return 0, 0, 0, 0
    x0, y0, x1, y1 = zip(*windows, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def overlap(one: Window, other: Window) -> Window | None:
    """The pixels in both; None if there are none."""
    x0, y0 = max(one[0], other[0]), max(one[1], other[1])
    x1, y1 = min(one[2], other[2]), min(one[3], other[3])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def cut(array: NDArray[Item], held: Window, wanted: Window) -> NDArray[Item]:
    """The part of an array over the window `held` that lies in `wanted`, as a view."""
    x0, y0 = wanted[0] - held[0], wanted[1] - held[1]
    return array[y0 : y0 + wanted[3] - wanted[1], x0 : x0 + wanted[2] - wanted[0]]


def centres(window: Window, step: float) -> tuple[Float32Array, Float32Array]:
    """Chart x of the columns and y of the rows, at pixel centres, for pixels `step` wide."""
    columns = (np.arange(window[0], window[2]) + 0.5) * step
    rows = (np.arange(window[1], window[3]) + 0.5) * step
    return columns.astype(np.float32), rows.astype(np.float32)


def ranges(start: IntArray, count: IntArray) -> IntArray:
    """The numbers start, start + 1, ... (`count` of them) of every row, one after the other."""
    before = np.cumsum(count) - count
    return np.repeat(start - before, count) + np.arange(int(count.sum()))


def passed(ring: FloatArray, shape: tuple[int, int]) -> BoolArray:
    """Pixels of an array of `shape` that a closed line (n, 2) in pixels passes through.

    Wherever the line crosses a side of a pixel, it touches the pixels on both sides of it.
    """
    touched = np.zeros(shape, dtype=np.bool_)
    start, way = ring[:-1], np.diff(ring, axis=0)
    column, row = np.floor(start).astype(np.int64).T
    touched[row, column] = True
    for axis, view in ((0, touched), (1, touched.T)):
        low = np.minimum(start[:, axis], ring[1:, axis])
        high = np.maximum(start[:, axis], ring[1:, axis])
        first = np.ceil(low).astype(np.int64)
        count = np.where(way[:, axis] == 0, 0, np.floor(high).astype(np.int64) - first + 1)
        side, piece = ranges(first, count), np.repeat(np.arange(len(way)), count)
        share = (side - start[piece, axis]) / way[piece, axis]
        other = start[piece, 1 - axis] + share * way[piece, 1 - axis]
        across = np.floor(other).astype(np.int64)
        view[across, side] = True
        view[across, side - 1] = True
    return touched
