"""Picking, marquee, moving, nudging."""

from dataclasses import replace

import pytest

from studio.editing.edits.items import set_hidden, set_locked
from studio.editing.edits.whole import set_axis
from studio.editing.hit import Part, hit
from studio.editing.overlay import Ink
from studio.editing.selection import EMPTY, Selection, only
from studio.editing.tool import Cursor, Keys, Pointer
from studio.model.case import MirrorAxis
from studio.model.curve import Node
from tests.unit.editing.hands import PX, Hands, box, case_with, curve, curve_in, zone_in

LINE = curve("line", (0, 0), (40, 0))


@pytest.fixture
def hands() -> Hands:
    return Hands(case_with(LINE, box("a", 0, 20), box("b", 10, 30), box("c", 60, 20)))


def test_the_topmost_zone_is_picked_and_lines_before_bodies(hands: Hands) -> None:
    hands.click(15, 35)
    assert hands.desk.selection == only("b")
    hands.click(5, 25)
    assert hands.desk.selection == only("a")
    hands.click(20.3, 25)
    assert hands.desk.selection == only("a")
    hands.click(20, 0.5)
    assert hands.desk.selection == only("line")
    hands.click(45, 60)
    assert hands.desk.selection == EMPTY
    assert hands.labels() == []


def test_shift_adds_and_takes_away(hands: Hands) -> None:
    hands.click(5, 25)
    hands.click(65, 25, Keys.SHIFT)
    assert hands.desk.selection.items == {"a", "c"}
    hands.click(5, 25, Keys.SHIFT)
    assert hands.desk.selection == only("c")


def test_marquee_takes_what_it_touches(hands: Hands) -> None:
    hands.drag((-5, 15), (5, 22), (12, 35))
    assert hands.desk.selection.items == {"a", "b"}
    hands.drag((50, 10), (62, 25), keys=Keys.SHIFT)
    assert hands.desk.selection.items == {"a", "b", "c"}
    hands.pull((45, 10), (62, 25))
    assert hands.lines(Ink.MARQUEE)
    hands.box.cancel()
    assert hands.desk.selection.items == {"a", "b", "c"}


def test_dragging_moves_all_selected_as_one_step(hands: Hands) -> None:
    hands.select("a", "line")
    hands.drag((5, 25), (6, 26), (8, 21))
    assert zone_in(hands.case, "a").outline[0] == (3, 16)
    assert curve_in(hands.case, "line").nodes[0].at == (3, -4)
    assert zone_in(hands.case, "b") == box("b", 10, 30)
    assert hands.labels() == ["Move"]


def test_a_small_shake_is_a_click(hands: Hands) -> None:
    hands.drag((5, 25), (5 + 2 * PX, 25))
    assert hands.labels() == []
    assert hands.untouched()


def test_esc_puts_everything_back(hands: Hands) -> None:
    hands.pull((5, 25), (15, 25))
    assert not hands.untouched()
    assert hands.box.cancel()
    assert hands.untouched()
    hands.box.release(hands.at(15, 25))
    assert hands.labels() == []


def test_shift_drag_keeps_the_direction(hands: Hands) -> None:
    hands.drag((5, 25), (15, 26), keys=Keys.SHIFT)
    assert zone_in(hands.case, "a").outline[0] == (10, 20)


def test_arrows_nudge_and_become_one_step(hands: Hands) -> None:
    hands.select("a")
    for _ in range(3):
        assert hands.box.key("right")
    hands.box.key("down", Keys.SHIFT)
    assert zone_in(hands.case, "a").outline[0] == (0.3, 21)
    assert hands.labels() == ["Nudge"]
    assert not hands.box.key("q")


def test_delete_and_undo_restores_the_selection(hands: Hands) -> None:
    hands.click(65, 25)
    hands.box.key("delete")
    assert [z.id for z in hands.zones()] == ["a", "b"]
    assert hands.desk.selection == EMPTY
    assert hands.labels() == ["Delete “c”"]
    hands.box.undo()
    assert hands.untouched()


def test_locked_and_hidden_items_are_not_hit(hands: Hands) -> None:
    case = set_hidden(set_locked(hands.first, {"b"}, locked=True), {"line"}, hidden=True)
    other = Hands(case)
    other.click(15, 35)
    assert other.desk.selection == only("a")
    other.click(20, 0)
    assert other.desk.selection == EMPTY


def test_a_locked_item_selected_in_the_list_refuses_in_words(hands: Hands) -> None:
    other = Hands(set_locked(hands.first, {"b"}, locked=True))
    other.select("a", "b")
    other.drag((5, 25), (15, 25))
    other.box.key("right")
    assert other.labels() == []
    assert len(other.said) == 2
    assert "“b” is locked" in other.said[0]
    assert other.untouched()


def test_a_twin_is_hit_and_dragging_it_moves_the_original_mirrored() -> None:
    case = set_axis(case_with(box("a", 10, 0, mirrored=True)), MirrorAxis(chart="p", at=(0.0, 0.0)))
    hands = Hands(case)
    target = hit(case, "p", Pointer((-15, 5), PX))
    assert target is not None
    assert (target.item, target.part, target.twin) == ("a", Part.BODY, True)
    hands.drag((-15, 5), (-20, 6))
    assert zone_in(hands.case, "a").outline[0] == (15, 1)


def test_double_click_shows_the_points(hands: Hands) -> None:
    hands.double_click(5, 25)
    assert hands.box.current.name == "node"
    assert hands.desk.selection == only("a")


def test_esc_lets_go_of_the_selection_last(hands: Hands) -> None:
    hands.click(5, 25)
    assert hands.box.cancel()
    assert hands.desk.selection == EMPTY
    assert not hands.box.cancel()


def test_the_cursor_tells_what_can_be_moved(hands: Hands) -> None:
    hands.hover(5, 25)
    assert hands.cursor() is Cursor.MOVE
    hands.hover(45, 70)
    assert hands.cursor() is Cursor.ARROW


def test_points_come_before_handles_before_lines_before_bodies() -> None:
    bent = replace(LINE, nodes=(Node((0, 0), None, (0.5, 0.0)), Node((40, 0), (30, 0.3), None)))
    case = case_with(bent, box("a", -20, -20, 40))
    chosen = only("line")

    def part(x: float, y: float, selection: Selection = chosen) -> str:
        target = hit(case, "p", Pointer((x, y), PX), selection)
        assert target is not None
        return f"{target.item} {target.part} {target.index}"

    assert part(0.4, 0.0) == "line node 0"
    assert part(30.0, 0.2) == "line back 1"
    assert part(30.0, 0.2, EMPTY) == "line edge 0"
    assert part(10.0, 0.2) == "line edge 0"
    assert part(10.0, 5.0) == "a body 0"
