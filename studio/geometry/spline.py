"""Smooth curves through given points: handles after Hobby (Smooth, easy to compute
interpolating splines, 1986), whose lengths keep the bend even.
"""

import math
from collections.abc import Sequence

import numpy as np

from studio.geometry.bezier import Nodes, to_handle, to_point
from studio.model.arrays import FloatArray
from studio.model.curve import Node

_ROOT = math.sqrt(5.0)


def directions(points: FloatArray) -> FloatArray:
    """Unit vectors (n, 2) along a chain of points (n, 2): that of the circle through three."""
    chords = np.diff(points, axis=0)
    sizes = np.hypot(*chords.T)[:, None]
    units = chords / sizes
    inner = units[:-1] * sizes[1:] + units[1:] * sizes[:-1]
    first = 2 * units[0] - inner[0] / np.hypot(*inner[0]) if len(inner) else units[0]
    last = 2 * units[-1] - inner[-1] / np.hypot(*inner[-1]) if len(inner) else units[-1]
    whole = np.vstack([first, inner, last])
    result: FloatArray = whole / np.hypot(*whole.T)[:, None]
    return result


def through(points: FloatArray, along: FloatArray, pull: Sequence[float] = ()) -> Nodes:
    """Smooth nodes at points (n, 2) that pass them in directions `along` (n, 2).

    `pull` scales the handles of each node: below 1 the bend gathers at the node.
    """
    pull = pull or [1.0] * len(points)
    chords = np.diff(points, axis=0)
    turned = np.arctan2(chords[:, 1], chords[:, 0])
    heading = np.arctan2(along[:, 1], along[:, 0])
    leave, arrive = _folded(heading[:-1] - turned), _folded(turned - heading[1:])
    sizes = np.hypot(*chords.T) / 3
    ahead = sizes * _velocity(leave, arrive)
    back = sizes * _velocity(arrive, leave)
    nodes = []
    for i, (at, way) in enumerate(zip(points, along, strict=True)):
        place = to_point(at)
        behind = to_handle(at - way * back[i - 1] * pull[i], place) if i else None
        before = to_handle(at + way * ahead[i] * pull[i], place) if i < len(chords) else None
        nodes.append(Node(place, behind, before))
    return tuple(nodes)


def _velocity(theta: FloatArray, phi: FloatArray) -> FloatArray:
    """Length of a handle in thirds of the chord, at most two, for the angles at its ends."""
    s, c, t, d = np.sin(theta), np.cos(theta), np.sin(phi), np.cos(phi)
    top = 2 + math.sqrt(2) * (s - t / 16) * (t - s / 16) * (c - d)
    below = 1 + (_ROOT - 1) / 2 * c + (3 - _ROOT) / 2 * d
    result: FloatArray = np.clip(top / np.maximum(below, 0.2), 0.3, 2.0)
    return result


def _folded(angle: FloatArray) -> FloatArray:
    result: FloatArray = (angle + math.pi) % math.tau - math.pi
    return result
