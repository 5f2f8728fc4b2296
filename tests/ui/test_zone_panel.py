"""The settings of a zone: pattern, margin, gradient, existing hair, warning, total."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from studio.editing.edits.painting import asked
from studio.model.zone import Blend, Pattern, Purpose, Zone
from studio.ui.fields import NumberField
from studio.ui.panels.zone_settings import ZoneSettings
from studio.ui.panels.zone_spread import FusionNote
from studio.ui.window import Window
from tests.ui.studio_window import click, drag, opened, picture, take_in

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.show_stage("design")
        window.take_tool("patch")
        drag(window, [(200, 200), (300, 300), (600, 700)])
        yield window


def zone(window: Window, index: int = 0) -> Zone:
    return window.bench.case.variant.zones[index]


def settings(window: Window) -> ZoneSettings:
    return window.findChildren(ZoneSettings)[0]


def press(window: Window, kind: type[QCheckBox | QPushButton | QToolButton], words: str) -> None:
    button = next(b for b in settings(window).findChildren(kind) if b.text() == words)
    window.canvas.setFocus()
    button.click()


def shown(window: Window, name: str) -> NumberField:
    return next(f for f in settings(window).findChildren(NumberField) if f.accessibleName() == name)


def enter(window: Window, name: str, value: str) -> None:
    field = shown(window, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, value)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_pattern_is_chosen(window: Window) -> None:
    press(window, QToolButton, "Clusters")
    assert zone(window).pattern is Pattern.CLUSTERS


def test_a_mole_has_a_margin_and_no_density(window: Window) -> None:
    window.take_tool("keep-clear")
    click(window, (700, 800))
    mole = zone(window, 1)
    assert (mole.blend, mole.margin) == (Blend.CLEAR, 5.0)
    assert shown(window, "Margin").isVisibleTo(settings(window))
    assert not shown(window, "Density").isVisibleTo(settings(window))
    enter(window, "Margin", "7")
    assert zone(window, 1).margin == 7.0


def test_too_many_dots_are_warned_of_with_the_reason(window: Window) -> None:
    note = settings(window).findChildren(FusionNote)[0]
    enter(window, "Density", "200")
    assert note.isHidden()
    enter(window, "Density", "210")
    assert not note.isHidden()
    assert any("run together" in label.text() for label in note.findChildren(QLabel))


def test_a_gradient_is_switched_on_set_and_evened_out(window: Window) -> None:
    total = asked(window.bench.case, zone(window).id)
    press(window, QCheckBox, "Keep the total")
    press(window, QCheckBox, "Gradient")
    run = zone(window).gradient
    assert run is not None
    assert (run.at_start, run.at_end) == (1.0, 0.3)
    assert zone(window).density > 110.0
    assert asked(window.bench.case, zone(window).id) == pytest.approx(total, rel=0.01)
    enter(window, "Second end", "50")
    changed = zone(window).gradient
    assert changed is not None
    assert changed.at_end == 0.5
    press(window, QPushButton, "Spread evenly")
    assert zone(window).gradient is None
    assert zone(window).density == pytest.approx(110.0, rel=0.02)


def test_existing_hair_is_taken_off(window: Window) -> None:
    press(window, QCheckBox, "Less existing hair")
    assert zone(window).less_existing
    window.bench.undo()
    assert not zone(window).less_existing


def test_paint_is_cleared(window: Window) -> None:
    window.take_tool("brush")
    drag(window, [(350, 400), (400, 420), (450, 450)])
    assert len(zone(window).strokes) == 1
    press(window, QPushButton, "Clear paint")
    assert zone(window).strokes == ()


def test_the_width_of_a_band_is_a_slider(window: Window) -> None:
    assert not shown(window, "Width").isVisibleTo(settings(window))
    window.take_tool("scar")
    drag(window, [(200, 900), (400, 900), (600, 900)])
    assert shown(window, "Width").value() == 6.0
    before = zone(window, 1).outline
    enter(window, "Width", "9")
    assert zone(window, 1).outline != before
    follows = zone(window, 1).follows
    assert follows is not None
    assert follows.width == 9.0


def test_another_purpose_is_chosen(window: Window) -> None:
    box = next(b for b in settings(window).findChildren(QComboBox) if b.count() == len(Purpose))
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert zone(window).purpose is not Purpose.PATCH


def test_keys_of_the_canvas_turn_the_brush(window: Window) -> None:
    window.take_tool("brush")
    fields = [f for f in window.findChildren(NumberField) if f.accessibleName() == "Radius"]
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_BracketRight)
    QTest.keyClick(window.canvas, Qt.Key.Key_BraceLeft, Qt.KeyboardModifier.ShiftModifier)
    assert fields[-1].value() == pytest.approx(9.2)
    fields[-1].setValue(12.0)
    drag(window, [(350, 400), (400, 420)])
    stroke = zone(window).strokes[0]
    assert stroke.radius == 12.0
    assert stroke.softness < 0.7
