import math

import numpy as np
import pytest
from scipy.special import ellipe

from heads.scene import hat_line as cloud_hat_line
from studio.model.photo import Measurement, MeasurementKind, View
from studio.skin.head.camera import Camera
from studio.skin.head.inputs import Length, Marked, Tape
from studio.skin.head.prior import sphere
from studio.skin.head.scale import hat_line, readings, weighted
from studio.skin.head.start import NOMINAL
from tests.unit.skin.head.heads import ball, ellipsoid, head

FRONT = Camera(NOMINAL[View.FRONT], np.array([0.0, 0, 1000.0]), 8000.0, (1500.0, 2000.0))


def test_round_a_ball_through_a_point_is_a_great_circle() -> None:
    glabella = np.array([87.0, 0.0, -15.0])
    assert hat_line(ball(88.0), glabella) == pytest.approx(2 * math.pi * 88, rel=2e-3)


def test_round_an_ellipsoid_is_its_equator() -> None:
    a, b, c = 100.0, 77.0, 80.0
    glabella = np.array([98.0, 0.0, -15.0])
    found = hat_line(ellipsoid(a, b, c), glabella)
    assert found == pytest.approx(4 * a * ellipe(1 - (b / a) ** 2), rel=3e-3)


def test_it_is_what_a_hull_of_skin_points_gives() -> None:
    surface = head(0)
    cloud = surface.points(sphere(60_000))
    glabella = surface.points(np.array([[1.0, 0, 0]]))[0]
    rise = np.linspace(0, 0.4, 400)
    path = surface.points(np.stack([np.cos(rise), 0 * rise, np.sin(rise)], axis=1))
    gone = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    at = path[np.searchsorted(gone, 15.0)]
    expected = cloud_hat_line(cloud, at, np.array([0.0, 1, 0]), np.array([1.0, 0, 0]))
    assert hat_line(surface, glabella) == pytest.approx(expected, rel=3e-3)


def marked(kind: MeasurementKind, long_px: float, size_mm: float) -> Marked:
    points = [(1500.0, 2000.0), (1500.0 + long_px, 2000.0)]
    if kind is MeasurementKind.STICKER:
        points.append((1500.0, 2000.0 + long_px))
    return Marked(
        View.FRONT,
        Measurement(kind=kind, points=tuple(points), size_mm=size_mm, size_se=0.1, click_se=1.0),
    )


def test_a_sticker_on_a_ball_tells_its_size() -> None:
    # 88 mm nearer than the middle: 8000 / 912 pixels a mm
    found = readings(
        [marked(MeasurementKind.STICKER, 10 * 8000 / 912, 20.0)],
        ball(88.0),
        {View.FRONT: FRONT},
        {},
    )
    assert found[0].ratio == pytest.approx(0.0, abs=1e-4)


def test_pupils_lie_before_the_corners_of_the_eyes() -> None:
    eyes = {"exocanthion_L": np.array([70.0, 44, 0]), "exocanthion_R": np.array([70.0, -44, 0])}
    long = 63.0 * 8000 / 920
    found = readings(
        [marked(MeasurementKind.OWN_IPD, long, 63.0)], ball(88.0), {View.FRONT: FRONT}, eyes
    )
    assert found[0].ratio == pytest.approx(0.0, abs=1e-6)


def test_what_cannot_tell_is_left_out() -> None:
    off_head = Measurement(
        kind=MeasurementKind.RULER,
        points=((10.0, 10.0), (300.0, 10.0)),
        size_mm=30.0,
        size_se=0.3,
        click_se=1.0,
    )
    lengths: list[Length] = [
        Tape(570.0, 1.0),
        Marked(View.FRONT, off_head),
        Marked(View.BACK, off_head),
        marked(MeasurementKind.IRIS, 90.0, 11.7),
    ]
    assert readings(lengths, ball(88.0), {View.FRONT: FRONT}, {}) == ()
    assert weighted(()) == (0.0, math.inf)


def test_the_surer_length_counts_more() -> None:
    lengths: list[Length] = [Tape(580.0, 0.5), marked(MeasurementKind.RULER, 100.0, 12.0)]
    glabella = {"glabella": np.array([87.0, 0.0, -15.0])}
    found = readings(lengths, ball(88.0), {View.FRONT: FRONT}, glabella)
    ratio, se = weighted(found)
    assert se < min(r.se for r in found)
    assert abs(ratio - found[0].ratio) < abs(ratio - found[1].ratio)
