"""The strip of photos under the canvas: view, picture, and how well it is measured."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QPen, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QWidget,
)

from studio.ui.fields import icon_button
from studio.ui.look import Look
from studio.ui.theme import font

CARD = QSize(140, 64)
PICTURE = QSize(46, 62)
HEIGHT = 80


@dataclass(frozen=True, slots=True)
class Frame:
    """What a card says: id of the photo, its view's name, its ± or `no scale`."""

    photo: str
    name: str
    detail: str
    measured: bool


class Card(QAbstractButton):
    """One photo of the strip."""

    def __init__(self, look: Look, frame: Frame, picture: Callable[[], QPixmap | None]) -> None:
        super().__init__()
        self._look, self.frame, self._picture = look, frame, picture
        self.setCheckable(True)
        self.setFixedSize(CARD)
        self.setAccessibleName(f"{frame.name}, {frame.detail}")
        self.setToolTip(f"{frame.name}, {frame.detail}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture at the left, two lines beside it, selection and focus as rings."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = (
            tokens.sel if self.isChecked() else tokens.hover if self.underMouse() else tokens.win
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(self.rect(), 3, 3)
        picture = self._picture()
        place = QRect(1, 1, PICTURE.width(), PICTURE.height())
        if picture is not None:
            painter.drawPixmap(place, picture)
        else:
            painter.fillRect(place, QColor(tokens.field))
        self._paint_words(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 3, 3)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(self.rect().adjusted(5, 5, -5, -5), 2, 2)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self._look.tokens
        left, width = PICTURE.width() + 9, CARD.width() - PICTURE.width() - 13
        painter.setPen(QColor(tokens.text))
        painter.setFont(font(12, 600 if self.isChecked() else 500))
        painter.drawText(QRect(left, 12, width, 20), Qt.AlignmentFlag.AlignVCenter, self.frame.name)
        painter.setPen(QColor(tokens.text2 if self.frame.measured else tokens.warn))
        painter.setFont(font(11))
        painter.drawText(
            QRect(left, 30, width, 18), Qt.AlignmentFlag.AlignVCenter, self.frame.detail
        )


class Filmstrip(QWidget):
    """All photos in a row. `chosen` tells the photo's id, `add_wanted` asks for more."""

    chosen = Signal(str)
    add_wanted = Signal()

    def __init__(self, look: Look, picture: Callable[[str, int, int], QPixmap | None]) -> None:
        super().__init__()
        self._look, self._picture = look, picture
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._group = QButtonGroup(self)
        self._cards: dict[str, Card] = {}
        self._frames: tuple[Frame, ...] = ()
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        inner = QWidget()
        inner.setLayout(self._row)
        inner.setAutoFillBackground(False)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        for number in range(1, 10):
            key = QShortcut(QKeySequence(str(number)), self)
            key.activated.connect(partial(self._choose, number - 1))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 16, 8)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._add_button())

    def show_photos(self, frames: Sequence[Frame], current: str) -> None:
        """Show these photos, with the current one marked."""
        if tuple(frames) != self._frames:
            self._frames = tuple(frames)
            self._rebuild()
        if current in self._cards:
            self._cards[current].setChecked(True)
            self._scroll.ensureWidgetVisible(self._cards[current])

    def _choose(self, place: int) -> None:
        """Choose the photo at a place in the row, from 0; nothing if there is none."""
        if place < len(self._frames):
            self.chosen.emit(self._frames[place].photo)

    def refresh(self) -> None:
        """Paint again: a picture was decoded."""
        for card in self._cards.values():
            card.update()

    def _rebuild(self) -> None:
        for card in self._cards.values():
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        while self._row.takeAt(0):
            pass
        self._cards = {frame.photo: self._card(frame) for frame in self._frames}
        for card in self._cards.values():
            self._row.addWidget(card)
        self._row.addStretch(1)

    def _card(self, frame: Frame) -> Card:
        card = Card(
            self._look,
            frame,
            lambda: self._picture(frame.photo, PICTURE.width(), PICTURE.height()),
        )
        card.clicked.connect(lambda _on: self.chosen.emit(frame.photo))
        self._group.addButton(card)
        return card

    def _add_button(self) -> QToolButton:
        name = QCoreApplication.translate("Filmstrip", "Add photos")
        button = icon_button(self._look.icon("image-plus"), name)
        self._look.dress(button, "image-plus")
        button.setFixedSize(40, 40)
        button.clicked.connect(self.add_wanted)
        return button
