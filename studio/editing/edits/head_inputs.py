"""Edits of what a head is fitted from: pencil marks, outlines, hair."""

import math
from collections.abc import Sequence
from dataclasses import replace

from studio.editing.edits.photos import with_photo
from studio.model.case import Case
from studio.model.chart import Point, rounded
from studio.model.ids import Id
from studio.model.photo import PencilMark, Photo
from studio.model.refusal import Refusal

PENCIL_NUMBERS = range(1, 8)
"""The numbers of pencil marks: four to seven give all there is to gain (head research, 4.1)."""

MOST_HAIR_MM = 10.0
"""Hair that lifts the outline further hides the head."""


def set_pencil(case: Case, photo_id: Id, number: int, at: Point) -> Case:
    """A pencil mark put, or moved, in photo pixels; Refusal outside the picture."""
    if number not in PENCIL_NUMBERS:
        raise Refusal("Pencil marks have the numbers 1 to 7. Choose one of them.")
    photo = case.photo(photo_id)
    _inside(photo, at)
    others = (mark for mark in photo.pencil if mark.number != number)
    marks = sorted((*others, PencilMark(number, rounded(at))), key=lambda mark: mark.number)
    return with_photo(case, replace(photo, pencil=tuple(marks)))


def remove_pencil(case: Case, photo_id: Id, number: int) -> Case:
    """A pencil mark taken out of one photo."""
    photo = case.photo(photo_id)
    rest = tuple(mark for mark in photo.pencil if mark.number != number)
    return with_photo(case, replace(photo, pencil=rest))


def set_outline(case: Case, photo_id: Id, points: Sequence[Point]) -> Case:
    """The scalp's outline in photo pixels, in order along it; empty for none.

    Refusal if a point lies outside the picture.
    """
    photo = case.photo(photo_id)
    for at in points:
        _inside(photo, at)
    return with_photo(case, replace(photo, outline=tuple(rounded(at) for at in points)))


def set_hair(case: Case, photo_id: Id, hair_mm: float) -> Case:
    """How far hair lifts the outline off the skin in mm."""
    if not (math.isfinite(hair_mm) and 0 <= hair_mm <= MOST_HAIR_MM):
        raise Refusal("Hair at the outline must be 0 to 10 mm. Clip longer hair first.")
    return with_photo(case, replace(case.photo(photo_id), hair_mm=hair_mm))


def _inside(photo: Photo, at: Point) -> None:
    x, y = at
    inside = 0 <= x <= photo.width and 0 <= y <= photo.height
    if not (math.isfinite(x) and math.isfinite(y) and inside):
        raise Refusal("This place lies outside the photo. Mark it on the picture.")
