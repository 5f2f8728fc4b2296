"""How the edge of the dots strays about its curve: waves of a given length and height.

A wave is a row of crests and valleys along the line, counted outwards from the mid-point on
each side, so that a change on one side leaves the other as it was and a change further out
leaves what lies further in. Crests stand at every wavelength but for a jitter that does not
add up: the wavelength stays what was asked for however long the line is. Between crest and
valley the edge runs as a half cosine, so the height from peak to valley is that of the knots.
"""

import math
from functools import lru_cache

import numpy as np
import shapely

from studio.model.arrays import FloatArray
from studio.model.hairline import Fringe

JITTER = 0.12
"""How far a crest stands off its place, as a share of the wavelength, at most."""

SWAY = 0.32
"""How far the height of a wave differs from the mean, at most. Two waves that follow each
other differ by the same amount both ways, so that the mean height is the one asked for."""

STIFF = 0.6
"""The edge strays at most by this share of the radius of its curve's bend: it never folds."""

FINEST = 0.3
PER_WAVE = 10
"""Points of the edge for each wave, and their least spacing in mm."""

_SHARED, _LEFT, _RIGHT = 1, 2, 3
_MACRO, _MICRO = 1, 2
_TURNS = 20
_SMOOTH_MM = 1.5


def spacing(fringe: Fringe) -> float:
    """How close in mm the points of an edge must lie to show its waves."""
    waves = [
        length
        for length, height in (
            (fringe.macro_wave, fringe.macro),
            (fringe.micro_wave, fringe.micro),
        )
        if height > 0
    ]
    return max(FINEST, min(waves, default=12.0) / PER_WAVE)


def strays(along: FloatArray, fringe: Fringe) -> FloatArray:
    """How far the edge lies ahead of its curve in mm, (n,), at `along` mm from the mid-point.

    `along` grows towards the client's left and is below zero on the right.
    """
    ahead = np.zeros(len(along))
    for kind, length, height in (
        (_MACRO, fringe.macro_wave, fringe.macro),
        (_MICRO, fringe.micro_wave, fringe.micro),
    ):
        if height <= 0 or length <= 0:
            continue
        # where the sides part need not be the very mid-point
        off = fringe.decorrelation * _drawn(fringe.seed, kind, _SHARED, 1)[0, 0] / 2
        at = along / length - off
        for stream, side in ((_LEFT, at >= 0), (_RIGHT, at < 0)):
            if side.any():
                ahead[side] += height / 2 * _wave(np.abs(at[side]), fringe, kind, stream)
    return ahead


def held(ahead: FloatArray, bend: FloatArray) -> FloatArray:
    """`ahead` (n,) kept so small that the edge of a curve with this bend (1/mm) cannot fold."""
    most = STIFF / np.maximum(bend, 1e-9)
    result: FloatArray = np.clip(ahead, -most, most)
    return result


def edge(line: FloatArray, fringe: Fringe, middle: float | None = None) -> FloatArray:
    """The edge of a polyline (n, 2) in mm, (m, 2); it never crosses itself.

    The hair is on the left of travel with y up. `middle` is how far along the line its
    mid-point lies, half-way without it.
    """
    even, along = evenly(line, spacing(fringe))
    at = along - (along[-1] / 2 if middle is None else middle)
    normal, bend = normals(even), bends(even, along)
    ahead = held(strays(at, fringe), bend)
    for _ in range(_TURNS):
        found: FloatArray = even - ahead[:, None] * normal
        if shapely.LineString(found).is_simple or not ahead.any():
            return found
        ahead = ahead * 0.7
    return even


def evenly(line: FloatArray, step: float) -> tuple[FloatArray, FloatArray]:
    """A polyline (n, 2) at equal steps of about `step`, ends kept, and the way along it (m,)."""
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    along = np.linspace(0.0, way[-1], max(3, math.ceil(way[-1] / step) + 1))
    even = np.stack([np.interp(along, way, line[:, axis]) for axis in (0, 1)], axis=1)
    return even, along


def normals(line: FloatArray) -> FloatArray:
    """Unit vectors (n, 2) to the left of a polyline (n, 2), y up."""
    tangent = np.gradient(line, axis=0)
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-12)[:, None]
    return np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)


def bends(line: FloatArray, along: FloatArray) -> FloatArray:
    """Curvature (n,) in 1/mm of a polyline at even steps, whichever way it turns."""
    tangent = np.gradient(line, axis=0)
    heading = np.unwrap(np.arctan2(tangent[:, 1], tangent[:, 0]))
    return smoothed(np.gradient(heading, along), along)


def smoothed(values: FloatArray, along: FloatArray) -> FloatArray:
    """The largest size of values nearby: a bend counts a little beyond itself, (n,)."""
    reach = max(1, round(_SMOOTH_MM / max(float(along[1] - along[0]), 1e-9)))
    padded = np.pad(np.abs(values), reach, mode="edge")
    result: FloatArray = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    return result


def _wave(at: FloatArray, fringe: Fringe, kind: int, stream: int) -> FloatArray:
    """One side's wave at so many wavelengths from the mid-point: about -1 to 1."""
    count = math.ceil(float(at.max()) * 2) + 4
    shared = _drawn(fringe.seed, kind, _SHARED, count)
    own = _drawn(fringe.seed, kind, stream, count)
    chance = shared + fringe.decorrelation * (own - shared)
    # the mid-point itself belongs to both sides
    chance[0] = shared[0]
    knots = np.arange(count) / 2 + JITTER * chance[:, 0]
    knots[0] = 0.0
    # the first half wave is as long as chance will have it: so the sides fall out of step
    knots[1:] += 0.2 * chance[1, 2]
    sign = 1.0 if _drawn(fringe.seed, kind, _SHARED, 1)[0, 2] > 0 else -1.0
    every = np.arange(count)
    # two knots higher, two lower by as much
    sway = SWAY * np.repeat(chance[::4, 1], 4)[:count] * np.where(every % 4 < 2, 1.0, -1.0)
    value = sign * (1.0 + sway) * (1.0 - 2.0 * (every % 2))
    after = np.clip(np.searchsorted(knots, at, side="right"), 1, count - 1)
    share = (at - knots[after - 1]) / (knots[after] - knots[after - 1])
    blend = (1 - np.cos(np.pi * np.clip(share, 0.0, 1.0))) / 2
    result: FloatArray = value[after - 1] + blend * (value[after] - value[after - 1])
    return result


@lru_cache(maxsize=64)
def _drawn(seed: int, kind: int, stream: int, count: int) -> FloatArray:
    """Chance (count, 3) in -1 to 1; more of it begins with the same."""
    drawn = np.random.default_rng([seed, kind, stream]).uniform(-1.0, 1.0, (count, 3))
    drawn.flags.writeable = False
    return drawn
