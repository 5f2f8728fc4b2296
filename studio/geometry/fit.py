"""Fitting Bézier segments to points by least squares, after Schneider (Graphics Gems I)."""

import numpy as np

from studio.geometry.bezier import Nodes, derivative, evaluate, to_handle, to_point
from studio.model.arrays import FloatArray
from studio.model.curve import Node

_ROUNDS = 24


def fit_segment(
    points: FloatArray, t: FloatArray, start: FloatArray, end: FloatArray
) -> FloatArray:
    """The segment (4, 2) from the first to the last point with given end directions.

    `start` and `end` are unit vectors (2,) pointing into the segment; a zero vector
    leaves that handle on its point. `t` are the points' parameters. The lengths of
    the handles minimise the squared distances at these parameters.
    """
    first, last = points[0], points[-1]
    u = 1.0 - t
    inner = np.stack([3 * u**2 * t, 3 * u * t**2], axis=-1)
    rest = points - np.outer(u**2 * (1 + 2 * t), first) - np.outer(t**2 * (3 - 2 * t), last)
    columns = np.stack([np.outer(inner[:, 0], start), np.outer(inner[:, 1], end)], axis=-1)
    lengths = np.linalg.lstsq(columns.reshape(-1, 2), rest.ravel(), rcond=None)[0]
    chord = float(np.hypot(*(last - first)))
    smallest = 1e-3 * chord
    largest = 10 * max(chord, _span(points))
    if not ((lengths >= smallest) & (lengths <= largest)).all():
        lengths = np.full(2, chord / 3)
    return np.stack([first, first + lengths[0] * start, last + lengths[1] * end, last])


def as_nodes(segments: FloatArray) -> Nodes:
    """Nodes of a chain of segments (m, 4, 2), rounded and smooth."""
    count = len(segments)
    nodes = []
    for i in range(count + 1):
        at = to_point(segments[i, 0] if i < count else segments[-1, 3])
        back = to_handle(segments[i - 1, 2], at) if i > 0 else None
        ahead = to_handle(segments[i, 1], at) if i < count else None
        nodes.append(Node(at, back, ahead))
    return tuple(nodes)


def chord_parameters(points: FloatArray) -> FloatArray:
    """Parameters 0..1 of points (n, 2) in proportion to the length of the polyline."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    if along[-1] == 0:
        return np.linspace(0.0, 1.0, len(points))
    parameters: FloatArray = along / along[-1]
    return parameters


def reparametrised(segment: FloatArray, points: FloatArray, t: FloatArray) -> FloatArray:
    """Parameters moved towards each point's foot on the segment by one Newton step."""
    offset = evaluate(segment, t) - points
    slope = derivative(segment, t)
    u = 1.0 - t
    bend = 6.0 * np.stack([u, t], axis=-1) @ np.diff(segment, n=2, axis=0)
    above = (offset * slope).sum(axis=1)
    below = (slope**2).sum(axis=1) + (offset * bend).sum(axis=1)
    step = np.divide(above, below, out=np.zeros_like(t), where=np.abs(below) > 1e-12)
    moved: FloatArray = np.maximum.accumulate((t - step).clip(0.0, 1.0))
    moved[0], moved[-1] = 0.0, 1.0
    return moved


def best_segment(
    points: FloatArray,
    start: FloatArray,
    end: FloatArray,
    tolerance: float,
    t: FloatArray | None = None,
) -> tuple[FloatArray, FloatArray]:
    """The best segment (4, 2) with these end directions, and each point's distance (n,).

    `t` are parameters to begin with; without them the lengths along the points are taken.
    """
    t = chord_parameters(points) if t is None else t
    best = fit_segment(points, t, start, end)
    errors = _errors(best, points, t)
    for _ in range(_ROUNDS):
        if errors.max() <= tolerance:
            break
        t = reparametrised(best, points, t)
        segment = fit_segment(points, t, start, end)
        tried = _errors(segment, points, t)
        if tried.max() < errors.max():
            best, errors = segment, tried
    return best, errors


def _errors(segment: FloatArray, points: FloatArray, t: FloatArray) -> FloatArray:
    errors: FloatArray = np.hypot(*(evaluate(segment, t) - points).T)
    return errors


def _span(points: FloatArray) -> float:
    return float(np.hypot(*np.ptp(points, axis=0)))
