"""A long sitting: photos come and go, steps go back and forth, nothing piles up."""

import gc
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.imaging.pyramid import Pyramid
from studio.ui.importing import Arrival
from tests.e2e.drawing import ctrl, draw_zone, stage
from tests.ui.studio_window import opened, picture, take_in


def alive(kind: type) -> int:
    """How many objects of a kind there are once dialogs and garbage are gone."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return sum(type(thing) is kind for thing in gc.get_objects())


def test_pictures_are_kept_once_and_go_with_their_case(qtbot: QtBot, tmp_path: Path) -> None:
    before = alive(Pyramid), alive(Arrival)
    with opened(qtbot) as window:
        files = [picture(tmp_path, f"{n}.jpg", (600, 800 + n)) for n in range(5)]
        take_in(qtbot, window, *files)
        assert (alive(Pyramid), alive(Arrival)) == (before[0] + 5, before[1])
        window.bench.open_case.save(tmp_path / "case.hairline")
        window.bench.open_case.new()
        assert (alive(Pyramid), alive(Arrival)) == before
        window.files.open(tmp_path / "case.hairline")
        photos = [photo.sha256 for photo in window.bench.case.photos]
        qtbot.waitUntil(lambda: all(map(window.bench.pictures.pyramid, photos)), timeout=10000)
        assert alive(Pyramid) == before[0] + 5


def test_thirty_steps_back_and_forth_over_five_photos(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        files = [picture(tmp_path, f"{n}.jpg", (1800, 2400 + n)) for n in range(5)]
        take_in(qtbot, window, *files)
        stage(window, Qt.Key.Key_3)
        for _ in range(5):
            for right in (0.0, 200.0, -200.0):
                draw_zone(window, right)
            QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
        history = window.bench.open_case.history
        drawn = window.bench.case
        assert len(drawn.variant.zones) == 15
        for _ in range(2):
            while window.bench.case.variant.zones:
                ctrl(window, Qt.Key.Key_Z)
            QTest.keyClick(window.canvas, Qt.Key.Key_PageDown)
            while history.redo_label:
                ctrl(window, Qt.Key.Key_Y)
            assert window.bench.case == drawn
