"""Variants by keys and menus in the real window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.e2e.drawing import ctrl, draw_zone, stage
from tests.ui.studio_window import opened, picture, take_in


def test_shift_and_a_number_choose_and_the_menu_copies(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path, "front.jpg", (1800, 2400)))
        stage(window, Qt.Key.Key_3)
        draw_zone(window)
        window.actions_by_id["variant-copy"].trigger()
        assert "no other variant" in window.status.currentMessage()
        ctrl(window, Qt.Key.Key_J)
        assert window.bench.case.variant.letter == "B"
        QTest.keyClick(window.canvas, Qt.Key.Key_1, Qt.KeyboardModifier.ShiftModifier)
        assert window.bench.case.variant.letter == "A"
        QTest.keyClick(window.canvas, Qt.Key.Key_3, Qt.KeyboardModifier.ShiftModifier)
        assert window.bench.case.variant.letter == "A", "there is no third"
        ctrl(window, Qt.Key.Key_A)
        before = window.bench.case
        window.actions_by_id["variant-copy"].trigger()
        QApplication.processEvents()
        menu = next(
            m for m in window.findChildren(QMenu) if m.accessibleName() == "Copy to variant"
        )
        assert [action.text() for action in menu.actions()] == ["To variant B"]
        QTest.keyClick(menu, Qt.Key.Key_Return)
        assert [len(v.zones) for v in window.bench.case.variants] == [1, 2]
        window.actions_by_id["undo"].trigger()
        assert window.bench.case is before
