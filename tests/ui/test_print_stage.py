"""The Print stage: pages listed, turned, on the paper wanted; files while pages are drawn."""

from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QListWidget, QToolButton
from pytestqt.qtbot import QtBot

from studio.ui.stages.print_view import PrintView
from studio.ui.window import Window
from tests.e2e.drawing import PHOTO, draw_design, stage
from tests.ui.studio_window import answer_file_dialog, opened, take_in


def pages(window: Window) -> PrintView:
    view = window.stages[3].centre
    assert isinstance(view, PrintView)
    return view


def drawn(qtbot: QtBot, window: Window) -> PrintView:
    """Wait for new pages."""
    view = pages(window)
    qtbot.waitUntil(lambda: view.count > 0 and "of real size" in view.words, timeout=30000)
    return view


def shape(view: PrintView) -> float:
    image = view.page.image
    assert image is not None
    return image.width() / image.height()


def test_pages_are_listed_turned_and_follow_paper_and_choices(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        draw_design(window)
        stage(window, Qt.Key.Key_4)
        assert pages(window).words == "Drawing the pages"
        view = drawn(qtbot, window)
        names = view.findChildren(QListWidget)[0]
        titles = [names.item(n).text() for n in range(names.count())]
        assert titles[:3] == ["1 Overview", "2 Front", "3 Front, every dot"]
        assert shape(view) == pytest.approx(210 / 297, abs=0.002)

        turned: list[int] = []
        view.turned.connect(turned.append)
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QTest.keyClick(window, key)
        assert turned == [1, 2, 1]
        assert window.bench.photo_id == window.bench.case.photos[0].id

        panel = window.stages[3].inspector
        letter = next(b for b in panel.findChildren(QToolButton) if b.text() == "US Letter")
        QTest.mouseClick(letter, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: shape(view) == pytest.approx(8.5 / 11, abs=0.002), timeout=30000)
        before = drawn(qtbot, window).count
        dots = next(b for b in panel.findChildren(QCheckBox) if "every dot" in b.text())
        dots.click()
        qtbot.waitUntil(lambda: view.count == before - 1, timeout=30000)


def test_a_file_is_written_while_pages_are_drawn_and_both_arrive(
    qtbot: QtBot, tmp_path: Path
) -> None:
    out = tmp_path / "map.pdf"
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        draw_design(window)
        stage(window, Qt.Key.Key_4)
        answer_file_dialog(out)
        window.actions_by_id["save-map"].trigger()
        assert window.status.work.isVisible()
        # the choice changes meanwhile: pages are drawn anew, the file goes on
        window.stages[3].inspector.findChildren(QCheckBox)[0].click()
        qtbot.waitUntil(lambda: not window.status.work.isVisible(), timeout=30000)
        assert out.exists()
        assert len(pdfium.PdfDocument(str(out))) == drawn(qtbot, window).count
        assert window.status.currentMessage() == "Written: map.pdf"


def test_a_file_can_be_given_up_and_nothing_is_left_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        draw_design(window)
        answer_file_dialog(folder / "map.pdf")
        window.actions_by_id["save-map"].trigger()
        QTest.mouseClick(window.status.work.cancel, Qt.MouseButton.LeftButton)
        assert not window.status.work.isVisible()
        assert list(folder.iterdir()) == []
        stage(window, Qt.Key.Key_4)
        assert drawn(qtbot, window).count > 0
