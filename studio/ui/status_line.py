"""The line at the bottom: what to do now, where the pointer is, the scale, the zoom, saved."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QStatusBar, QToolButton, QWidget

from studio.ui import icons
from studio.ui.fields import restyle, text
from studio.ui.look import Look
from studio.ui.theme import font
from studio.ui.work_bar import WorkBar


class StatusLine(QStatusBar):
    """Hint at the left, figures at the right, `work` between them while a file is written."""

    def __init__(self, look: Look, zoom: tuple[QAction, QAction, QAction]) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._look = look
        self._tool = text("", "heading")
        self._hint = Hint()
        self._where = text("")
        self._scale_icon = QLabel()
        self._scale = text("")
        self._zoom = text("")
        self._saved = text("", "hint")
        for label in (self._where, self._scale, self._zoom):
            label.setFont(font(12, figures=True))
        self._where.setMinimumWidth(150)
        self._zoom.setMinimumWidth(44)
        out, into, fit = (self._button(a, n) for a, n in zip(zoom, ZOOM_ICONS, strict=True))
        self.addWidget(self._tool)
        self.addWidget(self._hint, 1)
        self.work = WorkBar()
        for part in (
            self.work,
            self._where,
            _bar(),
            self._scale_icon,
            self._scale,
            _bar(),
            out,
            self._zoom,
            into,
            fit,
            _bar(),
            self._saved,
        ):
            self.addPermanentWidget(part)
        self.setContentsMargins(12, 0, 12, 0)

    def show_tool(self, name: str, hint: str) -> None:
        """The tool in hand and what to do with it."""
        self._tool.setText(name)
        self._hint.show_words(hint)

    def show_pointer(self, words: str, help_: str = "") -> None:
        """Where the pointer is, and what that means; "" where there is nothing to say.

        The room for it only grows, so that nothing beside it moves with the pointer.
        """
        self._where.setText(words)
        self._where.setToolTip(help_)
        room = self._where.sizeHint().width()
        if room > self._where.minimumWidth():
            self._where.setMinimumWidth(room)

    def show_scale(self, words: str, *, known: bool) -> None:
        """Scale of the photo with ± and method, or that there is none."""
        self._scale.setText(words)
        self._scale.setProperty("tone", "" if known else "warn")
        restyle(self._scale)
        tokens = self._look.tokens
        name, colour = (
            ("ruler-dimension-line", tokens.text) if known else ("triangle-alert", tokens.warn)
        )
        self._scale_icon.setVisible(bool(words))
        self._scale_icon.setPixmap(icons.pixmap(name, colour, 16, self.devicePixelRatioF()))

    def show_zoom(self, factor: float) -> None:
        """Zoom in per cent of photo pixels."""
        self._zoom.setText(f"{factor * 100:.0f} %" if factor > 0 else "")

    def show_saved(self, words: str) -> None:
        """Whether everything is in the file."""
        self._saved.setText(words)

    def _button(self, action: QAction, icon: str) -> QToolButton:
        self._look.dress(action, icon)
        button = QToolButton()
        button.setDefaultAction(action)
        button.setIconSize(QSize(16, 16))
        button.setMinimumSize(32, 28)
        button.setAccessibleName(action.text())
        return button


class Hint(QLabel):
    """Words that give way to the figures beside them: cut short, they are whole as a tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "hint")
        self.setMinimumWidth(1)
        self._words = ""

    def show_words(self, words: str) -> None:
        """Show as much of them as there is room for."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cut = self.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setText(cut)
        self.setToolTip(self._words if cut != self._words else "")


ZOOM_ICONS = ("minus", "plus", "maximize")


def saved_words(saved: bool, at: str) -> str:
    """What the status line says of the file; `at` is the time of the last save or empty."""
    if not saved:
        return QCoreApplication.translate("Status", "Not saved yet, kept for recovery")
    return QCoreApplication.translate("Status", "Saved {time}").format(time=at) if at else ""


def _bar() -> QWidget:
    frame = QFrame()
    frame.setFixedSize(1, 16)
    frame.setProperty("rule", True)
    frame.setStyleSheet("max-height: 16px; min-height: 16px;")
    return frame
