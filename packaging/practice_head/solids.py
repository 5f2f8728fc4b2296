"""Signed-distance building blocks in millimetres, for whole arrays of points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline

Array = NDArray[np.floating[Any]]
Vec = tuple[float, float, float]
Field = Callable[[Array, Array, Array], Array]


def dot(a: Array, b: Array) -> Array:
    """Scalar products of vectors (n, 3) with vectors (n, 3)."""
    return np.asarray(np.einsum("ij,ij->i", a, b))


def smooth_min(a: Array, b: Array, k: float) -> Array:
    """Union of two solids with a fillet about k mm wide (polynomial smooth minimum)."""
    h = np.maximum(k - np.abs(a - b), 0) * (1 / k)
    return np.minimum(a, b) - h * h * (k * 0.25)


def smooth_max(a: Array, b: Array, k: float) -> Array:
    """Intersection of two solids with a rounded edge about k mm wide."""
    h = np.maximum(k - np.abs(a - b), 0) * (1 / k)
    return np.maximum(a, b) + h * h * (k * 0.25)


def ellipsoid(x: Array, y: Array, z: Array, centre: Vec, radii: Vec) -> Array:
    """Distance to an ellipsoid, first order: exact at the surface and at its axes."""
    px, py, pz = (x - centre[0]) / radii[0], (y - centre[1]) / radii[1], (z - centre[2]) / radii[2]
    k0 = np.sqrt(px * px + py * py + pz * pz)
    k1 = np.sqrt((px / radii[0]) ** 2 + (py / radii[1]) ** 2 + (pz / radii[2]) ** 2)
    return np.asarray(k0 * (k0 - 1) / np.maximum(k1, 1e-6))


def capsule(x: Array, y: Array, z: Array, a: Vec, b: Vec, radii: tuple[float, float]) -> Array:
    """Distance to a rod from a to b whose radius runs from radii[0] to radii[1]."""
    dx, dy, dz = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    px, py, pz = x - a[0], y - a[1], z - a[2]
    h = np.clip((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0, 1)
    d = np.sqrt((px - h * dx) ** 2 + (py - h * dy) ** 2 + (pz - h * dz) ** 2)
    return np.asarray(d - (radii[0] + h * (radii[1] - radii[0])))


def drawn_out(points: list[Vec], radii: list[float], parts: int) -> tuple[list[Vec], list[float]]:
    """A chain's points and radii on a smooth curve through them, each step cut into parts."""
    knots = np.arange(len(points))
    curve = CubicSpline(knots, np.column_stack([points, radii]))
    fine = curve(np.linspace(0, knots[-1], knots[-1] * parts + 1)).tolist()
    return [(x, y, z) for x, y, z, _ in fine], [r for *_, r in fine]


def rod_chain(x: Array, y: Array, z: Array, points: list[Vec], radii: list[float]) -> Array:
    """Distance to rods joined end to end, each point with its own radius."""
    d = capsule(x, y, z, points[0], points[1], (radii[0], radii[1]))
    for i in range(1, len(points) - 1):
        d = np.minimum(d, capsule(x, y, z, points[i], points[i + 1], (radii[i], radii[i + 1])))
    return d


def bump(u: Array, width: float) -> Array:
    """A bell of height 1 at u = 0, half as high at 0.8 width, nought from 2 width."""
    t = np.minimum(np.abs(u) * (0.5 / width), 1)
    return np.asarray((1 - t * t) ** 4)


def ramp(u: Array, low: float, high: float) -> Array:
    """Smooth step from 0 at low to 1 at high (low may be above high)."""
    t = np.clip((u - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t))
