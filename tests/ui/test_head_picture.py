"""The drawing that shows which landmark to click."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio.model.photo import LandmarkKind, View
from studio.render.tokens import TOKENS, Theme
from studio.ui.look import Look
from studio.ui.stages.head_picture import PLACES, SHOWN, LandmarkPicture, drawn_view
from studio.ui.stages.measure_words import NEEDED, number_in
from tests.render import sample_case

CLEAR_PX = 7.5
"""The ring and its middle are whole at this distance from the picture's edge."""


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("kind", LandmarkKind)
def test_every_landmark_has_a_place_in_a_drawing(
    qtbot: QtBot, view: View, kind: LandmarkKind
) -> None:
    picture = LandmarkPicture(Look(Theme.DARK))
    qtbot.addWidget(picture)
    picture.point_out(view, kind, kind.value)
    place = picture.place
    assert CLEAR_PX <= place.x() <= SHOWN - CLEAR_PX
    assert CLEAR_PX <= place.y() <= SHOWN - CLEAR_PX
    assert kind.value in picture.accessibleName()


@pytest.mark.parametrize("view", [v for v in NEEDED if v is not View.BROWS_RAISED])
def test_what_a_view_needs_is_shown_as_that_view_shows_it(view: View) -> None:
    for kind in NEEDED[view]:
        assert drawn_view(view, kind) is view


def test_left_and_right_are_where_the_photo_has_them() -> None:
    right, left = LandmarkKind.EAR_TOP_RIGHT, LandmarkKind.EAR_TOP_LEFT
    for view in (View.FRONT, View.TOP):
        assert PLACES[view][right][0] < PLACES[view][left][0]
    assert PLACES[View.BACK][left][0] < PLACES[View.BACK][right][0]
    nose, back = LandmarkKind.NOSE_TIP, LandmarkKind.TRAGUS_LEFT
    assert PLACES[View.LEFT][nose][0] < PLACES[View.LEFT][back][0]
    assert PLACES[View.RIGHT][nose][0] > PLACES[View.RIGHT][LandmarkKind.TRAGUS_RIGHT][0]


def test_the_ring_is_painted_there_in_the_colours_of_the_theme(qtbot: QtBot) -> None:
    look = Look(Theme.DARK)
    picture = LandmarkPicture(look)
    qtbot.addWidget(picture)
    picture.point_out(View.LEFT, LandmarkKind.TRAGUS_LEFT, "Tragus, left")
    for theme in (Theme.LIGHT, Theme.DARK):
        look.switch(theme)
        image = picture.grab().toImage()
        middle = image.pixelColor(picture.place.toPoint())
        assert _near(middle, QColor(TOKENS[theme].accent))


def _near(one: QColor, other: QColor) -> bool:
    parts = (
        one.red() - other.red(),
        one.green() - other.green(),
        one.blue() - other.blue(),
    )
    return max(map(abs, parts)) < 40


@pytest.mark.parametrize("view", View)
def test_numbers_run_in_the_order_in_which_a_view_asks(view: View) -> None:
    photo = sample_case.photo(view)
    wanted = NEEDED.get(view, ())
    assert [number_in(photo, kind) for kind in wanted] == list(range(1, len(wanted) + 1))
    assert {number_in(photo, kind) for kind in LandmarkKind} == set(range(1, len(LandmarkKind) + 1))
