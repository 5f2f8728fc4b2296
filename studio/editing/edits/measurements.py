"""Edits of what gives a photo its scale; nothing drawn on the photo moves by them."""

import math
from dataclasses import replace

from studio.editing.edits.remeasure import remeasure
from studio.model.case import Case
from studio.model.ids import Id
from studio.model.photo import Measurement, MeasurementKind
from studio.model.refusal import Refusal


def measurement_of(case: Case, photo_id: Id, kind: MeasurementKind) -> Measurement | None:
    """The measurement of a kind in a photo, if there is one."""
    return next((m for m in case.photo(photo_id).measurements if m.kind is kind), None)


def put_measurement(
    case: Case, photo_id: Id, measurement: Measurement, *, insist: bool = False
) -> Case:
    """A measurement in place of the one of its kind; `insist` lets it give the scale.

    Refusal if its marks cannot be what they are said to be or lie outside the photo.
    """
    photo = case.photo(photo_id)
    for x, y in measurement.points:
        if not (0 <= x <= photo.width and 0 <= y <= photo.height):
            raise Refusal("This place lies outside the photo. Mark it on the picture.")
    others = tuple(m for m in photo.measurements if m.kind is not measurement.kind)
    scale_from = measurement.kind if insist else photo.scale_from
    return remeasure(case, photo_id, (*others, measurement), scale_from)


def remove_measurement(case: Case, photo_id: Id, kind: MeasurementKind) -> Case:
    """A measurement taken out; the best of those left gives the scale."""
    photo = case.photo(photo_id)
    rest = tuple(m for m in photo.measurements if m.kind is not kind)
    scale_from = None if photo.scale_from is kind else photo.scale_from
    return remeasure(case, photo_id, rest, scale_from)


def take_scale_from(case: Case, photo_id: Id, kind: MeasurementKind) -> Case:
    """The measurement of this kind gives the scale; Refusal if it is not marked."""
    if measurement_of(case, photo_id, kind) is None:
        raise Refusal("This is not marked in the photo yet. Mark it first.")
    return remeasure(case, photo_id, case.photo(photo_id).measurements, kind)


def resize_measurement(case: Case, photo_id: Id, kind: MeasurementKind, size_mm: float) -> Case:
    """Another true size in mm for what is marked; the case itself if it is not marked."""
    if not (math.isfinite(size_mm) and size_mm > 0):
        raise Refusal("A size must be a number above zero. Type it again.")
    measurement = measurement_of(case, photo_id, kind)
    if measurement is None or measurement.size_mm == size_mm:
        return case
    return put_measurement(case, photo_id, replace(measurement, size_mm=size_mm))
