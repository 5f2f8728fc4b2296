"""Qt's pointers and keys in the words of the tools."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPointingDevice, QTabletEvent

from studio.editing.tool import Keys, Pointer
from studio.render.viewport import Viewport
from studio.skin.skinmap import SkinMap

MOUSE_REACH, PEN_REACH = 8.0, 16.0
"""Hit radius in screen pixels."""

KEY_NAMES = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Backspace: "backspace",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_BracketLeft: "[",
    Qt.Key.Key_BraceLeft: "[",
    Qt.Key.Key_BracketRight: "]",
    Qt.Key.Key_BraceRight: "]",
}

MIRRORED = {"left": "right", "right": "left"}
"""What arrow keys mean when the photo is shown left to right."""


def keys_of(modifiers: Qt.KeyboardModifier) -> Keys:
    """The modifiers held."""
    held = Keys.NONE
    for modifier, key in (
        (Qt.KeyboardModifier.ShiftModifier, Keys.SHIFT),
        (Qt.KeyboardModifier.ControlModifier, Keys.CTRL),
        (Qt.KeyboardModifier.AltModifier, Keys.ALT),
    ):
        if modifiers & modifier:
            held |= key
    return held


def key_name(key: int, *, mirrored: bool) -> str:
    """The tools' word for a key of Qt, a small letter for a letter; empty for all others."""
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
        return chr(key).lower()
    name = KEY_NAMES.get(Qt.Key(key), "")
    return MIRRORED.get(name, name) if mirrored else name


def pointer_at(
    at: QPointF, viewport: Viewport, skin: SkinMap, modifiers: Qt.KeyboardModifier
) -> Pointer | None:
    """A mouse at a view position; None where the photo shows no skin."""
    photo = viewport.to_photo(np.array([(at.x(), at.y())]))
    chart = skin.to_skin(photo)
    if not np.isfinite(chart).all():
        return None
    per_unit = float(skin.px_per_unit(chart)[0]) * viewport.scale
    if per_unit <= 0:
        return None  # the very edge of the head
    x, y = chart[0].tolist()
    return Pointer(at=(x, y), px=1 / per_unit, keys=keys_of(modifiers), reach=MOUSE_REACH)


class Taps:
    """Tells the second of two quick taps of a pen, for which Qt has no event."""

    def __init__(self) -> None:
        self._time = -1
        self._at = QPointF()

    def second(self, event: QTabletEvent) -> bool:
        """Whether this press follows another one at the same place soon enough."""
        soon = self._time >= 0 and event.timestamp() - self._time <= _double_click_ms()
        way = event.position() - self._at
        second = soon and max(abs(way.x()), abs(way.y())) <= PEN_REACH / 2
        self._time = -1 if second else event.timestamp()
        self._at = event.position()
        return second


def _double_click_ms() -> int:
    return QGuiApplication.styleHints().mouseDoubleClickInterval()


def is_eraser(event: QTabletEvent) -> bool:
    """Whether the pen is held by its other end."""
    return event.pointerType() is QPointingDevice.PointerType.Eraser
