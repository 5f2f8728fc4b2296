"""Edits of photos: adding, removing, views and landmarks."""

import math
from dataclasses import replace

from studio.editing.edits.items import items_of
from studio.model.case import Case
from studio.model.chart import Point, rounded
from studio.model.ids import Id
from studio.model.photo import Landmark, LandmarkKind, Photo, View
from studio.model.refusal import Refusal


def add_photo(case: Case, photo: Photo) -> Case:
    """A photo put last; Refusal if the case has the very same picture already."""
    if any(other.sha256 == photo.sha256 for other in case.photos):
        raise Refusal("This photo is in the case already.")
    return replace(case, photos=(*case.photos, photo))


def remove_photo(case: Case, photo_id: Id) -> Case:
    """A photo taken out, with its mirror axis, its hair and everything drawn on its plane."""
    variants = tuple(
        replace(
            variant,
            curves=tuple(c for c in variant.curves if c.chart != photo_id),
            zones=tuple(z for z in variant.zones if z.chart != photo_id),
        )
        for variant in case.variants
    )
    return replace(
        case,
        photos=tuple(p for p in case.photos if p.id != photo_id),
        variants=variants,
        axes=tuple(axis for axis in case.axes if axis.chart != photo_id),
        existing=tuple(hair for hair in case.existing if hair.photo != photo_id),
        ghosts=tuple(g for g in case.ghosts if photo_id not in (g.photo, g.over)),
    )


def removal_label(case: Case, photo_id: Id) -> str:
    """Name of the step that removes a photo; it tells what goes with it."""
    drawn = sum(item.chart == photo_id for variant in case.variants for item in items_of(variant))
    if drawn == 0:
        return "Remove photo"
    return f"Remove photo and {drawn} {'thing' if drawn == 1 else 'things'} drawn on it"


def set_view(case: Case, photo_id: Id, view: View) -> Case:
    """From where a photo shows the head."""
    return with_photo(case, replace(case.photo(photo_id), view=view))


def set_landmark(case: Case, photo_id: Id, kind: LandmarkKind, at: Point) -> Case:
    """A landmark marked, or moved, in photo pixels; Refusal outside the picture."""
    photo = case.photo(photo_id)
    x, y = at
    inside = 0 <= x <= photo.width and 0 <= y <= photo.height
    if not (math.isfinite(x) and math.isfinite(y) and inside):
        raise Refusal("This place lies outside the photo. Mark it on the picture.")
    others = tuple(mark for mark in photo.landmarks if mark.kind is not kind)
    marked = (*others, Landmark(kind, rounded(at)))
    order = list(LandmarkKind)
    return with_photo(
        case,
        replace(photo, landmarks=tuple(sorted(marked, key=lambda mark: order.index(mark.kind)))),
    )


def remove_landmark(case: Case, photo_id: Id, kind: LandmarkKind) -> Case:
    """A landmark taken out of a photo."""
    photo = case.photo(photo_id)
    rest = tuple(mark for mark in photo.landmarks if mark.kind is not kind)
    return with_photo(case, replace(photo, landmarks=rest))


def with_photo(case: Case, photo: Photo) -> Case:
    """The case with the photo of the same id replaced."""
    return replace(case, photos=tuple(photo if p.id == photo.id else p for p in case.photos))
