"""What lies under the pointer: nodes first, then handles, lines, and bodies of zones."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from studio.editing.edits.items import Item, items_of
from studio.editing.edits.points import zone_rings
from studio.editing.selection import EMPTY, NodeRef, Selection
from studio.editing.tool import Pointer
from studio.geometry.bezier import Nodes, flatten, nearest
from studio.geometry.mirror import mirror_point
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import ChartId, Point, Ring
from studio.model.curve import Curve
from studio.model.ids import Id
from studio.model.zone import Zone


class Part(StrEnum):
    """Which part of an item was hit."""

    NODE = "node"
    BACK = "back"
    AHEAD = "ahead"
    EDGE = "edge"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class HitTarget:
    """A part of an item under the pointer.

    `index` is a node's, corner's, or edge's number in ring `ring`, `at` the place of
    the part, `t` the parameter on a curve's segment. `twin`: the item's twin was hit.
    """

    part: Part
    item: Id
    at: Point
    index: int = 0
    ring: int = 0
    t: float = 0.0
    twin: bool = False
    distance: float = 0.0

    @property
    def ref(self) -> NodeRef:
        """The node or corner hit, or the one an edge starts from."""
        return NodeRef(self.item, self.index, self.ring)


def hit(
    case: Case, chart: ChartId, pointer: Pointer, selection: Selection = EMPTY
) -> HitTarget | None:
    """The part under the pointer, or None.

    Only the selected items show nodes and handles, so only theirs are hit. Within one
    kind the nearest wins, of bodies the topmost. Hidden and locked items are not hit.
    """
    items = list(pickable(case, chart))
    reach = pointer.reach * pointer.px
    shown = [item for item in items if item.id in selection.items]
    for found in (
        (spot for item in shown for spot in _nodes(item, pointer.at)),
        (spot for item in shown for spot in _handles(item, pointer.at)),
        (spot for item in items for spot in _edges(case, item, pointer.at)),
    ):
        near = [spot for spot in found if spot.distance <= reach]
        if near:
            return min(reversed(near), key=lambda spot: spot.distance)
    bodies = [spot for item in items for spot in _bodies(case, item, pointer.at)]
    return bodies[-1] if bodies else None


def marquee(case: Case, chart: ChartId, one: Point, other: Point) -> frozenset[Id]:
    """Items that a rectangle between two corners touches."""
    frame = shapely.box(*_frame(one, other))
    return frozenset(item.id for item in pickable(case, chart) if frame.intersects(_shape(item)))


def marquee_points(
    case: Case, chart: ChartId, one: Point, other: Point, items: Collection[Id]
) -> frozenset[NodeRef]:
    """Nodes and corners of these items inside a rectangle between two corners."""
    left, top, right, bottom = _frame(one, other)
    return frozenset(
        spot.ref
        for item in pickable(case, chart)
        if item.id in items
        for spot in _nodes(item, one)
        if left <= spot.at[0] <= right and top <= spot.at[1] <= bottom
    )


def pickable(case: Case, chart: ChartId) -> Iterator[Item]:
    """Items of a chart that the pointer can touch: neither hidden nor locked; zones first."""
    variant = case.variant
    every = items_of(variant)
    for item in (*every[len(variant.curves) :], *every[: len(variant.curves)]):
        if item.chart == chart and not item.hidden and not item.locked:
            yield item


@lru_cache(maxsize=256)
def polyline(nodes: Nodes, closed: bool) -> FloatArray:
    """The flattened curve, the same array for the same nodes."""
    return flatten(nodes, closed=closed)


def nearest_edge(ring: Ring, point: Point) -> tuple[int, Point, float]:
    """The edge of a closed ring nearest to a point: its number, the place, the distance."""
    corners = np.array(ring, dtype=np.float64)
    along = np.roll(corners, -1, axis=0) - corners
    offset = np.asarray(point) - corners
    length2 = np.maximum((along**2).sum(axis=1), 1e-12)
    t = ((offset * along).sum(axis=1) / length2).clip(0.0, 1.0)
    feet = corners + t[:, None] * along
    distances = np.hypot(*(feet - point).T)
    best = int(distances.argmin())
    return best, (float(feet[best, 0]), float(feet[best, 1])), float(distances[best])


def _nodes(item: Item, at: Point) -> Iterator[HitTarget]:
    if isinstance(item, Curve):
        rings: tuple[tuple[Point, ...], ...] = (tuple(node.at for node in item.nodes),)
    else:
        rings = zone_rings(item)
    for r, ring in enumerate(rings):
        for i, point in enumerate(ring):
            yield HitTarget(Part.NODE, item.id, point, i, r, distance=math.dist(point, at))


def _handles(item: Item, at: Point) -> Iterator[HitTarget]:
    if isinstance(item, Zone):
        return
    for i, node in enumerate(item.nodes):
        for part, handle in ((Part.BACK, node.back), (Part.AHEAD, node.ahead)):
            if handle is not None:
                yield HitTarget(part, item.id, handle, i, distance=math.dist(handle, at))


def _edges(case: Case, item: Item, at: Point) -> Iterator[HitTarget]:
    yield from _own_edges(item, at, twin=False)
    if item.mirrored:
        axis = case.axis(item.chart)
        for found in _own_edges(item, mirror_point(at, axis), twin=True):
            there = mirror_point(found.at, axis)
            yield HitTarget(
                found.part, item.id, there, found.index, found.ring, found.t, True, found.distance
            )


def _own_edges(item: Item, at: Point, *, twin: bool) -> Iterator[HitTarget]:
    if isinstance(item, Curve):
        near = nearest(item.nodes, at, closed=item.closed)
        yield HitTarget(Part.EDGE, item.id, near.at, near.segment, 0, near.t, twin, near.distance)
        return
    for r, ring in enumerate(zone_rings(item)):
        edge, place, distance = nearest_edge(ring, at)
        yield HitTarget(Part.EDGE, item.id, place, edge, r, twin=twin, distance=distance)


def _bodies(case: Case, item: Item, at: Point) -> Iterator[HitTarget]:
    if isinstance(item, Curve):
        return
    if shapely.contains_xy(polygon_of(item), *at):
        yield HitTarget(Part.BODY, item.id, at)
    elif item.mirrored:
        there = mirror_point(at, case.axis(item.chart))
        if shapely.contains_xy(polygon_of(item), *there):
            yield HitTarget(Part.BODY, item.id, at, twin=True)


def _shape(item: Item) -> BaseGeometry:
    if isinstance(item, Zone):
        return polygon_of(item)
    return LineString(polyline(item.nodes, item.closed))


def _frame(one: Point, other: Point) -> tuple[float, float, float, float]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return x0, y0, x1, y1
