"""The small windows: client, about, keys, and what becomes of unsaved work."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextBrowser, QTreeWidget
from pytestqt.qtbot import QtBot

from studio.storage import casefile
from studio.ui.actions_table import SPECS
from studio.ui.dialogs.frame import Dialog
from studio.ui.tools_table import TOOLS
from studio.ui.window import Window
from tests.ui.studio_window import (
    answer_file_dialog,
    dialog_of,
    opened,
    picture,
    press_button,
    take_in,
    words_of,
)


def test_the_client_is_asked_for_kept_and_can_be_undone(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        window.actions_by_id["client"].trigger()
        dialog = dialog_of(window, Dialog)
        fields = {f.accessibleName(): f for f in dialog.findChildren(QLineEdit)}
        qtbot.waitUntil(fields["Name"].hasFocus)
        QTest.keyClicks(fields["Name"], "Maria Keller")
        QTest.keyClick(fields["Name"], Qt.Key.Key_Tab)
        QTest.keyClicks(fields["Number"], "0142")
        QTest.keyClick(fields["Number"], Qt.Key.Key_Return)
        client = window.bench.case.client
        assert (client.name, client.number) == ("Maria Keller", "0142")
        assert window.stage_bar.chip.accessibleName() == "Maria Keller, No. 0142"
        window.actions_by_id["undo"].trigger()
        assert window.bench.case.client.name == ""


def test_about_names_the_licences_of_others(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        window.actions_by_id["about"].trigger()
        dialog = dialog_of(window, Dialog)
        assert "MIT licence" in words_of(dialog)
        licences = dialog.findChildren(QTextBrowser)[0].toPlainText()
        for part in ("Inter", "Lucide", "Qt", "LGPL"):
            assert part in licences
        press_button(dialog, "Close")


def test_the_list_of_keys_is_whole(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        QTest.keyClick(window, Qt.Key.Key_F1)
        dialog = dialog_of(window, Dialog)
        table = dialog.findChildren(QTreeWidget)[0]
        assert table.topLevelItemCount() == len(TOOLS) + sum(bool(s.keys) for s in SPECS)
        press_button(dialog, "Close")


def closing(qtbot: QtBot, window: Window, folder: Path) -> Dialog:
    """Close a window with unsaved work; the question that comes."""
    take_in(qtbot, window, picture(folder))
    window.close()
    assert window.isVisible()
    dialog = dialog_of(window, Dialog)
    assert "changes that are in no file yet" in words_of(dialog)
    return dialog


@pytest.mark.parametrize("way", ["Keep working", "escape"])
def test_keep_working_keeps_the_window_and_the_work(qtbot: QtBot, tmp_path: Path, way: str) -> None:
    with opened(qtbot) as window:
        dialog = closing(qtbot, window, tmp_path)
        if way == "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            press_button(dialog, way)
        QApplication.processEvents()
        assert window.isVisible()
        assert len(window.bench.case.photos) == 1
        assert not window.bench.open_case.saved


def test_do_not_save_closes_and_leaves_nothing_to_recover(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        press_button(closing(qtbot, window, tmp_path), "Do not save")
        qtbot.waitUntil(lambda: not window.isVisible())
        assert list((tmp_path / "studio-home" / "state" / "recovery").iterdir()) == []


def test_save_closes_once_the_file_is_there(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "case.hairline"
    with opened(qtbot) as window:
        dialog = closing(qtbot, window, tmp_path)
        answer_file_dialog(path)
        press_button(dialog, "Save")
        qtbot.waitUntil(lambda: not window.isVisible())
    assert len(casefile.read(path).case.photos) == 1


def test_a_save_that_fails_keeps_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        dialog = closing(qtbot, window, tmp_path)
        folder = tmp_path / "gone"
        folder.mkdir()
        window.bench.open_case.path = folder / "case.hairline"
        folder.rmdir()
        press_button(dialog, "Save")
        QApplication.processEvents()
        assert window.isVisible()
        assert not window.bench.open_case.saved
        told = dialog_of(window, Dialog)
        assert "not there any more" in words_of(told)
        press_button(told, "Close")
