"""The pointer shapes of the tools."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap, QPolygonF

from studio.editing.tool import Cursor

SIDE = 32
MIDDLE = QPointF(SIDE / 2, SIDE / 2)

SHAPES = {
    Cursor.ARROW: Qt.CursorShape.ArrowCursor,
    Cursor.CROSS: Qt.CursorShape.CrossCursor,
    Cursor.MOVE: Qt.CursorShape.SizeAllCursor,
    Cursor.POINT: Qt.CursorShape.PointingHandCursor,
}


@cache
def cursor(shape: Cursor, ratio: float) -> QCursor:
    """The cursor for a tool's wish, sharp at `ratio` device pixels per pixel."""
    if shape in SHAPES:
        return QCursor(SHAPES[shape])
    drawn: dict[Cursor, Callable[[QPainter], None]] = {
        Cursor.PEN: _cross,
        Cursor.ADD: _add,
        Cursor.CLOSE: _close,
        Cursor.ERASER: _eraser,
    }
    pixmap = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in ((QColor(0, 0, 0, 170), 3.5), (QColor("#FFFFFF"), 1.5)):
        painter.setPen(QPen(colour, width))
        drawn[shape](painter)
    painter.end()
    return QCursor(pixmap, SIDE // 2, SIDE // 2)


def _cross(painter: QPainter) -> None:
    """A cross that leaves its middle free."""
    for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)):
        painter.drawLine(QLineF(MIDDLE + way * 3, MIDDLE + way * 9))


def _add(painter: QPainter) -> None:
    _cross(painter)
    painter.drawLine(QLineF(23, 25, 29, 25))
    painter.drawLine(QLineF(26, 22, 26, 28))


def _close(painter: QPainter) -> None:
    _cross(painter)
    painter.drawEllipse(QPointF(26, 25), 3.5, 3.5)


def _eraser(painter: QPainter) -> None:
    painter.drawEllipse(MIDDLE, 8, 8)
    painter.drawPolyline(QPolygonF([QPointF(22, 28), QPointF(28, 28)]))
