"""The Measure stage on the way to a head: outlines, spots, tape, joining, and what is shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from studio.editing.edits.head import set_head, set_tape
from studio.editing.edits.head_inputs import set_outline, set_pencil
from studio.editing.edits.photos import set_landmark
from studio.editing.overlay import Ink, Label, Line, Overlay
from studio.imaging.intake import decode
from studio.imaging.outline import find_outline
from studio.model.arrays import FloatArray
from studio.model.case import Case, Variant
from studio.model.chart import HEAD, Point
from studio.model.head import Tape
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, Photo, View
from studio.model.refusal import Refusal
from studio.skin.head.joining import Joined, Residual, expected, join
from studio.ui import theme
from studio.ui.banner import NoScaleBanner
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas_link import CanvasLink
from studio.ui.look import Look
from studio.ui.stages.measure import make_stage
from studio.ui.stages.measure_join import PAUSE_MS, Joining
from studio.ui.stages.measure_words import needed
from studio.ui.workbench import Workbench
from tests.heads_of_practice import truth
from tests.planes_of_practice import practice_on_planes
from tests.ui.measuring import Desk, flat_photo, photo_of

TRUE_NAMES = {
    LandmarkKind.GLABELLA: "glabella",
    LandmarkKind.NASION: "nasion",
    LandmarkKind.NOSE_TIP: "pronasale",
    LandmarkKind.SUBNASALE: "subnasale",
    LandmarkKind.MENTON: "menton",
    LandmarkKind.CANTHUS_RIGHT: "exocanthion_R",
    LandmarkKind.CANTHUS_LEFT: "exocanthion_L",
    LandmarkKind.TRAGUS_RIGHT: "tragus_R",
    LandmarkKind.TRAGUS_LEFT: "tragus_L",
    LandmarkKind.EAR_TOP_RIGHT: "superaurale_R",
    LandmarkKind.EAR_TOP_LEFT: "superaurale_L",
    LandmarkKind.EAR_LOBE_RIGHT: "subaurale_R",
    LandmarkKind.EAR_LOBE_LEFT: "subaurale_L",
}


def true_px(view: View, name: str) -> Point:
    x, y = truth(view)["landmarks"][name]["px"]
    return float(x) + 0.5, float(y) + 0.5  # marks count from a pixel's corner


@cache
def pictures() -> tuple[Case, dict[str, bytes]]:
    """The practice photos without a design."""
    case, found = practice_on_planes()
    empty = Variant(id="v")
    return replace(case, variants=(empty,), chosen="v", axes=()), found


@cache
def marked_case() -> Case:
    """The practice photos with landmarks, outlines and a tape."""
    case, found = pictures()
    for photo in case.photos:
        for kind in needed(photo):
            if TRUE_NAMES.get(kind) in truth(photo.view)["landmarks"]:
                place = true_px(photo.view, TRUE_NAMES[kind])
                case = set_landmark(case, photo.id, kind, place)
        outline = find_outline(decode(found[photo.sha256]), photo.view)
        assert outline is not None
        points = [(float(x), float(y)) for x, y in outline.tolist()]
        case = set_outline(case, photo.id, points)
    return set_tape(case, Tape(570.0))


@cache
def true_join() -> Joined:
    """The head of those marks, fitted once."""
    return join(marked_case())


@dataclass
class Fitter:
    """Stands in for the fit: gives the head fitted once, in a new object each time."""

    calls: list[Case] = field(default_factory=list)
    begun: list[Joined | None] = field(default_factory=list)
    make: Callable[[Joined], Joined] = lambda joined: joined
    refuse: str = ""
    gate: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def join(self, case: Case, before: Joined | None) -> Joined:
        self.calls.append(case)
        self.begun.append(before)
        assert self.gate.wait(20)
        if self.refuse:
            raise Refusal(self.refuse)
        joined = true_join()
        first, *rest = joined.head.coefficients
        moved = (first + 1e-6 * len(self.calls), *rest)
        return self.make(replace(joined, head=replace(joined.head, coefficients=moved)))


@dataclass
class HeadDesk(Desk):
    """The stage with a stand-in for the fit."""

    fitter: Fitter = field(default_factory=Fitter)

    def show(self, view: View) -> None:
        self.bench.show_photo(self.of(view).id)
        self.settle()

    def of(self, view: View) -> Photo:
        return next(p for p in self.bench.case.photos if p.view is view)

    def press(self, button: QWidget) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def join(self) -> None:
        self.press(self.panel.head.join)
        self.settle()

    def lines(self, *inks: Ink) -> list[Line]:
        return [s for s in self.overlay if isinstance(s, Line) and s.ink in inks]

    def on_photo(self, line: Line) -> FloatArray:
        assert self.bench.toolbox is not None
        return self.bench.toolbox.desk.skin.to_photo(np.array(line.points))

    def fitting(self) -> bool:
        return self.stage.desk.joiner.running

    def tape(self) -> Tape | None:
        return self.bench.case.tape

    @property
    def overlay(self) -> Overlay:
        assert self.bench.toolbox is not None
        return self.bench.toolbox.overlay

    @property
    def labels(self) -> list[str]:
        return [shape.text for shape in self.overlay if isinstance(shape, Label)]

    def wait_for_refit(self, calls: int) -> None:
        for _ in range(100):
            QTest.qWait(20)
            if len(self.fitter.calls) >= calls:
                break
        self.settle()


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look()
    theme.apply(qapp, made.theme)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def empty(look: Look) -> Iterator[HeadDesk]:
    bench = Workbench(look)
    host = QWidget()
    canvas = Canvas(host)
    link = CanvasLink(bench, canvas)
    fitter = Fitter()
    joining = Joining(fitter.join, expected)
    stage = make_stage(bench, link, {"find-sticker": QAction("Find", host)}, joining)
    made = HeadDesk(bench, canvas, stage, NoScaleBanner(canvas, bench), host, fitter=fitter)
    bench.said.connect(made.said.append)
    stage.inspector.setFixedWidth(320)
    layout = QHBoxLayout(host)
    for part in (stage.context, canvas, stage.inspector):
        layout.addWidget(part)
    layout.setStretchFactor(canvas, 1)
    host.resize(1700, 900)
    host.show()
    yield made
    bench.open_case.new()  # no fit may come after the window
    made.settle()
    bench.open_case.close()
    host.close()
    host.deleteLater()


@pytest.fixture
def desk(empty: HeadDesk) -> HeadDesk:
    """The practice photos, marked; not decoded, which tools do not need."""
    empty.bench.open_case.show_made(marked_case(), {})
    empty.settle()
    empty.stage.entered()
    empty.settle()
    return empty


def test_the_outline_is_found_by_a_click_as_one_step(empty: HeadDesk) -> None:
    case, found = pictures()
    photo = case.photos[0]
    empty.put(replace(case, photos=(photo,)), found[photo.sha256])
    section = empty.panel.outline
    assert not section.clear.isEnabled()
    empty.press(section.seek)
    outline = empty.of(View.FRONT).outline
    assert np.array(outline) == pytest.approx(np.array(marked_case().photos[0].outline), abs=2)
    assert section.count.text() == f"{len(outline)} points"
    assert empty.steps == ["Find outline"]
    assert empty.said[-1].startswith(f"Outline found, {len(outline)} points")
    empty.press(section.clear)
    assert empty.of(View.FRONT).outline == ()
    empty.bench.undo()
    assert empty.of(View.FRONT).outline == outline


def test_a_photo_without_a_head_gets_no_outline(empty: HeadDesk) -> None:
    data = flat_photo()
    case = Case(id="c", photos=(photo_of(data),), variants=(Variant(id="v"),), chosen="v")
    empty.put(case, data)
    empty.press(empty.panel.outline.seek)
    assert empty.said == ["No sure outline was found. Click along the edge of the scalp by hand."]
    assert empty.steps == []


def test_the_outline_is_dragged_with_the_mouse(desk: HeadDesk) -> None:
    desk.press(desk.panel.outline.correct)
    assert desk.panel.outline.correct.isChecked()
    before = desk.of(View.FRONT).outline
    x, y = before[10]
    desk.drag((x, y), (x - 60, y - 40))
    after = desk.of(View.FRONT).outline
    assert after[10] == pytest.approx((x - 60, y - 40), abs=2 * desk.px)
    assert after[:10] + after[11:] == before[:10] + before[11:]
    assert desk.steps == ["Move outline point"]
    assert f"Head outline, {len(before)} points" in desk.labels


def test_the_views_are_joined_in_one_step_by_the_true_fit(desk: HeadDesk) -> None:
    section = desk.panel.head
    assert section.count.text() == "0 of 5 views joined"
    desk.fitter.make = lambda _joined: true_join()
    desk.join()
    assert desk.steps == ["Join the views"]
    assert section.count.text() == "5 of 5 views joined"
    assert section.buttons[View.TOP].accessibleName() == "Top, joined"
    assert section.verdict.text().startswith("Views agree within 0.")
    assert section.mend.isHidden()
    assert section.notes.isHidden()
    assert desk.panel.accuracy.method.text() == "by the joined head"
    assert not desk.banner.isVisible()
    desk.press(section.buttons[View.TOP])
    assert desk.bench.photo_id == desk.of(View.TOP).id
    desk.bench.undo()
    assert desk.bench.case.head is None
    assert section.count.text() == "0 of 5 views joined"


def test_a_change_of_the_marks_fits_again_by_itself(desk: HeadDesk) -> None:
    desk.join()
    first = desk.bench.case.head
    photo = desk.of(View.FRONT)
    assert len(desk.fitter.calls) == 1
    desk.bench.apply(
        "Mark", lambda case: set_landmark(case, photo.id, LandmarkKind.GLABELLA, (1180.0, 1130.0))
    )
    desk.wait_for_refit(2)
    refitted = desk.bench.case
    assert desk.steps == ["Join the views", "Mark"]
    assert refitted.head != first
    desk.bench.undo()
    QTest.qWait(PAUSE_MS + 100)
    desk.settle()
    assert desk.bench.case.head == first
    assert len(desk.fitter.calls) == 2
    desk.bench.redo()
    QTest.qWait(PAUSE_MS + 100)
    desk.settle()
    assert desk.bench.case is refitted
    assert len(desk.fitter.calls) == 2


def test_the_head_of_an_opened_case_is_fitted_from_where_it_lies(desk: HeadDesk) -> None:
    opened = set_head(marked_case(), true_join().head)
    desk.bench.open_case.show_made(opened, {})
    desk.settle()
    desk.stage.entered()
    desk.settle()
    assert desk.fitter.begun == [None]
    assert desk.bench.case is opened
    photo = desk.of(View.FRONT)
    desk.bench.apply(
        "Mark", lambda case: set_landmark(case, photo.id, LandmarkKind.GLABELLA, (1180.0, 1130.0))
    )
    desk.wait_for_refit(2)
    assert desk.fitter.begun[1] is not None
    assert desk.steps == ["Mark"]
    assert desk.bench.case.head != opened.head
    desk.bench.undo()
    assert desk.bench.case is opened


def test_what_was_drawn_while_a_fit_ran_is_taken_back_alone(desk: HeadDesk) -> None:
    desk.join()
    photo = desk.of(View.FRONT)
    desk.fitter.gate.clear()
    desk.bench.apply(
        "Mark", lambda case: set_landmark(case, photo.id, LandmarkKind.GLABELLA, (1180.0, 1130.0))
    )
    QTest.qWait(PAUSE_MS + 50)
    assert desk.fitting()
    desk.bench.apply("Write", lambda case: replace(case, notes="while it ran"))
    desk.fitter.gate.set()
    desk.wait_for_refit(3)
    assert desk.steps == ["Join the views", "Mark", "Write", "Fit the head again"]


def test_a_mark_that_was_saved_keeps_its_step(desk: HeadDesk) -> None:
    desk.join()
    photo = desk.of(View.FRONT)
    desk.fitter.gate.clear()
    desk.bench.apply(
        "Mark", lambda case: set_landmark(case, photo.id, LandmarkKind.GLABELLA, (1180.0, 1130.0))
    )
    desk.bench.open_case.history.mark_saved(desk.bench.case)
    desk.fitter.gate.set()
    desk.wait_for_refit(2)
    assert desk.steps == ["Join the views", "Mark", "Fit the head again"]
    desk.bench.undo()
    assert desk.bench.open_case.saved


def test_undo_during_the_fit_is_not_answered_by_a_fit(desk: HeadDesk) -> None:
    desk.join()
    first, photo = desk.bench.case.head, desk.of(View.FRONT)

    def mark(x: float) -> None:
        desk.bench.apply(
            "Mark", lambda case: set_landmark(case, photo.id, LandmarkKind.GLABELLA, (x, 1130.0))
        )

    mark(1180.0)
    desk.bench.undo()
    desk.settle()
    QTest.qWait(PAUSE_MS + 150)
    assert desk.bench.case.head is first
    assert len(desk.fitter.calls) == 2
    desk.fitter.gate.clear()
    mark(1185.0)
    QTest.qWait(PAUSE_MS + 150)
    assert desk.fitting()
    assert desk.panel.head.progress.isVisibleTo(desk.panel.head)
    desk.bench.undo()
    desk.fitter.gate.set()
    desk.settle()
    assert not desk.fitting()
    QTest.qWait(PAUSE_MS + 150)
    desk.settle()
    assert desk.bench.case.head == first
    desk.bench.redo()
    assert desk.of(View.FRONT).landmarks[0].at == (1185.0, 1130.0)


def test_no_fit_falls_into_a_drag(desk: HeadDesk) -> None:
    desk.join()
    desk.press(desk.panel.outline.correct)
    x, y = desk.of(View.FRONT).outline[10]
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, pos=desk.at(x, y))
    QTest.mouseMove(desk.canvas, desk.at(x - 60, y - 60))
    QTest.qWait(PAUSE_MS + 150)
    assert len(desk.fitter.calls) == 1
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.LeftButton, pos=desk.at(x - 60, y - 60))
    desk.wait_for_refit(2)
    assert desk.steps == ["Join the views", "Move outline point"]


def test_what_cannot_be_joined_is_said_and_changes_nothing(desk: HeadDesk) -> None:
    desk.fitter.refuse = "Two photos show different people. Use photos of one client."
    desk.join()
    assert desk.panel.head.mend.text() == desk.fitter.refuse
    assert desk.said == [desk.fitter.refuse]
    assert desk.steps == []
    assert desk.panel.head.join.isEnabled()
    desk.fitter.refuse = ""
    desk.join()
    assert desk.panel.head.mend.isHidden()


def test_a_view_that_fails_keeps_its_plane_and_says_so(desk: HeadDesk) -> None:
    back = desk.of(View.BACK).id

    def without_back(joined: Joined) -> Joined:
        cameras = tuple(c for c in joined.head.cameras if c.photo != back)
        head = replace(joined.head, cameras=cameras)
        return replace(joined, head=head, warnings=("The back photo seems mirrored.",))

    desk.fitter.make = without_back
    desk.join()
    section = desk.panel.head
    assert section.count.text() == "4 of 5 views joined"
    assert section.notes.text().split("\n") == [
        "The back photo is not joined: it keeps its own flat scale.",
        "The back photo seems mirrored.",
    ]
    assert section.buttons[View.BACK].accessibleName() == "Back, not joined"
    assert desk.bench.open_case.skin(back).chart == back
    assert desk.bench.open_case.skin(desk.of(View.LEFT).id).chart == HEAD


def test_marks_off_the_head_can_be_set_while_it_is_joined(desk: HeadDesk) -> None:
    desk.join()
    photo = desk.of(View.FRONT).id
    assert desk.bench.toolbox is not None
    assert desk.bench.toolbox.desk.skin.chart == photo
    desk.stage.desk.mark(LandmarkKind.MENTON)
    desk.click(1200, 2200)
    chin = {m.kind: m.at for m in desk.of(View.FRONT).landmarks}[LandmarkKind.MENTON]
    assert chin == pytest.approx((1200, 2200), abs=desk.px)
    desk.bench.toolbox.take("select")
    assert desk.bench.toolbox.desk.skin.chart == HEAD


def test_the_wire_frame_lies_on_the_head(desk: HeadDesk) -> None:
    assert desk.lines(Ink.GUIDE) == []
    desk.join()
    lines = [desk.on_photo(line) for line in desk.lines(Ink.GUIDE)]
    assert len(lines) > 20
    seen = np.concatenate(lines)
    seen = seen[np.isfinite(seen[:, 0])]
    outline = np.array(desk.of(View.FRONT).outline)
    (left, top), (right, _) = outline.min(axis=0), outline.max(axis=0)
    assert left - 15 < seen[:, 0].min() < left + 40
    assert right - 40 < seen[:, 0].max() < right + 15
    assert top - 8 < seen[:, 1].min() < top + 40
    assert seen[:, 1].max() < true_px(View.FRONT, "subnasale")[1]
    desk.press(desk.panel.head.wires)
    assert desk.lines(Ink.GUIDE) == []


def test_residuals_are_coloured_marks_in_millimetres(desk: HeadDesk) -> None:
    photo = desk.of(View.FRONT).id
    at = (700.0, 1400.0)
    found = {0.8: Ink.GOOD, 2.6: Ink.WARNED, 6.04: Ink.REFUSED}
    made = tuple(Residual(photo, "tragus-left", at, (720.0, 1400.0), mm) for mm in found)
    quiet = Residual(photo, "outline", at, at, 1.9)

    def with_residuals(joined: Joined) -> Joined:
        sentence = "Left tragus in the front photo, 6 mm off."
        return replace(joined, residuals=(*made, quiet), worst=sentence)

    desk.fitter.make = with_residuals
    desk.join()
    assert desk.panel.head.mend.text() == "Left tragus in the front photo, 6 mm off."
    assert {"2.6 mm", "6.0 mm"} <= set(desk.labels)
    assert "0.8 mm" not in desk.labels
    rings = {ink: len(desk.lines(ink)) for ink in found.values()}
    assert rings == {Ink.GOOD: 1, Ink.WARNED: 2, Ink.REFUSED: 2}
    for line in desk.lines(Ink.GOOD):
        assert desk.on_photo(line)[:-1].mean(axis=0) == pytest.approx(at, abs=2)


def test_a_ghost_shows_where_a_landmark_is_expected(desk: HeadDesk) -> None:
    desk.fitter.make = lambda _joined: true_join()
    desk.join()
    QTest.mouseMove(desk.canvas, desk.at(300, 300))
    desk.settle()
    desk.stage.desk.mark(LandmarkKind.SUBNASALE)
    (ring,) = desk.lines(Ink.SUGGESTED)
    middle = desk.on_photo(ring)[:-1].mean(axis=0)
    # heads in general have it within a centimetre and a half: 7 px/mm
    assert middle == pytest.approx(true_px(View.FRONT, "subnasale"), abs=105)


def test_a_spot_is_matched_across_photos(desk: HeadDesk) -> None:
    desk.fitter.make = lambda _joined: true_join()
    desk.join()
    section = desk.panel.pencil
    desk.press(section.buttons[3])
    trichion = true_px(View.FRONT, "trichion")
    desk.click(*trichion)
    spot = desk.of(View.FRONT).pencil[0]
    assert spot.number == 3
    assert spot.at == pytest.approx(trichion, abs=desk.px)
    assert section.count.text() == "0 matched"
    assert section.note.text().startswith("Mark 3 in a second photo too")
    photo: Id = desk.of(View.FRONT).id
    desk.bench.apply("Spot", lambda case: set_pencil(case, photo, 3, trichion))
    desk.show(View.TOP)
    desk.press(section.buttons[3])
    QTest.mouseMove(desk.canvas, desk.at(300, 300))
    desk.settle()
    (ring,) = desk.lines(Ink.SUGGESTED)
    middle = desk.on_photo(ring)[:-1].mean(axis=0)
    assert middle == pytest.approx(true_px(View.TOP, "trichion"), abs=20)
    desk.click(*middle.tolist())
    assert section.count.text() == "1 matched"


def test_tape_and_hair_are_typed(desk: HeadDesk) -> None:
    section = desk.panel.tape
    desk.type_in(section.reading, "300")
    assert "between 450 and 720" in desk.said[-1]
    assert desk.tape() == Tape(570.0)
    desk.type_in(section.reading, "575,5")
    assert desk.tape() == Tape(575.5)
    desk.press(section.remove)
    assert desk.tape() is None
    assert section.reading.text() == ""
    line = desk.panel.outline.hair.lineEdit()
    desk.type_in(line, "1.5")
    assert desk.of(View.FRONT).hair_mm == 1.5
    assert desk.steps == ["Tape round the head", "Remove the tape", "Hair at the outline"]


def test_another_case_forgets_the_fit(desk: HeadDesk) -> None:
    desk.join()
    desk.bench.open_case.show_made(marked_case(), {})
    desk.settle()
    assert desk.panel.head.count.text() == "0 of 5 views joined"
    assert desk.stage.desk.joiner.joined is None


def test_the_panel_is_not_wider_than_its_place(desk: HeadDesk) -> None:
    desk.join()
    assert desk.panel.head.minimumSizeHint().width() <= 320 - 8
    for part in (desk.panel.outline, desk.panel.pencil, desk.panel.tape):
        assert part.minimumSizeHint().width() <= 320 - 8
