"""Questions and statements in plain words, without stopping the program."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import text


def tell(parent: QWidget, title: str, sentences: str) -> Dialog:
    """Say something that must be read; nothing else to do."""
    dialog = Dialog(parent, title)
    dialog.content.addWidget(text(sentences, wrap=True))
    dialog.add_button(QCoreApplication.translate("Messages", "Close"), lambda: None, main=True)
    dialog.open()
    return dialog


def ask_to_save(
    parent: QWidget,
    name: str,
    save: Callable[[], object],
    discard: Callable[[], object],
) -> Dialog:
    """Ask what becomes of unsaved work. Esc and the cross keep everything as it is."""
    dialog = Dialog(parent, QCoreApplication.translate("Messages", "Save the changes?"))
    words = QCoreApplication.translate(
        "Messages", "“{name}” has changes that are in no file yet. Without saving they are gone."
    )
    dialog.content.addWidget(text(words.format(name=name), wrap=True))
    dialog.add_button(QCoreApplication.translate("Messages", "Do not save"), discard)
    dialog.add_button(QCoreApplication.translate("Messages", "Keep working"), lambda: None)
    dialog.add_button(QCoreApplication.translate("Messages", "Save"), save, main=True)
    dialog.open()
    return dialog
