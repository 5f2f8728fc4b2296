"""Zones for tests of pigment."""

import math

from studio.model.chart import Ring
from studio.model.zone import Blend, Zone


def circle(x: float, y: float, radius: float, corners: int = 180) -> Ring:
    """A round outline."""
    angles = [2 * math.pi * i / corners for i in range(corners)]
    return tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles)


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Ring:
    """An upright rectangle."""
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def zone(
    outline: Ring,
    density: float = 120.0,
    feather: float = 0.0,
    blend: Blend = Blend.ADD,
    holes: tuple[Ring, ...] = (),
) -> Zone:
    """A zone, hard unless a feather is given."""
    return Zone(
        id="z",
        letter="A",
        name="",
        chart="c",
        outline=outline,
        density=density,
        feather=feather,
        blend=blend,
        holes=holes,
    )
