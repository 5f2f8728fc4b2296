"""What the commands of the zones table do to the selection."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.editing.edits.zone_shapes import (
    FARTHEST,
    MEET_MM,
    align_zones,
    offset_zone,
    split_zone,
)
from studio.model.curve import Curve
from studio.model.wording import number_text
from studio.model.zone import Zone
from studio.pigment.raster import AreaScale
from studio.ui.dialogs.frame import Dialog
from studio.ui.edit_commands import EditCommands, step
from studio.ui.fields import NumberField, text
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.ui.window import Window

FIRST_MM = 2.0
"""What the question for an offset begins with: as wide as a slip of the hand."""


def zone_commands(window: "Window") -> dict[str, Callable[..., object]]:
    """What runs for every action id of the zones table."""
    bench, edits = window.bench, window.edits
    return {
        "split-zone": partial(split, bench, edits),
        "offset-zone": partial(ask_offset, window, bench, edits),
        "align-zones": partial(align, bench, edits),
    }


def split(bench: Workbench, edits: EditCommands) -> None:
    """Cut the one selected zone along the one selected line."""
    zones, lines = _zones(edits), [i for i in edits.selected() if isinstance(i, Curve)]
    if len(zones) != 1 or len(lines) != 1:
        bench.said.emit(
            QCoreApplication.translate("Edit", "Select one zone and one line that crosses it.")
        )
        return
    zone_id, line = zones[0].id, lines[0]
    bench.apply(step("Split zone"), lambda case: split_zone(case, zone_id, line))


def align(bench: Workbench, edits: EditCommands) -> None:
    """Make the edges of the selected zones meet."""
    zones = _zones(edits)
    ids = frozenset(zone.id for zone in zones)
    scale = _area_scale(bench, zones[0]) if zones else None
    bench.apply(step("Align edges"), lambda case: align_zones(case, ids, MEET_MM, scale))


def ask_offset(parent: QWidget, bench: Workbench, edits: EditCommands) -> Dialog | None:
    """Ask by how many mm to move the outline of the one selected zone, and move it."""
    zones = _zones(edits)
    if len(zones) != 1:
        bench.said.emit(QCoreApplication.translate("Edit", "Select the one zone to change."))
        return None
    zone = zones[0]
    dialog = Dialog(parent, QCoreApplication.translate("Edit", "Move the outline out or in"), 400)
    name = QCoreApplication.translate("Edit", "Out, or in if negative")
    field = NumberField(name, -FARTHEST, FARTHEST, 1, "mm")
    field.setValue(FIRST_MM)
    label = text(name)
    label.setBuddy(field)
    dialog.content.addWidget(label)
    dialog.content.addWidget(field)
    words = QCoreApplication.translate("Edit", "Along the skin, {most} mm at most.")
    dialog.content.addWidget(text(words.format(most=number_text(FARTHEST)), "hint", wrap=True))

    def finish() -> None:
        field.interpretText()
        mm, scale = field.value(), _area_scale(bench, zone)
        bench.apply(step("Offset zone"), lambda case: offset_zone(case, zone.id, mm, scale))

    dialog.add_button(QCoreApplication.translate("Edit", "Cancel"), lambda: None)
    dialog.add_button(QCoreApplication.translate("Edit", "Move"), finish, main=True)
    field.setFocus()
    field.selectAll()
    dialog.open()
    return dialog


def _zones(edits: EditCommands) -> list[Zone]:
    return [item for item in edits.selected() if isinstance(item, Zone)]


def _area_scale(bench: Workbench, zone: Zone) -> AreaScale:
    return bench.open_case.skin(zone.chart).area_scale
