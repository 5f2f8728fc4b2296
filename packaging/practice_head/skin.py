"""What the surface is made of: silicone with its colour and pores, lips, hairs, shirt, sticker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from . import sticker
from .ear import ear, ear_frame
from .face import MOUTH_HALF, lip_heights, mouth_line
from .hairs import HairMap, draw_hairs, hair_map
from .shape import collar, is_cloth, skew
from .solids import Array, bump, dot, ellipsoid, ramp
from .sticker import Sticker

SEED = 20260115
TILE = 72
BASE = np.array([0.675, 0.445, 0.345], np.float32)
LIPS = np.array([0.52, 0.235, 0.205], np.float32)
CLOTH = np.array([0.0215, 0.0225, 0.0245], np.float32)


MOTTLING = ((14, 0.030, 0.6), (4.5, 0.026, 0.8), (1.4, 0.022, 1.0), (0.5, 0.020, 0.4))
"""Cell in mm, strength in brightness, and how much of it goes into hue."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Per point: albedo (n, 3), roughness, fine normal (n, 3), shares of skin and of gloss."""

    albedo: Array
    rough: Array
    fine: Array
    soft: Array
    shine: Array


@dataclass(frozen=True, slots=True)
class Materials:
    """Textures made once: a noise tile, pore relief and its slopes, hairs, and the sticker."""

    noise: Array
    pores: tuple[Array, Array, Array]
    relief: Array
    hairs: HairMap
    sticker: Sticker


def materials() -> Materials:
    """Make the textures (seeded) and lay the sticker on the forehead."""
    rng = np.random.default_rng(SEED)
    noise = ndimage.gaussian_filter(rng.standard_normal((TILE,) * 3), 1.0, mode="wrap")
    noise = (noise / noise.std()).astype(np.float32)
    holes = np.zeros((TILE,) * 3)
    at = rng.integers(0, TILE, (9000, 3))
    np.subtract.at(holes, tuple(at.T), rng.uniform(0.3, 1.0, len(at)))
    relief = ndimage.gaussian_filter(holes, 0.9, mode="wrap")
    relief = relief / relief.std() + 0.5 * ndimage.gaussian_filter(noise, 0.8, mode="wrap")
    slope = [
        ((np.roll(relief, -1, k) - np.roll(relief, 1, k)) / 2).astype(np.float32) for k in range(3)
    ]
    return Materials(
        noise,
        (slope[0], slope[1], slope[2]),
        relief.astype(np.float32),
        hair_map(rng),
        sticker.lay(),
    )


def _tile(volume: Array, points: Array, scale: float, shift: float) -> Array:
    """Values of a repeating volume at points, one cell being `scale` mm, turned off the axes."""
    turn = np.array([[0.36, 0.48, -0.8], [-0.8, 0.6, 0.0], [0.48, 0.64, 0.6]], np.float32)
    where = (points @ turn / np.float32(scale) + np.float32(shift)).T
    return np.asarray(ndimage.map_coordinates(volume, where, order=1, mode="grid-wrap"), np.float32)


def _tint(albedo: Array, m: Materials, points: Array, ax: Array) -> None:
    """Pores, mottling and the warmer places of a face, in place."""
    pits = np.minimum(_tile(m.relief, points, 0.17, 1.19), 0.8)
    albedo *= 1 + pits[:, None] * np.array([0.020, 0.030, 0.032], np.float32)
    for scale, amount, hue in MOTTLING:
        n = _tile(m.noise, points, scale, scale)
        n2 = _tile(m.noise, points, scale * 1.3, 31 + scale)
        albedo *= 1 + amount * n[:, None] * np.array([0.5, 0.9, 1.0], np.float32)
        albedo *= 1 + amount * hue * n2[:, None] * np.array([0.25, -0.5, -0.6], np.float32)
    y, z = points[:, 1], points[:, 2]
    warm = _warmth(ax, y, z)
    near = np.flatnonzero((ax > 62) & (y > -80) & (y < 14) & (z < -55) & (z > -108))
    warm[near] += 1.1 * ramp(ear(ax[near], y[near], z[near]), 2.5, 0.0)
    s, t, out = ear_frame(ax[near], y[near], z[near])
    deep = ellipsoid(s, t, out, (6.5, -5.5, -2.5), (6.0, 6.0, 6.5))
    albedo[near] *= 1 - 0.8 * ramp(deep, 2.0, -3.0)[:, None]
    albedo *= 1 + warm[:, None] * np.array([0.015, -0.13, -0.13], np.float32)
    beard = ramp(y, -46, -60) * ramp(z, -62, -35) * ramp(y, -135, -112)
    albedo *= 1 - beard[:, None] * np.array([0.06, 0.045, 0.03], np.float32)


def _warmth(ax: Array, y: Array, z: Array) -> Array:
    """How red the skin is (0..1): cheeks, tip of the nose, chin and lids."""
    front = ramp(z, -45, -5)
    warm = 0.9 * np.exp(-(((ax - 42) / 17) ** 2) - ((y + 34) / 15) ** 2) * front
    warm += 0.9 * np.exp(-((ax / 13) ** 2) - ((y + 43) / 10) ** 2) * ramp(z, 15, 30)
    warm += 0.4 * np.exp(-((ax / 18) ** 2) - ((y + 104) / 10) ** 2) * front
    return warm + 0.5 * np.exp(-(((ax - 31) / 15) ** 2) - ((y + 10) / 8) ** 2) * front


def _lips(albedo: Array, ax: Array, y: Array, z: Array) -> Array:
    """Colour lips and nostrils in place; the share (n,) that is lip."""
    line = mouth_line(ax)
    up, low = lip_heights(ax)
    height = np.where(y > line, (y - line) / up, (line - y) / low)
    share = ramp(height, 1.16, 0.80) * ramp(z, 0, 8) * ramp(ax, MOUTH_HALF + 1, MOUTH_HALF - 3)
    albedo += (share * 0.62)[:, None] * (LIPS - albedo)
    crack = share * bump(y - line, 0.9)
    albedo *= 1 - 0.55 * crack[:, None]
    nostril = np.sqrt(((ax - 6.9) / 3.6) ** 2 + ((y + 49.0) / 4.2) ** 2 + ((z - 26.5) / 6.0) ** 2)
    albedo *= 1 - 0.85 * ramp(nostril, 1.05, 0.6)[:, None]
    return share


def _pored(m: Materials, points: Array, n: Array, strength: Array) -> Array:
    """Normals n (n, 3) roughened by pores."""
    slope = np.zeros_like(n)
    for scale, gain in ((0.17, 0.75), (0.4, 0.35)):
        parts = [_tile(v, points, scale, 7 * scale) for v in m.pores]
        slope += np.stack(parts, axis=1) * np.float32(gain)
    slope -= dot(slope, n)[:, None] * n
    fine = n - strength[:, None] * slope
    return fine / np.sqrt(dot(fine, fine))[:, None]


def _dress(s: Surface, m: Materials, points: Array, n: Array) -> None:
    """Turn the points of the shirt into knitted cloth, ribbed at the neck, in place."""
    x, y, z = np.ascontiguousarray(points.T)
    cloth = np.flatnonzero(is_cloth(x, y, z))
    weave = _tile(m.noise, points[cloth], 0.8, 3.0) + 0.6 * _tile(m.noise, points[cloth], 5.0, 3.0)
    around = np.arctan2(x[cloth], z[cloth] + 92) * 75
    band = ramp(collar(np.abs(x[cloth]), y[cloth], z[cloth]), -18.5, -17)
    weave += 1.6 * band * np.sin(around * (2 * np.pi / 1.9))
    s.albedo[cloth] = CLOTH * (1 + 0.12 * weave[:, None])
    s.rough[cloth], s.shine[cloth], s.soft[cloth] = 0.75, 0.35, 0
    s.fine[cloth] = n[cloth]


def _lay_sticker(s: Surface, m: Materials, points: Array, n: Array, blur: float) -> None:
    offset = points - m.sticker.centre.astype(np.float32)
    at = np.flatnonzero((np.abs(offset) < 16).all(axis=1))
    q = offset[at] @ m.sticker.axes.astype(np.float32).T
    r = np.linalg.norm(offset[at], axis=1)
    inside = np.clip((sticker.RADIUS - r) / blur + 0.5, 0, 1)[:, None]
    halo = 0.20 * np.exp(-np.maximum(r - sticker.RADIUS, 0) / 0.45)[:, None] * (1 - inside)
    paint = sticker.ink(q, r, blur)[:, None]
    s.albedo[at] = s.albedo[at] * (1 - halo) * (1 - inside) + inside * paint
    s.fine[at] = s.fine[at] * (1 - inside) + n[at] * inside
    s.soft[at] *= 1 - inside[:, 0]
    s.rough[at] += inside[:, 0] * (0.5 - s.rough[at])
    s.shine[at] += inside[:, 0] * (0.5 - s.shine[at])


def surface(m: Materials, points: Array, n: Array, pixel_mm: float) -> Surface:
    """Colour and relief of points (n, 3) with normals n; the sticker's edges are pixel_mm soft."""
    x, y, z = np.ascontiguousarray(points.T)
    sx = skew(x, y, z)
    ax = np.abs(sx)
    albedo = np.tile(BASE, (len(x), 1))
    _tint(albedo, m, points, ax)
    lips = _lips(albedo, ax, y, z)
    ink = draw_hairs(albedo, m.hairs, sx, y, z)
    fine = _pored(m, points, n, 0.085 * (1 - 0.5 * lips))
    rough = 0.46 + 0.03 * _tile(m.noise, points, 3.0, 5.0) - 0.09 * lips
    rough -= 0.04 * np.exp(-((ax / 16) ** 2) - ((y + 30) / 22) ** 2) * ramp(z, 10, 25)
    s = Surface(albedo, rough.astype(np.float32), fine, np.ones(len(x), np.float32), 1 - ink)
    _dress(s, m, points, n)
    _lay_sticker(s, m, points, n, pixel_mm)
    return s
