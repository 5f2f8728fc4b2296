"""The whole mannequin as one signed-distance field: head, neck and bust, and the shirt on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import Akima1DInterpolator

from .ear import ear
from .face import add_face
from .solids import Array, Vec, capsule, ellipsoid, ramp, smooth_max, smooth_min

CENTRE_Y, CENTRE_Z = 20.0, -72.0
HALF_BREADTH, HALF_LENGTH, RISE = 77.0, 93.5, 85.0

# Horizontal sections of the face mass: height y, half breadth, front z, roundness exponent.
SECTIONS = np.array([
    (60, 56, -2, 2.4), (35, 62, 14, 2.5), (15, 64, 16.5, 2.5), (0, 65, 13.5, 2.5),
    (-15, 66, 11, 2.4), (-32, 66, 11.5, 2.35), (-50, 63, 13, 2.3), (-68, 58, 13.5, 2.2),
    (-85, 54, 12, 2.05),
    (-100, 46, 10, 1.95), (-115, 37, 7, 1.9), (-135, 30, 2, 1.9),
])  # fmt: skip
SECTION_Z = -58.0
TABLE_STEP = 0.25


def _table() -> tuple[float, Array]:
    order = SECTIONS[::-1]
    heights = np.arange(order[0, 0], order[-1, 0], TABLE_STEP)
    columns = Akima1DInterpolator(order[:, 0], order[:, 1:], method="makima")(heights)
    return float(heights[0]), np.ascontiguousarray(columns.T, dtype=np.float32)


_TABLE_Y, _TABLE = _table()


def _section(y: Array) -> tuple[Array, Array, Array]:
    at = np.clip((y - _TABLE_Y) / TABLE_STEP, 0, _TABLE.shape[1] - 1.001)
    i = at.astype(np.int32)
    w = (at - i).astype(at.dtype)
    a, b, c = (row[i] * (1 - w) + row[i + 1] * w for row in _TABLE)
    return a, b, c


def cranium(ax: Array, y: Array, z: Array) -> Array:
    """The egg of the braincase: breadth greatest behind the middle, forehead a little flat."""
    t = (z + 90) / 100
    half = HALF_BREADTH * (1 - 0.11 * np.maximum(t, 0) ** 2 - 0.06 * np.minimum(t, 0) ** 2)
    up = y - CENTRE_Y + 0.06 * (z - CENTRE_Z)
    flat = np.where(z > CENTRE_Z, np.float32(2.56), np.float32(2.42))
    across = np.maximum(ax / half, 1e-4)
    along = np.maximum(np.abs(z - CENTRE_Z) / HALF_LENGTH, 1e-4)
    ring = (across**flat + along**flat) ** (1 / flat)
    high = np.maximum(np.abs(up) / np.where(up > 0, np.float32(RISE), np.float32(84.0)), 1e-4)
    return np.asarray(((ring**2.04 + high**2.04) ** (1 / 2.04) - 1) * 79)


def _face_mass(ax: Array, y: Array, z: Array) -> Array:
    half, front, power = _section(y)
    deep = np.where(z > SECTION_Z, front - SECTION_Z, np.float32(44.0))
    across = np.maximum(ax / half, 1e-4)
    along = np.maximum(np.abs(z - SECTION_Z) / deep, 1e-4)
    side = ((across**power + along**power) ** (1 / power) - 1) * 50
    # the underside runs from the chin back and up to the angle of the jaw
    under = (-(y + 114.0) * 0.885 - (z - 6.0) * 0.465) + 0.0016 * ax * ax
    return smooth_max(smooth_max(side, under, 16), y - 50, 40)


def _neck(ax: Array, y: Array, z: Array) -> Array:
    f = capsule(ax, y, z, (0, -40, -86), (0, -200, -97), (56, 56))
    throat = capsule(ax, y, z, (0, -110, -62), (0, -215, -72), (27, 30))
    f = smooth_min(f, throat, 34)
    larynx = capsule(ax, y, z, (0, -143, -38), (0, -165, -40), (5, 5))
    f = smooth_min(f, larynx, 26)
    strap = capsule(ax, y, z, (58, -58, -94), (12, -222, -46), (9, 9))
    f = smooth_min(f, strap, 18)
    ends: tuple[Vec, Vec] = (15, -35, -132), (18, -190, -134)
    nape = smooth_min(capsule(ax, y, z, *ends, (18, 24)), capsule(-ax, y, z, *ends, (18, 24)), 26)
    return smooth_min(f, nape, 26)


def _bust(ax: Array, y: Array, z: Array) -> Array:
    ends: tuple[Vec, Vec] = (22, -132, -122), (150, -232, -112)
    slope = smooth_min(capsule(ax, y, z, *ends, (22, 40)), capsule(-ax, y, z, *ends, (22, 40)), 30)
    arm = capsule(ax, y, z, (158, -240, -110), (176, -420, -106), (50, 47))
    f = smooth_min(slope, arm, 30)
    chest = ellipsoid(ax, y, z, (0, -352, -96), (186, 150, 96))
    f = smooth_min(f, chest, 45)
    collarbone = capsule(ax, y, z, (16, -226, -42), (140, -212, -84), (6, 6))
    return smooth_min(f, collarbone, 14)


def skew(x: Array, y: Array, z: Array) -> Array:
    """Signed distance from the face's own, very slightly crooked midline, mm."""
    return np.asarray(x + 0.9 * np.sin(0.021 * y + 0.6) + 0.5 * np.sin(0.033 * z + 1.1))


def skin(x: Array, y: Array, z: Array) -> Array:
    """Signed distance (mm, first order) to the silicone: head, ears, neck and bust."""
    ax = np.sqrt(skew(x, y, z) ** 2 + 0.04)
    f = smooth_min(cranium(ax, y, z), _face_mass(ax, y, z), 16)
    occiput = ellipsoid(ax, y, z, (0, -2, -136), (46, 34, 29))
    f = smooth_min(f, occiput, 26)
    mastoid = ellipsoid(ax, y, z, (58, -46, -84), (11, 20, 15))
    f = smooth_min(f, mastoid, 14)
    f = smooth_min(f, _neck(ax, y, z), 20)
    low = np.flatnonzero(y < -60)
    f[low] = smooth_min(f[low], _bust(ax[low], y[low], z[low]), 26)
    f = _where_near(f, ax, y, z, "face")
    return _where_near(f, ax, y, z, "ear")


# box about a detail: low corner, high corner (one side of the head), with 10 mm to spare
_BOXES = {"face": ((-1, -150, -112), (96, 62, 72)), "ear": ((52, -80, -130), (112, 35, -35))}


def _where_near(f: Array, ax: Array, y: Array, z: Array, name: str) -> Array:
    """Add a detail inside its box; outside, keep the distance below the way to the box."""
    low, high = _BOXES[name]
    gap = [np.maximum(np.maximum(lo - p, p - hi), 0)
           for p, lo, hi in zip((ax, y, z), low, high, strict=True)]  # fmt: skip
    away = np.sqrt(gap[0] ** 2 + gap[1] ** 2 + gap[2] ** 2)
    out = np.minimum(f, away + 12)
    at = np.flatnonzero(away == 0)
    px, py, pz, pf = ax[at], y[at], z[at], f[at]
    out[at] = add_face(pf, px, py, pz) if name == "face" else smooth_min(pf, ear(px, py, pz), 3.5)
    return np.asarray(out)


def collar(ax: Array, y: Array, z: Array) -> Array:
    """Height in mm above the shirt's neckline (negative: covered by cloth)."""
    above = (y + 178) * 0.927 + (z + 95) * 0.375
    return np.asarray(above - 0.0052 * np.minimum(ax, 120) ** 2)


def shirt(x: Array, y: Array, z: Array) -> Array:
    """Signed distance to the dark crew-neck shirt, a cloth on the bust with a thicker band."""
    ax = np.sqrt(x * x + 0.04)
    edge = collar(ax, y, z)
    body = smooth_min(_neck(ax, y, z), _bust(ax, y, z), 32)
    folds = 1.2 * np.sin(0.05 * x + 0.035 * y + 1.5 * np.sin(0.03 * x)) * ramp(edge, -25, -70)
    cloth = body - 2.8 - 1.2 * ramp(edge, -19, -17) + folds
    return smooth_max(cloth, edge, 2.0)


def is_cloth(x: Array, y: Array, z: Array) -> NDArray[np.bool_]:
    """Which points of the surface are shirt."""
    out = np.zeros(len(x), bool)
    low = np.flatnonzero(y < -110)
    out[low] = shirt(x[low], y[low], z[low]) < skin(x[low], y[low], z[low])
    return out


def solid(x: Array, y: Array, z: Array) -> Array:
    """Signed distance to everything there is to photograph."""
    f = skin(x, y, z)
    low = np.flatnonzero(y < -110)
    f[low] = np.minimum(f[low], shirt(x[low], y[low], z[low]))
    return f
