"""The rail of tools at the left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QToolBar, QToolButton

from studio.ui.actions import tooltip
from studio.ui.look import Look
from studio.ui.tool_spec import ToolSpec
from studio.ui.tools_table import BY_ID


class Rail(QToolBar):
    """`chosen` tells the id of the tool the person takes."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setMovable(False)
        self.setOrientation(Qt.Orientation.Vertical)
        self.setIconSize(QSize(20, 20))
        self.setWindowTitle(QCoreApplication.translate("Rail", "Tools"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._group = QActionGroup(self)
        self.actions_by_id: Mapping[str, QAction] = {
            spec.id: self._action(look, spec) for spec in BY_ID.values()
        }

    def show_tools(self, tools: Sequence[str]) -> None:
        """Show these tools, "" for a line between groups; the others lose their keys too."""
        self.clear()
        for action in self.actions_by_id.values():
            action.setEnabled(False)
        for tool in tools:
            if not tool:
                self.addSeparator()
                continue
            action = self.actions_by_id[tool]
            action.setEnabled(True)
            self.addAction(action)
            button = self.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setAccessibleName(action.text())
                # toolbars keep the Tab key from their buttons
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setVisible(bool(tools))

    def show_tool(self, tool: str) -> None:
        """Mark the tool in hand; one that is not on the rail unmarks all."""
        action = self.actions_by_id.get(tool)
        if action is not None:
            action.setChecked(True)
            return
        checked = self._group.checkedAction()
        if checked is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def _action(self, look: Look, spec: ToolSpec) -> QAction:
        action = QAction(spec.title, self)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(spec.key))
        action.setToolTip(
            tooltip(spec.title, (spec.key,), QCoreApplication.translate("Tools", spec.tip))
        )
        look.dress(action, spec.icon)
        action.triggered.connect(lambda _on: self.chosen.emit(spec.id))
        self._group.addAction(action)
        return action
