"""Fits begun where the last ones ended find what fits from scratch find."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from studio.model.case import Case
from studio.model.chart import Point
from studio.model.photo import LandmarkKind, View
from studio.skin.head.again import FEW, Kept, changes
from studio.skin.head.inputs import ViewInputs
from studio.skin.head.joining import Joined, join
from studio.skin.head.prior import sphere
from studio.skin.head.surface import Surface
from tests.unit.skin.head.test_joining import inputs, joined, photo

SEARCH_MM = 0.7
"""The search ends, begun anywhere, where no unknown moves by a notable part of its standard
error: that of a place of this head is 2.3 mm, of which this is less than a third."""

SCALP = sphere(600)[sphere(600)[:, 2] > -0.3]

MOVED = {
    (View.FRONT, LandmarkKind.GLABELLA): (8.0, -6.0),
    (View.FRONT, LandmarkKind.TRAGUS_RIGHT): (20.0, 150.0),
    (View.LEFT, LandmarkKind.TRAGUS_LEFT): (-90.0, 60.0),
    (View.TOP, LandmarkKind.NOSE_TIP): (5.0, 9.0),
}
"""Slips of a few pixels, and marks set on something else."""


def with_mark(case: Case, view: View, kind: LandmarkKind, by: Point) -> Case:
    """The case with one landmark moved by so many pixels."""
    of = photo(case, view)
    marks = tuple(
        replace(m, at=(m.at[0] + by[0], m.at[1] + by[1])) if m.kind is kind else m
        for m in of.landmarks
    )
    photos = tuple(replace(of, landmarks=marks) if p is of else p for p in case.photos)
    return replace(case, photos=photos)


@cache
def both(view: View, kind: LandmarkKind) -> tuple[Joined, Joined]:
    """After one moved mark: joined from the join before, and from nothing."""
    case = with_mark(inputs(), view, kind, MOVED[view, kind])
    return join(case, joined()), join(case)


def apart_mm(one: Joined, other: Joined) -> float:
    """Largest distance of two heads on the scalp."""
    ends = [Surface(np.array(j.head.coefficients)).points(SCALP) for j in (one, other)]
    return float(np.linalg.norm(ends[0] - ends[1], axis=1).max())


@pytest.mark.parametrize(("view", "kind"), MOVED)
def test_the_quick_join_is_the_whole_join(view: View, kind: LandmarkKind) -> None:
    quick, whole = both(view, kind)
    assert quick.warnings == whole.warnings
    assert quick.worst == whole.worst
    assert quick.left_out == whole.left_out
    assert quick.fit.solution.cost == pytest.approx(whole.fit.solution.cost, abs=0.3)
    assert apart_mm(quick, whole) < SEARCH_MM
    assert quick.head.scale_se == pytest.approx(whole.head.scale_se, rel=0.01)
    for one, other in zip(quick.residuals, whole.residuals, strict=True):
        assert (one.photo, one.name) == (other.photo, other.name)
        assert one.mm == pytest.approx(other.mm, abs=0.2)


def test_every_fit_of_the_quick_join_is_as_good_as_from_scratch() -> None:
    quick, whole = both(View.FRONT, LandmarkKind.GLABELLA)
    assert quick.fits.keys() == whole.fits.keys()
    for key, fit in quick.fits.items():
        assert fit.solution.cost < whole.fits[key].solution.cost + 2.0


def test_a_chain_of_quick_joins_ends_where_it_began() -> None:
    found = joined()
    for by in ((8.0, -6.0), (-5.0, 3.0), (0.0, 0.0)):
        case = with_mark(inputs(), View.FRONT, LandmarkKind.GLABELLA, by)
        found = join(case, found)
    assert apart_mm(found, joined()) < SEARCH_MM
    assert found.warnings == joined().warnings


def test_a_photo_left_out_stays_out_and_is_said_again() -> None:
    case = inputs()
    back = photo(case, View.BACK)
    flipped = replace(
        back,
        landmarks=tuple(replace(m, at=(back.width - 1 - m.at[0], m.at[1])) for m in back.landmarks),
        outline=tuple((back.width - 1 - x, y) for x, y in back.outline),
    )
    case = replace(case, photos=tuple(flipped if p is back else p for p in case.photos))
    first = join(case, joined())
    whole = join(case)
    assert first.warnings == whole.warnings
    moved = with_mark(case, View.FRONT, LandmarkKind.GLABELLA, (8.0, -6.0))
    quick = join(moved, first)
    assert (quick.warnings, quick.left_out) == (join(moved).warnings, first.left_out)


def views() -> Sequence[ViewInputs]:
    return joined().fit.views


def test_changes_are_counted_by_mark() -> None:
    before = list(views())
    assert changes(before, before) == 0
    name = next(iter(before[0].landmarks))
    marks = dict(before[0].landmarks)
    x, y = marks.pop(name)
    one = [replace(before[0], landmarks={**marks, name: (x + 1, y)}), *before[1:]]
    assert changes(before, one) == 1
    assert changes(before, [replace(before[0], landmarks=marks), *before[1:]]) == 1
    spotted = replace(one[0], dots={3: (5.0, 5.0)}, outline=one[0].outline + 1.0)
    assert changes(before, [spotted, *before[1:]]) == 3
    assert changes(before, before[1:]) > FEW
    assert changes(before, [replace(before[0], hair_mm=1.0), *before[1:]]) > FEW


def test_after_many_changes_the_search_begins_anew() -> None:
    before = joined().fit
    shifted = [
        replace(v, landmarks={n: (x + 3.0, y) for n, (x, y) in v.landmarks.items()})
        for v in views()
    ]
    kept = Kept(joined().fits)
    found = kept.fit(shifted, before.lengths)
    fresh = Kept().fit(shifted, before.lengths)
    assert found.solution.cost == fresh.solution.cost
    assert list(kept.now) == [("", tuple(v.view for v in shifted))]
