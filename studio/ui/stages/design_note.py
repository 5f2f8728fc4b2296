"""Showing the place of a note on a hairline."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from studio.editing.selection import only
from studio.planning.naturalness import Note

if TYPE_CHECKING:
    from studio.ui.window import Window

NEAR = 6.0
"""View pixels per mm of skin at which a wave of an edge can be judged."""


def show_note(window: "Window", note: Note) -> None:
    """Bring the place of a note into the middle, its hairline selected."""
    bench, curves = window.bench, window.bench.case.variant.curves
    chart = next((curve.chart for curve in curves if curve.id == note.curve), None)
    if chart is None:
        return
    if bench.chart != chart:
        bench.show_photo(chart)  # a plane's chart has its photo's id, the scalp map the head's
    bench.select(only(note.curve))
    if not window.canvas.show_place(note.at, NEAR):
        bench.said.emit(
            QCoreApplication.translate(
                "Notes", "This photo does not show the place. Turn to another."
            )
        )
