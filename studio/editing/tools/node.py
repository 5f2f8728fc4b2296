"""The node tool: points and handles of the selected items."""

import math
from dataclasses import replace
from enum import Enum, auto

from studio.editing.choosing import choose, mended, prune
from studio.editing.edits.items import delete_items, find, find_curve
from studio.editing.edits.points import (
    delete_points,
    insert_corner,
    insert_node,
    move_points,
    set_node,
    toggle_nodes,
    zone_rings,
)
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.hit import HitTarget, Part, hit, marquee_points
from studio.editing.outlines import node_shapes, selected_items, selected_outlines
from studio.editing.overlay import Overlay
from studio.editing.selection import EMPTY, NodeRef, Selection, only
from studio.editing.snapping import Snapped, constrained, snap
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.editing.tools.nudging import nudge
from studio.editing.tools.select import frame
from studio.geometry.nodes import Side, with_handle
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.curve import Curve
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Zone


class _State(Enum):
    IDLE = auto()
    PRESSED = auto()
    MOVING = auto()
    PULLING = auto()
    MARQUEE = auto()


class NodeTool(Idle):
    """Moves, adds and removes nodes of curves and corners of zones, and pulls handles."""

    name = "node"

    def __init__(self) -> None:
        self._near: Part | None = None
        self._reset()

    def _reset(self) -> None:
        self._state = _State.IDLE
        self._from: Point = (0.0, 0.0)
        self._to: Point = (0.0, 0.0)
        self._target: HitTarget | None = None
        self._before = EMPTY
        self._dropping: NodeRef | None = None
        self._gesture: Gesture | None = None
        self._guides: Overlay = ()

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Drag a point to shape · double-click the line to add one · "
            "Alt-drag splits the handles · Backspace removes it",
        )

    @property
    def cursor(self) -> Cursor:
        """A point over points and handles, move over lines."""
        match self._near:
            case Part.NODE | Part.BACK | Part.AHEAD:
                return Cursor.POINT
            case Part.EDGE:
                return Cursor.MOVE
            case _:
                return Cursor.ARROW

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of a point, a handle or an edge; or select an item; or begin a marquee."""
        self.cancel_drag(desk)
        self._from = self._to = pointer.at
        self._before = desk.selection
        target = hit(desk.history.case, desk.skin.chart, pointer, desk.selection)
        self._target = target
        if target is None or (target.part is Part.BODY and target.item in desk.selection.items):
            self._state = _State.MARQUEE
            return True
        self._state = _State.PRESSED
        if target.part is Part.NODE:
            self._pick(desk, target, pointer.keys)
        elif target.item not in desk.selection.items:
            added = Keys.SHIFT in pointer.keys
            kept = desk.selection.items if added else frozenset()
            choose(desk, Selection(kept | {target.item}))
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag what was taken hold of."""
        match self._state:
            case _State.IDLE:
                target = hit(desk.history.case, desk.skin.chart, pointer, desk.selection)
                self._near = target.part if target is not None else None
                return False
            case _State.PRESSED:
                if math.dist(self._from, pointer.at) > DRAG_PX * pointer.px:
                    self._begin(desk, pointer)
            case _State.MARQUEE:
                self._to = pointer.at
                self._mark(desk, pointer)
            case _:
                self._drag(desk, pointer)
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """End the drag as one step."""
        used = self._state is not _State.IDLE
        if self._gesture is not None:
            self._drag(desk, pointer)
            base, shown = self._gesture.transaction.base, desk.history.case
            after = mended(base, shown, desk.selection)
            if self._gesture.finish(after):
                choose(desk, after)
        elif self._state is _State.MARQUEE and self._from == self._to:
            self._clicked_away(desk, pointer)
        elif self._dropping is not None:
            choose(desk, Selection(desk.selection.items, desk.selection.nodes - {self._dropping}))
        self._reset()
        prune(desk)
        desk.changed()
        return used

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """Add a point on the line, or make a point smooth or a corner."""
        target = hit(desk.history.case, desk.skin.chart, pointer, desk.selection)
        match target:
            case HitTarget(part=Part.NODE):
                self._toggle(desk, frozenset({target.ref}))
            case HitTarget(part=Part.EDGE, twin=False):
                self._add(desk, target)
            case _:
                return False
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """`c` smooth or corner, Delete and Backspace remove, arrows nudge."""
        nodes = desk.selection.nodes
        if self._gesture is not None:
            return True
        if key == "c" and nodes and keys is Keys.NONE:
            self._toggle(desk, nodes)
        elif key in {"delete", "backspace"} and nodes:
            after = Selection(desk.selection.items)
            label = (
                QT_TRANSLATE_NOOP("Editing", "Remove point")
                if len(nodes) == 1
                else QT_TRANSLATE_NOOP("Editing", "Remove points")
            )
            apply(desk, label, lambda case: delete_points(case, nodes), after)
        elif key == "delete" and desk.selection.items:
            items = desk.selection.items
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Delete"),
                lambda case: delete_items(case, items),
                EMPTY,
            )
        elif not nudge(desk, key, keys):
            return False
        prune(desk)
        return True

    def cancel(self, desk: Desk) -> bool:
        """End the drag; else let go of the selected points."""
        if self.cancel_drag(desk):
            return True
        if desk.selection.nodes:
            choose(desk, Selection(desk.selection.items))
            return True
        return False

    def cancel_drag(self, desk: Desk) -> bool:
        """End a drag without a change; False if there was none."""
        if self._gesture is not None:
            self._gesture.drop()
        elif self._state is _State.MARQUEE:
            choose(desk, self._before)
        used = self._state is not _State.IDLE
        self._reset()
        desk.changed()
        return used

    def leave(self, desk: Desk) -> None:
        """End a drag and let go of the points."""
        self.cancel_drag(desk)
        choose(desk, Selection(desk.selection.items))

    def overlay(self, desk: Desk) -> Overlay:
        """Lines, handles and points of the selected items."""
        shapes = [*selected_outlines(desk), *self._guides]
        for item in selected_items(desk):
            if not item.locked:
                shapes += node_shapes(item, desk.selection)
        if self._state is _State.MARQUEE and self._from != self._to:
            shapes.append(frame(self._from, self._to))
        return tuple(shapes)

    def _pick(self, desk: Desk, target: HitTarget, keys: Keys) -> None:
        nodes = desk.selection.nodes
        if target.ref in nodes:
            self._dropping = target.ref if Keys.SHIFT in keys else None
        else:
            kept = nodes if Keys.SHIFT in keys else frozenset()
            choose(desk, Selection(desk.selection.items, kept | {target.ref}))

    def _begin(self, desk: Desk, pointer: Pointer) -> None:
        if self._target is None or self._target.twin:
            return
        handle = self._target.part in {Part.BACK, Part.AHEAD}
        if not handle and not self._dragged(desk):
            return
        self._state = _State.PULLING if handle else _State.MOVING
        several = len(self._dragged(desk)) > 1
        label = (
            QT_TRANSLATE_NOOP("Editing", "Move handle")
            if handle
            else QT_TRANSLATE_NOOP("Editing", "Move points")
            if several
            else QT_TRANSLATE_NOOP("Editing", "Move point")
        )
        self._gesture = begin(desk, label)
        self._drag(desk, pointer)

    def _drag(self, desk: Desk, pointer: Pointer) -> None:
        if self._gesture is None or self._target is None:
            return
        if self._state is _State.PULLING:
            target, to = self._target, self._handle_to(pointer)
            free = Keys.ALT in pointer.keys
            self._gesture.show(lambda case: _with_handle(case, target, to, free=free))
        else:
            refs = self._dragged(desk)
            origin = self._target.at if len(refs) == 1 else self._from
            to = self._snapped(desk, pointer, origin, alone=len(refs) == 1).at
            dx, dy = to[0] - origin[0], to[1] - origin[1]
            self._gesture.show(lambda case: move_points(case, refs, dx, dy))
        desk.changed()

    def _dragged(self, desk: Desk) -> frozenset[NodeRef]:
        """The points that follow the pointer: the selected ones, or both ends of an edge."""
        target = self._target
        if target is None or target.part is Part.BODY:
            return frozenset()
        if target.part is Part.NODE:
            return desk.selection.nodes
        base = desk.history.case if self._gesture is None else self._gesture.transaction.base
        following = (target.index + 1) % _count(base, target)
        return frozenset({target.ref, NodeRef(target.item, following, target.ring)})

    def _snapped(self, desk: Desk, pointer: Pointer, origin: Point, *, alone: bool) -> Snapped:
        """Where the dragged point goes; several points only keep to a direction."""
        grip = (pointer.at[0] - self._from[0], pointer.at[1] - self._from[1])
        moved = replace(pointer, at=(origin[0] + grip[0], origin[1] + grip[1]))
        if not alone:
            held = Keys.SHIFT in pointer.keys
            return Snapped(constrained(origin, moved.at) if held else moved.at)
        item = {self._target.item} if self._target is not None else set()
        found = snap(desk, moved, anchor=origin, skip=item)
        self._guides = found.guides
        return found

    def _handle_to(self, pointer: Pointer) -> Point:
        if self._target is None or self._gesture is None:
            return pointer.at
        curve = find_curve(self._gesture.transaction.base, self._target.item)
        if curve is None or Keys.SHIFT not in pointer.keys:
            return pointer.at
        return constrained(curve.nodes[self._target.index].at, pointer.at)

    def _mark(self, desk: Desk, pointer: Pointer) -> None:
        items = self._before.items
        inside = marquee_points(desk.history.case, desk.skin.chart, self._from, self._to, items)
        kept = self._before.nodes if Keys.SHIFT in pointer.keys else frozenset()
        choose(desk, Selection(items, kept | inside))

    def _clicked_away(self, desk: Desk, pointer: Pointer) -> None:
        """A click inside the item lets go of its points, one outside of the item too."""
        if Keys.SHIFT not in pointer.keys:
            choose(desk, EMPTY if self._target is None else only(self._target.item))

    def _toggle(self, desk: Desk, refs: frozenset[NodeRef]) -> None:
        apply(
            desk,
            QT_TRANSLATE_NOOP("Editing", "Smooth or corner"),
            lambda case: toggle_nodes(case, refs),
        )

    def _add(self, desk: Desk, target: HitTarget) -> None:
        added = NodeRef(target.item, target.index + 1, target.ring)
        after = Selection(desk.selection.items | {target.item}, frozenset({added}))
        item = find(desk.history.case, target.item)
        if isinstance(item, Curve):
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Add point"),
                lambda case: insert_node(case, target.item, target.index, target.t),
                after,
            )
        elif isinstance(item, Zone):
            apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Add point"),
                lambda case: insert_corner(case, target.item, target.ring, target.index, target.at),
                after,
            )


def _count(case: Case, target: HitTarget) -> int:
    item = find(case, target.item)
    if isinstance(item, Curve):
        return len(item.nodes)
    return len(zone_rings(item)[target.ring]) if item is not None else 1


def _with_handle(case: Case, target: HitTarget, to: Point, *, free: bool) -> Case:
    curve = find_curve(case, target.item)
    if curve is None:
        return case
    node = with_handle(curve.nodes[target.index], Side(target.part), to, free=free)
    return set_node(case, curve.id, target.index, node)
