"""The window's actions and menus, built from the table of commands."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from studio.ui.action_spec import ActionSpec
from studio.ui.actions_table import MENUS, SPECS

CONTEXT = "Actions"


def words(source: str) -> str:
    """A text of the table in the person's language."""
    return QCoreApplication.translate(CONTEXT, source)


def build(parent: QWidget, run: Mapping[str, Callable[..., object]]) -> dict[str, QAction]:
    """A QAction for every spec, connected to `run[id]`; KeyError if one has nothing to run.

    Checkable actions hand their state to `run`.
    """
    return {spec.id: _build_one(parent, spec, run[spec.id]) for spec in SPECS}


def _build_one(parent: QWidget, spec: ActionSpec, run: Callable[..., object]) -> QAction:
    action = QAction(words(spec.text), parent)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setToolTip(tooltip(words(spec.text), spec.keys, words(spec.tip) if spec.tip else ""))
    if spec.checkable:
        action.toggled.connect(run)
    else:
        action.triggered.connect(lambda _checked: run())
    parent.addAction(action)
    return action


def tooltip(name: str, keys: tuple[str, ...], tip: str = "") -> str:
    """Name, key, and one sentence."""
    key = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    first = f"{name} ({key})" if key else name
    return f"{first}\n{tip}" if tip else first


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """Build the menus in the table's order; the menus by path."""
    menus: dict[str, QMenu] = {}
    groups: dict[str, int] = {}
    for spec in SPECS:
        if not spec.menu:
            continue
        menu = _menu(bar, menus, spec.menu)
        if groups.get(spec.menu, spec.group) != spec.group:
            menu.addSeparator()
        groups[spec.menu] = spec.group
        menu.addAction(actions[spec.id])
    return menus


def _menu(bar: QMenuBar, menus: dict[str, QMenu], path: str) -> QMenu:
    if path not in menus:
        above, _, _ = path.rpartition("/")
        parent = _menu(bar, menus, above) if above else bar
        menus[path] = parent.addMenu(words(MENUS[path]))
    return menus[path]
