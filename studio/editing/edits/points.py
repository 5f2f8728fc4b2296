"""Edits of single points: a curve's nodes and handles, the corners of a zone's rings."""

from collections.abc import Collection
from dataclasses import replace

from studio.editing.edits.items import (
    Item,
    changed,
    check_free,
    delete_items,
    find_curve,
    find_zone,
    put,
    replace_curve,
)
from studio.editing.selection import NodeRef
from studio.geometry import nodes as node_rules
from studio.geometry.feathers import inherited
from studio.geometry.polygons import repaired, rings
from studio.model.case import Case
from studio.model.chart import Point, Ring, rounded
from studio.model.curve import Curve, Node
from studio.model.ids import Id
from studio.model.zone import Zone


def move_points(case: Case, refs: Collection[NodeRef], dx: float, dy: float) -> Case:
    """Nodes (with their handles) and corners moved by a way in chart units.

    Refusal if an item is locked or a zone would cross itself for good.
    """

    def move(item: Item) -> Item:
        check_free(item)
        if isinstance(item, Curve):
            picked = {ref.index for ref in refs if ref.item == item.id}
            nodes = (
                node_rules.moved(node, dx, dy) if i in picked else node
                for i, node in enumerate(item.nodes)
            )
            return replace(item, nodes=tuple(nodes))
        return with_rings(item, _moved_rings(item, refs, dx, dy))

    return changed(case, {ref.item for ref in refs}, move)


def set_node(case: Case, curve_id: Id, index: int, node: Node) -> Case:
    """One node of a curve replaced; Refusal if the curve is locked."""
    curve = find_curve(case, curve_id)
    if curve is None or not 0 <= index < len(curve.nodes):
        return case
    nodes = (*curve.nodes[:index], node, *curve.nodes[index + 1 :])
    return replace_curve(case, replace(curve, nodes=nodes))


def toggle_nodes(case: Case, refs: Collection[NodeRef]) -> Case:
    """Smooth nodes made corners and corners made smooth; corners of zones stay corners."""

    def toggle(item: Item) -> Item:
        if isinstance(item, Zone):
            return item
        check_free(item)
        nodes = item.nodes
        for ref in refs:
            if ref.item == item.id and ref.index < len(nodes):
                nodes = node_rules.toggled(nodes, ref.index, closed=item.closed)
        return replace(item, nodes=nodes)

    return changed(case, {ref.item for ref in refs}, toggle)


def insert_node(case: Case, curve_id: Id, segment: int, t: float) -> Case:
    """A node added on a curve's segment without changing its shape."""
    curve = find_curve(case, curve_id)
    if curve is None:
        return case
    nodes = node_rules.inserted(curve.nodes, segment, t, closed=curve.closed)
    return replace_curve(case, replace(curve, nodes=nodes))


def insert_corner(case: Case, zone_id: Id, ring: int, edge: int, at: Point) -> Case:
    """A corner added to a zone's ring behind corner `edge`; ring 0 is the outline."""

    def insert(item: Item) -> Item:
        check_free(item)
        if isinstance(item, Curve):
            return item
        every = list(zone_rings(item))
        every[ring] = (*every[ring][: edge + 1], rounded(at), *every[ring][edge + 1 :])
        return with_rings(item, tuple(every))

    return changed(case, {zone_id}, insert)


def delete_points(case: Case, refs: Collection[NodeRef]) -> Case:
    """Nodes and corners taken out; what has too few left goes as a whole.

    Curves keep their shape as well as they can. Refusal if an item is locked.
    """
    for item_id in {ref.item for ref in refs}:
        case = _without(case, item_id, [ref for ref in refs if ref.item == item_id])
    return case


def zone_rings(zone: Zone) -> tuple[Ring, ...]:
    """The outline, then the holes."""
    return (zone.outline, *zone.holes)


def with_rings(zone: Zone, every: tuple[Ring, ...]) -> Zone:
    """The zone with other rings, mended if need be; Refusal if that cannot be.

    An outline of as many corners is the old one with corners moved; each keeps its feather.
    """
    outline, holes = rings(repaired(every[0], every[1:]))
    feathers = zone.feathers
    if len(every[0]) != len(zone.outline):
        feathers = inherited(every[0], (zone.outline, feathers))
    feathers = inherited(outline, (every[0], feathers))
    return replace(zone, outline=outline, holes=holes, feathers=feathers)


def _moved_rings(zone: Zone, refs: Collection[NodeRef], dx: float, dy: float) -> tuple[Ring, ...]:
    picked = {(ref.ring, ref.index) for ref in refs if ref.item == zone.id}
    return tuple(
        tuple(
            rounded((x + dx, y + dy)) if (r, i) in picked else (x, y)
            for i, (x, y) in enumerate(ring)
        )
        for r, ring in enumerate(zone_rings(zone))
    )


def _without(case: Case, item_id: Id, refs: list[NodeRef]) -> Case:
    curve, zone = find_curve(case, item_id), find_zone(case, item_id)
    if curve is not None:
        nodes = curve.nodes
        for index in sorted({ref.index for ref in refs}, reverse=True):
            if index < len(nodes):
                nodes = node_rules.deleted(nodes, index, closed=curve.closed)
        if len(nodes) < 2:
            return delete_items(case, {item_id})
        return replace_curve(case, replace(curve, nodes=nodes))
    return case if zone is None else _without_corners(case, zone, refs)


def _without_corners(case: Case, zone: Zone, refs: list[NodeRef]) -> Case:
    check_free(zone)
    gone = {(ref.ring, ref.index) for ref in refs}
    outline, *holes = (
        tuple(point for i, point in enumerate(ring) if (r, i) not in gone)
        for r, ring in enumerate(zone_rings(zone))
    )
    if len(outline) < 3:
        return delete_items(case, {zone.id})
    kept = tuple(hole for hole in holes if len(hole) >= 3)
    return put(case, with_rings(zone, (outline, *kept)))
