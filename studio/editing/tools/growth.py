"""Which way hair grows: strokes from root to tip, and whorls."""

import math

import numpy as np

from studio.editing.edits.growth import add_growth, remove_growth, turn_whorl
from studio.editing.gesture import apply
from studio.editing.hit import nearest_edge
from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Line, Mark, Overlay, Shape, Spot
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.geometry.arrows import arrows, zone_arrows
from studio.geometry.mirror import mirror_point
from studio.geometry.polygons import simplified
from studio.geometry.twins import effective_zones
from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.strokes import GrowthStroke, Whorl
from studio.model.translation import QT_TRANSLATE_NOOP

SPACING_PX = 3.0
"""Points of the stroke lie at least this far apart on screen."""

ARROWS, ARROW = 8.0, 4.5
"""Chart units between arrows of the field, and their length."""

NEAR_MIDLINE = 12.0
"""Chart units between a stroke and its twin up to which there is no twin."""

_WHORL_RADIUS = 6.0


class GrowthTool(Idle):
    """Draw strokes with the button down; double-click for a whorl."""

    name = "growth"

    def __init__(self) -> None:
        self._stroke: list[Point] = []

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Draw a stroke from root to tip · double-click sets a whorl, again turns it · "
            "Alt-click or the eraser takes one away",
        )

    @property
    def cursor(self) -> Cursor:
        """A pen."""
        return Cursor.PEN

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Begin a stroke, or take one away."""
        self.cancel(desk)
        if Keys.ALT in pointer.keys or pointer.eraser:
            self._take(desk, pointer)
        else:
            self._stroke = [pointer.at]
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Lengthen the stroke."""
        if not self._stroke:
            return False
        if math.dist(self._stroke[-1], pointer.at) >= SPACING_PX * pointer.px:
            self._stroke.append(pointer.at)
            desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The stroke is one step; a click is none."""
        stroke, self._stroke = np.array(self._stroke), []
        if len(stroke) < 1:
            return False
        if float(np.ptp(stroke, axis=0).max()) > DRAG_PX * pointer.px:
            path = as_points(simplified(stroke, pointer.px))
            label = QT_TRANSLATE_NOOP("Editing", "Growth direction")
            strokes = [GrowthStroke(chart=desk.skin.chart, path=path)]
            if desk.mirror:
                axis = desk.history.case.axis(desk.skin.chart)
                twin = tuple(mirror_point(point, axis) for point in path)
                # along the midline both would tell the same, and cross
                apart = np.hypot(*(np.array(twin) - np.array(path)).T)
                if float(apart.max()) > NEAR_MIDLINE:
                    strokes.append(GrowthStroke(chart=desk.skin.chart, path=twin))
            apply(desk, label, lambda case: add_growth(case, strokes))
        desk.changed()
        return True

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Set a whorl, or turn the one that is there the other way."""
        self._stroke = []
        near = _near(desk, pointer)
        growth = desk.history.case.variant.growth
        if near is not None and growth[near].whorl is not Whorl.NONE:
            index = near
            label = QT_TRANSLATE_NOOP("Editing", "Turn whorl")
            apply(desk, label, lambda case: turn_whorl(case, index))
        else:
            label = QT_TRANSLATE_NOOP("Editing", "Add whorl")
            whorl = GrowthStroke(chart=desk.skin.chart, path=(pointer.at,), whorl=Whorl.CLOCKWISE)
            apply(desk, label, lambda case: add_growth(case, [whorl]))
        desk.changed()
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Backspace and Delete take the last stroke away."""
        growth = desk.history.case.variant.growth
        here = [i for i, stroke in enumerate(growth) if stroke.chart == desk.skin.chart]
        if key not in {"backspace", "delete"} or not here:
            return False
        self._remove(desk, here[-1])
        return True

    def cancel(self, desk: Desk) -> bool:
        """Drop the stroke in hand."""
        used, self._stroke = bool(self._stroke), []
        if used:
            desk.changed()
        return used

    def overlay(self, desk: Desk) -> Overlay:
        """The arrows of the field inside zones, the strokes, and the one in hand."""
        case, chart = desk.history.case, desk.skin.chart
        zones = effective_zones(case.variant, case.axis)
        shapes: list[Shape] = [
            Line(as_points(arrow), Ink.GUIDE)
            for arrow in zone_arrows(zones, case.variant.growth, chart, ARROWS, ARROW)
        ]
        for stroke in case.variant.growth:
            if stroke.chart == chart:
                shapes += _shown(stroke)
        if len(self._stroke) > 1:
            shapes.append(Line(tuple(self._stroke), Ink.CURVE))
        return tuple(shapes)

    def _take(self, desk: Desk, pointer: Pointer) -> None:
        near = _near(desk, pointer)
        if near is not None:
            self._remove(desk, near)

    def _remove(self, desk: Desk, index: int) -> None:
        label = QT_TRANSLATE_NOOP("Editing", "Take stroke away")
        apply(desk, label, lambda case: remove_growth(case, index))
        desk.changed()


def _near(desk: Desk, pointer: Pointer) -> int | None:
    """The number of the stroke or whorl under the pointer."""
    found = [
        (_distance(stroke, pointer.at) - (_WHORL_RADIUS if stroke.whorl else 0.0), i)
        for i, stroke in enumerate(desk.history.case.variant.growth)
        if stroke.chart == desk.skin.chart
    ]
    distance, index = min(found, default=(math.inf, 0))
    return index if distance <= pointer.reach * pointer.px else None


def _distance(stroke: GrowthStroke, at: Point) -> float:
    """From a place to a stroke; there and back it is a ring."""
    return nearest_edge((*stroke.path, *stroke.path[::-1]), at)[2]


def _shown(stroke: GrowthStroke) -> list[Shape]:
    """A stroke with its head, or a whorl as an open turn with its head."""
    if stroke.whorl is not Whorl.NONE:
        turn = np.linspace(0.0, 1.5 * np.pi, 28) * stroke.whorl.value
        round_ = np.stack([np.cos(turn), np.sin(turn)], axis=1)
        ring = np.array(stroke.path[0]) + _WHORL_RADIUS * round_
        return [
            Line(as_points(np.concatenate([ring, _head(ring)])), Ink.CURVE),
            Spot(stroke.path[0], Mark.SMOOTH),
        ]
    path = np.array(stroke.path)
    return [Line(as_points(np.concatenate([path, _head(path)])), Ink.CURVE)]


def _head(path: FloatArray) -> FloatArray:
    """The barbs at the end of a line, as its last arrow has them, (3, 2)."""
    step = path[-1] - path[-2]
    way = (step / max(float(np.hypot(*step)), 1e-9))[None]
    return arrows(path[-1:] - way * ARROW / 2, way, ARROW)[0, 2:]
