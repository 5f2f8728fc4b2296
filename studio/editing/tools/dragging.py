"""A tool whose drag is one gesture, and whose numbers turn with [ and ]."""

from collections.abc import Sequence

from studio.editing.gesture import Gesture
from studio.editing.tool import Desk, Keys
from studio.editing.tool_numbers import ToolNumber, turn_number
from studio.editing.tools.idle import Idle


class Dragging(Idle):
    """Begins a gesture in `press` and ends it in `release`; `_reset` forgets the drag."""

    numbers: Sequence[ToolNumber] = ()

    def __init__(self) -> None:
        self._gesture: Gesture | None = None
        self._reset()

    def _reset(self) -> None:
        """Forget the drag: nothing is in hand."""
        self._gesture = None

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """[ and ] change a number of the tool, but not during a drag."""
        if self._gesture is not None or not turn_number(self, key, keys):
            return False
        desk.changed()
        return True

    def cancel(self, desk: Desk) -> bool:
        """Drop the drag in hand: the case is as it was before."""
        if self._gesture is None:
            return False
        self._gesture.drop()
        self._reset()
        desk.changed()
        return True
