"""Reflection in a chart's mirror axis, and what mirrored curves and zones amount to."""

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from studio.geometry.bezier import Nodes
from studio.geometry.nodes import is_straight_through, reversed_nodes
from studio.geometry.polygons import polygon_of, rings, unite
from studio.model.arrays import FloatArray
from studio.model.case import MirrorAxis
from studio.model.chart import Point, Ring, rounded
from studio.model.curve import Curve, Node
from studio.model.zone import Zone

TOUCHING = 0.5
"""A curve whose end lies within this distance of the axis, in chart units, joins its twin."""


def direction(axis: MirrorAxis) -> Point:
    """Unit vector up along the axis; the chart's y runs down."""
    lean = math.radians(axis.angle)
    return math.sin(lean), -math.cos(lean)


def across(axis: MirrorAxis) -> Point:
    """Direction in which things are mirrored; one unit of it is one unit off the axis."""
    lean, skew = math.radians(axis.angle), math.radians(axis.skew)
    return math.cos(lean + skew) / math.cos(skew), math.sin(lean + skew) / math.cos(skew)


def mirror_points(points: FloatArray, axis: MirrorAxis) -> FloatArray:
    """Points (n, 2) reflected in the axis."""
    ux, uy = direction(axis)
    offset = np.asarray(points, dtype=np.float64) - axis.at
    reflected: FloatArray = points - 2 * np.outer(offset @ (-uy, ux), across(axis))
    return reflected


def mirror_point(point: Point, axis: MirrorAxis) -> Point:
    """One point reflected in the axis, rounded as stored."""
    off = 2 * distance_to_axis(point, axis)
    x, y = across(axis)
    return rounded((point[0] - off * x, point[1] - off * y))


def onto_axis(point: Point, axis: MirrorAxis) -> Point:
    """Where a point meets the axis half-way to its twin, rounded as stored."""
    off = distance_to_axis(point, axis)
    x, y = across(axis)
    return rounded((point[0] - off * x, point[1] - off * y))


def distance_to_axis(point: Point, axis: MirrorAxis) -> float:
    """Signed distance of a point from the axis: positive on the side of larger x if upright."""
    ux, uy = direction(axis)
    return (point[1] - axis.at[1]) * ux - (point[0] - axis.at[0]) * uy


def mirror_ring(ring: Ring, axis: MirrorAxis) -> Ring:
    """A ring reflected and turned round, so that it keeps its sense."""
    reflected = mirror_points(np.array(ring), axis)[::-1]
    return tuple(rounded((x, y)) for x, y in reflected.tolist())


def mirror_nodes(nodes: Nodes, axis: MirrorAxis) -> Nodes:
    """Nodes reflected, in the same order."""

    def handle(point: Point | None) -> Point | None:
        return None if point is None else mirror_point(point, axis)

    return tuple(
        replace(n, at=mirror_point(n.at, axis), back=handle(n.back), ahead=handle(n.ahead))
        for n in nodes
    )


def twin_curve(curve: Curve, axis: MirrorAxis) -> Curve:
    """The curve's twin, travelled the other way round."""
    nodes = mirror_nodes(reversed_nodes(curve.nodes), axis)
    return replace(curve, nodes=nodes, mirrored=False)


def twin_zone(zone: Zone, axis: MirrorAxis) -> Zone:
    """The zone's twin: same letter, same settings, other side."""
    holes = tuple(mirror_ring(hole, axis) for hole in zone.holes)
    return replace(zone, outline=mirror_ring(zone.outline, axis), holes=holes, mirrored=False)


@lru_cache(maxsize=256)
def whole_curve(curve: Curve, axis: MirrorAxis) -> tuple[Curve, ...]:
    """What a curve amounts to: itself, joined with its twin at the axis, or beside it.

    Open curves run from smaller to larger chart x: from the client's right to the left
    in a front photo. The same arguments give the same object.
    """
    if not curve.mirrored:
        return (_left_to_right(curve),)
    if curve.closed:
        return (replace(curve, mirrored=False), twin_curve(curve, axis))
    starts = abs(distance_to_axis(curve.nodes[0].at, axis)) <= TOUCHING
    ends = abs(distance_to_axis(curve.nodes[-1].at, axis)) <= TOUCHING
    if not (starts or ends):
        pair = (_left_to_right(replace(curve, mirrored=False)), twin_curve(curve, axis))
        return (pair[0], _left_to_right(pair[1]))
    nodes = curve.nodes if ends else reversed_nodes(curve.nodes)
    loop = starts and ends
    chain = _chain(nodes, axis, loop=loop)
    joined = replace(curve, nodes=chain, closed=loop, mirrored=False)
    return (joined if loop else _left_to_right(joined),)


@lru_cache(maxsize=256)
def whole_zone(zone: Zone, axis: MirrorAxis) -> tuple[Zone, ...]:
    """What a zone amounts to: itself, one zone across the axis, or two.

    The same arguments give the same objects.
    """
    if not zone.mirrored:
        return (zone,)
    own, twin = replace(zone, mirrored=False), twin_zone(zone, axis)
    united = unite([polygon_of(own), polygon_of(twin)])
    if len(united) != 1:
        return own, twin
    outline, holes = rings(united[0])
    return (replace(own, outline=outline, holes=holes),)


def _chain(nodes: Nodes, axis: MirrorAxis, *, loop: bool) -> Nodes:
    """Nodes up to the axis, the joint, and the way back on the other side."""
    back = mirror_nodes(reversed_nodes(nodes), axis)
    middle = (_joint(nodes[-1].back, nodes[-1], axis),)
    if not loop:
        return (*nodes[:-1], *middle, *back[1:])
    first = _joint(nodes[0].ahead, nodes[0], axis)
    turned = replace(first, back=first.ahead, ahead=first.back)
    return (turned, *nodes[1:-1], *middle, *back[1:-1])


def _joint(handle: Point | None, node: Node, axis: MirrorAxis) -> Node:
    """The node on the axis where a curve meets its twin; `handle` is on the curve's side."""
    ahead = None if handle is None else mirror_point(handle, axis)
    joint = Node(onto_axis(node.at, axis), handle, ahead)
    return replace(joint, smooth=is_straight_through(joint))


def _left_to_right(curve: Curve) -> Curve:
    if curve.closed or curve.nodes[0].at[0] <= curve.nodes[-1].at[0]:
        return curve
    return replace(curve, nodes=reversed_nodes(curve.nodes))
