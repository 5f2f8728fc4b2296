"""The bar of stages, with the client at its left and undo at its right."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.ui.fields import text
from studio.ui.look import Look

TICK = "  ✓"

SIDE = 320
"""Width of the blocks left and right of the stages, in pixels."""


class StageBar(QToolBar):
    """Stages in the order of work; `chosen` tells the key of the one clicked."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, stages: Sequence[tuple[str, str]], right: Sequence[tuple[QAction, str]]
    ) -> None:
        super().__init__()
        self.setObjectName("stageBar")
        self.setMovable(False)
        self.setWindowTitle(QCoreApplication.translate("StageBar", "Stages"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._look = look
        self.chip = ClientChip()
        self.addWidget(self.chip)
        self.addWidget(_spring())
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for number, (key, words) in enumerate(stages, start=1):
            self._add_stage(number, key, words)
        self.addWidget(_spring())
        self.addWidget(self._right_block(right))

    def show_stage(self, key: str) -> None:
        """Mark the stage on screen."""
        self._buttons[key].setChecked(True)

    def mark_finished(self, key: str, finished: bool) -> None:
        """Show a tick at a stage whose work is done."""
        button = self._buttons[key]
        plain = button.text().removesuffix(TICK)
        button.setText(plain + TICK if finished else plain)
        state = QCoreApplication.translate("StageBar", "done") if finished else ""
        button.setAccessibleDescription(state)

    def _add_stage(self, number: int, key: str, words: str) -> None:
        button = QToolButton()
        button.setText(f"{number}  {words}")
        button.setProperty("stage", True)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAccessibleName(words)
        button.setToolTip(f"{words} (Alt+{number})")
        # a button's own shortcut waits for its press to be shown, and goes with a new text
        QShortcut(QKeySequence(f"Alt+{number}"), self, button.click)
        button.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        self.addWidget(button)

    def _right_block(self, right: Sequence[tuple[QAction, str]]) -> QWidget:
        block = QWidget()
        block.setFixedWidth(SIDE)
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(4)
        row.addStretch(1)
        for action, icon in right:
            self._look.dress(action, icon)
            button = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(QSize(20, 20))
            button.setMinimumSize(36, 36)
            button.setAccessibleName(action.text())
            row.addWidget(button)
        return block


class ClientChip(QWidget):
    """Photo, name and number of the client, on every screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(SIDE)
        self._photo = QLabel()
        self._photo.setFixedSize(32, 32)
        self._name = text("", "name")
        self._number = text("", "caption")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._number)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._photo)
        row.addLayout(words, 1)

    def show_client(self, name: str, number: str, photo: QPixmap | None) -> None:
        """Say who is on the screen."""
        self._name.setText(name)
        self._number.setText(number)
        self._number.setVisible(bool(number))
        self._photo.setPixmap(photo or QPixmap())
        self.setAccessibleName(f"{name}, {number}")


def _spring() -> QWidget:
    spring = QWidget()
    spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return spring
