"""Existing hair in the window: found on command, ringed, corrected, cleared; all undoable."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.editing.edits.zones import add_zone, set_zone
from studio.editing.selection import Selection
from studio.model.chart import Point
from studio.model.existing import ExistingHair
from studio.model.quantity import Quantity
from studio.model.zone import Zone
from studio.ui.panels.existing_hair import HairSection
from studio.ui.window import Window
from tests.heads_of_practice import practice_on_head
from tests.ui.studio_window import click, mouse, on_canvas, opened

LEFT = Qt.MouseButton.LeftButton
COVERED = Quantity(0.21, 0.08)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """The top photo of the practice case on its head, a small zone selected in its middle."""
    case, pictures = practice_on_head()
    with opened(qtbot) as shown:
        shown.bench.open_case.show_made(case, dict(pictures))
        shown.show_stage("design")
        top = next(p for p in case.photos if p.view.value == "top")
        shown.bench.show_photo(top.id)
        qtbot.waitUntil(lambda: shown.bench.pictures.pyramid(top.sha256) is not None, timeout=30000)
        skin = shown.bench.skin
        assert skin is not None
        x, y = skin.focus[0].tolist()
        ring = tuple((x + dx, y + dy) for dx, dy in ((-12, -12), (12, -12), (12, 12), (-12, 12)))
        zone = Zone(
            id="small", letter="Z", name="Small", chart=skin.chart, outline=ring, density=120.0
        )
        shown.bench.apply("Add", lambda one: add_zone(one, zone))
        shown.bench.select(Selection(frozenset({"small"})))
        yield shown


def section(window: Window) -> HairSection:
    return window.findChildren(HairSection)[0]


def hair(window: Window) -> ExistingHair:
    found = window.hair.hair
    assert found is not None
    return found


def find(qtbot: QtBot, window: Window) -> ExistingHair:
    QTest.mouseClick(section(window).seek, LEFT)
    qtbot.waitUntil(lambda: window.hair.hair is not None, timeout=60000)
    return hair(window)


def px(window: Window, at: Point) -> tuple[float, float]:
    """Where a chart point lies in the photo."""
    skin = window.bench.skin
    assert skin is not None
    x, y = skin.to_photo(np.array([at]))[0].tolist()
    return x, y


def near_view(window: Window, at: Point) -> None:
    """Look closely at a chart point."""
    window.canvas.zoom_to(2.0)
    view = window.canvas.viewport
    assert view is not None
    QApplication.processEvents()
    x, y = on_canvas(window, px(window, at))
    assert 0 < x < view.width
    assert 0 < y < view.height


def stroke(window: Window, way: list[Point], keys: Qt.KeyboardModifier) -> None:
    """Press at the first chart point, move along, release at the last, with keys held."""
    at = [QPointF(*on_canvas(window, px(window, place))) for place in way]
    mouse(window.canvas, QEvent.Type.MouseButtonPress, at[0], keys=keys)
    for place in at[1:]:
        mouse(window.canvas, QEvent.Type.MouseMove, place, keys=keys)
    mouse(window.canvas, QEvent.Type.MouseButtonRelease, at[-1], keys=keys)
    QApplication.processEvents()


def test_hair_is_looked_for_only_when_asked_and_is_one_step(qtbot: QtBot, window: Window) -> None:
    assert window.bench.case.existing == ()
    there = find(qtbot, window)
    x, y = np.array(there.searched[0]).T
    outline = np.array(next(z for z in window.bench.case.variant.zones if z.id == "small").outline)
    assert x.min() > outline[:, 0].min() - 1
    assert y.max() < outline[:, 1].max() + 1
    assert "±" in section(window).words.text()
    assert "/cm²" in section(window).words.text()
    window.bench.undo()
    assert window.bench.case.existing == ()
    assert "Not looked for" in section(window).words.text()
    window.bench.redo()
    assert hair(window) == there


def test_a_search_that_is_given_up_changes_nothing(qtbot: QtBot, window: Window) -> None:
    panel = section(window)
    QTest.mouseClick(panel.seek, LEFT)
    assert panel.cancel.isVisible()
    assert not panel.seek.isEnabled()
    QTest.mouseClick(panel.cancel, LEFT)
    assert not panel.cancel.isVisible()
    assert panel.seek.isEnabled()
    window.bench.pool.waitForDone(60000)
    qtbot.wait(50)
    assert window.bench.case.existing == ()


def test_the_threshold_moves_live_and_is_one_step(qtbot: QtBot, window: Window) -> None:
    many = len(find(qtbot, window).found)
    slider = section(window).threshold.slider
    slider.setSliderDown(True)
    for position in (600, 700, 300):
        slider.setValue(position)
    assert hair(window).threshold < 0.4
    assert len(hair(window).found) > many
    slider.setSliderDown(False)
    window.bench.undo()
    assert len(hair(window).found) == many


def test_click_and_brush_correct_the_marks(qtbot: QtBot, window: Window) -> None:
    there = find(qtbot, window)
    skin = window.bench.skin
    assert skin is not None
    x, y = skin.focus[0].tolist()
    QTest.mouseClick(section(window).correct, LEFT)
    assert window.link.tool_name == "Correct hair"
    assert "Shift" in window.link.hint
    near_view(window, (x, y))
    click(window, px(window, (x + 1.0, y + 1.0)))
    assert len(hair(window).added) == 1
    assert np.hypot(*(np.array(hair(window).added[0]) - (x + 1.0, y + 1.0))) < 0.1
    QTest.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    assert "3.0 mm" in window.link.hint
    way = [(x - 6.0, y), (x, y), (x + 6.0, y)]
    stroke(window, way, Qt.KeyboardModifier.NoModifier)
    left = np.array(hair(window).marks or [(1e3, 1e3)])
    inside = (np.abs(left[:, 0] - x) < 6) & (np.abs(left[:, 1] - y) < 2.5)
    assert not inside.any()
    assert len(hair(window).marks) < len(there.marks)
    stroke(window, way, Qt.KeyboardModifier.ShiftModifier)
    assert hair(window).removed == ()
    QTest.mouseClick(section(window).clear, LEFT)
    assert window.bench.case.existing == ()
    for _ in range(4):
        window.bench.undo()
    assert hair(window) == there


def test_rings_are_switched_in_the_view_menu(qtbot: QtBot, window: Window) -> None:
    skin = window.bench.skin
    assert skin is not None
    x, y = skin.focus[0].tolist()
    find(qtbot, window)
    QTest.mouseClick(section(window).correct, LEFT)
    near_view(window, (x, y))
    at = (x + 2.0, y + 2.0)
    click(window, px(window, at))
    window.bench.toolbox.take("select")  # type: ignore[union-attr]
    window.actions_by_id["dots"].trigger()
    QApplication.processEvents()
    with_rings = window.canvas.grab().toImage()
    window.actions_by_id["hair"].trigger()
    QApplication.processEvents()
    assert window.canvas.grab().toImage() != with_rings
    window.actions_by_id["hair"].trigger()
    QApplication.processEvents()
    assert window.canvas.grab().toImage() == with_rings


def test_a_zone_tells_its_hair_and_takes_it_off(qtbot: QtBot, window: Window) -> None:
    find(qtbot, window)
    window.bench.apply("x", lambda case: set_zone(case, "small", less_existing=True))
    label = window.stages[2].inspector._hair_words  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "taken off the target" in label.text())
    assert "±" in label.text()


def test_below_seven_pixels_per_mm_only_coverage_is_told(window: Window) -> None:
    said: list[str] = []
    window.bench.said.connect(said.append)
    window.bench.select(Selection())
    window.hair._arrived(window.bench.photo, window.bench.skin, COVERED)  # type: ignore[arg-type]
    assert "only coverage can" in said[-1]
    assert "21 ± 8 %" in said[-1]
    assert window.bench.case.existing == ()
