"""How a grown hairline is asked for: its shape, and the fringe that hides its edge."""

from dataclasses import dataclass
from enum import StrEnum


class HairlineShape(StrEnum):
    """The run of the line as the trade names it."""

    STRAIGHT = "straight"
    ROUND = "round"
    WINGED = "winged"
    M = "m"
    LINEAR = "linear"
    ROUND_FEMALE = "round-female"


class TemplePoints(StrEnum):
    """Temple point classes (Mayer and Perez-Meza 2002): normal, thinning, parallel, reversed."""

    NORMAL = "n"
    THIN = "t"
    PARALLEL = "p"
    REVERSED = "r"


class Diffusion(StrEnum):
    """How soon the density is full behind the line."""

    ZERO = "zero"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What the hairline generator was asked for. All lengths are mm of skin, by tape.

    `height` is the way from the glabella to the mid-point, `recession` how far the corner lies
    further back than the mid-point (below zero ahead of it), `half_width` its way from the
    midline; None takes the corner above the eye's outer corner. `peak_height` and `peak_width`
    are the widow's peak: its tip is the mid-point, the line beside it lies higher by the peak,
    and the recession counts from there.
    `joined` closes the corners to the temple points; without it the line ends there.
    `decorrelation`, 0 to 1, is how far left differs from right. Shape `seed` and decorrelation
    alone decide the chance in it.
    """

    shape: HairlineShape = HairlineShape.ROUND
    height: float = 70.0
    recession: float = 18.0
    half_width: float | None = None
    peak_height: float = 0.0
    peak_width: float = 20.0
    temples: TemplePoints = TemplePoints.NORMAL
    joined: bool = True
    decorrelation: float = 0.5
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fringe:
    """How the edge of the dots strays about its curve, and what stands ahead of it.

    Wavelengths and amplitudes (peak to valley) are mm of skin; `sentinels` single dots per cm
    of line stand up to `sentinel_reach` mm ahead of the edge. `decorrelation`, 0 to 1, is how
    far the left half strays otherwise than the right one; `seed` decides the chance.
    """

    macro_wave: float = 24.0
    macro: float = 3.0
    micro_wave: float = 5.0
    micro: float = 1.0
    sentinels: float = 4.0
    sentinel_reach: float = 3.0
    diffusion: Diffusion = Diffusion.MEDIUM
    decorrelation: float = 1.0
    seed: int = 1
