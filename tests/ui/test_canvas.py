import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.editing.overlay import Label
from studio.editing.selection import only
from studio.imaging.pyramid import build
from studio.model.refusal import Refusal
from studio.render.tokens import TOKENS, Theme
from studio.skin.plane import plane_map
from studio.ui.canvas.canvas import Canvas
from tests.render.screen import PX_PER_MM, box_ring, case, photo, pixels, with_zone, zone
from tests.ui.canvas_table import (
    MOVE,
    NONE,
    PRESS,
    Table,
    lay,
    seen,
)


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    made = lay(qtbot, case(zone(box_ring(-30, -20, 0, 10))))
    yield made
    made.canvas.close()


def test_without_a_photo_there_is_only_the_backdrop(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(200, 100)
    grey = int(TOKENS[Theme.DARK].canvas[1:3], 16)
    assert (seen(canvas) == grey).all()
    assert canvas.zoom == 0.0


def test_while_the_photo_is_opened_words_say_so(table: Table) -> None:
    table.canvas.set_photo(None)
    table.canvas.set_photo(photo(), None)
    waiting = seen(table.canvas)
    assert (waiting.min(axis=2) > 240).sum() > 40
    table.canvas.set_photo(photo(), build(pixels()))
    assert tuple(seen(table.canvas)[60, 60]) == (200, 160, 140)


def test_fit_follows_the_window_until_the_view_is_moved(table: Table) -> None:
    canvas = table.canvas
    canvas.fit()
    fitted = canvas.zoom
    canvas.resize(300, 200)
    QApplication.processEvents()
    assert canvas.zoom < 0.6 * fitted
    canvas.zoom_by(2.0)
    zoom = canvas.zoom
    canvas.resize(600, 400)
    QApplication.processEvents()
    assert canvas.zoom == zoom


def test_real_size_shows_a_millimetre_as_a_millimetre(table: Table) -> None:
    assert table.canvas.actual_mm(px_per_mm=4.0)
    view = table.canvas.viewport
    assert view is not None
    ends = view.to_view(np.array([(300.0, 200.0), (300 + 10 * PX_PER_MM, 200.0)]))
    assert ends[1, 0] - ends[0, 0] == pytest.approx(40.0)


def test_real_size_without_a_scale_is_refused_in_words(qtbot: QtBot) -> None:
    table = lay(qtbot, case(scaled=False))
    table.desk.skin = plane_map(photo(scaled=False))
    with qtbot.waitSignal(table.canvas.said) as told:
        assert not table.canvas.actual_mm(px_per_mm=4.0)
    assert "no scale" in str(told.args)


def test_hint_and_description_follow_the_tool(table: Table, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.canvas.hint_changed) as told:
        table.spy.hint = "Drag"
        table.canvas.refresh()
    assert told.args == ["Drag"]
    assert table.canvas.accessibleName()
    assert table.canvas.accessibleDescription() == "Drag"


def test_tool_marks_appear_and_go(table: Table) -> None:
    bare = seen(table.canvas)
    table.spy.shapes = (Label((20.0, 10.0), "12.3 ± 0.2 mm"),)
    table.canvas.refresh()
    assert not np.array_equal(seen(table.canvas), bare)
    table.spy.shapes = ()
    table.canvas.refresh()
    assert np.array_equal(seen(table.canvas), bare)


def test_a_preview_repaints_only_where_it_changed(table: Table) -> None:
    before = seen(table.canvas)
    with table.history.begin("Move") as transaction:
        transaction.preview(with_zone(transaction.base, zone(box_ring(-30, -20, 0, 14))))
        moved = seen(table.canvas)
        changed = np.nonzero((moved != before).any(axis=2))
        assert changed[0].size > 100
        assert changed[1].max() < 300 + 5 * PX_PER_MM
    assert np.abs(seen(table.canvas).astype(int) - before).max() <= 4, "cancelled: as it was"


def test_selection_shows(table: Table) -> None:
    before = seen(table.canvas)
    table.desk.selection = only("zone")
    table.canvas.refresh()
    assert not np.array_equal(seen(table.canvas), before)


def test_another_scale_moves_what_is_drawn(table: Table) -> None:
    before = seen(table.canvas)
    photo_now = table.history.case.photos[0]
    a, b, c, d, e, f, g, h, i = photo_now.plane.matrix
    finer = replace(photo_now.plane, matrix=(0.8 * a, b, 0.8 * c, d, 0.8 * e, 0.8 * f, g, h, i))
    measured = replace(photo_now, plane=finer)
    table.history.apply("Measure", lambda c: replace(c, photos=(measured,)))
    table.desk.skin = plane_map(measured)
    assert not np.array_equal(seen(table.canvas), before)


@pytest.mark.parametrize(
    "act",
    [
        lambda table: table.mouse(PRESS, 100, 100),
        lambda table: table.mouse(MOVE, 100, 100, NONE),
        lambda table: QApplication.sendEvent(table.canvas, QEvent(QEvent.Type.Leave)),
    ],
)
def test_a_mistake_of_the_program_is_told_once_and_undoes_the_gesture(
    table: Table, caplog: pytest.LogCaptureFixture, act: Callable[[Table], object]
) -> None:
    told: list[str] = []
    table.canvas.failed.connect(told.append)
    transaction = table.history.begin("Move")
    transaction.preview(with_zone(transaction.base, zone(box_ring(-10, -10, 0, 0))))
    QApplication.processEvents()
    table.spy.fault = ZeroDivisionError("made up")
    with caplog.at_level(logging.CRITICAL, "studio.ui.canvas.photo_view"):
        table.mouse(PRESS, 100, 100)
        act(table)
    assert len(told) == 1
    assert transaction.done
    assert table.history.case is table.history.first


def test_a_refusal_is_said_and_is_no_mistake(table: Table, qtbot: QtBot) -> None:
    failed: list[str] = []
    table.canvas.failed.connect(failed.append)
    table.spy.fault = Refusal("The zone is locked. Unlock it first.")
    with qtbot.waitSignal(table.canvas.said) as told:
        table.mouse(PRESS, 100, 100)
    assert told.args == ["The zone is locked. Unlock it first."]
    assert failed == []
