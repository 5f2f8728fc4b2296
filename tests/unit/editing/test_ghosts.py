"""Old photos laid under others, by marks that both have."""

from dataclasses import replace

import pytest

from studio.editing.edits.ghosts import (
    ghost_over,
    remove_ghost,
    set_ghost,
    set_ghost_strength,
    show_ghost,
)
from studio.editing.edits.photos import remove_photo
from studio.model.case import Case
from studio.model.photo import LandmarkKind
from studio.model.refusal import Refusal
from tests.unit.planning.designs import case_of, front

KINDS = LandmarkKind


def two(old: dict[LandmarkKind, tuple[float, float]]) -> Case:
    here = {KINDS.PUPIL_RIGHT: (-31.0, 0.0), KINDS.PUPIL_LEFT: (31.0, 0.0), KINDS.MENTON: (0, 90)}
    before = replace(front(old), id="old")
    return case_of(photos=(front(here), before))[0]


def test_pupils_go_before_marks_further_apart() -> None:
    case = two({KINDS.PUPIL_RIGHT: (0, 0), KINDS.PUPIL_LEFT: (50, 5), KINDS.MENTON: (20, 80)})
    ghost = ghost_over(set_ghost(case, "old", "front"), "front")
    assert ghost is not None
    assert ghost.old == ((1000.0, 1000.0), (1500.0, 1050.0))
    assert ghost.here == ((690.0, 1000.0), (1310.0, 1000.0))


def test_without_pupils_the_marks_furthest_apart_are_taken() -> None:
    case = two({KINDS.PUPIL_RIGHT: (0, 0), KINDS.MENTON: (20, 80)})
    ghost = ghost_over(set_ghost(case, "old", "front"), "front")
    assert ghost is not None
    assert set(ghost.old) == {(1000, 1000), (1200, 1800)}


def test_one_mark_in_common_is_refused_with_a_way_out() -> None:
    with pytest.raises(Refusal, match="Mark the pupils"):
        set_ghost(two({KINDS.MENTON: (20, 80)}), "old", "front")


def test_strength_sight_and_removal() -> None:
    case = two({KINDS.PUPIL_RIGHT: (0, 0), KINDS.PUPIL_LEFT: (50, 5)})
    laid = set_ghost(set_ghost(case, "old", "front"), "old", "front")
    assert len(laid.ghosts) == 1
    faint = show_ghost(set_ghost_strength(laid, "front", 0.2), "front", shown=False)
    assert (faint.ghosts[0].strength, faint.ghosts[0].shown) == (0.2, False)
    with pytest.raises(Refusal):
        set_ghost_strength(laid, "front", 1.2)
    assert remove_ghost(faint, "front").ghosts == ()
    assert remove_photo(faint, "old").ghosts == ()
