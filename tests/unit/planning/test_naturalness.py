"""Notes: each says a fact in mm where it holds, and is silent where the style was chosen."""

from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.hairline import grow_hairline
from studio.editing.edits.items import delete_items, put
from studio.editing.edits.points import move_points
from studio.editing.selection import NodeRef
from studio.geometry.hairline import Role, roles
from studio.model.case import Case, Client, Sex
from studio.model.chart import HEAD
from studio.model.hairline import Diffusion, Fringe, HairlineShape, Recipe
from studio.model.photo import LandmarkKind
from studio.planning.naturalness import Note, notes
from studio.skin.hairline_figures import preset
from tests.heads_of_practice import practice_on_head
from tests.unit.editing.grown import IDS, face_case
from tests.unit.editing.hands import curve_in

YEAR = 2026
GOOD = Recipe(height=72.0, recession=16.0)
FLAT = Fringe(macro=0.0, micro=0.0)


def grown(recipe: Recipe = GOOD, fringe: Fringe | None = None, case: Case | None = None) -> Case:
    return grow_hairline(case or face_case(), "p", recipe, fringe or Fringe(), IDS)


def said(case: Case) -> dict[str, Note]:
    return {note.id: note for note in notes(case, case.variant, YEAR)}


def test_a_grown_line_in_the_band_has_none() -> None:
    for seed in range(20):
        case = grown(replace(GOOD, seed=seed), Fringe(seed=seed))
        assert said(case) == {}


@pytest.mark.parametrize("shape", [s for s in HairlineShape if s is not HairlineShape.ROUND_FEMALE])
def test_presets_have_none_on_the_head_either(shape: HairlineShape) -> None:
    bare = practice_on_head()[0]
    bare = replace(bare, variants=(replace(bare.variant, curves=(), zones=()),))
    recipe = preset(shape, bare.client, YEAR)
    case = grow_hairline(bare, HEAD, recipe, ids=IDS)
    assert said(case) == {}


def test_below_the_band_with_the_tape_and_its_error() -> None:
    note = said(grown(replace(GOOD, height=58.0)))["below-band"]
    assert "58 ± " in note.sentence
    assert "65 mm is low for a man from 30" in note.sentence
    assert "68 to 80" in note.sentence
    assert note.grade == "D"
    assert note.at == pytest.approx((0.0, -58.0), abs=0.2)


def test_what_is_not_noted_of_the_client_is_assumed_and_said() -> None:
    case = replace(face_case(), client=Client())
    note = said(grown(replace(GOOD, height=58.0), case=case))["below-band"]
    assert "assumed" in note.sentence


def test_a_flattened_corner_but_not_of_a_woman_or_a_linear_line() -> None:
    flat = replace(GOOD, shape=HairlineShape.ROUND, recession=2.0)
    found = said(grown(flat))
    assert {"flat-corner-right", "flat-corner-left"} <= set(found)
    assert "recess" in found["flat-corner-left"].sentence
    assert found["flat-corner-left"].at[0] > 30
    linear = replace(flat, shape=HairlineShape.LINEAR)
    assert not {"flat-corner-right", "flat-corner-left"} & set(said(grown(linear)))
    woman = replace(face_case(), client=Client(sex=Sex.WOMAN, born=1990))
    assert "flat-corner-left" not in said(grown(flat, case=woman))


def test_a_corner_moved_down_by_hand_is_seen_where_it_is() -> None:
    case = grown()
    corner = roles(GOOD).index((1.0, Role.CORNER))
    moved = move_points(case, {NodeRef("h", corner)}, 0.0, 16.0)
    assert set(said(moved)) == {"flat-corner-left"}


def test_too_straight_unless_straight_was_chosen() -> None:
    ruled = replace(GOOD, shape=HairlineShape.ROUND, recession=1.0)
    note = said(grown(ruled, FLAT))["too-straight"]
    assert "0.5 mm over" in note.sentence
    assert "too-straight" not in said(grown(ruled))
    for shape in (HairlineShape.STRAIGHT, HairlineShape.LINEAR):
        assert "too-straight" not in said(grown(replace(ruled, shape=shape), FLAT))


def test_no_transition_unless_zero_was_chosen() -> None:
    bare = delete_items(grown(), {"t"})
    assert "No transition" in said(bare)["no-transition"].sentence
    thin = grown()
    zone = next(z for z in thin.variant.zones if z.id == "t")
    assert "2 mm" in said(put(thin, replace(zone, feather=2.0)))["no-transition"].sentence
    zero = delete_items(grown(fringe=Fringe(diffusion=Diffusion.ZERO)), {"t"})
    assert "no-transition" not in said(zero)


def test_left_and_right_alike_to_a_fifth_of_a_millimetre() -> None:
    twins = grown(replace(GOOD, decorrelation=0.0), Fringe(decorrelation=0.0))
    assert "Nobody grows so evenly" in said(twins)["identical"].sentence
    assert "identical" not in said(grown(replace(GOOD, decorrelation=0.3)))


def test_below_the_brow_wrinkle() -> None:
    case = face_case((LandmarkKind.BROW_WRINKLE, 0.0, -74.0))
    note = said(grown(case=case))["below-wrinkle"]
    assert "below the highest brow wrinkle" in note.sentence
    low = face_case((LandmarkKind.BROW_WRINKLE, 0.0, -50.0))
    assert "below-wrinkle" not in said(grown(case=low))


def test_without_a_scale_there_are_no_facts() -> None:
    case = grown(replace(GOOD, height=50.0))
    photo = case.photos[0]
    unscaled = replace(photo, plane=replace(photo.plane, method=None))
    assert said(replace(case, photos=(unscaled,))) == {}


def test_a_hidden_line_is_passed_over() -> None:
    case = grown(replace(GOOD, height=50.0))
    assert said(put(case, replace(curve_in(case, "h"), hidden=True))) == {}


def test_notes_lie_on_the_line() -> None:
    case = grown(replace(GOOD, height=58.0, recession=1.0), FLAT)
    at = np.array([note.at for note in said(case).values()])
    assert len(at) >= 3
    assert (at[:, 1] < -50).all()
