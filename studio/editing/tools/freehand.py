"""The lasso: a zone drawn in one stroke, added to with Shift, cut with Alt or the eraser."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from studio.editing.choosing import choose
from studio.editing.edits.zones import ZoneStyle
from studio.editing.gesture import Gesture, begin
from studio.editing.overlay import Ink, Line, Overlay, Shape
from studio.editing.tool import Cursor, Desk, Pointer
from studio.editing.tools.dragging import Dragging
from studio.editing.tools.outlining import LABELS, Mode, Outline, mode_of, outline_edit
from studio.geometry.mirror import mirror_point
from studio.geometry.polygons import simplified
from studio.model.chart import Point
from studio.model.ids import new_id
from studio.model.refusal import Refusal
from studio.model.translation import QT_TRANSLATE_NOOP

SPACING_PX = 1.5
"""Points of the stroke lie at least this far apart on screen."""

SMOOTHING_PX = 0.75
"""The outline keeps within this distance of the stroke on screen."""

_LEAST_POINTS = 4


class FreehandTool(Dragging):
    """Draw round the place with the button down. `style` is what new zones get."""

    name = "freehand"

    def __init__(self, style: ZoneStyle | None = None) -> None:
        self.style = style or ZoneStyle()
        super().__init__()

    def _reset(self) -> None:
        self._stroke: list[Point] = []
        self._mode = Mode.NEW
        self._gesture: Gesture | None = None
        self._outline: Callable[[Sequence[Point]], Outline] | None = None

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Draw round the zone in one stroke · with Shift add to the selected zone, "
            "with Alt or the eraser cut from it",
        )

    @property
    def cursor(self) -> Cursor:
        """A cross, or the eraser."""
        return Cursor.ERASER if self._mode is Mode.CUT and self._stroke else Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Begin the stroke."""
        self.cancel(desk)
        mode = mode_of(pointer.keys, eraser=pointer.eraser)
        try:
            self._outline = outline_edit(desk, mode, self.style, new_id())
        except Refusal as refusal:
            desk.say(str(refusal))
            return True
        self._mode = mode
        self._stroke = [pointer.at]
        self._gesture = begin(desk, LABELS[mode])
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Lengthen the stroke; the dots follow."""
        if not self._stroke:
            return False
        if math.dist(self._stroke[-1], pointer.at) >= SPACING_PX * pointer.px:
            self._stroke.append(pointer.at)
            self._show(pointer)
            desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """Close the stroke: one step."""
        if not self._stroke:
            return False
        self._stroke.append(pointer.at)
        outline = self._show(pointer)
        if self._gesture is not None and not self._gesture.over:
            if outline is None:
                self._gesture.drop()
                desk.say(
                    QT_TRANSLATE_NOOP(
                        "Editing", "Draw round a place in one stroke, with the button held down."
                    )
                )
            elif self._gesture.finish(outline.selection):
                choose(desk, outline.selection)
        self._reset()
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The stroke and its twin; red while it would be refused."""
        if len(self._stroke) < 2:
            return ()
        refused = self._gesture is not None and bool(self._gesture.refused)
        course = tuple(self._stroke)
        shapes: list[Shape] = [Line(course, Ink.REFUSED if refused else Ink.ZONE, closed=True)]
        if desk.mirror and self._mode is Mode.NEW:
            axis = desk.history.case.axis(desk.skin.chart)
            twin = tuple(mirror_point(point, axis) for point in course)
            shapes.append(Line(twin, Ink.TWIN, closed=True))
        return tuple(shapes)

    def _show(self, pointer: Pointer) -> Outline | None:
        """Preview the stroke so far; None while it is too short to mean anything."""
        if self._gesture is None or self._outline is None or len(self._stroke) < _LEAST_POINTS:
            return None
        points = simplified(np.array(self._stroke), SMOOTHING_PX * pointer.px)
        outline = self._outline([(float(x), float(y)) for x, y in points])
        self._gesture.show(outline.edit)
        return outline
