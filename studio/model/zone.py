"""Zones: polygons with holes that ask for dots, or keep them away."""

from dataclasses import dataclass
from enum import StrEnum

from studio.model.chart import ChartId, Ring
from studio.model.ids import Id


class Purpose(StrEnum):
    """What a zone is for; it decides colour, texture and defaults."""

    TRANSITION = "transition"
    FULL = "full"
    DENSITY = "density"
    PARTING = "parting"
    SCAR = "scar"
    PATCH = "patch"
    KEEP_CLEAR = "keep-clear"


class Blend(StrEnum):
    """How a zone combines with the zones below it."""

    ADD = "add"
    REPLACE = "replace"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Zone:
    """One zone of a variant, in chart coordinates.

    Rings are open (the last point is not the first again). `density` is the
    wanted visible density in dots per cm2 of skin, `feather` the width in mm
    over which it ramps up from the outline inwards, `dot_mm` the diameter of the
    pigment deposit, `dilution` the x of pigment 1 : x water.
    """

    id: Id
    letter: str
    name: str
    purpose: Purpose = Purpose.FULL
    chart: ChartId
    outline: Ring
    holes: tuple[Ring, ...] = ()
    blend: Blend = Blend.ADD
    density: float = 110.0
    feather: float = 6.0
    dot_mm: float = 0.3
    dilution: float = 12.0
    needle: str = "0603RL"
    mirrored: bool = False
    hidden: bool = False
    locked: bool = False
