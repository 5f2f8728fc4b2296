"""Edits of the hair that is there already."""

import math
from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.existing import (
    add_follicle,
    carried,
    carry_existing,
    clear_existing,
    existing_of,
    find_anew,
    remove_follicles,
    restore_follicles,
    set_existing,
)
from studio.editing.edits.head import set_head
from studio.editing.edits.photos import remove_photo, with_photo
from studio.model.case import Case, Ghost, empty_case
from studio.model.chart import HEAD
from studio.model.existing import ExistingHair
from studio.model.refusal import Refusal
from studio.skin.head.stored import head_map
from studio.skin.maps import skin_map
from studio.skin.plane import plane_map
from tests.heads_of_practice import practice_head, practice_on_head
from tests.planes_of_practice import practice_on_planes
from tests.unit.editing.hands import photo

SKIN = plane_map(photo())
FOUND = tuple((float(x), float(y)) for x in range(10) for y in range(10))


def hair(**settings: object) -> ExistingHair:
    ring = ((-1.0, -1.0), (11.0, -1.0), (11.0, 11.0), (-1.0, 11.0))
    base = ExistingHair(photo="p", chart="p", searched=(ring,), threshold=0.5, found=FOUND)
    return replace(base, **settings)  # type: ignore[arg-type] # passed through to the dataclass


def case_with(*hairs: ExistingHair) -> Case:
    return replace(empty_case("c", "v"), photos=(photo(), photo("q")), existing=hairs)


def of(case: Case) -> ExistingHair:
    there = existing_of(case, "p")
    assert there is not None
    return there


def test_set_replaces_what_the_photo_had_and_clear_forgets_it() -> None:
    other = hair(photo="q", chart="q")
    case = set_existing(set_existing(case_with(), hair()), other)
    case = set_existing(case, hair(found=FOUND[:3]))
    assert len(of(case).found) == 3
    assert existing_of(case, "q") == other
    case = clear_existing(case, "p")
    assert case.existing == (other,)
    assert clear_existing(case, "p") is case
    with pytest.raises(KeyError):
        set_existing(case, hair(photo="nowhere"))


def test_a_brush_takes_out_and_brings_back() -> None:
    case = case_with(hair())
    case = remove_follicles(case, "p", [(0.0, 0.0), (5.0, 0.0)], 0.5, SKIN)
    assert set(of(case).removed) == {(float(x), 0.0) for x in range(6)}
    assert len(of(case).marks) == 94
    same = remove_follicles(case, "p", [(2.0, 0.0)], 0.5, SKIN)
    assert same is case
    case = restore_follicles(case, "p", [(3.0, 0.0)], 0.5, SKIN)
    assert (3.0, 0.0) in of(case).marks
    assert restore_follicles(case, "p", [(3.0, 0.0)], 0.5, SKIN) is case


def test_what_was_added_is_forgotten_by_the_brush() -> None:
    case = add_follicle(case_with(hair()), "p", (4.5, 4.5))
    assert of(case).added == ((4.5, 4.5),)
    assert add_follicle(case, "p", (4.5, 4.5)) is case
    case = remove_follicles(case, "p", [(4.5, 4.5)], 0.3, SKIN)
    assert of(case).added == ()
    assert of(case).removed == ()


def test_adding_where_one_was_taken_out_brings_it_back() -> None:
    case = remove_follicles(case_with(hair()), "p", [(4.0, 4.0)], 0.1, SKIN)
    assert add_follicle(case, "p", (4.0, 4.0)) == case_with(hair())


def test_another_threshold_keeps_what_was_put_right() -> None:
    case = add_follicle(case_with(hair()), "p", (4.5, 4.5))
    case = remove_follicles(case, "p", [(0.0, 0.0)], 0.5, SKIN)
    fewer = find_anew(case, hair(threshold=0.8, found=FOUND[50:]), SKIN)
    assert of(fewer).added == ((4.5, 4.5),)
    back = find_anew(fewer, hair(), SKIN)
    assert (0.0, 0.0) not in of(back).marks
    moved = tuple((x + 0.05, y) for x, y in (*FOUND, (4.5, 4.5)))
    other = find_anew(back, hair(found=moved), SKIN)
    assert (0.05, 0.0) not in of(other).marks
    assert of(other).added == ()
    assert len(of(other).marks) == 100
    assert of(find_anew(case_with(), hair(), SKIN)) == hair()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(Refusal, match="searched"):
        add_follicle(case_with(), "p", (0.0, 0.0))
    with pytest.raises(Refusal, match="skin"):
        add_follicle(case_with(hair()), "p", (math.nan, 0.0))
    with pytest.raises(Refusal, match="brush"):
        remove_follicles(case_with(hair()), "p", [(0.0, 0.0)], 0.0, SKIN)


def test_a_new_scale_moves_no_mark_in_the_photo() -> None:
    after = plane_map(photo(scale=0.25))
    there = hair(added=((4.5, 4.5),), removed=FOUND[:5])
    laid = carried(there, SKIN, after)
    assert set(laid.removed) <= set(laid.found)
    assert len(laid.marks) == len(there.marks)
    before, now = (s.to_photo(np.array(h.marks)) for s, h in ((SKIN, there), (after, laid)))
    assert np.abs(before - now).max() < 0.01


def test_hair_is_laid_from_a_plane_onto_the_head() -> None:
    case, _ = practice_on_head()
    assert case.head is not None
    top = next(p for p in case.photos if p.view.value == "top")
    plane, head = plane_map(top), head_map(case.head, top.id)
    middle = plane.to_skin(head.to_photo(head.focus))[0]
    found = tuple((float(middle[0]) + x, float(middle[1]) + y) for x, y in FOUND)
    there = hair(photo=top.id, chart=top.id, searched=(found[::9],), found=found)
    laid = carried(there, plane, head)
    assert laid.chart == HEAD == skin_map(case, top).chart
    assert len(laid.found) == 100
    assert len(laid.searched) == 1
    error = head.exact_to_photo(np.array(laid.found)) - plane.to_photo(np.array(found))
    assert np.abs(error).max() < 0.05


def test_what_no_longer_lies_on_skin_is_left_out() -> None:
    case, _ = practice_on_head()
    assert case.head is not None
    top = next(p for p in case.photos if p.view.value == "top")
    plane, head = plane_map(top), head_map(case.head, top.id)
    off = tuple(map(tuple, plane.to_skin(np.array([(1.0, 1.0), (3.0, 2.0), (2.0, 9.0)])).tolist()))
    laid = carried(hair(photo=top.id, chart=top.id, searched=(off,), found=off), plane, head)
    assert laid.found == ()
    assert laid.searched == ()


def test_hair_goes_with_its_photo_and_so_does_its_ghost() -> None:
    ghost = Ghost(photo="q", over="p", old=((0.0, 0.0), (1.0, 1.0)), here=((0.0, 0.0), (1.0, 1.0)))
    other = hair(photo="q", chart="q")
    case = replace(case_with(hair(), other), ghosts=(ghost,))
    gone = remove_photo(case, "p")
    assert gone.existing == (other,)
    assert gone.ghosts == ()


def test_hair_keeps_its_pixels_when_the_photo_gets_another_scale() -> None:
    case = case_with(hair())
    after = with_photo(case, photo(scale=0.25))
    laid = of(carry_existing(case, after))
    before = skin_map(case, case.photo("p")).to_photo(np.array(FOUND))
    now = skin_map(after, after.photo("p")).to_photo(np.array(laid.found))
    assert np.abs(before - now).max() < 0.01
    assert carry_existing(case, case).existing[0] is case.existing[0]


def test_joining_the_photos_lays_hair_onto_the_head() -> None:
    case, _ = practice_on_planes()
    top = next(p for p in case.photos if p.view.value == "top")
    middle = plane_map(top).to_skin(np.array([(top.width / 2, top.height / 2)]))[0]
    found = tuple((float(middle[0]) + x, float(middle[1]) + y) for x, y in FOUND)
    there = hair(photo=top.id, chart=top.id, searched=(found[::9],), found=found)
    head = practice_head({p.view: p.id for p in case.photos})
    joined = set_head(replace(case, existing=(there,)), head)
    assert [one.chart for one in joined.existing] == [HEAD]
    px = head_map(head, top.id).exact_to_photo(np.array(joined.existing[0].found))
    assert np.abs(px - plane_map(top).to_photo(np.array(found))).max() < 0.05
