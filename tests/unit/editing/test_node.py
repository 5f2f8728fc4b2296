"""Node editing: points, handles, edges, corners of zones and holes."""

from dataclasses import replace

import pytest

from studio.editing.edits.items import set_locked
from studio.editing.edits.zones import cut_zone
from studio.editing.overlay import Mark, Spot
from studio.editing.selection import NodeRef, Selection
from studio.editing.tool import Cursor, Keys
from studio.geometry.nodes import is_straight_through
from studio.model.curve import Node
from tests.unit.editing.hands import Hands, box, case_with, curve, curve_in, zone_in

WAVE = replace(
    curve("wave", (0, 0)),
    nodes=(
        Node((0, 0), None, (10, -10)),
        Node((40, 0), (30, -10), (50, 10)),
        Node((80, 0), (70, 10), None),
    ),
)


@pytest.fixture
def hands() -> Hands:
    hands = Hands(case_with(WAVE, box("a", 0, 20)), "node")
    hands.select("wave", "a")
    return hands


def test_dragging_a_node_takes_its_handles_along(hands: Hands) -> None:
    hands.drag((40, 0), (42, 3), (45, 5))
    assert curve_in(hands.case, "wave").nodes[1] == Node((45, 5), (35, -5), (55, 15))
    assert hands.labels() == ["Move point"]
    assert hands.desk.selection.nodes == {NodeRef("wave", 1)}


def test_grabbing_off_centre_does_not_jump(hands: Hands) -> None:
    hands.drag((40.4, 0.3), (45.4, 0.3))
    assert curve_in(hands.case, "wave").nodes[1].at == (45, 0)


def test_handles_of_smooth_nodes_turn_together_and_alt_splits(hands: Hands) -> None:
    hands.drag((50, 10), (50, 5), (50, 0))
    node = curve_in(hands.case, "wave").nodes[1]
    assert node.ahead == (50.0, 0.0)
    assert is_straight_through(node)
    hands.drag((50, 0), (52, 8), keys=Keys.ALT)
    split = curve_in(hands.case, "wave").nodes[1]
    assert (split.ahead, split.back, split.smooth) == ((52, 8), node.back, False)
    assert hands.labels() == ["Move handle", "Move handle"]


def test_shift_keeps_directions(hands: Hands) -> None:
    hands.drag((40, 0), (50, 1), keys=Keys.SHIFT)
    assert curve_in(hands.case, "wave").nodes[1].at == (50, 0)
    hands.drag((50, 0), (51, 20), keys=Keys.SHIFT)
    assert curve_in(hands.case, "wave").nodes[1].at == (50, 20)


def test_double_click_adds_on_the_line_and_toggles_on_a_point(hands: Hands) -> None:
    hands.double_click(10, 30)
    hands.double_click(0, 30)
    assert zone_in(hands.case, "a").outline == ((0, 20), (20, 20), (20, 40), (0, 40), (0, 30))
    hands.double_click(20, -7.5)
    assert len(curve_in(hands.case, "wave").nodes) == 4
    assert hands.desk.selection.nodes == {NodeRef("wave", 1)}
    hands.double_click(*curve_in(hands.case, "wave").nodes[1].at)
    assert not curve_in(hands.case, "wave").nodes[1].smooth
    assert hands.labels() == ["Add point", "Add point", "Smooth or corner"]


def test_c_toggles_and_backspace_removes_the_selected_points(hands: Hands) -> None:
    hands.click(40, 0)
    hands.box.key("c")
    assert not curve_in(hands.case, "wave").nodes[1].smooth
    hands.box.key("backspace")
    assert [n.at for n in curve_in(hands.case, "wave").nodes] == [(0, 0), (80, 0)]
    assert hands.desk.selection == Selection(frozenset({"wave", "a"}))
    hands.box.undo()
    hands.box.undo()
    assert hands.untouched()


def test_several_points_by_shift_and_marquee(hands: Hands) -> None:
    hands.click(40, 0)
    hands.click(80, 0, Keys.SHIFT)
    assert hands.desk.selection.nodes == {NodeRef("wave", 1), NodeRef("wave", 2)}
    hands.click(0, 0, Keys.SHIFT)
    hands.click(0, 0, Keys.SHIFT)
    hands.drag((80, 0), (80, 7))
    assert [n.at[1] for n in curve_in(hands.case, "wave").nodes] == [0, 7, 7]
    hands.drag((-5, 15), (25, 25))
    assert hands.desk.selection.nodes == {NodeRef("a", 0), NodeRef("a", 1)}
    hands.box.key("up", Keys.SHIFT)
    assert zone_in(hands.case, "a").outline[:2] == ((0, 19), (20, 19))


def test_dragging_an_edge_moves_both_its_ends(hands: Hands) -> None:
    hands.drag((20, 30), (22, 30), (25, 32))
    assert zone_in(hands.case, "a").outline == ((0, 20), (25, 22), (25, 42), (0, 40))
    assert hands.desk.selection.nodes == frozenset()


def test_corners_of_holes_can_be_dragged() -> None:
    case = cut_zone(case_with(box("a", 0, 0, 40)), "a", [(10, 10), (20, 10), (20, 20), (10, 20)])
    hands = Hands(case, "node")
    hands.select("a")
    hands.drag((10, 10), (8, 8), (5, 5))
    (hole,) = zone_in(hands.case, "a").holes
    assert (5, 5) in hole
    assert len(hole) == 4


def test_a_zone_dragged_through_itself_is_refused_and_stays(hands: Hands) -> None:
    hands.drag((0, 20), (10, 25), (30, 31))
    assert hands.labels() == []
    assert hands.untouched()
    assert "crosses itself" in hands.said[0]


def test_the_last_good_shape_is_shown_while_refused(hands: Hands) -> None:
    hands.pull((0, 20), (5, 25))
    good = zone_in(hands.case, "a")
    hands.box.move(hands.at(30, 31))
    assert zone_in(hands.case, "a") is good
    hands.box.move(hands.at(4, 24))
    hands.box.release(hands.at(4, 24))
    assert zone_in(hands.case, "a").outline[0] == (4, 24)
    assert hands.said == []


def test_a_mended_outline_lets_go_of_stale_points(hands: Hands) -> None:
    hands.drag((0, 20), (19.5, 40.2))
    if hands.labels():
        outline = zone_in(hands.case, "a").outline
        assert all(ref.index < len(outline) for ref in hands.desk.selection.nodes)


def test_nodes_snap_to_other_nodes_and_the_axis() -> None:
    hands = Hands(case_with(WAVE, box("a", 0, 20)), "node", snap=True)
    hands.select("wave")
    hands.drag((40, 0), (30, 10), (20.3, 20.4))
    assert curve_in(hands.case, "wave").nodes[1].at == (20, 20)
    hands.drag((20, 20), (10, 10), (0.5, -30))
    assert curve_in(hands.case, "wave").nodes[1].at == (0, -30)


def test_esc_ends_the_drag_then_lets_go_of_points_then_leaves(hands: Hands) -> None:
    hands.pull((40, 0), (45, 5))
    hands.box.cancel()
    assert hands.untouched()
    hands.box.release(hands.at(45, 5))
    assert hands.desk.selection.nodes
    hands.box.cancel()
    assert not hands.desk.selection.nodes
    hands.box.cancel()
    assert hands.box.current.name == "select"
    assert hands.desk.selection.items == {"wave", "a"}


def test_clicking_another_item_selects_it_and_empty_space_lets_go(hands: Hands) -> None:
    hands.select("wave")
    hands.click(10, 30)
    assert hands.desk.selection.items == {"a"}
    hands.click(10, 30)
    assert hands.desk.selection.items == {"a"}
    hands.click(120, 60)
    assert hands.desk.selection.empty


def test_locked_items_show_no_points() -> None:
    hands = Hands(set_locked(case_with(WAVE), {"wave"}, locked=True), "node")
    hands.select("wave")
    assert not [s for s in hands.overlay if isinstance(s, Spot)]
    hands.drag((40, 0), (45, 5))
    assert hands.untouched()


def test_overlay_marks_and_cursor(hands: Hands) -> None:
    hands.click(40, 0)
    marks = [s.mark for s in hands.overlay if isinstance(s, Spot)]
    assert marks.count(Mark.SELECTED) == 1
    assert marks.count(Mark.KNOB) == 2
    assert marks.count(Mark.KNOB_NEAR) == 2
    assert marks.count(Mark.CORNER) == 4
    hands.hover(50, 10)
    assert hands.cursor() is Cursor.POINT
    hands.hover(20, 30)
    assert hands.cursor() is Cursor.MOVE


def test_delete_without_points_deletes_the_items(hands: Hands) -> None:
    hands.box.key("delete")
    assert not hands.curves()
    assert not hands.zones()
    assert not hands.box.key("backspace")
