"""Reflection in a chart's mirror axis, and what mirrored curves and zones amount to."""

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from shapely import Polygon

from studio.geometry.bezier import Nodes
from studio.geometry.feathers import Fades, cut_off, inherited
from studio.geometry.nodes import is_straight_through, reversed_nodes
from studio.geometry.painted import mapped
from studio.geometry.polygons import GRID, parts, polygon_of, rings, unite
from studio.model.arrays import FloatArray
from studio.model.case import MirrorAxis
from studio.model.chart import Point, Ring, rounded
from studio.model.curve import Curve, Node
from studio.model.strokes import DensityStroke
from studio.model.zone import Gradient, Zone

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
    outline, holes = _mirror_rings(zone.outline, zone.holes, axis)
    return replace(
        zone,
        outline=outline,
        holes=holes,
        feathers=zone.feathers[::-1],
        gradient=None if zone.gradient is None else mirror_gradient(zone.gradient, axis),
        strokes=tuple(mirror_stroke(stroke, axis) for stroke in zone.strokes),
        mirrored=False,
    )


@lru_cache(maxsize=256)
def _mirror_rings(
    outline: Ring, holes: tuple[Ring, ...], axis: MirrorAxis
) -> tuple[Ring, tuple[Ring, ...]]:
    """Rings reflected; the same arguments give the same objects."""
    return mirror_ring(outline, axis), tuple(mirror_ring(hole, axis) for hole in holes)


@lru_cache(maxsize=1024)
def mirror_stroke(stroke: DensityStroke, axis: MirrorAxis) -> DensityStroke:
    """A stroke reflected; the same stroke gives the same object."""
    return replace(stroke, path=mapped(stroke.path, lambda points: mirror_points(points, axis)))


def mirror_gradient(gradient: Gradient, axis: MirrorAxis) -> Gradient:
    """A gradient reflected."""
    start, end = mirror_point(gradient.start, axis), mirror_point(gradient.end, axis)
    return replace(gradient, start=start, end=end)


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


def whole_zone(zone: Zone, axis: MirrorAxis) -> tuple[Zone, ...]:
    """What a zone amounts to: itself, one zone across the axis, or two.

    Two that touch each other have a gradient that is not the same on both sides: they meet at
    the axis. The same arguments give the same objects.
    """
    return _whole_zone(zone, axis) if zone.mirrored else (zone,)


@lru_cache(maxsize=256)
def _whole_zone(zone: Zone, axis: MirrorAxis) -> tuple[Zone, ...]:
    own, twin = replace(zone, mirrored=False), twin_zone(zone, axis)
    outline, holes, feathers = _across(zone.outline, zone.holes, zone.feathers, axis)
    if not outline:
        return own, twin
    if zone.gradient is None or _even_across(zone.gradient, axis):
        strokes = own.strokes + twin.strokes
        whole = replace(own, outline=outline, holes=holes, feathers=feathers, strokes=strokes)
        return (whole,)
    halves = _halves(outline, holes, feathers or (zone.feather,) * len(outline), axis)
    inside = polygon_of(zone).representative_point()
    side = distance_to_axis((inside.x, inside.y), axis) >= 0
    return tuple(
        replace(given, outline=ring, holes=inner, feathers=fades, feather=0.0)
        for here, ring, inner, fades in halves
        for given in ((own if here == side else twin),)
    )


@lru_cache(maxsize=256)
def _across(
    outline: Ring, holes: tuple[Ring, ...], feathers: tuple[float, ...], axis: MirrorAxis
) -> tuple[Ring, tuple[Ring, ...], tuple[float, ...]]:
    """Rings and feathers united with their twins; no outline where they stay apart.

    Kept apart from what is painted: a brush does not change them.
    """
    there, inner = _mirror_rings(outline, holes, axis)
    united = unite([Polygon(outline, holes), Polygon(there, inner)])
    if len(united) != 1:
        return (), (), ()
    ring, left = rings(united[0])
    return ring, left, inherited(ring, (outline, feathers), (there, feathers[::-1]))


def _halves(
    outline: Ring, holes: tuple[Ring, ...], feathers: tuple[float, ...], axis: MirrorAxis
) -> list[tuple[bool, Ring, tuple[Ring, ...], tuple[float, ...]]]:
    """The parts of a zone on each side of the axis, and whether that is the positive one."""
    whole = Polygon(outline, holes)
    (ax, ay), (ux, uy) = axis.at, direction(axis)
    reach = 2.0 * float(np.abs(np.array(outline) - axis.at).max()) + 1.0
    found = []
    for positive, sign in ((True, 1.0), (False, -1.0)):
        # the positive side lies to the right of somebody looking up the axis
        vx, vy = -uy * sign * reach, ux * sign * reach
        low, high = (ax - ux * reach, ay - uy * reach), (ax + ux * reach, ay + uy * reach)
        half = Polygon([low, high, (high[0] + vx, high[1] + vy), (low[0] + vx, low[1] + vy)])
        for part in parts(shapely.intersection(whole, half, grid_size=GRID)):
            ring, inner = rings(part)
            found.append((positive, *_kept(cut_off(ring, (outline, feathers)), inner)))
    return found


def _kept(cut: Fades, inner: tuple[Ring, ...]) -> tuple[Ring, tuple[Ring, ...], tuple[float, ...]]:
    return cut[0], inner, tuple(cut[1])


def _even_across(gradient: Gradient, axis: MirrorAxis) -> bool:
    """Whether a gradient gives the same shares on both sides of the axis."""
    other = mirror_gradient(gradient, axis)
    way = np.subtract(gradient.end, gradient.start)
    alike = np.abs(np.subtract(other.end, other.start) - way).max() <= 10 * GRID
    return bool(alike and abs(np.subtract(other.start, gradient.start) @ way) <= 1e-2)


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
