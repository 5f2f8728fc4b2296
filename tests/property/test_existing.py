"""Laws of existing hair: brushes undo each other, dots keep clear of every mark."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studio.editing.edits.existing import (
    add_follicle,
    existing_of,
    find_anew,
    remove_follicles,
    restore_follicles,
)
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.existing import ExistingHair
from studio.planning.existing import keeps_clear
from tests.unit.editing.test_existing import SKIN, case_with, hair

places = st.tuples(
    st.integers(-1000, 11_000).map(lambda n: n / 1000),
    st.integers(-1000, 11_000).map(lambda n: n / 1000),
)
paths = st.lists(places, min_size=1, max_size=4)
radii = st.floats(0.1, 4.0)
hairs = st.lists(places, max_size=30, unique=True).map(lambda found: hair(found=tuple(found)))


def of(case: Case) -> ExistingHair:
    there = existing_of(case, "p")
    assert there is not None
    return there


@given(hairs, paths, radii)
def test_restoring_undoes_removing(there: ExistingHair, path: list[Point], radius: float) -> None:
    case = case_with(there)
    removed = remove_follicles(case, "p", path, radius, SKIN)
    assert restore_follicles(removed, "p", path, radius, SKIN) == case


@given(hairs, paths, radii)
def test_nothing_stands_under_the_brush(
    there: ExistingHair, path: list[Point], radius: float
) -> None:
    removed = of(remove_follicles(case_with(there), "p", path, radius, SKIN))
    marks = np.array(removed.marks).reshape(-1, 2)
    for corner in path:
        assert (np.hypot(*(marks - corner).T) >= radius - 1e-9).all()
    assert set(removed.removed) <= set(removed.found)
    assert len(removed.marks) + len(removed.removed) == len(there.found)


@given(hairs, places)
def test_an_added_mark_is_there_once(there: ExistingHair, at: tuple[float, float]) -> None:
    once = add_follicle(case_with(there), "p", at)
    assert of(once).marks.count(at) == 1
    assert add_follicle(once, "p", at) is once


@given(hairs, paths, radii)
def test_finding_the_same_anew_changes_no_mark(
    there: ExistingHair, path: list[Point], radius: float
) -> None:
    case = remove_follicles(case_with(there), "p", path, radius, SKIN)
    again = of(find_anew(case, there, SKIN))
    assert set(again.marks) <= set(of(case).marks)
    assert set(of(case).removed) <= set(again.removed)


@given(hairs, st.lists(places, max_size=40))
def test_kept_dots_are_clear_of_every_mark(there: ExistingHair, dots: list[Point]) -> None:
    at = np.array(dots, dtype=np.float64).reshape(-1, 2)
    marks = np.array(there.marks, dtype=np.float64).reshape(-1, 2)
    apart = np.hypot(*(at[:, None] - marks[None]).transpose(2, 0, 1))
    least = apart.min(axis=1, initial=np.inf)
    assert keeps_clear(at, marks, SKIN).tolist() == (least >= 0.3).tolist()
