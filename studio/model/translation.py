"""Marks texts of rooms and tables for translation; they are translated where they are shown."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """The text itself. lupdate finds the call by its name; Qt's own is not typed as text."""
    return text
