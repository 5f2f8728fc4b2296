"""Dots in groups of 2 to 4, as coarse hair grows: which dots a group has at which density."""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import Float32Array, FloatArray
from studio.pigment.patterns import load_patterns

MEMBERS = 4
"""Dots of a full group."""
FEWEST = 2
"""Dots of a group that has just come to be."""
_STEPS = 2001
_SAFE = 0.99
"""Members keep that far within the limits of their distance, for rounding's sake."""


def needs(per_mm2: FloatArray, densest: float) -> FloatArray:
    """Dots per mm2 of skin from which each member of groups is there, (n, 4).

    `per_mm2` (n,) is the density of groups per mm2 of skin at which each comes to be, `densest`
    the most dots per mm2. Infinite where a dot never comes.

    Groups come two by two dots up to the fewest per cm2; then groups and members grow together
    to the most, and further groups follow. In between 2, 3 and 4 members are as frequent as two
    throws of a coin would have it: the third dot comes in the order of the groups, and so does
    the fourth, so each number alone is an even set.
    """
    two, three, four = (
        np.interp(per_mm2 * 100, course[:, 1], course[:, 0], right=np.inf) / 100
        for course in _course(densest * 100)
    )
    return np.stack([two, two, three, four], axis=1)


@cache
def shapes(count: int) -> Float32Array:
    """Where members lie about the middle of groups of rank 0 to `count`, (count, 4, 2) mm."""
    rank = np.arange(count, dtype=np.uint32)
    return _shape(rank, load_patterns().member_mm).astype(np.float32)


@cache
def _course(densest: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Density of dots and the number of groups with 2, 3 and 4 members or more, all per cm2."""
    few, most = load_patterns().groups_per_cm2
    density = np.linspace(0.0, densest, _STEPS)
    knots = [0.0, FEWEST * few, MEMBERS * most, max(densest, MEMBERS * most + 1)]
    clusters = np.interp(density, knots, [0.0, few, most, knots[-1] / MEMBERS])
    further = np.divide(density, clusters, out=np.full(_STEPS, 2.0), where=clusters > 0) - FEWEST
    further = np.clip(further, 0.0, MEMBERS - FEWEST)
    four = clusters * further**2 / 4
    three = clusters * further - four

    def course(number: FloatArray) -> FloatArray:
        # strictly rising from where the first of them comes, so that it can be read backwards
        first = int(np.flatnonzero(number > 1e-9)[0]) - 1
        return np.stack([density[first:], np.maximum.accumulate(number[first:])], axis=1)

    return course(clusters), course(three), course(four)


def _shape(rank: NDArray[np.uint32], spacing: tuple[float, float]) -> FloatArray:
    """Where the members of groups lie about their centre, (n, 4, 2) mm.

    A rhombus turned as it happens, all distances in it within the limits; its corners come in
    turn or crosswise.
    """
    low, high = spacing[0] / _SAFE, spacing[1] * _SAFE
    side = low + _chance(rank, 1) * (high / math.sqrt(2) - low)
    sharpest = 2 * np.arccos(np.minimum(high / (2 * side), 1.0))
    angle = sharpest + _chance(rank, 2) * (math.pi / 2 - sharpest)
    long, short = side * np.cos(angle / 2), side * np.sin(angle / 2)
    none = np.zeros_like(long)
    corners = np.stack([long, none, none, short, -long, none, none, -short], axis=1)
    corners = corners.reshape(-1, MEMBERS, 2)
    order = np.array([[0, 1, 2, 3], [0, 2, 1, 3], [1, 2, 3, 0], [1, 3, 0, 2]])
    chosen = order[(_chance(rank, 3) * len(order)).astype(np.int64)]
    corners = np.take_along_axis(corners, chosen[:, :, None], axis=1)
    turn = 2 * math.pi * _chance(rank, 4)
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    x, y = corners[:, :, 0], corners[:, :, 1]
    turned: FloatArray = np.stack([x * cos - y * sin, x * sin + y * cos], axis=2)
    return turned


def _chance(rank: NDArray[np.uint32], seed: int) -> FloatArray:
    """Numbers from 0 to 1 fixed by rank and seed (the finaliser of MurmurHash3)."""
    h = rank.astype(np.uint32) + np.uint32(seed * 0x9E3779B9 & 0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        h ^= h >> np.uint32(shift)
        h *= np.uint32(factor)
    return np.asarray(h / 2.0**32, np.float64)
