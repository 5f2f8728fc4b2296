"""The row of variants: choose, rename, duplicate, delete."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.model.case import Variant
from studio.ui.fields import Segments, icon_button
from studio.ui.look import Look


class VariantBar(QWidget):
    """Letters in a row, the chosen one's name below."""

    chosen = Signal(str)
    renamed = Signal(str, str)
    add_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._current = ""
        self._segments: Segments | None = None
        self._letters = QHBoxLayout()
        self._letters.setSpacing(0)
        self._name = QLineEdit()
        self._name.setPlaceholderText(QCoreApplication.translate("Variants", "Name of this design"))
        self._name.setAccessibleName(QCoreApplication.translate("Variants", "Name of this design"))
        self._name.editingFinished.connect(self._rename)
        add = icon_button(
            look.icon("copy"), QCoreApplication.translate("Variants", "Duplicate variant")
        )
        look.dress(add, "copy")
        add.clicked.connect(self.add_wanted)
        self._delete = icon_button(
            look.icon("trash-2"), QCoreApplication.translate("Variants", "Delete variant")
        )
        look.dress(self._delete, "trash-2")
        self._delete.clicked.connect(self.delete_wanted)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addLayout(self._letters)
        top.addStretch(1)
        top.addWidget(add)
        top.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 8, 4)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._name)

    def show_variants(self, variants: Sequence[Variant], chosen: str) -> None:
        """Show these variants with one chosen; nothing is told about it."""
        rows = tuple((variant.id, variant.letter) for variant in variants)
        if rows != self._shown:
            self._shown = rows
            self._rebuild()
        self._current = chosen
        self._delete.setEnabled(len(variants) > 1)
        if self._segments is not None:
            self._segments.show_choice(chosen)
        name = next(variant.name for variant in variants if variant.id == chosen)
        if not self._name.hasFocus():
            self._name.setText(name)

    def _rebuild(self) -> None:
        if self._segments is not None:
            self._segments.hide()
            self._segments.deleteLater()
        self._segments = Segments(
            QCoreApplication.translate("Variants", "Variant"), list(self._shown)
        )
        self._segments.chosen.connect(self.chosen)
        self._letters.addWidget(self._segments)

    def _rename(self) -> None:
        self.renamed.emit(self._current, self._name.text())
