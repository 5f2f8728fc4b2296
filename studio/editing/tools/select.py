"""The select tool: pick, add with Shift, marquee, move whole items."""

import math
from collections.abc import Callable
from enum import Enum, auto

from studio.editing.choosing import choose
from studio.editing.edits.items import delete_items, find, move_items
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.hit import HitTarget, hit, marquee
from studio.editing.outlines import selected_outlines
from studio.editing.overlay import Ink, Line, Overlay
from studio.editing.selection import EMPTY, Selection, only
from studio.editing.snapping import constrained
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.editing.tools.nudging import nudge
from studio.geometry.mirror import mirror_point
from studio.model.chart import Point
from studio.model.ids import Id
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase


class _State(Enum):
    IDLE = auto()
    PRESSED = auto()
    MOVING = auto()
    MARQUEE = auto()


class SelectTool(Idle):
    """Picks and moves whole items. `take` takes up another tool by its name."""

    name = "select"

    def __init__(self) -> None:
        self.take: Callable[[str], object] = str
        self._over = False
        self._reset()

    def _reset(self) -> None:
        self._state = _State.IDLE
        self._from: Point = (0.0, 0.0)
        self._to: Point = (0.0, 0.0)
        self._target: HitTarget | None = None
        self._before = EMPTY
        self._gesture: Gesture | None = None

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Click to select, Shift to add · drag to move · double-click for the points · "
            "arrows nudge 0.1 mm, with Shift 1 mm",
        )

    @property
    def cursor(self) -> Cursor:
        """Move over something that can be moved."""
        return Cursor.MOVE if self._over or self._state is _State.MOVING else Cursor.ARROW

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Select what is under the pointer, or begin a marquee."""
        self.cancel(desk)
        self._from = self._to = pointer.at
        self._before = desk.selection
        self._target = hit(desk.history.case, desk.skin.chart, pointer)
        if self._target is None:
            self._state = _State.MARQUEE
            if Keys.SHIFT not in pointer.keys:
                choose(desk, EMPTY)
            return True
        self._state = _State.PRESSED
        item = self._target.item
        if item not in desk.selection.items:
            kept = desk.selection.items if Keys.SHIFT in pointer.keys else frozenset()
            choose(desk, Selection(kept | {item}))
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag items or the marquee's corner."""
        match self._state:
            case _State.IDLE:
                self._over = hit(desk.history.case, desk.skin.chart, pointer) is not None
                return False
            case _State.PRESSED:
                if math.dist(self._from, pointer.at) > DRAG_PX * pointer.px:
                    self._begin(desk, pointer)
            case _State.MARQUEE:
                self._to = pointer.at
                self._mark(desk, pointer)
            case _State.MOVING:
                self._drag(desk, pointer)
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """End the drag as one step; a click on one of several selects it alone."""
        used = self._state is not _State.IDLE
        if self._gesture is not None:
            self._drag(desk, pointer)
            self._gesture.finish()
        elif self._state is _State.PRESSED and self._target is not None:
            self._clicked(desk, self._target.item, pointer.keys)
        self._reset()
        desk.changed()
        return used

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Show the points of the item under the pointer."""
        target = hit(desk.history.case, desk.skin.chart, pointer)
        if target is None:
            return False
        choose(desk, only(target.item))
        self.take("node")
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Arrows nudge, Delete and Backspace delete."""
        if self._gesture is not None:
            return True
        if key in {"delete", "backspace"} and desk.selection.items:
            items = desk.selection.items
            label = (
                QT_TRANSLATE_NOOP("Editing", "Delete")
                if len(items) > 1
                else Phrase(QT_TRANSLATE_NOOP("Editing", "Delete {name}"), name=_name(desk))
            )
            apply(desk, label, lambda case: delete_items(case, items), EMPTY)
            return True
        return nudge(desk, key, keys)

    def cancel(self, desk: Desk) -> bool:
        """End the drag without moving anything; else let go of the selection."""
        if self._gesture is not None:
            self._gesture.drop()
        elif self._state is _State.MARQUEE:
            choose(desk, self._before)
        elif self._state is _State.IDLE:
            return False
        self._reset()
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """Outlines of the selection, and the marquee."""
        shapes = selected_outlines(desk)
        if self._state is _State.MARQUEE:
            return (*shapes, frame(self._from, self._to))
        return shapes

    def _clicked(self, desk: Desk, item: Id, keys: Keys) -> None:
        """A click without a drag: Shift lets go of what was selected before it."""
        if Keys.SHIFT not in keys:
            choose(desk, only(item))
        elif item in self._before.items:
            choose(desk, Selection(desk.selection.items - {item}))

    def _begin(self, desk: Desk, pointer: Pointer) -> None:
        if not desk.selection.items:
            return
        label = (
            QT_TRANSLATE_NOOP("Editing", "Move")
            if len(desk.selection.items) > 1
            else Phrase(QT_TRANSLATE_NOOP("Editing", "Move {name}"), name=_name(desk))
        )
        self._gesture = begin(desk, label)
        self._state = _State.MOVING
        self._drag(desk, pointer)

    def _drag(self, desk: Desk, pointer: Pointer) -> None:
        if self._gesture is None or self._target is None:
            return
        to = constrained(self._from, pointer.at) if Keys.SHIFT in pointer.keys else pointer.at
        start = self._from
        if self._target.twin:
            axis = desk.history.case.axis(desk.skin.chart)
            start, to = mirror_point(start, axis), mirror_point(to, axis)
        dx, dy = to[0] - start[0], to[1] - start[1]
        items = desk.selection.items
        self._gesture.show(lambda case: move_items(case, items, dx, dy))

    def _mark(self, desk: Desk, pointer: Pointer) -> None:
        inside = marquee(desk.history.case, desk.skin.chart, self._from, self._to)
        kept = self._before.items if Keys.SHIFT in pointer.keys else frozenset()
        choose(desk, Selection(kept | inside))


def frame(one: Point, other: Point) -> Line:
    """The marquee between two corners."""
    corners = (one, (other[0], one[1]), other, (one[0], other[1]))
    return Line(corners, Ink.MARQUEE, closed=True)


def _name(desk: Desk) -> str:
    item = next((find(desk.history.case, item) for item in desk.selection.items), None)
    return f"“{item.name}”" if item is not None else ""
