"""Arrow keys: 0.1 mm, with Shift 1 mm."""

from studio.editing.edits.items import move_items
from studio.editing.edits.points import move_points
from studio.editing.gesture import apply
from studio.editing.tool import Desk, Keys
from studio.model.translation import QT_TRANSLATE_NOOP

STEP = 0.1
LONG_STEP = 1.0

_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def way(key: str, keys: Keys) -> tuple[float, float]:
    """How far an arrow key moves things, in chart units; nothing for other keys."""
    x, y = _WAYS.get(key, (0, 0))
    length = LONG_STEP if Keys.SHIFT in keys else STEP
    return x * length, y * length


def nudge(desk: Desk, key: str, keys: Keys) -> bool:
    """Move the selected nodes, or else the selected items; quick repeats are one step."""
    dx, dy = way(key, keys)
    if (dx, dy) == (0.0, 0.0) or desk.selection.empty:
        return False
    nodes, items = desk.selection.nodes, desk.selection.items
    if nodes:
        apply(
            desk,
            QT_TRANSLATE_NOOP("Editing", "Nudge points"),
            lambda c: move_points(c, nodes, dx, dy),
            amend="nudge points",
        )
    else:
        apply(
            desk,
            QT_TRANSLATE_NOOP("Editing", "Nudge"),
            lambda c: move_items(c, items, dx, dy),
            amend="nudge",
        )
    return True
