"""The tools on the rail that draw and paint zones of one purpose."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.tool_spec import ToolSpec

ZONE_TOOLS = (
    ToolSpec(
        "parting",
        QT_TRANSLATE_NOOP("Tools", "Part line"),
        "slash",
        "N",
        QT_TRANSLATE_NOOP("Tools", "Draw a band of dots along a parting."),
    ),
    ToolSpec(
        "scar",
        QT_TRANSLATE_NOOP("Tools", "Line scar"),
        "bandage",
        "S",
        QT_TRANSLATE_NOOP("Tools", "Draw a band of dots over a line scar."),
    ),
    ToolSpec(
        "dot-scars",
        QT_TRANSLATE_NOOP("Tools", "Dot scars"),
        "circle-dot-dashed",
        "Shift+S",
        QT_TRANSLATE_NOOP("Tools", "Stamp a round mark on each dot scar."),
    ),
    ToolSpec(
        "patch",
        QT_TRANSLATE_NOOP("Tools", "Patch"),
        "circle-dashed",
        "O",
        QT_TRANSLATE_NOOP("Tools", "Drag a round zone over an areata patch."),
    ),
    ToolSpec(
        "keep-clear",
        QT_TRANSLATE_NOOP("Tools", "Keep clear"),
        "ban",
        "K",
        QT_TRANSLATE_NOOP("Tools", "Mark a mole, which stays free of dots with a margin round it."),
    ),
    ToolSpec(
        "brush",
        QT_TRANSLATE_NOOP("Tools", "Density brush"),
        "brush",
        "B",
        QT_TRANSLATE_NOOP("Tools", "Paint more or fewer dots into the selected zone."),
    ),
    ToolSpec(
        "growth",
        QT_TRANSLATE_NOOP("Tools", "Growth direction"),
        "wind",
        "W",
        QT_TRANSLATE_NOOP("Tools", "Draw which way hair grows."),
    ),
)
