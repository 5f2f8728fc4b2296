"""The pen's other end: a tap takes out a point, a stroke cuts from the selected zone."""

import math

from studio.editing.edits.points import delete_points
from studio.editing.gesture import apply
from studio.editing.hit import HitTarget, Part, hit
from studio.editing.overlay import Overlay
from studio.editing.selection import Selection
from studio.editing.tool import Cursor, Desk, Pointer
from studio.editing.tools.freehand import FreehandTool
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.model.chart import Point
from studio.model.translation import QT_TRANSLATE_NOOP


class EraserTool(Idle):
    """Held only while the eraser end is down."""

    name = "eraser"

    def __init__(self) -> None:
        self._lasso = FreehandTool()
        self._reset()

    def _reset(self) -> None:
        self._down = False
        self._from: Point = (0.0, 0.0)
        self._target: HitTarget | None = None

    @property
    def hint(self) -> str:
        """What to do."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Tap a point to take it out · draw round a place to cut it from the selected zone",
        )

    @property
    def cursor(self) -> Cursor:
        """The eraser."""
        return Cursor.ERASER

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Aim at a point of the selection, or begin to cut."""
        self._down = True
        self._from = pointer.at
        target = hit(desk.history.case, desk.skin.chart, pointer, desk.selection)
        self._target = target if target is not None and target.part is Part.NODE else None
        if self._target is None:
            self._lasso.press(desk, pointer)
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Cut along, or give up the point when the pen strays."""
        if self._target is None:
            return self._lasso.move(desk, pointer)
        if math.dist(self._from, pointer.at) > max(DRAG_PX, pointer.reach) * pointer.px:
            self._reset()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """Take the point out, or finish the cut."""
        used = self._down
        if self._target is not None:
            ref = self._target.ref
            after = Selection(desk.selection.items)
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Erase point"),
                lambda case: delete_points(case, {ref}),
                after,
            )
        else:
            self._lasso.release(desk, pointer)
        self._reset()
        return used

    def cancel(self, desk: Desk) -> bool:
        """Drop the stroke in hand."""
        used = self._down
        self._lasso.cancel(desk)
        self._reset()
        return used

    def overlay(self, desk: Desk) -> Overlay:
        """The cut."""
        return self._lasso.overlay(desk)
