"""Tapes against spheres, ellipsoids, and against tapes that were bent aside."""

import math

import numpy as np
import pytest
from scipy.integrate import quad

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.refusal import Refusal
from studio.skin.head.chart import to_chart, to_direction
from studio.skin.head.geodesic import geodesic
from studio.skin.head.tapenet import HOURS, address, tape_net, walk
from tests.unit.skin.head.heads import ball, ellipsoid, head, relief

R = 90.0
PAIRS: tuple[tuple[Point, Point], ...] = (
    ((0.0, 200.0), (150.0, 170.0)),
    ((-170.0, 130.0), (170.0, 130.0)),
    ((20.0, -160.0), (-10.0, 190.0)),
    ((5.0, 5.0), (8.0, 9.0)),
)


def chart_of(point: tuple[float, float, float]) -> Point:
    """The chart point above a point in mm."""
    u = np.array([point]) / np.linalg.norm(point)
    x, y = to_chart(u)[0].tolist()
    return (x, y)


@pytest.mark.parametrize("pair", PAIRS)
def test_on_a_ball_it_is_the_great_circle(pair: tuple[Point, Point]) -> None:
    a, b = to_direction(np.array(pair))
    angle = math.atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))
    tape = geodesic(ball(R), *pair)
    assert tape.length_mm == pytest.approx(R * angle, abs=2e-3)
    normal = np.cross(a, b) / math.sin(angle)
    assert np.abs(to_direction(tape.path) @ normal).max() < 1e-6
    assert tape.path[[0, -1]] == pytest.approx(np.array(pair))


@pytest.mark.parametrize("mid", ["side", "front"])
def test_on_an_ellipsoid_it_keeps_to_the_plane_of_symmetry(mid: str) -> None:
    """By symmetry the shortest way between points of such a plane is its ellipse."""
    a, b, c = 98.0, 76.0, 84.0
    flat = a if mid == "side" else b
    low, high = 0.35, 2.1
    true = quad(lambda t: math.hypot(flat * math.sin(t), c * math.cos(t)), low, high)[0]
    ends = []
    for t in (low, high):
        ahead, up = flat * math.cos(t), c * math.sin(t)
        ends.append(chart_of((ahead, 0, up) if mid == "side" else (0, ahead, up)))
    assert geodesic(ellipsoid(a, b, c), *ends).length_mm == pytest.approx(true, abs=0.05)


def test_on_a_spheroid_it_obeys_clairaut() -> None:
    """r cos(angle to the parallel) is the same all along a geodesic of a surface of revolution."""
    surface = ellipsoid(88.0, 88.0, 76.0)
    tape = geodesic(surface, (-200.0, 120.0), (180.0, 10.0))
    places = surface.points(to_direction(tape.path))
    middle, way = (places[2:] + places[:-2]) / 2, places[2:] - places[:-2]
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    turning = middle[:, 0] * way[:, 1] - middle[:, 1] * way[:, 0]
    assert np.ptp(turning) < 0.05


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("pair", PAIRS[:3])
def test_no_tape_beside_it_is_shorter(seed: int, pair: tuple[Point, Point]) -> None:
    surface = head(seed)
    tape = geodesic(surface, *pair)
    share = np.linspace(0, 1, len(tape.path))
    across = np.diff(tape.path[[0, -1]], axis=0)[0][::-1] * (1, -1)

    def length(path: FloatArray) -> float:
        places = surface.points(to_direction(path))
        return float(np.linalg.norm(np.diff(places, axis=0), axis=1).sum())

    shortest = length(tape.path)
    for wave in (1, 2, 3):
        for size in (-0.01, 0.01):
            bent = tape.path + size * np.sin(wave * math.pi * share)[:, None] * across
            assert length(bent) > shortest
    assert tape.length_mm == pytest.approx(shortest, abs=0.03)
    assert relief(seed).length(tape.path).sum() == pytest.approx(tape.length_mm, abs=0.02)


def test_nowhere_to_go() -> None:
    assert geodesic(head(1), (10.0, 20.0), (10.0, 20.0)).length_mm == 0


def test_opposite_places_have_no_shortest_way() -> None:
    x, y = to_chart(-to_direction(np.array([[150.0, 0.0]])))[0].tolist()
    with pytest.raises(Refusal, match="opposite"):
        geodesic(ball(R), (150.0, 0.0), (x, y))


def test_no_tape_runs_under_the_head() -> None:
    with pytest.raises(Refusal, match="under the head"):
        geodesic(head(0), (-300.0, 10.0), (300.0, 10.0))


def test_rings_on_a_ball_are_its_parallels() -> None:
    centre = (20.0, 60.0)
    pole = to_direction(np.array([centre]))[0]
    tapes = (20.0, 101.3, 180.0)
    net = tape_net(ball(R), centre, max(tapes))
    for mm in tapes:
        ring = net.ring(mm)
        assert R * np.arccos(to_direction(ring) @ pole) == pytest.approx(mm, abs=0.02)
        assert ring[0] == pytest.approx(ring[-1])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_rings_on_a_head_lie_at_their_tape_distance(seed: int) -> None:
    centre = (0.0, 75.0)
    tapes = (40.0, 120.0)
    net = tape_net(head(seed), centre, max(tapes))
    for mm in tapes:
        for x, y in net.ring(mm)[:-1:9].tolist():
            assert geodesic(head(seed), centre, (x, y)).length_mm == pytest.approx(mm, abs=0.1)


def test_the_clock_runs_from_the_face_to_the_clients_right() -> None:
    net = tape_net(head(1), (0.0, 80.0), 60.0)
    every = len(net.courses) // HOURS
    ends = np.array([net.spoke(hour * every, 60.0)[-1] for hour in range(HOURS)]) - (0.0, 80.0)
    assert ends[0, 1] > 0
    assert ends[3, 0] < 0
    assert ends[6, 1] < 0
    assert ends[9, 0] > 0
    assert (np.linalg.norm(ends, axis=1) > 50).all()


def test_on_the_mid_line_of_an_even_head_the_tape_to_the_face_stays_on_it() -> None:
    even = ellipsoid(98.0, 76.0, 84.0)
    net = tape_net(even, (0.0, 60.0), 150.0)
    assert np.abs(net.courses[0, :, 0]).max() < 0.05


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("at", [(120.0, 150.0), (-60.0, -90.0), (3.0, 190.0)])
def test_an_address_leads_back_to_its_place(seed: int, at: Point) -> None:
    centre = (0.0, 75.0)
    hour, mm = address(head(seed), centre, at)
    assert 0 <= hour < 12
    found = walk(head(seed), centre, hour, mm)
    apart = np.diff(head(seed).points(to_direction(np.array([found, at]))), axis=0)
    assert np.linalg.norm(apart) < 0.3
