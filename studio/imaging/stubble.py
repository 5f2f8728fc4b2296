"""How much stubble and hair darken the skin, for photos of any sharpness.

Coverage tells how much of the skin's light hair takes away, not how many follicles there are.
"""

from dataclasses import dataclass

import numpy as np

from studio.imaging.follicle_signal import darkness, resized
from studio.imaging.follicles import Hair, Scale, scale_at
from studio.model.arrays import BoolArray, ByteArray, Float32Array
from studio.model.refusal import Refusal

COARSEST = 2.0
"""Photo pixels per mm of skin below which no skin shows between hairs of 1 mm distance."""

_CELL_MM = 2.0
"""Side of the squares in which coverage is told."""

_SKIN_MM = 5.0
"""Standard deviation of the window in which bare skin is looked for."""

_LIGHTEST, _BARE = 0.02, 0.15
"""The lightest shares of a square: how far they lie apart tells the grain of bare skin, and so
how far the skin's middle lies above them, were it normally distributed."""

_NORMAL_LIGHTEST, _NORMAL_BARE = 2.054, 1.036
"""Standard deviations by which these shares of a normal distribution lie below its middle."""

_WORK = 5.0
"""Pixels per mm at which the picture is looked at, if it is not coarser."""


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Share of the skin's light that hair takes away, 0 to 1, NaN outside of the mask.

    `share` and its standard error `se` are (h, w) in squares of `side` photo pixels.
    """

    share: Float32Array
    se: Float32Array
    side: float


def coverage(
    pixels: ByteArray, scale: Scale, mask: BoolArray, hair: Hair = Hair.DARKER
) -> Coverage:
    """Coverage of a photo (h, w, 3) in sRGB where a mask (h, w) says so.

    Bare skin is told by the lightest of each square of 2 mm, evened out over its neighbours: where
    no skin shows between the hairs coverage is told too low. Lighter hair adds light: its
    coverage is what it adds. Raises Refusal where the photo is too coarse.
    """
    import cv2  # noqa: PLC0415

    scales = scale_at(pixels.shape[:2], scale)
    usable = mask & (scales >= COARSEST)
    if not usable.any():
        raise Refusal(
            f"This part of the photo shows less than {COARSEST:g} pixels per mm of skin. "
            "Take a closer photo."
        )
    middle = float(np.median(scales[usable]))
    factor = min(_WORK / middle, 1.0)
    seen = resized(darkness(pixels) * np.float32(hair.value), factor)
    cells = max(round(_CELL_MM * middle * factor), 2)
    height, width = seen.shape[0] // cells, seen.shape[1] // cells
    inside = resized(usable.astype(np.float32), factor)[: height * cells, : width * cells]
    blocks = _blocks(seen[: height * cells, : width * cells], cells)
    held = _blocks(inside, cells).mean(axis=-1)
    lightest, light_end = np.quantile(blocks, (_LIGHTEST, _BARE), axis=-1)
    grain = (light_end - lightest) / (_NORMAL_LIGHTEST - _NORMAL_BARE)
    bare = (light_end + _NORMAL_BARE * grain).astype(np.float32)
    weight = np.where(held > 0.5, held, 0).astype(np.float32) * np.exp(-4 * bare)
    spread = _SKIN_MM / _CELL_MM
    ground = cv2.GaussianBlur(weight * bare, (0, 0), spread)
    ground = ground / np.maximum(cv2.GaussianBlur(weight, (0, 0), spread), 1e-9)
    light = np.exp(-np.clip(blocks - np.minimum(ground, bare + 0.3)[..., None], -0.5, 6)).mean(-1)
    share = np.clip(1 - light, 0, 1).astype(np.float32)
    share[held <= 0.5] = np.nan
    return Coverage(share, np.hypot(_FLOOR, _PART * share).astype(np.float32), cells / factor)


_FLOOR, _PART = 0.03, 0.35
"""Standard error of a share, and its part of the share (packaging/stubble/evaluate.py)."""


def _blocks(values: Float32Array, side: int) -> Float32Array:
    """Values (h * side, w * side) as (h, w, side * side)."""
    height, width = values.shape[0] // side, values.shape[1] // side
    parts = values.reshape(height, side, width, side).transpose(0, 2, 1, 3)
    return np.ascontiguousarray(parts.reshape(height, width, side * side))
