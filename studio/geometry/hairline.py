"""Growing a hairline: from what was asked for to a few smooth nodes, in forehead mm.

The frame is the forehead's: x from the mid-line to the client's left, y up from the glabella.
Nodes run from the client's right to the left. Which node is which is told by `roles`.
"""

import math
from enum import StrEnum

import numpy as np

from studio.geometry.bezier import Nodes
from studio.geometry.hairline_places import HalfPlaces, Places
from studio.geometry.spline import directions, through
from studio.model.arrays import FloatArray
from studio.model.hairline import HairlineShape, Recipe, TemplePoints


class Role(StrEnum):
    """What a node of a grown hairline stands on."""

    MID = "mid"
    NEAR = "near"
    FRONT = "front"
    WING = "wing"
    CORNER = "corner"
    RECESS = "recess"
    TEMPLE = "temple"
    CHEEK = "cheek"
    SIDEBURN = "sideburn"


FRONT = (Role.NEAR, Role.FRONT, Role.WING, Role.CORNER)
TEMPLES = (Role.RECESS, Role.TEMPLE, Role.CHEEK, Role.SIDEBURN)

_SHARES = {
    HairlineShape.STRAIGHT: (0.30, 0.60, 0.85, 1.0),
    HairlineShape.ROUND: (0.30, 0.60, 0.85, 1.0),
    HairlineShape.WINGED: (0.28, 0.53, 0.80, 1.0),
    HairlineShape.M: (0.28, 0.58, 0.84, 1.0),
    HairlineShape.LINEAR: (0.30, 0.60, 0.85, 1.0),
    HairlineShape.ROUND_FEMALE: (0.28, 0.52, 0.76, 1.0),
}
"""Where the nodes of the front lie between mid-line and corner."""

_TOP = 30.0
"""A peak's foot may lie this far off the mid-line at most, or at 0.5 of the half width."""

_TEMPLE_MM, _TEMPLE_SHARE = 50.0, 0.55
"""The temple point lies 50 mm from the corner on the line to the canthus (Garg 2017), but not
beyond this share of it."""

_STANDS_OUT = {
    TemplePoints.NORMAL: 0.6,
    TemplePoints.THIN: 0.3,
    TemplePoints.PARALLEL: 0.0,
    TemplePoints.REVERSED: -0.35,
}
"""How far the temple point stands out of the straight line from corner to sideburn, as a share
of the way to Garg's point: normal, thinning, in line with the sideburn, hollow."""

_LEAST_OUT = 12.0
"""Garg's point counts as at least so many mm out of that line: in a front photo it is not."""

_ROUNDNESS = {
    HairlineShape.STRAIGHT: 0.6,
    HairlineShape.ROUND: 1.5,
    HairlineShape.WINGED: 0.75,
    HairlineShape.M: 0.9,
    HairlineShape.LINEAR: 0.55,
    HairlineShape.ROUND_FEMALE: 1.9,
}
"""How round the corner is: what its handles are drawn out by."""

_ARCH = 0.10
"""How far a woman's round line arches up between mid-line and corner, as a share of its half
width."""

_POINTED = 0.75
"""What the handles of a temple point are drawn in by: hair ends in a point there."""

_CHANCE = {
    Role.NEAR: (0.0, 0.7),
    Role.FRONT: (0.0, 1.1),
    Role.WING: (0.0, 1.2),
    Role.CORNER: (1.8, 2.2),
    Role.RECESS: (1.2, 1.0),
    Role.TEMPLE: (1.6, 2.2),
    Role.CHEEK: (1.0, 1.0),
    Role.SIDEBURN: (1.0, 1.5),
}
"""Largest way in mm, across and up, by which chance moves each node. Ours: no source says
more than that nobody grows evenly."""

_COMMON, _RIGHT, _LEFT = 11, 12, 13


def grown(recipe: Recipe, places: Places) -> Nodes:
    """The hairline of a recipe: 17 smooth nodes joined to the temples, 9 if open.

    The middle node lies on the mid-line at the recipe's height, whatever the chance. With a
    widow's peak that is its tip, and the line beside it lies higher by the peak.
    """
    right, left = (
        half_points(recipe, half) + _chance(recipe, stream)
        for half, stream in ((places.right, _RIGHT), (places.left, _LEFT))
    )
    mid = np.array([[0.0, recipe.height]])
    points = np.concatenate([right[::-1] * (-1.0, 1.0), mid, left])
    along = directions(points)
    count = len(right)
    along[count] = (1.0, 0.0)
    tight = 1.0 - 0.6 * min(1.0, recipe.peak_height / 6.0)
    pull = [1.0] * len(points)
    pull[count] = tight
    for at in (count - len(FRONT), count + len(FRONT)):
        pull[at] = _ROUNDNESS[recipe.shape]
    if recipe.joined:
        pull[count - len(FRONT) - 2] = pull[count + len(FRONT) + 2] = _POINTED
    return through(points, along, pull)


def roles(recipe: Recipe) -> tuple[tuple[float, Role], ...]:
    """Side (-1 right, 0 mid, 1 left) and role of each node of `grown`, in its order."""
    half = (*FRONT, *TEMPLES) if recipe.joined else FRONT
    right = tuple((-1.0, role) for role in reversed(half))
    return (*right, (0.0, Role.MID), *((1.0, role) for role in half))


def corner_of(recipe: Recipe, half: HalfPlaces) -> tuple[float, float]:
    """Where the corner of one side lies before chance moves it: off the mid-line, and up."""
    up = recipe.height + recipe.peak_height + recipe.recession
    wide = half.above_eye(up) if recipe.half_width is None else recipe.half_width
    return wide, up


def half_points(recipe: Recipe, half: HalfPlaces) -> FloatArray:
    """Places (n, 2) of one side's nodes from the mid-line outwards, x counted outwards."""
    wide, up = corner_of(recipe, half)
    shares = np.array(_SHARES[recipe.shape])
    peak = min(1.0, recipe.peak_height / 3.0)
    foot = min(recipe.peak_width / 2, _TOP, 0.5 * wide)
    shares[0] += peak * (foot / wide - shares[0])
    base = recipe.height + recipe.peak_height
    back = base + recipe.recession * _run(recipe.shape, shares)
    if recipe.shape is HairlineShape.ROUND_FEMALE:
        back += _ARCH * wide * np.sin(math.pi * shares)
    front = np.stack([shares * wide, back], axis=1)
    if not recipe.joined:
        return front
    return np.concatenate([front, _temple(recipe.temples, np.array([wide, up]), half)])


def _run(shape: HairlineShape, u: FloatArray) -> FloatArray:
    """How the line goes back from mid (0) to corner (1), both by their shares."""
    match shape:
        case HairlineShape.STRAIGHT:
            return 0.12 * u + 0.88 * u**5
        case HairlineShape.ROUND:
            return u**2
        case HairlineShape.WINGED:
            wing: FloatArray = np.clip((u - 0.45) / 0.55, 0.0, 1.0)
            return 0.04 * u + 0.96 * wing**1.15
        case HairlineShape.M:
            t: FloatArray = np.clip((u - 0.08) / 0.92, 0.0, 1.0)
            return t * t * (3 - 2 * t)
        case HairlineShape.LINEAR:
            return u
        case HairlineShape.ROUND_FEMALE:
            return u**2.5


def _temple(kind: TemplePoints, corner: FloatArray, half: HalfPlaces) -> FloatArray:
    """The nodes from behind the corner to the sideburn, (4, 2)."""
    eye, end = np.array(half.canthus), np.array(half.sideburn)
    down = eye - corner
    size = float(np.hypot(*down))
    garg = corner + down * (min(_TEMPLE_MM, _TEMPLE_SHARE * size) / size)
    chord = end - corner
    share = (garg[1] - corner[1]) / chord[1] if chord[1] else 0.5
    flat = corner + chord * min(max(share, 0.2), 0.8)
    out = max(float(flat[0] - garg[0]), _LEAST_OUT) * _STANDS_OUT[kind]
    point = flat - (out, 0.0)
    hollow = 0.05 * float(np.hypot(*chord))
    recess = (corner + point) / 2 + (hollow, 0.0)
    cheek = (point + end) / 2 - (hollow * 0.3, 0.0)
    return np.stack([recess, point, cheek, end])


def _chance(recipe: Recipe, stream: int) -> FloatArray:
    """How chance moves one side's nodes: the same on both sides but for the decorrelation."""
    most = np.array([_CHANCE[role] for role in (*FRONT, *TEMPLES)])
    both, own = (
        np.random.default_rng([recipe.seed, part]).uniform(-1.0, 1.0, most.shape)
        for part in (_COMMON, stream)
    )
    differ = recipe.decorrelation
    moved: FloatArray = most * (both + differ * (own - both))
    return moved if recipe.joined else moved[: len(FRONT)]
