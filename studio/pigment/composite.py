"""Pigment over a photo: light falls off by Beer-Lambert, in linear light."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import ByteArray, Float32Array, FloatArray

DENSEST = 2.2
"""Optical density (base e) at code 255; beyond it 11 % of the light is left, as good as black.
A step of 1 / 255 of it moves a photo's code by half a unit at most."""
GAMMA = 2.2
"""Exponent at which multiplying codes comes nearest to multiplying light (2.0 to 2.4 tried)."""
ROWS = 64
"""Rows done at a time, so that they stay in the cache."""


def density_codes(density: Float32Array) -> ByteArray:
    """Optical density (h, w) as codes of DENSEST / 255."""
    import cv2  # noqa: PLC0415

    return np.asarray(cv2.convertScaleAbs(density, alpha=255 / DENSEST), np.uint8)


def composite(
    photo: ByteArray, density: Float32Array, channels: tuple[float, float, float]
) -> ByteArray:
    """The photo (h, w, 3 or 4; sRGB, red first) seen through the pigment; alpha is kept.

    Each channel's light is photo x exp(-density x its factor) in `channels` (red, green, blue).
    The codes are within 1 of the exact ones up to a density of DENSEST.
    """
    codes = density_codes(density)
    out = photo.copy()
    tables = [_light_table(factor) for factor in channels]
    for top in range(0, len(photo), ROWS):
        rows = slice(top, top + ROWS)
        high = codes[rows].astype(np.uint16) << 8
        for channel, table in enumerate(tables):
            out[rows, :, channel] = table.take(high | photo[rows, :, channel])
    return out


def multiply_layer(
    density: Float32Array, channels: tuple[float, float, float]
) -> NDArray[np.uint32]:
    """What to multiply a photo's codes with, as 0xffRRGGBB (h, w): Qt's Format_RGB32.

    Multiplying codes is close to multiplying light: over skin, under 1 code off on average.
    """
    return _code_table(channels).take(density_codes(density))


def linear(code: FloatArray) -> FloatArray:
    """sRGB codes (0 to 1) as linear light (IEC 61966-2-1)."""
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def encoded(light: FloatArray) -> FloatArray:
    """Linear light (0 to 1) as sRGB codes (IEC 61966-2-1)."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


@cache
def _light_table(factor: float) -> ByteArray:
    """Code of a photo's code under a density code, at 256 x density + photo."""
    passed = np.exp(-np.arange(256) * (DENSEST / 255 * factor))
    light = passed[:, None] * linear(np.arange(256) / 255)
    return np.rint(encoded(light) * 255).astype(np.uint8).ravel()


@cache
def _code_table(channels: tuple[float, float, float]) -> NDArray[np.uint32]:
    density = np.arange(256)[:, None] * (DENSEST / 255) * np.array(channels)
    red, green, blue = np.rint(np.exp(-density / GAMMA) * 255).astype(np.uint32).T
    return np.asarray(0xFF000000 | red << 16 | green << 8 | blue, np.uint32)
