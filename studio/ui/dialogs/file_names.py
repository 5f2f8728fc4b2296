"""Asks where to save. A file that is there is never written over without a word."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import text


def ask_where(
    parent: QWidget | None, title: str, start: Path, suffix: str, kind: str
) -> Path | None:
    """Ask for a file ending in `suffix` (with its dot); None if the person gave up.

    `start` is the name proposed; without a folder it lies in the person's documents.
    `kind` names the sort of file in the dialog.
    """
    place = start if start.is_absolute() else documents() / start
    while True:
        name, _ = QFileDialog.getSaveFileName(parent, title, str(place), f"{kind} (*{suffix})")
        if not name:
            return None
        path = with_suffix(Path(name), suffix)
        if str(path) == name or not path.exists() or _may_replace(parent, path):
            return path
        place = path


def with_suffix(path: Path, suffix: str) -> Path:
    """The path ending in `suffix`, whatever dots there are in the name."""
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def documents() -> Path:
    """Where a person keeps files."""
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def pictures() -> Path:
    """Where a person keeps photos."""
    place = QStandardPaths.StandardLocation.PicturesLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def _may_replace(parent: QWidget | None, path: Path) -> bool:
    """The dialog asked about the name as typed, not about the one with its ending."""
    dialog = Dialog(parent, QCoreApplication.translate("FileNames", "Replace the file?"))
    words = QCoreApplication.translate(
        "FileNames", "“{name}” is there already. Replacing it loses what is in it."
    )
    dialog.content.addWidget(text(words.format(name=path.name), wrap=True))
    yes: list[bool] = []
    keep = QCoreApplication.translate("FileNames", "Choose another name")
    dialog.add_button(QCoreApplication.translate("FileNames", "Replace"), lambda: yes.append(True))
    dialog.add_button(keep, lambda: None, main=True)
    dialog.exec()
    return bool(yes)
