"""A cached picture of the view: a pan shifts it, and only what is missing is painted."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from studio.render.viewport import Box, Viewport

Paint = Callable[[QPainter, QRect], None]
"""Paints one rectangle of the view; both are in device pixels of the view."""


class Frame:
    """One layer of the view, in device pixels.

    `follow` says what is to be seen, `soil` what has changed, `mend` paints what is
    missing, `draw` puts it on the widget.
    """

    def __init__(self, *, opaque: bool) -> None:
        self._opaque = opaque
        self._pixmap = QPixmap()
        self._seen: Viewport | None = None
        self._missing = QRegion()

    @property
    def missing(self) -> QRegion:
        """What `mend` will paint, in device pixels."""
        return QRegion(self._missing)

    def follow(self, viewport: Viewport) -> None:
        """Show another view: shifted if it is a pan, else painted anew."""
        seen, self._seen = self._seen, viewport
        if seen is None or replace(seen, offset=viewport.offset) != viewport:
            self._start(viewport)
        elif seen.offset != viewport.offset:
            dx = round((viewport.offset[0] - seen.offset[0]) * viewport.ratio)
            dy = round((viewport.offset[1] - seen.offset[1]) * viewport.ratio)
            self._shift(dx, dy)

    def soil(self, box: QRect | None = None) -> None:
        """Say that a rectangle of device pixels, or everything, has to be painted anew."""
        whole = self._pixmap.rect()
        self._missing += whole if box is None else whole.intersected(box)

    def mend(self, paint: Paint) -> None:
        """Paint what is missing, rectangle by rectangle."""
        if self._missing.isEmpty():
            return
        self._pixmap.setDevicePixelRatio(1.0)
        painter = QPainter(self._pixmap)
        try:
            for box in _few(self._missing):
                painter.setClipRect(box)
                if not self._opaque:
                    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
                    painter.fillRect(box, Qt.GlobalColor.transparent)
                    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                paint(painter, box)
        finally:
            painter.end()
        self._missing = QRegion()

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Put the part in `box` (logical view pixels) on the widget."""
        ratio = self._seen.ratio if self._seen else 1.0
        self._pixmap.setDevicePixelRatio(ratio)
        source = QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)
        painter.drawPixmap(box, self._pixmap, source)

    def _start(self, viewport: Viewport) -> None:
        width, height = device_size(viewport)
        if (self._pixmap.width(), self._pixmap.height()) != (width, height):
            self._pixmap = QPixmap(width, height)
            if not self._opaque:
                self._pixmap.fill(Qt.GlobalColor.transparent)
        self._missing = QRegion(self._pixmap.rect())

    def _shift(self, dx: int, dy: int) -> None:
        whole = self._pixmap.rect()
        self._pixmap.setDevicePixelRatio(1.0)
        self._pixmap.scroll(dx, dy, whole)
        kept = whole.translated(dx, dy).intersected(whole)
        self._missing.translate(QPoint(dx, dy))
        self._missing += QRegion(whole) - QRegion(kept)
        self._missing &= whole


def device_size(viewport: Viewport) -> tuple[int, int]:
    """Width and height of the view in device pixels, at least 1 x 1."""
    size = viewport.width * viewport.ratio, viewport.height * viewport.ratio
    return max(1, round(size[0])), max(1, round(size[1]))


def device_box(viewport: Viewport, box: Box, grow: float = 0.0) -> QRect:
    """The whole device pixels touched by a box of view pixels, grown by view pixels."""
    ratio = viewport.ratio
    left, top = (box[0] - grow) * ratio, (box[1] - grow) * ratio
    right, bottom = (box[2] + grow) * ratio, (box[3] + grow) * ratio
    reach = QRectF(left, top, right - left, bottom - top)
    view = QRectF(0, 0, *device_size(viewport))
    return reach.intersected(view).toAlignedRect()


def _few(region: QRegion) -> list[QRect]:
    """The rectangles of a region, or the one round it when they are many or wasteful to part."""
    boxes = [QRect(box) for box in region]  # type: ignore[attr-defined]  # QRegion iterates
    return boxes if len(boxes) <= 3 else [region.boundingRect()]
