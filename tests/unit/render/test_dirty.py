from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from studio.model.chart import Ring
from studio.model.zone import Zone
from studio.render.dirty import edited_run, pairs

SQUARE: Ring = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def zone(outline: Ring, density: float = 100.0) -> Zone:
    return Zone(id="z", letter="A", name="", chart="front", outline=outline, density=density)


def test_pairs_are_what_differs() -> None:
    one, two, three = "one", "two", "three"
    before, after = [(1, one), (2, two)], [(1, one), (2, three)]
    assert pairs(before, after) == [(two, three)]
    assert pairs(before, before) == []
    assert pairs(before, [(1, one)]) == [(two, None)]
    assert pairs(before, [(1, one), (3, three), (2, two)]) == [(None, three)]


def test_another_order_is_a_change_of_everything() -> None:
    before = [(1, "one"), (2, "two")]
    assert len(pairs(before, before[::-1])) == 4


def test_a_moved_point_takes_its_neighbours_along() -> None:
    moved = (SQUARE[0], SQUARE[1], (12.0, 13.0), SQUARE[3])
    run = edited_run(zone(SQUARE), zone(moved))
    assert run is not None
    assert set(map(tuple, run.tolist())) == {*SQUARE[1:], (12.0, 13.0)}


def test_more_than_the_outline_is_no_run() -> None:
    assert edited_run(zone(SQUARE), zone(SQUARE[:3], density=50.0)) is None
    assert edited_run(zone(SQUARE), replace(zone(SQUARE), holes=(SQUARE,))) is None


@given(
    st.integers(5, 40),
    st.lists(st.tuples(st.integers(0, 39), st.sampled_from(["move", "cut", "add"])), max_size=4),
)
def test_what_lies_between_two_outlines_is_within_the_box(
    count: int, changes: list[tuple[int, str]]
) -> None:
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    ring = list(zip((40 * np.cos(turn)).tolist(), (40 * np.sin(turn)).tolist(), strict=True))
    edited = list(ring)
    for index, what in changes:
        at = index % len(edited)
        x, y = edited[at]
        if what == "move":
            edited[at] = (1.1 * x, 1.1 * y)
        elif what == "add":
            edited.insert(at + 1, (1.02 * x, 1.02 * y))
        elif len(edited) > 4:
            del edited[at]
    run = edited_run(zone(tuple(ring)), zone(tuple(edited)))
    assert run is not None
    differs = Polygon(ring).buffer(0).symmetric_difference(Polygon(edited).buffer(0))
    around = box(*run.min(axis=0), *run.max(axis=0)).buffer(1e-6)
    assert differs.difference(around).area == pytest.approx(0, abs=1e-6)
