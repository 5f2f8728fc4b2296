"""Changing what is selected."""

from studio.editing.edits.items import find
from studio.editing.edits.points import zone_rings
from studio.editing.selection import NodeRef, Selection
from studio.editing.tool import Desk
from studio.model.case import Case
from studio.model.curve import Curve
from studio.model.zone import Zone


def choose(desk: Desk, selection: Selection) -> None:
    """Select, and ask for a repaint."""
    desk.selection = selection
    desk.changed()


def prune(desk: Desk) -> None:
    """Let go of selected items and points that are no longer there."""
    case = desk.history.case
    items = frozenset(item for item in desk.selection.items if find(case, item) is not None)
    nodes = frozenset(ref for ref in desk.selection.nodes if _exists(case, ref))
    if (items, nodes) != (desk.selection.items, desk.selection.nodes):
        choose(desk, Selection(items, nodes))


def _exists(case: Case, ref: NodeRef) -> bool:
    item = find(case, ref.item)
    if item is None:
        return False
    if isinstance(item, Curve):
        return ref.ring == 0 and ref.index < len(item.nodes)
    every = zone_rings(item)
    return ref.ring < len(every) and ref.index < len(every[ref.ring])


def mended(before: Case, after: Case, selection: Selection) -> Selection:
    """The selection without points whose numbers a mended outline has changed."""
    kept = frozenset(ref for ref in selection.nodes if _sizes(before, ref) == _sizes(after, ref))
    return Selection(selection.items, kept)


def _sizes(case: Case, ref: NodeRef) -> tuple[int, ...]:
    item = find(case, ref.item)
    return tuple(map(len, zone_rings(item))) if isinstance(item, Zone) else ()
