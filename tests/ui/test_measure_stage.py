"""The Measure stage: marking by clicks in the photo, and what the panel says of it."""

import io
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from studio.editing.edits.measurements import measurement_of, put_measurement
from studio.editing.edits.photos import set_view
from studio.model.case import Case, Variant
from studio.model.curve import Curve, Node
from studio.model.photo import (
    LandmarkKind,
    Measurement,
    MeasurementKind,
    View,
)
from studio.model.refusal import Refusal
from studio.model.resources import resource
from studio.skin.plane import plane_map
from studio.skin.references import hand_error, references
from studio.ui import theme
from studio.ui.banner import NoScaleBanner
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas_link import CanvasLink
from studio.ui.look import Look
from studio.ui.loupe import Loupe
from studio.ui.stages.measure import make_stage
from studio.ui.stages.measure_accuracy import error_parts, errors_at
from studio.ui.stages.measure_size import size_in
from studio.ui.stages.measure_words import error_text, share_text
from studio.ui.workbench import Workbench
from tests.ui.measuring import Desk, flat_photo, photo_of

STICKER, RULER, IPD = MeasurementKind.STICKER, MeasurementKind.RULER, MeasurementKind.OWN_IPD
ROUND = Measurement(
    kind=STICKER,
    points=((400, 300), (440, 300), (400, 338)),
    size_mm=20.0,
    size_se=0.1,
    click_se=0.1,
)


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Iterator[Look]:
    """The program's own style, for sizes as people see them."""
    made = Look()
    theme.apply(qapp, made.theme)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def desk(look: Look) -> Iterator[Desk]:
    bench = Workbench(look)
    host = QWidget()
    canvas = Canvas(host)
    link = CanvasLink(bench, canvas)
    stage = make_stage(bench, link, {"find-sticker": QAction("Find", host)})
    banner = NoScaleBanner(canvas, bench)
    banner.wanted.connect(stage.measure_now)
    banner.serve(True)
    made = Desk(bench, canvas, stage, banner, host)
    bench.said.connect(made.said.append)
    stage.inspector.setFixedWidth(320)
    layout = QHBoxLayout(host)
    for part in (stage.context, canvas, stage.inspector):
        layout.addWidget(part)
    layout.setStretchFactor(canvas, 1)
    host.resize(1700, 700)
    host.show()
    yield made
    made.settle()
    bench.open_case.close()
    host.close()
    host.deleteLater()


@pytest.fixture
def flat(desk: Desk) -> Desk:
    data = flat_photo()
    variant = Variant(id="v")
    desk.put(Case(id="c", photos=(photo_of(data),), variants=(variant,), chosen="v"), data)
    return desk


def curve_on_photo(desk: Desk) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    (curve,) = desk.bench.case.variant.curves
    skin = desk.bench.skin
    assert skin is not None
    return skin.to_photo(np.array([node.at for node in curve.nodes]))


def test_without_a_scale_it_says_so_and_offers_to_measure(flat: Desk) -> None:
    assert flat.panel.accuracy.hero.text() == "no scale"
    assert not flat.panel.accuracy.verdict.isVisible()
    assert flat.banner.isVisible()
    assert not flat.stage.finished()
    QTest.mouseClick(flat.banner.button, Qt.MouseButton.LeftButton)
    assert flat.asked() is RULER
    assert flat.panel.ask.title.text() == "Ruler"
    flat.key(Qt.Key.Key_Escape)
    assert flat.panel.ask.isHidden()


def test_two_clicks_on_a_ruler_give_px_per_mm_with_their_error(flat: Desk) -> None:
    row = flat.panel.ways.rows[RULER]
    QTest.mouseClick(row.mark, Qt.MouseButton.LeftButton)
    flat.click(200, 500)
    assert flat.panel.ask.step.text() == "Next, 2 of 2"
    flat.click(600, 500)
    made = measurement_of(flat.bench.case, "p", RULER)
    assert made is not None
    assert np.array(made.points) == pytest.approx(np.array([(200, 500), (600, 500)]), abs=flat.px)
    span = math.dist(*made.points)
    reference = references()[RULER]
    sigma = math.hypot(
        reference.size_se / reference.size_mm, math.sqrt(2) * hand_error(flat.px) / span
    )
    accuracy = flat.panel.accuracy
    assert flat.photo.plane.sigma == pytest.approx(sigma, rel=1e-3)
    assert accuracy.hero.text() == error_text(sigma)
    assert accuracy.method.text() == f"by ruler, {span / reference.size_mm:.2f} px/mm"
    assert accuracy.verdict.text() == (
        f"Lengths here {error_text(sigma)}, areas {error_text(2 * sigma)}."
    )
    assert row.radio.isChecked()
    assert row.error.text() == error_text(sigma)
    assert not flat.banner.isVisible()
    assert flat.steps == ["Mark ruler"]
    assert flat.stage.finished()


def test_the_parts_of_the_error_make_the_whole(flat: Desk) -> None:
    flat.bench.apply("Mark", lambda case: put_measurement(case, "p", ROUND))
    sigma = flat.photo.plane.sigma
    size, marks = error_parts(ROUND, sigma)
    assert size == pytest.approx(0.1 / 20)
    assert marks > 0
    assert math.hypot(size, marks) == pytest.approx(sigma)
    here, near, far = errors_at(plane_map(flat.photo), (0.0, 20.0, 60.0))
    assert here == pytest.approx(sigma)
    assert here < near < far


def test_dragging_the_sticker_changes_numbers_but_nothing_on_the_photo(desk: Desk) -> None:
    data = flat_photo()
    nodes = tuple(Node((x, y), smooth=False) for x, y in ((-40, -20), (0, -40), (40, -20)))
    curve = Curve(id="k", name="Hairline", chart="p", nodes=nodes)
    case = Case(
        id="c",
        photos=(photo_of(data),),
        variants=(Variant(id="v", curves=(curve,)),),
        chosen="v",
    )
    desk.put(put_measurement(case, "p", ROUND), data)
    before, scale = curve_on_photo(desk), desk.photo.plane
    desk.drag((440, 300), (480, 300))
    after = measurement_of(desk.bench.case, "p", STICKER)
    assert after is not None
    assert after.points[1] == pytest.approx((480, 300), abs=2 * desk.px)
    assert desk.photo.plane != scale
    assert desk.panel.accuracy.hero.text() == error_text(desk.photo.plane.sigma)
    assert curve_on_photo(desk)[[0, -1]] == pytest.approx(before[[0, -1]], abs=0.1)
    assert desk.steps == ["Adjust sticker"]
    desk.bench.undo()
    desk.settle()
    assert desk.photo.plane == scale
    assert curve_on_photo(desk) == pytest.approx(before, abs=1e-6)


def test_the_radio_button_says_which_mark_counts(flat: Desk) -> None:
    flat.bench.apply("Mark", lambda case: put_measurement(case, "p", ROUND))
    rows = flat.panel.ways.rows
    QTest.mouseClick(rows[RULER].radio, Qt.MouseButton.LeftButton, pos=QPoint(8, 16))
    flat.settle()
    assert flat.asked() is RULER
    assert rows[STICKER].radio.isChecked()
    flat.click(200, 500)
    flat.click(600, 500)
    assert flat.photo.plane.method is RULER
    assert [kind for kind, row in rows.items() if row.radio.isChecked()] == [RULER]
    QTest.mouseClick(rows[STICKER].radio, Qt.MouseButton.LeftButton, pos=QPoint(8, 16))
    assert flat.photo.scale_from is STICKER
    QTest.mouseClick(rows[STICKER].remove, Qt.MouseButton.LeftButton)
    assert flat.photo.plane.method is RULER
    assert rows[STICKER].state.text() == "not marked · three clicks"


def test_bad_sizes_are_refused_in_words_and_change_nothing(flat: Desk) -> None:
    flat.stage.desk.mark(RULER)
    flat.click(200, 500)
    flat.click(600, 500)
    line = flat.panel.ways.rows[RULER].size_mm
    assert line is not None
    before = flat.bench.case
    for typed, words in (("fifty", "“fifty” is not a length"), ("0", "between 5 and 1,000")):
        flat.said.clear()
        flat.type_in(line, typed)
        assert len(flat.said) == 1
        assert words in flat.said[0]
        assert line.property("error")
        assert flat.bench.case is before
    flat.type_in(line, "100,5")
    assert not line.property("error")
    made = measurement_of(flat.bench.case, "p", RULER)
    assert made is not None
    assert made.size_mm == 100.5
    assert flat.steps[-1] == "Change size of ruler"


@pytest.mark.parametrize(
    ("typed", "size"), [("50", 50.0), (" 50.5 mm", 50.5), ("50,25", 50.25), ("60", 60.0)]
)
def test_a_size_is_read_with_point_or_comma(typed: str, size: float) -> None:
    assert size_in(typed, (45.0, 80.0)) == size


@pytest.mark.parametrize("typed", ["", "mm", "inf", "nan", "44.9", "80.1", "-50", "5 0"])
def test_what_is_no_size_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        size_in(typed, (45.0, 80.0))


def test_a_size_typed_before_marking_is_used(flat: Desk) -> None:
    line = flat.panel.ways.rows[IPD].size_mm
    assert line is not None
    flat.type_in(line, "66")
    assert flat.steps == []
    flat.stage.desk.mark(IPD)
    flat.click(300, 450)
    flat.click(500, 450)
    made = measurement_of(flat.bench.case, "p", IPD)
    assert made is not None
    assert made.size_mm == 66.0


def test_the_needed_landmarks_are_asked_for_one_after_another(flat: Desk) -> None:
    landmarks = flat.panel.landmarks
    assert landmarks.count.text() == "0 of 10"
    QTest.mouseClick(landmarks.begin, Qt.MouseButton.LeftButton)
    assert flat.panel.ask.title.text() == "Glabella"
    flat.click(400, 400)
    assert flat.panel.ask.step.text() == "Next, 2 of 10"
    flat.key(Qt.Key.Key_Backspace)
    assert not flat.photo.landmarks
    flat.click(410, 400)
    for skipped in (LandmarkKind.NASION, LandmarkKind.CANTHUS_RIGHT):
        assert flat.asked() is skipped
        flat.key(Qt.Key.Key_Return)
    assert flat.asked() is LandmarkKind.CANTHUS_LEFT
    flat.click(500, 450)
    assert flat.asked() is LandmarkKind.EAR_TOP_RIGHT
    flat.key(Qt.Key.Key_Escape)
    assert flat.asked() is None
    assert landmarks.count.text() == "2 of 10"
    marks = {mark.kind: mark.at for mark in flat.photo.landmarks}
    assert marks[LandmarkKind.GLABELLA] == pytest.approx((410, 400), abs=flat.px)
    assert marks[LandmarkKind.CANTHUS_LEFT] == pytest.approx((500, 450), abs=flat.px)
    button = landmarks.buttons[LandmarkKind.GLABELLA]
    assert button.accessibleName() == "1 Glabella, marked"
    QTest.keyClick(button, Qt.Key.Key_Delete)
    assert landmarks.count.text() == "1 of 10"
    flat.bench.apply("View", lambda case: set_view(case, "p", View.TOP))
    assert landmarks.count.text() == "0 of 3"
    flat.bench.apply("View", lambda case: set_view(case, "p", View.CLOSE_UP))
    assert landmarks.count.text() == f"1 of {len(LandmarkKind)}"
    assert landmarks.begin.isHidden()


def test_the_sticker_is_found_again_in_the_practice_photo(desk: Desk) -> None:
    data = Path(resource("practice/front.jpg")).read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    case = Case(
        id="c", photos=(photo_of(data, width, height),), variants=(Variant(id="v"),), chosen="v"
    )
    desk.put(case, data)
    QTest.mouseClick(desk.row.again, Qt.MouseButton.LeftButton)
    assert not desk.row.again.isEnabled()
    desk.settle()
    assert desk.row.again.isEnabled()
    found = measurement_of(desk.bench.case, "p", STICKER)
    assert found is not None
    assert found.points[0] == pytest.approx((1249, 916), abs=3)
    assert desk.steps == ["Find sticker"]
    assert desk.said[-1].startswith("Sticker found, ")
    assert desk.photo.plane.method is STICKER


def test_a_photo_without_a_sticker_says_what_to_do(flat: Desk) -> None:
    QTest.mouseClick(flat.row.again, Qt.MouseButton.LeftButton)
    flat.settle()
    assert flat.said == ["No sticker was found. Mark it by hand or measure in another way."]
    assert not flat.photo.measurements


def test_the_loupe_shows_the_place_under_the_pen_four_times_larger(flat: Desk) -> None:
    loupe = flat.canvas.findChild(Loupe)
    assert loupe is not None
    QTest.mouseMove(flat.canvas, flat.at(200, 700))
    flat.settle()
    assert loupe.isVisible()
    assert loupe.x() < flat.canvas.width() / 2
    image = loupe.grab().toImage()
    half = 10 * flat.canvas.zoom * 4
    assert half < 60
    middle = 81

    def red(dx: float, dy: float) -> bool:
        colour = image.pixelColor(round(middle + dx), round(middle + dy))
        return colour.red() > 180 and colour.green() < 90

    assert red(half - 8, half - 8)
    assert red(8 - half, half - 8)
    assert not red(half + 8, half - 8)
    assert not red(8 - half, -half - 8)
    QTest.mouseMove(flat.canvas, loupe.geometry().center())
    flat.settle()
    assert loupe.x() > flat.canvas.width() / 2
    flat.row.loupe.click()
    assert loupe.isHidden()


def test_every_control_has_a_name_and_is_large_enough_for_a_finger(flat: Desk) -> None:
    for part in (flat.panel, flat.row):
        controls = [
            w for w in part.findChildren(QWidget) if isinstance(w, QAbstractButton | QLineEdit)
        ]
        assert len(controls) >= 4
        for control in controls:
            if control.isVisible() and not isinstance(control.parent(), QAbstractSpinBox):
                assert control.accessibleName() or isinstance(control, QAbstractButton)
                assert control.accessibleName() or control.text(), control
                assert control.height() >= 32, control.accessibleName()
                assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control.accessibleName()


def test_shares_are_never_shown_as_nothing() -> None:
    assert share_text(0.0112) == "1.1 %"
    assert share_text(0.126) == "13 %"
    assert share_text(0.0001) == "under 0.1 %"
    assert error_text(0.0001) == "± 0.1 %"
