"""What the window shows of itself: themes, status line, privacy, undo in fields."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from studio.render.tokens import TOKENS, Theme
from studio.storage.settings import Theme as Wanted
from studio.storage.settings import load_settings
from studio.ui.fields import NumberField
from studio.ui.window import Window
from tests.e2e.drawing import draw_zone, stage
from tests.ui.studio_window import on_canvas, opened, picture, take_in


def ground(widget: QWidget, at: QPoint) -> QColor:
    return widget.grab().toImage().pixelColor(at)


def icon_is_readable(widget: QToolButton | QLabel, on: str) -> bool:
    """Whether the icon's strokes stand out from their ground."""
    pixmap = widget.icon().pixmap(20, 20) if isinstance(widget, QToolButton) else widget.pixmap()
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    strokes = [
        image.pixelColor(x, y).lightness()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 110
    ]
    dark = QColor(on).lightness() < 128
    return bool(strokes) and all((light > 128) == dark for light in strokes)


def pictures_of(window: Window) -> list[QToolButton | QLabel]:
    """Every icon on screen that is drawn in the colour of the text."""
    bars = (window.rail, window.stage_bar, window.context_bar, window.status, window.filmstrip)
    found: list[QToolButton | QLabel] = []
    for bar in (*bars, window.stages[0].inspector, window.stages[2].inspector):
        found += [
            b
            for b in bar.findChildren(QToolButton)
            if b.isVisible() and b.isEnabled() and not b.icon().isNull()
        ]
    for icon in window.context_bar.findChildren(QLabel):
        if icon.isVisible() and not icon.pixmap().isNull():
            found.append(icon)
    return found


def test_the_theme_changes_palette_canvas_and_every_icon_and_is_kept(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        for key in ("photos", "design"):
            window.show_stage(key)
            for light, theme in ((True, Theme.LIGHT), (False, Theme.DARK)):
                window.actions_by_id["light"].setChecked(light)
                QApplication.processEvents()
                tokens = TOKENS[theme]
                palette = QApplication.palette()
                assert palette.color(QPalette.ColorRole.Window) == QColor(tokens.win)
                assert palette.color(QPalette.ColorRole.WindowText) == QColor(tokens.text)
                assert ground(window.canvas, QPoint(4, 4)) == QColor(tokens.canvas)
                assert ground(window.stage_bar, QPoint(500, 4)) == QColor(tokens.win)
                icons = pictures_of(window)
                assert len(icons) > 8
                dim = [
                    icon.accessibleName() or icon.toolTip()
                    for icon in icons
                    if not icon_is_readable(icon, tokens.win)
                ]
                assert dim == [], (key, theme)
        window.actions_by_id["light"].setChecked(True)
    assert load_settings().theme is Wanted.LIGHT


def labels(window: Window) -> str:
    return " | ".join(label.text() for label in window.status.findChildren(QLabel) if label.text())


def test_the_status_line_tells_tool_scale_zoom_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        assert "%" not in labels(window)
        take_in(qtbot, window, picture(tmp_path))
        stage(window, Qt.Key.Key_3)
        QTest.keyClick(window.canvas, Qt.Key.Key_P)
        assert "Hairline" in labels(window)
        assert "No scale, front view" in labels(window)
        assert "Not saved yet, kept for recovery" in labels(window)
        window.actions_by_id["pixels"].trigger()
        assert "100 %" in labels(window)
        window.bench.open_case.save(tmp_path / "case.hairline")
        assert "Saved " in labels(window)
        at = on_canvas(window, (450, 600))
        QTest.mouseMove(window.canvas, QPoint(round(at[0]), round(at[1])))
        assert "mm" not in labels(window)


def test_private_shows_no_name_anywhere(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.bench.open_case.save(tmp_path / "Keller.hairline")
        chip = window.stage_bar.chip
        assert chip.accessibleName().startswith("Keller")
        window.actions_by_id["private"].setChecked(True)
        shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
        assert not any("Keller" in words for words in (*shown, window.windowTitle()))
        assert chip.accessibleName().startswith("Private")
        window.actions_by_id["private"].setChecked(False)
        assert chip.accessibleName().startswith("Keller")


def test_undo_reaches_the_case_from_a_field_once_the_number_is_taken(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path, "front.jpg", (1800, 2400)))
        stage(window, Qt.Key.Key_3)
        draw_zone(window)
        before = window.bench.case
        field = next(
            f
            for f in window.stages[2].inspector.findChildren(NumberField)
            if f.accessibleName() == "Density"
        )
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "33")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert window.bench.case is not before
        QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.bench.case is before
        assert field.value() == before.variant.zones[0].density


def test_a_stage_is_reached_by_its_key_whatever_its_tick(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        for finished in (True, False):
            window.stage_bar.mark_finished("measure", finished=finished)
            window.show_stage("photos")
            stage(window, Qt.Key.Key_2)
            assert window.rail.isVisible()
            assert window.stages[1].inspector.isVisible()
