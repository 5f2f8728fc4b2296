"""The Design stage: curves, zones and dots on the photo."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.editing.edits.whole import set_axis
from studio.editing.zone_styles import zone_styles
from studio.model.case import Case
from studio.model.curve import CurveRole
from studio.model.zone import Purpose
from studio.ui.edit_commands import step
from studio.ui.figure_board import FigureBoard
from studio.ui.panels.existing_hair import HairSection
from studio.ui.panels.hairline_row import HairlineRow
from studio.ui.stage import Stage
from studio.ui.stages.design_note import show_note
from studio.ui.stages.design_panel import DesignPanel
from studio.ui.stages.design_row import DesignRow
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.ui.window import Window

TOOLS = (
    *("select", "node", ""),
    *("pen", "polygon", "freehand", ""),
    *("parting", "scar", "dot-scars", "patch", "keep-clear", ""),
    *("brush", "growth", ""),
    *("measure", "axis"),
)


class DesignStage(Stage):
    """Tells whether there is a design yet."""

    bench: Workbench

    def finished(self) -> bool:
        """A curve and a zone are there."""
        variant = self.bench.case.variant
        return bool(variant.curves and variant.zones)


def make_stage(window: "Window", board: FigureBoard) -> Stage:
    """The stage, wired to workbench and canvas."""
    bench, link, hairlines = window.bench, window.link, window.hairlines
    row = DesignRow(bench.look, window.actions_by_id)
    hair = HairSection(bench, window.hair, window.actions_by_id)
    panel = DesignPanel(bench, window.edits, board, hairlines, hair)
    stage = DesignStage(
        "design",
        QCoreApplication.translate("Stages", "Design"),
        panel,
        row,
        TOOLS,
    )
    stage.bench = bench
    link.draw_zones_as(zone_styles()[Purpose.FULL])
    row.purpose_chosen.connect(lambda key: link.draw_zones_as(zone_styles()[Purpose(key)]))
    row.role_chosen.connect(lambda key: link.draw_curves_as(CurveRole(key)))
    link.tool_taken.connect(lambda tool, _name, _icon: row.show_tool(tool))
    row.numbers.serve(bench)

    choices = HairlineRow(hairlines)
    row.add_choices(choices)
    hairlines.grown.connect(lambda: link.take_tool("node"))
    panel.note_wanted.connect(lambda note: show_note(window, note))

    def show_choices() -> None:
        row.show_axis(on=not choices.refresh())

    bench.selection_changed.connect(show_choices)
    bench.open_case.changed.connect(lambda _before, _after: show_choices())

    def tilt(angle: float) -> None:
        def edit(case: Case) -> Case:
            return set_axis(case, replace(case.axis(bench.chart), angle=angle))

        if bench.photo_id:
            bench.apply(step("Tilt mirror axis"), edit, amend="tilt")

    def show_tilt() -> None:
        if bench.photo_id:
            row.show_tilt(bench.case.axis(bench.chart).angle, bench.lean)

    row.tilted.connect(tilt)
    bench.open_case.changed.connect(lambda _before, _after: show_tilt())
    bench.photo_changed.connect(lambda _id: show_tilt())
    return stage
