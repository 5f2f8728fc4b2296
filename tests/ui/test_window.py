"""The whole window, with mouse and keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from studio.model.photo import View
from studio.model.translation import Phrase
from studio.storage import casefile
from studio.ui.dialogs.add_photos import AddPhotos
from studio.ui.panels.variants import Card
from studio.ui.phrases import translated
from studio.ui.window import Window
from tests.ui.studio_window import click, dialog_of, drag, drop, opened, picture, take_in

CORNERS = [(300.0, 300.0), (600.0, 300.0), (600.0, 600.0), (300.0, 600.0)]


def press(window: Window, key: Qt.Key) -> None:
    QTest.keyClick(window.canvas, key)


def draw_zone(window: Window, corners: list[tuple[float, float]]) -> None:
    window.show_stage("design")
    window.take_tool("polygon")
    for corner in corners:
        click(window, corner)
    press(window, Qt.Key.Key_Return)


def test_photos_dropped_are_taken_in_with_their_views(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(
            qtbot, window, picture(tmp_path, "left.jpg"), picture(tmp_path, "IMG_1.jpg", (600, 900))
        )
        assert [p.view for p in window.bench.case.photos] == [View.LEFT, View.FRONT]
        assert window.bench.open_case.history.undo_label == "Add photos"
        window.actions_by_id["undo"].trigger()
        assert window.bench.case.photos == ()


def test_a_hostile_file_is_refused_and_leaves_the_case(qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "holiday.jpg"
    bad.write_bytes(b"<html>not a photo</html>")
    with opened(qtbot) as window:
        before = window.bench.case
        drop(window, bad)
        dialog = dialog_of(window, AddPhotos)
        qtbot.waitUntil(lambda: "1 refused" in dialog.summary.text(), timeout=5000)
        assert not dialog.go.isEnabled()
        dialog.reject()
        assert window.bench.case is before


def test_a_zone_is_drawn_counted_undone_and_redone(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.actions_by_id["twin"].setChecked(False)
        window.actions_by_id["snap"].setChecked(False)
        draw_zone(window, CORNERS)
        (zone,) = window.bench.case.variant.zones
        assert len(zone.outline) == 4
        assert zone.letter == "A"
        window.actions_by_id["undo"].trigger()
        assert len(window.bench.case.variant.zones) == 0
        window.actions_by_id["redo"].trigger()
        assert list(window.bench.case.variant.zones) == [zone]


def test_letters_are_tools_but_not_while_typing(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.show_stage("design")
        press(window, Qt.Key.Key_P)
        toolbox = window.bench.toolbox
        assert toolbox is not None
        assert toolbox.current.name == "pen"
        card = window.stages[2].inspector.findChildren(Card)[0]
        QTest.keyClick(card, Qt.Key.Key_F2)
        name = card.findChildren(QLineEdit)[0]
        QTest.keyClicks(name, "vagal")
        assert toolbox.current.name == "pen"
        assert name.text() == "vagal"


def test_a_density_slider_is_live_and_one_step(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        draw_zone(window, CORNERS)
        history = window.bench.open_case.history
        steps = len(history.steps)
        slider = next(
            s
            for s in window.stages[2].inspector.findChildren(QSlider)
            if s.accessibleName() == "Density"
        )
        slider.setSliderDown(True)
        for value in (100, 300, 500):
            slider.setValue(value)
            assert window.bench.case.variant.zones[0].density == pytest.approx(value / 4)
        assert len(history.steps) == steps
        slider.setSliderDown(False)
        assert len(history.steps) == steps + 1
        assert history.undo_label == "Change density"


def test_saved_and_opened_again_it_is_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "case.hairline"
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        draw_zone(window, CORNERS)
        case = window.bench.case
        window.bench.open_case.save(path)
        assert window.bench.open_case.saved
        window.files.open(path)
        assert window.bench.case == case
    assert casefile.read(path).case == case


def test_dragging_a_whole_zone_moves_it_in_one_step(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.actions_by_id["twin"].setChecked(False)
        window.actions_by_id["snap"].setChecked(False)
        draw_zone(window, CORNERS)
        before = window.bench.case.variant.zones[0]
        window.take_tool("select")
        drag(window, [(450, 450), (460, 455), (500, 480), (530, 490)])
        after = window.bench.case.variant.zones[0]
        moved = {
            (round(a[0] - b[0], 2), round(a[1] - b[1], 2))
            for a, b in zip(after.outline, before.outline, strict=True)
        }
        assert len(moved) == 1
        # 900 x 1200 pixels stand for 225 x 300 mm while nothing is measured
        (dx, dy) = moved.pop()
        assert dx == pytest.approx(80 / 4, abs=0.5)
        assert dy == pytest.approx(40 / 4, abs=0.5)


def test_every_button_has_a_name_and_is_large_enough(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        draw_zone(window, CORNERS)
        for stage in window.stages:
            window.show_stage(stage.key)
            QApplication.processEvents()
            for button in window.findChildren(QAbstractButton):
                if not button.isVisible():
                    continue
                name = button.accessibleName() or button.text()
                assert name, f"{button} in {stage.key} has no name"
                assert button.height() >= 28, f"{name} in {stage.key} is too small"


def test_private_keeps_the_name_off_title_and_chip(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.bench.open_case.save(tmp_path / "Miller.hairline")
        assert "Miller" in window.windowTitle()
        window.actions_by_id["private"].setChecked(True)
        assert "Miller" not in window.windowTitle()


class Loud(QTranslator):
    """A language that puts everything of the editing room into brackets."""

    def translate(
        self,
        context: str,
        source: str,
        _disambiguation: str | None = None,
        _n: int = -1,
    ) -> str:
        return f"‹{source}›" if context == "Editing" else ""


def test_hints_and_steps_are_told_in_the_person_s_language(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.show_stage("design")
        loud = Loud()
        QApplication.installTranslator(loud)
        try:
            window.take_tool("axis")
            window.canvas.refresh()
            assert window.status._hint._words.startswith("‹Drag the line to move the mirror axis")
            press(window, Qt.Key.Key_Right)
            assert window.actions_by_id["undo"].text().endswith(": ‹Nudge mirror axis›")
            window.bench.said.emit("There is no outline yet.")
            assert window.status.currentMessage() == "‹There is no outline yet.›"
            hint = Phrase("{prompt} · {step} of {all}", prompt="Click", step="1", all="2")
            whole = Phrase("{hint} · Esc stops", hint=hint)
            assert translated(whole) == "‹‹‹Click› · ‹1› of ‹2›› · Esc stops›"
        finally:
            QApplication.removeTranslator(loud)
