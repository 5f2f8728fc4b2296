"""How a dot looks: its width and optical density, and how both vary from dot to dot."""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import Float32Array
from studio.model.resources import resource
from studio.model.zone import Zone
from studio.pigment.dots import Dots

DEVIATES = 65536
"""Ranks that far apart vary alike; nobody can see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Optics:
    """The numbers of resources/optics.toml, which also tells where each comes from.

    `emphasis` multiplies densities where dots are drawn to be planned with, not judged by.
    """

    emphasis: float
    depth_mm: float
    blur: float
    attenuation_mm: float
    darkest_density: float
    darkest_dilution: float
    channels: tuple[float, float, float]
    size_variation: float
    strength_variation: float


@dataclass(frozen=True, slots=True)
class Look:
    """A Gaussian dot: full width at half maximum in mm, and peak optical density to base e."""

    fwhm_mm: float
    peak: float


@cache
def load_optics() -> Optics:
    """The shipped numbers. Raises Refusal if the file is missing."""
    table = tomllib.loads(resource("optics.toml").read_text(encoding="utf-8"))
    darkest, channels = table["darkest_density"], table["channels"]
    return Optics(
        emphasis=table["emphasis"]["value"],
        depth_mm=table["depth_mm"]["value"],
        blur=table["blur"]["value"],
        attenuation_mm=table["attenuation_mm"]["value"],
        darkest_density=darkest["value"],
        darkest_dilution=darkest["dilution"],
        channels=(channels["red"], channels["green"], channels["blue"]),
        size_variation=table["size_variation"]["value"],
        strength_variation=table["strength_variation"]["value"],
    )


def layer_contrast(dilution: float, depth_mm: float, optics: Optics) -> float:
    """Contrast, 0 to 1, of an even layer of pigment 1 : `dilution` at a depth below the surface.

    Pigment: 1 - 10^(-density), density falling as (1 + 5) / (1 + x) (Beer-Lambert). Skin above
    it: exp(-depth / attenuation).
    """
    concentration = (1 + optics.darkest_dilution) / (1 + dilution)
    shade = 1 - 10 ** (-optics.darkest_density * concentration)
    return shade * math.exp(-depth_mm / optics.attenuation_mm)


def width_seen(dot_mm: float, depth_mm: float, optics: Optics) -> float:
    """Full width at half maximum in mm: scattering in the skin above widens a dot."""
    return math.hypot(dot_mm, optics.blur * depth_mm)


def look(dot_mm: float, dilution: float, optics: Optics, depth_mm: float | None = None) -> Look:
    """How a deposit of `dot_mm` looks, by default at the depth for which optics are set.

    A Gaussian with the absorption of a disc of that diameter and contrast C has the peak
    ln 2 C (D / W)^2 (domain research, F11). It is not strengthened: see `Optics.emphasis`.
    """
    depth = optics.depth_mm if depth_mm is None else depth_mm
    width = width_seen(dot_mm, depth, optics)
    contrast = layer_contrast(dilution, depth, optics)
    return Look(width, math.log(2) * contrast * (dot_mm / width) ** 2)


def dot_looks(
    dots: Dots, zones: Sequence[Zone], optics: Optics
) -> tuple[Float32Array, Float32Array]:
    """Width in mm of skin and peak density of each dot, with its variation; both (n,).

    `zones` are those of the field that the dots come from. Absorption is that of `look` on
    average: it grows with the square of a dot's size.
    """
    looks = [look(zone.dot_mm, zone.dilution, optics) for zone in zones]
    deposit = np.array([zone.dot_mm for zone in zones], dtype=np.float32).take(dots.owner)
    usual = np.array([one.fwhm_mm for one in looks], dtype=np.float32).take(dots.owner)
    peak = np.array([one.peak for one in looks], dtype=np.float32).take(dots.owner)
    size = variation(dots.rank, optics.size_variation, seed=1)
    width = np.sqrt((deposit * size) ** 2 + np.float32(optics.blur * optics.depth_mm) ** 2)
    peak *= (size * usual / width) ** 2 / np.float32(1 + optics.size_variation**2)
    peak *= variation(dots.rank, optics.strength_variation, seed=2)
    return width, peak


def variation(rank: NDArray[np.uint32], spread: float, seed: int) -> Float32Array:
    """Factors of mean 1 and deviation `spread`, fixed by each dot's rank; at least 0.05."""
    deviate = _deviates(seed).take(rank % np.uint32(DEVIATES))
    return np.asarray(np.maximum(1 + np.float32(spread) * deviate, 0.05), np.float32)


@cache
def _deviates(seed: int) -> Float32Array:
    """Numbers of mean 0 and standard deviation 1, the same on every machine.

    The sum of the four bytes of a hash (the finaliser of MurmurHash3) is close to normal
    and ends at 3.5 standard deviations.
    """
    h = np.arange(DEVIATES, dtype=np.uint32) + np.uint32(seed * 0x9E3779B9 & 0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        h ^= h >> np.uint32(shift)
        h *= np.uint32(factor)
    total = np.zeros(DEVIATES)
    for shift in (0, 8, 16, 24):
        total += (h >> np.uint32(shift)) & np.uint32(0xFF)
    return ((total - 510) / math.sqrt((256**2 - 1) / 3)).astype(np.float32)
