"""The forehead's frame: there and back, by tape, and what is assumed where nothing is marked."""

from dataclasses import replace

import numpy as np
import pytest

from studio.model.case import Case, MirrorAxis
from studio.model.chart import HEAD
from studio.model.photo import Landmark, LandmarkKind, View
from studio.model.refusal import Refusal
from studio.practice import practice
from studio.skin.forehead import forehead
from studio.skin.head.stored import scalp_map_of
from tests.heads_of_practice import practice_on_head
from tests.unit.editing.hands import case_with, photo

MM = np.array([(0.0, 0.0), (0.0, 80.0), (-50.0, 85.0), (60.0, 40.0), (100.0, 0.0), (-100.0, 0.0)])


def marked(*marks: tuple[LandmarkKind, float, float], view: View = View.FRONT) -> Case:
    """A photo with marks at mm right of and below its middle."""
    places = tuple(Landmark(kind, (800 + x / 0.125, 1200 + y / 0.125)) for kind, x, y in marks)
    return replace(case_with(), photos=(replace(photo(), landmarks=places, view=view),))


@pytest.mark.parametrize("on_head", [False, True])
def test_it_goes_there_and_comes_back(on_head: bool) -> None:
    case = practice_on_head()[0] if on_head else practice()[0]
    ground = forehead(case, HEAD if on_head else case.photos[0].id)
    assert np.allclose(ground.to_mm(ground.to_chart(MM)), MM, atol=1e-3)
    assert forehead(case, ground.chart) is ground


def test_on_the_head_heights_and_widths_are_tapes() -> None:
    case, _ = practice_on_head()
    assert case.head is not None
    ground, skin = forehead(case, HEAD), scalp_map_of(case.head)
    for x, y in ((0.0, 80.0), (53.0, 85.0), (-80.0, 30.0), (40.0, 0.0)):
        start, foot, place = ground.to_chart(np.array([(0.0, 0.0), (0.0, y), (x, y)])).tolist()
        if y:
            assert skin.tape(tuple(start), tuple(foot))[0].value == pytest.approx(y, abs=0.05)
        if x:
            assert skin.tape(tuple(foot), tuple(place))[0].value == pytest.approx(abs(x), abs=0.05)


def test_off_the_frame_there_is_nothing() -> None:
    ground = forehead(practice_on_head()[0], HEAD)
    assert np.isnan(ground.to_chart(np.array([(0.0, 900.0)]))).all()
    assert np.isnan(ground.to_mm(np.array([(np.nan, 0.0)]))).all()


def test_the_practice_head_has_every_mark() -> None:
    places = forehead(practice_on_head()[0], HEAD).places
    assert places.assumed == ()
    for half in (places.right, places.left):
        assert 44.0 < half.canthus[0] < 55.0
        assert -32.0 < half.canthus[1] < -15.0
        assert half.above_eye(80.0) == pytest.approx(half.canthus[0], abs=4.0)
        assert 90.0 < half.sideburn[0] < 125.0


def test_what_is_not_marked_is_assumed_and_said() -> None:
    places = forehead(marked((LandmarkKind.GLABELLA, 0.0, 0.0)), "p").places
    assert set(places.assumed) == {
        "eye corner, right",
        "eye corner, left",
        "ear, right",
        "ear, left",
    }
    assert places.right == places.left


def test_the_pupils_give_the_tilt_and_the_glabella() -> None:
    case = marked((LandmarkKind.PUPIL_RIGHT, -32.0, 0.0), (LandmarkKind.PUPIL_LEFT, 32.0, 8.0))
    ground = forehead(case, "p")
    assert "glabella" in ground.places.assumed
    up = np.diff(ground.to_chart(np.array([(0.0, 0.0), (0.0, 10.0)])), axis=0)[0]
    assert up @ (64.0, 8.0) == pytest.approx(0.0, abs=1e-9)
    assert up[1] < 0


def test_a_mirror_axis_goes_before_the_pupils() -> None:
    case = marked((LandmarkKind.GLABELLA, 3.0, 0.0))
    case = replace(case, axes=(MirrorAxis(chart="p", at=(1.0, 20.0)),))
    start = forehead(case, "p").to_chart(np.array([(0.0, 0.0)]))[0]
    assert start == pytest.approx((1.0, 0.0))


def test_old_remnants_and_the_wrinkle_are_found() -> None:
    case = marked(
        (LandmarkKind.GLABELLA, 0.0, 0.0),
        (LandmarkKind.BROW_WRINKLE, 1.0, -48.0),
        (LandmarkKind.OLD_HAIRLINE_MID, 0.0, -61.0),
        (LandmarkKind.OLD_HAIRLINE_LEFT, 44.0, -75.0),
    )
    places = forehead(case, "p").places
    assert places.wrinkle == pytest.approx(48.0)
    assert places.old_mid == pytest.approx((0.0, 61.0))
    assert places.old_left == pytest.approx((44.0, 75.0))
    assert places.old_right is None


def test_without_a_mark_to_begin_from_it_says_which() -> None:
    with pytest.raises(Refusal, match="glabella"):
        forehead(marked(), "p")
    with pytest.raises(Refusal, match="front photo"):
        forehead(marked((LandmarkKind.GLABELLA, 0.0, 0.0), view=View.LEFT), "p")
    with pytest.raises(Refusal, match="head"):
        forehead(marked(), HEAD)


def test_a_head_without_marks_begins_straight_ahead() -> None:
    case, _ = practice_on_head()
    bare = replace(case, photos=tuple(replace(p, landmarks=()) for p in case.photos))
    places = forehead(bare, HEAD).places
    assert set(places.assumed) >= {"glabella", "ear, right", "eye corner, left"}
    assert 80.0 < places.left.sideburn[0] < 125.0
