"""The names of views on screen."""

from PySide6.QtCore import QCoreApplication

from studio.model.photo import View
from studio.model.translation import QT_TRANSLATE_NOOP

VIEWS = {
    View.FRONT: QT_TRANSLATE_NOOP("Names", "Front"),
    View.LEFT: QT_TRANSLATE_NOOP("Names", "Left"),
    View.RIGHT: QT_TRANSLATE_NOOP("Names", "Right"),
    View.TOP: QT_TRANSLATE_NOOP("Names", "Top"),
    View.BACK: QT_TRANSLATE_NOOP("Names", "Back"),
    View.BROWS_RAISED: QT_TRANSLATE_NOOP("Names", "Brows raised"),
    View.CLOSE_UP: QT_TRANSLATE_NOOP("Names", "Close-up"),
    View.OTHER: QT_TRANSLATE_NOOP("Names", "Other"),
}


def view_name(view: View) -> str:
    """A view's name in the person's language."""
    return QCoreApplication.translate("Names", VIEWS[view])
