import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from studio.model.photo import MeasurementKind, Plane
from studio.skin.plane import HEAD_RADIUS_MM, PlaneMap

TURNED = PlaneMap(
    "p",
    Plane(
        matrix=(0.11, 0.02, -150.0, -0.01, 0.13, -210.0, 1e-6, -2e-6, 1.0),
        sigma=0.01,
        centre=(0.0, -20.0),
        method=MeasurementKind.CARD,
    ),
)


@given(st.floats(0, 3000), st.floats(0, 4000))
def test_there_and_back(x: float, y: float) -> None:
    px = np.array([[x, y]])
    assert TURNED.to_photo(TURNED.to_skin(px)) == pytest.approx(px, abs=1e-6)


def test_px_per_unit_is_the_measured_one() -> None:
    at = np.array([[10.0, 5.0]])
    d = 1e-4
    moved = TURNED.to_photo(at + np.diag([d, d])) - TURNED.to_photo(at)
    assert TURNED.px_per_unit(at)[0] == pytest.approx(
        math.sqrt(abs(np.linalg.det(moved / d))), rel=1e-5
    )


def test_area_and_its_error_near_the_measurement() -> None:
    near = TURNED.area(box(-2, -22, 2, -18))
    assert near.value == pytest.approx(16)
    assert near.relative == pytest.approx(0.02, rel=0.01)


def test_the_error_grows_as_the_head_curves_away() -> None:
    assert TURNED.sigma(np.array([[40.0, -20.0]]))[0] == pytest.approx(
        math.hypot(0.01, 40**2 / (2 * HEAD_RADIUS_MM**2))
    )
    far = TURNED.area(box(38, -22, 42, -18))
    assert far.relative > 0.2


def test_the_error_covers_what_a_ball_of_a_head_hides() -> None:
    """A cap of a sphere seen from afar: its flat area against the true one."""
    r = 30.0
    cap = 2 * math.pi * HEAD_RADIUS_MM * (HEAD_RADIUS_MM - math.sqrt(HEAD_RADIUS_MM**2 - r**2))
    angles = np.linspace(0, 2 * math.pi, 400, endpoint=False)
    disc = Polygon(np.stack([r * np.cos(angles), r * np.sin(angles) - 20], axis=1))
    flat = TURNED.area(disc)
    assert abs(cap - flat.value) < 2 * flat.se


def test_length_adds_up_along_the_line() -> None:
    line = np.array([[0.0, -20.0], [3.0, -16.0], [3.0, -6.0]])
    assert TURNED.length(line).value == pytest.approx(15.0)


def test_nothing_has_no_area() -> None:
    assert TURNED.area(Polygon()).value == 0
