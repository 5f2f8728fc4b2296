"""Overlay shapes of drawn things: their lines, twins, nodes and handles."""

from collections.abc import Iterator

import numpy as np

from studio.editing.edits.items import Item, find
from studio.editing.edits.points import zone_rings
from studio.editing.hit import polyline
from studio.editing.overlay import Ink, Line, Mark, Overlay, Shape, Spot
from studio.editing.selection import NodeRef, Selection
from studio.editing.tool import Desk
from studio.geometry.mirror import mirror_points
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.curve import Curve


def as_points(array: FloatArray) -> tuple[Point, ...]:
    """An array (n, 2) as the points of an overlay line."""
    return tuple((float(x), float(y)) for x, y in array.tolist())


def selected_outlines(desk: Desk) -> Overlay:
    """Lines of every selected item on the chart, twins dashed."""
    case = desk.history.case
    return tuple(shape for item in selected_items(desk) for shape in item_lines(case, item))


def selected_items(desk: Desk) -> Iterator[Item]:
    """Selected items that are shown on the chart."""
    for item_id in sorted(desk.selection.items):
        item = find(desk.history.case, item_id)
        if item is not None and item.chart == desk.skin.chart and not item.hidden:
            yield item


def item_lines(case: Case, item: Item) -> Iterator[Line]:
    """Outline of an item and of its twin."""
    if isinstance(item, Curve):
        courses, ink, closed = [polyline(item.nodes, item.closed)], Ink.CURVE, False
    else:
        courses, ink, closed = [np.array(r) for r in zone_rings(item)], Ink.ZONE, True
    for course in courses:
        yield Line(as_points(course), ink, closed)
        if item.mirrored:
            twin = mirror_points(course, case.axis(item.chart))
            yield Line(as_points(twin), Ink.TWIN, closed)


def node_shapes(item: Item, selection: Selection) -> Iterator[Shape]:
    """Nodes, corners, and handles of an item; handles of a selected node stand out."""
    if isinstance(item, Curve):
        for i, node in enumerate(item.nodes):
            picked = NodeRef(item.id, i) in selection.nodes
            for handle in (node.back, node.ahead):
                if handle is not None:
                    yield Line((node.at, handle), Ink.HANDLE if picked else Ink.HANDLE_NEAR)
                    yield Spot(handle, Mark.KNOB if picked else Mark.KNOB_NEAR)
        for i, node in enumerate(item.nodes):
            mark = Mark.SMOOTH if node.smooth else Mark.CORNER
            yield Spot(node.at, _mark(mark, NodeRef(item.id, i), selection))
        return
    for r, ring in enumerate(zone_rings(item)):
        for i, point in enumerate(ring):
            yield Spot(point, _mark(Mark.CORNER, NodeRef(item.id, i, r), selection))


def _mark(mark: Mark, ref: NodeRef, selection: Selection) -> Mark:
    return Mark.SELECTED if ref in selection.nodes else mark
