"""Moving about the photo: wheel, trackpad, pinch, Space or middle button and drag."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QNativeGestureEvent, QTabletEvent, QWheelEvent
from PySide6.QtWidgets import QPinchGesture

from studio.render.viewport import Viewport

NOTCH = 120.0
NOTCHES_TO_DOUBLE = 3.0
"""Wheel clicks after which the photo is twice as large."""


class Navigation:
    """What a hand on the canvas does to the view. Methods give the new view, None for no change."""

    def __init__(self) -> None:
        self.space = False
        self._grip: QPointF | None = None

    @property
    def panning(self) -> bool:
        """Whether the photo is held and moves with the pointer."""
        return self._grip is not None

    def takes(self, event: QMouseEvent | QTabletEvent) -> bool:
        """Whether a press takes hold of the photo instead of using a tool; then it does."""
        left = event.button() is Qt.MouseButton.LeftButton and self.space
        if left or event.button() is Qt.MouseButton.MiddleButton:
            self._grip = event.position()
            return True
        return False

    def drag(self, at: QPointF, viewport: Viewport) -> Viewport:
        """Move the photo with the pointer, if it is held."""
        if self._grip is None:
            return viewport
        moved = at - self._grip
        panned = viewport.panned(moved.x(), moved.y())
        # what was rounded off or stopped at the end stays in the grip
        self._grip += QPointF(
            panned.offset[0] - viewport.offset[0], panned.offset[1] - viewport.offset[1]
        )
        return panned

    def let_go(self) -> None:
        """The button is up, or the window lost the pointer."""
        self._grip = None


def wheel(event: QWheelEvent, viewport: Viewport) -> Viewport:
    """A mouse wheel zooms at the pointer, with Shift it moves sideways; a trackpad pans."""
    at = event.position().x(), event.position().y()
    turned, pixels = event.angleDelta(), event.pixelDelta()
    zooming = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if not zooming and _is_trackpad(event) and not pixels.isNull():
        return viewport.panned(pixels.x(), pixels.y())
    amount = turned.y() or turned.x()  # Alt, and Shift on some systems, turn it sideways
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not zooming:
        return viewport.panned(amount / 2, 0)
    return viewport.zoomed(2 ** (amount / NOTCH / NOTCHES_TO_DOUBLE), at)


def pinch(gesture: QPinchGesture, origin: QPointF, viewport: Viewport) -> Viewport:
    """Two fingers move and zoom at once; `origin` is the view's corner on the screen."""
    centre = gesture.centerPoint() - origin
    last = gesture.lastCenterPoint() - origin
    moved = centre - last if not last.isNull() else QPointF(0, 0)
    panned = viewport.panned(moved.x(), moved.y())
    return panned.zoomed(gesture.scaleFactor() or 1.0, (centre.x(), centre.y()))


def native_zoom(event: QNativeGestureEvent, viewport: Viewport) -> Viewport | None:
    """A trackpad's own pinch; None for its other gestures."""
    if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
        return None
    at = event.position().x(), event.position().y()
    return viewport.zoomed(max(0.1, 1 + event.value()), at)


def _is_trackpad(event: QWheelEvent) -> bool:
    """Mouse wheels too may tell pixels; only fingers have a beginning and an end."""
    fingers = event.device().type() is QInputDevice.DeviceType.TouchPad
    return fingers or event.phase() is not Qt.ScrollPhase.NoScrollPhase
