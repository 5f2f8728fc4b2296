"""Forehead millimetres on the head: by tape along the mid-line, then square off along the skin."""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.model.arrays import BoolArray, FloatArray
from studio.model.chart import Point
from studio.skin.head.chart import to_chart, to_direction
from studio.skin.head.surface import Surface
from studio.skin.head.tapenet import onto

if TYPE_CHECKING:
    from scipy.interpolate import RectBivariateSpline
    from scipy.spatial import cKDTree

STEP_MM = 4.0
"""Spacing of the net: a bicubic spline through it is within 0.01 mm of the tapes themselves."""

LOWEST, HIGHEST, WIDEST = -44.0, 180.0, 132.0
"""How far the net reaches below and above the start, and to either side, mm.

What squares off from the mid-line runs together above the ears: further out the frame folds."""

_ROUNDS = 12
_NUDGE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class FermiNet:
    """Chart points at whole steps of the frame, (rows up, columns across, 2)."""

    up: FloatArray
    across: FloatArray
    chart: FloatArray

    def to_chart(self, mm: FloatArray) -> FloatArray:
        """Chart points (n, 2) of places (n, 2) in mm; NaN beyond the net."""
        mm = np.asarray(mm, dtype=np.float64)
        result = self._read(mm)
        result[~self._within(mm)] = np.nan
        return result

    def to_mm(self, chart: FloatArray) -> FloatArray:
        """Places (n, 2) in mm of chart points (n, 2); NaN where the net does not reach."""
        chart = np.asarray(chart, dtype=np.float64)
        known = np.isfinite(chart).all(axis=1)
        result = np.full(chart.shape, np.nan)
        result[known] = self._inverse(chart[known])
        return result

    def _inverse(self, chart: FloatArray) -> FloatArray:
        """Newton's method from the nearest place of the net."""
        _, near = _tree(self).query(chart)
        mm = np.stack(
            [self.across[near % len(self.across)], self.up[near // len(self.across)]], axis=1
        )
        for _ in range(_ROUNDS):
            off = self._read(mm) - chart
            dx, dy = self._read(mm, dx=1), self._read(mm, dy=1)
            det = dx[:, 0] * dy[:, 1] - dx[:, 1] * dy[:, 0]
            det = np.where(np.abs(det) < 1e-9, 1e-9, det)
            step = np.stack(
                [
                    (off[:, 0] * dy[:, 1] - off[:, 1] * dy[:, 0]) / det,
                    (off[:, 1] * dx[:, 0] - off[:, 0] * dx[:, 1]) / det,
                ],
                axis=1,
            ).clip(-2 * STEP_MM, 2 * STEP_MM)
            mm = self._clipped(mm - step)
            if float(np.abs(step).max(initial=0.0)) < 1e-6:
                break
        astray = np.hypot(*(self._read(mm) - chart).T) > 1e-3
        mm[astray] = np.nan
        return mm

    def _read(self, mm: FloatArray, dx: int = 0, dy: int = 0) -> FloatArray:
        x, y = mm.T
        parts = [spline.ev(y, x, dx=dy, dy=dx) for spline in _splines(self)]
        result: FloatArray = np.stack(parts, axis=1)
        return result

    def _within(self, mm: FloatArray) -> BoolArray:
        x, y = mm.T
        inside: BoolArray = (np.abs(x) <= self.across[-1]) & (y >= self.up[0]) & (y <= self.up[-1])
        return inside

    def _clipped(self, mm: FloatArray) -> FloatArray:
        low, high = (self.across[0], self.up[0]), (self.across[-1], self.up[-1])
        clipped: FloatArray = mm.clip(low, high)
        return clipped


@lru_cache(maxsize=4)
def fermi_net(surface: Surface, start: Point, lean: float) -> FermiNet:
    """The frame that begins at a chart point; `lean` is the mid-line's, in degrees clockwise.

    The mid-line is straight on the chart; what squares off from it goes straight on along
    the skin, from place to place only turned by the push of the skin.
    """
    up = np.arange(LOWEST, HIGHEST + STEP_MM / 2, STEP_MM)
    side = np.arange(0.0, WIDEST + STEP_MM / 2, STEP_MM)
    middle, along = _mid_line(surface, start, lean, up)
    normal = surface.normals(_unit(middle))
    # seen from outside with the head upright, left of the client is normal x up
    left = _unit(np.cross(along, normal))
    arms = [_arm(surface, middle, sign * left, len(side)) for sign in (-1.0, 1.0)]
    places = np.concatenate([arms[0][:0:-1], arms[1]])
    chart = to_chart(_unit(places.reshape(-1, 3))).reshape(len(places), len(up), 2)
    across = np.concatenate([-side[:0:-1], side])
    return FermiNet(up, across, np.ascontiguousarray(chart.swapaxes(0, 1)))


def _mid_line(
    surface: Surface, start: Point, lean: float, up: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Places (n, 3) on the mid-line at heights `up` by tape, and its directions there."""
    turn = math.radians(lean)
    way = np.array([math.sin(turn), -math.cos(turn)])
    near = surface.points(to_direction(np.stack([start - _NUDGE * way, start + _NUDGE * way])))
    place = surface.points(to_direction(np.array([start])))
    ahead = _unit(near[1:] - near[:1])
    below, above = round(-up[0] / STEP_MM), round(up[-1] / STEP_MM)
    down, upwards = (
        _arm(surface, place, sign * ahead, count + 1)[:, 0]
        for sign, count in ((-1.0, below), (1.0, above))
    )
    course = np.concatenate([down[:0:-1], upwards])
    return course, _unit(np.gradient(course, axis=0))


def _arm(surface: Surface, middle: FloatArray, way: FloatArray, count: int) -> FloatArray:
    """Places (count, n, 3) at whole steps from the mid-line to one side."""
    places = [middle]
    for _ in range(count - 1):
        last = places[-1]
        moved = onto(surface, last + STEP_MM * way, surface.normals(_unit(last)))
        way = _unit(moved - last)
        places.append(moved)
    return np.stack(places)


@lru_cache(maxsize=4)
def _splines(net: FermiNet) -> tuple["RectBivariateSpline", ...]:
    from scipy.interpolate import RectBivariateSpline  # noqa: PLC0415

    return tuple(RectBivariateSpline(net.up, net.across, net.chart[:, :, axis]) for axis in (0, 1))


@lru_cache(maxsize=4)
def _tree(net: FermiNet) -> "cKDTree":
    from scipy.spatial import cKDTree  # noqa: PLC0415

    return cKDTree(net.chart.reshape(-1, 2))


def _unit(vectors: FloatArray) -> FloatArray:
    result: FloatArray = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return result
