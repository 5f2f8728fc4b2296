"""Which way hair grows, as arrows on the printed map."""

from collections.abc import Callable, Sequence

import numpy as np

from studio.geometry.arrows import zone_arrows
from studio.model.arrays import FloatArray
from studio.model.strokes import GrowthStroke
from studio.model.zone import Zone
from studio.render.pages import facing
from studio.skin.skinmap import SkinMap

SPACING, SIZE = 16.0, 8.0
"""Chart units between arrows, and their length: far enough apart to see the zones between."""

STEEPEST = 75.0
"""Degrees up to which an arrow is drawn on a photo: further round it is only a dash."""

NOTE = "Arrows: the way hair grows."

Place = Callable[[FloatArray], FloatArray]


def photo_arrows(
    skin: SkinMap, zones: Sequence[Zone], growth: Sequence[GrowthStroke], place: Place
) -> tuple[FloatArray, ...]:
    """Arrows inside zones as lines on a plate; `place` takes photo pixels there."""
    found = zone_arrows(zones, growth, skin.chart, SPACING, SIZE)
    if len(found) == 0:
        return ()
    steep = skin.incidence(found.reshape(-1, 2)).reshape(len(found), -1)
    seen = found[(steep <= STEEPEST).all(axis=1)]
    lines = (place(facing.pixels(skin, arrow)) for arrow in seen)
    return tuple(line for line in lines if np.isfinite(line).all())
