"""Ruler, mirror axis, guided marks."""

from dataclasses import replace

import pytest

from studio.editing.edits.photos import with_photo
from studio.editing.overlay import Ink, Label
from studio.editing.tool import Keys
from studio.editing.tools.marks import Marks, adjusted, figure
from studio.model.case import Case
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind
from studio.skin.plane import plane_map
from tests.unit.editing.hands import Hands, box, case_with, curve, curve_in, zone_in
from tests.unit.editing.marking import landmark_tool, measurement_tool


def labels(hands: Hands) -> list[Label]:
    return [shape for shape in hands.overlay if isinstance(shape, Label)]


def test_the_ruler_measures_with_its_error_and_method() -> None:
    hands = Hands(case_with(), "measure")
    hands.drag((0, 0), (15, 20), (30, 40))
    (label,) = labels(hands)
    number, error = label.text.removesuffix(" mm").split(" ± ")
    assert float(number) == pytest.approx(50)
    assert float(error) >= 0.5
    assert label.detail == "by ruler"
    hands.click(30, 50)
    assert labels(hands)[0].text.startswith("60")
    hands.drag((30, 50), (30, 45), (30, 44))
    assert labels(hands)[0].text.startswith("54")
    assert hands.labels() == []


def test_the_ruler_says_when_there_is_no_scale() -> None:
    case = case_with()
    photo = case.photo("p")
    hands = Hands(
        with_photo(case, replace(photo, plane=replace(photo.plane, method=None))), "measure"
    )
    hands.drag((0, 0), (30, 40))
    assert labels(hands) == [Label((30, 40), "no scale", "")]


def test_the_ruler_is_cleared_and_begun_anew() -> None:
    hands = Hands(case_with(), "measure")
    hands.drag((0, 0), (30, 40))
    hands.box.confirm()
    hands.drag((60, 0), (70, 0), keys=Keys.SHIFT)
    assert labels(hands)[0].text.startswith("10")
    hands.box.key("backspace")
    assert labels(hands) == []
    hands.box.cancel()
    assert hands.overlay == ()


def test_the_axis_is_moved_and_tilted_live() -> None:
    hands = Hands(case_with(box("a", 10, 0, mirrored=True)), "axis")
    hands.pull((0, 25), (3, 25))
    assert hands.case.axis("p").at == (3, 0)
    hands.box.release(hands.at(4, 25))
    assert hands.case.axis("p").at == (4, 0)
    hands.drag((4, -40), (24, -34.641))
    assert hands.case.axis("p").angle == pytest.approx(30, abs=0.01)
    hands.drag((24, -34.641), (25, -34), keys=Keys.SHIFT)
    assert hands.case.axis("p").angle == 32
    assert hands.labels() == ["Move mirror axis", "Tilt mirror axis", "Tilt mirror axis"]
    hands.box.key("right")
    hands.box.key("right", Keys.SHIFT)
    assert hands.case.axis("p").at == (5.1, 0)
    assert hands.labels()[-1] == "Nudge mirror axis"
    assert len(hands.labels()) == 4


def test_esc_puts_the_axis_back() -> None:
    hands = Hands(case_with(), "axis")
    hands.pull((0, 25), (9, 25))
    hands.box.cancel()
    assert hands.untouched()
    hands.click(0, 25)
    assert hands.untouched()
    assert not hands.box.press(hands.at(30, 0))


class Ruler:
    """A desk at which a ruler of 40 mm is marked."""

    def __init__(self) -> None:
        drawn = (curve("l", (0, 0), (20, 0)), box("a", 5, 5))
        self.hands = Hands(case_with(*drawn))
        tool = measurement_tool(MeasurementKind.RULER, self.make)
        self.hands.box.tools[tool.name] = tool
        self.hands.history.listeners.append(lambda _, case: self.follow(case))
        self.hands.box.take("mark-ruler")

    def follow(self, case: Case) -> None:
        self.hands.box.show_photo("p", plane_map(case.photo("p")))

    @staticmethod
    def make(marks: Marks) -> Measurement:
        return Measurement(
            kind=MeasurementKind.RULER, points=marks, size_mm=40.0, size_se=0.1, click_se=1.0
        )


def test_the_last_mark_measures_and_nothing_moves_on_the_photo() -> None:
    hands = Ruler().hands
    assert "1 of 2" in hands.box.hint
    hands.click(-25, -50)
    assert hands.labels() == []
    hands.click(25, -50)
    assert hands.labels() == ["Mark ruler"]
    photo = hands.case.photo("p")
    assert list(photo.measurements[0].points) == [(600, 800), (1000, 800)]
    assert curve_in(hands.case, "l").nodes[1].at == pytest.approx((16, 0))
    assert zone_in(hands.case, "a").outline[0] == pytest.approx((4, 4))
    assert "Drag the marks" in hands.box.hint


def test_marks_are_dragged_live_and_nudged() -> None:
    hands = Ruler().hands
    hands.click(-25, -50)
    hands.click(25, -50)
    hands.pull((20, -40), (20, -60))
    assert hands.case.photo("p").measurements[0].points[1] != (1000, 800)
    hands.box.cancel()
    assert hands.case.photo("p").measurements[0].points[1] == (1000, 800)
    assert hands.labels() == ["Mark ruler"]
    hands.drag((20, -40), (20, -41), (20, -42))
    assert hands.labels() == ["Mark ruler", "Adjust ruler"]
    x, y = hands.case.photo("p").measurements[0].points[1]
    assert (x, y) == pytest.approx((1000, 780), abs=1.0)
    hands.box.key("left", Keys.SHIFT)
    assert hands.case.photo("p").measurements[0].points[1][0] < 995
    hands.box.undo()
    hands.box.undo()
    hands.box.undo()
    assert hands.untouched()
    assert "1 of 2" in hands.box.hint


def test_a_bad_measurement_is_refused_in_words() -> None:
    hands = Ruler().hands
    hands.click(-25, -50)
    hands.click(-24.2, -50)
    assert hands.untouched()
    assert "too close together" in hands.said[0]
    assert "2 of 2" in hands.box.hint
    hands.click(25, -50)
    assert hands.labels() == ["Mark ruler"]


def test_backspace_and_undo_take_back_marks() -> None:
    hands = Ruler().hands
    hands.click(-25, -50)
    hands.box.key("backspace")
    assert "1 of 2" in hands.box.hint
    hands.click(-25, -50)
    hands.box.undo()
    assert "1 of 2" in hands.box.hint
    assert hands.untouched()


def test_landmarks() -> None:
    hands = Hands(case_with())
    tool = landmark_tool(LandmarkKind.PUPIL_RIGHT)
    hands.box.tools[tool.name] = tool
    hands.box.take("mark-pupil-right")
    hands.click(10, 20)
    assert hands.case.photo("p").landmarks[0].at == (880, 1360)
    assert hands.labels() == ["Mark pupil, right"]
    hands.click(500, 500)
    hands.drag((10, 20), (12, 20), (500, 500))
    assert "outside the photo" in hands.said[-1]
    assert hands.case.photo("p").landmarks[0].at == (880, 1360)


def test_a_sticker_s_marks_stay_an_ellipse() -> None:
    marks: Marks = ((100.0, 100.0), (140.0, 100.0), (100.0, 130.0))
    kind = MeasurementKind.STICKER
    assert adjusted(kind, marks, 0, (110.0, 105.0)) == ((110, 105), (150, 105), (110, 135))
    turned = adjusted(kind, marks, 1, (100.0, 150.0))
    assert list(turned) == [(100, 100), (100, 150), (70, 100)]
    assert adjusted(kind, marks, 2, (170.0, 120.0))[2] == (100, 120)
    assert adjusted(kind, marks, 2, (100.0, 190.0))[2] == (100, 140)
    line = figure(kind, marks)
    assert line[:, 0].max() == pytest.approx(140)
    assert line[:, 1].max() == pytest.approx(130)
    assert len(figure(MeasurementKind.CARD, (*marks, (0.0, 0.0)))) == 5


def test_the_marks_are_drawn() -> None:
    hands = Ruler().hands
    hands.click(-25, -50)
    assert not hands.lines(Ink.MEASURE)
    hands.click(25, -50)
    (line,) = hands.lines(Ink.MEASURE)
    assert line.points[0] == pytest.approx((-20, -40))
    assert line.points[1] == pytest.approx((20, -40))
