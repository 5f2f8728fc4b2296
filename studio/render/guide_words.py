"""What guides say over the photo: a bold line and the source below it."""

from PySide6.QtCore import QCoreApplication

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.planning.guide import GuideKind, GuideNote

CONTEXT = "Guides"


NAMES = {
    GuideKind.MIDLINE: QT_TRANSLATE_NOOP("Guides", "Midline"),
    GuideKind.TAPE: QT_TRANSLATE_NOOP("Guides", "Tape from the glabella"),
    GuideKind.BAND: QT_TRANSLATE_NOOP("Guides", "Usual height of the hairline"),
    GuideKind.THIRDS: QT_TRANSLATE_NOOP("Guides", "Thirds of the face"),
    GuideKind.CANTHUS: QT_TRANSLATE_NOOP("Guides", "Uprights of the eye corners"),
    GuideKind.GRID: QT_TRANSLATE_NOOP("Guides", "8 cm grid"),
    GuideKind.BROWS: QT_TRANSLATE_NOOP("Guides", "Raised brow line"),
    GuideKind.TEMPLE: QT_TRANSLATE_NOOP("Guides", "Temple point"),
    GuideKind.EARS: QT_TRANSLATE_NOOP("Guides", "Ear to ear"),
    GuideKind.SYMMETRY: QT_TRANSLATE_NOOP("Guides", "Other half, mirrored"),
}
"""What each guide is called in menus."""

SENTENCES = {
    "mm": ("{0}", ""),
    "glabella": (
        QT_TRANSLATE_NOOP("Guides", "Glabella 0 mm"),
        QT_TRANSLATE_NOOP("Guides", "start of the tape"),
    ),
    "hairline": (
        QT_TRANSLATE_NOOP("Guides", "Hairline {0}"),
        QT_TRANSLATE_NOOP("Guides", "by tape"),
    ),
    "third-upper": (
        QT_TRANSLATE_NOOP("Guides", "Upper third {0}"),
        QT_TRANSLATE_NOOP("Guides", "in the photo · {1} mm, {2} off the mean"),
    ),
    "third-middle": (
        QT_TRANSLATE_NOOP("Guides", "Middle third {0}"),
        QT_TRANSLATE_NOOP("Guides", "in the photo · {1} mm, {2} off the mean"),
    ),
    "third-lower": (
        QT_TRANSLATE_NOOP("Guides", "Lower third {0}"),
        QT_TRANSLATE_NOOP("Guides", "in the photo · {1} mm, {2} off the mean"),
    ),
    "corner-inside": (
        QT_TRANSLATE_NOOP("Guides", "Corner {0} inside the eye line"),
        QT_TRANSLATE_NOOP("Guides", "in the photo"),
    ),
    "corner-outside": (
        QT_TRANSLATE_NOOP("Guides", "Corner {0} outside the eye line"),
        QT_TRANSLATE_NOOP("Guides", "in the photo"),
    ),
    "temple-point": (QT_TRANSLATE_NOOP("Guides", "Temple point, by rule"), ""),
    "ears": (
        QT_TRANSLATE_NOOP("Guides", "Ear to ear {0}"),
        QT_TRANSLATE_NOOP("Guides", "over the head, by tape"),
    ),
    "band": (
        QT_TRANSLATE_NOOP("Guides", "Usual {0}"),
        QT_TRANSLATE_NOOP("Guides", "by tape · {1}, a convention"),
    ),
    "population": (
        QT_TRANSLATE_NOOP("Guides", "Measured {0}"),
        QT_TRANSLATE_NOOP("Guides", "mean of {1}, by tape"),
    ),
    "brows": (
        QT_TRANSLATE_NOOP("Guides", "Brow line, raised {0}"),
        QT_TRANSLATE_NOOP("Guides", "by tape, from the photo with raised brows"),
    ),
    "surgical": (
        QT_TRANSLATE_NOOP("Guides", "Surgical rule {0}"),
        QT_TRANSLATE_NOOP("Guides", "by tape · a convention of transplants"),
    ),
    "grid-mid": (
        QT_TRANSLATE_NOOP("Guides", "80 mm above the glabella"),
        QT_TRANSLATE_NOOP("Guides", "by tape · Garg’s mid-point"),
    ),
    "grid-corner": (
        QT_TRANSLATE_NOOP("Guides", "80 mm beside the mid-point"),
        QT_TRANSLATE_NOOP("Guides", "by tape · Garg’s corner"),
    ),
    "grid-temple": (
        QT_TRANSLATE_NOOP("Guides", "50 mm from the corner"),
        QT_TRANSLATE_NOOP("Guides", "by tape · Garg’s temple peak"),
    ),
}
"""The two lines of each note; numbers go where the braces are."""


def guide_words(note: GuideNote) -> tuple[str, str]:
    """The note in the person's language: name and detail; the detail only if it has its numbers."""
    name, detail = (QCoreApplication.translate(CONTEXT, line) for line in SENTENCES[note.key])
    enough = all(f"{{{n}}}" not in detail for n in range(len(note.values), 4))
    return name.format(*note.values), detail.format(*note.values) if enough else ""


def guide_name(kind: GuideKind) -> str:
    """The guide in the person's language."""
    return QCoreApplication.translate(CONTEXT, NAMES[kind])
