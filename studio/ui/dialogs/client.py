"""Who the case is about."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from studio.model.case import Client, Sex
from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import text

EARLIEST, LATEST = 1900, 2100
"""Years of birth that may be given."""


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
    sex, born = _sex(client), _born(client)
    form.addRow(QCoreApplication.translate("Client", "Sex"), sex)
    form.addRow(QCoreApplication.translate("Client", "Year of birth"), born)
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
                name=name.text().strip(),
                number=number.text().strip(),
                alert=alert.text().strip(),
                sex=Sex(sex.currentData()) if sex.currentData() else None,
                born=born.value() if born.value() > born.minimum() else None,
            )
        )

    dialog.add_button(QCoreApplication.translate("Client", "Cancel"), lambda: None)
    dialog.add_button(QCoreApplication.translate("Client", "Keep"), finish, main=True)
    name.setFocus()
    dialog.open()
    return dialog


def _sex(client: Client) -> QComboBox:
    """For population figures of hairlines."""
    box = QComboBox()
    box.setAccessibleName(QCoreApplication.translate("Client", "Sex"))
    for words, data in (
        (QCoreApplication.translate("Client", "Not said"), ""),
        (QCoreApplication.translate("Client", "Man"), Sex.MAN.value),
        (QCoreApplication.translate("Client", "Woman"), Sex.WOMAN.value),
    ):
        box.addItem(words, data)
    box.setCurrentIndex(box.findData(client.sex.value if client.sex else ""))
    return box


def _born(client: Client) -> QSpinBox:
    """A year; the lowest value stands for not said."""
    field = QSpinBox()
    field.setAccessibleName(QCoreApplication.translate("Client", "Year of birth"))
    field.setRange(EARLIEST - 1, LATEST)
    field.setSpecialValueText(QCoreApplication.translate("Client", "Not said"))
    field.setValue(client.born if client.born is not None else field.minimum())
    return field
