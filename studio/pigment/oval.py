"""Dots seen aslant: foreshortened ellipses as a picture of optical density, sub-pixel true."""

import math
from dataclasses import dataclass, fields, replace

import numpy as np

from studio.model.arrays import Float32Array, IntArray
from studio.pigment.splat import SIGMA

REACH = 2.7
"""Standard deviations after which a dot ends; what lies beyond is shared out within."""
THINNEST = 0.3
"""Least variance in pixels with which a dot is drawn: a Gaussian taken at the middles of pixels
then hardly changes with where in a pixel it lies."""
RESOLVED = 2.1
"""Pixels the smaller width of a dot keeps when it is drawn on a coarser grid and enlarged."""
COARSEST = 5
"""Times the grid is made coarser by half at most."""
ENOUGH = (3, 4, 5, 6, 8, 10, 13, 16, 20, 25, 32, 40, 50, 63, 79, 100, 126, 159, 200, 252)
"""Pixels a dot may take across: those that take nearly as many are drawn together."""
MOST_OVER = 1.9
"""Times its own reach that a dot touches at most: 4 / 3 by the steps above, the root of 2 as
what is taken of it is a rhomboid round the ellipse."""
BANDS = 128
"""Bands of the picture in which dots are drawn one after the other."""
AT_A_TIME = 60_000
"""Pixels of dots worked out at a time, so that they stay in the cache."""
FEWEST = 120
"""Dots worked out at a time at least, as each step costs the same for a few."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ovals:
    """Dots (n,) on one grid, in its pixels: centres, absorption, variances and covariance."""

    x: Float32Array
    y: Float32Array
    mass: Float32Array
    xx: Float32Array
    xy: Float32Array
    yy: Float32Array

    def __len__(self) -> int:
        return len(self.x)

    def part(self, index: IntArray) -> "_Ovals":
        """Those with these indices."""
        return _Ovals(*(getattr(self, field.name).take(index) for field in fields(self)))

    def moved(self, right: int, down: int) -> "_Ovals":
        """Moved by whole pixels."""
        return replace(self, x=self.x + np.float32(right), y=self.y + np.float32(down))

    def scaled(self, by: float, added: float) -> "_Ovals":
        """On a grid of other pixels, wider by a variance there, and as wide as a pixel shows."""
        factor, squared = np.float32(by), np.float32(by * by)
        xx, yy = (v * squared + np.float32(added) for v in (self.xx, self.yy))
        shape = _no_thinner(xx, self.xy * squared, yy)
        return _Ovals(self.x * factor, self.y * factor, self.mass * squared, *shape)

    @property
    def spare(self) -> int:
        """Pixels round a dot's middle that it may touch."""
        largest = math.sqrt(max(float(self.xx.max()), float(self.yy.max())))
        return math.ceil(MOST_OVER * REACH * largest) + 3


def splat_ovals(
    xy: Float32Array, spread: Float32Array, peak: Float32Array, shape: tuple[int, int]
) -> Float32Array:
    """Optical density (base e), mean over each pixel of a picture of `shape` (h, w).

    `xy` (n, 2) are centres in pixels from the picture's corner, `peak` is (n,). `spread` (3, n)
    is a dot's shape in pixels squared: W W' for the matrix W that takes the unit circle to the
    ellipse of full width at half maximum, as xx, xy, yy. A dot holds its peak times its
    ellipse's area; one narrower than a pixel shows is drawn wider and as much paler.
    Densities add up, and what of a dot lies outside the picture is left out. Dots that are
    wide both ways are drawn on a grid 2, 4, 8 ... times as coarse and enlarged.
    """
    dots = _held(xy, spread * np.float32(SIGMA**2), peak, shape)
    if len(dots) == 0:
        return np.zeros(shape, dtype=np.float32)
    least = _least(dots.xx, dots.xy, dots.yy)
    fine = np.maximum(least, np.float32((RESOLVED * SIGMA) ** 2))
    level = np.log2(fine / np.float32((RESOLVED * SIGMA) ** 2)) / np.float32(2)
    halvings = np.minimum(level.astype(np.uint8), COARSEST)
    some = dots.part(np.flatnonzero(halvings == 0)) if halvings.any() else dots
    picture = _fine(some, shape)
    for number in (1 + np.flatnonzero(np.bincount(halvings)[1:])).tolist():
        _add_coarse(picture, dots.part(np.flatnonzero(halvings == number)), 1 << number)
    return picture


def _held(
    xy: Float32Array, covariance: Float32Array, peak: Float32Array, shape: tuple[int, int]
) -> _Ovals:
    """The dots that reach into the picture."""
    x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
    xx, across, yy = covariance
    determinant = np.maximum(xx * yy - across * across, 0)
    mass = np.sqrt(determinant)
    mass *= peak
    mass *= np.float32(2 * math.pi)
    dots = _Ovals(x, y, mass, xx, across, yy)
    far_x, far_y = (REACH * np.sqrt(v + np.float32(THINNEST)) + 1 for v in (xx, yy))
    near = (x > -far_x) & (x < shape[1] + far_x) & (y > -far_y) & (y < shape[0] + far_y)
    return dots if near.all() else dots.part(np.flatnonzero(near))


def _least(xx: Float32Array, xy: Float32Array, yy: Float32Array) -> Float32Array:
    """The variance along the smaller axis."""
    half = (xx - yy) * np.float32(0.5)
    least: Float32Array = (xx + yy) * np.float32(0.5) - np.sqrt(half * half + xy * xy)
    return least


def _fine(dots: _Ovals, shape: tuple[int, int]) -> Float32Array:
    """Dots drawn on pixels. A pixel's own extent adds 1/12 to a dot's variance."""
    if len(dots) == 0:
        return np.zeros(shape, dtype=np.float32)
    shown = dots.scaled(1, 1 / 12)
    beside = max(
        *(-float(v.min()) for v in (shown.x, shown.y)),
        *(float(v.max()) - side for v, side in ((shown.x, shape[1]), (shown.y, shape[0]))),
    )
    spare = shown.spare + math.ceil(max(beside, 0.0))
    drawn = np.zeros((shape[0] + 2 * spare, shape[1] + 2 * spare), dtype=np.float32)
    _draw(drawn, shown.moved(spare, spare))
    return drawn[spare : spare + shape[0], spare : spare + shape[1]]


def _add_coarse(picture: Float32Array, dots: _Ovals, coarse: int) -> None:
    """Add dots drawn on a grid `coarse` times as coarse and enlarged by linear interpolation.

    That adds 1/6 of the coarse pixels to their variance, beyond the extent of the fine ones.
    """
    import cv2  # noqa: PLC0415

    shown = dots.scaled(1 / coarse, -1 / 6)
    left, top = (math.floor(float(v.min())) - shown.spare for v in (shown.x, shown.y))
    right, bottom = (math.ceil(float(v.max())) + shown.spare for v in (shown.x, shown.y))
    drawn = np.zeros((bottom - top, right - left), dtype=np.float32)
    _draw(drawn, shown.moved(-left, -top))
    size = drawn.shape[1] * coarse, drawn.shape[0] * coarse
    large = np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_LINEAR), np.float32)
    left, top = left * coarse, top * coarse
    rows = slice(max(top, 0), min(top + len(large), picture.shape[0]))
    columns = slice(max(left, 0), min(left + size[0], picture.shape[1]))
    picture[rows, columns] += large[
        rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
    ]


def _no_thinner(
    xx: Float32Array, xy: Float32Array, yy: Float32Array
) -> tuple[Float32Array, Float32Array, Float32Array]:
    """Ellipses made as wide along their smaller axis as a pixel can show, and no longer."""
    half, middle = (xx - yy) * np.float32(0.5), (xx + yy) * np.float32(0.5)
    long = np.sqrt(half * half + xy * xy)
    wanted, wide = np.maximum(middle - long, THINNEST), np.maximum(middle + long, THINNEST)
    new_middle, new_long = (wide + wanted) * np.float32(0.5), (wide - wanted) * np.float32(0.5)
    turn = new_long / np.maximum(long, np.float32(1e-9))
    half *= turn
    return new_middle + half, xy * turn, new_middle - half


def _draw(picture: Float32Array, dots: _Ovals) -> None:
    """Add dots to a picture on whose pixels they lie, those of alike many rows and columns at once.

    From top to bottom, so that what is written lies close together in memory.
    """
    _, inner = _rows(dots)
    reach_x, reach_y = (np.sqrt(v) * np.float32(2 * REACH) for v in (inner, dots.yy))
    steps = np.array(ENOUGH[:-1], dtype=np.float32)
    kind = np.searchsorted(steps, reach_x) * len(ENOUGH) + np.searchsorted(steps, reach_y)
    band = np.minimum(dots.y * np.float32(BANDS / len(picture)), BANDS - 1).astype(np.int64)
    order = np.argsort((kind * BANDS + band).astype(np.uint16), kind="stable")
    counts = np.bincount(kind)
    ends = np.cumsum(counts)
    for number in np.flatnonzero(counts).tolist():
        taken = ENOUGH[number // len(ENOUGH)], ENOUGH[number % len(ENOUGH)]
        end = int(ends[number])
        most = max(FEWEST, AT_A_TIME // (taken[0] * taken[1]))
        for start in range(end - int(counts[number]), end, most):
            _draw_alike(picture, dots.part(order[start : min(start + most, end)]), taken)


def _draw_alike(picture: Float32Array, dots: _Ovals, taken: tuple[int, int]) -> None:
    """Add dots of which each takes so many columns and rows, as a rhomboid that leans with it."""
    lean, inner = _rows(dots)
    x, y = dots.x - np.float32(0.5), dots.y - np.float32(0.5)
    top = np.ceil(y - np.float32(taken[1] / 2))
    rows = np.arange(taken[1])[:, None]
    down = (top - y) + rows.astype(np.float32)
    middle = x + lean * down
    left = np.ceil(middle - np.float32(taken[0] / 2))
    pixel = left.astype(np.int64) + (top.astype(np.int64) + rows) * picture.shape[1]
    middle -= left
    down *= down
    down *= np.float32(-0.5) / dots.yy
    sharp = np.sqrt(np.float32(0.5) / inner)
    columns = np.arange(taken[0], dtype=np.float32)[:, None]
    share = (columns * sharp)[:, None] - middle * sharp
    share *= share
    np.subtract(down, share, out=share)
    np.exp(share, out=share)
    share *= dots.mass / share.sum(axis=(0, 1))
    flat, places = picture.reshape(-1), pixel.reshape(-1)
    for column, values in enumerate(share):
        # unlike flat[places] += values it counts all dots on a pixel
        np.add.at(flat[column:], places, values.reshape(-1))


def _rows(dots: _Ovals) -> tuple[Float32Array, Float32Array]:
    """Every row of a Gaussian is one in x: how far its middle moves by a row, its variance."""
    lean = dots.xy / dots.yy
    return lean, dots.xx - lean * dots.xy
