"""The cards of the variants: choose, rename, duplicate, delete."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from studio.model.case import Variant
from studio.model.wording import quantity_text
from studio.ui.fields import icon_button
from studio.ui.look import Look
from studio.ui.theme import font
from studio.ui.variant_pictures import SIZE, Seen, VariantPictures

CARD = QSize(92, 100)
COLUMNS = 3


class Card(QAbstractButton):
    """One variant. `rename_wanted` follows F2 or a double click."""

    rename_wanted = Signal()

    def __init__(self, look: Look, seen: Callable[[], Seen | None]) -> None:
        super().__init__()
        self._look, self._seen = look, seen
        self.letter = self.name = ""
        self.setCheckable(True)
        self.setFixedSize(CARD)

    def show_variant(self, variant: Variant) -> None:
        """Say what the card stands for."""
        self.letter, self.name = variant.letter, variant.name
        seen = self._seen()
        height = quantity_text(seen.height, "mm") if seen and seen.height else ""
        words = " ".join(word for word in (self.letter, self.name, height) if word)
        self.setAccessibleName(QCoreApplication.translate("Variants", "Variant {0}").format(words))
        tip = QCoreApplication.translate("Variants", "Double-click or F2 to rename")
        self.setToolTip(f"{words}\n{tip}")
        self.update()

    @property
    def name_place(self) -> QRect:
        """Where the name stands."""
        return QRect(2, SIZE.height() + 3, CARD.width() - 4, 20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames."""
        if event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Rename."""
        self.rename_wanted.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, letter and name, height; selection and focus as rings."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(QColor(tokens.hover if self.underMouse() else tokens.win))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        seen = self._seen()
        place = QRect(2, 2, SIZE.width(), SIZE.height())
        if seen is None:
            painter.fillRect(place, QColor(tokens.field))
        else:
            painter.drawImage(place, seen.picture)
        self._paint_words(painter, seen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        if self.isChecked():
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
        if self.hasFocus():
            painter.drawRoundedRect(self.rect().adjusted(5, 5, -5, -5), 2, 2)
        painter.end()

    def _paint_words(self, painter: QPainter, seen: Seen | None) -> None:
        tokens, line = self._look.tokens, self.name_place.adjusted(5, 0, -3, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        painter.setFont(font(12, 700))
        painter.drawText(line, middle, self.letter)
        line.setLeft(line.left() + painter.fontMetrics().horizontalAdvance(f"{self.letter} "))
        painter.setFont(font(12))
        elided = painter.fontMetrics().elidedText(
            self.name, Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, middle, elided)
        if seen is not None and seen.height is not None:
            painter.setPen(QColor(tokens.text2))
            painter.setFont(font(11))
            below = self.name_place.adjusted(5, 17, 0, 17)
            painter.drawText(below, middle, quantity_text(seen.height, "mm"))


class VariantBar(QWidget):
    """All cards, three in a row, and two buttons."""

    chosen = Signal(str)
    renamed = Signal(str, str)
    add_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, look: Look, pictures: VariantPictures) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._variants: tuple[Variant, ...] = ()
        self._cards: dict[str, Card] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
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
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addStretch(1)
        buttons.addWidget(add)
        buttons.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 4, 0)
        column.setSpacing(0)
        column.addLayout(self._grid)
        column.addLayout(buttons)
        pictures.changed.connect(self._show_words)

    def show_variants(self, variants: Sequence[Variant], chosen: str) -> None:
        """Show these variants with one chosen; nothing is told about it."""
        self._variants = tuple(variants)
        if [variant.id for variant in variants] != list(self._cards):
            self._rebuild()
        self._delete.setEnabled(len(variants) > 1)
        self._cards[chosen].setChecked(True)
        self._show_words()

    def _show_words(self) -> None:
        for variant in self._variants:
            self._cards[variant.id].show_variant(variant)

    def _rebuild(self) -> None:
        for card in self._cards.values():
            self._group.removeButton(card)
            card.hide()
            card.setParent(None)
            card.deleteLater()
        self._cards = {variant.id: self._card(variant.id) for variant in self._variants}
        for place, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, place // COLUMNS, place % COLUMNS)

    def _card(self, variant: str) -> Card:
        card = Card(self._look, lambda: self._pictures.seen.get(variant))
        card.clicked.connect(lambda: self.chosen.emit(variant))
        card.rename_wanted.connect(lambda: self._rename(variant))
        self._group.addButton(card)
        return card

    def _rename(self, variant: str) -> None:
        """A field over the card's name; Enter or leaving it takes the name, Escape does not."""
        card = self._cards[variant]
        field = _NameField(card, card.name)
        field.setGeometry(card.name_place)
        field.taken.connect(lambda name: self.renamed.emit(variant, name))
        field.show()
        field.selectAll()
        field.setFocus()


class _NameField(QLineEdit):
    """Lives until its name is taken or given up."""

    taken = Signal(str)

    def __init__(self, card: QWidget, name: str) -> None:
        super().__init__(name, card)
        self._card, self._ended = card, False
        words = QCoreApplication.translate("Variants", "Name of this design")
        self.setAccessibleName(words)
        self.setStyleSheet("padding: 0 2px; min-height: 0;")
        self.editingFinished.connect(lambda: self._end(keep=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the new name up."""
        if event.key() == Qt.Key.Key_Escape:
            self._end(keep=False)
        else:
            super().keyPressEvent(event)

    def _end(self, *, keep: bool) -> None:
        if self._ended:
            return
        self._ended = True
        self.hide()
        self.deleteLater()
        self._card.setFocus()
        if keep:
            self.taken.emit(self.text())
