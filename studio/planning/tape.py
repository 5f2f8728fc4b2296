"""Tape distances of the hairline, by which it is found again on the head.

| letter | from | to |
| --- | --- | --- |
| a | brow centre (glabella) | mid-point of the hairline |
| b | eye corner (canthus) | hair corner, each side |
| c | mid-point | hair corner, each side |
| d | hair corner | temple, each side |

On the fitted head a tape is the shortest way along the skin, on a plane a straight line.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from studio.geometry.bezier import flatten
from studio.geometry.mirror import distance_to_axis, whole_curve
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis, Variant
from studio.model.chart import HEAD, ChartId, Point
from studio.model.curve import Curve, CurveRole
from studio.model.photo import LandmarkKind, Photo, View
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.planning.trade import trade
from studio.skin.head.headskin import HeadSkin
from studio.skin.skinmap import SkinMap

FACES = (View.FRONT, View.BROWS_RAISED)
"""Views that show mid-line and both eyes."""

STEP = 1.0
"""Spacing in mm of skin at which a hairline is searched for its corner."""

REACH = 15
"""Steps to either side over which the turning at a place is taken."""

SHARPEST = 25.0
"""Degrees of turning from which a hairline has a corner (rounded by up to 34 mm, with the
reach above); else it ends at its corner."""


class Side(StrEnum):
    """Of the client."""

    MID = ""
    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """One distance. `path` is how the tape lies, from start to end in chart coordinates.

    Without the points it needs `path` and `length_mm` are None and `missing` says in words
    what to do. `length_mm` is not `known` while the photo has no scale.
    """

    letter: str
    name: str
    side: Side
    path: tuple[Point, ...] | None
    length_mm: Quantity | None
    missing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HairlinePoints:
    """Places of a hairline in chart coordinates, None where it has none."""

    mid: Point | None = None
    corner_right: Point | None = None
    corner_left: Point | None = None
    temple_right: Point | None = None
    temple_left: Point | None = None


def tapes(case: Case, variant: Variant, photo: Photo, skin: SkinMap) -> tuple[Tape, ...]:
    """The seven distances on one photo; none unless it shows the face and has a hairline."""
    lines = _whole(case, variant, skin, CurveRole.HAIRLINE)
    if photo.view not in FACES or not lines:
        return ()
    places = hairline_points(case, variant, skin)
    marks = {mark.kind: mark.at for mark in photo.landmarks}
    return tuple(_tapes(places, marks, skin))


def taped_photos(case: Case, maps: Mapping[ChartId, SkinMap]) -> tuple[Photo, ...]:
    """The photos whose tapes are told: of those on the head only the one that shows most marks,
    for they share one hairline.
    """
    joined = [p for p in case.photos if maps[p.id].chart == HEAD and p.view in FACES]
    chosen = max(joined, key=lambda photo: len(_needed(photo)), default=None)
    return tuple(p for p in case.photos if maps[p.id].chart != HEAD or p is chosen)


def _needed(photo: Photo) -> set[LandmarkKind]:
    return {mark.kind for mark in photo.landmarks} & {
        LandmarkKind.GLABELLA,
        LandmarkKind.CANTHUS_RIGHT,
        LandmarkKind.CANTHUS_LEFT,
    }


def hairline_points(case: Case, variant: Variant, skin: SkinMap) -> HairlinePoints:
    """Mid-point, hair corners and temples of the hairline drawn on a chart.

    The hair corner is the strongest turning towards the face of the hairline on its side,
    or its end if it does not turn by 25 degrees. The temple is the end of the temple curve of
    that side furthest from the hair corner, or else the end of the hairline beyond its corner.
    """
    axis = case.axis(skin.chart)
    lines = [_even(c, skin) for c in _whole(case, variant, skin, CurveRole.HAIRLINE)]
    temples = [_even(c, skin) for c in _whole(case, variant, skin, CurveRole.TEMPLE)]
    crossings = [at for line in lines for at in _crossings(line, axis)]
    found: dict[Side, tuple[Point | None, Point | None]] = {}
    for side, sign in ((Side.RIGHT, -1.0), (Side.LEFT, 1.0)):
        arms = [arm for line in lines if len(arm := _arm(line, axis, sign)) > 1]
        longest = max(arms, key=len, default=None)
        corner = None if longest is None else _corner(longest, sign)
        end = None if longest is None else _point(longest[-1])
        beyond = [arm for line in temples if len(arm := _arm(line, axis, sign)) > 1]
        found[side] = (corner, _temple(corner, end, beyond))
    return HairlinePoints(
        mid=crossings[0] if crossings else None,
        corner_right=found[Side.RIGHT][0],
        corner_left=found[Side.LEFT][0],
        temple_right=found[Side.RIGHT][1],
        temple_left=found[Side.LEFT][1],
    )


Marks = dict[LandmarkKind, Point]


def _tapes(places: HairlinePoints, marks: Marks, skin: SkinMap) -> Iterator[Tape]:
    glabella = _marked(marks, LandmarkKind.GLABELLA, skin)
    yield _tape(
        "a",
        "brow – mid-point",
        Side.MID,
        (glabella, "the landmark Glabella"),
        (places.mid, "a hairline across the mid-line"),
        skin,
    )
    for side, kind, corner in (
        (Side.RIGHT, LandmarkKind.CANTHUS_RIGHT, places.corner_right),
        (Side.LEFT, LandmarkKind.CANTHUS_LEFT, places.corner_left),
    ):
        eye = (_marked(marks, kind, skin), f"the landmark Eye corner, {side.value}")
        yield _tape("b", "eye – hair corner", side, eye, _cornered(corner, side), skin)
    mid = (places.mid, "a hairline across the mid-line")
    for side, corner in ((Side.RIGHT, places.corner_right), (Side.LEFT, places.corner_left)):
        yield _tape("c", "mid – hair corner", side, mid, _cornered(corner, side), skin)
    for side, corner, temple in (
        (Side.RIGHT, places.corner_right, places.temple_right),
        (Side.LEFT, places.corner_left, places.temple_left),
    ):
        to = (temple, f"a temple curve on the {side.value}")
        yield _tape("d", "corner – temple", side, _cornered(corner, side), to, skin)


End = tuple[Point | None, str]
"""A place, and what is needed for it."""


def _cornered(corner: Point | None, side: Side) -> End:
    return corner, f"a hairline on the {side.value}"


def _tape(letter: str, name: str, side: Side, start: End, end: End, skin: SkinMap) -> Tape:
    (a, need_a), (b, need_b) = start, end
    if a is None or b is None:
        words = f"Needs {need_a if a is None else need_b}."
        return Tape(letter=letter, name=name, side=side, path=None, length_mm=None, missing=words)
    try:
        length, path = laid(skin, a, b)
    except Refusal as refusal:
        words = str(refusal)
        return Tape(letter=letter, name=name, side=side, path=None, length_mm=None, missing=words)
    if letter in {"a", "b"}:
        # the landmark itself is only found so well
        length = Quantity(length.value, math.hypot(length.se, trade()["landmark_mm"].value))
    return Tape(letter=letter, name=name, side=side, path=path, length_mm=length)


def laid(skin: SkinMap, start: Point, end: Point) -> tuple[Quantity, tuple[Point, ...]]:
    """Length in mm of a tape between two chart points, and how it lies.

    Raises Refusal where no tape can be laid between them on the head.
    """
    if isinstance(skin, HeadSkin):
        length, course = skin.tape(start, end)
        return length, tuple(_point(row) for row in course)
    count = max(2, math.ceil(math.dist(start, end) / STEP) + 1)
    return skin.length(np.linspace(start, end, count)), (start, end)


def _marked(marks: Marks, kind: LandmarkKind, skin: SkinMap) -> Point | None:
    if kind not in marks:
        return None
    place = skin.to_skin(np.array([marks[kind]]))[0]
    return _point(place) if np.isfinite(place).all() else None


def _whole(case: Case, variant: Variant, skin: SkinMap, role: CurveRole) -> list[Curve]:
    return [
        piece
        for curve in variant.curves
        if curve.role is role and curve.chart == skin.chart and not curve.hidden
        for piece in whole_curve(curve, case.axis(curve.chart))
    ]


def _even(curve: Curve, skin: SkinMap) -> FloatArray:
    """The curve's points at equal steps of about STEP along it, both ends kept."""
    path = flatten(curve.nodes, closed=curve.closed)
    mm_per_unit = np.sqrt(skin.area_scale((path[1:] + path[:-1]) / 2))
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(path, axis=0).T) * mm_per_unit)]
    wanted = np.linspace(0.0, along[-1], max(2, round(float(along[-1]) / STEP) + 1))
    even: FloatArray = np.stack([np.interp(wanted, along, path[:, i]) for i in (0, 1)], axis=1)
    return even


def _sides(line: FloatArray, axis: MirrorAxis) -> FloatArray:
    return np.array([distance_to_axis(_point(row), axis) for row in line])


def _crossings(line: FloatArray, axis: MirrorAxis) -> Iterator[Point]:
    """Where a polyline crosses the axis, or touches it with an end."""
    side = _sides(line, axis)
    for i in np.flatnonzero(side[:-1] * side[1:] <= 0):
        step = side[i] - side[i + 1]
        share = side[i] / step if step else 0.0
        yield _point(line[i] + share * (line[i + 1] - line[i]))


def _arm(line: FloatArray, axis: MirrorAxis, sign: float) -> FloatArray:
    """The longest run of a polyline on one side of the axis, from the mid-line outwards."""
    on = np.flatnonzero(_sides(line, axis) * sign > 0)
    if len(on) == 0:
        return line[:0]
    runs = np.split(on, np.flatnonzero(np.diff(on) > 1) + 1)
    arm = line[max(runs, key=len)]
    near = np.abs(_sides(arm[[0, -1]], axis))
    outwards: FloatArray = arm if near[0] <= near[1] else arm[::-1]
    return outwards


def _corner(arm: FloatArray, sign: float) -> Point:
    """The place inside an arm that turns most towards the face, or its end.

    A temple point turns the other way, and no less sharply.
    """
    if len(arm) > 2 * REACH:
        before = arm[REACH:-REACH] - arm[: -2 * REACH]
        after = arm[2 * REACH :] - arm[REACH:-REACH]
        cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
        turning = np.degrees(np.arctan2(sign * cross, (before * after).sum(axis=1)))
        if turning.max() >= SHARPEST:
            # a wide round corner turns alike for a while: take the middle of it
            alike = np.flatnonzero(turning >= turning.max() - 1.0)
            run = np.split(alike, np.flatnonzero(np.diff(alike) > 1) + 1)[0]
            return _point(arm[REACH + int(run[len(run) // 2])])
    return _point(arm[-1])


def _temple(corner: Point | None, end: Point | None, arms: list[FloatArray]) -> Point | None:
    if corner is None:
        return None
    if arms:
        ends = [_point(arm[i]) for arm in arms for i in (0, -1)]
        return max(ends, key=lambda at: math.dist(at, corner))
    return end if end is not None and math.dist(end, corner) > REACH * STEP else None


def _point(row: FloatArray) -> Point:
    return (float(row[0]), float(row[1]))
