"""Dot scars of single-hair surgery: round marks of one size, stamped where they are seen."""

from studio.editing.choosing import choose
from studio.editing.edits.items import delete_items
from studio.editing.edits.zones import add_zone, cut_zone, extend_zone, new_zone
from studio.editing.gesture import apply
from studio.editing.overlay import Ink, Line, Overlay
from studio.editing.selection import Selection, only
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tool_numbers import ToolNumber, turn_number, units_per_mm
from studio.editing.tools.idle import Idle
from studio.editing.zone_styles import usual, zone_styles
from studio.geometry.polygons import polygon_of, repaired
from studio.geometry.stroke import ellipse
from studio.model.chart import Point
from studio.model.ids import new_id
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Purpose, Zone


class StampTool(Idle):
    """Click each scar. Marks that touch are one zone; with Alt a mark is taken away."""

    name = "dot-scars"
    numbers = (
        ToolNumber("diameter", QT_TRANSLATE_NOOP("Editing", "Diameter"), 0.4, 10.0, 1, "mm"),
    )

    def __init__(self) -> None:
        self.diameter = usual("scar_dot")
        self._at: Point | None = None

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing", "Click each round scar · [ ] diameter · Alt or the eraser takes one away"
        )

    @property
    def cursor(self) -> Cursor:
        """A cross."""
        return Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Stamp a mark, or take one away: one step."""
        self._at = pointer.at
        mark = self._mark(desk, pointer.at)
        touched = _touched(desk, mark)
        if Keys.ALT in pointer.keys or pointer.eraser:
            self._take(desk, touched, mark)
        elif touched is None:
            zone_id, chart = new_id(), desk.skin.chart
            style = zone_styles()[Purpose.DOT_SCARS]
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Add dot scar"),
                lambda case: add_zone(case, new_zone(case, chart, mark, style, zone_id=zone_id)),
                only(zone_id),
            )
        else:
            known = touched.id
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Add dot scar"),
                lambda case: extend_zone(case, known, mark),
                only(known),
            )
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Show where the mark would lie."""
        self._at = pointer.at
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """[ and ] change the diameter."""
        used = turn_number(self, key, keys)
        if used:
            desk.changed()
        return used

    def overlay(self, desk: Desk) -> Overlay:
        """The mark under the pointer."""
        return (
            () if self._at is None else (Line(self._mark(desk, self._at), Ink.ZONE, closed=True),)
        )

    def refresh(self, desk: Desk) -> None:
        """The pointer may be over another photo now."""
        self._at = None

    def _mark(self, desk: Desk, at: Point) -> tuple[Point, ...]:
        radius = self.diameter / 2 * units_per_mm(desk, at)
        return ellipse(at, (radius, radius))

    def _take(self, desk: Desk, touched: Zone | None, mark: tuple[Point, ...]) -> None:
        if touched is None:
            return
        zone_id = touched.id
        label = QT_TRANSLATE_NOOP("Editing", "Take dot scar away")
        if repaired(mark).buffer(self.diameter / 4).covers(polygon_of(touched)):
            apply(desk, label, lambda case: delete_items(case, {zone_id}), Selection())
            choose(desk, Selection())
        else:
            apply(desk, label, lambda case: cut_zone(case, zone_id, mark), only(zone_id))


def _touched(desk: Desk, mark: tuple[Point, ...]) -> Zone | None:
    """The uppermost zone of dot scars that a mark touches."""
    shape, case = repaired(mark), desk.history.case
    for zone in reversed(case.variant.zones):
        alike = zone.purpose is Purpose.DOT_SCARS and zone.chart == desk.skin.chart
        if alike and not zone.hidden and not zone.mirrored and polygon_of(zone).intersects(shape):
            return zone
    return None
