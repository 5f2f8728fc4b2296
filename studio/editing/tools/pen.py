"""The pen: draws a curve of cubic Bézier segments, every placed point a step."""

import math
from enum import Enum, auto

from studio.editing.choosing import choose
from studio.editing.edits.items import delete_items, find_curve, replace_curve
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.hit import pickable
from studio.editing.outlines import as_points, item_lines, node_shapes
from studio.editing.overlay import Ink, Line, Mark, Overlay, Shape, Spot
from studio.editing.selection import EMPTY, NodeRef, Selection, only
from studio.editing.snapping import Snapped, SnapTo, constrained, snap
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.drawing import Drawing, begun, with_node
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.geometry.bezier import Nodes, flatten
from studio.geometry.mirror import across, distance_to_axis, mirror_points
from studio.geometry.nodes import pulled
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.curve import Curve, CurveRole, Node
from studio.model.translation import QT_TRANSLATE_NOOP

_ON_AXIS = 0.002


class _State(Enum):
    IDLE = auto()
    PLACING = auto()
    PULLING = auto()


class PenTool(Idle):
    """Click for a corner, drag for a smooth point. `role` is what new curves stand for."""

    name = "pen"

    def __init__(self, role: CurveRole = CurveRole.HAIRLINE) -> None:
        self.role = role
        self._drawing: Drawing | None = None
        self._rest()

    def _rest(self) -> None:
        """No button is down."""
        self._state = _State.IDLE if self._drawing is None else _State.PLACING
        self._gesture: Gesture | None = None
        self._at: Point = (0.0, 0.0)
        self._closing = False
        self._hover: Snapped | None = None

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        if self._drawing is None:
            return QT_TRANSLATE_NOOP(
                "Editing",
                "Click to start the curve, drag to bend it · click an end to go on from there",
            )
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Click for a corner, drag for a smooth point · Shift keeps to 45° · click the first "
            "point to close · Backspace takes one back · Enter finishes",
        )

    @property
    def cursor(self) -> Cursor:
        """The pen; a closing sign over the first point."""
        closing = self._hover is not None and self._hover.to is SnapTo.START
        return Cursor.CLOSE if closing else Cursor.PEN

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Place a point; its handles can be pulled out until the release."""
        self.refresh(desk)
        if self._gesture is not None:
            return True
        if self._drawing is None:
            self._start(desk, pointer)
            return True
        place = self._snapped(desk, pointer)
        nodes = self._nodes(desk)
        self._closing = place.to is SnapTo.START
        if not self._closing and math.dist(nodes[-1].at, place.at) < pointer.px:
            return True
        self._at = place.at
        self._state = _State.PULLING
        self._gesture = begin(
            desk,
            QT_TRANSLATE_NOOP("Editing", "Close curve")
            if self._closing
            else QT_TRANSLATE_NOOP("Editing", "Add point"),
        )
        self._show(desk, Node(place.at, smooth=False))
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Pull the handles of the point just placed, or show where the next one goes."""
        self.refresh(desk)
        match self._state:
            case _State.PULLING:
                self._pull(desk, pointer)
                return True
            case _State.PLACING:
                self._hover = self._snapped(desk, pointer)
            case _State.IDLE:
                self._hover = snap(desk, pointer)
        desk.changed()
        return self._state is not _State.IDLE

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The point stands: one step."""
        if self._state is not _State.PULLING:
            return False
        self._pull(desk, pointer)
        if self._gesture is not None and self._drawing is not None:
            before = self._gesture.transaction.base
            selection = only(self._drawing.curve)
            if self._gesture.finish(selection):
                if find_curve(before, self._drawing.curve) is None:
                    self._drawing.before = before
                choose(desk, selection)
            if self._closing:
                self._drawing = None
        self._rest()
        desk.changed()
        return True

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Finish at the point that the first click placed."""
        return self.confirm(desk)

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Backspace takes back the last point."""
        self.refresh(desk)
        if key != "backspace" or self._drawing is None or self._gesture is not None:
            return False
        drawing, nodes = self._drawing, self._nodes(desk)
        curve = find_curve(desk.history.case, drawing.curve)
        if curve is None:
            self._drawing = None
        elif len(nodes) > 2:
            shorter = drawing.shortened(curve)
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Take back point"),
                lambda case: replace_curve(case, shorter),
            )
        else:
            drawing.first = nodes[0]
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Take back point"),
                lambda c: delete_items(c, {curve.id}),
                EMPTY,
            )
            drawing.before = desk.history.case
        self._rest()
        desk.changed()
        return True

    def confirm(self, desk: Desk) -> bool:
        """Finish the curve, open as it is."""
        self.refresh(desk)
        if self._drawing is None:
            return False
        if self._gesture is not None:
            self._gesture.drop()
        self._drawing = None
        self._rest()
        desk.changed()
        return True

    def cancel(self, desk: Desk) -> bool:
        """End the drag; then end the curve, which stays."""
        self.refresh(desk)
        if self._state is _State.PULLING:
            if self._gesture is not None:
                self._gesture.drop()
            else:
                self._drawing = None
            self._rest()
            desk.changed()
            return True
        return self.confirm(desk)

    def leave(self, desk: Desk) -> None:
        """End the drag and the curve, which stays."""
        self.confirm(desk)
        self._hover = None

    def take_back(self, desk: Desk) -> bool:
        """Undo of a first point that is not in the case yet."""
        self.refresh(desk)
        alone = self._drawing is not None and len(self._nodes(desk)) == 1
        return alone and self._gesture is None and self.confirm(desk)

    def overlay(self, desk: Desk) -> Overlay:
        """The curve with its points, and the segment to the pointer."""
        guides = self._hover.guides if self._hover is not None else ()
        if self._drawing is None:
            return guides
        nodes = self._nodes(desk)
        curve = find_curve(desk.history.case, self._drawing.curve)
        shapes: list[Shape] = []
        if curve is None:
            shapes += [Line((nodes[0].at, h), Ink.HANDLE) for h in _handles(nodes[0])]
            shapes += [Spot(h, Mark.KNOB) for h in _handles(nodes[0])]
            shapes.append(Spot(nodes[0].at, Mark.SELECTED))
        else:
            index = 0 if self._drawing.backward else len(nodes) - 1
            picked = Selection(frozenset(), frozenset({NodeRef(curve.id, index)}))
            shapes += [*item_lines(desk.history.case, curve), *node_shapes(curve, picked)]
        if self._hover is not None and self._state is _State.PLACING:
            shapes += self._rubber(desk, nodes[-1], self._hover.at)
        return (*shapes, *guides)

    def _start(self, desk: Desk, pointer: Pointer) -> None:
        """Go on from the open end under the pointer, or begin a curve."""
        end = _open_end(desk, pointer)
        if end is not None:
            curve, backward = end
            self._drawing = Drawing(curve.id, curve.nodes[0], desk.history.case, backward)
            choose(desk, only(curve.id))
            self._rest()
            return
        place = snap(desk, pointer)
        self._at = place.at
        self._drawing = begun(Node(place.at, smooth=False))
        self._state = _State.PULLING
        desk.changed()

    def _pull(self, desk: Desk, pointer: Pointer) -> None:
        """Handles to both sides, towards the pointer, once it has left the point."""
        to = pointer.at
        if Keys.SHIFT in pointer.keys:
            to = constrained(self._at, to)
        elif Keys.ALT not in pointer.keys:
            to = _across_axis(desk, self._at, to)
        near = math.dist(self._at, pointer.at) <= DRAG_PX * pointer.px
        self._show(desk, Node(self._at, smooth=False) if near else pulled(self._at, to))
        desk.changed()

    def _show(self, desk: Desk, node: Node) -> None:
        """Preview the curve with the point being placed."""
        if self._drawing is None:
            return
        if self._gesture is None:
            self._drawing.first = node
            return
        drawing, role = self._drawing, self.role
        chart, mirrored = desk.skin.chart, desk.mirror
        if self._closing:
            self._gesture.show(lambda case: _closed(case, drawing, node))
        else:
            self._gesture.show(
                lambda case: with_node(case, drawing, node, role, chart, mirrored=mirrored)
            )

    def _nodes(self, desk: Desk) -> Nodes:
        return () if self._drawing is None else self._drawing.nodes(desk.history.case)

    def refresh(self, desk: Desk) -> None:
        """Let go of a curve that undo, another edit, or another photo took away."""
        if self._gesture is not None and self._gesture.over:
            self._rest()
        if self._drawing is None or self._gesture is not None:
            return
        if self._drawing.lost(desk.history.case, desk.skin.chart):
            self._drawing = None
            self._rest()

    def _snapped(self, desk: Desk, pointer: Pointer) -> Snapped:
        nodes = self._nodes(desk)
        start = nodes[0].at if len(nodes) > 2 else None
        skip = {self._drawing.curve} if self._drawing is not None else set()
        return snap(desk, pointer, start=start, anchor=nodes[-1].at, skip=skip)

    def _rubber(self, desk: Desk, last: Node, to: Point) -> list[Line]:
        course = flatten((last, Node(to)))
        lines = [Line(as_points(course), Ink.SUGGESTED)]
        if desk.mirror:
            axis = desk.history.case.axis(desk.skin.chart)
            lines.append(Line(as_points(mirror_points(course, axis)), Ink.TWIN))
        return lines


def _open_end(desk: Desk, pointer: Pointer) -> tuple[Curve, bool] | None:
    """An open curve whose end lies under the pointer, and whether that is its first node."""
    reach = pointer.reach * pointer.px
    ends = [
        (math.dist(node.at, pointer.at), item, backward)
        for item in pickable(desk.history.case, desk.skin.chart)
        if isinstance(item, Curve) and not item.closed
        for node, backward in ((item.nodes[-1], False), (item.nodes[0], True))
    ]
    near = min(ends, key=lambda end: end[0], default=None)
    return None if near is None or near[0] > reach else (near[1], near[2])


def _across_axis(desk: Desk, at: Point, to: Point) -> Point:
    """On the axis of a mirrored curve handles lie in the way of mirroring: twins join smoothly."""
    axis = desk.history.case.axis(desk.skin.chart)
    if not desk.mirror or abs(distance_to_axis(at, axis)) > _ON_AXIS:
        return to
    off = distance_to_axis(to, axis) - distance_to_axis(at, axis)
    x, y = across(axis)
    return at[0] + off * x, at[1] + off * y


def _handles(node: Node) -> list[Point]:
    return [handle for handle in (node.back, node.ahead) if handle is not None]


def _closed(case: Case, drawing: Drawing, node: Node) -> Case:
    curve = find_curve(case, drawing.curve)
    return case if curve is None else replace_curve(case, drawing.closed(curve, node))
