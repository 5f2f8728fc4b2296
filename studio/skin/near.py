"""What lies within a short distance on the skin: a dot's width, a brush."""

import numpy as np

from studio.model.arrays import BoolArray, FloatArray
from studio.skin.head.chart import to_direction
from studio.skin.head.headskin import HeadSkin
from studio.skin.skinmap import SkinMap

_SLANT = 1.5
"""A head's chart is nowhere stretched by more than this in one direction alone."""


def within(points: FloatArray, others: FloatArray, radius_mm: float, skin: SkinMap) -> BoolArray:
    """Which chart points (n, 2) have one of the others (k, 2) nearer than so many mm of skin.

    Straight through the head, which at 10 mm is 0.1 % short.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415

    points, others = np.asarray(points, np.float64), np.asarray(others, np.float64)
    found = np.zeros(len(points), np.bool_)
    if len(points) == 0 or len(others) == 0:
        return found
    reach = _SLANT * radius_mm / np.sqrt(skin.area_scale(points))
    near = cKDTree(others).query_ball_point(points, reach)
    counts = np.array([len(some) for some in near])
    if not counts.any():
        return found
    at = np.repeat(np.arange(len(points)), counts)
    other = np.concatenate([some for some in near if some]).astype(int)
    close = np.flatnonzero(counts)
    place = np.zeros((len(points), 3))
    place[close] = in_mm(points[close], skin)
    apart = np.linalg.norm(place[at] - in_mm(others, skin)[other], axis=1)
    found[at[apart < radius_mm]] = True
    return found


def in_mm(chart: FloatArray, skin: SkinMap) -> FloatArray:
    """Chart points (n, 2) as places in mm, (n, 3), of which only distances mean anything."""
    if isinstance(skin, HeadSkin):
        return skin.relief.surface.points(to_direction(chart))
    return np.column_stack([chart, np.zeros(len(chart))])
