"""The tools on the rail: name, icon, key, and what each is for."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.tool_spec import ToolSpec
from studio.ui.zone_tools_table import ZONE_TOOLS

TOOLS = (
    ToolSpec(
        "select",
        QT_TRANSLATE_NOOP("Tools", "Select"),
        "mouse-pointer-2",
        "V",
        QT_TRANSLATE_NOOP("Tools", "Pick, move and delete whole curves and zones."),
    ),
    ToolSpec(
        "node",
        QT_TRANSLATE_NOOP("Tools", "Points"),
        "waypoints",
        "A",
        QT_TRANSLATE_NOOP("Tools", "Move points and handles, add and delete them."),
    ),
    ToolSpec(
        "pen",
        QT_TRANSLATE_NOOP("Tools", "Hairline"),
        "spline",
        "P",
        QT_TRANSLATE_NOOP("Tools", "Draw the hairline point by point."),
    ),
    ToolSpec(
        "polygon",
        QT_TRANSLATE_NOOP("Tools", "Zone by corners"),
        "pentagon",
        "G",
        QT_TRANSLATE_NOOP("Tools", "Draw a zone corner by corner."),
    ),
    ToolSpec(
        "freehand",
        QT_TRANSLATE_NOOP("Tools", "Zone by hand"),
        "lasso",
        "L",
        QT_TRANSLATE_NOOP("Tools", "Draw a zone in one stroke."),
    ),
    *ZONE_TOOLS,
    ToolSpec(
        "survey",
        QT_TRANSLATE_NOOP("Tools", "Marks"),
        "crosshair",
        "F",
        QT_TRANSLATE_NOOP("Tools", "Drag the marks of sticker, card, ruler and landmarks."),
    ),
    ToolSpec(
        "outline",
        QT_TRANSLATE_NOOP("Tools", "Head outline"),
        "scan-line",
        "E",
        QT_TRANSLATE_NOOP("Tools", "Correct the edge of the scalp against the wall."),
    ),
    ToolSpec(
        "pencil",
        QT_TRANSLATE_NOOP("Tools", "Pencil spots"),
        "circle-dot-dashed",
        "U",
        QT_TRANSLATE_NOOP("Tools", "Mark the spots drawn on the scalp with a skin pencil."),
    ),
    ToolSpec(
        "measure",
        QT_TRANSLATE_NOOP("Tools", "Ruler"),
        "ruler",
        "R",
        QT_TRANSLATE_NOOP("Tools", "Measure between points."),
    ),
    ToolSpec(
        "axis",
        QT_TRANSLATE_NOOP("Tools", "Mirror axis"),
        "flip-horizontal-2",
        "X",
        QT_TRANSLATE_NOOP("Tools", "Move and tilt the line that halves the face."),
    ),
)

BY_ID = {spec.id: spec for spec in TOOLS}
