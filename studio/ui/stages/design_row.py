"""The row of the Design stage: what new things are, twin, axis, snap, dots."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QWidget

from studio.model.wording import number_text
from studio.model.zone import Purpose
from studio.planning.guide import GuideKind
from studio.ui.fields import NumberField, text
from studio.ui.look import Look
from studio.ui.stages.tool_fields import ToolFields
from studio.ui.view_words import PURPOSES, ROLES, named

OFFERED = 0.3
"""Degrees between axis and eyes from which the axis is offered to be tilted."""

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
        self.numbers = ToolFields()
        row.addWidget(self.numbers)
        row.addWidget(action_button(look, actions["twin"], "flip-horizontal-2"))
        self._tilt_words = text(QCoreApplication.translate("DesignRow", "Axis tilt"), "hint")
        row.addWidget(self._tilt_words)
        row.addWidget(self.tilt)
        self.level = action_button(look, actions["level-axis"], "scan-line")
        row.addWidget(self.level)
        row.addWidget(action_button(look, actions["snap"], "magnet"))
        row.addWidget(guides_button(look, actions))
        row.addWidget(action_button(look, actions["dots"], "circle-dot"))
        row.addStretch(1)
        row.addWidget(action_button(look, actions["mirror-view"], "scan-face"))
        self.show_tool("select")

    def show_tool(self, tool: str) -> None:
        """Show what the tool in hand draws."""
        self._purpose.setVisible(tool in ZONE_TOOLS)
        self._role.setVisible(tool == "pen")

    def add_choices(self, choices: QWidget) -> None:
        """Give choices of what is selected the first place."""
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(0, choices)

    def show_axis(self, *, on: bool) -> None:
        """Offer the axis' tilt or not: a narrow window has no room for everything."""
        self._tilt_words.setVisible(on)
        self.tilt.setVisible(on)

    def show_tilt(self, angle: float, lean: float | None = None) -> None:
        """Show the axis' angle without telling anybody; offer the eyes' own lean if it differs."""
        self.level.setVisible(lean is not None and abs(lean - angle) > OFFERED)
        if lean is not None:
            words = QCoreApplication.translate("DesignRow", "Eyes lean {0}°")
            self.level.setText(words.format(number_text(lean, 1)))
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


def guides_button(look: Look, actions: Mapping[str, QAction]) -> QToolButton:
    """Shows or hides guides; its menu says which."""
    button = action_button(look, actions["guides"], "ruler-dimension-line")
    menu = QMenu(button)
    for kind in GuideKind:
        menu.addAction(actions[f"guide-{kind.value}"])
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    return button
