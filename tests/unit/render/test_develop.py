"""The unrolled hairline against surfaces that are known in closed form."""

import math

import numpy as np
import pytest

from studio.model.arrays import FloatArray
from studio.render.pages.develop import Development, develop
from studio.skin.head.chart import to_chart
from studio.skin.head.relief import Relief
from studio.skin.head.surface import Surface
from tests.unit.skin.head.heads import ball, ellipsoid, head

R = 90.0
WIDE = (12.0, 14.0)


def parallel(height: float, reach: float = 1.2) -> FloatArray:
    """Chart points round the upright axis at one height, from the client's right to the left."""
    turn = np.linspace(-reach, reach, 400)
    flat = math.sqrt(1 - height**2)
    u = np.stack([flat * np.cos(turn), flat * np.sin(turn), np.full_like(turn, height)], axis=1)
    return to_chart(u)


def laid(surface: Surface, line: FloatArray, hair: int = 1) -> Development:
    return develop(surface, line, hair, WIDE, None)


def circle_radius(points: FloatArray) -> tuple[float, float]:
    """Radius of the circle through points by least squares, and the worst distance from it."""
    x, y = points.T
    a = np.stack([x, y, np.ones_like(x)], axis=1)
    cx, cy, c = np.linalg.lstsq(a, x**2 + y**2, rcond=None)[0].tolist()
    centre = np.array([cx / 2, cy / 2])
    radius = math.sqrt(c + float(centre @ centre))
    return radius, float(np.abs(np.hypot(*(points - centre).T) - radius).max())


def test_a_great_circle_of_a_ball_lies_straight() -> None:
    flat = laid(ball(R), parallel(0.0))
    assert flat.length == pytest.approx(2.4 * R, abs=0.01)
    assert np.ptp(flat.flat[:, 1]) < 0.05
    assert np.ptp(flat.flat[:, 0]) == pytest.approx(2.4 * R, abs=0.01)


@pytest.mark.parametrize("height", [0.3, 0.6, 0.8])
def test_a_parallel_of_a_ball_is_that_of_its_cone(height: float) -> None:
    """The cone that touches along the circle, cut open: radius R cot(latitude)."""
    flat = laid(ball(R), parallel(height))
    radius, off = circle_radius(flat.flat)
    assert radius == pytest.approx(R * math.sqrt(1 - height**2) / height, rel=1e-3)
    assert off < 0.05
    assert flat.length == pytest.approx(2.4 * R * math.sqrt(1 - height**2), abs=0.02)


def test_a_parallel_of_an_ellipsoid_is_that_of_its_cone() -> None:
    """Slant height of the touching cone: rho sqrt(1 + (dz/drho)^2)."""
    a, c, height = 80.0, 100.0, 0.5
    rho = 1 / math.sqrt(1 / a**2 + (height / math.sqrt(1 - height**2)) ** 2 / c**2)
    z = rho * height / math.sqrt(1 - height**2)
    slope = -(c**2) * rho / (a**2 * z)
    flat = laid(ellipsoid(a, a, c), parallel(height))
    radius, off = circle_radius(flat.flat)
    # degree 8 keeps to 0.02 mm of the ellipsoid, its slope to a few thousandths
    assert radius == pytest.approx(rho * math.hypot(1, slope), rel=0.01)
    assert off < 0.3
    assert flat.length == pytest.approx(2.4 * rho, abs=0.1)


def test_paper_beside_a_great_circle_is_longer_by_what_the_ball_bends() -> None:
    flat = laid(ball(R), parallel(0.0))
    assert flat.stretch == pytest.approx(1 / math.cos(WIDE[1] / R) - 1, rel=0.02)


@pytest.mark.parametrize("hair", [1, -1])
def test_what_lies_beside_the_line_keeps_its_distance(hair: int) -> None:
    """8 mm square off a great circle, on the side of the hair: towards the crown if `hair` is 1."""
    flat = laid(ball(R), parallel(0.0), hair)
    for side in (1, -1):
        turn, up = np.linspace(-0.9, 0.9, 7), side * 8 / R
        u = np.stack(
            [np.cos(up) * np.cos(turn), np.cos(up) * np.sin(turn), np.full_like(turn, np.sin(up))],
            axis=1,
        )
        placed = flat.lay(to_chart(u))
        # y runs towards the face, and the crown lies the other way
        assert placed[:, 1] == pytest.approx(np.full(7, -side * 8.0), abs=0.05)
        assert placed[:, 0] == pytest.approx(turn * R, abs=0.05)
    far = to_chart(np.array([(math.cos(0.5), 0.0, math.sin(0.5))]))
    assert np.isnan(flat.lay(far)).all()


@pytest.mark.parametrize("seed", [0, 3, 8])
def test_length_is_the_surface_s_own(seed: int) -> None:
    """A hairline with corners across a head: length on paper, by the skin map, by fine chords."""
    t = np.linspace(-1, 1, 240)
    line = np.stack([150 * t, 250 + 60 * np.abs(t) ** 3 - 18 * np.cos(6 * t)], axis=1)
    surface = head(seed)
    flat = laid(surface, line)
    paper = float(np.hypot(*np.diff(flat.flat, axis=0).T).sum())
    assert paper == pytest.approx(float(Relief(surface).length(line).sum()), abs=0.3)
    assert paper == pytest.approx(flat.length, abs=1e-6)
    assert 0 < flat.stretch < 0.08


def test_a_tape_leaves_the_line_at_the_angle_it_has_on_the_skin() -> None:
    """Straight down a meridian from a parallel: square to it on paper as on the ball."""
    flat = laid(ball(R), parallel(0.5))
    u = np.array([(math.cos(h), 0.0, math.sin(h)) for h in (math.pi / 6, math.pi / 6 - 0.05)])
    middle = flat.length / 2
    x, y = flat.towards(middle, to_chart(u), 30.0)
    ax, ay = flat.at(middle)
    assert (x - ax, y - ay) == pytest.approx((0.0, 30.0), abs=0.05)
