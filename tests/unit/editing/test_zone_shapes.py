"""Zone arithmetic: exact by Shapely's own validity and area, and true to the dots."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studio.editing.edits.zone_shapes import align_zones, offset_zone, split_zone
from studio.editing.edits.zones import subtract_zones, union_zones
from studio.geometry.polygons import polygon_of, unite
from studio.model.arrays import FloatArray
from studio.model.case import Case, Placement, empty_case
from studio.model.curve import Curve, Node
from studio.model.refusal import Refusal
from studio.model.zone import Follow, FollowKind, Zone
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from tests.unit.pigment.shapes import circle, rectangle, zone


def case_of(*zones: Zone) -> Case:
    case = empty_case("case", "a")
    lettered = tuple(
        replace(one, id=f"z{i}", letter=chr(65 + i), name=f"Zone {i}")
        for i, one in enumerate(zones)
    )
    return replace(case, variants=(replace(case.variant, zones=lettered),))


def dots(case: Case) -> set[int]:
    tile = load_tile(Placement().tile)
    return set(place(density_field(case.variant.zones), tile, Placement()).rank.tolist())


def ground(case: Case) -> float:
    return sum(polygon_of(one).area for one in case.variant.zones)


def shrinking(points: FloatArray) -> FloatArray:
    return np.asarray(np.clip(1 - points[:, 0] / 80, 0.2, 1.0))


@given(
    y=st.floats(-18, 18),
    tilt=st.floats(-0.5, 0.5),
    corners=st.integers(5, 60),
    bend=st.floats(-6, 6),
)
def test_a_split_loses_and_doubles_nothing(
    y: float, tilt: float, corners: int, bend: float
) -> None:
    case = case_of(zone(circle(0, 0, 30, corners)))
    line = [(-50.0, y - 50 * tilt), (0.0, y + bend), (50.0, y + 50 * tilt)]
    try:
        parted = split_zone(case, "z0", line)
    except Refusal:
        return
    shapes = [polygon_of(one) for one in parted.variant.zones]
    assert all(shape.is_valid for shape in shapes)
    assert len(shapes) >= 2
    assert ground(parted) == pytest.approx(ground(case), abs=0.2)
    for i, one in enumerate(shapes):
        for other in shapes[i + 1 :]:
            assert shapely.intersection(one, other).area < 1e-6
    assert len({one.letter for one in parted.variant.zones}) == len(shapes)
    assert shapes[0].area == max(shape.area for shape in shapes)


@pytest.mark.parametrize("feathers", [(), (8.0, 0.0, 0.0, 8.0)])
def test_a_split_moves_no_dot(feathers: tuple[float, ...]) -> None:
    whole = replace(zone(rectangle(0, 0, 40, 40), feather=6.0), feathers=feathers)
    case = case_of(whole)
    parted = split_zone(case, "z0", [(10.0, -5.0), (18.0, 20.0), (25.0, 45.0)])
    before, after = dots(case), dots(parted)
    assert len(before ^ after) <= 0.02 * len(before)


def test_a_split_by_a_curve_that_ends_inside() -> None:
    nodes = (Node((10.0, 20.0), ahead=(15.0, 25.0)), Node((30.0, 20.0), back=(25.0, 15.0)))
    line = Curve(id="l", name="Line", chart="c", nodes=nodes)
    case = split_zone(case_of(zone(rectangle(0, 0, 40, 40))), "z0", line)
    assert len(case.variant.zones) == 2
    with pytest.raises(Refusal, match="different photos"):
        split_zone(case_of(zone(rectangle(0, 0, 40, 40))), "z0", replace(line, chart="other"))


def test_a_line_beside_a_zone_is_refused() -> None:
    case = case_of(zone(rectangle(0, 0, 40, 40)))
    with pytest.raises(Refusal, match="does not part"):
        split_zone(case, "z0", [(50.0, 0.0), (50.0, 40.0)])
    with pytest.raises(Refusal, match="does not part"):
        split_zone(case, "z0", [(5.0, 5.0)])


@pytest.mark.parametrize("mm", [0.5, 5.0, -0.5, -5.0])
def test_offset_is_a_buffer_on_a_plane(mm: float) -> None:
    before = case_of(zone(rectangle(0, 0, 40, 30), feather=3.0, holes=(rectangle(14, 12, 22, 18),)))
    after = offset_zone(before, "z0", mm)
    truth = polygon_of(before.variant.zones[0]).buffer(mm, quad_segs=64)
    made = polygon_of(after.variant.zones[0])
    assert made.is_valid
    assert shapely.symmetric_difference(made, truth).area < 0.03 * truth.length
    assert after.variant.zones[0].feather == 3.0


def test_offset_is_in_mm_of_skin() -> None:
    after = offset_zone(case_of(zone(rectangle(0, 0, 60, 30))), "z0", 2.0, shrinking)
    x0, _, x1, _ = polygon_of(after.variant.zones[0]).bounds
    assert -x0 == pytest.approx(2.0, abs=0.05)
    assert x1 - 60 == pytest.approx(2.0 / np.sqrt(0.25), abs=0.15)


def test_offset_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match="Nothing"):
        offset_zone(case_of(zone(rectangle(0, 0, 10, 10))), "z0", -6.0)
    with pytest.raises(Refusal, match="at most"):
        offset_zone(case_of(zone(rectangle(0, 0, 10, 10))), "z0", 80.0)


def wavy(y: float, seed: int, spread: float) -> list[tuple[float, float]]:
    rng = np.random.default_rng(seed)
    return [(float(x), y + float(rng.uniform(-spread, spread))) for x in range(0, 61, 3)]


@pytest.mark.parametrize("seed", range(8))
def test_aligned_neighbours_meet(seed: int) -> None:
    """Two hand-drawn edges that cross each other and gape by up to 1.8 mm."""
    upper = zone((*wavy(0, seed, 0.9), (60.0, -20.0), (0.0, -20.0)))
    lower = zone((*wavy(0, seed + 50, 0.9), (60.0, 25.0), (0.0, 25.0)))
    before = case_of(upper, lower)
    after = align_zones(before, {"z0", "z1"})
    one, other = (polygon_of(z) for z in after.variant.zones)
    assert one.equals(polygon_of(before.variant.zones[0]))
    assert other.is_valid
    # the edge of one is the other's, but for the rounding of corners to 0.001
    assert shapely.intersection(one, other).area < 1e-3 * 60
    (both,) = unite([one, other])
    assert shapely.difference(shapely.box(1, -18, 59, 23), both).area < 1e-3 * 60


def test_wide_gaps_and_overlaps_are_meant() -> None:
    apart = case_of(zone(rectangle(0, 0, 20, 20)), zone(rectangle(23, 0, 40, 20)))
    assert align_zones(apart, {"z0", "z1"}) is apart
    over = case_of(zone(rectangle(0, 0, 20, 20)), zone(rectangle(15, 0, 40, 20)))
    assert align_zones(over, {"z0", "z1"}) is over


def test_three_in_a_row_and_what_is_locked() -> None:
    case = case_of(
        zone(rectangle(0, 0, 20, 20)),
        zone(rectangle(21, 0, 40, 20)),
        zone(rectangle(39.2, 0, 60, 20)),
    )
    after = align_zones(case, {"z0", "z1", "z2"})
    assert ground(after) == pytest.approx(60 * 20, abs=0.1)
    locked = replace(case.variant.zones[1], locked=True)
    zones = (case.variant.zones[0], locked, case.variant.zones[2])
    with pytest.raises(Refusal, match="locked"):
        align_zones(replace(case, variants=(replace(case.variant, zones=zones),)), {"z0", "z1"})
    with pytest.raises(Refusal, match="two zones"):
        align_zones(case, {"z0"})


def test_corners_that_survive_keep_their_feathers() -> None:
    band = replace(zone(rectangle(0, 0, 40, 10)), feathers=(6.0, 6.0, 0.0, 0.0))
    other = zone(rectangle(30, 5, 60, 20), feather=2.0)
    united = union_zones(case_of(band, other), {"z0", "z1"}).variant.zones[0]
    known = dict(zip(united.outline, united.feathers, strict=True))
    assert known[0.0, 0.0] == 6.0
    assert known[0.0, 10.0] == 0.0
    assert known[60.0, 20.0] == 2.0
    bitten = subtract_zones(case_of(band, other), "z0", {"z1"}).variant.zones[0]
    known = dict(zip(bitten.outline, bitten.feathers, strict=True))
    assert known[0.0, 0.0] == 6.0
    assert known[40.0, 5.0] == pytest.approx(3.0)


def test_a_shape_changed_by_hand_follows_no_curve() -> None:
    band = replace(zone(rectangle(0, 0, 40, 10)), follows=Follow("line", FollowKind.EDGE, 12.0))
    for case in (
        split_zone(case_of(band), "z0", [(20.0, -5.0), (20.0, 15.0)]),
        offset_zone(case_of(band), "z0", 1.0),
    ):
        assert case.variant.zones[0].follows is None
