"""Two variants compared in the real window, with real hands."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.editing.edits.items import items_of, move_items
from studio.ui.compare import Compare
from studio.ui.compare_picture import ComparePicture
from studio.ui.window import Window
from tests.e2e.drawing import PHOTO, draw_design
from tests.ui.studio_window import mouse, opened, take_in, words_of

PRESS, MOVE, RELEASE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """A design and a copy of it, 6 mm higher."""
    with opened(qtbot) as shown:
        take_in(qtbot, shown, PHOTO)
        draw_design(shown)
        shown.actions_by_id["variant-new"].trigger()
        ids = {item.id for item in items_of(shown.bench.case.variant)}
        shown.bench.apply("Move", lambda case: move_items(case, ids, 0.0, -6.0))
        qtbot.waitUntil(lambda: shown.bench.pictures.pyramid(_sha(shown)) is not None)
        yield shown


def _sha(window: Window) -> str:
    return window.bench.case.photos[0].sha256


def begun(window: Window, way: str) -> tuple[Compare, ComparePicture]:
    window.actions_by_id[f"compare-{way}"].trigger()
    QApplication.processEvents()
    view = window.canvas.findChildren(Compare)[0]
    return view, view.picture


def pixels(picture: ComparePicture) -> np.ndarray:
    QApplication.processEvents()
    image = picture.grab().toImage()
    words = np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)
    return words[:, : image.width(), :3].astype(int)


def test_one_variant_alone_cannot_be_compared(qtbot: QtBot) -> None:
    with opened(qtbot) as window:
        take_in(qtbot, window, PHOTO)
        window.actions_by_id["compare-side"].trigger()
        assert not window.canvas.findChildren(Compare)
        assert "only one variant" in window.status.currentMessage()


def test_side_by_side_moves_together_and_escape_leaves(window: Window) -> None:
    view, picture = begun(window, "side")
    assert view.isVisible()
    before = picture.viewport
    assert before is not None
    start = QPointF(100, 200)
    mouse(picture, PRESS, start)
    mouse(picture, MOVE, start + QPointF(40, 25))
    mouse(picture, RELEASE, start + QPointF(40, 25))
    after = picture.viewport
    assert after is not None
    assert np.subtract(after.offset, before.offset) == pytest.approx((40, 25))
    left, right = (scene.viewport for scene in picture._scenes or ())
    assert left == right
    QTest.keyClick(picture, Qt.Key.Key_Escape)
    assert view.isHidden()
    assert window.canvas.hasFocus()


def test_the_wheel_zooms_at_the_same_place_of_either_view(window: Window) -> None:
    _, picture = begun(window, "side")
    view = picture.viewport
    assert view is not None
    at = np.array([(view.width / 2 + 30, 150.0)])
    held = view.to_photo(at)
    there = QPointF(view.width + 2 + at[0, 0], 150.0)
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        there,
        there,
        QPoint(),
        QPoint(0, 360),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picture, event)
    zoomed = picture.viewport
    assert zoomed is not None
    assert zoomed.scale == pytest.approx(2 * view.scale)
    assert zoomed.to_photo(at) == pytest.approx(held, abs=2 / zoomed.scale)


def test_the_divider_is_dragged_and_moved_by_arrows(window: Window) -> None:
    _, picture = begun(window, "wipe")
    middle = QPointF(picture.width() / 2, 300)
    mouse(picture, PRESS, middle)
    mouse(picture, MOVE, QPointF(picture.width() * 0.25, 300))
    mouse(picture, RELEASE, QPointF(picture.width() * 0.25, 300))
    assert picture.share == pytest.approx(0.25, abs=0.01)
    QTest.keyClick(picture, Qt.Key.Key_Right)
    assert picture.share == pytest.approx(0.26, abs=0.01)
    QTest.keyClick(picture, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert picture.share == pytest.approx(0.16, abs=0.01)


def test_wiped_to_either_end_one_variant_alone_is_seen(window: Window) -> None:
    _, picture = begun(window, "wipe")
    picture.move_wipe(0.0)
    other = pixels(picture)[60:-60, 40:-40]
    picture.move_wipe(1.0)
    one = pixels(picture)[60:-60, 40:-40]
    assert np.abs(one - other).max() > 60, "the two designs lie apart"
    picture.move_wipe(0.5)
    both = pixels(picture)[60:-60, 40:-40]
    middle = both.shape[1] // 2
    assert np.abs(both[:, : middle - 60] - one[:, : middle - 60]).max() == 0
    assert np.abs(both[:, middle + 60 :] - other[:, middle + 60 :]).max() == 0


def test_differences_are_listed_and_nothing_is_changed(window: Window) -> None:
    case = window.bench.case
    view, _ = begun(window, "side")
    words = words_of(view.list)
    assert "B against A" in words
    assert "Mid-point\n6 ± 1 mm higher" in words
    QTest.keyClick(view.picture, Qt.Key.Key_Delete)
    assert window.bench.case is case
    window.show_stage("measure")
    QTest.keyClick(view.picture, Qt.Key.Key_Escape)


def test_leaving_the_stage_or_deleting_a_variant_ends_it(window: Window) -> None:
    view, _ = begun(window, "wipe")
    window.actions_by_id["variant-delete"].trigger()
    assert view.isHidden()
    window.actions_by_id["undo"].trigger()
    view, _ = begun(window, "side")
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert view.isHidden()
