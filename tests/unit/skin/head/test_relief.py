"""Areas and lengths on the head against closed formulas and against the surface itself."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from shapely import MultiPolygon, Polygon, box

from studio.model.arrays import FloatArray
from studio.skin.head.chart import UNIT_RADIUS, scale, to_chart, to_direction
from studio.skin.head.relief import Relief
from tests.unit.skin.head.heads import ball, directions, ellipsoid, head, relief

R = 90.0
BALL = Relief(ball(R))
SEEDS = (0, 1, 2, 3)


def disc(x: float, y: float, radius: float, corners: int = 2000) -> Polygon:
    """Just so large that it has the area of a true circle."""
    turn = 2 * math.pi / corners
    angle = np.arange(corners) * turn
    radius *= math.sqrt(turn / math.sin(turn))
    return Polygon(np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1))


def cap_chart(angle: float) -> float:
    """Chart radius of a cap round the pole."""
    return 2 * UNIT_RADIUS * math.tan(angle / 2)


def scalp(count: int, seed: int) -> FloatArray:
    """Chart points within 120 degrees of the pole."""
    chart = to_chart(directions(count, seed))
    near: FloatArray = chart[np.hypot(*chart.T) < cap_chart(math.radians(120))]
    return near


@pytest.mark.parametrize("degrees", [3, 20, 60, 115])
def test_a_cap_of_a_ball_has_the_area_of_the_formula(degrees: float) -> None:
    angle = math.radians(degrees)
    true = 2 * math.pi * R**2 * (1 - math.cos(angle))
    assert BALL.area(disc(0, 0, cap_chart(angle))) == pytest.approx(true, rel=2e-5)


def test_circles_stay_circles_so_a_cap_elsewhere_has_its_area_too() -> None:
    """A circle of the chart is a circle of the ball; its diameter is on the ray from the pole."""
    near, far = 60.0, 260.0
    angle = math.atan(far / (2 * UNIT_RADIUS)) - math.atan(near / (2 * UNIT_RADIUS))
    true = 2 * math.pi * R**2 * (1 - math.cos(angle))
    for turn in (0.3, 2.0, 4.4):
        x, y = (near + far) / 2 * math.cos(turn), (near + far) / 2 * math.sin(turn)
        shape = disc(x, y, (far - near) / 2)
        assert BALL.area(shape) == pytest.approx(true, rel=2e-5)


def test_holes_are_taken_off_and_parts_added() -> None:
    outer, inner, other = disc(50, 80, 60), disc(60, 90, 20), disc(-150, 0, 30)
    skin = relief(1)
    ring = Polygon(outer.exterior, [inner.exterior])
    assert skin.area(ring) == pytest.approx(skin.area(outer) - skin.area(inner))
    assert skin.area(MultiPolygon([ring, other])) == pytest.approx(
        skin.area(ring) + skin.area(other)
    )
    assert skin.area(Polygon()) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_area_on_a_head_is_that_of_a_fine_raster(seed: int) -> None:
    """Midpoint rule on 160,000 pixels of the surface's own area density."""
    skin = relief(seed)
    for x, y, half in ((0.0, 150.0, 60.0), (-220.0, 40.0, 45.0), (40.0, -80.0, 90.0)):
        side = (np.arange(400) + 0.5) / 400 * 2 * half - half
        chart = np.stack(np.meshgrid(x + side, y + side), axis=-1).reshape(-1, 2)
        density = np.concatenate(
            [skin.surface.area_density(to_direction(part)) for part in np.split(chart, 40)]
        )
        true = float((density * scale(chart) ** 2).mean()) * (2 * half) ** 2
        shape = box(x - half, y - half, x + half, y + half)
        assert skin.area(shape) == pytest.approx(true, rel=1e-3)


def test_area_of_a_star_whose_middle_lies_outside() -> None:
    """The signed triangles must take off what they cover beyond the outline."""
    angle = np.linspace(0.3, 5.9, 60)
    arc = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    crescent = Polygon(np.concatenate([100 * arc, 80 * arc[::-1]]))
    skin = relief(2)
    parts = [
        skin.area(Polygon([100 * arc[i], 100 * arc[i + 1], 80 * arc[i + 1], 80 * arc[i]]))
        for i in range(59)
    ]
    assert skin.area(crescent) == pytest.approx(sum(parts), rel=1e-5)


def test_area_of_an_ellipsoid_from_above() -> None:
    """The upper half of a spheroid, a = b: the closed formula."""
    a, c = 90.0, 75.0
    e = math.sqrt(1 - (c / a) ** 2)
    true = math.pi * a**2 * (1 + (1 - e**2) / e * math.atanh(e))
    angle = np.linspace(0, 2 * math.pi, 4000, endpoint=False)
    equator = np.stack([np.cos(angle), np.sin(angle), np.zeros(4000)], axis=1)
    shape = Polygon(to_chart(equator))
    assert Relief(ellipsoid(a, a, c)).area(shape) == pytest.approx(true, rel=2e-4)


def test_length_of_a_great_circle_on_a_ball() -> None:
    line = np.array([[0.0, -180.0], [0.0, 0.0], [0.0, 350.0]])
    angles = 2 * np.arctan(np.array([180.0, 350.0]) / (2 * UNIT_RADIUS))
    assert BALL.length(line) == pytest.approx(R * angles, rel=5e-5)


def test_length_over_an_ellipsoids_mid_line() -> None:
    a, c = 98.0, 82.0
    true = quad(lambda t: math.hypot(a * math.sin(t), c * math.cos(t)), 0.2, 2.5)[0]
    t = np.linspace(0.2, 2.5, 400)
    u = np.stack([a * np.cos(t), 0 * t, c * np.sin(t)], axis=1)
    line = to_chart(u / np.linalg.norm(u, axis=1, keepdims=True))
    assert Relief(ellipsoid(a, 77, c)).length(line).sum() == pytest.approx(true, abs=0.1)


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_agree_with_the_surface(seed: int) -> None:
    chart = scalp(4000, seed)
    skin, surface, u = relief(seed), head(seed), to_direction(chart)
    assert np.linalg.norm(skin.points(chart) - surface.points(u), axis=1).max() < 0.03
    assert np.abs(skin.normals(chart) - surface.normals(u)).max() < 2e-3
    true = surface.area_density(u) * scale(chart) ** 2
    assert skin.area_scale(chart) == pytest.approx(true, rel=1.5e-3)


def test_off_the_chart_there_is_no_skin() -> None:
    beyond = np.array([[0.0, 5000.0], [-3000.0, 10.0], [np.inf, 0.0]])
    assert (relief(1).area_scale(beyond) == 0).all()
    assert np.isnan(relief(1).points(beyond)).all()
