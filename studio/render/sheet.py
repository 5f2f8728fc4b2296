"""A sheet of paper to draw on in millimetres: what every page is written against."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from studio.model.arrays import ByteArray, FloatArray
from studio.model.chart import Point
from studio.render.typeface import Type

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
HAIRLINE: Colour = (0xB8, 0x34, 0x1B)
"""The one accent of the printed pages."""

Path = FloatArray | Sequence[Point]
"""Points (n, 2) in mm."""


class Paper(Enum):
    """Sheet sizes, width and height in mm."""

    A4 = (210.0, 297.0)
    LETTER = (215.9, 279.4)


class Align(Enum):
    """Where the anchor of a text lies on its base line."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn, in mm. `casing` is white on each side, under the line."""

    width: float
    colour: Colour = BLACK
    dash: tuple[float, ...] = ()
    casing: float = 0.0
    round: bool = False


@dataclass(frozen=True, slots=True)
class Ink:
    """How a text is drawn: its colour, a white halo in mm, and how far it is turned.

    `turn` is in degrees counter-clockwise about the anchor.
    """

    colour: Colour = BLACK
    halo: float = 0.0
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Transform:
    """x' = a x + c y + e, y' = b x + d y + f, in mm."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0


def moved(x: float, y: float) -> Transform:
    """A shift."""
    return Transform(e=x, f=y)


class Role(Enum):
    """What a part of a page is, for whoever has it read aloud."""

    TITLE = "H1"
    HEADING = "H2"
    TEXT = "P"
    FIGURE = "Figure"
    TABLE = "Table"
    ROW = "TR"
    HEAD_CELL = "TH"
    CELL = "TD"
    LIST = "L"
    ITEM = "LI"


BLACK_INK = Ink()


class Sheet(Protocol):
    """One page under way. Millimetres, x right, y down from the sheet's corner."""

    def line(self, path: Path, stroke: Stroke, *, closed: bool = False) -> None:
        """A polyline."""
        ...

    def lines(self, segments: FloatArray, stroke: Stroke) -> None:
        """Many separate straight lines, (n, 2, 2)."""
        ...

    def polygon(
        self, rings: Sequence[Path], *, fill: Colour | None = None, stroke: Stroke | None = None
    ) -> None:
        """A polygon with holes, even-odd."""
        ...

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Stroke | None = None,
    ) -> None:
        """A circle."""
        ...

    def dots(self, centres: FloatArray, diameter: float, colour: Colour = BLACK) -> None:
        """Filled discs of one diameter at (n, 2); meant for a hundred thousand of them."""
        ...

    def image(self, pixels: ByteArray, corner: Point, size: Point) -> None:
        """A picture, grey (h, w) or RGB (h, w, 3), laid over a rectangle."""
        ...

    def text(
        self, at: Point, text: str, type_: Type, *, align: Align = Align.LEFT, ink: Ink = BLACK_INK
    ) -> None:
        """One line of text, its base line through `at`."""
        ...

    def transformed(self, transform: Transform) -> AbstractContextManager[None]:
        """What is drawn within is moved by `transform`."""
        ...

    def clipped(self, rings: Sequence[Path]) -> AbstractContextManager[None]:
        """What is drawn within shows only inside the polygon."""
        ...

    def true_size(self, name: str, width: float, height: float) -> AbstractContextManager[None]:
        """What is drawn within is true to size: its box is `width` x `height` mm."""
        ...

    def tagged(self, role: Role, alt: str = "") -> AbstractContextManager[None]:
        """What is drawn within is one part of the page's structure; may be nested."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page that can be drawn on any sheet: its printed label, its name, its paper."""

    label: str
    title: str
    paper: Paper
    draw: Callable[[Sheet], None]
