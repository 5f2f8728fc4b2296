import math

import numpy as np
import pytest
from scipy.optimize import brentq

from studio.model.arrays import FloatArray
from studio.model.photo import View
from studio.skin.head.camera import Camera, skin_per_pixel
from studio.skin.head.prior import sphere
from studio.skin.head.start import NOMINAL
from studio.skin.head.surface import Surface
from tests.unit.skin.head.heads import ball, ellipsoid, head

ASIDE = np.array([900.0, 250.0, 120.0])


def rays_to(targets: FloatArray) -> FloatArray:
    ways = targets - ASIDE
    unit: FloatArray = ways / np.linalg.norm(ways, axis=1, keepdims=True)
    return unit


def test_a_ball_is_a_ball() -> None:
    u = sphere(200)
    surface = ball(88.0)
    assert surface.points(u) == pytest.approx(88 * u)
    assert surface.normals(u) == pytest.approx(u)
    assert surface.area_density(u) == pytest.approx(np.full(200, 88.0**2))
    # to first order: the logarithm, at the point's own distance
    expected = np.full(200, 1.1 * 88 * math.log(1.1))
    assert surface.distance(1.1 * 88 * u) == pytest.approx(expected)


def test_area_of_an_ellipsoid() -> None:
    # Knud Thomsen's formula, within 1.1 % for any, 0.1 % for one as round as a head
    a, b, c = 99.8, 77.2, 93.0
    p = 1.6075
    mean = ((a * b) ** p + (a * c) ** p + (b * c) ** p) / 3
    area = ellipsoid(a, b, c).area_density(sphere(6000)).mean() * 4 * math.pi
    assert area == pytest.approx(4 * math.pi * mean ** (1 / p), rel=2e-3)


def test_normals_stand_on_the_skin() -> None:
    surface, u = head(3), sphere(300)
    normal = surface.normals(u)
    for way in (np.array([0.0, 0, 1]), np.array([0.0, 1, 0])):
        aside = u + 1e-5 * way
        step = surface.points(aside / np.linalg.norm(aside, axis=1, keepdims=True))
        along = step - surface.points(u)
        size = np.linalg.norm(along, axis=1)
        assert ((along * normal).sum(axis=1) / size)[size > 1e-5] == pytest.approx(0.0, abs=2e-3)


def test_the_table_is_the_surface() -> None:
    surface, u = head(2), sphere(5000)
    value, slope = surface.gradient(u)
    read, read_slope = surface.table.sample(u)
    assert np.abs(np.exp(read) - np.exp(value)).max() < 0.01
    assert np.abs(read_slope - slope).max() < 1e-3


def test_the_table_takes_none_and_very_many() -> None:
    surface = head(1)
    assert len(surface.table.sample(np.empty((0, 3)))[0]) == 0
    u = np.repeat(sphere(1000), 60, axis=0)
    assert np.abs(surface.table.sample(u)[0] - surface.log_radius(u)).max() < 1e-4


@pytest.mark.parametrize("tabled", [False, True])
def test_rays_meet_the_skin_where_it_first_is(tabled: bool) -> None:
    surface = head(4)
    if tabled:
        assert surface.table is not None
    rays = rays_to(0.8 * surface.points(sphere(300)))
    t, seen = surface.hit(ASIDE, rays)
    assert seen.all()
    assert np.abs(surface.distance(ASIDE + t[:, None] * rays)).max() < 0.02
    for k in range(0, 300, 30):
        tries = np.linspace(t[k] - 150, t[k] - 0.5, 400)
        assert (surface.implicit(ASIDE + tries[:, None] * rays[k]) > 0).all()


def test_rays_past_the_head_miss() -> None:
    surface = ball(80.0)
    rays = rays_to(np.array([[0.0, 0, 79.0], [0.0, 0, 90.0], [0.0, 300, 0]]))
    t, seen = surface.hit(ASIDE, rays)
    assert seen.tolist() == [True, False, False]
    assert np.isnan(t[1:]).all()


@pytest.mark.parametrize("seed", [1, 4])
def test_one_ray_meets_the_skin_where_many_do(seed: int) -> None:
    surface = head(seed)
    rays = rays_to(1.02 * surface.points(sphere(300)))
    t, seen = surface.hit(ASIDE, rays)
    assert 50 < seen.sum() < 300
    for k, ray in enumerate(rays):
        depth = surface.depth(ASIDE, ray)
        assert (depth is not None) == seen[k]
        if depth is not None:
            assert depth == pytest.approx(t[k], abs=0.02)
            assert abs(surface.distance((ASIDE + depth * ray)[None])[0]) < 0.02


def test_one_ray_that_only_grazes_the_skin_still_meets_it() -> None:
    surface = ball(80.0)
    (ray,) = rays_to(np.array([[0.0, 0, 79.99]]))
    depth = surface.depth(ASIDE, ray)
    assert depth is not None
    assert np.linalg.norm(ASIDE + depth * ray) == pytest.approx(80.0, abs=1e-3)


def test_the_nearest_place_of_a_ray_is_the_least() -> None:
    surface = head(2)
    rays = rays_to(1.3 * surface.points(sphere(40)))
    t, least = surface.nearest(ASIDE, rays)
    for k in range(40):
        tries = t[k] + np.linspace(-120, 120, 1201)
        values = surface.implicit(ASIDE + tries[:, None] * rays[k])
        assert least[k] == pytest.approx(values.min(), abs=2e-3)


def test_scaling_scales() -> None:
    u = sphere(10)
    assert head(1).scaled(1.05).points(u) == pytest.approx(1.05 * head(1).points(u))


def camera() -> Camera:
    return Camera(NOMINAL[View.LEFT], np.array([5.0, -8.0, 1200.0]), 9800.0, (1499.5, 1999.5))


def test_a_camera_and_its_rays_agree() -> None:
    x = head(1).points(sphere(50))
    px, depth = camera().project(x)
    origin, rays = camera().rays(px)
    assert origin + depth[:, None] * rays == pytest.approx(x)
    assert camera().project(camera().position[None] + rays[:1] * 700)[1] == pytest.approx([700.0])


def test_the_left_photo_shows_the_face_to_the_left_and_up_is_up() -> None:
    face, up = camera().project(np.array([[100.0, 0, 0], [0.0, 0, 100]]))[0]
    assert face[0] < 1499.5
    assert up[1] < 1999.5


def test_skin_per_pixel_is_that_between_neighbouring_rays() -> None:
    surface, seen_by = head(3), camera()
    px = np.array([[1200.0, 1700.0], [1500.0, 2000.0], [1900.0, 1600.0]])

    def meet(at: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        origin, rays = seen_by.rays(at)
        near, far = 1080.0, 1250.0
        depth = np.array(
            [
                brentq(lambda t, r=ray: surface.implicit((origin + t * r)[None])[0], near, 1200.0)
                for ray in rays
            ]
        )
        assert (depth < far).all()
        return origin + depth[:, None] * rays, depth, rays

    x, depth, rays = meet(px)
    right, lower = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    across = (meet(px + right)[0] - meet(px - right)[0]) / 2
    down = (meet(px + lower)[0] - meet(px - lower)[0]) / 2
    expected = np.linalg.norm(np.cross(across, down), axis=1)
    normal = surface.normals(x / np.linalg.norm(x, axis=1, keepdims=True))
    found = skin_per_pixel(depth, rays, normal, seen_by.focal_px)
    assert found == pytest.approx(expected, rel=1e-4)


def test_surfaces_are_values_apart() -> None:
    assert Surface(np.zeros(81)) != Surface(np.zeros(81))
