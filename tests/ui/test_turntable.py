"""The turntable turned by mouse, wheel and keys."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from studio.render.orbit import BACK, FRONT
from studio.ui.turntable import TurntableView, TurntableWindow
from studio.ui.window import Window
from tests.render.test_turntable import on_head
from tests.ui.studio_window import opened
from tests.unit.skin.head.heads import head

LEFT_BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    with opened(qtbot) as shown:
        yield shown


@pytest.fixture
def turntable(qtbot: QtBot, window: Window) -> TurntableWindow:
    ring = ((-30.0, 90.0), (30.0, 90.0), (30.0, 140.0), (-30.0, 140.0))
    window.bench.open_case.show_made(on_head(head(1), ring), {})
    window.actions_by_id["turntable"].trigger()
    (made,) = window.findChildren(TurntableWindow)
    qtbot.waitUntil(lambda: made.view.resting)
    return made


def drag(view: TurntableView, by: QPoint) -> None:
    start = view.rect().center()
    QTest.mousePress(view, LEFT_BUTTON, pos=start)
    QTest.mouseMove(view, start + by)
    QTest.mouseRelease(view, LEFT_BUTTON, pos=start + by)


def test_dragging_turns_the_head_with_the_hand(qtbot: QtBot, turntable: TurntableWindow) -> None:
    view = turntable.view
    drag(view, QPoint(60, 0))
    assert view.orbit.turn < -5  # the face goes right: its right side comes to the front
    assert view.orbit.rise == 0
    drag(view, QPoint(0, 60))
    assert view.orbit.rise > 5  # pulled down, the vertex comes to the front
    qtbot.waitUntil(lambda: view.resting)
    QTest.mouseDClick(view, LEFT_BUTTON)
    assert view.orbit == FRONT


def test_keys_turn_and_enlarge(turntable: TurntableWindow) -> None:
    view = turntable.view
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Plus):
        QTest.keyClick(view, key)
    assert (view.orbit.turn, view.orbit.rise) == (10.0, 5.0)
    assert view.orbit.zoom > 1
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.orbit == FRONT


def test_the_wheel_enlarges(turntable: TurntableWindow) -> None:
    view = turntable.view
    at = QPointF(100, 100)
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
    assert view.orbit.zoom > 1.3
    assert view.orbit.shift != (0.0, 0.0)


def test_sides_and_boxes(turntable: TurntableWindow) -> None:
    sides = {button.text(): button for button in turntable.findChildren(QPushButton)}
    QTest.mouseClick(sides["Back"], LEFT_BUTTON)
    assert turntable.view.orbit == BACK
    boxes = {box.text(): box for box in turntable.findChildren(QCheckBox)}
    boxes["Dots"].click()
    assert not turntable.view.shown.dots
    boxes["True tone"].click()
    assert turntable.view.shown.true_tone


def test_it_can_be_used_without_sight_or_mouse(turntable: TurntableWindow) -> None:
    assert turntable.accessibleName() == "Turntable"
    assert turntable.view.accessibleName()
    assert "Arrow keys" in turntable.view.accessibleDescription()
    assert turntable.view.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_it_is_opened_once(window: Window, turntable: TurntableWindow) -> None:
    window.actions_by_id["turntable"].trigger()
    assert window.findChildren(TurntableWindow) == [turntable]


def test_it_follows_edits_and_says_when_there_is_no_head(
    qtbot: QtBot, window: Window, turntable: TurntableWindow
) -> None:
    view = turntable.view
    before = view.grab().toImage()
    window.bench.apply(
        "Clear", lambda case: replace(case, variants=(replace(case.variant, zones=()),))
    )
    qtbot.waitUntil(lambda: view.grab().toImage() != before)
    window.bench.apply("Part", lambda case: replace(case, head=None))
    qtbot.waitUntil(lambda: view.no_head)
