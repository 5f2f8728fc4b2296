"""Pushing a curve through a mapping, so that it keeps its place on the photo."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import shapely

from studio.geometry.bezier import Nodes, controls, evaluate, split, to_handle, to_point
from studio.geometry.fit import best_segment
from studio.geometry.nodes import end_directions
from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.curve import Node
from studio.model.refusal import Refusal

Mapping = Callable[[FloatArray], FloatArray]
"""Takes points (n, 2) of one chart to points (n, 2) of another; NaN where there are none."""

TOLERANCE = 0.01
"""Default distance in the new chart that a transported curve may stray: a thirtieth of a dot."""

_SAMPLES = np.linspace(0.0, 1.0, 49)
_STEP = 1e-4
_DEEPEST = 8


def transport(
    nodes: Nodes, mapping: Mapping, *, closed: bool = False, tolerance: float = TOLERANCE
) -> Nodes:
    """The curve's image under `mapping`, as nodes of the new chart.

    Nodes are mapped exactly. Handles are mapped as points where that is good enough,
    as it is for every affine mapping; otherwise their directions come from the
    mapping's derivative and their lengths from least squares, and segments are halved
    until the curve stays within `tolerance`. Raises Refusal where the image is nowhere.
    """
    if len(nodes) < 2:
        return tuple(Node(to_point(_mapped(mapping, np.array([n.at]))[0])) for n in nodes)
    chain = controls(nodes, closed=closed)
    pieces = _carried(np.asarray(chain), mapping, tolerance)
    made = _joined(nodes, pieces, closed=closed)
    if closed:
        return made
    first = replace(made[0], back=_outer(nodes[0].back, mapping))
    last = replace(made[-1], ahead=_outer(nodes[-1].ahead, mapping))
    return (first, *made[1:-1], last)


def laid(nodes: Nodes, mapping: Mapping) -> Nodes:
    """The nodes' images, as many and as smooth: for what is drawn by few nodes and stays so.

    Nodes are mapped exactly, handles by the direction of the mapping there and the length of
    their image. Raises Refusal where the image is nowhere.
    """
    at = np.array([node.at for node in nodes], dtype=np.float64)
    ends = np.array([(n.back or n.at, n.ahead or n.at) for n in nodes], dtype=np.float64)
    ways = ends - at[:, None]
    sizes = np.maximum(np.hypot(ways[..., 0], ways[..., 1]), 1e-12)[..., None]
    nudges = _STEP * ways / sizes
    asked = np.concatenate([at[:, None], ends, at[:, None] - nudges, at[:, None] + nudges], axis=1)
    image = _mapped(mapping, asked.reshape(-1, 2)).reshape(len(nodes), 7, 2)
    turned = image[:, 5:7] - image[:, 3:5]
    turned /= np.maximum(np.hypot(turned[..., 0], turned[..., 1]), 1e-12)[..., None]
    reach = image[:, 1:3] - image[:, :1]
    handles = image[:, :1] + turned * np.hypot(reach[..., 0], reach[..., 1])[..., None]
    made = []
    for node, place, (back, ahead) in zip(nodes, image[:, 0], handles, strict=True):
        to = to_point(place)
        behind = None if node.back is None else to_handle(back, to)
        before = None if node.ahead is None else to_handle(ahead, to)
        made.append(Node(to, behind, before, node.smooth))
    return tuple(made)


def _carried(chain: FloatArray, mapping: Mapping, tolerance: float) -> list[list[FloatArray]]:
    """Images of each segment (n, 4, 2): as few pieces (4, 2) as keep within tolerance, in order.

    All segments at once, then the halves of those that strayed: a mapping costs by the call.
    """
    done: list[dict[float, FloatArray]] = [{} for _ in chain]
    waiting = [(number, 0.0, segment) for number, segment in enumerate(chain)]
    for depth in range(_DEEPEST + 1):
        images = _images(np.array([part for *_, part in waiting]), mapping, tolerance)
        halves = []
        for (number, start, part), image in zip(waiting, images, strict=True):
            if image is not None:
                done[number][start] = image
                continue
            left, right = split(part, 0.5)
            halves += [(number, start, left), (number, start + 0.5 ** (depth + 1), right)]
        if not halves:
            return [[pieces[start] for start in sorted(pieces)] for pieces in done]
        waiting = halves
    raise Refusal(
        "A curve runs where the new measurement bends too sharply to follow it. "
        "Check the marks of the measurement."
    )


def _images(parts: FloatArray, mapping: Mapping, tolerance: float) -> list[FloatArray | None]:
    """The image of every segment within tolerance of its true course, or None."""
    courses = _mapped_all(mapping, evaluate(parts, _SAMPLES))
    plain = _mapped_all(mapping, parts)
    images: list[FloatArray | None] = list(plain)
    strayed = [i for i, course in enumerate(courses) if _stray(plain[i], course) > tolerance]
    if not strayed:
        return images
    ends = np.array([end_directions(part[None]) for part in parts[strayed]])
    pushed = _pushed(mapping, parts[strayed][:, [0, 3]], ends)
    for i, (start, end) in zip(strayed, pushed, strict=True):
        fitted, _ = best_segment(courses[i], start, end, tolerance / 4)
        images[i] = fitted if _stray(fitted, courses[i]) <= tolerance else None
    return images


def _stray(segment: FloatArray, course: FloatArray) -> float:
    """Largest distance between a segment and a polyline (n, 2), both ways."""
    points = evaluate(segment, _SAMPLES)
    there = shapely.distance(shapely.points(course), shapely.linestrings(points))
    back = shapely.distance(shapely.points(points), shapely.linestrings(course))
    return float(max(there.max(), back.max()))


def _pushed(mapping: Mapping, at: FloatArray, directions: FloatArray) -> FloatArray:
    """Unit vectors of the images of directions at points (..., 2), by central differences."""
    pair = np.stack([at - _STEP * directions, at + _STEP * directions])
    before, after = _mapped_all(mapping, pair)
    step = after - before
    size = np.linalg.norm(step, axis=-1, keepdims=True)
    unit: FloatArray = step / np.where(size > 0, size, 1.0)
    return unit


def _mapped_all(mapping: Mapping, points: FloatArray) -> FloatArray:
    """Images of points in an array of any shape (..., 2)."""
    return _mapped(mapping, points.reshape(-1, 2)).reshape(points.shape)


def _mapped(mapping: Mapping, points: FloatArray) -> FloatArray:
    image = mapping(points)
    if not np.isfinite(image).all():
        raise Refusal(
            "Something drawn lies where the new measurement has no skin. "
            "Check the marks, or move what was drawn first."
        )
    return image


def _joined(nodes: Nodes, pieces: list[list[FloatArray]], *, closed: bool) -> Nodes:
    """Nodes of the pieces; those of the old curve keep whether they are smooth."""
    flat = [piece for run in pieces for piece in run]
    smooth: list[bool] = []
    for node, run in zip(nodes, pieces, strict=False):
        smooth += [node.smooth] + [True] * (len(run) - 1)
    made = [
        Node(to_point(piece[0]), None, to_handle(piece[1], to_point(piece[0])), is_smooth)
        for piece, is_smooth in zip(flat, smooth, strict=True)
    ]
    if not closed:
        made.append(Node(to_point(flat[-1][3]), smooth=nodes[-1].smooth))
    for i, piece in enumerate(flat):
        end = (i + 1) % len(made)
        made[end] = replace(made[end], back=to_handle(piece[2], made[end].at))
    return tuple(made)


def _outer(handle: Point | None, mapping: Mapping) -> Point | None:
    """The free handle at the end of an open curve, as a point."""
    return None if handle is None else to_point(_mapped(mapping, np.array([handle]))[0])
