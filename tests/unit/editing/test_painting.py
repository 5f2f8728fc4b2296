"""Paint, gradients, fades of corners, and totals that stay."""

from dataclasses import replace

import pytest

from studio.editing.edits.items import shifted
from studio.editing.edits.painting import (
    asked,
    clear_painting,
    even_out,
    keep_total,
    paint,
    set_feathers,
    set_gradient,
)
from studio.editing.edits.points import delete_points, insert_corner, move_points
from studio.editing.edits.zones import set_zone
from studio.editing.selection import NodeRef
from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Gradient, Pattern, Zone
from tests.unit.editing.test_zone_shapes import case_of, shrinking
from tests.unit.pigment.shapes import rectangle, zone

STROKE = DensityStroke(path=((10.0004, 10.0), (30.0, 20.0)), radius=6.0, amount=0.8)
GRADIENT = Gradient(start=(0.0, 0.0), end=(40.0, 0.0), at_start=1.0, at_end=0.2)


def square(feather: float = 0.0) -> Case:
    return case_of(zone(rectangle(0, 0, 40, 40), feather=feather))


def first(case: Case) -> Zone:
    return case.variant.zones[0]


def test_strokes_are_laid_over_each_other_and_cleared() -> None:
    case = paint(paint(square(), "z0", STROKE), "z0", replace(STROKE, amount=-0.2))
    assert [s.amount for s in first(case).strokes] == [0.8, -0.2]
    assert first(case).strokes[0].path[0] == (10.0, 10.0)
    assert first(clear_painting(case, "z0")).strokes == ()


@pytest.mark.parametrize(
    "wrong",
    [replace(STROKE, radius=0.0), replace(STROKE, radius=99.0), replace(STROKE, amount=2.0)],
)
def test_a_brush_that_is_none_is_refused(wrong: DensityStroke) -> None:
    with pytest.raises(Refusal):
        paint(square(), "z0", wrong)


def test_locked_and_clear_zones_are_not_painted() -> None:
    locked = case_of(replace(zone(rectangle(0, 0, 9, 9)), locked=True))
    with pytest.raises(Refusal, match="locked"):
        paint(locked, "z0", STROKE)
    with pytest.raises(Refusal, match="keeps clear"):
        paint(case_of(zone(rectangle(0, 0, 9, 9), blend=Blend.CLEAR)), "z0", STROKE)


def test_gradient_has_two_ends_and_bounds() -> None:
    assert first(set_gradient(square(), "z0", GRADIENT)).gradient == GRADIENT
    assert first(set_gradient(square(), "z0", None)).gradient is None
    with pytest.raises(Refusal, match="two ends"):
        set_gradient(square(), "z0", replace(GRADIENT, end=GRADIENT.start))
    with pytest.raises(Refusal, match="200%"):
        set_gradient(square(), "z0", replace(GRADIENT, at_end=2.5))


@pytest.mark.parametrize("scale", [None, shrinking])
def test_evened_out_keeps_its_total(scale: object) -> None:
    area_scale = shrinking if scale else None
    case = paint(set_gradient(square(feather=5.0), "z0", GRADIENT), "z0", STROKE)
    even = even_out(case, "z0", area_scale)
    assert first(even).strokes == ()
    assert first(even).gradient is None
    assert asked(even, "z0", area_scale) == pytest.approx(asked(case, "z0", area_scale), rel=1e-3)
    assert even_out(square(), "z0") == square()


def test_total_is_kept_when_a_zone_grows_with_its_twin() -> None:
    case = case_of(replace(zone(rectangle(-5, 0, 40, 40)), mirrored=True))
    wider = move_points(case, {NodeRef("z0", 2), NodeRef("z0", 1)}, 15.0, 0.0)
    kept = keep_total(case, wider, "z0")
    assert asked(kept, "z0") == pytest.approx(asked(case, "z0"), rel=1e-3)
    assert first(kept).density < first(case).density


def test_total_that_cannot_be_kept_is_refused() -> None:
    tiny = case_of(zone(rectangle(0, 0, 2, 2)))
    with pytest.raises(Refusal, match="Density"):
        keep_total(square(), tiny, "z0")
    blind = set_gradient(square(), "z0", replace(GRADIENT, at_start=0.0, at_end=0.0))
    with pytest.raises(Refusal, match="no room"):
        keep_total(square(), blind, "z0")


def test_feathers_of_corners_and_of_all() -> None:
    case = set_feathers(square(feather=6.0), "z0", {0, 1}, 2.0)
    assert first(case).feathers == (2.0, 2.0, 6.0, 6.0)
    assert first(set_zone(case, "z0", feather=4.0)).feathers == ()
    with pytest.raises(Refusal, match="Fade-in"):
        set_feathers(case, "z0", {0}, -1.0)


def test_settings_of_patterns_and_margins() -> None:
    case = set_zone(square(), "z0", pattern=Pattern.CLUSTERS, margin=5.0, less_existing=True)
    assert first(case).pattern is Pattern.CLUSTERS
    assert first(case).margin == 5.0
    with pytest.raises(Refusal, match="Margin"):
        set_zone(case, "z0", margin=90.0)


def test_feathers_stay_with_their_corners() -> None:
    case = set_feathers(square(feather=6.0), "z0", {0, 1}, 2.0)
    moved = first(move_points(case, {NodeRef("z0", 1)}, 5.0, -5.0))
    assert dict(zip(moved.outline, moved.feathers, strict=True))[45.0, -5.0] == 2.0
    more = first(insert_corner(case, "z0", 0, 1, (40.0, 20.0)))
    assert more.feathers == (2.0, 2.0, 4.0, 6.0, 6.0)
    fewer = first(delete_points(case, {NodeRef("z0", 3)}))
    assert dict(zip(fewer.outline, fewer.feathers, strict=True))[40.0, 40.0] == 6.0


def test_paint_and_gradient_move_with_the_zone() -> None:
    case = paint(set_gradient(square(), "z0", GRADIENT), "z0", STROKE)
    moved = shifted(first(case), 3.0, -2.0)
    assert isinstance(moved, Zone)
    assert moved.gradient is not None
    assert moved.gradient.start == (3.0, -2.0)
    assert moved.strokes[0].path == ((13.0, 8.0), (33.0, 18.0))
