"""Heads and cameras for tests: balls, ellipsoids, and heads drawn from the prior."""

import math
from functools import cache

import numpy as np

from studio.model.arrays import FloatArray
from studio.skin.head.camera import Camera
from studio.skin.head.harmonics import harmonics
from studio.skin.head.headmap import HeadMap
from studio.skin.head.prior import load_prior
from studio.skin.head.relief import Relief
from studio.skin.head.surface import Surface

SIZE_SD = 0.03
"""Spread of the logarithm of head size (ANSUR II)."""


def ball(radius: float) -> Surface:
    """A sphere."""
    coefficients = np.zeros(81)
    coefficients[0] = math.log(radius)
    return Surface(coefficients)


def ellipsoid(x: float, y: float, z: float) -> Surface:
    """Half axes in mm, as close as degree 8 comes: within 0.02 mm for those of a head."""
    u = directions(4000, 1)
    radius = -0.5 * np.log(((u / (x, y, z)) ** 2).sum(axis=1))
    return Surface(np.linalg.lstsq(harmonics(u), radius, rcond=None)[0])


@cache
def head(seed: int) -> Surface:
    """A head drawn from the prior; seed 0 is its mean."""
    prior = load_prior()
    if seed == 0:
        return Surface(prior.mean)
    rng = np.random.default_rng(seed)
    other = prior.covariance.copy()
    other[0, :] = other[:, 0] = 0.0
    drawn = rng.multivariate_normal(prior.mean, other, method="eigh")
    drawn[0] += SIZE_SD * rng.normal()
    return Surface(drawn)


@cache
def relief(seed: int) -> Relief:
    """The relief of a head, made once for all tests."""
    return Relief(head(seed))


def directions(count: int, seed: int) -> FloatArray:
    """Unit vectors spread at random."""
    u = np.random.default_rng(seed).normal(size=(count, 3))
    drawn: FloatArray = u / np.linalg.norm(u, axis=1, keepdims=True)
    return drawn


def camera(
    azimuth: float, height: float, distance: float = 1200.0, focal: float = 9900.0
) -> Camera:
    """Looks at the head's middle; degrees from ahead to the subject's left, and upwards.

    The photo is 3000 x 4000 with the face or the crown up.
    """
    across, up = math.radians(azimuth), math.radians(height)
    place = np.array(
        [math.cos(up) * math.cos(across), math.cos(up) * math.sin(across), math.sin(up)]
    )
    right = np.array([-math.sin(across), math.cos(across), 0.0])
    rotation = np.stack([right, np.cross(-place, right), -place])
    return Camera(rotation, -rotation @ (place * distance), focal, (1499.5, 1999.5))


def views() -> dict[str, Camera]:
    """The five photos."""
    return {
        "front": camera(2, 5),
        "left": camera(88, 3),
        "right": camera(-91, 6),
        "top": camera(1, 85),
        "back": camera(179, 8),
    }


def one_percent(chart: FloatArray) -> FloatArray:
    """Standard errors as a fit might give them."""
    return np.full(len(chart), 0.01)


@cache
def photo(seed: int, view: str) -> HeadMap:
    """The skin map of one photo of a head."""
    return HeadMap(relief=relief(seed), errors=one_percent, camera=views()[view])
