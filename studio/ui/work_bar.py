"""In the status line while a file is being written: how far it is, and a way to stop it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from studio.ui.fields import text


class WorkBar(QWidget):
    """Hidden while nothing is written. `cancel_wanted` asks to give the file up."""

    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = text("", "hint")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setFixedWidth(120)
        self.cancel = QPushButton(QCoreApplication.translate("WorkBar", "Cancel"))
        self.cancel.setFixedHeight(28)
        self.cancel.clicked.connect(self.cancel_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        for part in (self._words, self._bar, self.cancel):
            row.addWidget(part)
        self.hide()

    def show_work(self, file: Path, share: float) -> None:
        """Say which file is being written and how much of it is."""
        words = QCoreApplication.translate("WorkBar", "Writing {name}").format(name=file.name)
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setValue(round(share * 100))
        self.show()
