"""What hair that is there already means for a plan."""

from dataclasses import replace

import numpy as np
import pytest
from shapely import Polygon

from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD, Point
from studio.model.existing import ExistingHair
from studio.pigment.tile import load_tile
from studio.planning.existing import density_map, hair_in, keeps_clear, marks
from studio.planning.report import report
from studio.skin.maps import skin_maps
from studio.skin.near import within
from tests.heads_of_practice import practice_on_head
from tests.unit.planning.designs import case_of, on_front, square, zone


def grid(side: float, step: float, x: float = 0.0, y: float = 0.0) -> tuple[Point, ...]:
    """Points step apart in a square."""
    line = np.arange(step / 2, side, step)
    return tuple((x + float(a), y + float(b)) for a in line for b in line)


def hair(**settings: object) -> ExistingHair:
    base = ExistingHair(
        photo="front",
        chart="front",
        searched=(square(20.0),),
        threshold=0.5,
        found=grid(20.0, 1.0),
    )
    return replace(base, **settings)  # type: ignore[arg-type] # passed through to the dataclass


def case_with(*hairs: ExistingHair) -> Case:
    return replace(case_of()[0], existing=hairs)


def test_density_is_of_what_was_searched() -> None:
    case = case_with(hair())
    there = hair_in(case, Polygon(square(40.0)), "front", skin_maps(case))
    assert there is not None
    assert there.searched == pytest.approx(0.25)
    assert there.follicles.value == 400
    assert there.per_cm2.value == pytest.approx(100)
    assert there.per_cm2.relative == pytest.approx(np.sqrt(0.15**2 + 1 / 400 + 0.02**2), rel=0.1)


def test_holes_of_the_search_are_not_searched() -> None:
    holed = hair(searched=(square(20.0), square(10.0, 5.0, 5.0)))
    case = case_with(holed)
    there = hair_in(case, Polygon(square(20.0)), "front", skin_maps(case))
    assert there is not None
    assert there.searched == pytest.approx(0.75)
    assert there.per_cm2.value == pytest.approx(100)


def test_nothing_is_told_where_nothing_was_searched() -> None:
    case = case_with(hair())
    away = Polygon(square(10.0, 30.0, 30.0))
    assert hair_in(case, away, "front", skin_maps(case)) is None
    assert hair_in(case_with(), away, "front", skin_maps(case)) is None


def test_corrections_count() -> None:
    found = grid(20.0, 1.0)
    put_right = hair(removed=found[:100], added=((3.3, 3.3),))
    case = case_with(put_right)
    there = hair_in(case, Polygon(square(20.0)), "front", skin_maps(case))
    assert there is not None
    assert there.follicles.value == 301
    assert len(marks(case, "front")) == 301


def test_without_a_scale_the_density_is_not_known() -> None:
    case = case_with(hair())
    maps = {"front": on_front(scaled=False)}
    there = hair_in(case, Polygon(square(20.0)), "front", maps)
    assert there is not None
    assert not there.per_cm2.known


def test_dots_keep_clear() -> None:
    skin = on_front()
    dots = np.array([(0.0, 0.0), (0.29, 0.0), (0.31, 0.0), (5.0, 5.0)])
    follicles = np.array([(0.0, 0.0), (10.0, 10.0)])
    assert keeps_clear(dots, follicles, skin).tolist() == [False, False, True, True]
    assert keeps_clear(dots, np.empty((0, 2)), skin).all()
    assert len(keeps_clear(np.empty((0, 2)), follicles, skin)) == 0


def test_on_the_head_dots_keep_clear_in_mm_of_skin() -> None:
    case, _ = practice_on_head()
    skin = skin_maps(case)[HEAD]
    rng = np.random.default_rng(0)
    centre = np.array([0.0, 60.0])
    follicles: FloatArray = centre + rng.uniform(-10, 10, (300, 2))
    dots: FloatArray = centre + rng.uniform(-10, 10, (2000, 2))
    clear = keeps_clear(dots, follicles, skin)
    assert 0 < clear.sum() < len(dots)
    for dot, free in zip(dots[::50], clear[::50], strict=True):
        near = follicles[np.argsort(np.hypot(*(follicles - dot).T))[:4]]
        least = min(skin.length(np.array([dot, other])).value for other in near)
        assert abs(least - 0.3) < 0.002 or (least > 0.3) == free


def test_a_brush_is_round_on_the_skin() -> None:
    skin = on_front()
    points = np.array([(0.9, 0.0), (0.0, 1.1), (0.7, 0.7), (0.72, 0.72)])
    assert within(points, np.zeros((1, 2)), 1.0, skin).tolist() == [True, False, True, False]


def test_the_smooth_map_keeps_an_even_density() -> None:
    case = case_with(hair())
    maps = tuple(skin_maps(case).items())
    told = density_map(case.existing, maps)
    assert told is not None
    inside = told.at(np.array([(10.0, 10.0), (1.0, 1.0), (19.0, 10.0)]))
    assert inside == pytest.approx([1.0, 1.0, 1.0], rel=0.06)
    assert told.at(np.array([(40.0, 10.0)])).tolist() == [0.0]
    assert density_map((), maps) is None


def test_two_photos_of_one_place_count_it_once() -> None:
    case, _ = practice_on_head()
    views = {photo.view.value: photo.id for photo in case.photos}
    ring = square(10.0, -5.0, 75.0)
    points = grid(10.0, 1.0, -5.0, 75.0)
    hairs = tuple(
        hair(photo=views[view], chart=HEAD, searched=(ring,), found=points)
        for view in ("front", "top")
    )
    both = replace(case, existing=hairs)
    there = hair_in(both, Polygon(ring), HEAD, skin_maps(both))
    assert there is not None
    assert there.follicles.value == 100


def test_the_report_tells_the_hair_in_each_zone() -> None:
    drawn, _ = case_of(zone("A", square(10.0)), zone("B", square(5.0, 40.0)))
    case = replace(drawn, existing=(hair(),))
    told = report(case, skin_maps(case), load_tile(case.placement.tile))["zones"]
    assert told[0]["existing_per_cm2"] == pytest.approx(100)
    assert told[0]["existing_se"] > 10
    assert told[0]["existing_searched"] == 1.0
    assert "existing_per_cm2" not in told[1]
