"""The head's surface: the logarithm of its radius in spherical harmonics."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import BoolArray, Float32Array, FloatArray
from studio.skin.head.harmonics import (
    DEGREE,
    gradients,
    harmonics,
    series,
    series_gradient,
    terms,
)
from studio.skin.head.prior import sphere

MANY = 20_000
"""Directions at once from which on making the table pays."""


SURE, SCANNED = 2.0, 41
"""Mean radii to both sides of a ray's middle within which it enters a head, and the places
tried there: one each 9 mm."""

_ROUNDS, _MET = 12, 1e-6


@dataclass(frozen=True, eq=False)
class Surface:
    """|x| = exp(sum of coefficients times harmonics of x / |x|), in mm.

    Head frame: X forward, Y to the subject's left, Z up, origin 45 mm above and 15 mm
    behind the middle between the tragi. `coefficients` is (81,). Arrays of points and of
    unit vectors are (n, 3). Values are exact except those of `hit` and `table`.
    """

    coefficients: FloatArray

    def log_radius(self, u: FloatArray) -> FloatArray:
        """Logarithm of the radius in mm in directions u, (n,)."""
        return series(u, self.coefficients)

    def gradient(self, u: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Logarithm of the radius (n,) and its gradient along the unit sphere (n, 3)."""
        return series_gradient(u, self.coefficients)

    def points(self, u: FloatArray) -> FloatArray:
        """The surface in directions u, mm."""
        result: FloatArray = u * np.exp(self.log_radius(u))[:, None]
        return result

    def normals(self, u: FloatArray) -> FloatArray:
        """Outward unit normals in directions u."""
        raw = u - self.gradient(u)[1]
        result: FloatArray = raw / np.linalg.norm(raw, axis=1, keepdims=True)
        return result

    def area_density(self, u: FloatArray) -> FloatArray:
        """Skin in mm2 per steradian in directions u: r^2 sqrt(1 + |grad log r|^2)."""
        value, slope = self.gradient(u)
        result: FloatArray = np.exp(2 * value) * np.sqrt(1 + (slope**2).sum(axis=1))
        return result

    def implicit(self, x: FloatArray) -> FloatArray:
        """log |x| minus the logarithm of the radius there: above zero outside."""
        r = np.linalg.norm(x, axis=1)
        result: FloatArray = np.log(r) - self.log_radius(x / r[:, None])
        return result

    def distance(self, x: FloatArray) -> FloatArray:
        """Distance from the surface in mm to first order, above zero outside."""
        r = np.linalg.norm(x, axis=1)
        value, slope = self.gradient(x / r[:, None])
        result: FloatArray = (np.log(r) - value) * r / np.sqrt(1 + (slope**2).sum(axis=1))
        return result

    def scaled(self, factor: float) -> "Surface":
        """The same shape `factor` times as large."""
        coefficients = self.coefficients.copy()
        coefficients[0] += math.log(factor)
        return Surface(coefficients)

    @cached_property
    def table(self) -> "Table":
        """Radius and slope tabulated, for many points at once."""
        return Table(self.coefficients)

    def hit(self, origin: FloatArray, directions: FloatArray) -> tuple[FloatArray, BoolArray]:
        """Where rays from outside first meet the surface: origin + t direction.

        Shapes (3,), (n, 3); t is (n,), NaN where the mask (n,) is False: the ray misses.
        Many rays are read off the table: within 0.02 mm.
        """
        lowest, low = self.nearest(origin, directions)
        inside = low < 0
        t = np.full(len(directions), np.nan)
        if inside.any():
            t[inside] = self._enter(origin, directions[inside], lowest[inside])
        return t, inside

    def depth(self, origin: FloatArray, direction: FloatArray) -> float | None:
        """`hit` of one ray (3,), exact, several times as fast; None where it misses."""
        squared, reach = float(direction @ direction), SURE * math.exp(float(self.coefficients[0]))
        tries = np.linspace(-reach, reach, SCANNED) / math.sqrt(squared)
        tries -= float(origin @ direction) / squared
        values = self._along(origin, direction[None], tries[None])[0]
        last = int((values < 0).argmax())
        # where it comes near and leaves again before, it may enter between two places
        if last > 0 and not (np.diff(values[: last + 1]) > 0).any():
            found = self._entered(origin, direction, tries[last - 1 : last + 1])
            if found is not None:
                return found
        t, seen = self.hit(origin, direction[None])
        return float(t[0]) if seen[0] else None

    def _entered(
        self, origin: FloatArray, direction: FloatArray, between: FloatArray
    ) -> float | None:
        """Newton between two t, outside and inside; None where it leaps out of them."""
        low, high = float(between[0]), float(between[1])
        t = low
        for _ in range(_ROUNDS):
            point = origin + t * direction
            r = float(np.linalg.norm(point))
            u = point / r
            radius, slope = self.gradient(u[None])
            step = (math.log(r) - float(radius[0])) * r / float((u - slope[0]) @ direction)
            t -= step
            if not low - _MET <= t <= high + _MET:
                return None
            if abs(step) < _MET:
                return t
        return None

    def nearest(self, origin: FloatArray, directions: FloatArray) -> tuple[FloatArray, FloatArray]:
        """t where the implicit function along each ray is least, and its value there."""
        squared = (directions**2).sum(axis=1)
        t = -(directions @ origin) / squared
        step = self._bounding / np.sqrt(squared)
        # Newton strays where the nape is hollow: two narrowing scans, then a parabola
        offsets = np.linspace(-1, 1, 9)
        for _ in range(2):
            tries = t[:, None] + offsets * step[:, None]
            values = self._along(origin, directions, tries)
            t = tries[np.arange(len(t)), values.argmin(axis=1)]
            step = step / 4
        tries = t[:, None] + offsets[3:6] * step[:, None]
        left, middle, right = self._along(origin, directions, tries).T
        bend = np.maximum(left - 2 * middle + right, 1e-12)
        shift = np.clip((left - right) / (2 * bend), -1, 1)
        t = t + shift * step / 4
        return t, self._along(origin, directions, t[:, None])[:, 0]

    @cached_property
    def _bounding(self) -> float:
        """A radius in mm that holds the whole surface."""
        return float(np.exp(self.log_radius(sphere(600)).max()) * 1.03)

    def _read(self, u: FloatArray) -> tuple[FloatArray, FloatArray]:
        """`gradient`, off the table where that is there already or pays to be made."""
        if len(u) > MANY or "table" in self.__dict__:
            return self.table.sample(u)
        return self.gradient(u)

    def _along(self, origin: FloatArray, directions: FloatArray, t: FloatArray) -> FloatArray:
        points = (origin + t[:, :, None] * directions[:, None, :]).reshape(-1, 3)
        r = np.maximum(np.linalg.norm(points, axis=1), 1e-3)
        values: FloatArray = np.log(r) - self._read(points / r[:, None])[0]
        return values.reshape(t.shape)

    def _enter(self, origin: FloatArray, directions: FloatArray, inner: FloatArray) -> FloatArray:
        """Newton from the bounding sphere inwards, kept between outside and `inner`."""
        along, squared = directions @ origin, (directions**2).sum(axis=1)
        gap = float(origin @ origin) - self._bounding**2
        outer = (-along - np.sqrt(np.maximum(along**2 - squared * gap, 0))) / squared
        low, high = np.minimum(outer, inner), inner.copy()
        t: FloatArray = low.copy()
        for _ in range(12):
            points = origin + t[:, None] * directions
            r = np.linalg.norm(points, axis=1)
            u = points / r[:, None]
            radius, slope = self._read(u)
            value = np.log(r) - radius
            low, high = np.where(value > 0, t, low), np.where(value > 0, high, t)
            rate = ((u - slope) * directions).sum(axis=1) / r
            following = t - value / np.where(rate < 0, rate, -1e-12)
            stray = (following < low) | (following > high)
            following = np.where(stray, (low + high) / 2, following)
            done = np.abs(following - t).max(initial=0.0) < 1e-4
            t = following
            if done:
                break
        return t


class Table:
    """Logarithm of the radius and its gradient on 1024 x 512 angles, read bilinearly.

    Within 0.01 mm of the exact surface. Every ring round the axis is a short Fourier series.
    """

    WIDTH, HEIGHT = 1024, 512

    def __init__(self, coefficients: FloatArray) -> None:
        polar: FloatArray = (np.arange(self.HEIGHT, dtype=np.float64) + 0.5) * (
            math.pi / self.HEIGHT
        )
        azimuth = np.arange(self.WIDTH + 1) * (2 * math.pi / self.WIDTH) - math.pi
        value, down, east = _rings(coefficients, polar, self.WIDTH)
        cos, sin = np.cos(azimuth).astype(np.float32), np.sin(azimuth).astype(np.float32)
        flat = down * np.cos(polar)[:, None].astype(np.float32)
        self._cells = np.empty((self.HEIGHT, self.WIDTH + 1, 4), np.float32)
        self._cells[:, :, 0] = value
        self._cells[:, :, 1] = flat * cos - east * sin
        self._cells[:, :, 2] = flat * sin + east * cos
        self._cells[:, :, 3] = down * -np.sin(polar)[:, None].astype(np.float32)

    def sample(self, u: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Logarithm of the radius (n,) and its gradient (n, 3) in directions u (n, 3)."""
        import cv2  # noqa: PLC0415

        polar = np.arctan2(np.hypot(u[:, 0], u[:, 1]), u[:, 2])
        columns = (np.arctan2(u[:, 1], u[:, 0]) + math.pi) * (self.WIDTH / (2 * math.pi))
        rows = polar * (self.HEIGHT / math.pi) - 0.5
        # the remapping takes pictures of at most 32,767 pixels a side
        side = 8192
        count = -(-len(u) // side) * side if len(u) > side else len(u)
        where = np.zeros((2, count), np.float32)
        where[0, : len(u)], where[1, : len(u)] = columns, rows
        shape = (-1, min(side, count)) if count else (0, 0)
        if not count:
            return np.empty(0), np.empty((0, 3))
        found: Float32Array = np.asarray(
            cv2.remap(
                self._cells,
                where[0].reshape(shape),
                where[1].reshape(shape),
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            ),
            np.float32,
        ).reshape(-1, 4)[: len(u)]
        return found[:, 0].astype(np.float64), found[:, 1:].astype(np.float64)


def _rings(
    coefficients: FloatArray, polar: FloatArray, width: int
) -> tuple[Float32Array, Float32Array, Float32Array]:
    """Value, derivative by the polar angle, and by the azimuth over its sine.

    (len(polar), width + 1) each: the azimuth runs from -pi to pi. On a ring a surface is a
    Fourier series of as many terms as the degree.
    """
    nothing = np.zeros_like(polar)
    meridian = np.stack([np.sin(polar), nothing, np.cos(polar)], axis=1)
    down = np.stack([np.cos(polar), nothing, -np.sin(polar)], axis=1)
    n, m = terms(DEGREE).T
    # on the meridian y = 0 a cosine term is its own amplitude, and that of its sine twin
    twin = n * n + n + np.abs(m)
    size = harmonics(meridian)[:, twin] * coefficients
    fall = np.einsum("nkj,nj->nk", gradients(meridian), down)[:, twin] * coefficients
    value, slope = _spectrum(size), _spectrum(fall)
    east = 1j * np.arange(DEGREE + 1) * value / np.sin(polar)[:, None]
    return _unrolled(value, width), _unrolled(slope, width), _unrolled(east, width)


def _spectrum(amplitudes: FloatArray) -> NDArray[np.complex128]:
    """Fourier terms of every ring from azimuth -pi, (rings, degree + 1)."""
    result = np.zeros((len(amplitudes), DEGREE + 1), np.complex128)
    for column, m in enumerate(terms(DEGREE)[:, 1]):
        half = 1.0 if m == 0 else 0.5 if m > 0 else -0.5j
        result[:, abs(m)] += amplitudes[:, column] * (half * (-1) ** abs(m))
    return result


def _unrolled(spectrum: NDArray[np.complex128], width: int) -> Float32Array:
    ring = np.fft.irfft(spectrum, width, norm="forward").astype(np.float32)
    return np.concatenate([ring, ring[:, :1]], axis=1)
