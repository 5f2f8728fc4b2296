"""Everybody can work here: names for screen readers, the Tab key, colours that can be read."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.render.tokens import ON_PURPOSE, PURPOSE_COLOURS, TOKENS, Theme
from studio.ui.canvas.canvas import Canvas
from studio.ui.window import Window
from tests.e2e.drawing import PHOTO, draw_design
from tests.ui.studio_window import opened, picture, take_in

INTERACTIVE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QSlider,
    Canvas,
)

TEXT_PAIRS = (
    *(("text", ground) for ground in ("win", "panel", "raised", "hover", "sel", "field")),
    *(("text2", ground) for ground in ("win", "panel", "field", "sel", "canvas")),
    *((tone, ground) for tone in ("ok", "warn", "err", "accent") for ground in ("win", "panel")),
    ("text", "warnbg"),
    ("text", "errbg"),
    ("text2", "errbg"),
    ("ontext", "afill"),
)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    shown = QColor(colour)
    parts = (shown.redF(), shown.greenF(), shown.blueF())
    linear = [p / 12.92 if p <= 0.04045 else float(((p + 0.055) / 1.055) ** 2.4) for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_formula_knows_black_and_white() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize(("words", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(theme: Theme, words: str, ground: str) -> None:
    tokens = TOKENS[theme]
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


def test_letters_can_be_read_on_every_zone_colour() -> None:
    for colour in PURPOSE_COLOURS.values():
        assert contrast(ON_PURPOSE, colour) >= 4.5


def nameless(window: Window) -> list[str]:
    """Visible things to use that a screen reader has no name for."""
    found = []
    for widget in window.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
        inner = inner or isinstance(widget, QHeaderView)
        if isinstance(widget, INTERACTIVE) and widget.isVisible() and not inner:
            told = QAccessible.queryAccessibleInterface(widget)
            if not told.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()} {widget.toolTip()}")
    return found


def test_everything_to_use_has_a_name_in_every_stage(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        assert nameless(window) == []
        take_in(qtbot, window, PHOTO, picture(tmp_path, "left.jpg"))
        draw_design(window)
        for stage in window.stages:
            window.show_stage(stage.key)
            QApplication.processEvents()
            assert nameless(window) == [], stage.key


def by_tab(window: Window) -> list[QWidget]:
    """Everything the Tab key comes past, from the canvas until it is back."""
    window.canvas.setFocus()
    found: list[QWidget] = []
    for _ in range(200):
        focused = QApplication.focusWidget()
        if focused is None or focused in found:
            break
        found.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return found


def test_tab_comes_to_canvas_rail_inspector_filmstrip_and_bars(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        draw_design(window)
        found = by_tab(window)
        places = {
            "canvas": window.canvas,
            "rail": window.rail,
            "stage bar": window.stage_bar,
            "context bar": window.context_bar,
            "inspector": window.stages[2].inspector,
            "filmstrip": window.filmstrip,
        }
        missed = [
            name
            for name, place in places.items()
            if not any(widget is place or place.isAncestorOf(widget) for widget in found)
        ]
        assert missed == []


def test_the_rail_is_worked_by_keys_alone(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        draw_design(window)
        pen = window.rail.widgetForAction(window.rail.actions_by_id["pen"])
        assert pen in by_tab(window)
        pen.setFocus()
        QTest.keyClick(pen, Qt.Key.Key_Space)
        toolbox = window.bench.toolbox
        assert toolbox is not None
        assert toolbox.current.name == "pen"
