"""Widths of fade-in for each corner of an outline: how far in a point is, and what corners inherit.

The width runs linearly along every edge from corner to corner. A point's share of the way in is
the smallest of its distances to places of the outline, each over the width there: the outline
is an obstacle the weaker the wider its fade. Where the width is 0 nothing fades.
"""

from collections.abc import Sequence

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Ring


def share_of_edge(
    points: tuple[FloatArray, FloatArray], edge: FloatArray, widths: tuple[float, float]
) -> FloatArray:
    """Smallest distance over width of points (x and y, any shapes that broadcast) to an edge.

    `edge` (2, 2) are its ends and `widths` those there, not both 0; all in one unit.
    """
    (ax, ay), way = edge[0], edge[1] - edge[0]
    length = float(np.hypot(*way))
    if length == 0.0:
        flat: FloatArray = np.hypot(points[0] - ax, points[1] - ay) / max(widths)
        return flat
    ux, uy = way / length
    dx, dy = points[0] - ax, points[1] - ay
    along, off = dx * ux + dy * uy, dy * ux - dx * uy
    slope = (widths[1] - widths[0]) / length
    here = widths[0] + slope * along
    if slope:
        # the derivative of (off^2 + (along - s)^2) / (width at s)^2 is 0 there
        with np.errstate(divide="ignore", invalid="ignore"):
            best = along + slope * off**2 / here
        # beyond the place where the width would be 0, the wider end is the nearest
        best = np.where(here > 0, best, length if slope > 0 else 0.0)
    else:
        best = along
    s = np.clip(best, 0.0, length)
    with np.errstate(divide="ignore"):
        share: FloatArray = np.hypot(along - s, off) / (widths[0] + slope * s)
    return share


def inherited(ring: Ring, outline: Ring, feathers: Sequence[float]) -> tuple[float, ...]:
    """Feathers for the corners of `ring`: those of the nearest places of the old `outline`.

    A corner that was there before keeps its own; none if the outline had none.
    """
    if not feathers:
        return ()
    known = dict(zip(outline, feathers, strict=True))
    fresh = [corner for corner in ring if corner not in known]
    if fresh:
        found = widths_at(np.array(fresh), np.array(outline), np.array(feathers))
        known.update(zip(fresh, found.tolist(), strict=True))
    return tuple(known[corner] for corner in ring)


def widths_at(points: FloatArray, outline: FloatArray, feathers: FloatArray) -> FloatArray:
    """The feather (n,) at the place of an outline (m, 2) that is nearest to each point (n, 2)."""
    starts, ways = outline, np.roll(outline, -1, axis=0) - outline
    size = np.maximum((ways**2).sum(axis=1), 1e-24)
    away = points[:, None] - starts[None]
    share = np.clip((away * ways).sum(axis=2) / size, 0.0, 1.0)
    distance = ((away - share[..., None] * ways) ** 2).sum(axis=2)
    nearest = np.argmin(distance, axis=1)
    share = share[np.arange(len(points)), nearest]
    following = np.roll(feathers, -1)
    width: FloatArray = feathers[nearest] * (1 - share) + following[nearest] * share
    return width
