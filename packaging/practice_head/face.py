"""The face: brow, closed eyes, nose, cheeks, lips and chin, laid over the head's base mass."""

from __future__ import annotations

import numpy as np

from .solids import Array, Vec, bump, capsule, ellipsoid, ramp, smooth_max, smooth_min

EYE: Vec = (31.5, -8.5, 3.0)
MOUTH_Y = -72.5
MOUTH_HALF = 24.5


def lash_line(ax: Array) -> Array:
    """Height y of the closed lids' meeting line at lateral distance ax from the midline."""
    e = (ax - 31.5) / 15.5
    return np.asarray(-8.6 + 0.9 * e - 3.9 * np.maximum(1 - e * e, 0))


def mouth_line(ax: Array) -> Array:
    """Height y of the line between the lips."""
    bow = 0.9 * bump(ax, 5.0) + 0.5 * bump(ax - 15, 6)
    return np.asarray(MOUTH_Y - bow + 0.5 * (ax / MOUTH_HALF) ** 4)


def lip_heights(ax: Array) -> tuple[Array, Array]:
    """Visible height in mm of the upper and the lower lip at lateral distance ax."""
    e = np.clip(ax / MOUTH_HALF, 0, 1)
    upper = 7.4 * (1 - e**1.7) ** 0.9 - 1.5 * bump(ax, 2.6)
    lower = 8.5 * np.maximum(1 - e**2.9, 0) ** 0.8
    return np.maximum(upper, 0.05), np.maximum(lower, 0.05)


def _eyes(f: Array, ax: Array, y: Array, z: Array) -> Array:
    f = smooth_max(f, -ellipsoid(ax, y, z, (32.5, -6.0, 27.5), (19.0, 13.0, 13.5)), 10)
    f = smooth_max(f, -ellipsoid(ax, y, z, (17.0, -5.0, 24.0), (6.0, 9.0, 9.0)), 7)
    upper = (y - lash_line(ax)) / 0.45
    lid = ellipsoid(ax, y, z, EYE, (16.8, 13.0, 13.0))
    lid = (
        lid
        - 0.4 / (1 + np.exp(-np.clip(upper * 2, -30, 30)))
        + 0.45 * ramp(np.abs(ax - 31.5), 16.5, 13.5) * bump(upper + 0.4, 1.2)
    )
    f = smooth_min(f, lid, 6.5)
    e = (ax - 32) / 17
    inside = ramp(np.abs(e), 1.05, 0.6)
    crease = y - (1.6 - 3.6 * e * e - 1.0 * e)
    f = f + inside * (0.5 * bump(crease, 1.3) - 0.5 * bump(crease - 4, 3))
    # the soft bag and its furrow under the lower lid
    under = y - (-20.5 - 2.5 * (1 - e * e))
    return f + 0.25 * ramp(np.abs(e + 0.25), 1.1, 0.3) * bump(under, 2.6)


def _nose(f: Array, ax: Array, y: Array, z: Array) -> Array:
    root = capsule(ax, y, z, (0.0, 6.0, 13.5), (0.0, -20.0, 23.0), (6.5, 6.3))
    ridge = capsule(ax, y, z, (0.0, -18.0, 22.6), (0.0, -39.0, 32.6), (5.9, 7.0))
    nose = smooth_min(root, ridge, 4)
    side = ellipsoid(ax, y, z, (6.0, -36.0, 19.0), (9.0, 17.0, 11.0))
    nose = smooth_min(nose, side, 6)
    tip = ellipsoid(ax, y, z, (2.8, -42.0, 31.6), (7.4, 7.2, 8.6))
    nose = smooth_min(nose, tip, 6)
    nose = smooth_min(nose, ellipsoid(-ax, y, z, (2.8, -42.0, 31.6), (7.4, 7.2, 8.6)), 5)
    nose = smooth_min(nose, ellipsoid(ax, y, z, (0.0, -41.0, 33.6), (7.0, 7.4, 8.2)), 4)
    f = smooth_min(f, nose, 9)
    ala = ellipsoid(ax, y, z, (11.8, -44.0, 22.0), (6.3, 7.2, 10.0))
    f = smooth_min(f, ala, 2.6)
    columella = capsule(ax, y, z, (0.0, -46.5, 35.0), (0.0, -50.5, 20.0), (3.1, 3.6))
    f = smooth_min(f, columella, 2.5)
    # nostril: a slanted hollow, wider behind
    u, w = (ax - 6.9) * 0.94 + (z - 27.0) * 0.34, (z - 27.0) * 0.94 - (ax - 6.9) * 0.34
    hollow = ellipsoid(u, y, w, (0.0, -48.6, 0.0), (3.0, 5.2, 5.2))
    return smooth_max(f, -hollow, 1.3)


def _mouth(ax: Array, y: Array) -> Array:
    """Height of the lips and the skin round them over the base, mm."""
    line = mouth_line(ax)
    up, low = lip_heights(ax)
    e = np.clip(ax / (MOUTH_HALF + 1), 0, 1)
    full = (1 - e**2.2) ** 0.9
    u, v = (y - line) / up, (line - y) / low
    lift = full * np.where(y > line, 2.4 * _swell(u, 0.42, 0.9), 2.7 * _swell(v, 0.45, 0.95))
    foot = np.where(y > line, ramp(u, 1.6, 0.8), ramp(v, 2.0, 0.7))
    corner = np.hypot(ax - 25.5, y - line)
    lift = lift * foot + 0.25 * full * bump(u - 1.06, 0.12)
    lift -= 0.9 * full**0.5 * bump(y - line, 0.8) + 0.7 * bump(corner, 3.6)
    groove = ramp(y, -51, -56) * ramp(y, -67.5, -63)
    return np.asarray(lift - groove * (0.7 * bump(ax, 2.6) - 0.3 * bump(ax - 5.2, 2.2)))


def _swell(u: Array, top: float, fall: float) -> Array:
    """Section of a lip over its height u: 0.25 at the mouth, 1 at top, 0 at top + fall."""
    inner = 1 - 0.75 * ((top - u) / top) ** 2
    return np.maximum(np.where(u < top, inner, 1 - ((u - top) / fall) ** 2), 0)


def _furrows(ax: Array, y: Array) -> Array:
    """Depth of the fold from nose to mouth corner and of the hollow over the chin, mm."""
    fold_x = 18.5 + (-44 - y) * 0.38
    fold = 0.4 * ramp(y, -40, -50) * ramp(y, -76, -62) * bump(ax - fold_x, 3.6)
    chin = 1.2 * ramp(ax, 22, 6) * bump(y + 87.5, 4.2)
    return fold + chin


def add_face(f: Array, ax: Array, y: Array, z: Array) -> Array:
    """The base mass f with a face on it; ax is the distance from the midline."""
    brow = capsule(ax, y, z, (9.0, 14.5, 14.5), (36.0, 18.5, 8.5), (8.0, 7.5))
    brow = smooth_min(brow, capsule(-ax, y, z, (9.0, 14.5, 14.5), (36.0, 18.5, 8.5), (8.0, 7.5)), 9)
    brow = smooth_min(brow, capsule(ax, y, z, (36.0, 18.5, 8.5), (52.0, 6.0, -13.0), (7.5, 6.0)), 4)
    f = smooth_min(f, brow, 12)
    cheek = ellipsoid(ax, y, z, (43.0, -30.0, -9.0), (20.0, 17.0, 20.0))
    f = smooth_min(f, cheek, 22)
    f = smooth_min(f, ellipsoid(ax, y, z, (33.0, -62.0, -15.0), (21.0, 24.0, 24.0)), 22)
    arch = capsule(ax, y, z, (52.0, -20.0, -16.0), (65.5, -20.0, -55.0), (5.5, 4.0))
    f = smooth_min(f, arch, 10)
    muzzle = ellipsoid(ax, y, z, (0.0, -68.0, -0.3), (28.0, 24.0, 21.5))
    f = smooth_min(f, muzzle, 20)
    jaw = capsule(ax, y, z, (47.0, -80.0, -48.0), (15.0, -104.0, -2.0), (7.5, 9.0))
    f = smooth_min(f, jaw, 24)
    chin = ellipsoid(ax, y, z, (0.0, -100.5, 1.2), (17.0, 14.0, 14.5))
    chin = smooth_min(chin, ellipsoid(ax, y, z, (7.0, -103.0, 2.0), (12.0, 9.0, 12.0)), 8)
    chin = smooth_min(chin, ellipsoid(-ax, y, z, (7.0, -103.0, 2.0), (12.0, 9.0, 12.0)), 8)
    f = smooth_min(f, chin, 18)
    f = _nose(_eyes(f, ax, y, z), ax, y, z)
    front = ramp(z, -20, 0)
    return f - front * (_mouth(ax, y) - _furrows(ax, y))
