"""The head laid out by tape: closed forms on a ball, geodesics on a head."""

import math

import numpy as np
import pytest

from studio.model.case import MirrorAxis
from studio.model.chart import HEAD
from studio.model.photo import View
from studio.render.pages.tapemap import (
    VERTEX_MM,
    TapeMap,
    along_midline,
    finite,
    hour_text,
    places,
)
from studio.skin.head.chart import to_chart
from studio.skin.head.relief import Relief
from studio.skin.head.tapenet import address, walk
from tests.heads_of_practice import practice_on_head, to_head, truth
from tests.unit.skin.head.heads import ball, head, relief

VERTEX = (0.0, 75.0)


def test_every_place_is_at_its_tape_and_hour() -> None:
    """Against geodesics solved one by one; half of it is the distance on the page."""
    surface = head(3)
    laid_out = TapeMap(relief(3), VERTEX)
    rng = np.random.default_rng(4)
    for hour, mm in zip(rng.uniform(0, 12, 8), (0.8, 1.4, *rng.uniform(3, 160, 6)), strict=True):
        at = walk(surface, VERTEX, hour, mm)
        true_hour, true_mm = address(surface, VERTEX, at)
        x, y = laid_out.flat(np.array([at]))[0].tolist()
        turn = true_hour * math.pi / 6
        expected = (true_mm * math.sin(turn), -true_mm * math.cos(turn))
        assert (x, y) == pytest.approx(expected, abs=0.05)


def test_face_is_up_and_the_client_s_right_is_right() -> None:
    laid_out = TapeMap(relief(0), VERTEX)
    (_, ahead), (right, _) = laid_out.flat(np.array([(0.0, 150.0), (-100.0, 75.0)])).tolist()
    assert ahead < -30
    assert right > 30


def test_stretch_of_a_ball_s_rings() -> None:
    """A ring at tape s is 2 pi s on the map and 2 pi R sin(s / R) on the ball."""
    surface = ball(90.0)
    laid_out = TapeMap(Relief(surface), VERTEX)
    for mm in (40.0, 80.0, 120.0):
        assert laid_out.stretch(mm) == pytest.approx(mm / (90 * math.sin(mm / 90)) - 1, abs=1e-3)


def test_vertex_is_150_mm_of_tape_behind_the_brow() -> None:
    surface = ball(90.0)
    axis = MirrorAxis(chart=HEAD, at=(0.0, 0.0))
    brow = (0.0, 420.0)
    vertex = along_midline(Relief(surface), brow, axis, VERTEX_MM)
    assert address(surface, vertex, brow)[1] == pytest.approx(150.0, abs=0.02)
    assert vertex[1] < brow[1]


def test_places_of_the_practice_head() -> None:
    case, _ = practice_on_head()
    found = places(case)
    assert found.marked
    true = to_head(np.array([truth(View.FRONT)["landmarks"]["vertex"]["xyz_mm"]]))
    chart = to_chart(true / np.linalg.norm(true))[0]
    # the mannequin's highest point, 150 mm from the brow by its makers' tape to a few mm
    assert np.hypot(*(chart - found.vertex)) < 5
    assert set(found.ears) == {"L", "R"}
    assert found.ears["L"][0] > 0 > found.ears["R"][0]


def test_hours_as_on_a_clock() -> None:
    assert hour_text(0.0) == "12:00"
    assert hour_text(9 + 1 / 6) == "9:10"
    assert hour_text(11.999) == "12:00"
    assert hour_text(0.5) == "12:30"


def test_gaps_split_lines() -> None:
    line = np.array([(0.0, 0.0), (1, 0), (np.nan, np.nan), (3, 0), (4, 0), (5, 0)])
    assert [len(part) for part in finite([line])] == [2, 3]
