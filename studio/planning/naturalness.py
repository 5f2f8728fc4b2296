"""What about a hairline does not look grown: facts with a reason, never a score.

A style that was chosen silences its note: a straight line may be straight.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from studio.geometry.bezier import flatten
from studio.geometry.fringe import edge, evenly
from studio.geometry.hairline import Role, roles
from studio.geometry.mirror import whole_curve
from studio.model.arrays import FloatArray
from studio.model.case import Case, Sex, Variant
from studio.model.chart import HEAD, Point
from studio.model.curve import Curve, CurveRole
from studio.model.hairline import Diffusion, Fringe, HairlineShape
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.model.wording import quantity_text
from studio.model.zone import FollowKind, Purpose
from studio.planning.tape import hairline_points, laid
from studio.planning.trade import trade
from studio.skin.forehead import Forehead, forehead
from studio.skin.hairline_figures import Band, band_of, bound
from studio.skin.maps import scalp_map, skin_map
from studio.skin.skinmap import SkinMap

RULED = (HairlineShape.STRAIGHT, HairlineShape.LINEAR)
"""Shapes that are straight by choice."""

CLOSED = (HairlineShape.LINEAR, HairlineShape.ROUND_FEMALE)
"""Shapes whose corner is filled by choice."""

_STEP = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One fact about a curve: `at` is where on its chart, `source` what it is held against."""

    id: str
    curve: str
    at: Point
    sentence: str
    source: str
    grade: str


@dataclass(frozen=True, eq=False, kw_only=True)
class _Line:
    """A hairline in the forehead's frame: its edge (n, 2) in mm, its places there, its map.

    `corners` are the heights of the corners, right and left.
    """

    case: Case
    curve: Curve
    ground: Forehead
    skin: SkinMap
    front: FloatArray
    mid: Point
    corners: tuple[Point, ...]


def notes(case: Case, variant: Variant, year: int) -> tuple[Note, ...]:
    """The notes on every visible hairline of a variant; none where there is no scale."""
    found: list[Note] = []
    for curve in variant.curves:
        line = _line(case, variant, curve)
        if line is not None:
            found += [
                *_below_band(line, year),
                *_flat_corner(line),
                *_too_straight(line),
                *_no_transition(line, variant),
                *_identical(line),
                *_below_wrinkle(line),
            ]
    return tuple(found)


def _line(case: Case, variant: Variant, curve: Curve) -> _Line | None:
    """The curve as the notes see it; None if it is no hairline across the mid-line to scale."""
    if curve.role is not CurveRole.HAIRLINE or curve.hidden or curve.closed:
        return None
    try:
        ground = forehead(case, curve.chart)
    except Refusal:
        # a profile, or no mark to measure from: there is nothing to hold the line against
        return None
    skin: SkinMap
    if case.head is not None and curve.chart == HEAD:
        skin = scalp_map(case.head)
    else:
        skin = skin_map(case, case.photo(curve.chart))
    places = hairline_points(case, variant, skin)
    if not skin.scaled or places.mid is None:
        return None
    pieces = whole_curve(curve, case.axis(curve.chart))
    mm = ground.to_mm(flatten(pieces[0].nodes, tolerance=0.05))
    mm = mm[np.isfinite(mm).all(axis=1)]
    if len(mm) < 2 or not mm[0, 0] < 0 < mm[-1, 0]:
        return None
    even, along = evenly(mm, _STEP)
    middle = float(along[np.abs(even[:, 0]).argmin()])
    mid = _point(ground.to_mm(np.array([places.mid]))[0])
    ends = _corners(curve) or (places.corner_right, places.corner_left)
    corners = tuple(_point(ground.to_mm(np.array([at]))[0]) for at in ends if at is not None)
    wide = min((abs(at[0]) for at in corners), default=40.0)
    edged, _ = evenly(edge(even, curve.fringe or Fringe(macro=0.0, micro=0.0), middle), _STEP)
    front = edged[(np.abs(edged[:, 0]) <= wide) & (edged[:, 1] >= mid[1] - bound("low_edge").value)]
    return _Line(
        case=case, curve=curve, ground=ground, skin=skin, front=front, mid=mid, corners=corners
    )


def _corners(curve: Curve) -> tuple[Point, ...]:
    """The corners of a grown hairline are its own nodes, wherever they were moved to."""
    if curve.recipe is None or len(which := roles(curve.recipe)) != len(curve.nodes):
        return ()
    pairs = zip(which, curve.nodes, strict=True)
    return tuple(node.at for (_, role), node in pairs if role is Role.CORNER)


def _below_band(line: _Line, year: int) -> Iterator[Note]:
    band = band_of(line.case.client, year)
    height = _tape(line)
    if height.value < band.warn:
        client = line.case.client
        assumed = "" if client.sex and client.born else ", assumed as sex or age is not noted"
        yield _note(
            line,
            "below-band",
            line.mid,
            f"The mid-point lies {quantity_text(height, 'mm')} above the glabella by tape. "
            f"Below {band.warn:g} mm is low for {_who(band)}{assumed}; "
            f"usual are {band.low:g} to {band.high:g} mm.",
            (band.source, band.grade),
        )


def _flat_corner(line: _Line) -> Iterator[Note]:
    least = bound("flat_corner")
    chosen = line.curve.recipe is not None and line.curve.recipe.shape in CLOSED
    if chosen or line.case.client.sex is Sex.WOMAN:
        return
    for at in line.corners:
        back = at[1] - line.mid[1]
        if back < least.value:
            side = "right" if at[0] < 0 else "left"
            yield _note(
                line,
                f"flat-corner-{side}",
                at,
                f"The {side} corner lies {_mm(line, abs(back), at)} "
                f"{'behind' if back >= 0 else 'ahead of'} the mid-point. "
                f"Under {least.value:g} mm the recess looks filled in.",
                (least.source, least.grade),
            )


def _too_straight(line: _Line) -> Iterator[Note]:
    longest, off = bound("straight_mm"), bound("straight_off")
    if line.curve.recipe is not None and line.curve.recipe.shape in RULED:
        return
    start, count = _straightest(line.front, longest.value, off.value)
    length = (count - 1) * _STEP
    if length >= longest.value:
        middle = _point(line.front[start + count // 2])
        yield _note(
            line,
            "too-straight",
            middle,
            f"The edge runs straight to {off.value:g} mm over {_mm(line, length, middle)}. "
            f"Grown edges undulate within {longest.value:g} mm.",
            (longest.source, longest.grade),
        )


def _straightest(front: FloatArray, least_mm: float, off: float) -> tuple[int, int]:
    """Start and number of points of the longest stretch that keeps to its chord."""
    need = math.ceil(least_mm / _STEP) + 1
    best = (0, 0)
    start = 0
    while start + need <= len(front):
        count = max(need, best[1] + 1)
        while start + count <= len(front) and _stray(front[start : start + count]) <= off:
            best = (start, count)
            count += 2
        start += 2
    return best


def _stray(points: FloatArray) -> float:
    chord = points[-1] - points[0]
    away = points - points[0]
    size = float(np.hypot(*chord))
    if size == 0:
        return math.inf
    return float(np.abs(away[:, 0] * chord[1] - away[:, 1] * chord[0]).max()) / size


def _no_transition(line: _Line, variant: Variant) -> Iterator[Note]:
    least = bound("transition_mm")
    fringe = line.curve.fringe
    if fringe is not None and fringe.diffusion is Diffusion.ZERO:
        return
    behind = [
        zone
        for zone in variant.zones
        if not zone.hidden
        and zone.chart == line.curve.chart
        and (
            (zone.follows is None and zone.purpose is Purpose.TRANSITION)
            or (
                zone.follows is not None
                and zone.follows.curve == line.curve.id
                and zone.follows.kind is FollowKind.EDGE
            )
        )
    ]
    ramp = max((zone.feather for zone in behind), default=0.0)
    if not behind:
        said = "No transition lies behind this line"
    elif ramp < least.value:
        said = f"The density is full within {ramp:g} mm of the edge"
    else:
        return
    yield _note(
        line,
        "no-transition",
        line.mid,
        f"{said}. Grown hair gets dense over {least.value:g} mm or more.",
        (least.source, least.grade),
    )


def _identical(line: _Line) -> Iterator[Note]:
    least = bound("identical_mm")
    front = line.front
    left = front[front[:, 0] >= 0]
    right = front[front[:, 0] < 0][::-1] * (-1.0, 1.0)
    if min(len(left), len(right)) < 20:
        return
    reach = np.arange(2.0, min(left[:, 0].max(), right[:, 0].max()) - 4.0, 1.0)
    if len(reach) == 0:
        return
    order = np.argsort(left[:, 0]), np.argsort(right[:, 0])
    heights = [
        np.interp(reach, part[rank, 0], part[rank, 1])
        for part, rank in zip((left, right), order, strict=True)
    ]
    differ = float(np.abs(heights[0] - heights[1]).max())
    if differ < least.value:
        yield _note(
            line,
            "identical",
            line.mid,
            f"Left and right differ by {differ:.1f} mm at most. Nobody grows so evenly.",
            (least.source, least.grade),
        )


def _below_wrinkle(line: _Line) -> Iterator[Note]:
    wrinkle = line.ground.places.wrinkle
    if wrinkle is None:
        return
    lowest = _point(line.front[line.front[:, 1].argmin()])
    if lowest[1] < wrinkle:
        below = _mm(line, wrinkle - lowest[1], lowest)
        yield _note(
            line,
            "below-wrinkle",
            lowest,
            f"The edge runs {below} below the highest brow wrinkle: the muscle would move it.",
            ("A juvenile hairline touches the highest wrinkle, no lower (Rassman and Pak)", "B"),
        )


def _tape(line: _Line) -> Quantity:
    """Glabella to mid-point by tape, the landmark's own error included."""
    ends = line.ground.to_chart(np.array([(0.0, 0.0), line.mid]))
    length, _ = laid(line.skin, _point(ends[0]), _point(ends[1]))
    return Quantity(length.value, math.hypot(length.se, trade()["landmark_mm"].value))


def _mm(line: _Line, value: float, at: Point) -> str:
    """A length near a place, with the error of the map there."""
    sigma = float(line.skin.sigma(line.ground.to_chart(np.array([at])))[0])
    return quantity_text(Quantity(value, abs(value) * sigma), "mm")


def _note(line: _Line, name: str, at: Point, sentence: str, source: tuple[str, str]) -> Note:
    place = _point(line.ground.to_chart(np.array([at]))[0])
    return Note(
        id=name,
        curve=line.curve.id,
        at=place,
        sentence=sentence,
        source=source[0],
        grade=source[1],
    )


def _who(band: Band) -> str:
    if band.sex is Sex.WOMAN:
        return "a woman"
    return f"a man from {band.from_age}" if band.from_age else "a man under 30"


def _point(row: FloatArray) -> Point:
    return (float(row[0]), float(row[1]))
