"""The filmstrip: a card for each photo, chosen by mouse and keyboard."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.filmstrip import Card
from studio.ui.window import Window
from tests.ui.studio_window import opened, picture, take_in


def cards(window: Window) -> list[Card]:
    return [card for card in window.filmstrip.findChildren(Card) if card.isVisible()]


def test_cards_show_the_photos_and_choose_them(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        views = ("front", "left", "top")
        files = [picture(tmp_path, f"{view}.jpg", (600, 800 + n)) for n, view in enumerate(views)]
        take_in(qtbot, window, *files)
        ids = [photo.id for photo in window.bench.case.photos]
        assert [card.accessibleName() for card in cards(window)] == [
            "Front, no scale",
            "Left, no scale",
            "Top, no scale",
        ]
        assert [card.isChecked() for card in cards(window)] == [True, False, False]
        QTest.mouseClick(cards(window)[2], Qt.MouseButton.LeftButton)
        assert window.bench.photo_id == ids[2]
        cards(window)[2].setFocus()
        QTest.keyClick(cards(window)[2], Qt.Key.Key_Left)
        QTest.keyClick(cards(window)[1], Qt.Key.Key_Space)
        assert window.bench.photo_id == ids[1]
        QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
        assert window.bench.photo_id == ids[2]
        QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
        assert window.bench.photo_id == ids[0]
        window.actions_by_id["remove-photo"].trigger()
        qtbot.waitUntil(lambda: [card.frame.photo for card in cards(window)] == ids[1:])
        assert window.bench.photo_id == ids[1]
