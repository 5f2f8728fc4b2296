"""Edits of the hair that is there already: found, cleared, and put right by hand."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from studio.model.arrays import BoolArray, FloatArray
from studio.model.case import Case
from studio.model.chart import Point, Ring, rounded
from studio.model.existing import ExistingHair
from studio.model.ids import Id
from studio.model.refusal import Refusal
from studio.skin.head.headmap import HeadMap
from studio.skin.maps import skin_map
from studio.skin.near import within
from studio.skin.skinmap import SkinMap

SAME_MM = 0.2
"""Marks of two searches that lie nearer to each other are the same follicle."""


def existing_of(case: Case, photo: Id) -> ExistingHair | None:
    """What was found in a photo, if it was searched."""
    return next((hair for hair in case.existing if hair.photo == photo), None)


def set_existing(case: Case, hair: ExistingHair) -> Case:
    """What was found in a photo, in place of what was found there before with its corrections."""
    case.photo(hair.photo)
    others = tuple(other for other in case.existing if other.photo != hair.photo)
    return replace(case, existing=(*others, hair))


def find_anew(case: Case, hair: ExistingHair, skin: SkinMap) -> Case:
    """What was found at another threshold, or in another search; corrections by hand stay.

    Places taken out before stay out where a mark lies within SAME_MM; marks added by hand stay
    unless the finder now marks the place itself.
    """
    before = existing_of(case, hair.photo)
    if before is None or before.chart != hair.chart:
        return set_existing(case, hair)
    removed = _picked(hair.found, _near(hair.found, before.removed, skin))
    kept = tuple(point for point in before.removed if point not in set(removed))
    twice = _near(before.added, hair.found, skin)
    added = _picked(before.added, ~twice)
    return set_existing(case, replace(hair, added=added, removed=(*removed, *kept)))


def clear_existing(case: Case, photo: Id) -> Case:
    """Nothing known of a photo's hair any more; the case itself if there was nothing."""
    if existing_of(case, photo) is None:
        return case
    return replace(case, existing=tuple(h for h in case.existing if h.photo != photo))


def add_follicle(case: Case, photo: Id, at: Point) -> Case:
    """A place marked as a follicle, in chart coordinates; one that was taken out comes back."""
    hair = _hair(case, photo)
    if not all(map(math.isfinite, at)):
        raise Refusal("The photo shows no skin here. Mark the follicle on the scalp.")
    at = rounded(at)
    if at in hair.marks:
        return case
    if at in hair.removed and at in hair.found:
        return _put(case, replace(hair, removed=_without(hair.removed, {at})))
    return _put(case, replace(hair, added=(*hair.added, at)))


def remove_follicles(
    case: Case, photo: Id, path: Sequence[Point], radius_mm: float, skin: SkinMap
) -> Case:
    """All marks within a brush of so many mm along a path taken out; one point is a dab."""
    hair = _hair(case, photo)
    brush = _brush(path, radius_mm, skin)
    gone = set(hair.removed)
    standing = tuple(point for point in hair.found if point not in gone)
    taken = _picked(standing, _under(standing, brush, radius_mm, skin))
    added = _picked(hair.added, ~_under(hair.added, brush, radius_mm, skin))
    if not taken and len(added) == len(hair.added):
        return case
    return _put(case, replace(hair, removed=(*hair.removed, *taken), added=added))


def restore_follicles(
    case: Case, photo: Id, path: Sequence[Point], radius_mm: float, skin: SkinMap
) -> Case:
    """What was found and taken out comes back within a brush along a path."""
    hair = _hair(case, photo)
    back = _under(hair.removed, _brush(path, radius_mm, skin), radius_mm, skin)
    if not back.any():
        return case
    return _put(case, replace(hair, removed=_picked(hair.removed, ~back)))


def carry_existing(before: Case, after: Case) -> Case:
    """The hair of `after` laid onto the skin its photos have there, from that of `before`.

    Where nothing of what was searched is skin any more there is nothing known of the hair.
    """
    if not after.existing:
        return after
    laid = []
    for hair in after.existing:
        photo = after.photo(hair.photo)
        old, new = skin_map(before, before.photo(photo.id)), skin_map(after, photo)
        laid.append(hair if old is new else carried(hair, old, new))
    return replace(after, existing=tuple(hair for hair in laid if hair.searched))


def carried(hair: ExistingHair, before: SkinMap, after: SkinMap) -> ExistingHair:
    """Hair laid onto another map of its photo, a new scale or fit: it keeps its pixels there.

    What no longer lies on skin is left out.
    """
    places = list(
        dict.fromkeys(
            (*hair.found, *hair.added, *hair.removed, *(p for r in hair.searched for p in r))
        )
    )
    chart = _to_skin(after, _to_photo(before, np.array(places, np.float64).reshape(-1, 2)))
    image = {
        place: rounded((x, y))
        for place, (x, y) in zip(places, chart.tolist(), strict=True)
        if math.isfinite(x) and math.isfinite(y)
    }

    def laid(points: Collection[Point]) -> tuple[Point, ...]:
        return tuple(dict.fromkeys(image[point] for point in points if point in image))

    rings: list[Ring] = [ring for ring in map(laid, hair.searched) if len(ring) >= 3]
    return replace(
        hair,
        chart=after.chart,
        searched=tuple(rings),
        found=laid(hair.found),
        added=laid(hair.added),
        removed=laid(hair.removed),
    )


def _to_photo(skin: SkinMap, chart: FloatArray) -> FloatArray:
    return skin.exact_to_photo(chart) if isinstance(skin, HeadMap) else skin.to_photo(chart)


def _to_skin(skin: SkinMap, px: FloatArray) -> FloatArray:
    return skin.exact_to_skin(px) if isinstance(skin, HeadMap) else skin.to_skin(px)


def _hair(case: Case, photo: Id) -> ExistingHair:
    hair = existing_of(case, photo)
    if hair is None:
        raise Refusal("This photo was not searched for hair yet. Look for hair first.")
    return hair


def _put(case: Case, hair: ExistingHair) -> Case:
    """The photo's hair in its old place in the list."""
    return replace(
        case, existing=tuple(hair if one.photo == hair.photo else one for one in case.existing)
    )


def _near(points: Sequence[Point], others: Sequence[Point], skin: SkinMap) -> BoolArray:
    return within(_array(points), _array(others), SAME_MM, skin)


def _brush(path: Sequence[Point], radius_mm: float, skin: SkinMap) -> FloatArray:
    """Points along a path so close that the brush's edge between them is out by under 2 %."""
    corners = _array(path)
    if not (math.isfinite(radius_mm) and radius_mm > 0):
        raise Refusal("A brush must have a size above zero. Type it again.")
    if len(corners) < 2:
        return corners
    step = 0.35 * radius_mm / np.sqrt(skin.area_scale(corners).max())
    laid = [corners[:1]]
    for start, end in pairwise(corners):
        pieces = max(math.ceil(float(np.hypot(*(end - start))) / step), 1)
        laid.append(start + np.linspace(0, 1, pieces + 1)[1:, None] * (end - start))
    return np.concatenate(laid)


def _under(
    points: Sequence[Point], brush: FloatArray, radius_mm: float, skin: SkinMap
) -> BoolArray:
    return within(_array(points), brush, radius_mm, skin)


def _array(points: Sequence[Point]) -> FloatArray:
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def _picked(points: Sequence[Point], chosen: BoolArray) -> tuple[Point, ...]:
    return tuple(point for point, kept in zip(points, chosen.tolist(), strict=True) if kept)


def _without(points: Sequence[Point], gone: Collection[Point]) -> tuple[Point, ...]:
    return tuple(point for point in points if point not in gone)
