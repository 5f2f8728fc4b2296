"""Reflections and what mirrored things amount to."""

import math
from dataclasses import replace

import numpy as np
import pytest

from studio.geometry.bezier import chart_length, flatten
from studio.geometry.mirror import (
    direction,
    distance_to_axis,
    mirror_point,
    mirror_points,
    onto_axis,
    twin_curve,
    twin_zone,
    whole_curve,
    whole_zone,
)
from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_curves, effective_zones
from studio.model.case import MirrorAxis, Variant
from studio.model.curve import Curve, Node
from studio.model.strokes import DensityStroke
from studio.model.zone import Gradient, Zone

UPRIGHT = MirrorAxis(chart="p", at=(50.0, 0.0))
LEANING = MirrorAxis(chart="p", at=(50.0, 10.0), angle=12.0)
SKEWED = MirrorAxis(chart="p", at=(50.0, 10.0), angle=12.0, skew=-9.0)
HALF = Curve(
    id="c",
    name="Hairline",
    chart="p",
    mirrored=True,
    nodes=(
        Node((50.2, -30.0), (60.0, -30.0), (40.0, -30.0)),
        Node((10.0, 0.0), (10.0, -20.0), None),
    ),
)
BOX = Zone(
    id="z",
    letter="A",
    name="Frontal",
    chart="p",
    mirrored=True,
    outline=((10.0, 0.0), (40.0, 0.0), (40.0, 20.0), (10.0, 20.0)),
    holes=(((15.0, 5.0), (20.0, 5.0), (20.0, 10.0)),),
)


def test_positive_angle_leans_clockwise_as_seen() -> None:
    x, y = direction(MirrorAxis(chart="p", at=(0.0, 0.0), angle=30.0))
    assert (x, y) == pytest.approx((0.5, -math.sqrt(3) / 2))


@pytest.mark.parametrize("axis", [UPRIGHT, LEANING, SKEWED])
def test_reflection_laws(axis: MirrorAxis) -> None:
    points = np.random.default_rng(1).uniform(-80, 80, (50, 2))
    image = mirror_points(points, axis)
    np.testing.assert_allclose(mirror_points(image, axis), points, atol=1e-9)
    for a, b in zip(points.tolist(), image.tolist(), strict=True):
        assert distance_to_axis((a[0], a[1]), axis) == pytest.approx(
            -distance_to_axis((b[0], b[1]), axis)
        )
        middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        assert onto_axis((a[0], a[1]), axis) == pytest.approx(middle, abs=1e-3)


def test_upright_axis_only_changes_x() -> None:
    assert mirror_point((10.0, 7.0), UPRIGHT) == (90.0, 7.0)
    assert distance_to_axis((60.0, 3.0), UPRIGHT) == pytest.approx(10)


def test_a_curve_that_meets_the_axis_joins_its_twin() -> None:
    (whole,) = whole_curve(HALF, UPRIGHT)
    xs = [node.at[0] for node in whole.nodes]
    assert xs == [10.0, 50.0, 90.0]
    assert whole.nodes[1].smooth
    assert not whole.mirrored
    line = flatten(whole.nodes)
    np.testing.assert_allclose(mirror_points(line, UPRIGHT)[::-1], line, atol=0.05)
    assert chart_length(whole.nodes) == pytest.approx(2 * chart_length(HALF.nodes), rel=0.01)
    assert whole_curve(HALF, UPRIGHT)[0] is whole


def test_a_curve_away_from_the_axis_has_its_twin_beside_it() -> None:
    off = replace(HALF, nodes=(*HALF.nodes[::-1][:1], Node((30.0, -30.0))))
    own, twin = whole_curve(off, UPRIGHT)
    assert [n.at[0] for n in own.nodes] == [10.0, 30.0]
    assert [n.at[0] for n in twin.nodes] == [70.0, 90.0]
    assert twin.id == own.id


def test_a_curve_with_both_ends_on_the_axis_closes() -> None:
    loop = replace(HALF, nodes=(Node((50.0, 0.0)), Node((20.0, 10.0)), Node((50.0, 20.0))))
    (whole,) = whole_curve(loop, UPRIGHT)
    assert whole.closed
    assert [n.at for n in whole.nodes] == [(50.0, 0.0), (20.0, 10.0), (50.0, 20.0), (80.0, 10.0)]


def test_unmirrored_curves_run_from_small_to_large_x() -> None:
    backward = replace(HALF, mirrored=False)
    assert [n.at[0] for n in whole_curve(backward, UPRIGHT)[0].nodes] == [10.0, 50.2]
    closed = replace(backward, closed=True)
    assert whole_curve(closed, UPRIGHT) == (closed,)
    assert twin_curve(closed, UPRIGHT).closed


def test_zones_unite_across_the_axis_only_when_they_touch() -> None:
    own, twin = whole_zone(BOX, UPRIGHT)
    assert polygon_of(own).area == pytest.approx(polygon_of(twin).area)
    assert (twin.letter, twin.id) == ("A", "z")
    assert polygon_of(twin).bounds == (60.0, 0.0, 90.0, 20.0)
    wide = replace(BOX, outline=tuple((x * 1.25, y) for x, y in BOX.outline), holes=())
    (united,) = whole_zone(wide, UPRIGHT)
    assert polygon_of(united).area == pytest.approx(75 * 20)
    across = replace(BOX, outline=tuple((x * 1.5, y) for x, y in BOX.outline), holes=())
    (united,) = whole_zone(across, UPRIGHT)
    assert polygon_of(united).area == pytest.approx(70 * 20)


def test_effective_things_leave_out_hidden_ones_and_keep_identity() -> None:
    plain = replace(BOX, id="q", mirrored=False)
    hidden = replace(BOX, id="h", hidden=True)
    variant = Variant(id="v", curves=(HALF, replace(HALF, hidden=True)), zones=(plain, hidden, BOX))
    zones = effective_zones(variant, lambda _: UPRIGHT)
    assert [z.id for z in zones] == ["q", "z", "z"]
    assert zones[0] is plain
    again = effective_zones(variant, lambda _: UPRIGHT)
    assert all(a is b for a, b in zip(zones, again, strict=True))
    assert len(effective_curves(variant, lambda _: UPRIGHT)) == 1


def test_skew_turns_the_way_of_mirroring() -> None:
    x, y = mirror_point((60.0, 0.0), replace(UPRIGHT, skew=45.0))
    assert (x, y) == pytest.approx((40.0, -20.0))


def painted_half() -> Zone:
    """A transition over the axis: soft in front, painted, with a gradient across."""
    outline = ((-5.0, 0.0), (30.0, -4.0), (30.0, 20.0), (-5.0, 20.0))
    return Zone(
        id="z",
        letter="A",
        name="",
        chart="c",
        outline=outline,
        feathers=(6.0, 6.0, 0.0, 0.0),
        strokes=(DensityStroke(path=((20.0, 5.0), (25.0, 9.0)), radius=4.0),),
        mirrored=True,
    )


MIDDLE = MirrorAxis(chart="c", at=(0.0, 0.0))


def test_twins_carry_feathers_gradient_and_paint() -> None:
    gradient = Gradient(start=(10.0, 0.0), end=(30.0, 10.0))
    twin = twin_zone(replace(painted_half(), gradient=gradient), MIDDLE)
    known = dict(zip(twin.outline, twin.feathers, strict=True))
    assert known == {(5.0, 0.0): 6.0, (-30.0, -4.0): 6.0, (-30.0, 20.0): 0.0, (5.0, 20.0): 0.0}
    assert twin.gradient is not None
    assert twin.gradient.start == (-10.0, 0.0)
    assert twin.strokes[0].path == ((-20.0, 5.0), (-25.0, 9.0))


def test_united_with_its_twin_a_zone_keeps_feathers_and_both_strokes() -> None:
    (whole,) = whole_zone(painted_half(), MIDDLE)
    known = dict(zip(whole.outline, whole.feathers, strict=True))
    assert known[30.0, -4.0] == known[-30.0, -4.0] == 6.0
    assert known[30.0, 20.0] == known[-30.0, 20.0] == 0.0
    assert len(whole.strokes) == 2
    longer = replace(painted_half().strokes[0], path=((20.0, 5.0), (25.0, 9.0), (26.0, 9.0)))
    (after,) = whole_zone(replace(painted_half(), strokes=(longer,)), MIDDLE)
    assert after.outline is whole.outline


def test_a_gradient_along_the_axis_leaves_one_zone() -> None:
    along = Gradient(start=(7.0, 0.0), end=(7.0, 20.0))
    assert len(whole_zone(replace(painted_half(), gradient=along), MIDDLE)) == 1


def test_a_gradient_across_the_axis_gives_two_halves_that_meet() -> None:
    across_it = Gradient(start=(0.0, 0.0), end=(30.0, 0.0))
    one = replace(painted_half(), gradient=across_it)
    own, twin = whole_zone(one, MIDDLE)
    shapes = [polygon_of(own), polygon_of(twin)]
    (whole,) = whole_zone(painted_half(), MIDDLE)
    assert sum(shape.area for shape in shapes) == pytest.approx(polygon_of(whole).area, abs=0.01)
    assert shapes[0].intersection(shapes[1]).area < 1e-9
    assert shapes[0].centroid.x > 0 > shapes[1].centroid.x
    assert own.gradient == across_it
    assert twin.gradient is not None
    assert twin.gradient.end == (-30.0, 0.0)
