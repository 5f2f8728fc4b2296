"""A button that shows a hairline as it would lie on the forehead."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from studio.geometry.bezier import Nodes, controls
from studio.ui.look import Look
from studio.ui.theme import font

WIDE_MM, LOWEST, HIGHEST = 250.0, 10.0, 120.0
"""What of the forehead a card shows, mm across and by tape from the glabella."""

MARGIN, LINE_HEIGHT = 8, 15


class LineCard(QAbstractButton):
    """A hairline's picture, and up to two lines of words below; `drawn` is in forehead mm."""

    def __init__(self, look: Look, *, lines: int) -> None:
        super().__init__()
        self._look, self._lines = look, lines
        self._nodes: Nodes = ()
        self._below = ""
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(49 + lines * LINE_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_line(self, nodes: Nodes, name: str, below: str = "") -> None:
        """Show a line by its nodes in forehead mm, its name, and what stands below it."""
        if (nodes, name, below) != (self._nodes, self.text(), self._below):
            self._nodes, self._below = nodes, below
            self.setText(name)
            self.setAccessibleName(f"{name} {below}".strip())
            self.update()

    def sizeHint(self) -> QSize:
        """Narrow: three share a row."""
        return QSize(80, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, frame, line, words."""
        t = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        ground = t.sel if chosen else t.hover if self.underMouse() else t.win
        strong = chosen or focused
        painter.setPen(QPen(QColor(t.accent if strong else t.edge), 2 if strong else 1))
        painter.setBrush(QColor(ground))
        inset = 1.0 if strong else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, 4, 4)
        if focused and chosen:
            painter.setPen(QPen(QColor(t.text), 1))
            painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), 3, 3)
        self._paint_line(painter)
        painter.setPen(QColor(t.text))
        painter.setFont(font(11 if self._lines == 1 else 12, 600 if chosen else 500))
        words = QRectF(2, 42, self.width() - 4, LINE_HEIGHT)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._below:
            painter.setPen(QColor(t.text2))
            painter.setFont(font(11, figures=True))
            painter.drawText(
                words.translated(0, LINE_HEIGHT), Qt.AlignmentFlag.AlignCenter, self._below
            )
        painter.end()

    def _paint_line(self, painter: QPainter) -> None:
        """The line in the picture's box, never over its rim; the client's left is at the right."""
        if len(self._nodes) < 2:
            return
        box = QRectF(MARGIN, MARGIN - 1, self.width() - 2 * MARGIN, 33)
        scale = min(box.width() / WIDE_MM, box.height() / (HIGHEST - LOWEST))

        def at(point: tuple[float, float]) -> QPointF:
            x, y = point
            return QPointF(box.center().x() + x * scale, box.bottom() - (y - LOWEST) * scale)

        pieces = controls(self._nodes).tolist()
        path = QPainterPath(at(pieces[0][0]))
        for _, first, second, end in pieces:
            path.cubicTo(at(first), at(second), at(end))
        painter.save()
        painter.setClipRect(box.adjusted(-2, -2, 2, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._look.tokens.text), 1.75))
        painter.drawPath(path)
        painter.restore()
