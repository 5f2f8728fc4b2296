"""Part lines and line scars: a stroke becomes a line with a band of dots along it."""

import math

import numpy as np

from studio.editing.choosing import choose
from studio.editing.edits.band import NARROWEST, WIDEST, add_band
from studio.editing.edits.items import find_curve
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.history import Edit
from studio.editing.overlay import Ink, Line, Overlay
from studio.editing.selection import Selection
from studio.editing.snapping import constrained
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tool_numbers import ToolNumber, units_per_mm
from studio.editing.tools.dragging import Dragging
from studio.editing.tools.drawing import ROLE_NAMES, free_name
from studio.editing.tools.idle import DRAG_PX
from studio.editing.zone_styles import usual, zone_styles
from studio.geometry.stroke import smooth_nodes
from studio.model.chart import Point
from studio.model.curve import Curve, CurveRole
from studio.model.ids import Id, new_id
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Purpose

SPACING_PX = 2.0
"""Points of the stroke lie at least this far apart on screen."""

SMOOTHING_PX = 2.0
"""The line keeps within this distance of the stroke on screen."""

WIDTH = QT_TRANSLATE_NOOP("Editing", "Width")


class BandTool(Dragging):
    """Draw along the line with the button down. `width` is that of the band in mm.

    Partings and scars are not alike on both sides: there is no twin.
    """

    def __init__(self, name: str, purpose: Purpose, role: CurveRole, width: float) -> None:
        self.name, self.width = name, width
        self._purpose, self._role = purpose, role
        self.numbers = (ToolNumber("width", WIDTH, NARROWEST, WIDEST, 1, "mm"),)
        super().__init__()

    def _reset(self) -> None:
        self._stroke: list[Point] = []
        self._gesture: Gesture | None = None
        self._curve, self._zone = new_id(), new_id()

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        if self._purpose is Purpose.SCAR:
            return QT_TRANSLATE_NOOP(
                "Editing",
                "Draw along the scar in one stroke · Shift draws straight · [ ] width · "
                "Enter takes the selected line",
            )
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Draw along the parting in one stroke · Shift draws straight · [ ] width · "
            "Enter takes the selected line",
        )

    @property
    def cursor(self) -> Cursor:
        """A pen."""
        return Cursor.PEN

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Begin the stroke."""
        self.cancel(desk)
        self._stroke = [pointer.at]
        self._gesture = begin(desk, self._label)
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Lengthen the stroke; band and dots follow."""
        if not self._stroke:
            return False
        if Keys.SHIFT in pointer.keys:
            self._stroke = [self._stroke[0], constrained(self._stroke[0], pointer.at)]
        elif math.dist(self._stroke[-1], pointer.at) < SPACING_PX * pointer.px:
            return True
        else:
            self._stroke.append(pointer.at)
        self._show(desk, pointer)
        desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The line is drawn: one step."""
        gesture = self._gesture
        if gesture is None:
            return False
        if not self._show(desk, pointer):
            gesture.drop()
            desk.say(
                QT_TRANSLATE_NOOP(
                    "Editing", "Draw along the line in one stroke, with the button held down."
                )
            )
        else:
            made = Selection(frozenset({self._zone}))
            if gesture.finish(made):
                choose(desk, made)
        self._reset()
        desk.changed()
        return True

    def confirm(self, desk: Desk) -> bool:
        """Lay a band along the selected curve."""
        chosen = desk.selection.items | {node.item for node in desk.selection.nodes}
        found = [find_curve(desk.history.case, item) for item in sorted(chosen)]
        curves = [curve for curve in found if curve and curve.chart == desk.skin.chart]
        if self._gesture is not None or len(curves) != 1:
            return False
        zone_id = new_id()
        made = Selection(frozenset({zone_id}))
        apply(desk, self._label, self._edit(curves[0], zone_id), made)
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The stroke; red while it would be refused."""
        if len(self._stroke) < 2:
            return ()
        refused = self._gesture is not None and bool(self._gesture.refused)
        return (Line(tuple(self._stroke), Ink.REFUSED if refused else Ink.CURVE),)

    @property
    def _label(self) -> str:
        if self._purpose is Purpose.SCAR:
            return QT_TRANSLATE_NOOP("Editing", "Add scar line")
        return QT_TRANSLATE_NOOP("Editing", "Add part line")

    def _show(self, desk: Desk, pointer: Pointer) -> bool:
        """Preview the band along the stroke so far; False while it is only a point."""
        gesture, stroke = self._gesture, np.array(self._stroke)
        if gesture is None or float(np.ptp(stroke, axis=0).max()) < DRAG_PX * pointer.px:
            return False
        curve = Curve(
            id=self._curve,
            name=free_name(gesture.transaction.base, ROLE_NAMES[self._role]),
            role=self._role,
            chart=desk.skin.chart,
            nodes=smooth_nodes(stroke, self._tolerance(desk, pointer)),
        )
        gesture.show(self._edit(curve, self._zone))
        return True

    def _tolerance(self, desk: Desk, pointer: Pointer) -> float:
        """As the hand shook on the screen, but never more than a tenth of the width."""
        return min(
            SMOOTHING_PX * pointer.px, 0.1 * self.width * units_per_mm(desk, self._stroke[0])
        )

    def _edit(self, curve: Curve, zone_id: Id) -> Edit:
        style, width = zone_styles()[self._purpose], self.width
        return lambda case: add_band(case, curve, width, style, zone_id)


def band_tools() -> tuple[BandTool, BandTool]:
    """The tools for part lines and line scars."""
    return (
        BandTool("parting", Purpose.PARTING, CurveRole.PARTING, usual("parting_width")),
        BandTool("scar", Purpose.SCAR, CurveRole.SCAR, usual("scar_width")),
    )
