"""The Design panel: lists, variants, settings, totals with ± or without a scale."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from studio.editing.edits.zones import set_zone
from studio.model.zone import Blend
from studio.ui.panels.density_strip import DensityStrip
from studio.ui.panels.item_list import EYE, LOCK, NAME, ItemList
from studio.ui.panels.variants import Card, VariantBar
from studio.ui.stages.design_panel import DesignPanel, Totals
from studio.ui.window import Window
from tests.e2e.drawing import PHOTO, draw_design, draw_zone, stage
from tests.ui.studio_window import opened, picture, take_in, words_of


def panel(window: Window) -> DesignPanel:
    found = window.stages[2].inspector
    assert isinstance(found, DesignPanel)
    return found


def zones(window: Window) -> ItemList:
    return next(i for i in panel(window).findChildren(ItemList) if i.accessibleName() == "Zones")


def names(window: Window) -> list[str]:
    """What the list of zones says, from the top."""
    items = zones(window)
    return [
        row.text(NAME) for n in range(items.topLevelItemCount()) if (row := items.topLevelItem(n))
    ]


def designed(qtbot: QtBot, window: Window, tmp_path: Path, count: int = 2) -> None:
    """Zones drawn on a photo without a scale."""
    take_in(qtbot, window, picture(tmp_path, "front.jpg", (1800, 2400)))
    stage(window, Qt.Key.Key_3)
    for n in range(count):
        draw_zone(window, right=250.0 * n)
    assert len(window.bench.case.variant.zones) == count
    QApplication.processEvents()


def click_row(items: ItemList, row: int, column: int) -> None:
    item = items.topLevelItem(row)
    assert item is not None
    box = items.visualItemRect(item)
    at = box.center()
    at.setX(items.columnViewportPosition(column) + 12)
    QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_a_zone_is_renamed_hidden_locked_and_deleted_in_the_list(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        designed(qtbot, window, tmp_path)
        items = zones(window)
        top = window.bench.case.variant.zones[-1].id
        click_row(items, 0, NAME)
        assert window.bench.selection.items == {top}
        QTest.keyClick(items, Qt.Key.Key_F2)
        field = items.findChildren(QLineEdit)[0]
        field.selectAll()
        QTest.keyClicks(field, "Left temple")
        QTest.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.bench.case.variant.zones[-1].name == "Left temple")
        click_row(items, 0, EYE)
        assert window.bench.case.variant.zones[-1].hidden
        click_row(items, 0, LOCK)
        assert window.bench.case.variant.zones[-1].locked
        click_row(items, 0, LOCK)
        click_row(items, 0, NAME)
        QTest.keyClick(items, Qt.Key.Key_Delete)
        assert [z.id == top for z in window.bench.case.variant.zones] == [False]


def test_a_row_dropped_on_another_changes_the_order_in_one_step(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        designed(qtbot, window, tmp_path, 3)
        items = zones(window)
        order = [z.id for z in window.bench.case.variant.zones]
        click_row(items, 0, NAME)
        last = items.topLevelItem(2)
        assert last is not None
        at = QPointF(items.visualItemRect(last).center())
        move, left = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        items.dropEvent(QDropEvent(at, move, QMimeData(), left, none))
        assert [z.id for z in window.bench.case.variant.zones] == [order[2], order[0], order[1]]
        window.actions_by_id["undo"].trigger()
        assert [z.id for z in window.bench.case.variant.zones] == order


def test_without_a_scale_no_number_stands_in_for_one(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        designed(qtbot, window, tmp_path, 1)
        qtbot.waitUntil(lambda: "no scale" in words_of(panel(window).findChildren(Totals)[0]))
        words = words_of(panel(window))
        assert "cm²" not in words
        assert "±" not in words


def test_with_a_scale_every_total_carries_its_uncertainty(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        draw_design(window)
        totals = panel(window).findChildren(Totals)[0]
        qtbot.waitUntil(lambda: "dots ±" in words_of(totals))
        assert words_of(totals).count("±") == 3


def test_variants_are_duplicated_named_chosen_and_deleted(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        designed(qtbot, window, tmp_path, 1)
        bar = panel(window).findChildren(VariantBar)[0]
        window.actions_by_id["variant-new"].trigger()
        assert [v.letter for v in window.bench.case.variants] == ["A", "B"]
        assert window.bench.case.variant.letter == "B"
        card = next(c for c in bar.findChildren(Card) if c.isChecked())
        QTest.keyClick(card, Qt.Key.Key_F2)
        name = card.findChildren(QLineEdit)[0]
        QTest.keyClicks(name, "Lower")
        QTest.keyClick(name, Qt.Key.Key_Return)
        assert window.bench.case.variant.name == "Lower"
        qtbot.waitUntil(lambda: not card.findChildren(QLineEdit))
        QTest.mouseDClick(card, Qt.MouseButton.LeftButton)
        name = card.findChildren(QLineEdit)[0]
        QTest.keyClicks(name, "Given up")
        QTest.keyClick(name, Qt.Key.Key_Escape)
        assert window.bench.case.variant.name == "Lower"
        first = next(c for c in bar.findChildren(Card) if c.letter == "A")
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        assert window.bench.case.variant.letter == "A"
        delete = next(
            b for b in bar.findChildren(QToolButton) if b.accessibleName() == "Delete variant"
        )
        QTest.mouseClick(delete, Qt.MouseButton.LeftButton)
        assert [v.letter for v in window.bench.case.variants] == ["B"]
        assert not delete.isEnabled()


def test_every_card_gets_a_picture_and_the_height_of_its_hairline(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        window.actions_by_id["practice"].trigger()
        qtbot.waitUntil(lambda: len(window.bench.case.photos) == 5, timeout=20000)
        window.show_stage("design")
        bar = panel(window).findChildren(VariantBar)[0]
        window.actions_by_id["variant-new"].trigger()
        pictures = bar._pictures
        ids = {variant.id for variant in window.bench.case.variants}
        qtbot.waitUntil(lambda: set(pictures.seen) == ids, timeout=20000)
        first, second = (pictures.seen[v.id] for v in window.bench.case.variants)
        assert first.picture == second.picture
        assert first.height is not None
        assert all(" ± " in c.accessibleName() for c in bar.findChildren(Card))
        old = second.picture
        zones = frozenset(zone.id for zone in window.bench.case.variant.zones)
        window.edits.hide(zones)
        assert pictures.seen[window.bench.case.chosen].picture == old, "stays until the new one"
        qtbot.waitUntil(
            lambda: pictures.seen[window.bench.case.chosen].picture != old, timeout=20000
        )


def dark_share(strip: DensityStrip) -> float:
    """How much of the middle of the strip is dots."""
    image = strip.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    middle = [
        image.pixelColor(x, y).red() < 128
        for x in range(image.width() // 2, image.width() - 10)
        for y in range(5, 50)
    ]
    return sum(middle) / len(middle)


def test_the_strip_shows_more_dots_for_more_density_and_none_where_clear(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with opened(qtbot) as window:
        designed(qtbot, window, tmp_path, 1)
        strip = panel(window).findChildren(DensityStrip)[0]
        zone = window.bench.case.variant.zones[0]
        shares = []
        for density in (40.0, 160.0):
            edit = partial(set_zone, zone_id=zone.id, density=density)
            window.bench.apply("Change density", edit)
            shares.append(dark_share(strip))
        assert shares[0] > 0
        assert shares[1] / shares[0] == pytest.approx(4, rel=0.3)
        clear = partial(set_zone, zone_id=zone.id, blend=Blend.CLEAR)
        window.bench.apply("Keep clear", clear)
        assert dark_share(strip) == 0
