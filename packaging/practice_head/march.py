"""Where rays meet a signed-distance field: a coarse grid on the way, the field at the end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .solids import Array, Field, dot

LOW = np.array([-262.0, -372.0, -232.0], np.float32)
HIGH = np.array([262.0, 120.0, 64.0], np.float32)
SAFE = 0.75
"""Share of the field's value a ray may step: the blends overstate distance a little."""
CHUNK = 1 << 19


@dataclass(frozen=True, slots=True)
class Grid:
    """The field sampled on a regular grid, with the spacing in mm."""

    values: NDArray[np.float32]
    step: float

    def at(self, points: Array) -> Array:
        """Field value (mm) at points (n, 3), linear between samples, clamped at the border."""
        where = (points - LOW).T / np.float32(self.step)
        return np.asarray(
            ndimage.map_coordinates(self.values, where, order=1, mode="nearest"), np.float32
        )


def build_grid(field: Field, step: float) -> Grid:
    """Sample the field over the studio box, slab by slab."""
    axes = [
        np.arange(lo, hi + step, step, dtype=np.float32) for lo, hi in zip(LOW, HIGH, strict=True)
    ]
    values = np.empty([len(a) for a in axes], np.float32)
    gy, gz = np.meshgrid(axes[1], axes[2], indexing="ij")
    for i, x in enumerate(axes[0]):
        values[i] = field(np.full(gy.size, x, np.float32), gy.ravel(), gz.ravel()).reshape(gy.shape)
    return Grid(values, step)


def evaluate(field: Field, points: Array) -> Array:
    """Field values at points (n, 3), in chunks that stay in the cache."""
    out = np.empty(len(points), np.float32)
    for i in range(0, len(points), CHUNK):
        x, y, z = np.ascontiguousarray(points[i : i + CHUNK].T)
        out[i : i + CHUNK] = field(x, y, z)
    return out


def box_span(origin: Array, rays: Array) -> tuple[Array, Array]:
    """Entry and exit distance of each ray through the studio box (exit < entry: missed)."""
    with np.errstate(divide="ignore"):
        inverse = 1 / rays
    a, b = (LOW - origin) * inverse, (HIGH - origin) * inverse
    return np.minimum(a, b).max(axis=1).clip(0), np.maximum(a, b).min(axis=1)


def _coarse(grid: Grid, origin: Array, rays: Array, start: Array, end: Array) -> NDArray[np.bool_]:
    """Walk rays through the grid; start is moved to just before the surface. False: missed."""
    near = np.float32(1.2 * grid.step)
    alive = np.flatnonzero(start < end)
    hit = np.zeros(len(rays), bool)
    for _ in range(400):
        if not alive.size:
            break
        t = start[alive]
        d = grid.at(origin + rays[alive] * t[:, None])
        close = d < near
        hit[alive[close]] = True
        t += np.where(close, 0, SAFE * d)
        start[alive] = t
        alive = alive[~close & (t < end[alive])]
    return hit


def trace(
    field: Field, grid: Grid, origin: Array, rays: Array, start: Array | None = None
) -> Array:
    """Distance along each ray (n, 3; unit) from origin (3,) to the surface, inf where it misses.

    start: optional distances known to lie before the surface.
    """
    begin, end = box_span(origin, rays)
    t = begin if start is None else np.maximum(begin, start)
    hit = _coarse(grid, origin, rays, t, end)
    alive = np.flatnonzero(hit)
    for _ in range(300):
        d = evaluate(field, origin + rays[alive] * t[alive][:, None])
        t[alive] += np.where(d > 0.004, np.maximum(0.85 * d, 0.08), d)
        alive = alive[(np.abs(d) > 0.004) & (t[alive] < end[alive])]
        if not alive.size:
            break
    t[~hit | (t >= end)] = np.inf
    return t


def normals(field: Field, points: Array, reach: float) -> Array:
    """Outward unit normals at points (n, 3), from four field values at the given reach in mm."""
    corners = np.array([(1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)], np.float32)
    total = np.zeros_like(points)
    for corner in corners:
        total += corner * evaluate(field, points + corner * np.float32(reach))[:, None]
    total /= np.sqrt(dot(total, total))[:, None]
    return total
