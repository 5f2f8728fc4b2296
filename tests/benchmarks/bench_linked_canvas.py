"""Frames of the canvas when its photo is one of five joined on the practice head."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import math
from dataclasses import replace
from functools import cache

import numpy as np
from PySide6.QtWidgets import QApplication

from studio.editing.history import History
from studio.editing.tool import Desk
from studio.editing.toolbox import Toolbox
from studio.editing.tools.select import SelectTool
from studio.imaging.intake import decode
from studio.imaging.pyramid import build
from studio.model.case import Case, Variant
from studio.model.chart import HEAD, Ring
from studio.model.photo import View
from studio.model.zone import Blend, Purpose, Zone
from studio.skin.maps import skin_map
from tests.benchmarks.bench_canvas import VIEW, Watched, edits, median_ms, pan, until_painted
from tests.heads_of_practice import practice_on_head

AT = (0.0, 130.0)
"""Above the forehead, in the front photo near its horizon."""


@cache
def ring(at: tuple[float, float], radius: float, points: int, bulge: float = 0.0) -> Ring:
    """A wavy outline round a place of the chart; `bulge` moves its first point outwards."""
    turn = np.linspace(0, 2 * math.pi, points, endpoint=False)
    reach = radius * (1 + 0.03 * np.sin(9 * turn))
    reach[0] += bulge
    corners = np.stack([at[0] + reach * np.cos(turn), at[1] + reach * np.sin(turn)], axis=1)
    return tuple((round(x, 3), round(y, 3)) for x, y in corners.tolist())


def whole(more: float) -> Zone:
    """The scalp down to the ears, `more` dots per cm2 than usual."""
    outline = ring((0.0, 20.0), 235.0, 180)
    return Zone(id="whole", letter="A", name="", chart=HEAD, outline=outline, density=180.0 + more)


def patch(more: float, bulge: float = 0.0, moved: float = 0.0) -> Zone:
    """A zone of about 40 cm2."""
    return Zone(
        id="patch",
        letter="B",
        name="",
        chart=HEAD,
        outline=ring((AT[0] + moved, AT[1]), 50.0, 80, bulge),
        purpose=Purpose.TRANSITION,
        blend=Blend.REPLACE,
        density=110.0 + more,
    )


def case_of() -> tuple[Case, dict[str, bytes]]:
    """The practice head with the two zones."""
    case, pictures = practice_on_head()
    variant = Variant(id="a", curves=case.variant.curves, zones=(whole(0), patch(0)))
    return replace(case, variants=(variant,), chosen="a"), pictures


def run() -> dict[str, dict[str, float]]:
    """Medians on the front photo, and of going on to the next one."""
    app = QApplication.instance() or QApplication([])
    case, pictures = case_of()
    history = History(case)
    photos = {photo.view: photo for photo in case.photos}
    front, left = photos[View.FRONT], photos[View.LEFT]
    pyramids = {p.id: build(decode(pictures[p.sha256])) for p in (front, left)}
    desk = Desk(history, front.id, skin_map(case, front))
    box = Toolbox(desk, [SelectTool()])
    canvas = Watched()
    canvas.resize(*VIEW)
    canvas.set_toolbox(box)
    canvas.set_photo(front, pyramids[front.id])
    history.listeners.append(canvas.case_changed)
    canvas.show()
    until_painted(canvas)
    viewport = canvas.viewport
    assert viewport is not None
    x, y = viewport.to_view(desk.skin.to_photo(np.array([AT])))[0].tolist()
    canvas.zoom_by(2.5, (x, y))  # as wide as the head, and what is edited stays in view
    until_painted(canvas)
    below, above = case.variant.zones
    figures = {
        "linked_pan_frame": pan(canvas),
        "linked_edit_40cm2_zone": edits(history, lambda more: (below, patch(more)))(canvas),
        "linked_move_40cm2_zone": edits(history, lambda moved: (below, patch(0, moved=moved)))(
            canvas
        ),
        "linked_drag_point": edits(history, lambda bulge: (below, patch(0, bulge)))(canvas),
        "linked_whole_head": edits(history, lambda more: (whole(more), above))(canvas),
    }

    def turn_to(turn: int) -> None:
        photo = left if turn % 2 else front
        box.show_photo(photo.id, skin_map(case, photo))
        canvas.set_photo(photo, pyramids[photo.id])

    for turn in (1, 0):
        turn_to(turn)
        until_painted(canvas)
    figures["linked_next_photo"] = median_ms(canvas, turn_to)
    canvas.close()
    app.processEvents()
    return figures
