"""Re-measuring: numbers change, places on the photo do not."""

from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.items import add_curve
from studio.editing.edits.remeasure import remeasure
from studio.editing.edits.whole import duplicate_variant, set_axis
from studio.geometry.mirror import direction
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis
from studio.model.curve import Curve, Node
from studio.model.photo import Measurement, MeasurementKind, Plane
from studio.model.refusal import Refusal
from studio.skin.plane import plane_map
from tests.unit.editing.hands import box, case_with, curve_in, photo, zone_in

WAVE = Curve(
    id="wave",
    name="Hairline",
    chart="p",
    nodes=(Node((-60, 0), None, (-40, -30)), Node((0, -40), (-20, -40), (20, -40)), Node((60, 0))),
)
CARD = Measurement(
    kind=MeasurementKind.CARD,
    points=((700, 1100), (960, 1080), (985, 1250), (690, 1255)),
    size_mm=85.6,
    size_se=0.05,
    click_se=1.5,
)


def places(case: Case) -> dict[str, FloatArray]:
    """Everything drawn on photo p, in its pixels."""
    skin = plane_map(case.photo("p"))
    zone = zone_in(case, "a")
    axis = case.axis("p")
    x, y = direction(axis)
    return {
        "nodes": skin.to_photo(np.array([n.at for n in curve_in(case, "wave").nodes])),
        "zone": skin.to_photo(np.array(zone.outline)),
        "axis": skin.to_photo(np.array([axis.at, (axis.at[0] + x, axis.at[1] + y)])),
    }


@pytest.fixture
def case() -> Case:
    drawn = add_curve(case_with(box("a", 10, 10)), WAVE)
    return set_axis(drawn, MirrorAxis(chart="p", at=(1.0, 2.0), angle=4.0))


def test_a_card_seen_askew_moves_nothing(case: Case) -> None:
    after = remeasure(case, "p", (CARD,), None)
    old, new = places(case), places(after)
    assert after.photo("p").plane.method is MeasurementKind.CARD
    assert len(new["zone"]) == 4
    np.testing.assert_allclose(new["zone"], old["zone"], atol=0.02)
    for at in old["nodes"]:
        assert np.hypot(*(new["nodes"] - at).T).min() < 0.02
    way = [line[1] - line[0] for line in (old["axis"], new["axis"])]
    np.testing.assert_allclose(new["axis"][0], old["axis"][0], atol=0.02)
    turned = way[0][0] * way[1][1] - way[0][1] * way[1][0]
    assert turned / np.hypot(*way[0]) / np.hypot(*way[1]) == pytest.approx(0, abs=1e-4)
    assert zone_in(after, "a").feather == zone_in(case, "a").feather


def test_all_variants_are_laid_over_and_other_photos_are_left(case: Case) -> None:
    other = replace(box("z", 0, 0), chart="q")
    case = replace(case, variants=(replace(case.variant, zones=(*case.variant.zones, other)),))
    two = duplicate_variant(case, "v")
    after = remeasure(two, "p", (CARD,), None)
    for before, laid in zip(two.variants, after.variants, strict=True):
        assert laid.zones[0] != before.zones[0]
        assert laid.zones[1] is before.zones[1]


def test_the_same_plane_changes_no_drawing(case: Case) -> None:
    plane = case.photo("p").plane
    after = remeasure(case, "p", (CARD,), MeasurementKind.CARD, lambda *_: plane)
    assert after.variants is case.variants
    assert after.photo("p").scale_from is MeasurementKind.CARD


def test_an_axis_never_set_is_pinned_once_something_is_drawn() -> None:
    empty = remeasure(case_with(), "p", (CARD,), None)
    assert empty.axes == ()
    drawn = remeasure(case_with(box("a", 10, 10)), "p", (CARD,), None)
    assert len(drawn.axes) == 1


def test_beyond_the_horizon_is_refused(case: Case) -> None:
    steep = Plane(matrix=(0.1, 0, -80, 0, 0.1, -120, 0, -1 / 1300, 1), sigma=0.01)
    with pytest.raises(Refusal, match="Check the marks"):
        remeasure(case, "p", (), None, lambda *_: steep)
    with pytest.raises(Refusal, match="marks"):
        remeasure(case, "p", (replace(CARD, points=CARD.points[:3]),), None)


def test_back_and_forth_comes_home(case: Case) -> None:
    home = case.photo("p").plane
    there = remeasure(case, "p", (CARD,), None)
    back = remeasure(there, "p", (), None, lambda *_: home)
    np.testing.assert_allclose(zone_in(back, "a").outline, zone_in(case, "a").outline, atol=0.004)
    assert back.photo("p") == photo()
