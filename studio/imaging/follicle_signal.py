"""What the finder of follicles looks at: how much darker each place is than the skin round it."""

import numpy as np

from studio.imaging.follicle_net import PX_PER_MM
from studio.model.arrays import ByteArray, Float32Array

_LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Of linear sRGB (IEC 61966-2-1)."""

_ROUND_MM = 1.5
"""Standard deviation of the neighbourhood with which a place is compared."""

_SOFT = 0.03
"""Optical density (base e) from which on the signal is compressed."""

_BLACK = 0.004
"""Light below which a picture in 8 bits tells nothing."""


def darkness(pixels: ByteArray) -> Float32Array:
    """Optical density to base e, (h, w), of a picture (h, w, 3) in sRGB."""
    values = np.arange(256) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    light = np.zeros(pixels.shape[:2], np.float32)
    for channel, share in enumerate(_LUMINANCE):
        light += (share * linear).astype(np.float32)[pixels[..., channel]]
    return np.asarray(-np.log(light + np.float32(_BLACK)), np.float32)


def resized(density: Float32Array, factor: float) -> Float32Array:
    """The picture enlarged or reduced so that nothing of it aliases."""
    import cv2  # noqa: PLC0415

    height, width = (max(round(side * factor), 1) for side in density.shape)
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(density, (width, height), interpolation=way), np.float32)


def signal(density: Float32Array) -> Float32Array:
    """How much darker than its surroundings each place is, compressed, at PX_PER_MM."""
    import cv2  # noqa: PLC0415

    ground = cv2.GaussianBlur(density, (0, 0), _ROUND_MM * PX_PER_MM)
    return np.asarray(np.arcsinh((density - ground) / np.float32(_SOFT)), np.float32)


def contrast(seen: Float32Array) -> Float32Array:
    """The optical density to base e by which the ground is exceeded where `signal` gave this."""
    return np.asarray(np.sinh(seen) * np.float32(_SOFT), np.float32)
