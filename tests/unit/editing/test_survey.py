"""The survey tool: everything measured in a photo, marked and corrected by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from studio.editing.edits.measurements import (
    measurement_of,
    put_measurement,
    remove_measurement,
    resize_measurement,
    take_scale_from,
)
from studio.editing.edits.photos import set_landmark
from studio.editing.overlay import Label, Spot
from studio.editing.tools.survey import SurveyTool
from studio.editing.tools.survey_figures import SurveyWords, Target
from studio.model.case import Case
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind
from studio.model.refusal import Refusal
from studio.skin.measure import POINTS
from studio.skin.plane import plane_map
from studio.skin.references import hand_error, references
from tests.unit.editing.hands import PX, Hands, case_with, curve

ORDER = list(LandmarkKind)
STICKER, RULER, CARD = MeasurementKind.STICKER, MeasurementKind.RULER, MeasurementKind.CARD
GLABELLA, RIGHT, LEFT = (
    LandmarkKind.GLABELLA,
    LandmarkKind.CANTHUS_RIGHT,
    LandmarkKind.CANTHUS_LEFT,
)


def measured(kind: MeasurementKind, *points: tuple[float, float], size: float) -> Measurement:
    return Measurement(kind=kind, points=points, size_mm=size, size_se=0.1, click_se=0.2)


ROUND = measured(STICKER, (800, 600), (880, 600), (800, 680), size=20.0)


def prompts(target: Target) -> tuple[str, ...]:
    if isinstance(target, LandmarkKind):
        return ("click",)
    return ("click",) * POINTS[target]


class Surveyor(Hands):
    """Hands that hold the survey tool and point in photo pixels."""

    def __post_init__(self) -> None:
        super().__post_init__()
        words = SurveyWords(
            str,
            prompts,
            lambda m: f"{m.size_mm:.0f} mm",
            lambda _photo, kind: ORDER.index(kind) + 1,
        )
        self.survey = SurveyTool(words, lambda kind: references()[kind].size_mm)
        self.box.tools["survey"] = self.survey
        self.box.take("survey")
        self.history.listeners.append(self.follow)

    def follow(self, _before: Case, after: Case) -> None:
        self.box.show_photo("p", plane_map(after.photo("p")))

    def chart(self, x: float, y: float) -> tuple[float, float]:
        u, v = self.desk.skin.to_skin(np.array([(x, y)]))[0].tolist()
        return u, v

    def click_px(self, x: float, y: float) -> None:
        self.click(*self.chart(x, y))

    def drag_px(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.box.press(self.at(*self.chart(*start)))
        self.box.move(self.at(*self.chart(*end)))
        self.box.release(self.at(*self.chart(*end)))

    def asked(self) -> Target | None:
        return self.survey.asked

    @property
    def landmarks(self) -> dict[LandmarkKind, tuple[float, float]]:
        return {mark.kind: mark.at for mark in self.case.photo("p").landmarks}


def test_two_clicks_on_a_ruler_give_the_scale_and_one_step() -> None:
    hands = Surveyor(case_with())
    hands.survey.ask(hands.desk, RULER)
    hands.click_px(300, 700)
    assert hands.survey.placed == 1
    hands.click_px(700, 1000)
    found = measurement_of(hands.case, "p", RULER)
    assert found is not None
    assert math.dist(*found.points) == pytest.approx(500, abs=0.01)
    scale = hands.desk.skin.px_per_unit(np.array([(0.0, 0.0)]))[0]
    assert scale == pytest.approx(500 / references()[RULER].size_mm, abs=1e-3)
    assert hands.labels() == ["Mark ruler"]
    assert hands.asked() is None
    hands.box.undo()
    assert measurement_of(hands.case, "p", RULER) is None


def test_the_error_of_a_click_is_that_of_the_hand_at_this_zoom() -> None:
    hands = Surveyor(case_with())
    per_screen_px = PX / 0.125
    hands.survey.ask(hands.desk, RULER)
    hands.click_px(300, 700)
    hands.click_px(700, 700)
    found = measurement_of(hands.case, "p", RULER)
    assert found is not None
    assert found.click_se == pytest.approx(hand_error(per_screen_px))
    assert hand_error(4.0) == pytest.approx(4 * hand_error(1.0))
    assert hand_error(0.0) > 0


def test_a_mark_beyond_the_photo_is_refused_and_asked_for_again() -> None:
    hands = Surveyor(case_with())
    hands.survey.ask(hands.desk, RULER)
    hands.click_px(300, 700)
    hands.click_px(3000, 700)
    assert hands.said == ["This place lies outside the photo. Mark it on the picture."]
    assert (hands.asked(), hands.survey.placed) == (RULER, 1)
    hands.click_px(700, 700)
    assert hands.labels() == ["Mark ruler"]


def test_dragging_the_sticker_moves_nothing_that_is_drawn() -> None:
    case = put_measurement(case_with(curve("c", (-40, -20), (0, -35), (40, -20))), "p", ROUND)
    hands = Surveyor(case)

    def on_photo() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        nodes = np.array([node.at for node in hands.curves()[0].nodes])
        return hands.desk.skin.to_photo(nodes)

    before, scale = on_photo(), hands.desk.skin.px_per_unit(np.zeros((1, 2)))[0]
    hands.drag_px((880, 600), (900, 600))
    found = measurement_of(hands.case, "p", STICKER)
    assert found is not None
    assert found.points[1] == pytest.approx((900, 600), abs=0.01)
    assert found.points[2] == pytest.approx((800, 680), abs=0.01)
    after = hands.desk.skin.px_per_unit(np.zeros((1, 2)))[0]
    assert after == pytest.approx(scale * math.sqrt(100 / 80), rel=1e-3)
    assert on_photo()[[0, -1]] == pytest.approx(before[[0, -1]], abs=0.05)
    assert found.click_se > ROUND.click_se
    assert hands.labels() == ["Adjust sticker"]


def test_of_two_marks_the_nearest_is_taken_and_arrows_move_it() -> None:
    case = put_measurement(case_with(), "p", ROUND)
    case = set_landmark(case, "p", GLABELLA, (803.0, 605.0))
    hands = Surveyor(case)
    hands.click_px(803, 606)
    hands.box.key("right")
    step = 0.1 * hands.desk.skin.px_per_unit(np.zeros((1, 2)))[0]
    assert hands.landmarks[GLABELLA] == pytest.approx((803 + step, 605), abs=0.01)
    assert measurement_of(hands.case, "p", STICKER) == ROUND
    hands.box.key("delete")
    assert hands.landmarks == {}
    assert hands.labels()[-1] == "Remove glabella"


def test_a_click_on_a_mark_takes_it_in_hand_without_moving_it() -> None:
    hands = Surveyor(put_measurement(case_with(), "p", ROUND))
    hands.click_px(884, 603)
    assert hands.labels() == []
    hands.drag_px((884, 603), (904, 603))
    found = measurement_of(hands.case, "p", STICKER)
    assert found is not None
    assert found.points[1] == pytest.approx((900, 600), abs=0.01)


def test_landmarks_follow_one_another_are_skipped_and_taken_back() -> None:
    hands = Surveyor(case_with())
    hands.survey.ask(hands.desk, GLABELLA, (RIGHT, LEFT))
    hands.click_px(800, 700)
    assert hands.asked() == RIGHT
    hands.box.key("backspace")
    assert (hands.asked(), hands.landmarks) == (GLABELLA, {})
    hands.click_px(802, 702)
    hands.box.confirm()
    assert hands.asked() == LEFT
    hands.click_px(1000, 800)
    assert hands.asked() is None
    assert hands.landmarks.keys() == {GLABELLA, LEFT}
    assert hands.landmarks[LEFT] == pytest.approx((1000, 800), abs=0.01)


def test_escape_stops_marking_but_never_puts_the_tool_away() -> None:
    hands = Surveyor(case_with())
    hands.survey.ask(hands.desk, RULER)
    hands.click_px(300, 700)
    assert hands.box.cancel()
    assert (hands.asked(), hands.survey.placed) == (RULER, 0)
    hands.box.cancel()
    assert hands.asked() is None
    hands.box.cancel()
    assert hands.box.current is hands.survey
    assert hands.labels() == []


def test_everything_marked_is_shown_with_its_name() -> None:
    case = put_measurement(case_with(), "p", ROUND)
    case = set_landmark(case, "p", GLABELLA, (700.0, 900.0))
    hands = Surveyor(case)
    labels = {s.text: s.detail for s in hands.overlay if isinstance(s, Label)}
    assert labels == {"sticker": "20 mm", "1 glabella": ""}
    assert len([s for s in hands.overlay if isinstance(s, Spot)]) == 4
    hands.survey.ask(hands.desk, STICKER)
    assert "sticker" not in {s.text for s in hands.overlay if isinstance(s, Label)}


def test_names_of_landmarks_may_shrink_to_numbers_but_for_the_one_in_hand() -> None:
    case = set_landmark(case_with(), "p", LandmarkKind.PUPIL_RIGHT, (800.0, 900.0))
    case = set_landmark(case, "p", RIGHT, (760.0, 900.0))
    hands = Surveyor(case)

    def names() -> dict[str, str]:
        return {shape.text: shape.short for shape in hands.overlay if isinstance(shape, Label)}

    assert names() == {"3 pupil-right": "3", "5 canthus-right": "5"}
    hands.hover(0, 0)
    hands.click_px(760, 900)
    assert names() == {"3 pupil-right": "3", "5 canthus-right": ""}


def test_the_scale_comes_from_the_one_insisted_on_until_it_is_removed() -> None:
    ruler = measured(RULER, (300, 700), (700, 700), size=50.0)
    case = put_measurement(put_measurement(case_with(), "p", ROUND), "p", ruler)
    assert case.photo("p").plane.method is STICKER
    case = take_scale_from(case, "p", RULER)
    assert case.photo("p").plane.method is RULER
    case = remove_measurement(case, "p", RULER)
    assert case.photo("p").plane.method is STICKER
    case = remove_measurement(case, "p", STICKER)
    assert case.photo("p").plane.method is None
    with pytest.raises(Refusal, match="not marked"):
        take_scale_from(case, "p", CARD)


def test_another_size_changes_the_scale_in_proportion() -> None:
    case = put_measurement(case_with(), "p", ROUND)
    twice = resize_measurement(case, "p", STICKER, 40.0)
    middle = np.zeros((1, 2))
    scale = plane_map(case.photo("p")).px_per_unit(middle)[0]
    assert plane_map(twice.photo("p")).px_per_unit(middle)[0] == pytest.approx(scale / 2)
    assert resize_measurement(case, "p", STICKER, 20.0) is case
    assert resize_measurement(case, "p", RULER, 30.0) is case
    for bad in (0.0, -1.0, math.nan, math.inf):
        with pytest.raises(Refusal):
            resize_measurement(case, "p", STICKER, bad)


def test_marks_outside_the_photo_are_refused() -> None:
    with pytest.raises(Refusal, match="outside"):
        put_measurement(
            case_with(), "p", replace(ROUND, points=((800, 600), (1680, 600), (800, 680)))
        )
