"""Marks texts of rooms and tables for translation; they are translated where they are shown."""


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """The text itself. lupdate finds the call by its name; Qt's own is not typed as text."""
    return text


class Phrase(str):
    """A text with something filled in: English here, put together anew where it is translated.

    `source` is the marked text with its places in braces, `parts` is what stands there; a
    part may be a marked text or a phrase itself. KeyError where a place has no part.
    """

    __slots__ = ("parts", "source")

    source: str
    parts: dict[str, str]

    def __new__(cls, source: str, **parts: str) -> "Phrase":
        """The phrase in English."""
        made = super().__new__(cls, source.format(**parts))
        made.source, made.parts = source, parts
        return made
