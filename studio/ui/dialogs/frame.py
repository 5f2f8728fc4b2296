"""The frame all dialogs share: title, content, and a row of buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.ui.fields import rule, text


class Dialog(QDialog):
    """A dialog that is opened with `open()`; what a button does is given with it."""

    def __init__(self, parent: QWidget | None, title: str, width: int = 480) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        heading = text(title, "title")
        heading.setContentsMargins(24, 16, 24, 12)
        column.addWidget(heading)
        column.addWidget(rule())
        self.content = QVBoxLayout()
        self.content.setContentsMargins(24, 16, 24, 16)
        self.content.setSpacing(8)
        column.addLayout(self.content, 1)
        column.addWidget(rule())
        self.buttons = QHBoxLayout()
        self.buttons.setContentsMargins(24, 12, 24, 12)
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)

    def add_button(
        self, words: str, does: Callable[[], object], *, main: bool = False, closes: bool = True
    ) -> QPushButton:
        """A button at the right of those there; `main` is the filled one that Enter takes."""
        button = QPushButton(words)
        button.setMinimumHeight(32)
        button.setAutoDefault(main)
        button.setDefault(main)
        if main:
            button.setProperty("main", True)

        def clicked() -> None:
            if closes:
                self.accept()
            does()

        button.clicked.connect(clicked)
        self.buttons.addWidget(button)
        return button
