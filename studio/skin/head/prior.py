"""What is known of heads before any photo: a mean shape, its modes, and where landmarks lie."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.resources import resource
from studio.skin.head.harmonics import DEGREE, harmonics, terms

SIZE_SD = 0.08
"""Spread of the logarithm of a head's size. Photos do not show size, so this only keeps
the sums finite (ANSUR II: 0.03)."""

ODD_SHARE = 0.45
"""The prior's spread of what differs between left and right is taken this much smaller:
found on the heads of packaging/heads, where anything from 0.5 to 1 serves."""

LANDMARK_SHARE = 2.3
"""Landmarks are taken to vary this much more than in the models they come from (1.5 to 2.8
serve alike)."""

NAPE_SD, NAPE_WIDTH = 0.035, 0.3
"""Height of the bumps that set nape and neck free, as a share of the radius, and their
width in radians. The models' necks are alike, clients' are not; tried from 0 to 0.08: more than
0.05 makes the photographed nape worse, less the practice head's, and more than 0.035 the
hairlines of photos without pencil spots."""

NAPE = tuple(
    (azimuth, elevation)
    for elevation, azimuths in (
        (-30, (150, 180, 210)),
        (-50, (140, 180, 220)),
        (-70, (110, 180, 250)),
    )
    for azimuth in azimuths
)
"""Where the bumps lie: degrees round from the face and up."""

EARS = ((120, -15), (120, -35))
"""Where the head lies behind the left ear, degrees round from the face and up."""

EARS_SHIFT, EARS_SD, EARS_WIDTH = -0.03, 0.03, 0.25
"""Height of a bump behind the ears and its spread, as shares of the radius, and its width in
radians. No outline shows the breadth there, and the models were measured without their ears,
so that their mean stands 1 to 3 mm outside the skin of all heads of packaging/heads. Found on
those of our own making from shifts of 0 to -0.06; the photographed ones agree."""


@dataclass(frozen=True, eq=False)
class Prior:
    """Mean (81,) and covariance (81, 81) of the surface's coefficients, and the landmarks.

    `landmarks` gives the place (3,) and its standard deviation (3,) in mm, head frame.
    """

    mean: FloatArray
    covariance: FloatArray
    landmarks: dict[str, tuple[FloatArray, FloatArray]]


@cache
def load_prior() -> Prior:
    """The shipped prior, `resources/head/prior.json`; its README names the sources."""
    raw = json.loads(resource("head/prior.json").read_text(encoding="utf-8"))
    n, m = terms(DEGREE).T
    even = m >= 0
    mean = np.zeros(len(n))
    mean[even] = raw["mean"]
    modes = np.zeros((len(raw["modes"]), len(n)))
    modes[:, even] = raw["modes"]
    falling = np.maximum(n, 1)
    spread = np.where(
        even,
        raw["even_floor"] * np.minimum(1, (3 / falling) ** 2),
        ODD_SHARE * raw["odd_sd"] * np.minimum(1, (2 / falling) ** 2),
    )
    spread[0] = SIZE_SD
    nape = NAPE_SD * _bumps(NAPE, NAPE_WIDTH)
    left = _bumps(EARS, EARS_WIDTH)
    right = _bumps([(-around, up) for around, up in EARS], EARS_WIDTH)
    both, apart = EARS_SD * (left + right), ODD_SHARE * EARS_SD * (left - right)
    covariance = modes.T @ modes + np.diag(spread**2)
    for shapes in (nape, both, apart):
        covariance += shapes.T @ shapes
    mean += EARS_SHIFT * (left + right).sum(axis=0)
    return Prior(mean, covariance, _both_sides(raw["landmarks"]))


def _bumps(places: Sequence[tuple[float, float]], width: float) -> FloatArray:
    """Coefficients (n, 81) of a bump of height 1 at each place."""
    grid = sphere(3000)
    around, up = np.radians(np.array(places, np.float64)).T
    centres = np.stack([np.cos(around) * np.cos(up), np.sin(around) * np.cos(up), np.sin(up)])
    bumps = np.exp((grid @ centres - 1) / width**2)
    shapes: FloatArray = bumps.T @ harmonics(grid) / len(grid)
    return shapes


def sphere(n: int) -> FloatArray:
    """n directions evenly spread on the sphere (Fibonacci), (n, 3)."""
    z = 1 - (2 * np.arange(n) + 1) / n
    turned = np.arange(n) * np.pi * (3 - np.sqrt(5))
    flat = np.sqrt(1 - z**2)
    return np.stack([flat * np.cos(turned), flat * np.sin(turned), z], axis=1)


def _both_sides(
    left: dict[str, dict[str, list[float]]],
) -> dict[str, tuple[FloatArray, FloatArray]]:
    found: dict[str, tuple[FloatArray, FloatArray]] = {}
    for name, row in left.items():
        place = np.array(row["x"], np.float64)
        spread = np.array(row["sd"], np.float64) * LANDMARK_SHARE
        found[name] = (place, spread)
        if name.endswith("_L"):
            found[f"{name[:-2]}_R"] = (place * (1, -1, 1), spread)
    return found
