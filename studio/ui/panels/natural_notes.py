"""What about a hairline does not look grown, in quiet rows; a click shows the place."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.planning.naturalness import Note, notes
from studio.ui import icons
from studio.ui.fields import text
from studio.ui.hairline_desk import HairlineDesk, this_year
from studio.ui.look import Look
from studio.ui.workbench import Workbench

PAUSE_MS = 200
"""Notes follow when the hand rests: they hold the whole line against its figures."""


class NaturalNotes(QWidget):
    """The notes on the grown hairline, or on those drawn by hand.

    `wanted` tells a note that was clicked.
    """

    wanted = Signal(object)

    def __init__(self, bench: Workbench, desk: HairlineDesk) -> None:
        super().__init__()
        self._bench, self._desk = bench, desk
        self._shown: tuple[Note, ...] = ()
        self._title = text(QCoreApplication.translate("Notes", "What does not look grown"), "hint")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._rows)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.read)
        bench.open_case.changed.connect(lambda _before, _after: self._timer.start())
        bench.open_case.replaced.connect(self._timer.start)
        bench.selection_changed.connect(self._timer.start)
        bench.photo_changed.connect(lambda _id: self._timer.start())
        self.setVisible(False)

    def read(self) -> None:
        """Look at the lines now."""
        self._timer.stop()
        case = self._bench.case
        curve = self._desk.curve
        found = tuple(
            note
            for note in notes(case, case.variant, this_year())
            if curve is None or note.curve == curve.id
        )
        if found == self._shown:
            return
        self._shown = found
        while (row := self._rows.takeAt(0)) is not None:
            widget = row.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for note in found:
            line = NoteRow(self._bench.look, note)
            line.clicked.connect(partial(self.wanted.emit, note))
            self._rows.addWidget(line)
        self.setVisible(bool(found))


class NoteRow(QAbstractButton):
    """One fact: a sign, and a sentence over as many lines as it needs."""

    def __init__(self, look: Look, note: Note) -> None:
        super().__init__()
        self._look = look
        self.setText(note.sentence)
        self.setAccessibleName(note.sentence)
        self.setAccessibleDescription(note.source)
        grade = QCoreApplication.translate("Notes", "Grade {0}").format(note.grade)
        self.setToolTip(f"{note.source}\n{grade}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._sign, words = QLabel(), text(note.sentence, "hint", wrap=True)
        for part in (self._sign, words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setMinimumHeight(32)
        look.changed.connect(self._show_sign)
        self._show_sign()

    def sizeHint(self) -> QSize:
        """As its layout has it."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the sentence needs."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground under the pointer, a frame with the focus."""
        if not (self.hasFocus() or self.underMouse()):
            return
        t = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        painter.setPen(QPen(QColor(t.accent), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _show_sign(self) -> None:
        self._sign.setPixmap(
            icons.pixmap("info", self._look.tokens.text2, 16, self.devicePixelRatioF())
        )
