"""Levels of a photo: exact means, whole coverage, and the level for a zoom."""

from itertools import pairwise

import numpy as np
import pytest

from studio.imaging.pyramid import Pyramid, build
from studio.model.arrays import ByteArray


def photo(height: int, width: int) -> ByteArray:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)


def test_first_level_is_the_photo_for_qt() -> None:
    pixels = photo(40, 30)
    level = build(pixels).levels[0]
    assert (level[:, :, 2::-1] == pixels).all()
    assert (level[:, :, 3] == 255).all()


@pytest.mark.parametrize("size", [(512, 768), (701, 1003), (300, 5000), (1, 900)])
def test_levels_halve_by_means_and_cover_the_photo(size: tuple[int, int]) -> None:
    levels = build(photo(*size)).levels
    for above, below in pairwise(levels):
        height, width = above.shape[:2]
        assert below.shape[:2] == ((height + 1) // 2, (width + 1) // 2)
        even = np.pad(above, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge").astype(float)
        means = even.reshape(below.shape[0], 2, below.shape[1], 2, 4).mean(axis=(1, 3))
        assert np.abs(below - means).max() <= 0.5
    assert max(levels[-1].shape[:2]) <= 256
    assert all(level.flags.c_contiguous and level.dtype == np.uint8 for level in levels)


def test_read_only_photo() -> None:
    pixels = photo(20, 20)
    pixels.flags.writeable = False
    assert build(pixels).levels[0].shape == (20, 20, 4)


@pytest.mark.parametrize(
    ("scale", "level"),
    [(8, 0), (1, 0), (0.99, 0), (0.51, 0), (0.5, 1), (0.26, 1), (0.25, 2), (0.13, 2), (0.01, 2)],
)
def test_level_is_never_enlarged_and_less_than_twice_too_large(scale: float, level: int) -> None:
    levels = tuple(np.zeros((4, 4, 4), np.uint8) for _ in range(3))
    assert Pyramid(levels).level_for(scale) == level
