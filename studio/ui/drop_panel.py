"""What stands on the desk before there is a photo: where to drop them, and which are needed."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.model.photo import View
from studio.render.view_names import view_name
from studio.ui import icons
from studio.ui.fields import text
from studio.ui.look import Look
from studio.ui.theme import font

NEEDED = (View.FRONT, View.LEFT, View.RIGHT, View.TOP)
ADVISED = (View.BACK, View.BROWS_RAISED, View.CLOSE_UP)


class DropPanel(QWidget):
    """Asks for photos; the whole window takes the drop, this only says so."""

    choose_wanted = Signal()
    stickers_wanted = Signal()
    practice_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.hovered = False
        self._picture = picture = QLabel()
        look.changed.connect(self._show_picture)
        self._show_picture()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = text(QCoreApplication.translate("Drop", "Drop the photos of the head here"), "page")
        advice = text(
            QCoreApplication.translate(
                "Drop",
                "One plain wall, camera at eye height, 1.5 m away. "
                "Put the 20 mm sticker on the forehead.",
            ),
            "hint",
        )
        for label in (title, advice):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        views = QHBoxLayout()
        views.setSpacing(12)
        views.addStretch(1)
        for view in (*NEEDED, *ADVISED):
            views.addWidget(_ViewCard(look, view, needed=view in NEEDED))
        views.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        for part in (picture, title, advice):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(self._buttons())
        column.addSpacing(48)
        column.addLayout(views)
        column.addStretch(3)

    def show_hover(self, hovered: bool) -> None:
        """A drag with photos is over the window."""
        self.hovered = hovered
        self.update()

    def _show_picture(self) -> None:
        self._picture.setPixmap(icons.pixmap("image-plus", self._look.tokens.text2, 56, 2.0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dashed frame of a place to drop at, solid while something hovers."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.canvas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens.accent if self.hovered else tokens.ctl), 2)
        pen.setStyle(Qt.PenStyle.SolidLine if self.hovered else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(24, 24, -24, -24), 8, 8)
        painter.end()

    def _buttons(self) -> QHBoxLayout:
        choose = QPushButton(QCoreApplication.translate("Drop", "Choose photos"))
        choose.setProperty("main", True)
        self._look.dress(choose, "folder-open", main=True)
        stickers = QPushButton(QCoreApplication.translate("Drop", "Print stickers"))
        self._look.dress(stickers, "printer")
        practice = QPushButton(QCoreApplication.translate("Drop", "Practice head"))
        self._look.dress(practice, "image")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for button, signal in (
            (choose, self.choose_wanted),
            (stickers, self.stickers_wanted),
            (practice, self.practice_wanted),
        ):
            button.setMinimumHeight(32)
            button.clicked.connect(lambda _on, signal=signal: signal.emit())
            row.addWidget(button)
        row.addStretch(1)
        return row


class _ViewCard(QWidget):
    """One view with its name and whether it is needed."""

    def __init__(self, look: Look, view: View, *, needed: bool) -> None:
        super().__init__()
        self._look = look
        self.setFixedSize(96, 56)
        self._name = view_name(view)
        self._detail = (
            QCoreApplication.translate("Drop", "needed")
            if needed
            else QCoreApplication.translate("Drop", "advised")
        )
        self.setAccessibleName(f"{self._name}, {self._detail}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.text))
        painter.setFont(font(12, 600))
        painter.drawText(self.rect().adjusted(0, 8, 0, -26), centre, self._name)
        painter.setPen(QColor(tokens.text2))
        painter.setFont(font(11))
        painter.drawText(self.rect().adjusted(0, 28, 0, -8), centre, self._detail)
        painter.end()
