"""The commands that change the shapes of zones."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.action_spec import row as _a

ZONES = (
    _a(
        "split-zone",
        QT_TRANSLATE_NOOP("Actions", "Split the zone by the selected line"),
        "Design#1",
        "Ctrl+K",
        "slash",
        QT_TRANSLATE_NOOP("Actions", "Select a zone and a line across it. No dot changes."),
    ),
    _a(
        "offset-zone",
        QT_TRANSLATE_NOOP("Actions", "Move the outline out or in"),
        "Design#1",
        "Ctrl+Shift+K",
        "scan",
        QT_TRANSLATE_NOOP("Actions", "Makes the selected zone wider or narrower all round."),
    ),
    _a(
        "align-zones",
        QT_TRANSLATE_NOOP("Actions", "Align edges"),
        "Design#1",
        "",
        "git-merge",
        QT_TRANSLATE_NOOP("Actions", "Closes narrow gaps and overlaps between the selected zones."),
    ),
)
