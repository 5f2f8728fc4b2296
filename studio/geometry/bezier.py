"""Cubic Bézier maths on chains of nodes, in chart coordinates."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from studio.model.arrays import BoolArray, FloatArray
from studio.model.chart import Point, rounded
from studio.model.curve import Node

Nodes = tuple[Node, ...]

FLATNESS = 0.02
"""Default tolerance of flattening in chart units: a sixteenth of a dot."""

_NEAREST_SAMPLES = 33
_GAUSS_ORDER = 16
_GAUSS_PIECES = 8


@dataclass(frozen=True, slots=True)
class Nearest:
    """The place of a curve nearest to a point: segment, parameter, distance, and where."""

    segment: int
    t: float
    distance: float
    at: Point


def controls(nodes: Nodes, *, closed: bool = False) -> FloatArray:
    """Control points of every segment, shape (segments, 4, 2); (0, 4, 2) without segments."""
    if len(nodes) < 2:
        return np.empty((0, 4, 2))
    ends = nodes[1:] + nodes[:1] if closed else nodes[1:]
    return np.array(
        [(a.at, a.ahead or a.at, b.back or b.at, b.at) for a, b in zip(nodes, ends, strict=False)],
        dtype=np.float64,
    )


def evaluate(segments: FloatArray, t: FloatArray) -> FloatArray:
    """Points at parameters t (k,) of segments (..., 4, 2): shape (..., k, 2)."""
    u = 1.0 - t
    weights = np.stack([u**3, 3 * u**2 * t, 3 * u * t**2, t**3], axis=-1)
    points: FloatArray = weights @ segments
    return points


def derivative(segments: FloatArray, t: FloatArray) -> FloatArray:
    """First derivatives at parameters t (k,) of segments (..., 4, 2): shape (..., k, 2)."""
    u = 1.0 - t
    weights = np.stack([u**2, 2 * u * t, t**2], axis=-1)
    slopes: FloatArray = 3.0 * weights @ np.diff(segments, axis=-2)
    return slopes


def flatten(nodes: Nodes, *, closed: bool = False, tolerance: float = FLATNESS) -> FloatArray:
    """The curve as a polyline (n, 2) that stays within `tolerance`; closed ends on its start.

    Pieces per segment by Wang's bound: sqrt(d (d - 1) / 8 x largest second difference
    / tolerance), degree d = 3.
    """
    segments = controls(nodes, closed=closed)
    if len(segments) == 0:
        return np.array([node.at for node in nodes], dtype=np.float64).reshape(-1, 2)
    bends = np.hypot(*np.moveaxis(np.diff(segments, n=2, axis=1), -1, 0)).max(axis=1)
    pieces = np.ceil(np.sqrt(0.75 * bends / tolerance)).astype(int).clip(1, 512)
    straight = (segments[:, 0] == segments[:, 1]) & (segments[:, 2] == segments[:, 3])
    pieces[straight.all(axis=1)] = 1
    parts = [
        evaluate(segment, _even(int(count) + 1)[1:])
        for segment, count in zip(segments, pieces, strict=True)
    ]
    return np.concatenate([segments[0, :1], *parts])


def split(segment: FloatArray, t: float) -> tuple[FloatArray, FloatArray]:
    """Both halves of a segment (4, 2) cut at t, by de Casteljau's construction."""
    first = segment[:-1] + t * np.diff(segment, axis=0)
    second = first[:-1] + t * np.diff(first, axis=0)
    middle = second[0] + t * (second[1] - second[0])
    left = np.stack([segment[0], first[0], second[0], middle])
    right = np.stack([middle, second[1], first[2], segment[3]])
    return left, right


def nearest(nodes: Nodes, point: Point, *, closed: bool = False) -> Nearest:
    """The nearest place of the curve; a single node counts as its own curve."""
    segments = controls(nodes, closed=closed)
    if len(segments) == 0:
        at = nodes[0].at
        return Nearest(0, 0.0, math.dist(at, point), at)
    grid = _even(_NEAREST_SAMPLES)
    distances = _distances(evaluate(segments, grid), point)
    steps = np.hypot(*np.moveaxis(np.diff(segments, axis=1), -1, 0)).max(axis=1)
    hidden = distances - 1.5 * steps[:, None] / (_NEAREST_SAMPLES - 1)
    likely = _dips(distances) & (hidden <= distances.min())
    refined = (_refine(segments[i], int(i), float(grid[k]), point) for i, k in np.argwhere(likely))
    return min(refined, key=lambda found: found.distance)


def chart_length(nodes: Nodes, *, closed: bool = False) -> float:
    """Length in chart units by Gauss-Legendre quadrature; lengths in mm: ask the skin map."""
    segments = controls(nodes, closed=closed)
    places, weights = np.polynomial.legendre.leggauss(_GAUSS_ORDER)
    starts = np.arange(_GAUSS_PIECES)[:, None] / _GAUSS_PIECES
    t = (starts + (places + 1) / 2 / _GAUSS_PIECES).ravel()
    speed = np.hypot(*np.moveaxis(derivative(segments, t), -1, 0))
    return float((speed @ np.tile(weights, _GAUSS_PIECES)).sum() / 2 / _GAUSS_PIECES)


def bounds(nodes: Nodes, *, closed: bool = False) -> tuple[float, float, float, float]:
    """Smallest upright rectangle round the curve: left, top, right, bottom."""
    points = [np.array([node.at for node in nodes], dtype=np.float64)]
    for segment in controls(nodes, closed=closed):
        turns = np.concatenate([_turning(segment[:, axis]) for axis in (0, 1)])
        points.append(evaluate(segment, turns))
    every = np.concatenate(points)
    (left, top), (right, bottom) = every.min(axis=0).tolist(), every.max(axis=0).tolist()
    return left, top, right, bottom


def to_point(row: FloatArray) -> Point:
    """One point of an array (2,) as it is stored."""
    return rounded((float(row[0]), float(row[1])))


def to_handle(row: FloatArray, at: Point) -> Point | None:
    """A handle of an array (2,) as it is stored: None when it lies on its node."""
    point = to_point(row)
    return None if point == at else point


@lru_cache(maxsize=600)
def _even(count: int) -> FloatArray:
    grid = np.linspace(0.0, 1.0, count)
    grid.flags.writeable = False
    return grid


def _distances(points: FloatArray, point: Point) -> FloatArray:
    distances: FloatArray = np.hypot(points[..., 0] - point[0], points[..., 1] - point[1])
    return distances


def _dips(distances: FloatArray) -> BoolArray:
    """Where a sample (segments, k) is no further away than its neighbours."""
    walled = np.pad(distances, ((0, 0), (1, 1)), constant_values=np.inf)
    dips: BoolArray = (distances <= walled[:, :-2]) & (distances <= walled[:, 2:])
    return dips


def _refine(segment: FloatArray, index: int, t: float, point: Point) -> Nearest:
    """Sample ever smaller neighbourhoods of t: four rounds leave 1e-7 of a segment."""
    width = 1.0 / (_NEAREST_SAMPLES - 1)
    for _ in range(4):
        grid = np.linspace(max(0.0, t - width), min(1.0, t + width), _NEAREST_SAMPLES)
        t = float(grid[_distances(evaluate(segment, grid), point).argmin()])
        width *= 2 / (_NEAREST_SAMPLES - 1)
    x, y = evaluate(segment, np.array([t]))[0].tolist()
    return Nearest(index, t, math.dist((x, y), point), (x, y))


def _turning(values: FloatArray) -> FloatArray:
    """Parameters inside 0..1 at which one coordinate of a segment turns round."""
    d0, d1, d2 = np.diff(values)
    roots = np.roots([d0 - 2 * d1 + d2, 2 * (d1 - d0), d0])
    real = np.real(roots[np.isreal(roots)])
    inside: FloatArray = real[(real > 0) & (real < 1)]
    return inside
