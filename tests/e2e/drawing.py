"""Hands that draw a small design in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.model.resources import resource
from studio.ui.window import Window
from tests.ui.studio_window import click, drag

PHOTO = resource("practice/front.jpg")
HAIRLINE = [(1200.0, 620.0), (1040.0, 640.0), (900.0, 760.0)]
ZONE = [(1200.0, 600.0), (1020.0, 620.0), (1060.0, 500.0), (1200.0, 470.0)]


def key(window: Window, name: Qt.Key) -> None:
    """A key on the canvas."""
    QTest.keyClick(window.canvas, name)


def ctrl(window: Window, name: Qt.Key) -> None:
    """Ctrl and a key, where the focus is."""
    window.activateWindow()
    QApplication.processEvents()
    focused = QApplication.focusWidget() or window
    QTest.keyClick(focused, name, Qt.KeyboardModifier.ControlModifier)


def stage(window: Window, number: Qt.Key) -> None:
    """Alt and the number of a stage."""
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, number, Qt.KeyboardModifier.AltModifier)


def draw_design(window: Window) -> None:
    """A hairline with the pen, then a zone by its corners."""
    stage(window, Qt.Key.Key_3)
    key(window, Qt.Key.Key_P)
    for x, y in HAIRLINE:
        drag(window, [(x, y), (x - 20, y + 4), (x - 40, y + 8)])
    key(window, Qt.Key.Key_Return)
    draw_zone(window)


def draw_zone(window: Window, right: float = 0.0) -> None:
    """A zone by its corners, so many photo pixels to the right of the usual place."""
    key(window, Qt.Key.Key_G)
    for x, y in ZONE:
        click(window, (x + right, y))
    key(window, Qt.Key.Key_Return)
