"""“Adding 5 photos”: what was taken, what was refused and why, which view each one is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.model.photo import View
from studio.render.view_names import VIEWS
from studio.ui import icons
from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import restyle, text
from studio.ui.importing import Import, Incoming, State
from studio.ui.look import Look
from studio.ui.view_words import named


class AddPhotos(Dialog):
    """Follows an import; `finished_with` gets it when the person goes on."""

    def __init__(
        self,
        parent: QWidget,
        look: Look,
        importing: Import,
        finished_with: Callable[[Import], object],
    ) -> None:
        title = _title(len(importing.rows))
        super().__init__(parent, title, 720)
        self._look, self._import, self._then = look, importing, finished_with
        self.summary = text("", "hint")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.content.addWidget(self._bar)
        self._rows = [PhotoRow(look, row, self._choose_again) for row in importing.rows]
        self.content.addWidget(_scrolled(self._rows))
        self.content.addWidget(self.summary)
        self.add_button(QCoreApplication.translate("AddPhotos", "Cancel"), self._cancel)
        self.add_button(
            QCoreApplication.translate("AddPhotos", "Copy report"), self._copy_report, closes=False
        )
        self.go = self.add_button("", self._finish, main=True)
        importing.progressed.connect(self._progressed)
        self.rejected.connect(importing.cancel)
        self._show_state()

    def _progressed(self, index: int) -> None:
        self._rows[index].show_row(self._import.rows[index])
        self._show_state()

    def _show_state(self) -> None:
        rows = self._import.rows
        taken = len(self._import.taken)
        refused = sum(row.state is State.REFUSED for row in rows)
        self._bar.setRange(0, len(rows))
        self._bar.setValue(taken + refused)
        self._bar.setVisible(not self._import.done)
        words = QCoreApplication.translate("AddPhotos", "{taken} read, {refused} refused")
        self.summary.setText(words.format(taken=taken, refused=refused))
        go = QCoreApplication.translate("AddPhotos", "Continue with {count}")
        self.go.setText(go.format(count=taken))
        self.go.setEnabled(self._import.done and taken > 0)

    def _choose_again(self, row: Incoming) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, QCoreApplication.translate("AddPhotos", "Choose again")
        )
        if name:
            self._import.replace_file(self._import.rows.index(row), Path(name))

    def _copy_report(self) -> None:
        lines = [f"{row.name}: {row.words or row.state.value}" for row in self._import.rows]
        QApplication.clipboard().setText("\n".join(lines))

    def _cancel(self) -> None:
        self._import.cancel()

    def _finish(self) -> None:
        self._then(self._import)


class PhotoRow(QFrame):
    """One file: picture, name, what happened, its view."""

    def __init__(self, look: Look, row: Incoming, again: Callable[[Incoming], object]) -> None:
        super().__init__()
        self._look, self._row, self._again_with = look, row, again
        self.setMinimumHeight(60)
        self._picture = QLabel()
        self._picture.setFixedSize(32, 42)
        self._name = text(row.name, "heading")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._words = text("", "hint", wrap=True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._view = QComboBox()
        self._view.setAccessibleName(QCoreApplication.translate("AddPhotos", "View"))
        for view, words in VIEWS.items():
            self._view.addItem(named(words), view)
        self._view.setCurrentIndex(list(VIEWS).index(row.view))
        self._view.activated.connect(self._set_view)
        self._again = QPushButton(QCoreApplication.translate("AddPhotos", "Choose again"))
        self._again.clicked.connect(lambda: self._again_with(self._row))
        self._mark = QLabel()
        self._mark.setFixedWidth(20)
        words_column = QVBoxLayout()
        words_column.setSpacing(2)
        words_column.addWidget(self._name)
        words_column.addWidget(self._words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(12)
        layout.addWidget(self._picture)
        layout.addLayout(words_column, 1)
        layout.addWidget(self._view)
        layout.addWidget(self._again)
        layout.addWidget(self._mark)
        self.show_row(row)

    def show_row(self, row: Incoming) -> None:
        """Show how far the file has come."""
        self._row = row
        refused = row.state is State.REFUSED
        waiting = QCoreApplication.translate("AddPhotos", "Reading")
        self._name.setText(row.name)
        self._words.setText(waiting if row.state is State.WAITING else row.words or _good(row))
        self._view.setVisible(not refused)
        self._again.setVisible(refused)
        self.setProperty("banner", "err" if refused else "")
        restyle(self)
        tokens = self._look.tokens
        name, colour = {
            State.WAITING: ("circle-dashed", tokens.text2),
            State.TAKEN: ("check", tokens.ok),
            State.REFUSED: ("file-x", tokens.err),
        }[row.state]
        self._mark.setPixmap(icons.pixmap(name, colour, 20, self.devicePixelRatioF()))
        if row.arrival is not None:
            self._picture.setPixmap(_thumb(row))

    def _set_view(self, index: int) -> None:
        self._row.view = View(self._view.itemData(index))


def _title(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("AddPhotos", "Adding a photo")
    return QCoreApplication.translate("AddPhotos", "Adding {count} photos").format(count=count)


def _good(row: Incoming) -> str:
    if row.arrival is not None and row.arrival.sticker is not None:
        return QCoreApplication.translate(
            "AddPhotos", "Sticker found. Location and camera removed."
        )
    return QCoreApplication.translate("AddPhotos", "Location and camera removed.")


def _thumb(row: Incoming) -> QPixmap:
    if row.arrival is None:
        return QPixmap()
    level = row.arrival.pyramid.levels[-1]
    rows, columns = level.shape[:2]
    image = QImage(level.data, columns, rows, level.strides[0], QImage.Format.Format_RGB32)
    keep = Qt.AspectRatioMode.KeepAspectRatio
    return QPixmap.fromImage(image.scaled(32, 42, keep, Qt.TransformationMode.SmoothTransformation))


def _scrolled(rows: list[PhotoRow]) -> QScrollArea:
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setWidget(inner)
    scroll.setWidgetResizable(True)
    scroll.setMinimumHeight(min(420, 66 * max(1, len(rows)) + 8))
    return scroll
