"""The round sticker that gives a photo its scale: one design for printing and for finding."""

import numpy as np

from studio.model.arrays import BoolArray, FloatArray

DIAMETER_MM = 20.0
"""Outer diameter of the dark ring: the edge that is measured."""

RING_MM = 1.5
"""Width of the dark ring."""

TARGET_RADIUS_MM = 5.0
"""Radius of the two dark quarters about the centre, opposite each other on the white disc."""

RADIUS_MM = DIAMETER_MM / 2
DISC_SHARE = 1 - RING_MM / RADIUS_MM
"""Radius of the white disc as a share of the sticker's."""

TARGET_SHARE = TARGET_RADIUS_MM / RADIUS_MM
"""Radius of the dark quarters as a share of the sticker's."""


def is_dark(x: FloatArray, y: FloatArray) -> BoolArray:
    """Where the sticker is printed dark; mm from its centre, x right, y down, any equal shapes.

    Dark are the ring and the quarters right above and left below the centre.
    """
    radius = np.hypot(x, y)
    ring = (radius > RADIUS_MM - RING_MM) & (radius <= RADIUS_MM)
    dark: BoolArray = ring | ((radius < TARGET_RADIUS_MM) & (x * y < 0))
    return dark
