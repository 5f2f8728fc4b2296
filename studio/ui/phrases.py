"""What rooms without a window say, in the person's language."""

from PySide6.QtCore import QCoreApplication

from studio.model.translation import Phrase


def translated(text: str) -> str:
    """A text that was marked in the context `Editing`, with what is filled in translated too.

    Whatever was not marked there, such as a name the person gave, stays as it is. A phrase
    must come as it is: a signal of Qt would make plain text of it.
    """
    if isinstance(text, Phrase):
        parts = {name: translated(part) for name, part in text.parts.items()}
        return QCoreApplication.translate("Editing", text.source).format(**parts)
    return QCoreApplication.translate("Editing", text) if text else ""
