"""The ear: plate, helix, antihelix and its two crura, tragus, antitragus, concha and lobe."""

from __future__ import annotations

import math

import numpy as np

from .solids import Array, Vec, drawn_out, ellipsoid, rod_chain, smooth_max, smooth_min

ROOT: Vec = (68.5, -25.0, -64.0)
"""Front of the ear where it leaves the head: centre of the ear's own frame, world mm."""
FLARE = math.radians(24)
LEAN = math.radians(11)

HELIX: list[Vec] = [
    (12, -1, -2), (7, 1, 1), (2.5, 5.5, 2), (0.5, 12, 2.2), (2.2, 20, 2.4), (7, 27, 2.8),
    (14, 30.5, 3.2), (21.5, 29.8, 3.6), (28, 25, 3.8), (31.8, 17, 3.8), (32.4, 8, 3.4),
    (31, -2, 2.8), (28, -11, 2.0), (23.5, -19, 1.2), (18, -25, 0.6),
]  # fmt: skip
HELIX_R = [1.5, 2.2, 2.6, 2.8, 3.0, 3.1, 3.1, 3.1, 3.1, 3.0, 2.9, 2.7, 2.5, 2.4, 2.6]
ANTIHELIX: list[Vec] = [
    (20, -15, 2.2), (23.3, -9, 3.6), (24.2, -1, 4.4), (22.5, 7, 4.6), (18.5, 14, 4.0),
    (15, 21, 2.6), (12.5, 25.5, 1.4),
]  # fmt: skip
LOWER_CRUS: list[Vec] = [(21.5, 9, 4.4), (16, 12, 3.4), (9.5, 13, 1.6), (4, 13, 0.5)]

_HELIX = drawn_out(HELIX, HELIX_R, 3)
_ANTIHELIX = drawn_out(ANTIHELIX, [2.4, 2.6, 2.8, 2.8, 2.4, 2.0, 1.4], 3)
_LOWER_CRUS = drawn_out(LOWER_CRUS, [2.5, 2.1, 1.7, 1.2], 2)


def ear_frame(ax: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
    """World points of one side in the ear's frame: s backward, t upward, n outward, mm."""
    px, py, pz = ax - ROOT[0], y - ROOT[1], z - ROOT[2]
    back = px * math.sin(FLARE) - pz * math.cos(FLARE)
    n = px * math.cos(FLARE) + pz * math.sin(FLARE)
    s = back * math.cos(LEAN) - py * math.sin(LEAN)
    return s, py * math.cos(LEAN) + back * math.sin(LEAN), n


def from_ear_frame(s: float, t: float, n: float) -> Vec:
    """World point (left side, x > 0) of a point given in the ear's frame."""
    back = s * math.cos(LEAN) + t * math.sin(LEAN)
    up = t * math.cos(LEAN) - s * math.sin(LEAN)
    return (
        ROOT[0] + back * math.sin(FLARE) + n * math.cos(FLARE),
        ROOT[1] + up,
        ROOT[2] - back * math.cos(FLARE) + n * math.sin(FLARE),
    )


def _plate(s: Array, t: Array, n: Array) -> Array:
    """The thin dished sheet inside the helix, closed towards the head behind the concha."""
    width = 16.2 + 0.10 * np.clip(t, -28, 28)
    e = np.sqrt(((s - 16.0) / width) ** 2 + ((t - 3.5) / 27.5) ** 2)
    dish = n + 0.4 - 2.2 * np.clip(e, 0, 1.2) ** 2
    sheet = smooth_max((e - 1) * 14.0, np.abs(dish) - 1.5, 2.0)
    bowl = ellipsoid(s, t, n, (12.5, -3.0, -5.0), (12.5, 14.5, 9.5))
    root = ellipsoid(s, t, n, (1.0, 2.0, -5.0), (7.0, 25.0, 7.0))
    return smooth_min(smooth_min(sheet, bowl, 4), root, 5)


def ear(ax: Array, y: Array, z: Array) -> Array:
    """Distance to the ear at points of one side (ax is the distance from the midline)."""
    s, t, n = ear_frame(ax, y, z)
    f = _plate(s, t, n)
    f = smooth_min(f, ellipsoid(s, t, n, (9.5, -25.0, 0.2), (8.6, 8.8, 3.6)), 4)
    fold = smooth_min(rod_chain(s, t, n, *_ANTIHELIX), rod_chain(s, t, n, *_LOWER_CRUS), 2)
    f = smooth_min(f, fold, 3.5)
    concha = ellipsoid(s, t, n, (13.2, -3.5, 4.0), (8.6, 10.5, 9.5))
    upper = ellipsoid(s, t, n, (11.5, 6.5, 3.0), (8.0, 3.8, 6.5))
    f = smooth_max(f, -smooth_min(concha, upper, 3), 2.5)
    f = smooth_min(f, rod_chain(s, t, n, *_HELIX), 1.8)
    antitragus = rod_chain(s, t, n, [(13, -17, 1.6), (20, -14.5, 2.6)], [2.8, 2.6])
    f = smooth_min(f, antitragus, 3)
    canal = ellipsoid(s, t, n, (6.0, -5.5, -3.0), (4.6, 4.6, 7.0))
    f = smooth_max(f, -canal, 2.0)
    tragus = ellipsoid(s + 0.15 * t, t, n, (1.3, -6.5, 1.6), (3.6, 7.4, 3.2))
    return smooth_min(f, tragus, 3)
