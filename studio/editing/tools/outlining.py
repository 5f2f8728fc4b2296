"""What a drawn outline does: a new zone, more of the selected zone, or less of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from studio.editing.edits.items import find_zone
from studio.editing.edits.zones import ZoneStyle, add_zone, cut_zone, extend_zone, new_zone
from studio.editing.history import Edit
from studio.editing.selection import Selection, only
from studio.editing.tool import Desk, Keys
from studio.model.chart import Point
from studio.model.ids import Id
from studio.model.refusal import Refusal
from studio.model.translation import QT_TRANSLATE_NOOP


class Mode(StrEnum):
    """What to do with the outline."""

    NEW = "new"
    EXTEND = "extend"
    CUT = "cut"


LABELS = {
    Mode.NEW: QT_TRANSLATE_NOOP("Editing", "Add zone"),
    Mode.EXTEND: QT_TRANSLATE_NOOP("Editing", "Add to zone"),
    Mode.CUT: QT_TRANSLATE_NOOP("Editing", "Cut from zone"),
}


@dataclass(frozen=True, slots=True)
class Outline:
    """The edit of an outline, the name of its step, and what is selected after it."""

    edit: Edit
    label: str
    selection: Selection


def mode_of(keys: Keys, *, eraser: bool = False) -> Mode:
    """Alt and the eraser cut, Shift extends, else a new zone is drawn."""
    if eraser or Keys.ALT in keys:
        return Mode.CUT
    return Mode.EXTEND if Keys.SHIFT in keys else Mode.NEW


def outline_edit(
    desk: Desk, mode: Mode, style: ZoneStyle, zone_id: Id
) -> Callable[[Sequence[Point]], Outline]:
    """Makes edits of outlines (points in chart coordinates) drawn in one gesture.

    A new zone gets the id `zone_id`, the same for every preview. Cutting and extending
    work on the one selected zone; Refusal if there is none.
    """
    selected = _selected_zone(desk) if mode is not Mode.NEW else zone_id
    chart, mirrored = desk.skin.chart, desk.mirror

    def outline(points: Sequence[Point]) -> Outline:
        if mode is Mode.NEW:
            return Outline(
                lambda case: add_zone(
                    case, new_zone(case, chart, points, style, mirrored=mirrored, zone_id=zone_id)
                ),
                LABELS[mode],
                only(zone_id),
            )
        change = cut_zone if mode is Mode.CUT else extend_zone
        return Outline(lambda case: change(case, selected, points), LABELS[mode], only(selected))

    return outline


def _selected_zone(desk: Desk) -> Id:
    zones = [
        zone
        for item in desk.selection.items
        if (zone := find_zone(desk.history.case, item)) is not None
        and zone.chart == desk.skin.chart
    ]
    if len(zones) != 1:
        raise Refusal("Select the one zone that this stroke is for.")
    return zones[0].id
