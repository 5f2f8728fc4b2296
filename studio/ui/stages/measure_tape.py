"""The tape round the head: its reading, and a picture of where it goes."""

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.editing.edits.head import set_tape
from studio.model.head import Tape
from studio.ui.fields import Section, icon_button, text
from studio.ui.look import Look
from studio.ui.stages.head_picture import paint_profile
from studio.ui.stages.measure_size import SizeField
from studio.ui.theme import font
from studio.ui.workbench import Workbench

LIMITS_MM = (450.0, 720.0)
"""What a tape round a head can read, children included."""

USUAL_MM = 570.0


class TapeSection(Section):
    """One field for the whole case; a cross takes the reading out."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(QCoreApplication.translate("Measure", "Tape round the head"), "tape")
        self._bench = bench
        self._shown: Tape | None = Tape(-1.0)
        name = QCoreApplication.translate("Measure", "Tape round the head in millimetres")
        self.reading = SizeField(name, LIMITS_MM)
        self.reading.setMinimumHeight(32)
        self.reading.settled.connect(self._set)
        self.reading.refused.connect(bench.said)
        self.state = text("", "hint", wrap=True)
        self.remove = icon_button(bench.look.icon("x"), "")
        bench.look.dress(self.remove, "x")
        words = QCoreApplication.translate("Measure", "Remove the tape's reading")
        self.remove.setAccessibleName(words)
        self.remove.setToolTip(words)
        self.remove.clicked.connect(self._remove)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.reading)
        row.addWidget(self.remove)
        row.addStretch(1)
        words = QCoreApplication.translate(
            "Measure",
            "Lay it 15 mm above the glabella and over the point farthest behind, snug, not tight.",
        )
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(row)
        left.addWidget(self.state)
        left.addWidget(text(words, "caption", wrap=True))
        left.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(8)
        both.addLayout(left, 1)
        both.addWidget(TapePicture(bench.look))
        self.content.addLayout(both)
        self.refresh()

    def refresh(self) -> None:
        """Show the case's reading."""
        tape = self._bench.case.tape
        if tape == self._shown:
            return
        self._shown = tape
        self.remove.setVisible(tape is not None)
        if tape is None:
            self.reading.show_size(None)
            self.state.setText(QCoreApplication.translate("Measure", "not measured"))
        else:
            self.reading.show_size(tape.size_mm)
            words = QCoreApplication.translate("Measure", "± {error} mm")
            self.state.setText(words.format(error=f"{tape.size_se:g}"))

    def _set(self, size_mm: float) -> None:
        label = QCoreApplication.translate("Steps", "Tape round the head")
        self._bench.apply(label, lambda case: set_tape(case, Tape(size_mm)))

    def _remove(self) -> None:
        label = QCoreApplication.translate("Steps", "Remove the tape")
        self._bench.apply(label, lambda case: set_tape(case, None))


class TapePicture(QWidget):
    """A head from its left with the tape on the hat line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(QSize(112, 112))
        look.changed.connect(self.update)
        self.setAccessibleName(
            QCoreApplication.translate(
                "Measure",
                "A head from the side: the tape runs 15 mm above the glabella and over "
                "the point farthest behind",
            )
        )

    def paintEvent(self, _event: object) -> None:
        """Profile, ear, tape, and the 15 mm above the glabella."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_profile(painter, tokens)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 4, c=Qt.PenCapStyle.FlatCap))
        tape = QPainterPath(QPointF(22.5, 40))
        tape.cubicTo(QPointF(45, 48), QPointF(75, 52), QPointF(99.5, 50))
        painter.drawPath(tape)
        painter.setPen(QPen(QColor(tokens.text), 1))
        painter.drawLine(QPointF(14, 40), QPointF(14, 49))
        for y in (40.0, 49.0):
            painter.drawLine(QPointF(11, y), QPointF(20, y))
        painter.setFont(font(10, figures=True))
        painter.drawText(QRectF(0, 20, 40, 16), Qt.AlignmentFlag.AlignLeft, "15 mm")
        painter.end()
