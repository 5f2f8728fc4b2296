"""The density brush: more or fewer dots where it is drawn over the zone."""

import math
from dataclasses import replace

import shapely

from studio.editing.choosing import choose
from studio.editing.edits.items import find_zone
from studio.editing.edits.painting import LARGEST_BRUSH, SMALLEST_BRUSH, paint
from studio.editing.gesture import Gesture, begin
from studio.editing.hit import hit
from studio.editing.overlay import Ink, Line, Overlay, Shape
from studio.editing.selection import only
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tool_numbers import ToolNumber, units_per_mm
from studio.editing.tools.dragging import Dragging
from studio.editing.zone_styles import usual
from studio.geometry.mirror import mirror_point
from studio.geometry.polygons import polygon_of
from studio.geometry.stroke import ellipse
from studio.model.chart import Point
from studio.model.ids import Id
from studio.model.strokes import DensityStroke
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Zone

SPACING = 0.15
"""Share of the brush's radius between two places of a stroke."""


class BrushTool(Dragging):
    """Draw over the selected zone. `radius` in mm, `softness` and `amount` in percent."""

    name = "brush"
    numbers = (
        ToolNumber(
            "radius", QT_TRANSLATE_NOOP("Editing", "Radius"), SMALLEST_BRUSH, LARGEST_BRUSH, 1, "mm"
        ),
        ToolNumber("softness", QT_TRANSLATE_NOOP("Editing", "Softness"), 0.0, 100.0, 0, "%"),
        ToolNumber("amount", QT_TRANSLATE_NOOP("Editing", "Strength"), 1.0, 100.0, 0, "%"),
    )

    def __init__(self) -> None:
        self.radius = usual("brush_radius")
        self.softness = 100 * usual("brush_softness")
        self.amount = 100 * usual("brush_amount")
        self._at: Point | None = None
        super().__init__()

    def _reset(self) -> None:
        self._path: list[Point] = []
        self._pressures: list[float] = []
        self._gesture: Gesture | None = None
        self._zone: Id = ""
        self._twin = self._lower = False

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Draw over the zone for more dots, with Alt or the eraser for fewer · [ ] radius · "
            "Shift+[ ] softness",
        )

    @property
    def cursor(self) -> Cursor:
        """A cross in the middle of the ring."""
        return Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Begin a stroke in the selected zone, or in the one under the pointer."""
        self.cancel(desk)
        zone = _chosen(desk, pointer)
        if zone is None:
            desk.say(QT_TRANSLATE_NOOP("Editing", "Select the one zone to paint in."))
            return True
        self._zone, self._twin = zone.id, _over_twin(desk, zone, pointer.at)
        self._lower = Keys.ALT in pointer.keys or pointer.eraser
        label = (
            QT_TRANSLATE_NOOP("Editing", "Paint fewer dots")
            if self._lower
            else QT_TRANSLATE_NOOP("Editing", "Paint more dots")
        )
        self._gesture = begin(desk, label)
        self._draw(desk, pointer)
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Lengthen the stroke; the dots follow."""
        self._at = pointer.at
        if self._gesture is not None:
            apart = SPACING * self.radius * units_per_mm(desk, pointer.at)
            if math.dist(self._placed(desk, pointer.at), self._path[-1]) >= apart:
                self._draw(desk, pointer)
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The stroke is one step."""
        if self._gesture is None:
            return False
        self._gesture.finish(only(self._zone))
        self._reset()
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The brush's edge, and where its full strength ends."""
        if self._at is None:
            return ()
        radius = self.radius * units_per_mm(desk, self._at)
        shapes: list[Shape] = [Line(ellipse(self._at, (radius, radius)), Ink.GUIDE, closed=True)]
        hard = radius * (1 - self.softness / 100)
        if 0.05 * radius < hard < 0.95 * radius:
            shapes.append(Line(ellipse(self._at, (hard, hard)), Ink.SUGGESTED, closed=True))
        return tuple(shapes)

    def refresh(self, desk: Desk) -> None:
        """The pointer may be over another photo now."""
        if self._gesture is None:
            self._at = None

    def _draw(self, desk: Desk, pointer: Pointer) -> None:
        """One more place of the stroke."""
        if self._gesture is None:
            return
        self._path.append(self._placed(desk, pointer.at))
        self._pressures.append(round(min(max(pointer.pressure, 0.0), 1.0), 3))
        full = all(pressure == 1.0 for pressure in self._pressures)
        stroke = DensityStroke(
            path=tuple(self._path),
            radius=self.radius,
            softness=self.softness / 100,
            amount=(-1 if self._lower else 1) * self.amount / 100,
            pressures=() if full else tuple(self._pressures),
        )
        zone_id = self._zone
        self._gesture.show(lambda case: paint(case, zone_id, stroke))
        desk.changed()

    def _placed(self, desk: Desk, at: Point) -> Point:
        """A place as the zone itself has it: over its twin the stroke lies mirrored."""
        return mirror_point(at, desk.history.case.axis(desk.skin.chart)) if self._twin else at


def _chosen(desk: Desk, pointer: Pointer) -> Zone | None:
    """The one selected zone of the chart shown; with none selected the one under the pointer."""
    case = desk.history.case
    zones = [zone for item in desk.selection.items if (zone := find_zone(case, item))]
    here = [zone for zone in zones if zone.chart == desk.skin.chart]
    if len(here) == 1:
        return here[0]
    target = None if here else hit(case, desk.skin.chart, replace(pointer, keys=Keys.NONE))
    zone = find_zone(case, target.item) if target is not None else None
    if zone is not None:
        choose(desk, only(zone.id))
    return zone


def _over_twin(desk: Desk, zone: Zone, at: Point) -> bool:
    if not zone.mirrored or shapely.contains_xy(polygon_of(zone), *at):
        return False
    there = mirror_point(at, desk.history.case.axis(zone.chart))
    shape, here = polygon_of(zone), shapely.Point(at)
    return bool(shape.distance(shapely.Point(there)) < shape.distance(here))
