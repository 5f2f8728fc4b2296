"""The chart against the formulas of the stereographic projection."""

import math

import numpy as np
import pytest

from studio.model.arrays import FloatArray
from studio.skin.head.chart import REACH, TILT, UNIT_RADIUS, scale, to_chart, to_direction
from tests.unit.skin.head.heads import directions, head

POLE = np.array([-math.sin(TILT), 0.0, math.cos(TILT)])


def on_chart(count: int, seed: int) -> FloatArray:
    """Directions within reach of the chart."""
    u = directions(count, seed)
    reached: FloatArray = u[u @ POLE > math.cos(REACH)]
    return reached


def test_there_and_back() -> None:
    u = on_chart(2000, 1)
    assert np.abs(to_direction(to_chart(u)) - u).max() < 1e-12
    chart = np.random.default_rng(2).uniform(-500, 500, (500, 2))
    assert np.abs(to_chart(to_direction(chart)) - chart).max() < 1e-9


def test_the_distance_from_the_pole_is_that_of_a_stereographic_chart() -> None:
    u = on_chart(500, 3)
    angle = np.arccos(u @ POLE)
    assert np.hypot(*to_chart(u).T) == pytest.approx(2 * UNIT_RADIUS * np.tan(angle / 2))


def test_it_hangs_like_the_front_photo_and_its_mid_line_is_the_heads() -> None:
    face, left, crown = np.eye(3)
    (fx, fy), (lx, _), (cx, cy) = to_chart(np.array([face, left, crown])).tolist()
    assert fx == pytest.approx(0)
    assert cx == pytest.approx(0)
    assert 0 < cy < fy
    assert lx > 0
    mirrored = to_chart(on_chart(100, 4) * (1, -1, 1))
    assert mirrored == pytest.approx(to_chart(on_chart(100, 4)) * (-1, 1))


def test_seen_from_outside_it_is_not_mirrored() -> None:
    """The turn from chart x to chart y is clockwise on paper: so it must be round the outside."""
    chart = np.random.default_rng(5).uniform(-300, 300, (50, 2))
    d = 1e-5
    u = to_direction(chart)
    x, y = (to_direction(chart + way) - u for way in ((d, 0), (0, d)))
    assert ((np.cross(x, y) * u).sum(axis=1) < 0).all()


def test_it_keeps_angles_and_scale_is_its_derivative() -> None:
    chart = np.random.default_rng(6).uniform(-400, 400, (200, 2))
    d = 1e-4
    x, y = (
        (to_direction(chart + way) - to_direction(chart - np.array(way))) / (2 * d)
        for way in ((d, 0), (0, d))
    )
    assert np.linalg.norm(x, axis=1) == pytest.approx(scale(chart), rel=1e-6)
    assert np.linalg.norm(y, axis=1) == pytest.approx(scale(chart), rel=1e-6)
    assert np.abs((x * y).sum(axis=1)).max() < 1e-9


def test_a_unit_in_the_middle_of_the_scalp_is_about_a_millimetre() -> None:
    middle = np.zeros((1, 2))
    u = to_direction(middle)
    mm = math.sqrt(head(0).area_density(u)[0]) * scale(middle)[0]
    assert 0.85 < mm < 1.0
