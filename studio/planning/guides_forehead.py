"""Guides that are measured on the forehead by tape: usual heights, the 8 cm grid, raised brows."""

from datetime import UTC, datetime

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.case import Client, Sex
from studio.model.chart import HEAD, Point
from studio.model.photo import LandmarkKind, View
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.model.wording import number_text, quantity_text
from studio.planning.guide import Guide, GuideKind, GuideLine, GuideNote, Sitting, Stroke
from studio.planning.tape import laid
from studio.planning.trade import trade
from studio.skin.forehead import Forehead, forehead
from studio.skin.hairline_figures import band_of, convention, population

BAND_HALF = 38.0
BROWS_HALF = 58.0
"""How far lines across the forehead reach to either side, mm of skin."""

GARG = 80.0
"""Side in mm of the grid of Garg and Garg, J Cutan Aesthet Surg 2017, by tape."""

TEMPLE_PEAK = 50.0
"""From the grid's upper corner towards the eye corner lies the temple's peak (the same)."""

STEP = 2.0


def band(at: Sitting) -> Guide:
    """Where hairlines of that sex and age usually lie, and where they were measured.

    The bands are conventions of the trade, the means were measured; each says which.
    """
    frame = _frame(at)
    if frame is None:
        return _without(GuideKind.BAND, at)
    client = at.case.client
    usual, sex = band_of(client, _year(at)), client.sex or Sex.MAN
    people, rule = population(sex), convention(sex)
    lines = [_row(at, frame, mm, BAND_HALF, Stroke.MEASURED) for mm in (usual.low, usual.high)]
    lines.append(_row(at, frame, people.mean, BAND_HALF, Stroke.SUGGESTED))
    notes: list[tuple[float, str, tuple[str, ...]]] = [
        (usual.high, "band", (f"{usual.low:g}–{usual.high:g} mm", _who(client, usual.from_age))),
        (people.mean, "population", (f"{people.mean:g} ± {people.sd:g} mm", _many(sex))),
    ]
    if rule is not None:
        notes.append((rule.low, "surgical", (f"{rule.low:g}–{rule.high:g} mm",)))
        lines.append(_row(at, frame, rule.low, BAND_HALF, Stroke.UPRIGHT))
    placed = (_note(at, frame, (BAND_HALF, mm), key, values) for mm, key, values in notes)
    return Guide(GuideKind.BAND, tuple(lines), tuple(note for note in placed if note))


def grid(at: Sitting) -> Guide:
    """The mid-point 8 cm above the glabella, the corners 8 cm beside it, and the temple's peak."""
    frame = _frame(at)
    if frame is None:
        return _without(GuideKind.GRID, at)
    lines = [
        _row(at, frame, 0.0, GARG, Stroke.SUGGESTED),
        _row(at, frame, GARG, GARG, Stroke.SUGGESTED),
        *(_upright(at, frame, x) for x in (-GARG, 0.0, GARG)),
    ]
    notes = [
        *(_note(at, frame, (x, GARG), "grid-corner", ()) for x in (-GARG, GARG)),
        _note(at, frame, (0.0, GARG), "grid-mid", ()),
    ]
    for side, half in ((-1.0, frame.places.right), (1.0, frame.places.left)):
        corner, eye = (
            np.array([side * GARG, GARG]),
            np.array([side * half.canthus[0], half.canthus[1]]),
        )
        way = (eye - corner) / np.hypot(*(eye - corner))
        lines.append(_line(at, frame, np.stack([corner, eye]), Stroke.SUGGESTED))
        x, y = (corner + TEMPLE_PEAK * way).tolist()
        notes.append(_note(at, frame, (x, y), "grid-temple", ()))
    return Guide(GuideKind.GRID, tuple(lines), tuple(note for note in notes if note))


def brows(at: Sitting) -> Guide:
    """The highest wrinkle of raised brows, by tape, from the photo that shows it."""
    frame = _frame(at)
    if frame is None:
        return _without(GuideKind.BROWS, at)
    height = _wrinkle(at)
    if height is None:
        return Guide(GuideKind.BROWS, missing=(LandmarkKind.BROW_WRINKLE,))
    note = _note(at, frame, (BROWS_HALF, height.value), "brows", (quantity_text(height, "mm"),))
    line = _row(at, frame, height.value, BROWS_HALF, Stroke.SUGGESTED)
    return Guide(GuideKind.BROWS, (line,), (note,) if note else ())


def _wrinkle(at: Sitting) -> Quantity | None:
    """The wrinkle's height over the glabella by tape, in the photo it was marked in."""
    for photo in at.case.photos:
        marks = {mark.kind: mark.at for mark in photo.landmarks}
        if not {LandmarkKind.BROW_WRINKLE, LandmarkKind.GLABELLA} <= marks.keys():
            continue
        skin = at.maps[photo.id]
        kinds = (LandmarkKind.GLABELLA, LandmarkKind.BROW_WRINKLE)
        ends = skin.to_skin(np.array([marks[kind] for kind in kinds]))
        if np.isfinite(ends).all() and skin.scaled:
            start, end = ((float(x), float(y)) for x, y in ends)
            length, _ = laid(skin, start, end)
            return Quantity(length.value, float(np.hypot(length.se, trade()["landmark_mm"].value)))
    return None


def _frame(at: Sitting) -> Forehead | None:
    """The forehead's frame on the photo's chart; None without a scale, a face or a glabella."""
    shows_face = at.skin.chart == HEAD or at.photo.view in {View.FRONT, View.BROWS_RAISED}
    if not (at.skin.scaled and shows_face) or at.place(LandmarkKind.GLABELLA) is None:
        return None
    try:
        return forehead(at.case, at.skin.chart)
    except Refusal:
        return None  # told by the landmarks that are missing


def _without(kind: GuideKind, at: Sitting) -> Guide:
    missing = at.place(LandmarkKind.GLABELLA) is None
    return Guide(kind, missing=(LandmarkKind.GLABELLA,) if missing else ())


def _row(at: Sitting, frame: Forehead, height: float, half: float, stroke: Stroke) -> GuideLine:
    across = np.arange(-half, half + STEP, STEP)
    return _line(at, frame, np.stack([across, np.full(len(across), height)], axis=1), stroke)


def _upright(at: Sitting, frame: Forehead, x: float) -> GuideLine:
    up = np.arange(0.0, GARG + STEP, STEP)
    return _line(at, frame, np.stack([np.full(len(up), x), up], axis=1), Stroke.SUGGESTED)


def _line(at: Sitting, frame: Forehead, mm: FloatArray, stroke: Stroke) -> GuideLine:
    return GuideLine(at.skin.to_photo(frame.to_chart(_finely(mm))), stroke)


def _finely(mm: FloatArray) -> FloatArray:
    """A polyline with a point at least every STEP mm, so that it bends with the head."""
    along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(mm, axis=0).T))]
    even = np.linspace(0.0, along[-1], int(along[-1] / STEP) + 2)
    fine: FloatArray = np.stack([np.interp(even, along, mm[:, i]) for i in (0, 1)], axis=1)
    return fine


def _note(
    at: Sitting, frame: Forehead, mm: Point, key: str, values: tuple[str, ...]
) -> GuideNote | None:
    px = at.skin.to_photo(frame.to_chart(np.array([mm])))[0]
    if not np.isfinite(px).all():
        return None
    return GuideNote((float(px[0]), float(px[1])), key, values)


def _year(at: Sitting) -> int:
    planned = at.case.planned[:4]
    return int(planned) if planned.isdigit() else datetime.now(tz=UTC).year


def _who(client: Client, from_age: int) -> str:
    if client.sex is Sex.WOMAN:
        return "women"
    if client.sex is None:
        return "men, sex not given"
    if client.born is None:
        return "men, age not given"
    return f"men from {number_text(from_age)}" if from_age else "men under 30"


def _many(sex: Sex) -> str:
    return "women" if sex is Sex.WOMAN else "men"
