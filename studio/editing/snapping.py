"""Pulling the pointer to the start point, the mirror axis, other nodes and lines."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from studio.editing.edits.items import Item, items_of
from studio.editing.edits.points import zone_rings
from studio.editing.hit import nearest_edge
from studio.editing.overlay import Ink, Line, Mark, Overlay, Spot
from studio.editing.tool import Desk, Keys, Pointer
from studio.geometry.bezier import nearest
from studio.geometry.mirror import direction, distance_to_axis, onto_axis
from studio.model.case import MirrorAxis
from studio.model.chart import Point, rounded
from studio.model.curve import Curve
from studio.model.ids import Id

REACH_PX = 8.0
"""Snapping is no wider for a pen than for a mouse: it pulls, where a hit only picks."""

EDGE_REACH_PX = 5.0
AXIS_DRAWN = 1000.0


class SnapTo(StrEnum):
    """What the pointer was pulled to."""

    START = "start"
    DIRECTION = "direction"
    NODE = "node"
    AXIS = "axis"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Snapped:
    """Where the pointer ends up, rounded as stored, to what, and guides that show it."""

    at: Point
    to: SnapTo | None = None
    guides: Overlay = ()


def snap(
    desk: Desk,
    pointer: Pointer,
    *,
    start: Point | None = None,
    anchor: Point | None = None,
    skip: Collection[Id] = (),
) -> Snapped:
    """The pointer's place after snapping.

    `start` closes a shape and always pulls. Shift keeps to multiples of 45 degrees from
    `anchor`. The rest only while `desk.snap`: nodes, the mirror axis, lines; items in
    `skip` do not pull.
    """
    reach = REACH_PX * pointer.px
    if start is not None and math.dist(start, pointer.at) <= pointer.reach * pointer.px:
        return Snapped(start, SnapTo.START, (Spot(start, Mark.RING),))
    if anchor is not None and Keys.SHIFT in pointer.keys:
        at = constrained(anchor, pointer.at)
        return Snapped(at, SnapTo.DIRECTION, (Line((anchor, at), Ink.GUIDE),))
    if desk.snap:
        others = tuple(item for item in _others(desk) if item.id not in skip)
        axis = desk.history.case.axis(desk.skin.chart)
        found = _to_node(others, pointer.at, reach) or _to_axis(axis, pointer.at, reach)
        found = found or _to_edge(others, pointer.at, EDGE_REACH_PX * pointer.px)
        if found is not None:
            return found
    return Snapped(rounded(pointer.at))


def constrained(anchor: Point, at: Point) -> Point:
    """The point turned about the anchor to the nearest multiple of 45 degrees, by projection."""
    dx, dy = at[0] - anchor[0], at[1] - anchor[1]
    angle = round(math.atan2(dy, dx) / (math.pi / 4)) * (math.pi / 4)
    along = dx * math.cos(angle) + dy * math.sin(angle)
    return rounded((anchor[0] + along * math.cos(angle), anchor[1] + along * math.sin(angle)))


def axis_line(axis: MirrorAxis) -> Line:
    """The mirror axis as a long line."""
    x, y = direction(axis)
    return Line(
        (
            (axis.at[0] + AXIS_DRAWN * x, axis.at[1] + AXIS_DRAWN * y),
            (axis.at[0] - AXIS_DRAWN * x, axis.at[1] - AXIS_DRAWN * y),
        ),
        Ink.AXIS,
    )


def _others(desk: Desk) -> Iterator[Item]:
    for item in items_of(desk.history.case.variant):
        if item.chart == desk.skin.chart and not item.hidden:
            yield item


def _to_node(items: tuple[Item, ...], at: Point, reach: float) -> Snapped | None:
    points = [point for item in items for point in _points(item)]
    best = min(points, key=lambda point: math.dist(point, at), default=None)
    if best is None or math.dist(best, at) > reach:
        return None
    return Snapped(best, SnapTo.NODE, (Spot(best, Mark.RING),))


def _to_axis(axis: MirrorAxis, at: Point, reach: float) -> Snapped | None:
    if abs(distance_to_axis(at, axis)) > reach:
        return None
    return Snapped(onto_axis(at, axis), SnapTo.AXIS, (axis_line(axis),))


def _to_edge(items: tuple[Item, ...], at: Point, reach: float) -> Snapped | None:
    feet = [foot for item in items for foot in _feet(item, at)]
    distance, place = min(feet, default=(math.inf, at))
    if distance > reach:
        return None
    put = rounded(place)
    return Snapped(put, SnapTo.EDGE, (Spot(put, Mark.CROSS),))


def _points(item: Item) -> Iterator[Point]:
    if isinstance(item, Curve):
        yield from (node.at for node in item.nodes)
    else:
        yield from (point for ring in zone_rings(item) for point in ring)


def _feet(item: Item, at: Point) -> Iterator[tuple[float, Point]]:
    if isinstance(item, Curve):
        near = nearest(item.nodes, at, closed=item.closed)
        yield near.distance, near.at
        return
    for ring in zone_rings(item):
        _, place, distance = nearest_edge(ring, at)
        yield distance, place
