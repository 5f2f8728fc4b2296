"""Which tool is in hand, and what Esc, undo and the eraser mean."""

from collections.abc import Iterable

from studio.editing.choosing import choose, prune
from studio.editing.overlay import Overlay
from studio.editing.selection import Selection
from studio.editing.tool import Cursor, Desk, Keys, Pointer, Tool
from studio.editing.tools.axis import AxisTool
from studio.editing.tools.band import band_tools
from studio.editing.tools.brush import BrushTool
from studio.editing.tools.eraser import EraserTool
from studio.editing.tools.freehand import FreehandTool
from studio.editing.tools.gradient import GradientGrip
from studio.editing.tools.growth import GrowthTool
from studio.editing.tools.measure import MeasureTool
from studio.editing.tools.node import NodeTool
from studio.editing.tools.pen import PenTool
from studio.editing.tools.polygon import PolygonTool
from studio.editing.tools.round import KeepClearTool, PatchTool
from studio.editing.tools.select import SelectTool
from studio.editing.tools.stamp import StampTool
from studio.model.ids import Id
from studio.skin.skinmap import SkinMap

REST = "select"
"""The tool that Esc leads back to."""

PICKING = frozenset({"select", "node"})
"""Tools over which the handles of the selected zone's gradient are shown and dragged."""


ERASING = frozenset({"brush", "dot-scars", "growth"})
"""Tools that use the pen's eraser end themselves."""


class Toolbox:
    """Holds the tools by name and passes events to the one in hand.

    The canvas calls the event methods here and nowhere else. While the pen's eraser end
    is down its gesture goes to the eraser, whatever tool is in hand but those
    of `ERASING`.
    """

    def __init__(self, desk: Desk, tools: Iterable[Tool]) -> None:
        self.desk = desk
        self.tools = {tool.name: tool for tool in tools}
        self.current = self.tools[REST]
        self._eraser = EraserTool()
        self._grip = GradientGrip()
        self._erasing = self._gripping = False
        self._down = self._over_grip = False

    @property
    def hint(self) -> str:
        """The status line's words."""
        return self._grip.hint if self._over_grip else self._held.hint

    @property
    def cursor(self) -> Cursor:
        """The pointer to show."""
        return self._grip.cursor if self._over_grip else self._held.cursor

    @property
    def overlay(self) -> Overlay:
        """What to draw over the photo."""
        shapes = self._grip.overlay(self.desk) if self.current.name in PICKING else ()
        return shapes if self._gripping else (*self._held.overlay(self.desk), *shapes)

    def take(self, name: str) -> None:
        """Take up a tool by its name; the one in hand finishes or keeps its work."""
        self._change(self.tools[name])

    def show_photo(self, photo_id: Id, skin: SkinMap) -> None:
        """Work on another photo, or on the same one with another skin map."""
        if photo_id != self.desk.photo_id:
            self._end_aside()
            self.current.leave(self.desk)
            self.desk.selection = Selection()
        self.desk.photo_id, self.desk.skin = photo_id, skin
        self.current.refresh(self.desk)
        self.desk.changed()

    def press(self, pointer: Pointer) -> bool:
        """The left button or the pen went down; a drag whose release was lost ends as by Esc."""
        if self._down and self.desk.history.busy:
            self._held.cancel(self.desk)
        self._down = True
        if pointer.eraser and not self._erasing and self.current.name not in ERASING:
            self.current.cancel(self.desk)
            self._erasing = True
        picking = self.current.name in PICKING and not self._erasing
        self._gripping = picking and self._grip.press(self.desk, pointer)
        return self._gripping or self._held.press(self.desk, pointer)

    def move(self, pointer: Pointer) -> bool:
        """The pointer moved."""
        picking = self.current.name in PICKING and not self._down
        self._over_grip = picking and self._grip.over(self.desk, pointer)
        return self._held.move(self.desk, pointer)

    def release(self, pointer: Pointer) -> bool:
        """The button or the pen went up."""
        used = self._held.release(self.desk, pointer)
        self._erasing = self._gripping = self._down = False
        prune(self.desk)  # a key may have deleted what the press picked
        return used

    def double_click(self, pointer: Pointer) -> bool:
        """Two quick clicks."""
        return self._held.double_click(self.desk, pointer)

    def key(self, key: str, keys: Keys = Keys.NONE) -> bool:
        """A key: `left right up down backspace delete [ ]` or a letter."""
        return self._held.key(self.desk, key, keys)

    def confirm(self) -> bool:
        """Enter."""
        return self._held.confirm(self.desk)

    def cancel(self) -> bool:
        """Esc or the right button: end the drag, then the shape; then back to select."""
        if self._erasing:
            self._end_aside()
            return True
        if self._gripping:
            self._grip.cancel(self.desk)
            return True
        if self.current.cancel(self.desk):
            return True
        if self.current.name != REST:
            self.take(REST)
            return True
        if self.desk.selection.empty:
            return False
        choose(self.desk, Selection())
        return True

    def undo(self) -> bool:
        """Take back a point that the tool holds, or else the last step."""
        if self.current.take_back(self.desk):
            return True
        return self._restored(self.desk.history.undo())

    def redo(self) -> bool:
        """Bring back a point that the tool took back, or else the step undone last."""
        if self.current.bring_back(self.desk):
            return True
        return self._restored(self.desk.history.redo())

    @property
    def _held(self) -> Tool:
        if self._gripping:
            return self._grip
        return self._eraser if self._erasing else self.current

    def _change(self, tool: Tool) -> None:
        self._end_aside()
        if tool is not self.current:
            self.current.leave(self.desk)
            self.current = tool
            tool.refresh(self.desk)
        self.desk.changed()

    def _end_aside(self) -> None:
        if self._erasing:
            self._eraser.cancel(self.desk)
            self._erasing = False
        if self._gripping:
            self._grip.cancel(self.desk)
            self._gripping = False
        self._over_grip = False

    def _restored(self, selection: Selection | None) -> bool:
        if selection is None:
            return False
        self.desk.selection = selection
        prune(self.desk)
        self.current.refresh(self.desk)
        self.desk.changed()
        return True


def design_toolbox(desk: Desk) -> Toolbox:
    """A toolbox with the drawing tools, the select tool in hand."""
    select = SelectTool()
    drawing = (NodeTool(), PenTool(), PolygonTool(), FreehandTool(), *band_tools())
    marking = (StampTool(), PatchTool(), KeepClearTool(), BrushTool(), GrowthTool())
    box = Toolbox(desk, (select, *drawing, *marking, MeasureTool(), AxisTool()))
    select.take = box.take
    return box
