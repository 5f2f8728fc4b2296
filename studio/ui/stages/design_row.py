"""The row of the Design stage: what new things are, twin, axis, snap, dots."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from studio.model.zone import Purpose
from studio.ui.fields import NumberField, text
from studio.ui.look import Look
from studio.ui.view_words import PURPOSES, ROLES, named

ZONE_TOOLS = frozenset({"polygon", "freehand"})


class DesignRow(QWidget):
    """`purpose_chosen` and `role_chosen` tell what is drawn next, `tilted` the axis' angle."""

    purpose_chosen = Signal(str)
    role_chosen = Signal(str)
    tilted = Signal(float)

    def __init__(self, look: Look, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._purpose = QComboBox()
        self._purpose.setAccessibleName(QCoreApplication.translate("DesignRow", "New zones are"))
        for purpose, words in PURPOSES.items():
            self._purpose.addItem(named(words), purpose.value)
        self._purpose.setCurrentIndex(list(PURPOSES).index(Purpose.FULL))
        self._purpose.activated.connect(
            lambda index: self.purpose_chosen.emit(self._purpose.itemData(index))
        )
        self._role = QComboBox()
        self._role.setAccessibleName(QCoreApplication.translate("DesignRow", "New curves are"))
        for role, words in ROLES.items():
            self._role.addItem(named(words), role.value)
        self._role.activated.connect(
            lambda index: self.role_chosen.emit(self._role.itemData(index))
        )
        self.tilt = NumberField(
            QCoreApplication.translate("DesignRow", "Axis tilt"), -45, 45, 1, "°"
        )
        self.tilt.valueChanged.connect(self.tilted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._purpose)
        row.addWidget(self._role)
        row.addWidget(action_button(look, actions["twin"], "flip-horizontal-2"))
        row.addWidget(text(QCoreApplication.translate("DesignRow", "Axis tilt"), "hint"))
        row.addWidget(self.tilt)
        row.addWidget(action_button(look, actions["snap"], "magnet"))
        row.addWidget(action_button(look, actions["dots"], "circle-dot"))
        row.addStretch(1)
        row.addWidget(action_button(look, actions["mirror-view"], "scan-face"))
        self.show_tool("select")

    def show_tool(self, tool: str) -> None:
        """Show what the tool in hand draws."""
        self._purpose.setVisible(tool in ZONE_TOOLS)
        self._role.setVisible(tool == "pen")

    def show_tilt(self, angle: float) -> None:
        """Show the axis' angle without telling anybody."""
        blocked = self.tilt.blockSignals(True)
        self.tilt.setValue(angle)
        self.tilt.blockSignals(blocked)


def action_button(look: Look, action: QAction, icon: str) -> QToolButton:
    """A boxed button with icon and name for an action."""
    look.dress(action, icon)
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("boxed", True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(16, 16))
    button.setMinimumHeight(32)
    button.setAccessibleName(action.text())
    return button
