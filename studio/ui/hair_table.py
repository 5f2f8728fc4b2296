"""The commands about hair that is there already."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.action_spec import row as _a

HAIR = (
    _a(
        "hair?",
        QT_TRANSLATE_NOOP("Actions", "Marks of existing hair"),
        "View",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "A ring round every follicle that was found in the photo."),
    ),
    _a(
        "find-hair",
        QT_TRANSLATE_NOOP("Actions", "Find existing hair"),
        "Photo#1",
        "",
        "search",
        QT_TRANSLATE_NOOP(
            "Actions",
            "Looks for follicles in the selected zones, or in all scalp that the photo faces.",
        ),
    ),
    _a(
        "correct-hair",
        QT_TRANSLATE_NOOP("Actions", "Correct existing hair"),
        "Photo#1",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "Mark follicles, and brush out what is none."),
    ),
    _a("clear-hair", QT_TRANSLATE_NOOP("Actions", "Clear existing hair"), "Photo#1", "", ""),
)
