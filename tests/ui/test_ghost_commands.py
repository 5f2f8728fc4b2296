"""An old photo laid under the new one in the real window."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from studio.ui.fields import SliderField
from studio.ui.window import Window
from tests.ui.canvas_table import seen
from tests.ui.studio_window import opened


def menu(window: Window, name: str) -> QMenu:
    QApplication.processEvents()
    return next(m for m in window.findChildren(QMenu) if m.accessibleName() == name)


def test_an_old_photo_is_laid_weakened_hidden_and_taken_away(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        window.actions_by_id["practice"].trigger()
        bench = window.bench
        qtbot.waitUntil(lambda: len(bench.case.photos) == 5, timeout=20000)
        window.show_stage("design")
        photos = bench.case.photos
        qtbot.waitUntil(
            lambda: all(bench.pictures.pyramid(p.sha256) for p in photos), timeout=20000
        )
        bare = seen(window.canvas).astype(int)
        window.actions_by_id["ghost-show"].trigger()
        assert "No old photo" in window.status.currentMessage()
        window.actions_by_id["ghost-lay"].trigger()
        QTest.keyClick(menu(window, "Old photo"), Qt.Key.Key_Return)
        assert [ghost.photo for ghost in bench.case.ghosts] == [photos[1].id]
        laid = seen(window.canvas).astype(int)
        assert np.abs(laid - bare).max() > 40
        window.actions_by_id["ghost-strength"].trigger()
        slider = menu(window, "Strength of the old photo").findChildren(SliderField)[0]
        QTest.keyClick(slider.slider, Qt.Key.Key_Home)
        assert bench.case.ghosts[0].strength == 0
        assert np.abs(seen(window.canvas).astype(int) - bare).max() == 0
        menu(window, "Strength of the old photo").close()
        window.actions_by_id["undo"].trigger()
        assert bench.case.ghosts[0].strength == 0.5
        window.actions_by_id["ghost-show"].trigger()
        assert np.abs(seen(window.canvas).astype(int) - bare).max() == 0
        window.actions_by_id["ghost-remove"].trigger()
        assert bench.case.ghosts == ()
