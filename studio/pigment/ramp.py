"""How strongly a zone holds, from its outline inwards: alike all round, or corner by corner."""

from collections.abc import Iterator

import numpy as np

from studio.geometry.feathers import share_of_edge
from studio.model.arrays import BoolArray, ByteArray, Float32Array, FloatArray, IntArray
from studio.model.chart import Ring
from studio.pigment.raster import LEAST_SCALE, ranges

EDT_BIAS = 0.29
"""Pixels by which the distance to the nearest pixel centre outside exceeds the distance
to the outline: the mean over directions, measured (tests/unit/pigment/test_layer.py)."""
TOGETHER = 6
"""Edges of one width from which it pays to find the nearest of them for all pixels at once."""

Reach = tuple[int, int, int, int]


def even_ramp(inside: ByteArray, width: float, scale: Float32Array | None) -> Float32Array:
    """Smoothstep of the distance inwards from the outline, full at `width` pixels of skin."""
    import cv2  # noqa: PLC0415

    distance = cv2.distanceTransform(inside, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # its last digits depend on where the array lies in memory; its square is a whole number
    distance = np.sqrt(np.rint(distance * distance)) - np.float32(EDT_BIAS)
    if scale is not None:
        distance *= np.sqrt(scale)
    return smoothstep(distance / width)


def corner_ramp(
    outline: FloatArray, widths: FloatArray, wanted: BoolArray, scale: Float32Array | None
) -> Float32Array:
    """Smoothstep of the least distance over width to the outline, (h, w).

    `outline` (n, 2) and `widths` (n,), one for each corner, are in pixels, the widths of skin;
    pixel centres lie at halves. Where the width is 0 nothing ramps. Pixels that are not `wanted`
    (h, w) may hold anything.
    """
    root = None if scale is None else np.sqrt(scale)
    grow = 1.0 if root is None else 1.0 / max(_least(root), LEAST_SCALE**0.5)
    share, shape = np.ones(wanted.shape, dtype=np.float32), wanted.shape
    ends = np.stack([outline, np.roll(outline, -1, axis=0)], axis=1)
    both = np.stack([widths, np.roll(widths, -1)], axis=1)
    for edges in _alike(both):
        _near_alike(share, (ends[edges], float(both[edges[0], 0])), wanted, root, grow)
    for edge in _single(both):
        first, last = float(both[edge, 0]), float(both[edge, 1])
        box = _box(ends[edge], max(first, last) * grow, shape)
        if box is None:
            continue
        x0, y0, x1, y1 = box
        x = np.arange(x0, x1, dtype=np.float64) + 0.5
        y = np.arange(y0, y1, dtype=np.float64)[:, None] + 0.5
        there = share_of_edge((x, y), ends[edge], (first, last))
        if root is not None:
            there *= root[y0:y1, x0:x1]
        part = share[y0:y1, x0:x1]
        np.minimum(part, there, out=part, casting="same_kind")
    return smoothstep(share)


def smoothstep(share: Float32Array) -> Float32Array:
    """3 t^2 - 2 t^3 with t kept within 0 and 1."""
    t = np.clip(share, 0.0, 1.0, dtype=np.float32)
    return np.asarray(t * t * (3.0 - 2.0 * t), np.float32)


def _alike(both: FloatArray) -> Iterator[IntArray]:
    """Groups of edges that have one width all along."""
    even = np.flatnonzero((both[:, 0] == both[:, 1]) & (both[:, 0] > 0))
    for width in np.unique(both[even, 0]):
        edges = even[both[even, 0] == width]
        if len(edges) >= TOGETHER:
            yield edges


def _single(both: FloatArray) -> Iterator[int]:
    """The other edges that ramp."""
    ramping = both.max(axis=1) > 0
    for edges in _alike(both):
        ramping[edges] = False
    yield from np.flatnonzero(ramping).tolist()


def _near_alike(
    share: Float32Array,
    edges: tuple[FloatArray, float],
    wanted: BoolArray,
    root: Float32Array | None,
    grow: float,
) -> None:
    """Lower `share` to distance over width to the nearest of some edges (n, 2, 2) of one width.

    Pixels find their nearest edge by the pixels it passes through; the distance is exact then.
    """
    import cv2  # noqa: PLC0415

    ends, width = edges
    box = _box(ends.reshape(-1, 2), width * grow, share.shape)
    if box is None:
        return
    x0, y0, x1, y1 = box
    free = np.ones((y1 - y0, x1 - x0), dtype=np.uint8)
    row, column, edge = _on_edges(ends - (x0, y0), free.shape)
    free[row, column] = 0
    if free.all():
        return
    owner = np.zeros(free.shape, dtype=np.int32)
    owner[row, column] = edge
    distance, label = cv2.distanceTransformWithLabels(
        free, cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_label = np.zeros(int(label.max()) + 1, dtype=np.int32)
    zero = free == 0
    of_label[label[zero]] = owner[zero]
    y, x = np.nonzero(wanted[y0:y1, x0:x1] & (distance < width * grow + 1.0))
    nearest = of_label[label[y, x]]
    exact = np.full(len(nearest), np.inf, dtype=np.float32)
    for beside in (-1, 0, 1):  # a pixel is too coarse to tell an edge from the next
        edge = np.clip(nearest + beside, 0, len(ends) - 1)
        np.minimum(exact, _distance(x, y, ends[edge] - (x0 + 0.5, y0 + 0.5)), out=exact)
    exact /= np.float32(width)
    part = share[y0:y1, x0:x1]
    if root is not None:
        exact *= root[y0:y1, x0:x1][y, x]
    part[y, x] = np.minimum(part[y, x], exact)


def _distance(x: IntArray, y: IntArray, ends: FloatArray) -> Float32Array:
    """Distance of each pixel (n,) to an edge of its own, (n, 2, 2)."""
    start, way = ends[:, 0].astype(np.float32), np.diff(ends, axis=1)[:, 0].astype(np.float32)
    px, py = x.astype(np.float32) - start[:, 0], y.astype(np.float32) - start[:, 1]
    size = np.maximum((way**2).sum(axis=1), np.float32(1e-12))
    s = np.clip((px * way[:, 0] + py * way[:, 1]) / size, 0.0, 1.0)
    away: Float32Array = np.hypot(px - s * way[:, 0], py - s * way[:, 1])
    return away


def _on_edges(ends: FloatArray, shape: tuple[int, ...]) -> tuple[IntArray, IntArray, IntArray]:
    """Rows and columns of pixels along edges (n, 2, 2), and which edge each lies on."""
    way = ends[:, 1] - ends[:, 0]
    count = np.ceil(2.0 * np.hypot(*way.T)).astype(np.int64) + 1
    edge = np.repeat(np.arange(len(ends)), count)
    share = ranges(np.zeros(len(ends), np.int64), count) / count[edge]
    column, row = np.floor(ends[edge, 0] + share[:, None] * way[edge]).astype(np.int64).T
    held = (column >= 0) & (row >= 0) & (column < shape[1]) & (row < shape[0])
    return row[held], column[held], edge[held]


def _box(points: FloatArray, reach: float, shape: tuple[int, ...]) -> Reach | None:
    """Pixels within `reach` of points (n, 2), on an array of `shape`; None if there are none."""
    x0, y0 = np.maximum(np.floor(points.min(axis=0) - reach).astype(int), 0).tolist()
    x1, y1 = (np.ceil(points.max(axis=0) + reach).astype(int) + 1).tolist()
    x1, y1 = min(x1, shape[1]), min(y1, shape[0])
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def _least(root: Float32Array) -> float:
    """The smallest factor that is one: off the chart there is no skin, and it is 0."""
    on = root[root > 0]
    return float(on.min()) if len(on) else 1.0


def widths_of(outline: Ring, feathers: tuple[float, ...], step: float) -> FloatArray:
    """The feathers in pixels; ValueError if there is not one for each corner."""
    if len(feathers) != len(outline):
        raise ValueError(f"{len(feathers)} feathers for {len(outline)} corners")
    return np.array(feathers, dtype=np.float64) / step
