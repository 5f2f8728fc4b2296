"""The head's chart: directions from the head's middle laid flat so that angles stay.

Stereographic, with the pole 40 degrees behind the vertex, the middle of the scalp (head
research, section 5). Seen from outside, not mirrored: x runs to the client's left and y
towards the face, so that the chart hangs over the front photo, whose left and right, up and
down it shares, and its mid-line x = 0 is that of the head. Turned by half a turn it is the
printed scalp map with the face on top.
"""

import math

import numpy as np

from studio.model.arrays import FloatArray

TILT = math.radians(40.0)
"""How far the pole lies behind the vertex."""

UNIT_RADIUS = 100.0
"""Radius in mm of the ball on which a chart unit at the pole is 1 mm.

The mean head has 88 mm there: a unit is 0.88 mm of skin in the middle of the scalp, half at
the hairline, a third at the ears. A ball larger than most heads keeps the skin in a unit
squared below 1 mm2, so that the tile's 2.56 dots per unit squared give 250 dots/cm2 on 9
heads of 10 drawn from the prior, and 230 on 97 of 100.
"""

REACH = math.radians(150.0)
"""Angle from the pole where the chart ends: below chin and nape there is no skin to draw on."""

EDGE = 2 * UNIT_RADIUS * math.tan(REACH / 2)
"""The same as a distance from the pole in chart units."""

_FRAME = np.array(
    [
        [0.0, 1.0, 0.0],
        [math.cos(TILT), 0.0, math.sin(TILT)],
        [-math.sin(TILT), 0.0, math.cos(TILT)],
    ]
)
"""Rows: chart x, chart y and the pole in the head frame (X ahead, Y left, Z up)."""


def to_chart(u: FloatArray) -> FloatArray:
    """Chart coordinates (n, 2) of unit vectors (n, 3) of the head frame; inf opposite the pole."""
    x, y, up = _FRAME @ np.asarray(u, dtype=np.float64).T
    with np.errstate(divide="ignore"):
        stretch = 2 * UNIT_RADIUS / (1 + up)
    return np.stack([x * stretch, y * stretch], axis=1)


def to_direction(chart: FloatArray) -> FloatArray:
    """Unit vectors (n, 3) of the head frame at chart coordinates (n, 2)."""
    x, y = np.asarray(chart, dtype=np.float64).T / UNIT_RADIUS
    squared = (x * x + y * y) / 4
    flat = np.stack([x, y, 1 - squared], axis=1) / (1 + squared)[:, None]
    return from_frame(flat)


def from_frame(vectors: FloatArray) -> FloatArray:
    """Head-frame vectors (n, 3) of vectors along chart x, chart y and the pole."""
    result: FloatArray = vectors @ _FRAME
    return result


def scale(chart: FloatArray) -> FloatArray:
    """Radians of direction per chart unit, the same in every direction, (n,)."""
    x, y = np.asarray(chart, dtype=np.float64).T
    result: FloatArray = 1 / (UNIT_RADIUS + (x * x + y * y) / (4 * UNIT_RADIUS))
    return result
