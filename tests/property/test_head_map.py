"""What holds for the head's chart and photos whatever the head, the camera and the place."""

import math
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, affinity

from studio.skin.head.chart import EDGE, to_chart, to_direction
from studio.skin.head.geodesic import geodesic
from studio.skin.head.headmap import HeadMap
from tests.unit.skin.head.heads import camera, head, one_percent, relief

HEADS = st.integers(0, 3)
PLACES = st.tuples(st.floats(-200, 200), st.floats(-150, 230))


@cache
def seen_from(seed: int, azimuth: int, height: int, distance: int) -> HeadMap:
    """A head in a photo; few enough that their tables are made once."""
    view = camera(azimuth, height, distance, focal=8.0 * distance)
    return HeadMap(relief=relief(seed), errors=one_percent, camera=view)


PHOTOS = st.builds(
    seen_from,
    HEADS,
    st.sampled_from([0, 200]),
    st.sampled_from([5, 60]),
    st.sampled_from([400, 1200]),
)


@given(st.tuples(st.floats(-700, 700), st.floats(-700, 700)))
def test_chart_there_and_back(place: tuple[float, float]) -> None:
    chart = np.array([place])
    u = to_direction(chart)
    assert abs(np.linalg.norm(u) - 1) < 1e-12
    assert np.abs(to_chart(u) - chart).max() < 1e-8


@settings(max_examples=60)
@given(PHOTOS, PLACES)
def test_photo_there_and_back(skin: HeadMap, place: tuple[float, float]) -> None:
    chart = np.array([place])
    px = skin.to_photo(chart)
    angle = float(skin.incidence(chart)[0])
    assert np.isfinite(px).all() == (angle < 90)
    if angle < 75:
        back = skin.to_skin(px)
        apart = relief_mm(skin, chart, back)
        assert apart < 0.03
        exact = skin.exact_to_skin(skin.exact_to_photo(chart))
        assert np.abs(exact - chart).max() < 1e-6


def relief_mm(skin: HeadMap, one: np.ndarray, other: np.ndarray) -> float:
    """Distance in mm on the skin of two chart places."""
    points = skin.relief.surface.points
    return float(np.linalg.norm(points(to_direction(one)) - points(to_direction(other))))


@settings(max_examples=60)
@given(HEADS, PLACES, st.floats(1, 60), st.integers(3, 40), st.floats(0, 6))
def test_area_adds_up_and_is_the_scale_times_small_shapes(
    seed: int, place: tuple[float, float], radius: float, corners: int, turn: float
) -> None:
    angle = turn + np.arange(corners) * 2 * math.pi / corners
    shape = Polygon(np.array(place) + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1))
    skin = relief(seed)
    x = place[0]
    halves = [
        shape.intersection(Polygon([(x, -999), (x, 999), (x + s, 999), (x + s, -999)]))
        for s in (-999, 999)
    ]
    parts = sum(skin.area(half) for half in halves if isinstance(half, Polygon))
    assert abs(parts / skin.area(shape) - 1) < 1e-4
    dot = affinity.scale(shape, 0.5 / radius, 0.5 / radius, origin=place)
    assert abs(skin.area(dot) / (dot.area * skin.area_scale(np.array([place]))[0]) - 1) < 1e-3


@settings(max_examples=40)
@given(HEADS, PLACES, PLACES)
def test_a_tape_is_as_long_both_ways_and_not_longer_than_the_chart_line(
    seed: int, start: tuple[float, float], end: tuple[float, float]
) -> None:
    surface = head(seed)
    u = to_direction(np.array([start, end]))
    if u[0] @ u[1] < math.cos(math.radians(120)):
        return
    tape = geodesic(surface, start, end)
    assert abs(tape.length_mm - geodesic(surface, end, start).length_mm) < 2e-3
    line = relief(seed).length(np.linspace(start, end, 100)).sum()
    assert tape.length_mm <= line + 0.02
    straight = float(np.linalg.norm(np.diff(surface.points(u), axis=0)))
    assert tape.length_mm >= straight - 1e-6
    assert np.hypot(*tape.path.T).max() <= EDGE
