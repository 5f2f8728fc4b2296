"""The commands of the variants: make, choose, compare."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.action_spec import row as _a

VARIANTS = (
    _a(
        "variant-new",
        QT_TRANSLATE_NOOP("Actions", "Duplicate variant"),
        "Design#2",
        "Ctrl+J",
        "copy",
    ),
    _a("variant-delete", QT_TRANSLATE_NOOP("Actions", "Delete variant"), "Design#2", "", ""),
    _a(
        "compare-side",
        QT_TRANSLATE_NOOP("Actions", "Compare variants side by side"),
        "Design#3",
        "Shift+C",
        "git-compare",
        QT_TRANSLATE_NOOP("Actions", "Two variants beside each other; both move together."),
    ),
    _a(
        "compare-wipe",
        QT_TRANSLATE_NOOP("Actions", "Compare variants by wipe"),
        "Design#3",
        "Shift+W",
        "columns-2",
        QT_TRANSLATE_NOOP("Actions", "One variant wiped over the other with a divider."),
    ),
    _a(
        "variant-copy",
        QT_TRANSLATE_NOOP("Actions", "Copy selection to another variant"),
        "Design#3",
        "Ctrl+Shift+J",
        "copy",
        QT_TRANSLATE_NOOP("Actions", "Puts copies of what is selected into a variant you choose."),
    ),
    _a(
        "ghost-lay",
        QT_TRANSLATE_NOOP("Actions", "Lay an old photo under this one"),
        "Photo#3",
        "",
        "layers",
        QT_TRANSLATE_NOOP("Actions", "Another photo half seen, by two landmarks marked in both."),
    ),
    _a(
        "ghost-strength",
        QT_TRANSLATE_NOOP("Actions", "Strength of the old photo"),
        "Photo#3",
        "",
        "",
        QT_TRANSLATE_NOOP("Actions", "How strongly it is seen, with a slider."),
    ),
    _a(
        "ghost-show",
        QT_TRANSLATE_NOOP("Actions", "Show or hide the old photo"),
        "Photo#3",
        "Shift+G",
        "",
    ),
    _a("ghost-remove", QT_TRANSLATE_NOOP("Actions", "Take the old photo away"), "Photo#3", ""),
    _a("variant-1", QT_TRANSLATE_NOOP("Actions", "First variant"), "Design#4", "Shift+1 !"),
    _a("variant-2", QT_TRANSLATE_NOOP("Actions", "Second variant"), "Design#4", "Shift+2 @"),
    _a("variant-3", QT_TRANSLATE_NOOP("Actions", "Third variant"), "Design#4", "Shift+3 #"),
)
