import pytest

from studio.headless.marks import landmark, measurement, photo_file, view_named
from studio.model.photo import LandmarkKind, MeasurementKind, View
from studio.model.refusal import Refusal
from studio.skin.references import references


def test_a_ruler_has_its_own_length() -> None:
    view, found = measurement(MeasurementKind.RULER, "front:10,20,310.5,20,50")
    assert view is View.FRONT
    assert found.points == ((10.0, 20.0), (310.5, 20.0))
    assert found.size_mm == 50.0
    assert found.size_se == references()[MeasurementKind.RULER].size_se


def test_a_card_has_the_size_of_all_cards() -> None:
    _, found = measurement(MeasurementKind.CARD, "left:0,0,86,0,86,54,0,54")
    assert len(found.points) == 4
    assert found.size_mm == pytest.approx(85.6)


def test_landmarks_and_files() -> None:
    view, mark = landmark("front:glabella,812,640")
    assert (view, mark.kind, mark.at) == (View.FRONT, LandmarkKind.GLABELLA, (812.0, 640.0))
    view, file = photo_file("brows-raised=a=b.jpg")
    assert (view, file.name) == (View.BROWS_RAISED, "a=b.jpg")


@pytest.mark.parametrize(
    "text", ["front", "front:1,2,3", "front:1,2,3,4", "front:1,2,3,4,5,6", "front:a,2,3,4,50", ""]
)
def test_a_ruler_in_another_form_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(Refusal, match="VIEW:X1,Y1,X2,Y2,MM"):
        measurement(MeasurementKind.RULER, text)


def test_names_that_are_not_known_are_refused_with_those_that_are() -> None:
    with pytest.raises(Refusal, match="brows-raised"):
        view_named("Front")
    with pytest.raises(Refusal, match="canthus-left"):
        landmark("front:nose,1,2")
    with pytest.raises(Refusal, match="VIEW:NAME,X,Y"):
        landmark("front:glabella,1")
    with pytest.raises(Refusal, match="VIEW=FILE"):
        photo_file("front.jpg")
