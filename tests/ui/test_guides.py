"""Guides switched by menu and key, and what is said of those that lack landmarks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from studio.model.case import Sex
from studio.planning.guide import GuideKind
from studio.ui.dialogs.frame import Dialog
from studio.ui.window import Window
from tests.ui.studio_window import dialog_of, opened, press_button
from tests.unit.planning.test_guides import MARKS, face


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    QSettings().remove("view/guides")
    with opened(qtbot) as shown:
        shown.bench.open_case.show_made(face(), {})
        shown.show_stage("design")
        yield shown


def shown(window: Window) -> frozenset[GuideKind]:
    return window.canvas.options.guides


def test_each_guide_has_its_own_switch(window: Window) -> None:
    before = shown(window)
    assert GuideKind.THIRDS not in before
    window.actions_by_id["guide-thirds"].trigger()
    assert shown(window) == before | {GuideKind.THIRDS}
    window.actions_by_id["guide-thirds"].trigger()
    assert shown(window) == before


def test_one_key_hides_them_all_and_brings_back_the_chosen_ones(window: Window) -> None:
    before = shown(window)
    canvas = window.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == frozenset()
    QTest.keyClick(canvas, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == before


def test_choosing_a_guide_shows_guides_again(window: Window) -> None:
    window.actions_by_id["guides"].trigger()
    assert shown(window) == frozenset()
    window.actions_by_id["guide-band"].trigger()
    assert GuideKind.BAND in shown(window)
    assert window.actions_by_id["guides"].isChecked()


def test_what_a_guide_lacks_is_said(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.bench.said) as said:
        window.actions_by_id["guide-brows"].trigger()
    assert said.args == ["Raised brow line needs Highest brow wrinkle. Mark them in Measure."]


def test_guides_change_the_picture_and_go_again(window: Window) -> None:
    for kind in GuideKind:
        window.actions_by_id[f"guide-{kind.value}"].setChecked(False)
    bare = window.canvas.grab().toImage()
    window.actions_by_id["guide-grid"].trigger()
    assert window.canvas.grab().toImage() != bare
    window.actions_by_id["guide-grid"].trigger()
    assert window.canvas.grab().toImage() == bare


def test_the_axis_is_offered_the_lean_of_the_eyes(window: Window) -> None:
    bench = window.bench
    assert bench.lean == pytest.approx(0, abs=1e-6)
    leaning = face({k: (at[0], at[1] + 0.05 * (at[0] - 500)) for k, at in MARKS.items()})
    bench.apply("Lean", lambda _: leaning)
    window.actions_by_id["level-axis"].trigger()
    assert bench.case.axis(bench.chart).angle == pytest.approx(2.862, abs=0.01)
    bench.undo()
    assert bench.case.axis(bench.chart).angle == 0


def test_sex_and_year_of_birth_are_asked_and_kept(window: Window) -> None:
    window.actions_by_id["client"].trigger()
    dialog = dialog_of(window, Dialog)
    (sex,) = dialog.findChildren(QComboBox)
    (born,) = dialog.findChildren(QSpinBox)
    sex.setFocus()
    QTest.keyClicks(sex, "W")
    born.setValue(1988)
    press_button(dialog, "Keep")
    client = window.bench.case.client
    assert (client.sex, client.born) == (Sex.WOMAN, 1988)
    window.actions_by_id["client"].trigger()
    again = dialog_of(window, Dialog)
    assert again.findChildren(QSpinBox)[0].value() == 1988
    press_button(again, "Cancel")
    assert window.bench.case.client == client
