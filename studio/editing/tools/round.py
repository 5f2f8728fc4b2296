"""Round zones: areata patches, and moles to keep clear of."""

import math
from dataclasses import replace

from studio.editing.choosing import choose
from studio.editing.edits.zones import LIMITS, add_zone, new_zone
from studio.editing.gesture import Gesture, begin
from studio.editing.overlay import Ink, Line, Overlay
from studio.editing.selection import only
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tool_numbers import ToolNumber, units_per_mm
from studio.editing.tools.dragging import Dragging
from studio.editing.tools.idle import DRAG_PX
from studio.editing.zone_styles import usual, zone_styles
from studio.geometry.stroke import ellipse
from studio.model.chart import Point
from studio.model.ids import new_id
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Purpose


class _RoundTool(Dragging):
    """Drag a round shape: one step, and no twin, as skin is not marked alike on both sides."""

    purpose = Purpose.PATCH

    def __init__(self) -> None:
        self.margin = 0.0
        super().__init__()

    def _reset(self) -> None:
        self._from: Point | None = None
        self._outline: tuple[Point, ...] = ()
        self._gesture: Gesture | None = None
        self._zone = new_id()

    @property
    def cursor(self) -> Cursor:
        """A cross."""
        return Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Begin the shape."""
        self.cancel(desk)
        self._from = pointer.at
        self._gesture = begin(desk, self._label)
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Size the shape; the dots follow."""
        if self._from is None:
            return False
        if self._outline or math.dist(self._from, pointer.at) > DRAG_PX * pointer.px:
            self._outline = self._shape(self._from, pointer)
            self._show(desk)
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The shape stands."""
        gesture = self._gesture
        if gesture is None or self._from is None:
            return False
        self._outline = self._outline or self._clicked(desk, pointer)
        if self._outline:
            self._show(desk)
            made = only(self._zone)
            if gesture.finish(made):
                choose(desk, made)
        else:
            gesture.drop()
            desk.say(QT_TRANSLATE_NOOP("Editing", "Drag across the patch, from edge to edge."))
        self._reset()
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The shape; red while it would be refused."""
        if not self._outline:
            return ()
        refused = self._gesture is not None and bool(self._gesture.refused)
        return (Line(self._outline, Ink.REFUSED if refused else Ink.ZONE, closed=True),)

    @property
    def _label(self) -> str:
        return ""

    def _shape(self, start: Point, pointer: Pointer) -> tuple[Point, ...]:
        raise NotImplementedError

    def _clicked(self, desk: Desk, pointer: Pointer) -> tuple[Point, ...]:
        """What a click without a drag makes: nothing."""
        return ()

    def _show(self, desk: Desk) -> None:
        if self._gesture is None:
            return
        outline, chart, zone_id = self._outline, desk.skin.chart, self._zone
        style = replace(zone_styles()[self.purpose], margin=self.margin)
        self._gesture.show(
            lambda case: add_zone(case, new_zone(case, chart, outline, style, zone_id=zone_id))
        )
        desk.changed()


class PatchTool(_RoundTool):
    """Drag from edge to edge: an ellipse, with Shift a circle."""

    name = "patch"
    purpose = Purpose.PATCH

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing", "Drag across the patch, from edge to edge · Shift keeps it a circle"
        )

    @property
    def _label(self) -> str:
        return QT_TRANSLATE_NOOP("Editing", "Add patch")

    def _shape(self, start: Point, pointer: Pointer) -> tuple[Point, ...]:
        x, y = pointer.at[0] - start[0], pointer.at[1] - start[1]
        if Keys.SHIFT in pointer.keys:
            size = max(abs(x), abs(y))
            x, y = math.copysign(size, x), math.copysign(size, y)
        return ellipse((start[0] + x / 2, start[1] + y / 2), (abs(x) / 2, abs(y) / 2))


class KeepClearTool(_RoundTool):
    """Drag a mole from its middle, or click one; `margin` mm round it stay clear too."""

    name = "keep-clear"
    purpose = Purpose.KEEP_CLEAR
    numbers = (
        ToolNumber(
            "margin", QT_TRANSLATE_NOOP("Editing", "Margin"), *LIMITS["margin"][:2], 1, "mm"
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.margin = usual("mole_margin")

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing", "Drag from the middle of the mole to its edge, or click it · [ ] margin"
        )

    @property
    def _label(self) -> str:
        return QT_TRANSLATE_NOOP("Editing", "Keep clear")

    def _shape(self, start: Point, pointer: Pointer) -> tuple[Point, ...]:
        radius = math.dist(start, pointer.at)
        return ellipse(start, (radius, radius))

    def _clicked(self, desk: Desk, pointer: Pointer) -> tuple[Point, ...]:
        radius = usual("mole") / 2 * units_per_mm(desk, pointer.at)
        return ellipse(pointer.at, (radius, radius))
