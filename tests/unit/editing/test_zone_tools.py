"""Polygon, lasso and eraser: zones drawn, added to, cut."""

from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.zones import ZoneStyle
from studio.editing.overlay import Ink
from studio.editing.tool import Cursor, Keys
from studio.editing.tools.polygon import PolygonTool
from studio.geometry.polygons import polygon_of
from studio.model.chart import Point
from studio.model.curve import Node
from studio.model.zone import Blend, Purpose
from studio.skin.plane import plane_map
from tests.unit.editing.hands import Hands, box, case_with, curve, curve_in, zone_in


def ring(x: float, y: float, radius: float) -> list[Point]:
    angle = np.linspace(0, 2 * np.pi, 60)
    return [(float(x + radius * np.cos(a)), float(y + radius * np.sin(a))) for a in angle]


@pytest.fixture
def hands() -> Hands:
    return Hands(case_with(), "polygon")


@pytest.fixture
def lasso() -> Hands:
    hands = Hands(case_with(box("a", 0, 0, 40)), "freehand")
    hands.select("a")
    return hands


def corners(hands: Hands, *points: Point) -> None:
    for x, y in points:
        hands.click(x, y)


def test_corners_become_a_zone_when_closed(hands: Hands) -> None:
    corners(hands, (0, 0), (20, 0), (20, 10))
    assert hands.zones() == ()
    hands.hover(0.4, 0.2)
    assert hands.cursor() is Cursor.CLOSE
    hands.click(0.4, 0.2)
    (zone,) = hands.zones()
    assert list(zone.outline) == [(0, 0), (20, 0), (20, 10)]
    assert (zone.letter, zone.name, zone.blend) == ("A", "Full coverage", Blend.ADD)
    assert hands.labels() == ["Add zone"]
    assert hands.desk.selection.items == {zone.id}


@pytest.mark.parametrize("end", ["confirm", "cancel", "leave", "double"])
def test_every_way_out_keeps_the_zone(hands: Hands, end: str) -> None:
    corners(hands, (0, 0), (20, 0), (20, 10))
    match end:
        case "confirm":
            hands.box.confirm()
        case "cancel":
            hands.box.cancel()
        case "leave":
            hands.box.take("select")
        case _:
            hands.double_click(0, 10)
    assert len(hands.zones()) == 1


def test_undo_and_redo_go_corner_by_corner(hands: Hands) -> None:
    corners(hands, (0, 0), (20, 0), (20, 10), (0, 10))
    hands.box.undo()
    hands.box.undo()
    hands.box.redo()
    hands.box.confirm()
    assert hands.zones()[0].outline == ((0, 0), (20, 0), (20, 10))
    hands.box.undo()
    assert hands.zones() == ()
    hands.box.redo()
    assert len(hands.zones()) == 1


def test_too_few_corners_are_told_and_esc_lets_go(hands: Hands) -> None:
    corners(hands, (0, 0), (20, 0))
    hands.box.confirm()
    assert "three corners" in hands.said[0]
    hands.box.cancel()
    corners(hands, (50, 0), (60, 0), (60, 9))
    hands.box.confirm()
    assert hands.zones()[0].outline[0] == (50, 0)


def test_a_crossing_outline_is_refused_and_can_be_corrected(hands: Hands) -> None:
    corners(hands, (0, 0), (20, 20), (20, 0), (0, 20))
    hands.box.confirm()
    assert hands.zones() == ()
    assert "crosses itself" in hands.said[0]
    hands.box.key("backspace")
    hands.box.confirm()
    assert len(hands.zones()) == 1


def test_refused_corners_wait_for_the_tool_to_come_back(hands: Hands) -> None:
    corners(hands, (0, 0), (20, 20), (20, 0), (0, 20))
    hands.box.take("select")
    hands.box.take("polygon")
    hands.box.key("backspace")
    hands.box.confirm()
    assert len(hands.zones()) == 1


def test_corners_of_another_photo_are_not_mixed_in(hands: Hands) -> None:
    corners(hands, (0, 0), (20, 0))
    hands.box.show_photo("q", plane_map(hands.case.photo("q")))
    corners(hands, (1, 1), (9, 1), (9, 9))
    hands.box.confirm()
    assert hands.zones()[0].chart == "q"
    assert hands.zones()[0].outline == ((1, 1), (9, 1), (9, 9))


def test_alt_cuts_the_selected_zone_and_style_is_kept() -> None:
    hands = Hands(case_with(box("a", 0, 0, 40)), "polygon")
    hands.select("a")
    hands.click(10, 10, Keys.ALT)
    corners(hands, (20, 10), (20, 20))
    hands.box.confirm()
    assert len(zone_in(hands.case, "a").holes) == 1
    tool = hands.box.tools["polygon"]
    assert isinstance(tool, PolygonTool)
    tool.style = ZoneStyle(purpose=Purpose.SCAR, density=70)
    corners(hands, (60, 0), (70, 0), (70, 9))
    hands.box.confirm()
    assert (hands.zones()[1].purpose, hands.zones()[1].density) == (Purpose.SCAR, 70)


def test_shift_and_press_drag_place_corners(hands: Hands) -> None:
    hands.click(0, 0)
    hands.click(20, 1, Keys.SHIFT)
    hands.drag((25, 8), (20, 10))
    hands.box.confirm()
    assert hands.zones()[0].outline == ((0, 0), (20, 0), (20, 10))


def test_mirrored_polygon_shows_its_twin() -> None:
    hands = Hands(case_with(), "polygon", mirror=True)
    corners(hands, (10, 0), (20, 0))
    hands.hover(20, 9)
    assert hands.lines(Ink.TWIN)[0].points == ((-10, 0), (-20, 0), (-20, 9))
    hands.click(20, 9)
    hands.box.confirm()
    assert hands.zones()[0].mirrored


def test_a_lasso_stroke_becomes_a_zone_live() -> None:
    hands = Hands(case_with(), "freehand")
    stroke = ring(50, 0, 15)
    hands.pull(*stroke[:40])
    assert len(hands.zones()) == 1
    assert hands.labels() == []
    for x, y in stroke[40:]:
        hands.box.move(hands.at(x, y))
    hands.box.release(hands.at(*stroke[-1]))
    (zone,) = hands.zones()
    assert polygon_of(zone).area == pytest.approx(np.pi * 225, rel=0.02)
    assert len(zone.outline) < 60
    assert hands.labels() == ["Add zone"]


def test_esc_drops_the_stroke(lasso: Hands) -> None:
    lasso.pull(*ring(80, 0, 15))
    lasso.box.cancel()
    lasso.box.release(lasso.at(80, 0))
    assert lasso.untouched()


def test_a_stroke_that_is_a_click_is_told(lasso: Hands) -> None:
    lasso.click(80, 0)
    assert lasso.untouched()
    assert "one stroke" in lasso.said[0]


def test_shift_extends_alt_makes_a_hole_or_a_bite(lasso: Hands) -> None:
    lasso.drag(*ring(40, 20, 8), keys=Keys.SHIFT)
    area = polygon_of(zone_in(lasso.case, "a")).area
    assert area == pytest.approx(1600 + np.pi * 32, rel=0.01)
    lasso.drag(*ring(20, 20, 8), keys=Keys.ALT)
    assert len(zone_in(lasso.case, "a").holes) == 1
    lasso.drag(*ring(0, 0, 8), keys=Keys.ALT)
    assert polygon_of(zone_in(lasso.case, "a")).area == pytest.approx(
        area - np.pi * (64 + 16), rel=0.01
    )
    assert lasso.labels() == ["Add to zone", "Cut from zone", "Cut from zone"]


def test_adding_without_a_selected_zone_is_refused_in_words(lasso: Hands) -> None:
    lasso.select()
    lasso.drag(*ring(20, 20, 8), keys=Keys.ALT)
    assert "Select the one zone" in lasso.said[0]
    assert lasso.untouched()


def test_a_figure_of_eight_is_refused_red_and_leaves_nothing() -> None:
    hands = Hands(case_with(), "freehand")
    t = np.linspace(0, 2 * np.pi, 80)
    stroke = [(float(30 * np.sin(a)), float(20 * np.sin(2 * a))) for a in t]
    hands.pull(*stroke)
    assert hands.lines(Ink.REFUSED)
    hands.box.release(hands.at(*stroke[-1]))
    assert hands.zones() == ()
    assert "crosses itself" in hands.said[0]


def test_the_eraser_end_cuts_whatever_tool_is_in_hand(lasso: Hands) -> None:
    lasso.box.take("pen")
    lasso.drag(*ring(20, 20, 8), eraser=True)
    assert len(zone_in(lasso.case, "a").holes) == 1
    assert lasso.box.current.name == "pen"
    lasso.click(100, 100)
    lasso.click(120, 100)
    assert len(lasso.curves()) == 1


def test_a_tap_with_the_eraser_takes_out_a_point() -> None:
    line = replace(curve("l", (0, 0), (20, 0), (40, 0)))
    hands = Hands(case_with(line), "node")
    hands.select("l")
    hands.click(20, 0.5, eraser=True)
    assert [n.at for n in curve_in(hands.case, "l").nodes] == [(0, 0), (40, 0)]
    assert curve_in(hands.case, "l").nodes[0] == Node((0, 0), smooth=False)
    assert hands.labels() == ["Erase point"]
