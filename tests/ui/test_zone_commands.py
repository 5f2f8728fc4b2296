"""Splitting, moving outlines out, and aligning edges by commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.editing.selection import Selection
from studio.geometry.polygons import polygon_of
from studio.ui.dialogs.frame import Dialog
from studio.ui.fields import NumberField
from studio.ui.window import Window
from tests.ui.studio_window import click, dialog_of, drag, opened, picture, press_button, take_in


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.show_stage("design")
        window.take_tool("patch")
        drag(window, [(200, 200), (300, 300), (600, 600)])
        yield window


def select_all(window: Window) -> None:
    variant = window.bench.case.variant
    ids = (*(c.id for c in variant.curves), *(z.id for z in variant.zones))
    window.bench.select(Selection(frozenset(ids)))


def test_a_zone_is_split_by_the_selected_line(window: Window) -> None:
    before = polygon_of(window.bench.case.variant.zones[0])
    window.take_tool("scar")
    drag(window, [(150, 400), (400, 410), (700, 400)])
    window.bench.select(Selection(frozenset({window.bench.case.variant.zones[1].id})))
    window.edits.delete()
    select_all(window)
    window.activateWindow()
    QTest.keyClick(window.canvas, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    zones = window.bench.case.variant.zones
    assert len(zones) == 2
    parts = [polygon_of(zone) for zone in zones]
    assert all(part.is_valid for part in parts)
    assert sum(part.area for part in parts) == pytest.approx(before.area, rel=1e-4)


def test_without_a_line_it_says_what_to_select(window: Window) -> None:
    said: list[str] = []
    window.bench.said.connect(said.append)
    select_all(window)
    window.actions_by_id["split-zone"].trigger()
    window.bench.select(Selection())
    window.actions_by_id["offset-zone"].trigger()
    window.actions_by_id["align-zones"].trigger()
    assert len(said) == 3
    assert "one zone and one line" in said[0]
    assert len(window.bench.case.variant.zones) == 1


def test_the_outline_is_moved_by_the_mm_asked_for(window: Window) -> None:
    before = polygon_of(window.bench.case.variant.zones[0])
    window.actions_by_id["offset-zone"].trigger()
    dialog = dialog_of(window, Dialog)
    field = dialog.findChildren(NumberField)[0]
    field.selectAll()
    QTest.keyClicks(field, "4")
    press_button(dialog, "Move")
    after = polygon_of(window.bench.case.variant.zones[0])
    assert shapely.hausdorff_distance(before, after) == pytest.approx(4.0, rel=0.05)
    window.bench.undo()
    assert polygon_of(window.bench.case.variant.zones[0]).equals(before)


def test_edges_of_neighbours_are_made_to_meet(window: Window) -> None:
    window.take_tool("polygon")
    for at in ((620, 300), (800, 300), (800, 500), (620, 500), (620, 300)):
        click(window, at)
    assert len(window.bench.case.variant.zones) == 2
    select_all(window)
    window.actions_by_id["align-zones"].trigger()
    low, high = (polygon_of(zone) for zone in window.bench.case.variant.zones)
    assert low.is_valid
    assert high.is_valid
    assert low.intersection(high).area == pytest.approx(0.0, abs=1e-3)
