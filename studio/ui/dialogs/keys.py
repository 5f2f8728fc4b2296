"""All keys of the program, from the table of actions."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from studio.ui.actions import words
from studio.ui.actions_table import SPECS
from studio.ui.dialogs.frame import Dialog


def show_keys(parent: QWidget, tools: Sequence[tuple[str, str]]) -> Dialog:
    """The list of keys; `tools` are (name, key) of the tools on the rail."""
    dialog = Dialog(parent, QCoreApplication.translate("Keys", "Keys"), 520)
    table = QTreeWidget()
    table.setColumnCount(2)
    table.setHeaderHidden(True)
    table.setRootIsDecorated(False)
    table.setMinimumHeight(480)
    table.setAccessibleName(QCoreApplication.translate("Keys", "Keys"))
    rows = [*tools, *((words(s.text), "  ".join(s.keys)) for s in SPECS if s.keys)]
    for name, key in rows:
        shown = "   ".join(
            QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in key.split()
        )
        item = QTreeWidgetItem([name, shown])
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
        table.addTopLevelItem(item)
    table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    dialog.content.addWidget(table)
    dialog.add_button(QCoreApplication.translate("Keys", "Close"), lambda: None, main=True)
    dialog.open()
    return dialog
