"""Every command of the window, in the order of the menus."""

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.action_spec import ActionSpec
from studio.ui.action_spec import row as _a
from studio.ui.guides_table import GUIDES
from studio.ui.hair_table import HAIR
from studio.ui.hairline_table import HAIRLINE
from studio.ui.variants_table import VARIANTS
from studio.ui.zones_table import ZONES

SPECS: tuple[ActionSpec, ...] = (
    _a("new", QT_TRANSLATE_NOOP("Actions", "New case"), "File", "Ctrl+N", "file-text"),
    _a("open", QT_TRANSLATE_NOOP("Actions", "Open"), "File", "Ctrl+O", "folder-open"),
    _a("practice", QT_TRANSLATE_NOOP("Actions", "Open the practice head"), "File", "", "image"),
    _a("save", QT_TRANSLATE_NOOP("Actions", "Save"), "File#1", "Ctrl+S", "save"),
    _a("save-as", QT_TRANSLATE_NOOP("Actions", "Save as"), "File#1", "Ctrl+Shift+S", ""),
    _a("add-photos", QT_TRANSLATE_NOOP("Actions", "Add photos"), "File#2", "Ctrl+I", "image-plus"),
    _a("client", QT_TRANSLATE_NOOP("Actions", "Client and number"), "File#2", "", ""),
    _a(
        "save-map",
        QT_TRANSLATE_NOOP("Actions", "Save session map as PDF"),
        "File#3",
        "Ctrl+Shift+E",
        "file-down",
    ),
    _a("print", QT_TRANSLATE_NOOP("Actions", "Print"), "File#3", "Ctrl+P", "printer"),
    _a(
        "save-picture",
        QT_TRANSLATE_NOOP("Actions", "Save picture"),
        "File#3",
        "Ctrl+Shift+P",
        "image",
    ),
    _a(
        "stickers",
        QT_TRANSLATE_NOOP("Actions", "Save a page of stickers"),
        "File#3",
        "",
        "circle-dot",
    ),
    _a("close", QT_TRANSLATE_NOOP("Actions", "Close case"), "File#4", "Ctrl+W", ""),
    _a("quit", QT_TRANSLATE_NOOP("Actions", "Quit"), "File#4", "Ctrl+Q", ""),
    _a("undo", QT_TRANSLATE_NOOP("Actions", "Undo"), "Edit", "Ctrl+Z", "undo-2"),
    _a("redo", QT_TRANSLATE_NOOP("Actions", "Redo"), "Edit", "Ctrl+Shift+Z Ctrl+Y", "redo-2"),
    _a("cut", QT_TRANSLATE_NOOP("Actions", "Cut"), "Edit#1", "Ctrl+X", ""),
    _a("copy", QT_TRANSLATE_NOOP("Actions", "Copy"), "Edit#1", "Ctrl+C", "copy"),
    _a("paste", QT_TRANSLATE_NOOP("Actions", "Paste"), "Edit#1", "Ctrl+V", "clipboard-paste"),
    _a("duplicate", QT_TRANSLATE_NOOP("Actions", "Duplicate"), "Edit#1", "Ctrl+D", ""),
    _a("delete", QT_TRANSLATE_NOOP("Actions", "Delete"), "Edit#1", "", "trash-2"),
    _a("select-all", QT_TRANSLATE_NOOP("Actions", "Select all"), "Edit#2", "Ctrl+A", ""),
    _a("deselect", QT_TRANSLATE_NOOP("Actions", "Deselect"), "Edit#2", "Ctrl+Shift+A", ""),
    _a("raise", QT_TRANSLATE_NOOP("Actions", "Bring forward"), "Edit/Order", "Ctrl+]", "arrow-up"),
    _a(
        "lower", QT_TRANSLATE_NOOP("Actions", "Send backward"), "Edit/Order", "Ctrl+[", "arrow-down"
    ),
    _a("top", QT_TRANSLATE_NOOP("Actions", "Bring to front"), "Edit/Order", "Ctrl+Shift+]", ""),
    _a("bottom", QT_TRANSLATE_NOOP("Actions", "Send to back"), "Edit/Order", "Ctrl+Shift+[", ""),
    _a("lock", QT_TRANSLATE_NOOP("Actions", "Lock or unlock"), "Edit#4", "Ctrl+L", "lock"),
    _a("hide", QT_TRANSLATE_NOOP("Actions", "Hide or show"), "Edit#4", "Ctrl+3", "eye-off"),
    _a(
        "dots?",
        QT_TRANSLATE_NOOP("Actions", "Dots"),
        "View",
        "D",
        "circle-dot",
        QT_TRANSLATE_NOOP("Actions", "Draw the planned dots on the photo."),
    ),
    _a(
        "true-tone?",
        QT_TRANSLATE_NOOP("Actions", "True tone"),
        "View",
        "Shift+D",
        "",
        QT_TRANSLATE_NOOP("Actions", "Dots as dark as they are thought to look, not as planned."),
    ),
    _a(
        "overlays?",
        QT_TRANSLATE_NOOP("Actions", "Curves, zones and marks"),
        "View",
        "Ctrl+H",
        "layers",
        QT_TRANSLATE_NOOP("Actions", "Off leaves the photo and its dots alone."),
    ),
    _a(
        "mirror-view?",
        QT_TRANSLATE_NOOP("Actions", "Mirror view"),
        "View",
        "M",
        "scan-face",
        QT_TRANSLATE_NOOP("Actions", "Shows the client as they see themself in a mirror."),
    ),
    _a("zoom-in", QT_TRANSLATE_NOOP("Actions", "Zoom in"), "View#1", "+ = Ctrl++", "zoom-in"),
    _a("zoom-out", QT_TRANSLATE_NOOP("Actions", "Zoom out"), "View#1", "- Ctrl+-", "zoom-out"),
    _a("fit", QT_TRANSLATE_NOOP("Actions", "Fit the photo"), "View#1", "Ctrl+0", "maximize"),
    _a("pixels", QT_TRANSLATE_NOOP("Actions", "Photo pixels, 100 %"), "View#1", "Ctrl+1", ""),
    _a(
        "real-size",
        QT_TRANSLATE_NOOP("Actions", "Real size, 1 : 1 in millimetres"),
        "View#1",
        "Ctrl+2",
        "ruler-dimension-line",
    ),
    _a(
        "turntable",
        QT_TRANSLATE_NOOP("Actions", "Turntable"),
        "View#2",
        "Ctrl+T",
        "",
        QT_TRANSLATE_NOOP("Actions", "The fitted head with its design, to be turned by hand."),
    ),
    _a("light?", QT_TRANSLATE_NOOP("Actions", "Light theme"), "View#3", "", "sun"),
    _a(
        "private?",
        QT_TRANSLATE_NOOP("Actions", "Private"),
        "View#3",
        "Ctrl+Shift+H",
        "eye-off",
        QT_TRANSLATE_NOOP("Actions", "Keeps the name off the screen and out of the window title."),
    ),
    _a(
        "panels?",
        QT_TRANSLATE_NOOP("Actions", "Panels"),
        "View#4",
        "F12",
        "",
        QT_TRANSLATE_NOOP("Actions", "Off leaves only the photo."),
    ),
    _a("full-screen?", QT_TRANSLATE_NOOP("Actions", "Full screen"), "View#4", "F11", ""),
    _a("next-photo", QT_TRANSLATE_NOOP("Actions", "Next photo"), "Photo", "PgDown", ""),
    _a("previous-photo", QT_TRANSLATE_NOOP("Actions", "Previous photo"), "Photo", "PgUp", ""),
    _a(
        "find-sticker",
        QT_TRANSLATE_NOOP("Actions", "Find the sticker"),
        "Photo#1",
        "",
        "circle-dot",
    ),
    _a("remove-photo", QT_TRANSLATE_NOOP("Actions", "Remove photo"), "Photo#2", "", "trash-2"),
    _a(
        "twin?",
        QT_TRANSLATE_NOOP("Actions", "Mirrored twin"),
        "Design",
        "Shift+M",
        "flip-horizontal-2",
        QT_TRANSLATE_NOOP(
            "Actions", "What you draw appears on the other side of the mirror axis too."
        ),
    ),
    _a("detach-twin", QT_TRANSLATE_NOOP("Actions", "Detach the twin"), "Design", "", ""),
    _a(
        "snap?",
        QT_TRANSLATE_NOOP("Actions", "Snap"),
        "Design",
        "",
        "magnet",
        QT_TRANSLATE_NOOP(
            "Actions", "Points jump to the axis, to other points and to lines nearby."
        ),
    ),
    _a("unite", QT_TRANSLATE_NOOP("Actions", "Unite zones"), "Design#1", "Ctrl+U", "squares-unite"),
    _a(
        "subtract",
        QT_TRANSLATE_NOOP("Actions", "Subtract the upper zone"),
        "Design#1",
        "Ctrl+Shift+U",
        "squares-subtract",
    ),
    *HAIRLINE,
    *ZONES,
    *VARIANTS,
    *GUIDES,
    *HAIR,
    _a("keys", QT_TRANSLATE_NOOP("Actions", "Keys"), "Help", "F1 ?", ""),
    _a("about", QT_TRANSLATE_NOOP("Actions", "About Hairline Studio"), "Help", "", "info"),
)

MENUS = {
    "File": QT_TRANSLATE_NOOP("Actions", "&File"),
    "Edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "Edit/Order": QT_TRANSLATE_NOOP("Actions", "Order"),
    "View": QT_TRANSLATE_NOOP("Actions", "&View"),
    "Photo": QT_TRANSLATE_NOOP("Actions", "&Photo"),
    "Design": QT_TRANSLATE_NOOP("Actions", "&Design"),
    "Guides": QT_TRANSLATE_NOOP("Actions", "&Guides"),
    "Help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}
