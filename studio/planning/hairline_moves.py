"""How far the places of the hairline lie apart in two variants, along the skin."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from studio.geometry.mirror import across, direction
from studio.model.case import Case, MirrorAxis, Variant
from studio.model.chart import ChartId, Point
from studio.model.curve import CurveRole
from studio.model.quantity import Quantity
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.planning.tape import hairline_points, laid
from studio.skin.skinmap import SkinMap

SMALLEST_MM = 0.5
"""What would be written as 0 mm is no difference."""

_HIGHER = QT_TRANSLATE_NOOP("Editing", "{size} higher")
_LOWER = QT_TRANSLATE_NOOP("Editing", "{size} lower")
_BACK = QT_TRANSLATE_NOOP("Editing", "{size} further back")
_AHEAD = QT_TRANSLATE_NOOP("Editing", "{size} further forward")
_OUT = QT_TRANSLATE_NOOP("Editing", "{size} further out")
_IN = QT_TRANSLATE_NOOP("Editing", "{size} further in")

_CORNERS = (
    ("corner_right", QT_TRANSLATE_NOOP("Editing", "Corner, right"), -1.0),
    ("corner_left", QT_TRANSLATE_NOOP("Editing", "Corner, left"), 1.0),
)


@dataclass(frozen=True, slots=True)
class Move:
    """From a place of the first hairline to that of the second, mm in one direction.

    `more` are the words, with `{size}`, for a `way` above 0, `less` for one below.
    """

    place: str
    way: Quantity
    more: str
    less: str


def moves(
    case: Case, one: Variant, other: Variant, maps: Mapping[ChartId, SkinMap]
) -> Iterator[Move]:
    """Mid-point and corners of the hairlines on every chart where both have one to scale.

    A tape is laid from place to place, so what is uncertain about the brow is not in it.
    Raises Refusal where no tape can be laid.
    """
    charts = [
        {c.chart for c in v.curves if c.role is CurveRole.HAIRLINE and not c.hidden}
        for v in (one, other)
    ]
    for chart in sorted(charts[0] & charts[1]):
        skin, axis = maps.get(chart), case.axis(chart)
        if skin is None or not skin.scaled:
            continue
        was, now = (hairline_points(case, variant, skin) for variant in (one, other))
        back, _ = _ways(was.mid, now.mid, axis, skin)
        yield from _told(Move(QT_TRANSLATE_NOOP("Editing", "Mid-point"), back, _HIGHER, _LOWER))
        for name, place, sign in _CORNERS:
            back, out = _ways(getattr(was, name), getattr(now, name), axis, skin)
            yield from _told(Move(place, back, _BACK, _AHEAD))
            outwards = Quantity(out.value * sign, out.se)
            yield from _told(Move(place, outwards, _OUT, _IN))


def _told(move: Move) -> Iterator[Move]:
    if move.way.known and abs(move.way.value) >= SMALLEST_MM:
        yield move


def _ways(
    was: Point | None, now: Point | None, axis: MirrorAxis, skin: SkinMap
) -> tuple[Quantity, Quantity]:
    """The parts of a tape along the mid-line, upwards, and across it to the client's left."""
    if was is None or now is None or math.dist(was, now) == 0:
        return Quantity(0.0, 0.0), Quantity(0.0, 0.0)
    length, _ = laid(skin, was, now)
    frame = np.stack([direction(axis), across(axis)], axis=1)
    up, left = np.linalg.solve(frame, np.subtract(now, was)) / math.dist(was, now)
    return length.times(float(up)), length.times(float(left))
