"""What a tool does with events it has no use for: nothing."""

from studio.editing.overlay import Overlay
from studio.editing.tool import Cursor, Desk, Keys, Pointer

DRAG_PX = 3.0
"""A press becomes a drag after this many screen pixels."""


class Idle:
    """Answers every event of the tool protocol with `not used`; tools say what they do use."""

    name = ""

    @property
    def hint(self) -> str:
        """No words."""
        return ""

    @property
    def cursor(self) -> Cursor:
        """The arrow."""
        return Cursor.ARROW

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Not used."""
        return False

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Not used."""
        return False

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """Not used."""
        return False

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Not used."""
        return False

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Not used."""
        return False

    def confirm(self, desk: Desk) -> bool:
        """Not used."""
        return False

    def cancel(self, desk: Desk) -> bool:
        """Nothing to end."""
        return False

    def leave(self, desk: Desk) -> None:
        """End what is under way, as Esc does."""
        self.cancel(desk)

    def overlay(self, desk: Desk) -> Overlay:
        """Nothing to draw."""
        return ()

    def refresh(self, desk: Desk) -> None:
        """Nothing is remembered that could be out of date."""

    def take_back(self, desk: Desk) -> bool:
        """Undo of something that is not in the case yet, such as a first point."""
        return False

    def bring_back(self, desk: Desk) -> bool:
        """Redo of something that is not in the case yet."""
        return False
