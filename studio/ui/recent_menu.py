"""“Open recent”: the cases opened last, those that are gone shown as such."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studio.storage.recent import recent


def add_recent_menu(menu: QMenu, before: QAction, open_case: Callable[[Path], object]) -> QMenu:
    """Put the menu into `menu` before an action; it is filled each time it opens."""
    submenu = QMenu(QCoreApplication.translate("Recent", "Open recent"), menu)
    menu.insertMenu(before, submenu)
    submenu.aboutToShow.connect(lambda: fill(submenu, open_case))
    return submenu


def fill(submenu: QMenu, open_case: Callable[[Path], object]) -> None:
    """List the cases opened last."""
    submenu.clear()
    gone = QCoreApplication.translate("Recent", "{name} (not found)")
    for entry in recent():
        name = entry.path.name
        action = submenu.addAction(gone.format(name=name) if entry.missing else name)
        action.setEnabled(not entry.missing)
        action.triggered.connect(lambda _on, path=entry.path: open_case(path))
    if submenu.isEmpty():
        none = submenu.addAction(QCoreApplication.translate("Recent", "Nothing opened yet"))
        none.setEnabled(False)
