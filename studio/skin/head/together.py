"""How the errors at many places of the head add up to that of an area or of a length."""

import math

import numpy as np

from studio.model.arrays import FloatArray

REACH = 0.4
"""Errors of shape at two places are alike by exp((cos - 1) / REACH^2) of the angle between
them: so they are in the draws of `studio.skin.head.errors` on zones from 8 to 60 mm radius."""

LENGTH_SHARE = 0.7
"""A length's error of shape over an area's at the same place. Most of it comes of a tilt that
is not known, which a line along it takes in full and a line across not at all (in the mean of
all ways 0.6)."""

MOST = 100
"""Places that are weighed against one another; a longer line is summed up in runs."""


def area_se(u: FloatArray, weights: FloatArray, sigma: FloatArray, size_se: float) -> float:
    """Relative standard error of the area of a zone.

    `u` (n, 3) are directions spread over it, `weights` (n,) how much skin each stands for,
    `sigma` (n,) relative standard errors of a length there, `size_se` what of them is the
    head's size, alike everywhere.
    """
    size, shape = _apart(sigma, size_se)
    return math.hypot(2 * size, _joint(u, weights, shape) / LENGTH_SHARE)


def length_se(u: FloatArray, weights: FloatArray, sigma: FloatArray, size_se: float) -> float:
    """Relative standard error of the length of a line, places in order along it as `area_se`."""
    size, shape = _apart(sigma, size_se)
    return math.hypot(size, _joint(u, weights, shape))


def _apart(sigma: FloatArray, size_se: float) -> tuple[float, FloatArray]:
    """The part of size, and that of shape at each place."""
    size = min(size_se, float(sigma.min(initial=math.inf)))
    shape: FloatArray = np.sqrt(np.maximum(sigma**2 - size**2, 0))
    return size, shape


def _joint(u: FloatArray, weights: FloatArray, shape: FloatArray) -> float:
    share = weights / weights.sum()
    runs = np.linspace(0, len(u), min(len(u), MOST) + 1).astype(np.int64)[:-1]
    middle = (runs + np.append(runs[1:], len(u))) // 2
    part = np.add.reduceat(share * shape, runs)
    alike = np.exp((u[middle] @ u[middle].T - 1) / REACH**2)
    return math.sqrt(float(part @ alike @ part))
