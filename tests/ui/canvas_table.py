"""A canvas on a desk with a tool that writes down what it is told, and hands to use it."""

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.editing.history import History
from studio.editing.overlay import Overlay
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.toolbox import Toolbox
from studio.editing.tools.idle import Idle
from studio.imaging.pyramid import build
from studio.model.case import Case
from studio.skin.plane import plane_map
from studio.ui.canvas.canvas import Canvas
from tests.render.screen import PX_PER_MM, photo, pixels

LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)


@dataclass
class Spy(Idle):
    """A tool that writes down what it is told."""

    name: str = "select"
    cursor: Cursor = Cursor.PEN
    hint: str = "Click"
    told: list[str] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    shapes: Overlay = ()
    fault: Exception | None = None

    def _tell(self, what: str, pointer: Pointer | None = None) -> bool:
        if self.fault is not None:
            raise self.fault
        self.told.append(what)
        if pointer is not None:
            self.pointers.append(pointer)
        return True

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("press", pointer)

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("move", pointer)

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("release", pointer)

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("double", pointer)

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        return self._tell(f"key {key} {keys.name}") if key != "q" else False

    def confirm(self, desk: Desk) -> bool:
        return self._tell("confirm")

    def cancel(self, desk: Desk) -> bool:
        return self._tell("cancel")

    def overlay(self, desk: Desk) -> Overlay:
        return self.shapes


@dataclass
class Table:
    """A canvas on a desk, with a tool in hand."""

    canvas: Canvas
    history: History
    desk: Desk
    toolbox: Toolbox
    spy: Spy

    def mouse(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        held = NONE if kind is RELEASE else button
        at = QPointF(x, y)
        cause = NONE if kind is MOVE else button
        QApplication.sendEvent(self.canvas, QMouseEvent(kind, at, at, cause, held, keys))

    def drag(self, *way: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
        self.mouse(PRESS, *way[0], button)
        for place in way[1:]:
            self.mouse(MOVE, *place, button)
        self.mouse(RELEASE, *way[-1], button)


def lay(qtbot: QtBot, shown: Case, *tools: Idle) -> Table:
    history = History(shown)
    spy = Spy()
    desk = Desk(history, "front", plane_map(photo()))
    toolbox = Toolbox(desk, tools or [spy])
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.set_toolbox(toolbox)
    canvas.set_photo(history.case.photos[0], build(pixels()))
    history.listeners.append(canvas.case_changed)
    desk.changed = canvas.refresh
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.zoom_to(1.0)
    QApplication.processEvents()
    return Table(canvas, history, desk, toolbox, spy)


def seen(canvas: Canvas) -> np.ndarray:
    QApplication.processEvents()
    image = canvas.grab().toImage()
    words = np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)
    return np.ascontiguousarray(words[:, : image.width(), 2::-1])


def chart(canvas: Canvas, x: float, y: float) -> tuple[float, float]:
    view = canvas.viewport
    assert view is not None
    px = view.to_photo(np.array([(x, y)]))[0]
    return (px[0] - 300) / PX_PER_MM, (px[1] - 200) / PX_PER_MM


def tablet(
    canvas: Canvas,
    kind: QEvent.Type,
    at: QPointF,
    pressure: float,
    tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
    time: int = 0,
) -> QTabletEvent:
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        tip,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
        "",
        QPointingDeviceUniqueId(),
    )
    held = NONE if kind is QEvent.Type.TabletRelease else LEFT
    button = NONE if kind is QEvent.Type.TabletMove else LEFT
    event = QTabletEvent(
        kind, device, at, at, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, PLAIN, button, held
    )
    event.setTimestamp(time)
    QApplication.sendEvent(canvas, event)
    return event


def wheel(
    canvas: Canvas,
    at: tuple[float, float],
    angle: tuple[int, int] = (0, 0),
    pixel: tuple[int, int] = (0, 0),
    keys: Qt.KeyboardModifier = PLAIN,
) -> None:
    phase = Qt.ScrollPhase.ScrollUpdate if any(pixel) else Qt.ScrollPhase.NoScrollPhase
    place = QPointF(*at)
    event = QWheelEvent(place, place, QPoint(*pixel), QPoint(*angle), NONE, keys, phase, False)
    QApplication.sendEvent(canvas, event)
