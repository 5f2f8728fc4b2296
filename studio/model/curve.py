"""Curves: open or closed chains of cubic Bézier segments on a chart."""

from dataclasses import dataclass
from enum import StrEnum

from studio.model.chart import ChartId, Point
from studio.model.hairline import Fringe, Recipe
from studio.model.ids import Id


class CurveRole(StrEnum):
    """What a curve stands for on the head."""

    HAIRLINE = "hairline"
    TEMPLE = "temple"
    PARTING = "parting"
    SCAR = "scar"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Node:
    """A point of a curve with its two handles, all in chart coordinates.

    A handle of None lies on the point itself (a straight start of the segment).
    `smooth` keeps both handles on one line through the point.
    """

    at: Point
    back: Point | None = None
    ahead: Point | None = None
    smooth: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Curve:
    """One curve of a variant.

    `mirrored` adds a twin on the other side of the chart's mirror axis; the twin
    is derived, never stored. `recipe` is what the generator was asked for, if it drew the
    curve; `fringe` how the dots' edge strays about it.
    """

    id: Id
    name: str
    role: CurveRole = CurveRole.HAIRLINE
    chart: ChartId
    nodes: tuple[Node, ...]
    closed: bool = False
    recipe: Recipe | None = None
    fringe: Fringe | None = None
    mirrored: bool = False
    hidden: bool = False
    locked: bool = False
