"""The loupe: a round window on the photo under the pen, four times larger."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QLineF, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen, QTabletEvent
from PySide6.QtWidgets import QWidget

from studio.imaging.pyramid import Pyramid
from studio.render.lettering import Lettering, halo_text, text_size
from studio.render.viewport import Viewport
from studio.ui.banner import Banner

SIDE = 160
POWER = 4.0
MARGIN = 24
GAP, ARM = 6.0, 20.0
"""The cross: free middle and reach, in pixels."""

CAPTION = Lettering(11, 500)
CAPTION_HEIGHT = 24
FAR = 12
"""Pixels round the loupe in which the pen makes it move away."""


class Loupe(QWidget):
    """Lies on the canvas and watches its pointer; it never takes an event itself.

    `picture` gives the photo, `view` how it lies in the canvas; None while there is none.
    """

    def __init__(
        self,
        canvas: QWidget,
        picture: Callable[[], Pyramid | None],
        view: Callable[[], Viewport | None],
    ) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._picture, self._view = picture, view
        self._at: QPointF | None = None
        self._on = False
        self.resize(SIDE + 2, SIDE + 2 + CAPTION_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(QCoreApplication.translate("Loupe", "Loupe"))
        canvas.installEventFilter(self)
        self.hide()

    def switch(self, on: bool) -> None:
        """Show the loupe whenever the pointer is on the photo, or never."""
        self._on = on
        self._look_again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the mouse or the pen over the canvas."""
        if isinstance(event, QMouseEvent | QTabletEvent):
            self._at = event.position()
            self._look_again()
        elif event.type() == QEvent.Type.Leave:
            self._at = None
            self._look_again()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: object) -> None:
        """The photo in the circle, the cross, the caption."""
        pyramid, view = self._picture(), self._view()
        if pyramid is None or view is None or self._at is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        circle = QRectF(1, 1, SIDE, SIDE)
        painter.save()
        clip = QPainterPath()
        clip.addEllipse(circle)
        painter.setClipPath(clip)
        painter.fillRect(circle, QColor("#262626"))
        paint_enlarged(painter, circle.center(), pyramid, view, self._at)
        painter.restore()
        for colour, width in ((QColor(0, 0, 0, 153), 4.0), (QColor("#FFFFFF"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
            painter.drawLines(_cross(circle.center()))
        words = QCoreApplication.translate("Loupe", "Loupe {power} ×").format(power=f"{POWER:.0f}")
        left = (self.width() - text_size(words, CAPTION)[0]) / 2
        halo_text(painter, QPointF(left, SIDE + 18), words, CAPTION)
        painter.end()

    def _look_again(self) -> None:
        if self._on and self._at is not None:
            self._keep_away(self._at)
        self.setVisible(self._on and self._picture() is not None and self._over_photo())
        self.update()

    def _over_photo(self) -> bool:
        view = self._view()
        if view is None or self._at is None:
            return False
        x, y = view.to_photo(np.array([(self._at.x(), self._at.y())]))[0]
        return bool(0 <= x <= view.photo[0] and 0 <= y <= view.photo[1])

    def _keep_away(self, at: QPointF) -> None:
        """Top left, below a notice that lies there, or top right if the pen is there."""
        canvas = self._canvas
        notices = canvas.findChildren(Banner)
        top = max((n.geometry().bottom() for n in notices if n.isVisible()), default=0) + MARGIN
        left = QRect(MARGIN, top, self.width(), self.height())
        right = QRect(left)
        right.moveRight(canvas.width() - MARGIN)
        near = left.adjusted(-FAR, -FAR, FAR, FAR).contains(at.toPoint())
        self.setGeometry(right if near else left)
        self.raise_()


def paint_enlarged(
    painter: QPainter, middle: QPointF, pyramid: Pyramid, view: Viewport, at: QPointF
) -> None:
    """Draw the photo about the view position `at`, `POWER` times larger, round `middle`."""
    scale = view.scale * POWER
    level = pyramid.level_for(scale * view.ratio)
    pixels = pyramid.levels[level]
    rows, columns = pixels.shape[:2]
    image = QImage(pixels.data, columns, rows, pixels.strides[0], QImage.Format.Format_RGB32)
    x, y = view.to_photo(np.array([(at.x(), at.y())]))[0].tolist()
    half = SIDE / 2 / scale
    box = QRectF(x - half, y - half, 2 * half, 2 * half)
    seen = box.intersected(QRectF(0, 0, view.photo[0], view.photo[1]))
    if seen.isEmpty():
        return
    painter.translate(middle)
    painter.scale(-scale if view.mirror else scale, scale)
    painter.translate(-x, -y)
    shrunk = 2.0**-level
    source = QRectF(
        seen.x() * shrunk, seen.y() * shrunk, seen.width() * shrunk, seen.height() * shrunk
    )
    painter.drawImage(seen, image, source)


def _cross(middle: QPointF) -> list[QLineF]:
    ways = (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1))
    return [QLineF(middle + way * GAP, middle + way * ARM) for way in ways]
