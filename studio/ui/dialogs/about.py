"""What this program is, and whose work is in it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from studio import __version__
from studio.model.resources import resource
from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import text


def show_about(parent: QWidget) -> Dialog:
    """Version, licence, and the licences of fonts, icons and libraries."""
    dialog = Dialog(parent, QCoreApplication.translate("About", "About Hairline Studio"), 640)
    words = QCoreApplication.translate(
        "About",
        "Hairline Studio {version}. MIT licence. Photos never leave this computer. "
        "Pictures of a result are illustrations, not promises.",
    )
    dialog.content.addWidget(text(words.format(version=__version__), wrap=True))
    licences = QTextBrowser()
    licences.setMarkdown(resource("LICENSES.md").read_text(encoding="utf-8"))
    licences.setOpenLinks(False)
    licences.setMinimumHeight(320)
    licences.setAccessibleName(QCoreApplication.translate("About", "Licences"))
    dialog.content.addWidget(licences, 1)
    dialog.add_button(QCoreApplication.translate("About", "Close"), lambda: None, main=True)
    dialog.open()
    return dialog
