"""A list of curves or zones: show, lock, name, figures; rename, select, reorder by dragging."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFont,
    QIcon,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
)

from studio.render.tokens import ON_PURPOSE
from studio.ui import icons
from studio.ui.look import Look
from studio.ui.theme import font

ROW = 32
EYE, LOCK, NAME, FIRST, SECOND = range(5)
ID_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; `mark` is the zone's letter, empty for a curve."""

    item: str
    name: str
    colour: str
    mark: str
    first: str
    second: str
    hidden: bool
    locked: bool


class ItemList(QTreeWidget):
    """Rows from top to bottom as they lie over each other.

    `picked` tells the selected ids, `renamed` id and name, `hide_wanted` and
    `lock_wanted` an id, `moved` an id and the row it was dropped at.
    """

    picked = Signal(object)
    renamed = Signal(str, str)
    hide_wanted = Signal(str)
    lock_wanted = Signal(str)
    moved = Signal(str, int)
    delete_wanted = Signal()

    def __init__(self, look: Look, name: str, heads: tuple[str, str]) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[Row, ...] = ()
        self.setAccessibleName(name)
        self.setColumnCount(5)
        self.setHeaderLabels(["", "", QCoreApplication.translate("List", "Name"), *heads])
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(18, 18))
        self.setMinimumWidth(200)
        self._lay_out_columns()
        self.itemSelectionChanged.connect(self._tell_picked)
        self.itemChanged.connect(self._tell_renamed)
        self.itemClicked.connect(self._clicked)
        look.changed.connect(self._rebuild)
        self._rebuild()

    def show_rows(self, rows: Sequence[Row], selected: frozenset[str]) -> None:
        """Show these rows; nothing is told about it."""
        self.blockSignals(True)
        if tuple(row.item for row in rows) == tuple(row.item for row in self._rows):
            self._rows = tuple(rows)
            for index, row in enumerate(self._rows):
                self._fill(self.topLevelItem(index), row)
        else:
            self._rows = tuple(rows)
            self._rebuild()
        for index, row in enumerate(self._rows):
            item = self.topLevelItem(index)
            if item is not None:
                item.setSelected(row.item in selected)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks for the selected rows to go."""
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.delete_wanted.emit()
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The case decides about the order; the list only says where the row was dropped."""
        target = self.indexAt(event.position().toPoint())
        row = target.row() if target.isValid() else len(self._rows) - 1
        dragged = self.currentItem()
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if dragged is not None:
            self.moved.emit(str(dragged.data(NAME, ID_ROLE)), row)

    def _lay_out_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(28)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((EYE, 30), (LOCK, 28), (FIRST, 52), (SECOND, 56)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, width)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        head = self.headerItem()
        for column in (FIRST, SECOND):
            head.setTextAlignment(column, right)

    def _rebuild(self) -> None:
        blocked = self.blockSignals(True)
        self.clear()
        for row in self._rows:
            item = QTreeWidgetItem(self)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self._fill(item, row)
        self.setFixedHeight(ROW * len(self._rows) + self.header().sizeHint().height() + 2)
        self.blockSignals(blocked)

    def _fill(self, item: QTreeWidgetItem | None, row: Row) -> None:
        if item is None:
            return
        look = self._look
        item.setData(NAME, ID_ROLE, row.item)
        item.setIcon(EYE, look.icon("eye-off" if row.hidden else "eye"))
        item.setIcon(LOCK, look.icon("lock" if row.locked else "lock-open"))
        item.setToolTip(EYE, _shown_words(row.hidden))
        item.setToolTip(LOCK, _locked_words(row.locked))
        item.setText(NAME, row.name)
        item.setToolTip(NAME, row.name)
        item.setIcon(NAME, swatch(row.colour, row.mark))
        item.setText(FIRST, row.first)
        item.setText(SECOND, row.second)
        dim = QColor(look.tokens.dis if row.hidden else look.tokens.text)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column in (FIRST, SECOND):
            item.setTextAlignment(column, right)
            item.setFont(column, font(12, figures=True))
        for column in (NAME, FIRST, SECOND):
            item.setForeground(column, dim)
        item.setSizeHint(NAME, QSize(0, ROW))

    def _tell_picked(self) -> None:
        self.picked.emit(frozenset(str(i.data(NAME, ID_ROLE)) for i in self.selectedItems()))

    def _tell_renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == NAME:
            self.renamed.emit(str(item.data(NAME, ID_ROLE)), item.text(NAME))

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column == EYE:
            self.hide_wanted.emit(str(item.data(NAME, ID_ROLE)))
        elif column == LOCK:
            self.lock_wanted.emit(str(item.data(NAME, ID_ROLE)))


def swatch(colour: str, mark: str) -> QIcon:
    """A square in the zone's colour with its letter, or a short stroke for a curve."""
    pixmap = QPixmap(36, 36)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(2)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(0, 0, 18, 18, 3, 3)
        painter.setPen(QColor(ON_PURPOSE))
        painter.setFont(font(11, QFont.Weight.Bold.value))
        painter.drawText(0, 0, 18, 18, Qt.AlignmentFlag.AlignCenter, mark)
    else:
        painter.setPen(QPen(QColor(colour), 2.5))
        painter.drawLine(1, 13, 17, 5)
    painter.end()
    return icons.untinted(pixmap)


def _shown_words(hidden: bool) -> str:
    if hidden:
        return QCoreApplication.translate("List", "Hidden: left out of the dots and the map")
    return QCoreApplication.translate("List", "Shown. Click to hide")


def _locked_words(locked: bool) -> str:
    if locked:
        return QCoreApplication.translate("List", "Locked. Click to unlock")
    return QCoreApplication.translate("List", "Free to change. Click to lock")
