"""Named places on the mannequin, found on its surface."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from .ear import ear, from_ear_frame
from .face import EYE, MOUTH_HALF, lash_line, mouth_line
from .shape import CENTRE_Y, CENTRE_Z, skew, solid
from .solids import Array, Field

Points = NDArray[np.float64]
TRICHION_ARC = 65.0
"""Height of the natural hairline over the glabella, mm along the skin."""


def cast(start: Points, ray: Points, length: float, field: Field = solid) -> Points:
    """First point where a ray from outside enters the mannequin, within length mm."""
    t = np.linspace(0, length, int(length * 4))
    at = start[:, None] + ray[:, None] * t
    inside = np.flatnonzero(field(*at) < 0)
    if not inside.size or inside[0] == 0:
        msg = f"no surface on the ray from {start} along {ray}"
        raise ValueError(msg)
    i = int(inside[0])

    def value(s: float) -> float:
        return float(field(*(start + ray * s)[:, None])[0])

    return np.asarray(start + ray * brentq(value, t[i - 1], t[i], xtol=1e-5))


def midline_x(y: float, z: float) -> float:
    """Where the face's crooked midline lies, mm."""
    return -float(skew(np.array([0.0]), np.array([y]), np.array([z]))[0])


def front_point(side: float, y: float) -> Points:
    """Point of the face seen from ahead at `side` mm to the left of its midline and height y."""
    p = np.array([side, y, 20.0])
    for _ in range(3):
        start = np.array([side + midline_x(y, float(p[2])), y, 90.0])
        p = cast(start, np.array([0.0, 0.0, -1.0]), 160)
    return p


def _extreme(
    centre: Points, ray: Points, spread: tuple[Points, Points], field: Field = solid
) -> Points:
    """Of points cast along ray from a plane patch, the one that meets the surface first."""
    best, a0, b0, size = centre, 0.0, 0.0, 1.0
    for _ in range(5):
        tries = []
        for a in np.linspace(-size, size, 7) + a0:
            for b in np.linspace(-size, size, 7) + b0:
                try:
                    p = cast(centre + a * spread[0] + b * spread[1], ray, 130, field)
                except ValueError:
                    continue
                tries.append((float(p @ ray), a, b, p))
        _, a0, b0, best = min(tries, key=lambda item: item[0])
        size *= 0.4
    return best


def _profile() -> Points:
    """The midline of the face and forehead, from upper lip to crown, every 0.25 mm."""
    face = [front_point(0.0, y) for y in np.arange(-64.0, 60.0, 0.25)]
    crown = []
    for degrees in np.arange(30.0, 80.0, 0.15):
        a = math.radians(degrees)
        out = np.array([0.0, math.sin(a), math.cos(a)])
        start = np.array([midline_x(80.0, 0.0), CENTRE_Y, CENTRE_Z]) + 160 * out
        crown.append(cast(start, -out, 120))
    return np.array(face + [p for p in crown if p[1] > 60.0])


def landmarks() -> dict[str, Points]:
    """World points (mm) of the named places on the mannequin."""
    line = _profile()
    y = line[:, 1]
    tip = line[np.argmax(np.where(y < 0, line[:, 2], -np.inf))]
    root = np.flatnonzero((y > -12) & (y < 12))
    nasion = line[root[np.argmin(line[root, 2])]]
    glabella = front_point(0.0, 15.0)
    lip = np.flatnonzero((y > -62) & (y < tip[1] - 3))
    chord = (line[lip[0]] - tip) / np.linalg.norm(line[lip[0]] - tip)
    away = np.cross(line[lip] - tip, chord)[:, 0]
    subnasale = line[lip[np.argmax(np.abs(away))]]
    above = line[y >= glabella[1]]
    arc = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(above, axis=0), axis=1))])
    trichion = np.array([np.interp(TRICHION_ARC, arc, above[:, k]) for k in range(3)])
    ex, ey, ez = np.eye(3)
    out = {
        "glabella": glabella, "nasion": nasion, "pronasale": tip, "subnasale": subnasale,
        "trichion": trichion,
        "menton": _extreme(np.array([midline_x(-115, 5), -180, 6]), ey, (ez * 14, ex * 0)),
        "vertex": _extreme(np.array([midline_x(100, -75), 170, -75]), -ey, (ez * 40, ex * 0)),
        "opisthocranion": _extreme(
            np.array([midline_x(10, -170), 10, -230]), ez, (ey * 40, ex * 0)
        ),
    }  # fmt: skip
    for name, side in (("R", -1.0), ("L", 1.0)):
        out |= {f"{key}_{name}": p for key, p in _paired(side).items()}
    return out


def _ears(x: Array, y: Array, z: Array) -> Array:
    return ear(np.abs(skew(x, y, z)), y, z)


def _paired(side: float) -> dict[str, Points]:
    def lid(ax: float) -> Points:
        return front_point(side * ax, float(lash_line(np.array([ax]))[0]))

    def on_ear(s: float, t: float) -> Points:
        base, top = np.array(from_ear_frame(s, t, 0.0)), np.array(from_ear_frame(s, t, 30.0))
        ray = (base - top) / 30.0
        flip = np.array([side, 1.0, 1.0])
        shift = np.array([midline_x(base[1], base[2]), 0.0, 0.0])
        return cast(top * flip + shift, ray * flip, 60)

    ex, ey, ez = np.eye(3)
    top = np.array(from_ear_frame(16.0, 30.0, 0.0)) * (side, 1, 1)
    lobe = np.array(from_ear_frame(9.0, -30.0, 0.0)) * (side, 1, 1)
    return {
        "pupil": front_point(side * EYE[0], EYE[1]),
        "exocanthion": lid(46.0),
        "endocanthion": lid(16.6),
        "cheilion": front_point(side * MOUTH_HALF, float(mouth_line(np.array([MOUTH_HALF]))[0])),
        "tragus": on_ear(2.6, -7.0),
        "superaurale": _extreme(top + 40 * ey, -ey, (ex * 7, ez * 12), _ears),
        "subaurale": _extreme(lobe - 25 * ey, ey, (ex * 5, ez * 8), _ears),
        "euryon": _extreme(np.array([side * 140.0, 42.0, -92.0]), -side * ex, (ey * 22, ez * 25)),
    }
