"""The mirror axis: moved by its middle, tilted by its upper handle."""

import math
from dataclasses import replace
from enum import Enum, auto

from studio.editing.edits.whole import set_axis
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.overlay import Label, Mark, Overlay, Spot
from studio.editing.snapping import axis_line
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.dragging import Dragging
from studio.editing.tools.nudging import LONG_STEP, STEP
from studio.geometry.mirror import direction, distance_to_axis
from studio.model.case import MirrorAxis
from studio.model.chart import Point
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.wording import number_text

HANDLE_AWAY = 40.0
"""The tilt handle lies this far up the axis, in chart units."""


class _Grip(Enum):
    NONE = auto()
    MIDDLE = auto()
    TILT = auto()


class AxisTool(Dragging):
    """Twins follow while the axis is dragged."""

    name = "axis"

    def __init__(self) -> None:
        self._near = _Grip.NONE
        super().__init__()

    def _reset(self) -> None:
        self._grip = _Grip.NONE
        self._from: Point = (0.0, 0.0)
        self._gesture: Gesture | None = None

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Drag the line to move the mirror axis, its upper handle to tilt it · "
            "arrows nudge 0.1 mm · Shift tilts by whole degrees",
        )

    @property
    def cursor(self) -> Cursor:
        """Move on the line, a point on the handle."""
        cursors = {_Grip.NONE: Cursor.ARROW, _Grip.MIDDLE: Cursor.MOVE, _Grip.TILT: Cursor.POINT}
        return cursors[self._near]

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of the line or of its handle."""
        self.cancel(desk)
        self._from = pointer.at
        self._grip = _grip(_axis(desk), pointer)
        if self._grip is _Grip.NONE:
            return False
        label = (
            QT_TRANSLATE_NOOP("Editing", "Tilt mirror axis")
            if self._grip is _Grip.TILT
            else QT_TRANSLATE_NOOP("Editing", "Move mirror axis")
        )
        self._gesture = begin(desk, label)
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Move or tilt."""
        if self._gesture is None:
            self._near = _grip(_axis(desk), pointer)
            return False
        base = self._gesture.transaction.base.axis(desk.skin.chart)
        axis = self._moved(base, pointer)
        self._gesture.show(lambda case: set_axis(case, axis))
        desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """One step."""
        if self._gesture is None:
            return False
        if pointer.at != self._from:
            self.move(desk, pointer)
        self._gesture.finish()
        self._reset()
        desk.changed()
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Left and right nudge the axis."""
        sign = {"left": -1, "right": 1}.get(key)
        if sign is None or self._gesture is not None:
            return False
        axis = _axis(desk)
        step = sign * (LONG_STEP if Keys.SHIFT in keys else STEP)
        moved = replace(axis, at=(axis.at[0] + step, axis.at[1]))
        return apply(
            desk,
            QT_TRANSLATE_NOOP("Editing", "Nudge mirror axis"),
            lambda case: set_axis(case, moved),
            amend="nudge axis",
        )

    def overlay(self, desk: Desk) -> Overlay:
        """The axis with its handles and its lean."""
        axis = _axis(desk)
        words = f"{number_text(axis.angle, 1)}° lean"
        handle = _handle(axis)
        return (
            axis_line(axis),
            Spot(axis.at, Mark.CORNER),
            Spot(handle, Mark.KNOB),
            Label(handle, "Mirror axis", words),
        )

    def _moved(self, base: MirrorAxis, pointer: Pointer) -> MirrorAxis:
        dx, dy = pointer.at[0] - self._from[0], pointer.at[1] - self._from[1]
        if self._grip is _Grip.MIDDLE:
            return replace(base, at=(base.at[0] + dx, base.at[1] + dy))
        handle = _handle(base)
        lean = math.degrees(math.atan2(handle[0] + dx - base.at[0], base.at[1] - handle[1] - dy))
        return replace(base, angle=float(round(lean)) if Keys.SHIFT in pointer.keys else lean)


def _axis(desk: Desk) -> MirrorAxis:
    return desk.history.case.axis(desk.skin.chart)


def _handle(axis: MirrorAxis) -> Point:
    x, y = direction(axis)
    return axis.at[0] + HANDLE_AWAY * x, axis.at[1] + HANDLE_AWAY * y


def _grip(axis: MirrorAxis, pointer: Pointer) -> _Grip:
    reach = pointer.reach * pointer.px
    if math.dist(_handle(axis), pointer.at) <= reach:
        return _Grip.TILT
    return _Grip.MIDDLE if abs(distance_to_axis(pointer.at, axis)) <= reach else _Grip.NONE
