"""The row above the canvas: the tool in hand and its choices."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolBar, QWidget

from studio.ui.fields import text


class ContextBar(QToolBar):
    """Tool name at the left, then the row that belongs to the stage."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contextBar")
        self.setMovable(False)
        self.setFixedHeight(40)
        self.setWindowTitle(QCoreApplication.translate("ContextBar", "Tool settings"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._icon = QLabel()
        self._name = text("", "name")
        title = QWidget()
        title.setFixedWidth(168)
        row = QHBoxLayout(title)
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self._name, 1)
        self.addWidget(title)
        self._rows = QStackedWidget()
        self.addWidget(self._rows)

    def show_tool(self, name: str, icon: QPixmap) -> None:
        """Say which tool is in hand."""
        self._name.setText(name)
        self._icon.setPixmap(icon)

    def show_row(self, row: QWidget) -> None:
        """Show a stage's row."""
        if self._rows.indexOf(row) < 0:
            self._rows.addWidget(row)
        self._rows.setCurrentWidget(row)
