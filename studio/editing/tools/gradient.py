"""The handles of the selected zone's gradient: dragged whichever picking tool is in hand."""

import math
from dataclasses import replace

from studio.editing.edits.items import find_zone
from studio.editing.edits.painting import set_gradient
from studio.editing.gesture import begin
from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Spot
from studio.editing.tool import Cursor, Desk, Pointer
from studio.editing.tools.dragging import Dragging
from studio.model.chart import Point
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.wording import percent_text
from studio.model.zone import Gradient, Zone


class GradientGrip(Dragging):
    """Takes hold of a handle under the pointer; `press` answers False where there is none."""

    name = "gradient"

    def __init__(self) -> None:
        super().__init__()
        self._zone = self._end = ""

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing", "Drag the end of the gradient · its density there is set in the panel"
        )

    @property
    def cursor(self) -> Cursor:
        """A pointing hand."""
        return Cursor.POINT

    def over(self, desk: Desk, pointer: Pointer) -> bool:
        """Whether the pointer is over a handle."""
        return _grabbed(desk, pointer) is not None

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of the handle under the pointer."""
        grabbed = _grabbed(desk, pointer)
        if grabbed is None:
            return False
        zone, self._end = grabbed
        self._zone = zone.id
        self._gesture = begin(desk, QT_TRANSLATE_NOOP("Editing", "Move gradient"))
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag it; the dots follow."""
        if self._gesture is None:
            return False
        zone = find_zone(self._gesture.transaction.base, self._zone)
        if zone is not None and zone.gradient is not None:
            zone_id, moved = zone.id, _moved(zone.gradient, self._end, pointer.at)
            self._gesture.show(lambda case: set_gradient(case, zone_id, moved))
            desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The drag is one step."""
        if self._gesture is None:
            return False
        self._gesture.finish()
        self._gesture = None
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The way of the gradient, its ends, and the share of the density there."""
        zone = _shown(desk)
        if zone is None or zone.gradient is None:
            return ()
        run = zone.gradient
        return (
            Line((run.start, run.end), Ink.HANDLE),
            Spot(run.start, Mark.SELECTED),
            Spot(run.end, Mark.SMOOTH),
            Label(run.start, percent_text(run.at_start)),
            Label(run.end, percent_text(run.at_end)),
        )


def _shown(desk: Desk) -> Zone | None:
    """The one selected zone, if it has a gradient and is drawn on the chart shown."""
    case = desk.history.case
    chosen = desk.selection.items | {node.item for node in desk.selection.nodes}
    zones = [zone for item in chosen if (zone := find_zone(case, item)) is not None]
    if len(zones) != 1 or zones[0].gradient is None:
        return None
    zone = zones[0]
    return zone if zone.chart == desk.skin.chart and not (zone.hidden or zone.locked) else None


def _grabbed(desk: Desk, pointer: Pointer) -> tuple[Zone, str] | None:
    zone = _shown(desk)
    if zone is None or zone.gradient is None:
        return None
    ends = (("start", zone.gradient.start), ("end", zone.gradient.end))
    distance, end = min((math.dist(at, pointer.at), end) for end, at in ends)
    return (zone, end) if distance <= pointer.reach * pointer.px else None


def _moved(gradient: Gradient, end: str, at: Point) -> Gradient:
    return replace(gradient, start=at) if end == "start" else replace(gradient, end=at)
