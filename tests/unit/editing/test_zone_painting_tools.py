"""The density brush, the handles of a gradient, and strokes of growth."""

from dataclasses import replace

import pytest

from studio.editing.overlay import Label
from studio.editing.tool import Cursor, Keys, Pointer
from studio.model.case import Case
from studio.model.strokes import Whorl
from studio.model.zone import Blend, Gradient
from tests.unit.editing.hands import PX, Hands, box, case_with, zone_in

ZONE = box("a", 0.0, 0.0, 60.0)
RUN = Gradient(start=(10.0, 30.0), end=(50.0, 30.0))


def with_gradient() -> Case:
    return case_with(replace(ZONE, gradient=RUN))


def test_the_brush_paints_in_the_selected_zone() -> None:
    hands = Hands(case_with(ZONE, box("b", 100.0, 0.0)), "brush")
    hands.select("a")
    hands.drag((10.0, 10.0), (20.0, 10.0), (30.0, 12.0))
    (stroke,) = zone_in(hands.case, "a").strokes
    assert stroke.path[0] == (10.0, 10.0)
    assert (stroke.radius, stroke.softness, stroke.amount) == (8.0, 0.7, 0.25)
    assert stroke.pressures == ()
    assert hands.labels() == ["Paint more dots"]
    hands.box.undo()
    assert hands.untouched()


def test_alt_and_the_eraser_end_lower_the_density() -> None:
    hands = Hands(case_with(ZONE), "brush")
    hands.drag((10.0, 10.0), (20.0, 10.0), keys=Keys.ALT)
    hands.drag((10.0, 10.0), (20.0, 10.0), eraser=True)
    assert [stroke.amount for stroke in zone_in(hands.case, "a").strokes] == [-0.25, -0.25]
    assert hands.zones()[0].outline == ZONE.outline


def test_the_pen_presses() -> None:
    hands = Hands(case_with(ZONE), "brush")
    for x, pressure in ((10.0, 0.2), (14.0, 0.6), (18.0, 1.0)):
        pointer = Pointer((x, 10.0), PX, reach=16.0, pressure=pressure)
        (hands.box.press if x == 10.0 else hands.box.move)(pointer)
    hands.box.release(hands.at(18.0, 10.0))
    assert zone_in(hands.case, "a").strokes[0].pressures == (0.2, 0.6, 1.0)


def test_brackets_change_radius_and_softness() -> None:
    hands = Hands(case_with(ZONE), "brush")
    hands.box.key("]")
    hands.box.key("[", Keys.SHIFT)
    hands.hover(5.0, 5.0)
    assert len(hands.overlay) == 2
    hands.click(10.0, 10.0)
    stroke = zone_in(hands.case, "a").strokes[0]
    assert stroke.radius == pytest.approx(9.2)
    assert stroke.softness < 0.7


def test_without_a_selection_the_zone_under_the_brush_is_taken() -> None:
    hands = Hands(case_with(ZONE), "brush")
    hands.click(200.0, 200.0)
    assert hands.untouched()
    assert hands.said
    hands.click(10.0, 10.0)
    assert hands.desk.selection.items == {"a"}


def test_over_the_twin_the_stroke_lies_mirrored() -> None:
    hands = Hands(case_with(box("a", 20.0, 0.0, mirrored=True)), "brush")
    hands.select("a")
    hands.click(-30.0, 10.0)
    assert zone_in(hands.case, "a").strokes[0].path == ((30.0, 10.0),)


def test_what_keeps_clear_refuses_paint() -> None:
    hands = Hands(case_with(replace(ZONE, blend=Blend.CLEAR)), "brush")
    hands.drag((10.0, 10.0), (20.0, 10.0))
    assert hands.untouched()
    assert "keeps clear" in hands.said[0]


@pytest.mark.parametrize("tool", ["select", "node"])
def test_the_ends_of_a_gradient_are_dragged(tool: str) -> None:
    hands = Hands(with_gradient(), tool)
    hands.select("a")
    assert [s.text for s in hands.overlay if isinstance(s, Label)] == ["100 %", "30 %"]
    hands.hover(10.0, 30.0)
    assert hands.cursor() is Cursor.POINT
    hands.drag((10.0, 30.0), (12.0, 32.0), (20.0, 40.0))
    moved = zone_in(hands.case, "a").gradient
    assert moved == replace(RUN, start=(20.0, 40.0))
    assert hands.zones()[0].outline == ZONE.outline
    assert hands.labels() == ["Move gradient"]


def test_esc_lets_the_handle_go_back() -> None:
    hands = Hands(with_gradient())
    hands.select("a")
    hands.pull((50.0, 30.0), (40.0, 10.0))
    hands.box.cancel()
    hands.box.release(hands.at(40.0, 10.0))
    assert hands.untouched()
    assert hands.desk.selection.items == {"a"}


def test_both_ends_in_one_place_are_refused() -> None:
    hands = Hands(with_gradient())
    hands.select("a")
    hands.drag((50.0, 30.0), (30.0, 30.0), (10.0, 30.0))
    assert hands.untouched()
    assert hands.said


def test_strokes_tell_which_way_hair_grows() -> None:
    hands = Hands(case_with(ZONE), "growth", mirror=True)
    hands.drag((10.0, 10.0), (10.0, 20.0), (10.0, 40.0))
    own, twin = hands.case.variant.growth
    assert own.path[0] == (10.0, 10.0)
    assert twin.path[0] == (-10.0, 10.0)
    assert len(hands.lines("guide")) > 10
    hands.click(10.0, 25.0, Keys.ALT)
    assert [stroke.path for stroke in hands.case.variant.growth] == [twin.path]
    hands.box.key("backspace")
    assert hands.case.variant.growth == ()


def test_a_double_click_sets_a_whorl_and_turns_it() -> None:
    hands = Hands(case_with(ZONE), "growth")
    hands.double_click(30.0, 30.0)
    (whorl,) = hands.case.variant.growth
    assert (whorl.path, whorl.whorl) == (((30.0, 30.0),), Whorl.CLOCKWISE)
    hands.double_click(30.0, 30.0)
    assert [stroke.whorl for stroke in hands.case.variant.growth] == [Whorl.COUNTER]
    hands.click(30.0, 30.0, eraser=True)
    assert hands.case.variant.growth == ()


def test_a_click_is_no_stroke() -> None:
    hands = Hands(case_with(ZONE), "growth")
    hands.click(10.0, 10.0)
    assert hands.untouched()
