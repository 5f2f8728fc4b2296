"""Growing a hairline as one edit; hand work survives the sliders that do not contradict it."""

from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.hairline import (
    WORDS,
    grow_hairline,
    hairline_ids,
    moved_by_hand,
    set_fringe,
    set_recipe,
    shuffle,
)
from studio.editing.edits.items import set_locked
from studio.editing.edits.points import insert_node, move_points
from studio.editing.edits.zones import set_zone
from studio.editing.history import History
from studio.editing.selection import NodeRef
from studio.geometry.hairline import Role, roles
from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.hairline import Diffusion, Fringe, HairlineShape, Recipe, TemplePoints
from studio.model.refusal import Refusal
from studio.skin.forehead import forehead
from studio.skin.hairline_figures import limits, ramp
from studio.storage.sound import faults
from tests.heads_of_practice import practice_on_head
from tests.unit.editing.grown import IDS, face_case, with_hairline
from tests.unit.editing.hands import case_with, curve, curve_in, zone_in

RECIPE = Recipe(height=70.0)


def mm_of(case: Case, role: Role, side: float = 1.0) -> tuple[float, float]:
    """Where a node lies in the forehead's frame."""
    line = curve_in(case, "h")
    assert line.recipe is not None
    index = roles(line.recipe).index((side, role))
    at = forehead(case, line.chart).to_mm(np.array([line.nodes[index].at]))[0]
    return float(at[0]), float(at[1])


def index_of(role: Role, side: float = 1.0) -> int:
    return roles(RECIPE).index((side, role))


@pytest.fixture(params=["plane", "head"])
def case(request: pytest.FixtureRequest) -> Case:
    if request.param == "plane":
        return with_hairline(RECIPE)
    bare = practice_on_head()[0]
    bare = replace(bare, variants=(replace(bare.variant, curves=(), zones=()),))
    return grow_hairline(bare, HEAD, RECIPE, ids=IDS)


def test_one_step_makes_curve_and_zones(case: Case) -> None:
    assert [z.id for z in case.variant.zones] == ["t", "s"]
    assert len({z.letter for z in case.variant.zones}) == 2
    assert mm_of(case, Role.MID, 0.0) == pytest.approx((0.0, 70.0), abs=0.01)
    assert not list(faults(case))


@pytest.mark.parametrize("shape", HairlineShape)
@pytest.mark.parametrize("temples", TemplePoints)
def test_every_shape_grows_on_the_head(shape: HairlineShape, temples: TemplePoints) -> None:
    bare = practice_on_head()[0]
    grown = grow_hairline(bare, HEAD, Recipe(shape=shape, temples=temples, height=72.0), ids=IDS)
    assert not list(faults(grown))
    for zone_id in ("t", "s"):
        assert len(zone_in(grown, zone_id).outline) < 700


def test_grown_anew_it_is_replaced_as_a_whole(case: Case) -> None:
    chart: ChartId = curve_in(case, "h").chart
    moved = move_points(case, {NodeRef("h", 4)}, 5.0, 5.0)
    again = grow_hairline(moved, chart, RECIPE, ids=IDS)
    assert again == case
    other = grow_hairline(case, chart, replace(RECIPE, joined=False, seed=4), ids=IDS)
    assert len(curve_in(other, "h").nodes) == 9
    assert [z.id for z in other.variant.zones] == ["t", "s"]


def test_hand_work_survives_a_slider(case: Case) -> None:
    index = index_of(Role.CORNER)
    moved = History(case)
    moved.apply("Move", lambda c: move_points(c, {NodeRef("h", index)}, 2.0, -6.0))
    before, plain = mm_of(moved.case, Role.CORNER), mm_of(case, Role.CORNER)
    shifted = set_recipe(moved.case, "h", replace(RECIPE, height=76.0))
    bare = set_recipe(case, "h", replace(RECIPE, height=76.0))
    kept = np.subtract(mm_of(shifted, Role.CORNER), mm_of(bare, Role.CORNER))
    assert kept == pytest.approx(np.subtract(before, plain), abs=0.02)
    assert moved_by_hand(shifted, "h") == (index,)
    assert mm_of(shifted, Role.MID, 0.0) == pytest.approx((0.0, 76.0), abs=0.01)


def test_a_slider_has_its_way_where_it_places_that_very_point(case: Case) -> None:
    index = index_of(Role.CORNER)
    moved = move_points(case, {NodeRef("h", index)}, 3.0, -6.0)
    deeper = set_recipe(moved, "h", replace(RECIPE, recession=24.0))
    bare = set_recipe(case, "h", replace(RECIPE, recession=24.0))
    by_hand, by_number = mm_of(deeper, Role.CORNER), mm_of(bare, Role.CORNER)
    assert by_hand[1] == pytest.approx(by_number[1], abs=0.02)
    assert abs(by_hand[0] - by_number[0]) > 0.8


def test_there_and_back_comes_home(case: Case) -> None:
    moved = move_points(case, {NodeRef("h", index_of(Role.TEMPLE))}, 1.0, 3.0)
    there = set_recipe(moved, "h", replace(RECIPE, height=78.0, decorrelation=0.1))
    back = set_recipe(there, "h", RECIPE)
    for node, was in zip(curve_in(back, "h").nodes, curve_in(moved, "h").nodes, strict=True):
        assert node.at == pytest.approx(was.at, abs=0.01)
        assert node.back is None or node.back == pytest.approx(was.back, abs=0.02)


def test_untouched_it_is_as_if_grown_by_the_new_recipe(case: Case) -> None:
    wanted = replace(RECIPE, shape=HairlineShape.M, recession=30.0, peak_height=6.0)
    chart = curve_in(case, "h").chart
    assert set_recipe(case, "h", wanted) == grow_hairline(case, chart, wanted, ids=IDS)


def test_nodes_added_by_hand_are_carried_along() -> None:
    case = insert_node(with_hairline(RECIPE), "h", 7, 0.5)
    higher = set_recipe(case, "h", replace(RECIPE, height=75.0))
    old, new = curve_in(case, "h").nodes, curve_in(higher, "h").nodes
    assert len(new) == len(old) == 18
    middle = [i for i, n in enumerate(old) if abs(n.at[0]) < 1]
    for i in middle:
        assert new[i].at[1] - old[i].at[1] == pytest.approx(-5.0, abs=0.05)
    with pytest.raises(Refusal, match="anew"):
        set_recipe(case, "h", replace(RECIPE, joined=False))


def test_temples_opened_and_joined_again_keep_the_front() -> None:
    moved = move_points(with_hairline(RECIPE), {NodeRef("h", index_of(Role.FRONT))}, 0.0, -3.0)
    opened = set_recipe(moved, "h", replace(RECIPE, joined=False))
    assert mm_of(opened, Role.FRONT) == pytest.approx(mm_of(moved, Role.FRONT), abs=0.01)


def test_a_fringe_sets_what_follows_and_leaves_the_nodes(case: Case) -> None:
    fringe = Fringe(diffusion=Diffusion.HIGH, sentinels=6.0, sentinel_reach=2.0)
    after = set_fringe(case, "h", fringe)
    assert curve_in(after, "h").nodes == curve_in(case, "h").nodes
    wanted = ramp(Diffusion.HIGH)
    transition, strip = zone_in(after, "t"), zone_in(after, "s")
    assert transition.feather == wanted.ramp
    assert transition.follows is not None
    assert transition.follows.width == wanted.width
    assert strip.density == pytest.approx(30.0)


def test_a_fade_in_of_ones_own_outlives_the_waves() -> None:
    case = set_zone(with_hairline(), "t", feather=8.0)
    after = set_fringe(case, "h", Fringe(macro=1.7))
    assert zone_in(after, "t").feather == 8.0
    assert zone_in(set_fringe(case, "h", Fringe(diffusion=Diffusion.ZERO)), "t").feather == 2.0


def test_shuffle_gives_another_one_by_the_same_numbers(case: Case) -> None:
    other = shuffle(case, "h", 99)
    line = curve_in(other, "h")
    assert line.recipe == replace(RECIPE, seed=99)
    assert line.fringe == replace(Fringe(), seed=99)
    assert mm_of(other, Role.MID, 0.0) == pytest.approx((0.0, 70.0), abs=0.01)
    assert mm_of(other, Role.CORNER) != mm_of(case, Role.CORNER)
    assert zone_in(other, "t").outline != zone_in(case, "t").outline


def test_refusals_name_the_number_and_the_way_out() -> None:
    case = with_hairline(RECIPE)
    with pytest.raises(Refusal, match="Height must be between 40 and 110"):
        set_recipe(case, "h", replace(RECIPE, height=20.0))
    with pytest.raises(Refusal, match="locked"):
        set_recipe(set_locked(case, {"h"}, locked=True), "h", replace(RECIPE, height=71.0))
    with pytest.raises(Refusal, match="by hand"):
        set_recipe(case_with(curve("l", (0.0, 0.0), (9.0, 0.0))), "l", RECIPE)
    assert set(WORDS) == set(limits())


def test_ids_are_fresh_unless_given() -> None:
    first = grow_hairline(face_case(), "p", RECIPE)
    second = grow_hairline(first, "p", RECIPE)
    assert len({c.id for c in second.variant.curves}) == 2
    assert len({z.id for z in second.variant.zones}) == 4
    assert hairline_ids() != hairline_ids()
