"""The polygon tool: a zone drawn corner by corner."""

import math

from studio.editing.choosing import choose
from studio.editing.edits.zones import ZoneStyle
from studio.editing.gesture import begin
from studio.editing.overlay import Ink, Line, Mark, Overlay, Shape, Spot
from studio.editing.snapping import Snapped, SnapTo, snap
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import Idle
from studio.editing.tools.outlining import Mode, Outline, mode_of, outline_edit
from studio.geometry.mirror import mirror_point
from studio.model.chart import ChartId, Point
from studio.model.ids import new_id
from studio.model.refusal import Refusal
from studio.model.translation import QT_TRANSLATE_NOOP


class PolygonTool(Idle):
    """Click corner by corner. With Alt at the first corner it cuts the selected zone.

    The corners become a zone only when they are closed, because a shape that is not
    finished may cross itself; until then undo and redo go corner by corner here.
    `style` is what new zones get.
    """

    name = "polygon"

    def __init__(self, style: ZoneStyle | None = None) -> None:
        self.style = style or ZoneStyle()
        self._reset()

    def _reset(self) -> None:
        self._corners: list[Point] = []
        self._undone: list[Point] = []
        self._chart: ChartId = ""
        self._mode = Mode.NEW
        self._pressed = False
        self._hover: Snapped | None = None

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        if not self._corners:
            return QT_TRANSLATE_NOOP(
                "Editing", "Click the corners of a zone · Alt cuts it out of the selected zone"
            )
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Click the next corner · Shift keeps to 45° · click the first corner or press Enter "
            "to close · Backspace takes one back",
        )

    @property
    def cursor(self) -> Cursor:
        """A cross; a closing sign over the first corner."""
        closing = self._hover is not None and self._hover.to is SnapTo.START
        return Cursor.CLOSE if closing else Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Place a corner, or close on the first one."""
        self.refresh(desk)
        place = self._snapped(desk, pointer)
        if place.to is SnapTo.START:
            return self.confirm(desk)
        if not self._corners:
            self._mode = Mode.CUT if mode_of(pointer.keys) is Mode.CUT else Mode.NEW
            self._chart = desk.skin.chart
        elif math.dist(place.at, self._corners[-1]) < pointer.px:
            return True
        self._corners.append(place.at)
        self._undone.clear()
        self._pressed = True
        self._hover = place
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Shift the corner while the button is down, or show the next edge."""
        self.refresh(desk)
        if self._pressed:
            self._corners.pop()
            self._hover = self._snapped(desk, pointer)
            self._corners.append(self._hover.at)
        else:
            self._hover = self._snapped(desk, pointer)
        desk.changed()
        return bool(self._corners)

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The corner stands."""
        used, self._pressed = self._pressed, False
        return used

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Close at the corner that the first click placed."""
        return self.confirm(desk)

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Backspace takes back the last corner."""
        return key == "backspace" and self.take_back(desk)

    def confirm(self, desk: Desk) -> bool:
        """Close the outline into a zone; a refused one stays, to be corrected."""
        self.refresh(desk)
        self._pressed = False
        if not self._corners:
            return False
        if len(self._corners) < 3:
            desk.say(
                QT_TRANSLATE_NOOP(
                    "Editing", "A zone needs three corners at least. Click another one."
                )
            )
        elif self._closed(desk):
            self._reset()
        desk.changed()
        return True

    def cancel(self, desk: Desk) -> bool:
        """End the press; then close the shape, which stays; fewer than three corners go."""
        self.refresh(desk)
        if self._pressed:
            self._pressed = False
            self._corners.pop()
            desk.changed()
            return True
        if 0 < len(self._corners) < 3:
            self._reset()
            desk.changed()
            return True
        return self.confirm(desk)

    def leave(self, desk: Desk) -> None:
        """Close the shape if it can be; else keep its corners for when the tool is back."""
        self._hover = None
        if len(self._corners) >= 3:
            self.confirm(desk)
        self._pressed = False

    def take_back(self, desk: Desk) -> bool:
        """Undo of the last corner."""
        self.refresh(desk)
        if not self._corners:
            return False
        self._pressed = False
        self._undone.append(self._corners.pop())
        desk.changed()
        return True

    def bring_back(self, desk: Desk) -> bool:
        """Redo of the corner taken back last."""
        if not self._undone or self._chart != desk.skin.chart:
            return False
        self._corners.append(self._undone.pop())
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The outline so far, the edge to the pointer, and the twin."""
        guides = self._hover.guides if self._hover is not None else ()
        if not self._corners or self._chart != desk.skin.chart:
            return guides
        course = tuple(self._corners)
        hover = () if self._hover is None or self._pressed else (self._hover.at,)
        shapes: list[Shape] = [Line(course, Ink.ZONE)]
        if desk.mirror and self._mode is Mode.NEW:
            axis = desk.history.case.axis(self._chart)
            twin = tuple(mirror_point(point, axis) for point in (*course, *hover))
            shapes.append(Line(twin, Ink.TWIN, closed=True))
        if hover:
            shapes.append(Line((course[-1], *hover, course[0]), Ink.SUGGESTED))
        shapes += [Spot(point, Mark.CORNER) for point in course[:-1]]
        shapes.append(Spot(course[-1], Mark.SELECTED))
        return (*shapes, *guides)

    def _closed(self, desk: Desk) -> bool:
        """Whether the corners became a zone; if not, the reason was said."""
        try:
            outline: Outline = outline_edit(desk, self._mode, self.style, new_id())(self._corners)
        except Refusal as refusal:
            desk.say(str(refusal))
            return False
        gesture = begin(desk, outline.label)
        gesture.show(outline.edit)
        if gesture.refused:
            gesture.finish()
            return False
        gesture.finish(outline.selection)
        choose(desk, outline.selection)
        return True

    def refresh(self, desk: Desk) -> None:
        """Corners of another photo are let go when work on this one begins."""
        if self._corners and self._chart != desk.skin.chart:
            self._reset()

    def _snapped(self, desk: Desk, pointer: Pointer) -> Snapped:
        start = self._corners[0] if len(self._corners) >= 3 and not self._pressed else None
        anchor = self._corners[-1] if self._corners else None
        return snap(desk, pointer, start=start, anchor=anchor)
