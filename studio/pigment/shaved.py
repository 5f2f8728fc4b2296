"""Keeping dots off the hair that is there, and what that leaves of the skin."""

import math

import numpy as np

from studio.model.arrays import BoolArray, Float32Array, FloatArray, IntArray
from studio.pigment.hair import Hair
from studio.pigment.raster import LEAST_SCALE, AreaScale, Window

FINER = 5
"""Parts of a pixel's side to which skin round a follicle is told from other skin."""
AROUND_MM = 2.0
"""Deviation of the Gaussian over which taken skin is averaged: a few dots make up for it."""
LEAST_FREE = 0.25
"""Share of the skin below which no more is made up for: hair stands too close for dots."""


def kept_clear(hair: Hair, xy: Float32Array, area_scale: AreaScale | None) -> IntArray:
    """Which positions (n, 2) lie no nearer to a follicle than the hair is kept clear."""
    if len(hair.follicles) == 0 or len(xy) == 0:
        return np.arange(len(xy))
    from scipy.spatial import cKDTree  # noqa: PLC0415

    reach = _reach(hair, hair.follicles, area_scale)
    low, high = (
        hair.follicles.min(axis=0) - 2 * reach.max(),
        hair.follicles.max(axis=0) + 2 * reach.max(),
    )
    near = np.flatnonzero(((xy >= low) & (xy <= high)).all(axis=1))
    places = xy[near].astype(np.float64)
    distance, _ = cKDTree(hair.follicles).query(places, distance_upper_bound=2 * reach.max())
    kept: BoolArray = np.ones(len(xy), dtype=np.bool_)
    kept[near] = distance >= _reach(hair, places, area_scale)
    return np.flatnonzero(kept)


def free_share(hair: Hair, grid: Window, step: float, area_scale: AreaScale | None) -> Float32Array:
    """Share of the skin about each pixel of a grid, (h, w), that is not kept clear for hair."""
    import cv2  # noqa: PLC0415

    height, width = grid[3] - grid[1], grid[2] - grid[0]
    if height == 0 or width == 0:
        return np.ones((height, width), dtype=np.float32)
    fine = step / FINER
    reach = _reach(hair, hair.follicles, area_scale) / fine
    middle = hair.follicles / fine - np.array(grid[:2]) * FINER
    taken = _taken(middle, reach, (height * FINER, width * FINER))
    coarse = cv2.resize(taken, (width, height), interpolation=cv2.INTER_AREA)
    coarse = cv2.GaussianBlur(coarse, (0, 0), AROUND_MM / step, borderType=cv2.BORDER_CONSTANT)
    free: Float32Array = np.maximum(np.float32(1.0) - coarse, np.float32(LEAST_FREE))
    return free


def _taken(middle: FloatArray, reach: FloatArray, shape: tuple[int, int]) -> Float32Array:
    """1 at the cells (h, w) whose centres lie in a disc about `middle` (n, 2), 0 elsewhere."""
    height, width = shape
    near = (middle + reach[:, None] > 0).all(axis=1)
    near &= (middle - reach[:, None] < (width, height)).all(axis=1)
    middle, squared = middle[near], reach[near] ** 2
    wide = math.ceil(float(reach.max(initial=0.0)))
    framed = np.zeros((height + 4 * wide + 2, width + 4 * wide + 2), dtype=np.float32)
    corner = np.floor(middle).astype(np.int64)
    away = middle - corner - 0.5
    place = (corner[:, 1] + 2 * wide) * framed.shape[1] + corner[:, 0] + 2 * wide
    steps = np.arange(-wide, wide + 1)
    across = [(dx - away[:, 0]) ** 2 for dx in steps]
    for dy in steps:
        left = squared - (dy - away[:, 1]) ** 2
        for dx, square in zip(steps, across, strict=True):
            framed.ravel()[place[square < left] + dy * framed.shape[1] + dx] = 1.0
    return framed[2 * wide : 2 * wide + height, 2 * wide : 2 * wide + width]


def _reach(hair: Hair, points: FloatArray, area_scale: AreaScale | None) -> FloatArray:
    """Chart units that hair is kept clear at points (n, 2)."""
    if area_scale is None:
        return np.full(len(points), hair.clear)
    reach: FloatArray = hair.clear / np.sqrt(np.maximum(area_scale(points), LEAST_SCALE))
    return reach
