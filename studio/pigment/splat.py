"""Dots as a picture of optical density: sub-pixel true, the same total at any zoom."""

import math
from collections.abc import Sequence

import numpy as np

from studio.model.arrays import Float32Array, IntArray

SIGMA = 1 / math.sqrt(8 * math.log(2))
"""Standard deviation of a Gaussian over its full width at half maximum."""
BODY = math.pi / (4 * math.log(2))
"""Integral of a round Gaussian over peak times width squared."""
REACH = 3.5
"""Standard deviations after which a dot ends; 0.2 % of its absorption lies beyond."""
ALIKE = 0.5
"""Standard deviation of widths in pixels up to which all dots are drawn as wide as the mean."""
COARSE = 4.0
"""Pixels a dot's width keeps when it is drawn on a coarser grid and enlarged."""
CROWDED = 0.25
"""Dots per pixel from which most pixels take several."""


def splat(
    xy: Float32Array,
    fwhm: float | Float32Array,
    peak: float | Float32Array,
    shape: tuple[int, int],
) -> Float32Array:
    """Optical density (base e), mean over each pixel of a picture of `shape` (h, w).

    `xy` (n, 2) are centres in pixels from the picture's corner; `fwhm` in pixels and `peak`
    are numbers or (n,). Densities of overlapping dots add up, that is, light multiplies.
    What of a dot lies outside the picture is left out. Large dots are drawn on a grid 2, 4,
    8 ... times as coarse and enlarged, so the cost hardly depends on zoom.
    """
    x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
    width = np.broadcast_to(np.asarray(fwhm, dtype=np.float32), len(xy))
    strength = np.broadcast_to(np.asarray(peak, dtype=np.float32), len(xy))
    reach = REACH * SIGMA * float(width.max(initial=0.0)) + 1.0
    near = (x > -reach) & (x < shape[1] + reach) & (y > -reach) & (y < shape[0] + reach)
    if not near.all():
        x, y, width, strength = x[near], y[near], width[near], strength[near]
    if len(x) == 0:
        return np.zeros(shape, dtype=np.float32)
    mass = strength * width * width * np.float32(BODY)
    coarse = 1 << max(0, math.floor(math.log2(max(float(width.mean()) / COARSE, 1.0))))
    spare = math.ceil(reach / coarse) + 3
    left, top = (math.floor(float(v.min()) / coarse) - spare for v in (x, y))
    right, bottom = (math.ceil(float(v.max()) / coarse) + spare for v in (x, y))
    if 2 * (right - left) * (bottom - top) * coarse**2 > shape[0] * shape[1]:
        left, top = min(left, -spare), min(top, -spare)
        right, bottom = (
            max(a, b // coarse + spare + 1) for a, b in ((right, shape[1]), (bottom, shape[0]))
        )
    x, y = x / np.float32(coarse) - np.float32(left), y / np.float32(coarse) - np.float32(top)
    drawn = _drawn(x, y, width / np.float32(coarse), mass, (bottom - top, right - left), coarse)
    return _framed(drawn, (left * coarse, top * coarse), shape)


def _framed(patch: Float32Array, corner: tuple[int, int], shape: tuple[int, int]) -> Float32Array:
    """The picture of which a patch with its corner at x, y is a part, or that is part of it."""
    x0, y0 = max(corner[0], 0), max(corner[1], 0)
    x1 = min(corner[0] + patch.shape[1], shape[1])
    y1 = min(corner[1] + patch.shape[0], shape[0])
    held = patch[y0 - corner[1] : y1 - corner[1], x0 - corner[0] : x1 - corner[0]]
    if held.shape == shape:
        return held
    picture = np.zeros(shape, dtype=np.float32)
    picture[y0:y1, x0:x1] = held
    return picture


def _drawn(
    x: Float32Array,
    y: Float32Array,
    width: Float32Array,
    mass: Float32Array,
    shape: tuple[int, int],
    coarse: int,
) -> Float32Array:
    """The density of dots on a grid of `shape`, enlarged `coarse` times; width in its pixels.

    Dots of different width are mixed from a narrow and a wide blur so that each keeps its
    variance; the few outside these two take the nearer one.
    """
    import cv2  # noqa: PLC0415

    mass = mass / np.float32(coarse**2)
    squared = width * width
    mean = float(squared.mean())
    if float(width.std()) * coarse < ALIKE:
        even = float((squared * mass).sum() / mass.sum()) if mass.any() else mean
        patch = _blur(_on_pixels(x, y, mass, shape), even, coarse)
    else:
        narrow, wide = mean - float(squared.std()), mean + float(squared.std())
        share = np.clip((squared - narrow) / np.float32(wide - narrow), 0.0, 1.0) * mass
        patch = _blur(_on_pixels(x, y, share, shape), wide, coarse)
        patch += _blur(_on_pixels(x, y, mass - share, shape), narrow, coarse)
    if coarse == 1:
        return patch
    size = shape[1] * coarse, shape[0] * coarse
    return np.asarray(cv2.resize(patch, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _blur(picture: Float32Array, squared_width: float, coarse: int) -> Float32Array:
    """Spread what lies on pixels to dots of this width (squared, in pixels).

    A pixel's own extent adds 1/12 to a dot's variance, sharing among pixels has added 1/4,
    and enlarging by linear interpolation will add 1/6 beyond the extent of the fine pixels.
    """
    import cv2  # noqa: PLC0415

    variance = squared_width * SIGMA**2 - 1 / 4 + (1 / 12 if coarse == 1 else -1 / 6)
    if variance <= 0:
        return picture
    if variance < 0.5:
        # a Gaussian taken at whole pixels would be too narrow
        kernel = np.array([variance / 2, 1 - variance, variance / 2], np.float32)
    else:
        sigma = math.sqrt(variance)
        side = 2 * math.ceil(REACH * sigma) + 1
        kernel = np.asarray(cv2.getGaussianKernel(side, sigma, cv2.CV_32F), np.float32)
    spread = cv2.sepFilter2D(picture, -1, kernel, kernel, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(spread, np.float32)


def _on_pixels(
    x: Float32Array, y: Float32Array, mass: Float32Array, shape: tuple[int, int]
) -> Float32Array:
    """Share the mass of each dot among 3 x 3 pixels by the quadratic B-spline.

    Wherever in a pixel a dot lies, its centre is kept and its variance grows by 1/4, so
    dots do not flicker when the picture moves by part of a pixel.
    """
    across, column = _thirds(x)
    down, row = _thirds(y)
    pixel = row * shape[1] + column
    if len(x) > CROWDED * shape[0] * shape[1]:
        return _counted(pixel, across, [mass * one for one in down], shape)
    picture = np.zeros(shape[0] * shape[1], dtype=np.float32)
    lost = _overwritten(pixel, picture)
    for j, one in enumerate(down):
        part = mass * one
        for i, other in enumerate(across):
            share = part * other
            shifted = picture[j * shape[1] + i :]
            shifted[pixel] += share
            # of several dots on one pixel, the line above has counted only the last
            np.add.at(shifted, pixel[lost], share[lost])
    return picture.reshape(shape)


def _overwritten(pixel: IntArray, picture: Float32Array) -> IntArray:
    """Which of several dots on one pixel are lost when written; `picture` is all 0 and stays so."""
    number, scratch = np.arange(len(pixel), dtype=np.int32), picture.view(np.int32)
    scratch[pixel] = number
    lost = np.flatnonzero(scratch[pixel] != number)
    scratch[pixel] = 0
    return lost


def _counted(
    pixel: IntArray,
    across: Sequence[Float32Array],
    down: Sequence[Float32Array],
    shape: tuple[int, int],
) -> Float32Array:
    """The same for many dots on few pixels."""
    picture = np.zeros(shape[0] * shape[1])
    for j, one in enumerate(down):
        for i, other in enumerate(across):
            picture += np.bincount(pixel + (j * shape[1] + i), one * other, len(picture))
    return picture.astype(np.float32).reshape(shape)


def _thirds(x: Float32Array) -> tuple[tuple[Float32Array, Float32Array, Float32Array], IntArray]:
    """Weights of the pixel a coordinate lies in and its neighbours; the index of the first."""
    whole = np.floor(x)
    t = x - whole - np.float32(0.5)
    middle, right = np.float32(0.75) - t * t, np.float32(0.5) * (t + np.float32(0.5)) ** 2
    return (1 - middle - right, middle, right), whole.astype(np.int64) - 1
