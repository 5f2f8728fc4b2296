"""Rules of nodes and handles: smooth and corner, adding, deleting, reversing."""

import math
from dataclasses import replace
from enum import StrEnum

import numpy as np

from studio.geometry.bezier import (
    Nodes,
    controls,
    evaluate,
    split,
    to_handle,
    to_point,
)
from studio.geometry.fit import best_segment
from studio.model.arrays import FloatArray
from studio.model.chart import Point, rounded
from studio.model.curve import Node

_STRAIGHT = math.radians(1.0)
"""Handles within 1 degree of one line count as smooth."""


class Side(StrEnum):
    """Which handle of a node."""

    BACK = "back"
    AHEAD = "ahead"


def moved(node: Node, dx: float, dy: float) -> Node:
    """The node with its handles moved along."""

    def shift(point: Point | None) -> Point | None:
        return None if point is None else rounded((point[0] + dx, point[1] + dy))

    at = rounded((node.at[0] + dx, node.at[1] + dy))
    return replace(node, at=at, back=shift(node.back), ahead=shift(node.ahead))


def with_handle(node: Node, side: Side, to: Point, *, free: bool = False) -> Node:
    """One handle put to a place; the other follows on a smooth node and keeps its length.

    `free` splits the handles: the node becomes a corner.
    """
    put = None if rounded(to) == node.at else rounded(to)
    other = node.ahead if side is Side.BACK else node.back
    smooth = node.smooth and not free
    if smooth and other is not None and put is not None:
        other = _opposite(node.at, put, math.dist(node.at, other))
    if side is Side.BACK:
        return Node(node.at, put, other, smooth)
    return Node(node.at, other, put, smooth)


def pulled(at: Point, to: Point) -> Node:
    """A smooth node whose handles were pulled out to both sides by dragging to `to`."""
    if rounded(at) == rounded(to):
        return Node(rounded(at), smooth=False)
    return Node(rounded(at), _opposite(at, to, math.dist(at, to)), rounded(to))


def toggled(nodes: Nodes, index: int, *, closed: bool = False) -> Nodes:
    """A smooth node made a corner, or a corner made smooth.

    A corner's handles turn onto their common direction; without handles they come
    from the neighbours, a third of the way long.
    """
    node = nodes[index]
    made = replace(node, smooth=False) if node.smooth else _smoothed(nodes, index, closed=closed)
    return (*nodes[:index], made, *nodes[index + 1 :])


def inserted(nodes: Nodes, segment: int, t: float, *, closed: bool = False) -> Nodes:
    """A node added on a segment without changing the shape; its index is `segment` + 1."""
    following = (segment + 1) % len(nodes)
    before, after = nodes[segment], nodes[following]
    if before.ahead is None and after.back is None:
        place = evaluate(controls(nodes, closed=closed)[segment], np.array([t]))[0]
        return (*nodes[: segment + 1], Node(to_point(place), smooth=False), *nodes[segment + 1 :])
    left, right = split(controls(nodes, closed=closed)[segment], t)
    at = to_point(left[3])
    changed = list(nodes)
    changed[segment] = replace(before, ahead=to_handle(left[1], before.at))
    changed[following] = replace(changed[following], back=to_handle(right[2], after.at))
    changed.insert(segment + 1, Node(at, to_handle(left[2], at), to_handle(right[1], at)))
    return tuple(changed)


def deleted(nodes: Nodes, index: int, *, closed: bool = False) -> Nodes:
    """A node taken out; the neighbours' handles are refitted to keep the shape.

    Their directions stay, their lengths come from least squares over the old course.
    An end of an open curve is simply cut off.
    """
    rest = (*nodes[:index], *nodes[index + 1 :])
    if len(rest) < 2 or (not closed and index in {0, len(nodes) - 1}):
        return rest
    before, after = nodes[index - 1], nodes[(index + 1) % len(nodes)]
    if all(h is None for h in (before.ahead, nodes[index].back, nodes[index].ahead, after.back)):
        return rest
    course = controls((before, nodes[index], after))
    t = np.linspace(0.0, 1.0, 24)
    points = np.concatenate([evaluate(course[0], t), evaluate(course[1], t)[1:]])
    start, end = end_directions(course)
    share = _share(nodes[index], course)
    spread = np.concatenate([t * share, share + t[1:] * (1 - share)])
    fitted, _ = best_segment(points, start, end, 1e-3, spread)
    changed = list(rest)
    left = (index - 1) % len(rest)
    right = index % len(rest)
    changed[left] = replace(changed[left], ahead=to_handle(fitted[1], before.at))
    changed[right] = replace(changed[right], back=to_handle(fitted[2], after.at))
    return tuple(changed)


def reversed_nodes(nodes: Nodes) -> Nodes:
    """The same curve travelled the other way."""
    return tuple(replace(n, back=n.ahead, ahead=n.back) for n in reversed(nodes))


def end_directions(course: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Unit vectors (2,) pointing into a chain of segments (m, 4, 2) at both its ends."""
    return _tangent(course[0]), _tangent(course[-1][::-1])


def is_straight_through(node: Node) -> bool:
    """Whether both handles exist and lie on one line through the point."""
    if node.back is None or node.ahead is None:
        return False
    arrive = math.atan2(node.at[1] - node.back[1], node.at[0] - node.back[0])
    depart = math.atan2(node.ahead[1] - node.at[1], node.ahead[0] - node.at[0])
    return abs(math.remainder(depart - arrive, math.tau)) < _STRAIGHT


def _share(node: Node, course: FloatArray) -> float:
    """The parameter at which a node cuts the segment it is part of.

    Cutting a segment at t leaves handles in the ratio t : 1 - t; without handles the
    chords are taken.
    """
    before, after = (
        math.dist(node.at, node.back or node.at),
        math.dist(node.at, node.ahead or node.at),
    )
    if not before or not after:
        before, after = (float(np.hypot(*(part[3] - part[0]))) for part in course)
    return before / (before + after) if before + after else 0.5


def _smoothed(nodes: Nodes, index: int, *, closed: bool) -> Node:
    node = nodes[index]
    before = nodes[index - 1] if index > 0 or closed else node
    after = nodes[(index + 1) % len(nodes)] if index < len(nodes) - 1 or closed else node
    back, ahead = node.back or before.at, node.ahead or after.at
    across = _away(node.at, back, ahead)
    return Node(
        node.at,
        _stepped(node.at, across, -_reach(node.at, node.back, before.at)),
        _stepped(node.at, across, _reach(node.at, node.ahead, after.at)),
    )


def _away(at: Point, back: Point, ahead: Point) -> Point:
    """Unit direction of travel: the mean of arriving and departing, else from back to ahead."""
    arrive, depart = _unit(back, at), _unit(at, ahead)
    mean = (arrive[0] + depart[0], arrive[1] + depart[1])
    if math.hypot(*mean) < 1e-6:
        mean = (-depart[1], depart[0])
    return _unit((0.0, 0.0), mean)


def _reach(at: Point, handle: Point | None, neighbour: Point) -> float:
    return math.dist(at, neighbour) / 3 if handle is None else math.dist(at, handle)


def _stepped(at: Point, direction: Point, length: float) -> Point | None:
    to = rounded((at[0] + direction[0] * length, at[1] + direction[1] * length))
    return None if to == at else to


def _opposite(at: Point, handle: Point, length: float) -> Point:
    x, y = _unit(handle, at)
    return rounded((at[0] + x * length, at[1] + y * length))


def _unit(start: Point, end: Point) -> Point:
    size = math.dist(start, end)
    return ((end[0] - start[0]) / size, (end[1] - start[1]) / size) if size else (0.0, 0.0)


def _tangent(segment: FloatArray) -> FloatArray:
    """Unit direction in which a segment (4, 2) leaves its start."""
    for control in segment[1:]:
        step = control - segment[0]
        size = float(np.hypot(*step))
        if size > 1e-9:
            unit: FloatArray = step / size
            return unit
    return np.zeros(2)
