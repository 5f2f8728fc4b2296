"""The field in which a size in millimetres is typed, and refused in words if it cannot be."""

import math

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from studio.model.refusal import Refusal
from studio.model.wording import number_text
from studio.ui.fields import FIELD_WIDTH, restyle
from studio.ui.stages.measure_words import size_text

UNIT = "mm"


class SizeField(QLineEdit):
    """`settled` tells a good size in mm, `refused` the sentence about a bad one.

    A bad text stays, marked, until it is corrected or Esc brings the last good one back.
    """

    settled = Signal(float)
    refused = Signal(str)

    def __init__(self, name: str, limits_mm: tuple[float, float]) -> None:
        super().__init__()
        self._limits = limits_mm
        self._size: float | None = 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(FIELD_WIDTH)
        self.setAccessibleName(name)
        self.editingFinished.connect(self._finished)

    def show_size(self, size_mm: float | None) -> None:
        """Show a size, or none, without telling anybody, unless a bad text waits for correction."""
        changed = size_mm != self._size
        self._size = size_mm
        if changed or not (self.hasFocus() or self.property("error")):
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings the last good size back."""
        if event.key() == Qt.Key.Key_Escape:
            self._write()
            return
        super().keyPressEvent(event)

    def _write(self) -> None:
        self.setText("" if self._size is None else f"{size_text(self._size)} {UNIT}")
        self._mark("")

    def _finished(self) -> None:
        if self._size is None and not self.text().strip():
            self._mark("")
            return
        try:
            size = size_in(self.text(), self._limits)
        except Refusal as refusal:
            if self.toolTip() != str(refusal):
                self._mark(str(refusal))
                self.refused.emit(str(refusal))
            return
        changed = self._size is None or abs(size - self._size) > 1e-9
        self._size = size
        self._write()
        if changed:
            self.settled.emit(size)

    def _mark(self, sentence: str) -> None:
        """Show that the text was refused, or that it is good."""
        self.setToolTip(sentence)
        self.setAccessibleDescription(sentence)
        self.setProperty("error", bool(sentence))
        restyle(self)


def size_in(typed: str, limits_mm: tuple[float, float]) -> float:
    """The millimetres in a text, with decimal point or comma; Refusal if there are none."""
    bare = typed.strip().removesuffix(UNIT).strip().replace(",", ".")
    try:
        size = float(bare)
    except ValueError as error:
        words = QCoreApplication.translate(
            "Measure", "“{text}” is not a length. Type millimetres, such as 50 or 50.5."
        )
        raise Refusal(words.format(text=typed.strip())) from error
    low, high = limits_mm
    if not (math.isfinite(size) and low <= size <= high):
        words = QCoreApplication.translate(
            "Measure", "This must be between {low} and {high} mm. Measure it again, then type it."
        )
        raise Refusal(words.format(low=number_text(low), high=number_text(high)))
    return size
