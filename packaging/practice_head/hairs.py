"""Brows and lashes: hairs drawn once on the face seen from ahead, then laid over the skin."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from .face import lash_line
from .solids import Array, bump, ramp

HAIR = np.array([0.050, 0.032, 0.024], np.float32)
LOW, PER_MM = (-72.0, -32.0), 14.0
SIZE = (144, 76)
BROW_HAIRS, LASHES = 1250, 95


@dataclass(frozen=True, slots=True)
class HairMap:
    """Ink (0..1) of the hairs and of the soft shade under them, PER_MM pixels a mm from LOW."""

    ink: Array
    shade: Array


def hair_map(rng: np.random.Generator) -> HairMap:
    """Draw both brows and both rows of lashes."""
    canvas = np.zeros((int(SIZE[1] * PER_MM), int(SIZE[0] * PER_MM)), np.uint8)
    for side in (-1, 1):
        for _ in range(BROW_HAIRS):
            _stroke(canvas, *_brow_hair(rng), side)
        for _ in range(LASHES):
            _stroke(canvas, *_lash(rng), side)
    ink = cv2.GaussianBlur(canvas, (0, 0), 0.7).astype(np.float32) / 255
    return HairMap(ink, np.asarray(cv2.GaussianBlur(ink, (0, 0), 1.1 * PER_MM), np.float32))


def _stroke(canvas: NDArray[np.uint8], points: NDArray[np.float64], ink: int, side: int) -> None:
    """Draw one hair (points (n, 2) mm on the left side) over what is there."""
    at = (points * (side, 1) - LOW) * PER_MM
    corner = np.maximum(at.min(axis=0).astype(int) - 4, 0)
    x1, y1 = at.max(axis=0).astype(int) + 5
    patch = canvas[corner[1] : y1, corner[0] : x1]
    layer = np.zeros(patch.shape, np.uint8)
    line = np.round((at - corner) * 16).astype(np.int32)
    cv2.polylines(layer, [line], False, ink, 1, cv2.LINE_AA, 4)
    old, new = patch.astype(np.int32), layer.astype(np.int32)
    patch[:] = (old + new - old * new // 255).astype(np.uint8)


_BEND = np.linspace(0, 1, 6)[:, None]


def _brow_hair(rng: np.random.Generator) -> tuple[NDArray[np.float64], int]:
    """One hair of the brow: points (6, 2) mm from the midline and up, and its ink."""
    u = rng.beta(1.15, 1.25)
    spine = 12.6 + 6.8 * np.sin(np.pi * min(u / 1.32, 1.0)) - 9.5 * max(u - 0.62, 0) ** 1.4
    wide = 4.6 * (1 - u) ** 0.5 * min(1.0, 0.55 + u * 4) + 0.5
    v = rng.uniform(-1, 1)
    start = np.array([11.0 + 44.0 * u, spine + v * wide])
    lean = np.radians(np.interp(u, [0, 0.15, 0.5, 1], [78, 48, 18, -22]) - 26 * v * (1 - 0.5 * u))
    lean += rng.normal(0, 0.13)
    size = rng.uniform(4.5, 8.0) * (0.75 if u < 0.1 else 1.0) * (1 - 0.35 * u)
    ahead = np.array([np.cos(lean), np.sin(lean)])
    drop = np.array([0.25, -0.75]) * rng.uniform(0.1, 0.3)
    return start + _BEND * size * ahead + _BEND**2 * size * drop, int(rng.uniform(60, 150))


def _lash(rng: np.random.Generator) -> tuple[NDArray[np.float64], int]:
    """One lash of the closed lid, hanging from the lash line."""
    x = rng.uniform(18.5, 46.0)
    start = np.array([x, float(lash_line(np.array([x]))[0]) - 0.1])
    lean = (x - 30) * 0.035 + rng.normal(0, 0.1)
    size = rng.uniform(3.2, 5.6) * (0.6 + 0.4 * np.sin((x - 17) / 30 * np.pi))
    ahead = np.array([np.sin(lean), -np.cos(lean)])
    return start + _BEND * size * ahead + _BEND**2 * [0.5 * lean, 0.8], int(rng.uniform(80, 180))


def draw_hairs(albedo: Array, hairs: HairMap, x: Array, y: Array, z: Array) -> Array:
    """Darken albedo (n, 3) where hairs lie, x mm from the face's midline; their ink (n,)."""
    ink = np.zeros(len(x), np.float32)
    at = np.flatnonzero((z > -35) & (np.abs(x) < 70) & (y > -31) & (y < 42))
    where = np.stack([(y[at] - LOW[1]) * PER_MM, (x[at] - LOW[0]) * PER_MM])
    ink[at] = 0.55 * ndimage.map_coordinates(hairs.shade, where, order=1)
    ink[at] += (1 - ink[at]) * ndimage.map_coordinates(hairs.ink, where, order=1)
    ax = np.abs(x)
    edge = bump(y - lash_line(ax) + 0.25, 0.42) * ramp(np.abs(ax - 31.5), 15.8, 13.5)
    ink = np.maximum(ink, 0.75 * edge * ramp(z, -8, 2))
    albedo += (ink * 0.9)[:, None] * (HAIR - albedo)
    return ink
