"""The real window for tests, and hands for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.app import make_window
from studio.ui.dialogs.add_photos import AddPhotos
from studio.ui.window import Window

T = TypeVar("T", bound=QWidget)


@contextmanager
def opened(qtbot: QtBot) -> Iterator[Window]:
    """A window on an empty case, closed at the end without questions."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = make_window(app)
    window.resize(1600, 1000)
    window.show()
    window.bench.open_case.new()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    try:
        yield window
    finally:
        window.bench.pool.waitForDone(10000)
        window.bench.open_case.history.mark_saved(window.bench.case)
        window.close()
        window.deleteLater()
        QApplication.processEvents()


def picture(folder: Path, name: str = "front.jpg", size: tuple[int, int] = (900, 1200)) -> Path:
    """A photo that shows nothing in particular."""
    width, height = size
    rows = np.linspace(120, 200, height)[:, None, None]
    pixels = np.broadcast_to(rows, (height, width, 3)).astype(np.uint8)
    path = folder / name
    Image.fromarray(np.ascontiguousarray(pixels)).save(path, quality=90)
    return path


def drop(window: Window, *paths: Path) -> None:
    """Drag files over the window and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dragEnterEvent(QDragEnterEvent(QPoint(400, 400), copy, data, left, none))
    window.dropEvent(QDropEvent(QPointF(400, 400), copy, data, left, none))


def take_in(qtbot: QtBot, window: Window, *paths: Path) -> None:
    """Drop photos and go on with all of them."""
    before = len(window.bench.case.photos)
    drop(window, *paths)
    dialog = dialog_of(window, AddPhotos)
    qtbot.waitUntil(dialog.go.isEnabled, timeout=20000)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.bench.case.photos) == before + len(paths))
    photo = window.bench.case.photos[before]
    qtbot.waitUntil(lambda: window.bench.photo_id == photo.id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def dialog_of(window: Window, kind: type[T]) -> T:
    """The dialog of this kind that is open."""
    return next(d for d in window.findChildren(kind) if d.isVisible())


def mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPointF,
    *,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """One raw mouse event, with the state of the buttons that a real one has."""
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else button
    shown = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else button
    where = QPointF(widget.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(widget, QMouseEvent(kind, at, where, shown, held, keys))


def click(window: Window, at: tuple[float, float]) -> None:
    """A click on the canvas at a photo pixel."""
    drag(window, [at])


def drag(window: Window, way: list[tuple[float, float]]) -> None:
    """Press at the first photo pixel, move along, release at the last."""
    points = [QPointF(*on_canvas(window, at)) for at in way]
    canvas = window.canvas
    move, press = QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress
    mouse(canvas, move, points[0], button=Qt.MouseButton.NoButton)
    mouse(canvas, press, points[0])
    for point in points[1:]:
        mouse(canvas, move, point)
    mouse(canvas, QEvent.Type.MouseButtonRelease, points[-1])
    QApplication.processEvents()


def on_canvas(window: Window, at: tuple[float, float]) -> tuple[float, float]:
    """Where a photo pixel lies on the canvas."""
    viewport = window.canvas.viewport
    assert viewport is not None
    x, y = viewport.to_view(np.array([at], dtype=float))[0]
    return float(x), float(y)


def answer_file_dialog(path: Path) -> None:
    """As soon as Qt's file dialog is open: give it a path and press Enter."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, answer)
            return
        field = dialog.findChildren(QLineEdit)[0]
        # typed letter by letter, Qt's list of completions would take Enter
        field.setText(str(path))
        QTest.keyClick(field, Qt.Key.Key_Return)

    QTimer.singleShot(20, answer)


def press_button(dialog: QWidget, words: str) -> None:
    """Click the button of a dialog that says this."""
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def words_of(dialog: QWidget) -> str:
    """Everything a dialog says."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))
