"""The hairline generator by hand: buttons, sliders, keys, points on the canvas."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from studio.editing.edits.hairline import moved_by_hand, set_recipe
from studio.editing.edits.items import find_curve
from studio.model.curve import Curve
from studio.model.hairline import Diffusion, HairlineShape, Recipe
from studio.storage.hairline_templates import templates
from studio.ui.panels.hairline_section import HairlineSection
from studio.ui.panels.line_card import LineCard
from studio.ui.panels.natural_notes import NoteRow
from studio.ui.window import Window
from tests.heads_of_practice import practice_on_head
from tests.planes_of_practice import practice_on_planes
from tests.ui.studio_window import drag, opened, picture, take_in


def open_face(window: Window, *, head: bool) -> None:
    """The practice photos with nothing drawn, on the head or on planes."""

    case, photos = practice_on_head() if head else practice_on_planes()
    bare = replace(case, variants=(replace(case.variant, curves=(), zones=()),))
    window.bench.open_case.show_made(bare, dict(photos))
    window.show_stage("design")
    QApplication.processEvents()


def section(window: Window) -> HairlineSection:
    return window.findChildren(HairlineSection)[0]


def button(window: Window, words: str) -> QPushButton:
    return next(b for b in section(window).findChildren(QPushButton) if b.text() == words)


def slider(window: Window, name: str) -> QSlider:
    return next(s for s in section(window).findChildren(QSlider) if s.accessibleName() == name)


def the_line(window: Window) -> Curve:
    curve = window.hairlines.curve
    assert curve is not None
    assert curve.recipe is not None
    assert curve.fringe is not None
    return curve


def the_recipe(window: Window) -> Recipe:
    recipe = the_line(window).recipe
    assert recipe is not None
    return recipe


def grow(window: Window) -> Curve:
    QTest.mouseClick(button(window, "Grow a hairline"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    return the_line(window)


@pytest.mark.parametrize("head", [True, False])
def test_one_click_grows_a_hairline_with_its_zones_ready_to_be_shaped(
    qtbot: QtBot, head: bool
) -> None:
    with opened(qtbot) as window:
        open_face(window, head=head)
        steps = len(window.bench.open_case.history.steps)
        curve = grow(window)
        assert len(window.bench.open_case.history.steps) == steps + 1
        follows = [z.follows for z in window.bench.case.variant.zones]
        assert [f is not None and f.curve == curve.id for f in follows] == [True, True]
        assert window.bench.selection.items == {curve.id}
        assert window.bench.toolbox is not None
        assert window.bench.toolbox.current.name == "node"
        window.actions_by_id["undo"].trigger()
        assert window.bench.case.variant.curves == ()


def test_a_drag_of_a_slider_shows_every_value_and_is_one_step(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)
        began = grow(window).recipe
        assert began is not None
        seen: list[float] = []
        window.bench.open_case.changed.connect(
            lambda _b, _a: seen.append(the_recipe(window).height)
        )
        height = slider(window, "Height")
        steps = len(window.bench.open_case.history.steps)
        middle = QPoint(handle_x(height), height.height() // 2)
        QTest.mousePress(height, Qt.MouseButton.LeftButton, pos=middle)
        for dx in (2, 4, 6, 8):
            QTest.mouseMove(height, middle + QPoint(dx, 0))
            QApplication.processEvents()
        QTest.mouseRelease(height, Qt.MouseButton.LeftButton, pos=middle + QPoint(8, 0))
        assert len(set(seen)) >= 3
        assert len(window.bench.open_case.history.steps) == steps + 1
        assert window.bench.open_case.history.undo_label == "Change height"
        window.actions_by_id["undo"].trigger()
        assert the_line(window).recipe == began


def handle_x(field: QSlider) -> int:
    """Where the handle's middle is."""
    share = (field.value() - field.minimum()) / (field.maximum() - field.minimum())
    return round(8 + share * (field.width() - 16))


def test_a_point_moved_on_the_canvas_survives_the_slider_and_can_be_placed_anew(
    qtbot: QtBot,
) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)
        curve = grow(window)
        skin = window.bench.skin
        assert skin is not None
        index = len(curve.nodes) // 2 + 2
        px = skin.to_photo(np.array([curve.nodes[index].at]))[0]
        start = (float(px[0]), float(px[1]))
        drag(window, [start, (start[0], start[1] - 12), (start[0], start[1] - 30)])
        assert moved_by_hand(window.bench.case, curve.id) == (index,)
        words = [
            label.text() for label in section(window).findChildren(type(section(window)._reason))
        ]
        assert "1 point moved by hand; sliders keep it." in words
        recession = slider(window, "Recession")
        recession.setFocus()
        for _ in range(20):
            QTest.keyClick(recession, Qt.Key.Key_PageUp)
        assert the_line(window).recipe != curve.recipe
        assert moved_by_hand(window.bench.case, curve.id) == (index,)
        QTest.mouseClick(button(window, "Place anew"), Qt.MouseButton.LeftButton)
        assert moved_by_hand(window.bench.case, curve.id) == ()


def test_the_whole_generator_by_keys(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)
        ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(window.canvas, Qt.Key.Key_G, ctrl)
        first = the_line(window)
        QTest.keyClick(window.canvas, Qt.Key.Key_G, ctrl | shift)
        other = the_line(window)
        assert other.recipe is not None
        assert other.fringe is not None
        assert first.recipe is not None
        assert other.nodes != first.nodes
        assert other.recipe.height == first.recipe.height
        card = next(c for c in section(window).findChildren(LineCard) if c.text() == "Winged")
        card.setFocus()
        QTest.keyClick(card, Qt.Key.Key_Space)
        assert the_recipe(window).shape is HairlineShape.WINGED
        high = next(
            b
            for b in section(window).findChildren(QToolButton)
            if b.accessibleName() == "Diffusion: High"
        )
        high.setFocus()
        QTest.keyClick(high, Qt.Key.Key_Space)
        assert the_line(window).fringe == replace(other.fringe, diffusion=Diffusion.HIGH)


def test_three_are_offered_with_a_reason_each(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)
        cards = [c for c in section(window).findChildren(LineCard) if c.toolTip()]
        assert len(cards) == 3
        assert "63 ± 9 mm" in cards[0].toolTip()
        heights = []
        for card in cards:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
            heights.append(the_line(window).recipe)
        assert len(set(heights)) == 3
        assert len(window.bench.case.variant.curves) == 1


def test_where_none_can_be_grown_the_reason_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, picture(tmp_path))
        window.show_stage("design")
        assert not button(window, "Grow a hairline").isEnabled()
        assert "Measure this photo first" in (window.hairlines.hindrance or "")
        window.actions_by_id["grow-hairline"].trigger()
        assert window.bench.case.variant.curves == ()


def test_a_note_says_a_fact_and_shows_its_place(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)
        curve = grow(window)
        recipe = the_recipe(window)

        flat = replace(recipe, recession=0.0, decorrelation=0.0)
        window.bench.apply("x", lambda case: set_recipe(case, curve.id, flat))

        def rows() -> list[NoteRow]:
            return [r for r in section(window).findChildren(NoteRow) if r.isVisibleTo(window)]

        qtbot.waitUntil(lambda: any("corner" in row.text() for row in rows()))
        window.canvas.fit()
        before = window.canvas.viewport
        row = next(row for row in rows() if "corner" in row.text())
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_Space)
        after = window.canvas.viewport
        assert before is not None
        assert after is not None
        assert after.scale > before.scale
        assert window.bench.selection.items == {curve.id}


def test_an_own_hairline_is_kept_used_on_another_case_and_forgotten(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)
        curve = grow(window)
        assert curve.recipe is not None
        card = next(c for c in section(window).findChildren(LineCard) if c.text() == "M")
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        wanted = the_line(window).recipe
        field = next(f for f in section(window).findChildren(QLineEdit) if f.maxLength() == 40)
        field.setFocus()
        QTest.keyClicks(field, "House M")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert [one.name for one in templates()] == ["House M"]
        open_face(window, head=False)
        names = section(window)._templates._names
        names.setFocus()
        QTest.keyClick(names, Qt.Key.Key_Home)
        names.activated.emit(0)
        recipe = the_line(window).recipe
        assert recipe is not None
        assert wanted is not None
        assert recipe.shape is HairlineShape.M
        assert recipe.recession == wanted.recession
        assert recipe.seed != wanted.seed
        section(window)._templates._names.setCurrentIndex(0)
        QTest.mouseClick(section(window)._templates._forget, Qt.MouseButton.LeftButton)
        assert templates() == ()


def test_the_row_offers_shape_and_diffusion_of_the_selected_hairline(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        open_face(window, head=True)

        def buttons(name: str) -> list[QToolButton]:
            found = window.context_bar.findChildren(QToolButton)
            return [b for b in found if b.accessibleName() == name and b.isVisible()]

        assert buttons("Shape: Straight") == []
        curve = grow(window)
        QTest.mouseClick(buttons("Shape: Straight")[0], Qt.MouseButton.LeftButton)
        found = find_curve(window.bench.case, curve.id)
        assert found is not None
        assert found.recipe is not None
        assert found.recipe.shape is HairlineShape.STRAIGHT
        window.actions_by_id["deselect"].trigger()
        assert buttons("Shape: Straight") == []
