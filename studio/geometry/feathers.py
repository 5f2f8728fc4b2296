"""Widths of fade-in for each corner of an outline: how far in a point is, and what corners inherit.

The width runs linearly along every edge from corner to corner. A point's share of the way in is
the smallest of its distances to places of the outline, each over the width there: the outline
is an obstacle the weaker the wider its fade. Where the width is 0 nothing fades.
"""

from collections.abc import Sequence

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import DECIMALS, Ring, rounded

ON = 2.0 * 10.0**-DECIMALS
"""Chart units within which a rounded point lies on an outline."""
BEHIND = 0.02
"""Chart units behind the end of a cut at which it does not fade any more."""


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


Fades = tuple[Ring, Sequence[float]]
"""An outline and the feather of each of its corners."""


def inherited(ring: Ring, *sources: Fades) -> tuple[float, ...]:
    """Feathers for the corners of `ring`: those of the nearest places of the old outlines.

    A corner that was there before keeps its own; none if no source has any.
    """
    sources = tuple((outline, feathers) for outline, feathers in sources if feathers)
    if not sources:
        return ()
    known = {
        corner: feather
        for outline, feathers in reversed(sources)
        for corner, feather in zip(outline, feathers, strict=True)
    }
    fresh = [corner for corner in ring if corner not in known]
    if fresh:
        found = [
            widths_at(np.array(fresh), np.array(outline), np.array(feathers))
            for outline, feathers in sources
        ]
        nearest = np.argmin([distance for _, distance in found], axis=0)
        width = np.array([width for width, _ in found])[nearest, np.arange(len(fresh))]
        known.update(zip(fresh, np.round(width, DECIMALS).tolist(), strict=True))
    return tuple(known[corner] for corner in ring)


def cut_off(ring: Ring, *sources: Fades) -> tuple[Ring, tuple[float, ...]]:
    """A part cut out of old outlines, with feathers that leave its density as it was.

    Where it keeps to the old outlines it fades as they do; along the cut it does not. So that
    one does not run into the other, edges of the cut get a corner right behind their ends.
    """
    points = np.array(ring)
    ends = np.stack([points, np.roll(points, -1, axis=0)], axis=1)
    found = [
        widths_at(
            np.concatenate([points, ends.mean(axis=1)]), np.array(outline), np.array(feathers)
        )
        for outline, feathers in sources
    ]
    nearest = np.argmin([distance for _, distance in found], axis=0)
    width, distance = (
        np.array(rows)[nearest, np.arange(2 * len(ring))] for rows in zip(*found, strict=True)
    )
    on = distance <= ON
    corners: list[tuple[float, float]] = []
    feathers: list[float] = []
    for i, corner in enumerate(ring):
        corners.append(corner)
        feathers.append(round(float(width[i]), DECIMALS) if on[i] else 0.0)
        way = ends[i, 1] - ends[i, 0]
        length = float(np.hypot(*way))
        if on[len(ring) + i] or length < 4 * BEHIND:
            continue
        for at, there in ((BEHIND, i), (length - BEHIND, (i + 1) % len(ring))):
            if on[there] and width[there] > 0:
                x, y = (ends[i, 0] + way * (at / length)).tolist()
                corners.append(rounded((x, y)))
                feathers.append(0.0)
    return tuple(corners), tuple(feathers) if any(feathers) else ()


def carried(ring: Ring, corners: Ring, feathers: Sequence[float]) -> tuple[float, ...]:
    """Feathers of an outline that was laid elsewhere: linear between its old `corners`.

    `corners` are where the old corners came to lie; `ring` has them in order, with others in
    between. None if there are no feathers.
    """
    if not feathers:
        return ()
    points = np.array([*ring, ring[0]])
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(points, axis=0).T))]
    place = 0
    known = []
    for corner in corners:
        place = ring.index(corner, place)
        known.append(along[place])
    width = np.interp(along[:-1], known, feathers, period=along[-1])
    return tuple(np.round(width, DECIMALS).tolist())


def widths_at(
    points: FloatArray, outline: FloatArray, feathers: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The feather at the place of an outline (m, 2) that is nearest to each point (n, 2).

    Gives the feathers and the distances, both (n,).
    """
    starts, ways = outline, np.roll(outline, -1, axis=0) - outline
    size = np.maximum((ways**2).sum(axis=1), 1e-24)
    away = points[:, None] - starts[None]
    share = np.clip((away * ways).sum(axis=2) / size, 0.0, 1.0)
    distance = ((away - share[..., None] * ways) ** 2).sum(axis=2)
    nearest = np.argmin(distance, axis=1)
    each = np.arange(len(points))
    share = share[each, nearest]
    following = np.roll(feathers, -1)
    width: FloatArray = feathers[nearest] * (1 - share) + following[nearest] * share
    return width, np.sqrt(distance[each, nearest])
