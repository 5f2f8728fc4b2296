from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QPointingDevice,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPinchGesture
from pytestqt.qtbot import QtBot

from studio.editing.selection import only
from studio.editing.tool import Keys
from studio.editing.tools.pen import PenTool
from studio.editing.tools.select import SelectTool
from studio.render.view_options import ViewOptions
from studio.ui.canvas.navigation import pinch
from tests.render.screen import PX_PER_MM, box_ring, case, zone
from tests.ui.canvas_table import (
    LEFT,
    MIDDLE,
    MOVE,
    NONE,
    PRESS,
    RELEASE,
    RIGHT,
    Table,
    chart,
    lay,
    seen,
    tablet,
    wheel,
)


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    made = lay(qtbot, case(zone(box_ring(-30, -20, 0, 10))))
    yield made
    made.canvas.close()


def test_a_press_tells_the_tool_where_on_the_skin_it_is(table: Table) -> None:
    table.drag((400, 300), (410, 300))
    assert table.spy.told == ["press", "move", "release"]
    pointer = table.spy.pointers[0]
    assert pointer.at == pytest.approx(chart(table.canvas, 400, 300))
    assert pointer.px == pytest.approx(1 / PX_PER_MM)
    assert (pointer.reach, pointer.eraser, pointer.keys) == (8.0, False, Keys.NONE)


def test_modifiers_reach_the_tool(table: Table) -> None:
    both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
    table.mouse(PRESS, 100, 100, keys=both)
    assert table.spy.pointers[0].keys == Keys.SHIFT | Keys.ALT


def test_hovering_tells_the_point_and_leaving_tells_none(table: Table) -> None:
    told: list[object] = []
    table.canvas.pointer_moved.connect(told.append)
    table.mouse(MOVE, 250, 150, NONE)
    QApplication.sendEvent(table.canvas, QEvent(QEvent.Type.Leave))
    assert told[0] == pytest.approx(chart(table.canvas, 250, 150))
    assert told[-1] is None


def test_double_click_and_right_click(table: Table) -> None:
    table.mouse(QEvent.Type.MouseButtonDblClick, 200, 100)
    table.mouse(PRESS, 200, 100, RIGHT)
    table.mouse(RELEASE, 200, 100, RIGHT)
    assert table.spy.told == ["double", "cancel"]


def test_keys_reach_the_tool_and_what_it_does_not_use_goes_on(table: Table) -> None:
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace, Qt.Key.Key_C):
        QTest.keyClick(table.canvas, key)
    QTest.keyClick(table.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table.canvas, Qt.Key.Key_Return)
    QTest.keyClick(table.canvas, Qt.Key.Key_Escape)
    QTest.keyClick(table.canvas, Qt.Key.Key_Q)
    assert table.spy.told == [
        "key left NONE",
        "key backspace NONE",
        "key c NONE",
        "key up SHIFT",
        "confirm",
        "cancel",
    ]


def test_in_the_mirror_the_arrow_left_moves_left_on_the_screen(table: Table) -> None:
    table.canvas.set_options(ViewOptions(mirror_view=True))
    QTest.keyClick(table.canvas, Qt.Key.Key_Left)
    assert table.spy.told == ["key right NONE"]
    table.mouse(PRESS, 100, 100)
    assert table.spy.pointers[0].at[0] > 0, "the left of the view is the right of the photo"


def test_pen_brings_pressure_and_a_wider_reach(table: Table) -> None:
    event = tablet(table.canvas, QEvent.Type.TabletPress, QPointF(120, 90), 0.25)
    tablet(table.canvas, QEvent.Type.TabletMove, QPointF(130, 90), 0.75)
    tablet(table.canvas, QEvent.Type.TabletRelease, QPointF(130, 90), 0.0)
    assert event.isAccepted(), "or Qt would send a mouse press as well"
    assert table.spy.told == ["press", "move", "release"]
    first, second = table.spy.pointers[:2]
    assert (first.reach, first.pressure, second.pressure) == (16.0, 0.25, 0.75)
    assert first.at == pytest.approx(chart(table.canvas, 120, 90))


def test_the_other_end_of_the_pen_erases(table: Table) -> None:
    table.desk.selection = only("zone")
    eraser = QPointingDevice.PointerType.Eraser
    corner = QPointF(300 - 30 * PX_PER_MM, 200 - 20 * PX_PER_MM)
    tablet(table.canvas, QEvent.Type.TabletPress, corner, 0.5, eraser)
    tablet(table.canvas, QEvent.Type.TabletRelease, corner, 0.0, eraser)
    assert "press" not in table.spy.told
    assert len(table.history.case.variant.zones[0].outline) == 3
    table.toolbox.undo()
    assert len(table.history.case.variant.zones[0].outline) == 4


def test_two_quick_taps_of_the_pen_are_a_double_click(table: Table) -> None:
    for time in (1000, 1150, 1300, 9000):
        tablet(table.canvas, QEvent.Type.TabletPress, QPointF(120, 90), 0.5, time=time)
        tablet(table.canvas, QEvent.Type.TabletRelease, QPointF(120, 90), 0.0, time=time + 40)
    presses = [told for told in table.spy.told if told != "release"]
    assert presses == ["press", "double", "press", "press"]


def test_two_fingers_move_and_zoom_at_once(table: Table) -> None:
    view = table.canvas.viewport
    assert view is not None
    gesture = QPinchGesture()
    gesture.setLastCenterPoint(QPointF(110, 120))
    gesture.setCenterPoint(QPointF(130, 125))
    gesture.setScaleFactor(1.5)
    under = view.to_photo(np.array([(110.0, 120.0)]))
    moved = pinch(gesture, QPointF(0, 0), view)
    assert moved.scale == pytest.approx(1.5 * view.scale)
    assert moved.to_view(under)[0] == pytest.approx((130, 125), abs=1)


def test_wheel_zooms_at_the_pointer(table: Table, qtbot: QtBot) -> None:
    before = chart(table.canvas, 420, 130)
    with qtbot.waitSignal(table.canvas.zoom_changed) as told:
        wheel(table.canvas, (420, 130), angle=(0, 120))
    assert told.args == [pytest.approx(2 ** (1 / 3))]
    assert chart(table.canvas, 420, 130) == pytest.approx(before, abs=0.6 / PX_PER_MM)
    wheel(table.canvas, (420, 130), angle=(0, -120))
    assert table.canvas.zoom == pytest.approx(1.0)


def test_trackpad_pans_and_with_ctrl_zooms(table: Table) -> None:
    before = table.canvas.viewport
    assert before is not None
    wheel(table.canvas, (300, 200), angle=(40, 80), pixel=(10, 20))
    after = table.canvas.viewport
    assert after is not None
    assert after.offset == (before.offset[0] + 10, before.offset[1] + 20)
    wheel(table.canvas, (300, 200), (0, 120), (0, 20), Qt.KeyboardModifier.ControlModifier)
    assert table.canvas.zoom > 1.1


def test_shift_and_wheel_moves_sideways(table: Table) -> None:
    before = table.canvas.viewport
    wheel(table.canvas, (300, 200), (0, 120), keys=Qt.KeyboardModifier.ShiftModifier)
    after = table.canvas.viewport
    assert before is not None
    assert after is not None
    assert after.offset == (before.offset[0] + 60, before.offset[1])


@pytest.mark.parametrize("way", ["middle", "space"])
def test_holding_the_photo_moves_it_and_leaves_the_tool_alone(table: Table, way: str) -> None:
    before = table.canvas.viewport
    if way == "space":
        QTest.keyPress(table.canvas, Qt.Key.Key_Space)
        assert table.canvas.cursor().shape() is Qt.CursorShape.OpenHandCursor
    table.drag((300, 200), (320, 190), (355, 230), button=MIDDLE if way == "middle" else LEFT)
    QTest.keyRelease(table.canvas, Qt.Key.Key_Space)
    after = table.canvas.viewport
    assert before is not None
    assert after is not None
    assert after.offset == (before.offset[0] + 55, before.offset[1] + 30)
    assert table.spy.told == []
    assert table.canvas.cursor().shape() is Qt.CursorShape.BitmapCursor


def test_a_pan_shows_the_same_photo_elsewhere(table: Table) -> None:
    table.canvas.set_options(ViewOptions(overlays=False, dots=False))
    before = seen(table.canvas)
    table.drag((300, 200), (310, 205), (340, 220), button=MIDDLE)
    after = seen(table.canvas)
    assert np.array_equal(after[20:, 40:], before[:-20, :-40])


def test_the_pen_draws_a_curve_on_the_photo(qtbot: QtBot) -> None:
    table = lay(qtbot, case(), SelectTool(), PenTool())
    table.toolbox.take("pen")
    for x, y in ((350.0, 100.0), (450.0, 120.0), (520.0, 200.0)):
        table.mouse(MOVE, x, y, NONE)
        table.drag((x, y))
    QTest.keyClick(table.canvas, Qt.Key.Key_Return)
    (curve,) = table.history.case.variant.curves
    assert len(curve.nodes) == 3
    assert curve.nodes[1].at == pytest.approx(chart(table.canvas, 450, 120), abs=0.002)
    picture = seen(table.canvas)
    assert np.abs(picture[108:113, 395:406].astype(int) - (91, 184, 234)).max(axis=2).min() < 30
