"""The stages of the window, in the order of the work."""

from studio.ui.figure_board import FigureBoard
from studio.ui.outputs import Outputs
from studio.ui.stage import Stage
from studio.ui.stages import design, measure, photos, print_stage
from studio.ui.window import Window


def make_stages(window: Window, outputs: Outputs) -> tuple[Stage, ...]:
    """Photos, Measure, Design, Print."""
    bench, link, actions = window.bench, window.link, window.actions_by_id
    return (
        photos.make_stage(bench),
        measure.make_stage(bench, link, actions),
        design.make_stage(window, FigureBoard(bench)),
        print_stage.make_stage(bench, outputs, actions),
    )
