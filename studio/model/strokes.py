"""What is painted with a brush on a chart: density and the way hair grows."""

from dataclasses import dataclass
from enum import IntEnum

from studio.model.chart import ChartId, Point


@dataclass(frozen=True, slots=True, kw_only=True)
class DensityStroke:
    """One stroke of the density brush inside a zone.

    `path` are chart points, `pressures` (0 to 1, as many, or none for full) scale the effect.
    `radius` is mm of skin, `softness` 0 (hard) to 1, `amount` the share of the zone's density
    that is added in the middle of the brush, from -1 to 1.
    """

    path: tuple[Point, ...]
    radius: float
    softness: float = 0.7
    amount: float = 0.25
    pressures: tuple[float, ...] = ()


class Whorl(IntEnum):
    """How hair turns round a whorl, seen from outside; NONE is a plain stroke."""

    NONE = 0
    CLOCKWISE = 1
    COUNTER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthStroke:
    """A stroke along which hair grows, in chart points; a whorl is a single point."""

    chart: ChartId
    path: tuple[Point, ...]
    whorl: Whorl = Whorl.NONE
