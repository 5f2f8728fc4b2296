"""Zones: polygons with holes that ask for dots, or keep them away."""

from dataclasses import dataclass
from enum import StrEnum

from studio.model.chart import ChartId, Point, Ring
from studio.model.ids import Id
from studio.model.strokes import DensityStroke


class Purpose(StrEnum):
    """What a zone is for; it decides colour, texture and defaults."""

    TRANSITION = "transition"
    FULL = "full"
    DENSITY = "density"
    PARTING = "parting"
    SCAR = "scar"
    PATCH = "patch"
    CROWN = "crown"
    TEMPLE = "temple"
    DOT_SCARS = "dot-scars"
    KEEP_CLEAR = "keep-clear"


class Blend(StrEnum):
    """How a zone combines with the zones below it."""

    ADD = "add"
    REPLACE = "replace"
    CLEAR = "clear"


class Pattern(StrEnum):
    """How dots stand to each other: evenly, as hair happens to grow, in groups of 2 to 4."""

    FINE = "fine"
    DIFFUSE = "diffuse"
    CLUSTERS = "clusters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradient:
    """Density running from one chart point to another, as shares of the zone's density."""

    start: Point
    end: Point
    at_start: float = 1.0
    at_end: float = 0.3


class FollowKind(StrEnum):
    """How a zone lies by its curve: behind its edge, ahead of it, or on both sides."""

    EDGE = "edge"
    SENTINELS = "sentinels"
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Follow:
    """The curve by which a zone is drawn, and the zone's width across it in mm of skin.

    When the curve changes the outline is drawn anew; an outline changed by hand follows no more.
    """

    curve: Id
    kind: FollowKind
    width: float


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Zone:
    """One zone of a variant, in chart coordinates.

    Rings are open (the last point is not the first again). `density` is the
    wanted visible density in dots per cm2 of skin, `feather` the width in mm
    over which it ramps up from the outline inwards, `dot_mm` the diameter of the
    pigment deposit, `dilution` the x of pigment 1 : x water.

    `feathers` are widths in mm for each corner of the outline instead of `feather`, or none.
    A `gradient` and painted `strokes` scale the density from place to place. A zone that
    keeps clear does so for `margin` mm beyond its outline. `less_existing` takes the hair
    that is there already off the density. `follows` is the curve it was drawn by.
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
    pattern: Pattern = Pattern.FINE
    feathers: tuple[float, ...] = ()
    gradient: Gradient | None = None
    strokes: tuple[DensityStroke, ...] = ()
    margin: float = 0.0
    less_existing: bool = False
    follows: Follow | None = None
    mirrored: bool = False
    hidden: bool = False
    locked: bool = False
