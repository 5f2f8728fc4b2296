"""The commands of the Guides menu."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.action_spec import row as _a

GUIDES = (
    _a(
        "guides?",
        QT_TRANSLATE_NOOP("Actions", "Guides"),
        "Guides",
        "Ctrl+;",
        "ruler-dimension-line",
        QT_TRANSLATE_NOOP("Actions", "Lays the chosen guides over the photo."),
    ),
    _a(
        "guide-midline?",
        QT_TRANSLATE_NOOP("Actions", "Midline"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP(
            "Actions", "The line that halves the face, about which things are mirrored."
        ),
    ),
    _a(
        "guide-tape?",
        QT_TRANSLATE_NOOP("Actions", "Tape from the glabella"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "A tape up the midline, marked every 5 mm along the skin."),
    ),
    _a(
        "guide-band?",
        QT_TRANSLATE_NOOP("Actions", "Usual height of the hairline"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP(
            "Actions",
            "Where hairlines of that sex and age usually lie, and where they were measured.",
        ),
    ),
    _a(
        "guide-brows?",
        QT_TRANSLATE_NOOP("Actions", "Raised brow line"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP(
            "Actions", "How high the forehead wrinkles, from the photo with raised brows."
        ),
    ),
    _a(
        "guide-canthus?",
        QT_TRANSLATE_NOOP("Actions", "Uprights of the eye corners"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "The corner of a hairline usually lies on them."),
    ),
    _a(
        "guide-temple?",
        QT_TRANSLATE_NOOP("Actions", "Temple point"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "Where nose tip, pupil, mid-point and ear lobe place it."),
    ),
    _a(
        "guide-grid?",
        QT_TRANSLATE_NOOP("Actions", "8 cm grid"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "Garg’s points, 8 cm apart by tape."),
    ),
    _a(
        "guide-thirds?",
        QT_TRANSLATE_NOOP("Actions", "Thirds of the face"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "An artist’s rule. Measured faces do not keep it."),
    ),
    _a(
        "guide-ears?",
        QT_TRANSLATE_NOOP("Actions", "Ear to ear"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "The line over the head, by tape."),
    ),
    _a(
        "guide-symmetry?",
        QT_TRANSLATE_NOOP("Actions", "Other half, mirrored"),
        "Guides#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "Shows each half’s lines on the other half."),
    ),
    _a(
        "level-axis",
        QT_TRANSLATE_NOOP("Actions", "Tilt the midline to the eyes"),
        "Guides#2",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "Leans the mirror axis as the head leans, by the pupils."),
    ),
)
