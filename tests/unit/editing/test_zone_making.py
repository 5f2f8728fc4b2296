"""Tools that draw zones of one purpose: bands, dot scars, patches, moles."""

import numpy as np
import pytest
import shapely
from shapely import Polygon

from studio.editing.edits.band import set_band_width
from studio.editing.edits.items import replace_curve
from studio.editing.tool import Keys
from studio.geometry.polygons import polygon_of
from studio.model.curve import CurveRole
from studio.model.refusal import Refusal
from studio.model.zone import Blend, FollowKind, Purpose
from tests.unit.editing.hands import Hands, case_with, curve

ARC = [(x, 0.002 * x * x) for x in np.linspace(-30.0, 30.0, 41).tolist()]


def width_of(shape: Polygon) -> float:
    """Area by length: what a long band measures across."""
    return 2 * shape.area / shape.length


@pytest.mark.parametrize(
    ("tool", "purpose", "role", "width"),
    [
        ("parting", Purpose.PARTING, CurveRole.PARTING, 20.0),
        ("scar", Purpose.SCAR, CurveRole.SCAR, 6.0),
    ],
)
def test_a_stroke_makes_a_line_and_its_band(
    tool: str, purpose: Purpose, role: CurveRole, width: float
) -> None:
    hands = Hands(case_with(), tool)
    hands.drag(*ARC)
    (line,), (zone,) = hands.curves(), hands.zones()
    assert (line.role, zone.purpose) == (role, purpose)
    assert len(line.nodes) < 8
    assert zone.follows is not None
    assert (zone.follows.curve, zone.follows.kind, zone.follows.width) == (
        line.id,
        FollowKind.BAND,
        width,
    )
    shape = polygon_of(zone)
    assert shape.is_valid
    near = shapely.LineString(ARC).buffer(width / 2)
    assert shape.symmetric_difference(near).area < 0.07 * near.area
    assert len(hands.labels()) == 1
    assert hands.desk.selection.items == {zone.id}
    hands.box.undo()
    assert hands.untouched()


def test_the_band_follows_its_line() -> None:
    hands = Hands(case_with(), "scar")
    hands.drag((-20.0, 0.0), (0.0, 0.0), (20.0, 0.0))
    (line,), (before,) = hands.curves(), hands.zones()
    moved = curve(line.id, (-20.0, 30.0), (20.0, 30.0))
    change = hands.history.begin("Move")
    change.preview(replace_curve(change.base, moved))
    assert shapely.distance(polygon_of(before), polygon_of(hands.zones()[0])) > 20


def test_shift_draws_straight_and_brackets_change_the_width() -> None:
    hands = Hands(case_with(), "scar")
    assert hands.box.key("]")
    hands.drag((0.0, 0.0), (10.0, 4.0), (30.0, 1.0), keys=Keys.SHIFT)
    (zone,) = hands.zones()
    assert zone.follows is not None
    assert zone.follows.width == pytest.approx(6.9)
    ys = [node.at[1] for node in hands.curves()[0].nodes]
    assert ys == pytest.approx([0.0, 0.0])


def test_enter_lays_a_band_along_the_selected_line() -> None:
    hands = Hands(case_with(curve("c", (0.0, 0.0), (40.0, 0.0))), "parting")
    hands.select("c")
    assert hands.box.confirm()
    (zone,) = hands.zones()
    assert zone.follows is not None
    assert zone.follows.curve == "c"
    assert len(hands.curves()) == 1


def test_a_parting_has_no_twin() -> None:
    hands = Hands(case_with(), "parting", mirror=True)
    hands.drag((10.0, 0.0), (12.0, 20.0), (14.0, 40.0))
    assert not hands.curves()[0].mirrored
    assert not hands.zones()[0].mirrored


def test_a_click_makes_no_band_and_esc_drops_one() -> None:
    hands = Hands(case_with(), "parting")
    hands.click(0.0, 0.0)
    assert hands.untouched()
    assert hands.said
    hands.pull(*ARC)
    assert hands.zones()
    hands.box.cancel()
    assert hands.untouched()
    assert hands.box.current.name == "parting"


def test_only_a_band_has_a_width() -> None:
    hands = Hands(case_with(), "scar")
    hands.drag(*ARC)
    zone = hands.zones()[0].id
    change = hands.history.begin("Width")
    change.preview(set_band_width(change.base, zone, 12.0))
    assert width_of(polygon_of(hands.zones()[0])) > 8
    with pytest.raises(Refusal, match="mm wide"):
        set_band_width(hands.case, zone, 500.0)
    other = Hands(case_with(), "patch")
    other.drag((0.0, 0.0), (20.0, 10.0))
    with pytest.raises(Refusal, match="not drawn along a line"):
        set_band_width(other.case, other.zones()[0].id, 5.0)


def test_clicks_stamp_round_scars_that_join_where_they_touch() -> None:
    hands = Hands(case_with(), "dot-scars")
    hands.click(0.0, 0.0)
    hands.click(0.7, 0.0)
    hands.click(10.0, 0.0)
    first, second = hands.zones()
    assert first.purpose is second.purpose is Purpose.DOT_SCARS
    assert polygon_of(second).area == pytest.approx(np.pi / 4, rel=0.01)
    assert polygon_of(first).area > 1.5 * polygon_of(second).area
    assert len(hands.labels()) == 3


def test_alt_and_the_eraser_take_scars_away() -> None:
    hands = Hands(case_with(), "dot-scars")
    hands.click(0.0, 0.0)
    hands.click(10.0, 0.0)
    hands.click(10.0, 0.0, Keys.ALT)
    hands.click(0.0, 0.0, eraser=True)
    assert hands.zones() == ()


def test_a_patch_is_an_ellipse_from_edge_to_edge() -> None:
    hands = Hands(case_with(), "patch", mirror=True)
    hands.drag((0.0, 0.0), (10.0, 5.0), (30.0, 20.0))
    (zone,) = hands.zones()
    assert zone.purpose is Purpose.PATCH
    assert not zone.mirrored
    assert polygon_of(zone).bounds == pytest.approx((0.0, 0.0, 30.0, 20.0), abs=0.1)
    assert polygon_of(zone).area == pytest.approx(np.pi * 15 * 10, rel=0.01)
    hands.drag((100.0, 0.0), (120.0, 5.0), keys=Keys.SHIFT)
    assert polygon_of(hands.zones()[1]).area == pytest.approx(np.pi * 100, rel=0.01)
    hands.click(0.0, 50.0)
    assert len(hands.zones()) == 2
    assert hands.said


def test_a_mole_keeps_its_margin_clear() -> None:
    hands = Hands(case_with(), "keep-clear")
    hands.click(0.0, 0.0)
    hands.drag((40.0, 0.0), (44.0, 3.0))
    clicked, dragged = hands.zones()
    assert (clicked.blend, clicked.margin, clicked.density) == (Blend.CLEAR, 5.0, 0.0)
    assert polygon_of(clicked).area == pytest.approx(np.pi * 2.5**2, rel=0.01)
    assert polygon_of(dragged).area == pytest.approx(np.pi * 5.0**2, rel=0.01)
    hands.box.key("[")
    hands.click(80.0, 0.0)
    assert hands.zones()[2].margin < 5.0


def test_the_name_of_the_line_is_its_own() -> None:
    hands = Hands(case_with(), "scar")
    hands.drag(*ARC)
    hands.drag((0.0, 50.0), (20.0, 50.0))
    assert [line.name for line in hands.curves()] == ["Scar line", "Scar line 2"]
