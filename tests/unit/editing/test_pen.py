"""The pen: every placed point is a step, nothing drawn is lost."""

import math

import pytest

from studio.editing.edits.items import delete_items
from studio.editing.edits.whole import set_axis
from studio.editing.gesture import apply
from studio.editing.overlay import Ink, Line
from studio.editing.tool import Cursor, Keys
from studio.geometry.nodes import is_straight_through
from studio.model.case import MirrorAxis
from studio.model.curve import CurveRole, Node
from tests.unit.editing.hands import Hands, case_with, curve


@pytest.fixture
def hands() -> Hands:
    return Hands(case_with(), "pen")


def points(hands: Hands) -> list[tuple[float, float]]:
    return [node.at for node in hands.curves()[0].nodes]


def test_clicks_make_corners_and_each_point_is_a_step(hands: Hands) -> None:
    hands.click(0, 0)
    assert hands.curves() == ()
    hands.click(20, 0)
    hands.click(40, 10)
    assert points(hands) == [(0, 0), (20, 0), (40, 10)]
    assert not any(node.smooth for node in hands.curves()[0].nodes)
    assert hands.labels() == ["Add point", "Add point"]
    made = hands.curves()[0]
    assert (made.name, made.role, made.chart, made.mirrored) == (
        "Hairline",
        CurveRole.HAIRLINE,
        "p",
        False,
    )


def test_dragging_pulls_handles_to_both_sides_live(hands: Hands) -> None:
    hands.click(0, 0)
    hands.pull((20, 0), (23, 4), (25, 5))
    assert hands.curves()[0].nodes[1] == Node((20, 0), (15.0, -5.0), (25, 5))
    assert hands.labels() == []
    hands.box.release(hands.at(25, 5))
    assert hands.labels() == ["Add point"]


def test_the_first_point_can_be_pulled_too(hands: Hands) -> None:
    hands.drag((0, 0), (5, 0))
    hands.click(20, 0)
    assert hands.curves()[0].nodes[0] == Node((0, 0), (-5.0, 0.0), (5, 0))


def test_shift_keeps_to_45_degrees(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(20, 1, Keys.SHIFT)
    assert points(hands) == [(0, 0), (20, 0)]
    hands.drag((30, 0), (33, 4), keys=Keys.SHIFT)
    handle = hands.curves()[0].nodes[2].ahead
    assert handle == pytest.approx((33.5, 3.5))


def test_clicking_the_first_point_closes(hands: Hands) -> None:
    for at in ((0, 0), (20, 0), (20, 20)):
        hands.click(*at)
    hands.hover(0.3, 0.3)
    assert hands.cursor() is Cursor.CLOSE
    hands.click(0.3, 0.3)
    assert hands.curves()[0].closed
    assert len(hands.curves()[0].nodes) == 3
    assert hands.labels()[-1] == "Close curve"
    hands.click(60, 60)
    assert len(hands.curves()) == 1


@pytest.mark.parametrize("end", ["confirm", "cancel"])
def test_enter_and_esc_end_the_curve_and_keep_it(hands: Hands, end: str) -> None:
    hands.click(0, 0)
    hands.click(20, 0)
    assert getattr(hands.box, end)()
    assert points(hands) == [(0, 0), (20, 0)]
    hands.click(50, 50)
    hands.click(60, 60)
    assert len(hands.curves()) == 2
    assert hands.curves()[1].name == "Hairline 2"


def test_esc_first_ends_the_drag_only(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(20, 0)
    hands.pull((40, 0), (44, 4))
    assert hands.box.cancel()
    assert points(hands) == [(0, 0), (20, 0)]
    hands.box.release(hands.at(44, 4))
    hands.click(40, 5)
    assert points(hands) == [(0, 0), (20, 0), (40, 5)]


def test_third_esc_goes_back_to_select(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(20, 0)
    hands.box.cancel()
    hands.box.cancel()
    assert hands.box.current.name == "select"
    assert points(hands) == [(0, 0), (20, 0)]


def test_backspace_takes_back_one_point_down_to_none(hands: Hands) -> None:
    for at in ((0, 0), (20, 0), (40, 0)):
        hands.click(*at)
    hands.box.key("backspace")
    assert points(hands) == [(0, 0), (20, 0)]
    hands.box.key("backspace")
    assert hands.curves() == ()
    hands.click(30, 5)
    assert points(hands) == [(0, 0), (30, 5)]
    hands.box.key("backspace")
    hands.box.key("backspace")
    hands.click(7, 7)
    hands.click(9, 9)
    assert points(hands) == [(7, 7), (9, 9)]


def test_undo_is_per_point_and_drawing_goes_on(hands: Hands) -> None:
    for at in ((0, 0), (20, 0), (40, 0)):
        hands.click(*at)
    assert hands.box.undo()
    assert points(hands) == [(0, 0), (20, 0)]
    hands.click(40, 10)
    assert points(hands) == [(0, 0), (20, 0), (40, 10)]
    assert hands.box.undo()
    assert hands.box.undo()
    assert hands.curves() == ()
    hands.click(5, 5)
    assert points(hands) == [(0, 0), (5, 5)]
    assert hands.box.undo()
    assert hands.box.undo()
    assert not hands.box.undo()
    hands.click(1, 1)
    assert hands.curves() == ()


def test_redo_brings_points_back_and_drawing_goes_on(hands: Hands) -> None:
    for at in ((0, 0), (20, 0), (40, 0)):
        hands.click(*at)
    for _ in range(2):
        hands.box.undo()
    for _ in range(2):
        hands.box.redo()
    hands.click(60, 0)
    assert points(hands) == [(0, 0), (20, 0), (40, 0), (60, 0)]


def test_a_curve_deleted_elsewhere_is_not_drawn_on(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(20, 0)
    made = hands.curves()[0].id
    apply(hands.desk, "Delete", lambda case: delete_items(case, {made}))
    hands.click(40, 0)
    assert hands.curves() == ()
    hands.click(60, 0)
    assert points(hands) == [(40, 0), (60, 0)]


def test_going_on_from_either_end() -> None:
    hands = Hands(case_with(curve("line", (0, 0), (20, 0))), "pen")
    hands.click(20.4, 0)
    hands.click(40, 0)
    hands.box.confirm()
    hands.click(0, 0.4)
    hands.drag((-20, 0), (-20, -5))
    assert points(hands) == [(-20, 0), (0, 0), (20, 0), (40, 0)]
    assert hands.curves()[0].nodes[0].back == (-20, -5)
    hands.box.key("backspace")
    assert points(hands) == [(0, 0), (20, 0), (40, 0)]
    hands.click(40, 0.2)
    assert hands.curves()[0].closed


def test_double_click_finishes_without_a_further_point(hands: Hands) -> None:
    hands.click(0, 0)
    hands.double_click(20, 0)
    hands.click(50, 50)
    assert points(hands) == [(0, 0), (20, 0)]


def test_mirror_snaps_to_the_axis_and_joins_smoothly() -> None:
    case = set_axis(case_with(), MirrorAxis(chart="p", at=(30.0, 0.0), angle=20.0))
    hands = Hands(case, "pen", mirror=True, snap=True)
    hands.drag((30.4, 0.2), (36, 0), (36, 4))
    hands.click(60, 30)
    made = hands.curves()[0]
    assert made.mirrored
    first = made.nodes[0]
    assert first.ahead is not None
    lean = math.degrees(math.atan2(first.ahead[1] - first.at[1], first.ahead[0] - first.at[0]))
    assert lean == pytest.approx(20.0, abs=0.05)
    assert is_straight_through(first)
    assert hands.lines(Ink.TWIN)


def test_the_overlay_shows_the_next_segment(hands: Hands) -> None:
    hands.click(0, 0)
    hands.hover(10, 10)
    assert hands.lines(Ink.SUGGESTED) == [Line(((0, 0), (10, 10)), Ink.SUGGESTED)]


def test_a_click_on_the_last_point_adds_nothing(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(0, 0)
    assert hands.curves() == ()
    hands.click(20, 0)
    hands.click(20, 0)
    assert len(points(hands)) == 2


def test_taking_another_tool_keeps_the_curve_and_ends_a_drag(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(20, 0)
    hands.pull((40, 0), (45, 0))
    hands.box.take("select")
    assert points(hands) == [(0, 0), (20, 0)]
    hands.history.begin("next").cancel()
