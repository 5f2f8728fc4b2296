"""The canvas: the photo view with hands on it, mouse, pen, fingers and keys."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from studio.editing.tool import Cursor, Pointer
from studio.editing.toolbox import Toolbox
from studio.ui.canvas import navigation
from studio.ui.canvas.cursors import cursor
from studio.ui.canvas.navigation import Navigation
from studio.ui.canvas.photo_view import PhotoView
from studio.ui.canvas.pointing import PEN_REACH, Taps, is_eraser, key_name, keys_of, pointer_at
from studio.ui.phrases import translated

OWN_KEYS = frozenset(
    {
        Qt.Key.Key_Escape,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Backspace,
        Qt.Key.Key_Delete,
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)
"""Keys that are the canvas's while it has the focus, whatever shortcuts there are."""


class Canvas(PhotoView):
    """Passes what hands do to the toolbox, or moves the view.

    `pointer_moved` tells the chart point under the pointer, None off the skin;
    `hint_changed` the tool's words for the status line.
    """

    pointer_moved = Signal(object)
    hint_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._navigation = Navigation()
        self._taps = Taps()
        self._down: Pointer | None = None
        self._shape: Cursor | Qt.CursorShape = Qt.CursorShape.ArrowCursor
        self._hint = ""
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self.setAccessibleName(QCoreApplication.translate("Canvas", "Photo"))

    def set_toolbox(self, toolbox: Toolbox | None) -> None:
        """Work with these tools on their desk; None when there is no photo."""
        self._down = None
        super().set_toolbox(toolbox)

    def refresh(self) -> None:
        """Look again at case, skin map, selection and tool, before the next paint."""
        super().refresh()
        self._show_tool()

    def event(self, event: QEvent) -> bool:
        """Gestures of fingers, and keys before shortcuts take them."""
        if isinstance(event, QGestureEvent):
            self.guarded(lambda: self._gesture(event))
            return event.isAccepted()
        if isinstance(event, QNativeGestureEvent):
            self.guarded(lambda: self._native(event))
            return event.isAccepted()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if plain and event.key() in OWN_KEYS and self._toolbox is not None:
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the photo, cancel, or press the tool."""
        self.guarded(lambda: self._press(event, self._pointer(event)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the photo, or the tool."""
        self.guarded(lambda: self._move(event.position(), self._pointer(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the photo, or release the tool."""
        self.guarded(lambda: self._release(event, self._pointer(event)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of two quick ones."""
        self.guarded(lambda: self._double_click(event, self._pointer(event)))

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The pen: like the mouse, with pressure, a wider reach and an eraser."""
        event.accept()
        pointer = self._pointer(event)
        if event.type() == QEvent.Type.TabletPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            double = self._taps.second(event) and not is_eraser(event)
            press = self._double_click if double else self._press
            self.guarded(lambda: press(event, pointer))
        elif event.type() == QEvent.Type.TabletMove:
            self.guarded(lambda: self._move(event.position(), pointer))
        elif event.type() == QEvent.Type.TabletRelease:
            self.guarded(lambda: self._release(event, pointer))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer, or pan."""
        event.accept()
        if self._scene is not None:
            viewport = self._scene.viewport
            self.guarded(lambda: self._look(navigation.wheel(event, viewport)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes hold of the photo; other keys are the tool's if it uses them."""
        if event.key() == Qt.Key.Key_Space:
            self._navigation.space = True
            self._show_tool()
            return
        used: list[bool] = []
        self.guarded(lambda: used.append(self._key(event)))
        if not any(used):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is up."""
        if event.key() != Qt.Key.Key_Space:
            event.ignore()
        elif not event.isAutoRepeat():
            self._navigation.space = False
            self._show_tool()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self.pointer_moved.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key released elsewhere is not heard here."""
        self._navigation.space = False
        self._show_tool()
        super().focusOutEvent(event)

    def _press(self, event: QMouseEvent | QTabletEvent, pointer: Pointer | None) -> None:
        if self._toolbox is None or self._scene is None:
            event.ignore()
        elif self._down is None and self._navigation.takes(event):
            self._show_tool()
        elif event.button() is Qt.MouseButton.RightButton:
            self._toolbox.cancel()
            self.refresh()
        elif event.button() is Qt.MouseButton.LeftButton and pointer is not None:
            self._down = pointer
            self._toolbox.press(pointer)
            self.refresh()

    def _move(self, at: QPointF, pointer: Pointer | None) -> None:
        self.pointer_moved.emit(pointer.at if pointer else None)
        if self._toolbox is None or self._scene is None:
            return
        if self._navigation.panning:
            self._look(self._navigation.drag(at, self._scene.viewport))
        elif pointer is not None:
            self._down = self._down and pointer
            if self._toolbox.move(pointer):
                self.refresh()
            else:
                self._show_tool()

    def _release(self, event: QMouseEvent | QTabletEvent, pointer: Pointer | None) -> None:
        if self._navigation.panning:
            self._navigation.let_go()
            self._show_tool()
        elif self._down and event.button() is Qt.MouseButton.LeftButton and self._toolbox:
            last, self._down = self._down, None
            self._toolbox.release(pointer or last)
            self.refresh()

    def _double_click(self, event: QMouseEvent | QTabletEvent, pointer: Pointer | None) -> None:
        left = event.button() is Qt.MouseButton.LeftButton and not self._navigation.space
        if left and self._toolbox and pointer and self._toolbox.double_click(pointer):
            self.refresh()
        else:
            self._press(event, pointer)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether the tool used a key."""
        if self._toolbox is None or self._scene is None:
            return False
        keys = keys_of(event.modifiers())
        name = key_name(event.key(), mirrored=self._options.mirror_view)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            used = self._toolbox.confirm()
        elif event.key() == Qt.Key.Key_Escape:
            used = self._toolbox.cancel()
        else:
            used = bool(name) and self._toolbox.key(name, keys)
        if used:
            self.refresh()
        return used

    def _gesture(self, event: QGestureEvent) -> None:
        gesture = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(gesture, QPinchGesture) or self._scene is None:
            event.ignore()
            return
        event.accept(gesture)
        if self._down and self._toolbox is not None:
            # the first finger had begun to draw
            self._down = None
            self._toolbox.cancel()
        origin = QPointF(self.mapToGlobal(QPointF(0, 0)))
        self._look(navigation.pinch(gesture, origin, self._scene.viewport))

    def _native(self, event: QNativeGestureEvent) -> None:
        zoomed = navigation.native_zoom(event, self._scene.viewport) if self._scene else None
        if zoomed is None:
            event.ignore()
        else:
            self._look(zoomed)

    def _pointer(self, event: QMouseEvent | QTabletEvent) -> Pointer | None:
        """The event in the tools' words; None off the skin."""
        skin = self.skin
        if self._scene is None or skin is None:
            return None
        at = pointer_at(event.position(), self._scene.viewport, skin, event.modifiers())
        if at is None or isinstance(event, QMouseEvent):
            return at
        return replace(at, reach=PEN_REACH, pressure=event.pressure(), eraser=is_eraser(event))

    def _show_tool(self) -> None:
        """The pointer's shape and the words of the tool in hand."""
        shape: Cursor | Qt.CursorShape = Qt.CursorShape.ArrowCursor
        if self._navigation.panning:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._navigation.space:
            shape = Qt.CursorShape.OpenHandCursor
        elif self._toolbox is not None and self._scene is not None:
            shape = self._toolbox.cursor
        if shape is not self._shape:
            self._shape = shape
            ratio = self.devicePixelRatioF()
            self.setCursor(cursor(shape, ratio) if isinstance(shape, Cursor) else shape)
        hint = translated(self._toolbox.hint) if self._toolbox and self._scene else ""
        if hint != self._hint:
            self._hint = hint
            self.setAccessibleDescription(hint)
            self.hint_changed.emit(hint)
