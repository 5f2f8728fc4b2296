"""Who the case is about."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from studio.model.case import Client
from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import text


def ask_client(parent: QWidget, client: Client, done: Callable[[Client], object]) -> Dialog:
    """Ask for name, number and alert; `done` gets the new client."""
    dialog = Dialog(parent, QCoreApplication.translate("Client", "Client and number"), 440)
    form = QFormLayout()
    form.setSpacing(12)
    name, number, alert = (QLineEdit(v) for v in (client.name, client.number, client.alert))
    for words, field in (
        (QCoreApplication.translate("Client", "Name"), name),
        (QCoreApplication.translate("Client", "Number"), number),
        (QCoreApplication.translate("Client", "Alert on page 1"), alert),
    ):
        field.setAccessibleName(words)
        form.addRow(words, field)
    alert.setPlaceholderText(QCoreApplication.translate("Client", "Latex allergy: nitrile gloves"))
    dialog.content.addLayout(form)
    dialog.content.addWidget(
        text(
            QCoreApplication.translate(
                "Client",
                "Printed pages show initials and number, the whole name only if you ask for it.",
            ),
            "hint",
            wrap=True,
        )
    )

    def finish() -> None:
        done(
            Client(
                name=name.text().strip(), number=number.text().strip(), alert=alert.text().strip()
            )
        )

    dialog.add_button(QCoreApplication.translate("Client", "Cancel"), lambda: None)
    dialog.add_button(QCoreApplication.translate("Client", "Keep"), finish, main=True)
    name.setFocus()
    dialog.open()
    return dialog
