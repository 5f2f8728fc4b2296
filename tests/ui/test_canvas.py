import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QMouseEvent,
    QPointingDevice,
    QPointingDeviceUniqueId,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.editing.history import History
from studio.editing.overlay import Label, Overlay
from studio.editing.selection import only
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.toolbox import Toolbox
from studio.editing.tools.idle import Idle
from studio.editing.tools.pen import PenTool
from studio.editing.tools.select import SelectTool
from studio.imaging.pyramid import build
from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.render.tokens import TOKENS, Theme
from studio.render.view_options import ViewOptions
from studio.skin.plane import skin_map
from studio.ui.canvas.canvas import Canvas
from tests.render.screen import PX_PER_MM, box_ring, case, photo, pixels, with_zone, zone

LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)
NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)


@dataclass
class Spy(Idle):
    """A tool that writes down what it is told."""

    name: str = "select"
    cursor: Cursor = Cursor.PEN
    hint: str = "Click"
    told: list[str] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    shapes: Overlay = ()
    fault: Exception | None = None

    def _tell(self, what: str, pointer: Pointer | None = None) -> bool:
        if self.fault is not None:
            raise self.fault
        self.told.append(what)
        if pointer is not None:
            self.pointers.append(pointer)
        return True

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("press", pointer)

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("move", pointer)

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("release", pointer)

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        return self._tell("double", pointer)

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        return self._tell(f"key {key} {keys.name}") if key != "q" else False

    def confirm(self, desk: Desk) -> bool:
        return self._tell("confirm")

    def cancel(self, desk: Desk) -> bool:
        return self._tell("cancel")

    def overlay(self, desk: Desk) -> Overlay:
        return self.shapes


@dataclass
class Table:
    """A canvas on a desk, with a tool in hand."""

    canvas: Canvas
    history: History
    desk: Desk
    toolbox: Toolbox
    spy: Spy

    def mouse(
        self,
        kind: QEvent.Type,
        x: float,
        y: float,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = PLAIN,
    ) -> None:
        held = NONE if kind is RELEASE else button
        at = QPointF(x, y)
        cause = NONE if kind is MOVE else button
        QApplication.sendEvent(self.canvas, QMouseEvent(kind, at, at, cause, held, keys))

    def drag(self, *way: tuple[float, float], button: Qt.MouseButton = LEFT) -> None:
        self.mouse(PRESS, *way[0], button)
        for place in way[1:]:
            self.mouse(MOVE, *place, button)
        self.mouse(RELEASE, *way[-1], button)


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    made = lay(qtbot, case(zone(box_ring(-30, -20, 0, 10))))
    yield made
    made.canvas.close()


def lay(qtbot: QtBot, shown: Case, *tools: Idle) -> Table:
    history = History(shown)
    spy = Spy()
    desk = Desk(history, "front", skin_map(photo()))
    toolbox = Toolbox(desk, tools or [spy])
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.set_toolbox(toolbox)
    canvas.set_photo(history.case.photos[0], build(pixels()))
    history.listeners.append(canvas.case_changed)
    desk.changed = canvas.refresh
    canvas.show()
    qtbot.waitExposed(canvas)
    canvas.zoom_to(1.0)
    QApplication.processEvents()
    return Table(canvas, history, desk, toolbox, spy)


def seen(canvas: Canvas) -> np.ndarray:
    QApplication.processEvents()
    image = canvas.grab().toImage()
    words = np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)
    return np.ascontiguousarray(words[:, : image.width(), 2::-1])


def chart(canvas: Canvas, x: float, y: float) -> tuple[float, float]:
    view = canvas.viewport
    assert view is not None
    px = view.to_photo(np.array([(x, y)]))[0]
    return (px[0] - 300) / PX_PER_MM, (px[1] - 200) / PX_PER_MM


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


def tablet(
    canvas: Canvas,
    kind: QEvent.Type,
    at: QPointF,
    pressure: float,
    tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
) -> QTabletEvent:
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        tip,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
        "",
        QPointingDeviceUniqueId(),
    )
    held = NONE if kind is QEvent.Type.TabletRelease else LEFT
    button = NONE if kind is QEvent.Type.TabletMove else LEFT
    event = QTabletEvent(
        kind, device, at, at, pressure, 0.0, 0.0, 0.0, 0.0, 0.0, PLAIN, button, held
    )
    QApplication.sendEvent(canvas, event)
    return event


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


def wheel(
    canvas: Canvas,
    at: tuple[float, float],
    angle: tuple[int, int] = (0, 0),
    pixel: tuple[int, int] = (0, 0),
    keys: Qt.KeyboardModifier = PLAIN,
) -> None:
    phase = Qt.ScrollPhase.ScrollUpdate if any(pixel) else Qt.ScrollPhase.NoScrollPhase
    place = QPointF(*at)
    event = QWheelEvent(place, place, QPoint(*pixel), QPoint(*angle), NONE, keys, phase, False)
    QApplication.sendEvent(canvas, event)


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
    table.desk.skin = skin_map(photo(scaled=False))
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
    table.desk.skin = skin_map(measured)
    assert not np.array_equal(seen(table.canvas), before)


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
