"""Guides of the face in one photo: thirds, uprights of the eye corners, the temple point.

They are rules of drawing in the picture. Their distances are photo distances, projected on
the picture's plane, and are told as such.
"""

import math
from collections.abc import Iterator

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.photo import LandmarkKind, View
from studio.model.quantity import Quantity
from studio.model.wording import number_text, percent_text, quantity_text
from studio.planning.guide import Guide, GuideKind, GuideLine, GuideNote, Sitting, Stroke
from studio.planning.tape import FACES
from studio.planning.trade import trade

FACE_HALF = 0.85
"""A guide across the face reaches so many distances of the eye corners to each side."""

UPRIGHT_SHARE = 1.25
"""An upright through an eye corner is so many distances of the eye corners long."""

BEYOND = 1.35
"""Lines to the temple point run on beyond it by a third."""

CORNERS = (LandmarkKind.CANTHUS_RIGHT, LandmarkKind.CANTHUS_LEFT)


def thirds(at: Sitting) -> Guide:
    """Hairline, glabella, nose base and chin, and how far each third is from their mean.

    An artist's rule: measured faces do not keep it (domain research, 1.2).
    """
    lacking = at.lacking(LandmarkKind.GLABELLA, LandmarkKind.SUBNASALE, LandmarkKind.MENTON)
    top = _hairline_px(at) or at.marks.get(LandmarkKind.OLD_HAIRLINE_MID)
    if lacking or at.photo.view not in FACES or top is None:
        lacking = lacking or (() if top is not None else (LandmarkKind.OLD_HAIRLINE_MID,))
        return Guide(GuideKind.THIRDS, missing=lacking)
    places = [
        top,
        at.marks[LandmarkKind.GLABELLA],
        at.marks[LandmarkKind.SUBNASALE],
        at.marks[LandmarkKind.MENTON],
    ]
    up = at.upright
    heights = np.array(places) @ up
    parts = heights[:-1] - heights[1:]
    lines = tuple(
        GuideLine(_level(place, up, FACE_HALF * _eyes(at)), Stroke.SUGGESTED) for place in places
    )
    notes = tuple(_third_notes(at, np.array(places), parts))
    return Guide(GuideKind.THIRDS, lines, notes)


def canthus(at: Sitting) -> Guide:
    """Uprights through the outer eye corners, and how the hairline's corners lie to them."""
    lacking = at.lacking(*CORNERS)
    if lacking or at.photo.view not in FACES:
        return Guide(GuideKind.CANTHUS, missing=lacking)
    up, reach = at.upright, UPRIGHT_SHARE * _eyes(at)
    lines = tuple(
        GuideLine(np.stack([at.marks[kind], at.marks[kind] + reach * up]), Stroke.UPRIGHT)
        for kind in CORNERS
    )
    return Guide(GuideKind.CANTHUS, lines, tuple(_corner_notes(at)))


def temple(at: Sitting) -> Guide:
    """Where the temple point is looked for on each side (Mayer and Perez-Meza 2002).

    It lies where the line from the nose's tip through the pupil meets the line from the
    hairline's mid-point to the ear lobe.
    """
    mid = _hairline_px(at)
    lines: list[GuideLine] = []
    notes: list[GuideNote] = []
    missing: list[LandmarkKind] = []
    for pupil, lobe in (
        (LandmarkKind.PUPIL_RIGHT, LandmarkKind.EAR_LOBE_RIGHT),
        (LandmarkKind.PUPIL_LEFT, LandmarkKind.EAR_LOBE_LEFT),
    ):
        lacking = at.lacking(LandmarkKind.NOSE_TIP, pupil, lobe)
        if lacking or mid is None:
            missing += [kind for kind in lacking if kind not in missing]
            continue
        nose, eye, ear = (np.array(at.marks[k]) for k in (LandmarkKind.NOSE_TIP, pupil, lobe))
        meet = _meeting(nose, eye - nose, np.array(mid), ear - np.array(mid))
        if meet is None:
            continue
        lines.append(GuideLine(np.stack([nose, nose + BEYOND * (meet - nose)]), Stroke.SUGGESTED))
        lines.append(GuideLine(np.stack([np.array(mid), ear]), Stroke.SUGGESTED))
        notes.append(GuideNote((float(meet[0]), float(meet[1])), "temple-point", aside=False))
    return Guide(GuideKind.TEMPLE, tuple(lines), tuple(notes), () if lines else tuple(missing))


def _third_notes(at: Sitting, places: FloatArray, parts: FloatArray) -> Iterator[GuideNote]:
    """One note in the middle of each third: its share, its length and what it deviates."""
    mean = float(parts.mean())
    mm = _mm_per_px(at)
    for key, part, upper, lower in zip(
        ("third-upper", "third-middle", "third-lower"), parts, places[:-1], places[1:], strict=True
    ):
        middle = (upper + lower) / 2
        off = (float(part) - mean) / mean
        share = f"{'+' if off >= 0 else '−'}{percent_text(abs(off))}"
        values: tuple[str, ...] = (share,)
        if mm is not None:
            third = mm.times(float(part))
            error = math.hypot(third.se, math.sqrt(2) * trade()["landmark_mm"].value)
            length = quantity_text(Quantity(third.value, error), "mm")
            away = number_text(mm.value * (float(part) - mean))
            values = (length, away if off < 0 else f"+{away}", share)
        yield GuideNote((float(middle[0]), float(middle[1])), key, values)


def _corner_notes(at: Sitting) -> Iterator[GuideNote]:
    """How far inside or outside the upright each corner of the hairline lies, in the photo."""
    places = at.hairline
    mm = _mm_per_px(at)
    if mm is None:
        return
    across = np.array([-at.upright[1], at.upright[0]])
    for kind, corner, side in (
        (CORNERS[0], places.corner_right, -1.0),
        (CORNERS[1], places.corner_left, 1.0),
    ):
        px = at.px(corner) if corner is not None else None
        if px is None:
            continue
        out = side * float(np.subtract(px, at.marks[kind]) @ across)
        key = "corner-outside" if out > 0 else "corner-inside"
        away = mm.times(abs(out))
        # the eye corner itself is only found so well
        found = Quantity(away.value, math.hypot(away.se, trade()["landmark_mm"].value))
        yield GuideNote(px, key, (quantity_text(found, "mm"),))


def _hairline_px(at: Sitting) -> Point | None:
    """The hairline's mid-point in the photo; None without one."""
    mid = at.hairline.mid
    return at.px(mid) if mid is not None else None


def _mm_per_px(at: Sitting) -> Quantity | None:
    """Millimetres of a photo pixel at the glabella, square to the camera; None without a scale."""
    if not at.skin.scaled or at.photo.view not in {View.FRONT, View.BROWS_RAISED}:
        return None
    px = np.array([at.marks.get(LandmarkKind.GLABELLA, (0.0, 0.0))])
    chart = at.skin.to_skin(px)
    if not np.isfinite(chart).all():
        chart = at.skin.focus
    # a tilted piece of skin is drawn shorter in one direction only: its widest one counts
    facing = float(np.cos(np.radians(at.skin.incidence(chart)[0])))
    per_mm = float(at.skin.px_per_unit(chart)[0] / np.sqrt(at.skin.area_scale(chart)[0] * facing))
    return Quantity(1 / per_mm, float(at.skin.sigma(chart)[0]) / per_mm)


def _eyes(at: Sitting) -> float:
    """Pixels between the outer eye corners, or a fifth of the picture."""
    if at.lacking(*CORNERS):
        return at.photo.width / 5
    return float(np.hypot(*np.subtract(at.marks[CORNERS[1]], at.marks[CORNERS[0]])))


def _level(place: Point, up: FloatArray, half: float) -> FloatArray:
    across = np.array([-up[1], up[0]])
    return np.stack([place - half * across, place + half * across])


def _meeting(
    a: FloatArray, along: FloatArray, b: FloatArray, other: FloatArray
) -> FloatArray | None:
    """Where two lines through points (2,) cross; None if they run alike."""
    turn = along[0] * other[1] - along[1] * other[0]
    if abs(turn) < 1e-6 * float(np.hypot(*along) * np.hypot(*other)):
        return None
    share = ((b - a)[0] * other[1] - (b - a)[1] * other[0]) / turn
    met: FloatArray = a + share * along
    return met
