"""The panels at the window's edges."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QWidget


def dock(content: QWidget, name: str) -> QDockWidget:
    """A dock that neither floats nor closes nor shows a title."""
    made = QDockWidget()
    made.setObjectName(name)
    made.setTitleBarWidget(QWidget(made))
    made.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    content.setProperty("panel", True)
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setWidget(content)
    return made
