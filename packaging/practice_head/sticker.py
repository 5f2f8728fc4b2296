"""The round sticker: where it lies on the forehead, its rim and its print."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from .shape import skin as skin_field
from .solids import Array

RADIUS = 10.0
PLACE = (9.5, 44.0)
RING_FROM, QUARTERS_TO = 8.4, 5.0
WHITE, BLACK = 0.78, 0.022
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sticker:
    """Centre (3,) on the skin, mm, and its right, up and outward axes (3, 3)."""

    centre: Points
    axes: Points


def value_at(p: Points) -> float:
    """The skin's field at one point (3,)."""
    return float(skin_field(*p[:, None])[0])


def lay() -> Sticker:
    """The sticker on the forehead."""
    low, high = (np.array([*PLACE, z]) for z in (5.0, 45.0))
    centre = low + (high - low) * brentq(
        lambda t: value_at(low + (high - low) * t), 0, 1, xtol=1e-8
    )
    steps = np.eye(3) * 0.05
    out = np.array([value_at(centre + e) - value_at(centre - e) for e in steps])
    out /= np.linalg.norm(out)
    right = np.cross([0.0, 1.0, 0.0], out)
    right /= np.linalg.norm(right)
    return Sticker(centre, np.array([right, np.cross(out, right), out]))


def rim(sticker: Sticker, count: int = 72) -> Points:
    """Points (count, 3) on the skin exactly RADIUS from the centre."""
    right, up, out = sticker.axes
    points = np.empty((count, 3))
    for i in range(count):
        a = i * 2 * math.pi / count
        ahead = math.cos(a) * right + math.sin(a) * up
        h = 0.0
        for _ in range(12):
            foot = sticker.centre + math.sqrt(RADIUS**2 - h * h) * ahead
            h = float(brentq(_along(foot, out), -6.0, 6.0, xtol=1e-6))
            points[i] = foot + h * out
    return points


def _along(foot: Points, out: Points) -> Callable[[float], float]:
    return lambda h: value_at(foot + h * out)


def ink(q: Array, r: Array, blur: float) -> Array:
    """Reflectance at places q (n, 2 or 3) on the sticker, r from its centre; edges blur mm wide."""
    ring, quarters = (np.clip((r - at) / blur + 0.5, 0, 1) for at in (RING_FROM, QUARTERS_TO))
    turn = np.clip(q[:, 0] / blur, -0.5, 0.5) * np.clip(q[:, 1] / blur, -0.5, 0.5) * 2 + 0.5
    dark = np.maximum(ring, turn * (1 - quarters))
    return np.asarray(WHITE + dark * (BLACK - WHITE), np.float32)
