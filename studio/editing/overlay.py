"""What a tool wants drawn over the photo, as plain values in chart coordinates."""

from dataclasses import dataclass
from enum import StrEnum

from studio.model.chart import Point


class Ink(StrEnum):
    """The drawing rules of an overlay line or mark; the canvas owns their colours."""

    CURVE = "curve"
    TWIN = "twin"
    HANDLE = "handle"
    HANDLE_NEAR = "handle-near"
    GUIDE = "guide"
    SUGGESTED = "suggested"
    AXIS = "axis"
    UPRIGHT = "upright"
    GHOST = "ghost"
    MEASURE = "measure"
    MARQUEE = "marquee"
    ZONE = "zone"
    REFUSED = "refused"
    GOOD = "good"
    WARNED = "warned"


class Mark(StrEnum):
    """How a point is drawn."""

    SMOOTH = "smooth"
    CORNER = "corner"
    SELECTED = "selected"
    TWIN = "twin"
    KNOB = "knob"
    KNOB_NEAR = "knob-near"
    CROSS = "cross"
    RING = "ring"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline; `closed` joins its ends."""

    points: tuple[Point, ...]
    ink: Ink
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark at a point."""

    at: Point
    mark: Mark


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a point: a bold first line and an optional second one.

    `short` stands there alone where other words and marks leave the label no room.
    """

    at: Point
    text: str
    detail: str = ""
    short: str = ""


Shape = Line | Spot | Label
Overlay = tuple[Shape, ...]
