"""Hair on a chart: the same object while nothing changed, and what it does to dots and figures."""

from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.existing import add_follicle, remove_follicles
from studio.geometry.twins import effective_zones
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from studio.planning.code import design_code
from studio.planning.existing import CLEAR_MM, keeps_clear, marks
from studio.planning.figures import ZoneFigures, figures
from studio.planning.standing import forget_hair, hair_on
from studio.skin.maps import skin_maps
from tests.heads_of_practice import practice_on_head
from tests.unit.planning.designs import case_of, on_front, square, zone
from tests.unit.planning.test_existing import grid, hair


def drawn(*, less: bool = False) -> Case:
    case, _ = case_of(zone("A", square(20.0), density=150.0, less_existing=less))
    return replace(case, existing=(hair(found=grid(20.0, 2.0)),))


def first(case: Case) -> ZoneFigures:
    return figures(case, case.variant, skin_maps(case), load_tile(case.placement.tile)).zones[0]


def test_it_is_the_same_object_until_it_changes() -> None:
    case = drawn()
    standing = hair_on(case, "front")
    assert standing is not None
    assert hair_on(replace(case, shares=(0.5, 1.0)), "front") is standing
    assert hair_on(add_follicle(case, "front", (0.5, 0.5)), "front") is not standing
    assert hair_on(case, "other") is None
    assert hair_on(replace(case, existing=()), "front") is None
    forget_hair()
    assert hair_on(case, "front") is not standing


def test_no_dot_lies_nearer_than_the_clear_distance() -> None:
    case = drawn()
    field = density_field(case.variant.zones, on_front().area_scale, hair=hair_on(case, "front"))
    dots = place(field, load_tile(case.placement.tile), case.placement)
    assert len(dots) == pytest.approx(600, rel=0.05)
    assert keeps_clear(
        dots.xy.astype(np.float64), marks(case, "front"), on_front(), CLEAR_MM - 1e-4
    ).all()


def test_figures_tell_the_hair_and_take_it_off_where_asked() -> None:
    plain, less = first(drawn()), first(drawn(less=True))
    assert plain.existing is not None
    assert plain.existing.per_cm2.value == pytest.approx(25)
    assert plain.dots.value - less.dots.value == pytest.approx(100, abs=15)
    assert less.dots.se > plain.dots.se
    assert less.dots.se == pytest.approx(np.sqrt(plain.dots.se**2 + 15**2 + 100), rel=0.1)
    bald = first(replace(drawn(), existing=()))
    assert bald.existing is None


def test_the_code_of_a_design_tells_hair() -> None:
    case = drawn()
    fewer = remove_follicles(case, "front", [(1.0, 1.0)], 1.0, on_front())
    bald = replace(case, existing=())
    assert len({design_code(one) for one in (case, fewer, bald)}) == 3


def test_on_the_head_dots_keep_clear_in_mm_of_skin() -> None:
    case, _ = practice_on_head()
    skin = skin_maps(case)[HEAD]
    zones = tuple(z for z in effective_zones(case.variant, case.axis) if z.chart == HEAD)
    outline = np.concatenate([np.array(z.outline) for z in zones])
    rng = np.random.default_rng(0)
    places = rng.uniform(outline.min(axis=0), outline.max(axis=0), (12000, 2)).round(3)
    found = tuple((float(x), float(y)) for x, y in places)
    top = next(p for p in case.photos if p.view.value == "top")
    there = hair(photo=top.id, chart=HEAD, searched=(found[:3],), found=found)
    standing = hair_on(replace(case, existing=(there,)), HEAD)
    field = density_field(zones, skin.area_scale, hair=standing)
    dots = place(field, load_tile(case.placement.tile), case.placement)
    assert len(dots) > 1000
    assert keeps_clear(dots.xy.astype(np.float64), places, skin, CLEAR_MM - 1e-4).all()
