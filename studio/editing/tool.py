"""The protocol between the canvas and a tool; no window is needed to use either."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Flag, StrEnum, auto
from typing import Protocol

from studio.editing.history import History
from studio.editing.overlay import Overlay
from studio.editing.selection import EMPTY, Selection
from studio.model.chart import Point
from studio.model.ids import Id
from studio.skin.skinmap import SkinMap


class Keys(Flag):
    """Modifier keys held."""

    NONE = 0
    SHIFT = auto()
    CTRL = auto()
    ALT = auto()


class Cursor(StrEnum):
    """Pointer shapes a tool may ask for."""

    ARROW = "arrow"
    CROSS = "cross"
    PEN = "pen"
    MOVE = "move"
    POINT = "point"
    ADD = "add"
    CLOSE = "close"
    ERASER = "eraser"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pen or mouse is.

    `at` is in chart coordinates, `px` the chart size of one screen pixel there, so all
    tolerances are told in screen pixels. `reach` is the hit radius in pixels: 8 for a
    mouse, 16 for a pen. `eraser` is the other end of the pen.
    """

    at: Point
    px: float
    keys: Keys = Keys.NONE
    reach: float = 8.0
    pressure: float = 1.0
    eraser: bool = False


@dataclass
class Desk:
    """What a tool works on: the open case, the photo shown, the selection, and switches.

    `skin` is the skin map of the photo shown; `photo_id` its id. `mirror` draws new
    things with a twin. `say` shows one sentence to the person (a refusal, a hint).
    `changed` asks for a repaint of overlay and selection.
    """

    history: History
    photo_id: Id
    skin: SkinMap
    selection: Selection = EMPTY
    mirror: bool = True
    snap: bool = True
    say: Callable[[str], object] = str
    changed: Callable[[], object] = tuple


class Tool(Protocol):
    """One tool in hand. Every event method answers whether it used the event.

    `cancel` (Esc) never destroys a drawing: it first ends the drag, then the shape.
    `leave` is called when another tool is taken; unfinished work is finished or kept.
    """

    name: str

    @property
    def hint(self) -> str:
        """One line for the status bar: what to do now, and the keys."""
        ...

    @property
    def cursor(self) -> Cursor:
        """The pointer to show now."""
        ...

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """The left button or the pen went down."""
        ...

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """The pointer moved, pressed or not."""
        ...

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The button or the pen went up."""
        ...

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Two quick clicks."""
        ...

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """A key: `left right up down backspace delete [ ]` or a letter."""
        ...

    def confirm(self, desk: Desk) -> bool:
        """Enter."""
        ...

    def cancel(self, desk: Desk) -> bool:
        """Esc, or the right button."""
        ...

    def refresh(self, desk: Desk) -> None:
        """The case or the photo changed under the tool: undo, an edit in a panel."""
        ...

    def take_back(self, desk: Desk) -> bool:
        """Undo of something that is not in the case yet, such as a first point."""
        ...

    def bring_back(self, desk: Desk) -> bool:
        """Redo of what `take_back` took."""
        ...

    def leave(self, desk: Desk) -> None:
        """Another tool is taken up, or another photo."""
        ...

    def overlay(self, desk: Desk) -> Overlay:
        """What to draw over the photo now."""
        ...
