"""The head in a photo: against the formulas of a ball, the surface itself, and its own twin."""

import math

import numpy as np
import pytest
import shapely
from shapely import box

from studio.model.arrays import FloatArray
from studio.model.chart import HEAD
from studio.skin.head.camera import Camera
from studio.skin.head.chart import EDGE, to_chart, to_direction
from studio.skin.head.headmap import COUNTED, HeadMap
from studio.skin.head.relief import Relief
from studio.skin.head.scalpmap import NAPE, SIZE_PX, ScalpMap
from studio.skin.head.together import area_se
from studio.skin.skinmap import SkinMap
from tests.unit.skin.head.heads import (
    ball,
    camera,
    directions,
    head,
    one_percent,
    photo,
    relief,
    views,
)

R = 90.0
ROUND = HeadMap(relief=Relief(ball(R)), errors=one_percent, camera=camera(10, 20))
SHOWN = [(0, "front"), (1, "left"), (1, "top"), (2, "back"), (2, "right")]


def scalp(count: int, seed: int) -> FloatArray:
    """Chart points within 115 degrees of the pole."""
    chart = to_chart(directions(count, seed))
    near: FloatArray = chart[np.hypot(*chart.T) < 314]
    return near


def pixels(skin: HeadMap, count: int) -> FloatArray:
    """Photo pixels in the square round the head, and some beside it."""
    px = skin.to_photo(scalp(3000, 3))
    low, high = np.nanmin(px, axis=0) - 50, np.nanmax(px, axis=0) + 50
    return np.random.default_rng(7).uniform(low, high, (count, 2))


def entered(camera: Camera, px: FloatArray, radius: float) -> FloatArray:
    """Where rays enter a ball, by the quadratic formula, NaN where they pass it."""
    origin, rays = camera.rays(px)
    along, squared = rays @ origin, (rays**2).sum(axis=1)
    root = along**2 - squared * (origin @ origin - radius**2)
    t = (-along - np.sqrt(np.where(root < 0, np.nan, root))) / squared
    places: FloatArray = origin + t[:, None] * rays
    return places


def test_they_are_skin_maps() -> None:
    maps: list[SkinMap] = [
        ROUND,
        ScalpMap(relief=relief(1), errors=one_percent),
    ]
    for skin in maps:
        assert skin.chart == HEAD
        assert skin.scaled
        assert skin.method == "head"
        assert skin.sigma(np.zeros((3, 2))) == pytest.approx([0.01] * 3)
        assert hash(skin) == hash(skin)


def test_on_a_ball_pixels_lie_where_rays_enter_it() -> None:
    px = pixels(ROUND, 4000)
    places = entered(ROUND.camera, px, R)
    chart = ROUND.to_skin(px)
    true = to_chart(np.nan_to_num(places, nan=1.0) / np.linalg.norm(places, axis=1)[:, None])
    off = ~np.isfinite(places[:, 0]) | (np.hypot(*true.T) > EDGE)
    assert np.isnan(chart[off]).all()
    way = ROUND.camera.position - places
    facing = (way * places).sum(axis=1) / np.linalg.norm(way, axis=1) / R
    inner = ~off & (facing > 0.2)
    assert np.isfinite(chart[inner]).all()
    apart = R * (to_direction(chart[inner]) - places[inner] / R)
    assert np.linalg.norm(apart, axis=1).max() < 0.05
    exact = ROUND.exact_to_skin(px[inner])
    assert to_direction(exact) * R == pytest.approx(places[inner], abs=1e-7)


def test_on_a_ball_incidence_and_horizon_are_those_of_the_formula() -> None:
    chart = scalp(4000, 4)
    u = to_direction(chart)
    way = ROUND.camera.position - R * u
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    angle = np.degrees(np.arccos((u * way).sum(axis=1)))
    turned = angle > 2
    assert ROUND.incidence(chart)[turned] == pytest.approx(angle[turned], abs=0.1)
    px = ROUND.to_photo(chart)
    assert np.isnan(px[angle > 90.2]).all()
    assert np.isfinite(px[angle < 89.8]).all()


@pytest.mark.parametrize("degrees", [60, 70, 90])
def test_on_a_ball_the_part_seen_is_a_cap(degrees: float) -> None:
    """Seen from distance d at incidence i: the cap within i - asin(sin(i) R / d)."""
    straight = HeadMap(relief=ROUND.relief, errors=one_percent, camera=camera(0, 80))
    i = math.radians(degrees)
    cap = i - math.asin(math.sin(i) * R / 1200)
    seen = straight.seen_within(degrees)
    true = 2 * math.pi * R**2 * (1 - math.cos(cap))
    assert straight.area(seen).value == pytest.approx(true, rel=2e-3)
    assert seen.is_valid


@pytest.mark.parametrize(("seed", "view"), SHOWN)
def test_tables_are_within_a_twentieth_of_a_millimetre(seed: int, view: str) -> None:
    skin = photo(seed, view)
    chart = scalp(6000, 8)
    angle = skin.incidence(chart)
    px, exact = skin.to_photo(chart), skin.exact_to_photo(chart)
    shown = np.flatnonzero((angle < COUNTED) & np.isfinite(px[:, 0]))
    per_mm = np.sqrt(skin.sight.px2_per_mm2[np.isfinite(skin.sight.px2_per_mm2)].max())
    assert np.hypot(*(px - exact)[shown].T).max() / per_mm < 0.05
    found, true = skin.to_skin(exact[shown]), skin.exact_to_skin(exact[shown])
    assert true == pytest.approx(chart[shown], abs=1e-6)
    surface = head(seed)
    apart = surface.points(to_direction(found)) - surface.points(to_direction(true))
    assert np.linalg.norm(apart, axis=1).max() < 0.05


@pytest.mark.parametrize(("seed", "view"), SHOWN)
def test_there_and_back_in_the_photo(seed: int, view: str) -> None:
    skin = photo(seed, view)
    px = pixels(skin, 3000)
    chart = skin.to_skin(px)
    held = np.isfinite(chart[:, 0])
    assert held.mean() > 0.3
    back = skin.to_photo(chart[held])
    assert np.isfinite(back).mean() > 0.999
    assert np.nanmax(np.hypot(*(back - px[held]).T)) < 0.15


@pytest.mark.parametrize("view", list(views()))
def test_no_head_beside_the_head_and_hardly_any_missed(view: str) -> None:
    skin = photo(2, view)
    px = pixels(skin, 3000)
    t, hit = head(2).hit(skin.camera.position, skin.camera.rays(px)[1])
    places = skin.camera.position + t[:, None] * skin.camera.rays(px)[1]
    u = places / np.linalg.norm(places, axis=1)[:, None]
    true = np.where(hit[:, None], to_chart(np.where(hit[:, None], u, 1.0)), np.inf)
    on = hit & (np.hypot(*true.T) < EDGE)
    found = np.isfinite(skin.to_skin(px)[:, 0])
    assert (found & ~on).mean() < 0.002
    assert (on & ~found).mean() < 0.004
    missed = true[on & ~found]
    assert (skin.incidence(missed) > COUNTED).all()


def test_what_lies_behind_another_part_of_the_head_is_hidden() -> None:
    """A ball with a deep dent, looked at along the dent's edge."""
    dented = ball(R).coefficients.copy()
    dented[9:25] += np.random.default_rng(12).normal(size=16) * 0.05
    surface = type(ball(R))(dented)
    skin = HeadMap(relief=Relief(surface), errors=one_percent, camera=camera(30, 50))
    chart = scalp(8000, 11)
    u = to_direction(chart)
    way = skin.camera.position - surface.points(u)
    facing = (surface.normals(u) * way).sum(axis=1) / np.linalg.norm(way, axis=1)
    px, depth = skin.camera.project(surface.points(u))
    t, hit = surface.hit(skin.camera.position, skin.camera.rays(px)[1])
    behind = (facing > 0.1) & hit & (t < depth - 3.0)
    assert behind.sum() > 20
    assert np.isnan(skin.to_photo(chart[behind])).any(axis=1).mean() > 0.95
    assert (skin.incidence(chart[behind]) > 90).mean() > 0.95
    clear = (facing > 0.1) & hit & (t > depth - 0.1)
    assert np.isfinite(skin.to_photo(chart[clear])).all(axis=1).mean() > 0.98


def test_px_per_unit_is_the_measured_one() -> None:
    skin = photo(1, "left")
    chart = scalp(2000, 9)
    chart = chart[skin.incidence(chart) < COUNTED][:200]
    d = 1e-3
    columns = [
        (skin.exact_to_photo(chart + way) - skin.exact_to_photo(chart - np.array(way))) / (2 * d)
        for way in ((d, 0.0), (0.0, d))
    ]
    true = np.sqrt(np.abs(np.linalg.det(np.stack(columns, axis=-1))))
    assert skin.px_per_unit(chart) == pytest.approx(true, rel=2e-3)


def jacobian(skin: HeadMap, chart: FloatArray) -> FloatArray:
    """Photo pixels by mm of skin along the chart's axes, which keep angles, (n, 2, 2)."""
    d = 1e-3
    columns = [
        (skin.exact_to_photo(chart + way) - skin.exact_to_photo(chart - way)) / (2 * d)
        for way in (np.array([d, 0.0]), np.array([0.0, d]))
    ]
    frame = np.stack(columns, axis=-1)
    # on a surface that is no ball the chart keeps angles of directions, not of skin
    ways = [
        (skin.relief.points(chart + way) - skin.relief.points(chart - way)) / (2 * d)
        for way in (np.array([d, 0.0]), np.array([0.0, d]))
    ]
    metric = np.einsum("ikn,jkn->nij", *(np.stack([w.T for w in ways]),) * 2)
    root = np.linalg.cholesky(metric)
    result: FloatArray = frame @ np.linalg.inv(root).transpose(0, 2, 1)
    return result


def test_ovals_are_the_measured_ones() -> None:
    skin = photo(1, "left")
    chart = scalp(2000, 9)
    chart = chart[skin.incidence(chart) < COUNTED][:200]
    frame = jacobian(skin, chart)
    true = frame @ frame.transpose(0, 2, 1)
    xx, xy, yy = skin.ovals(chart)
    size = np.trace(true, axis1=1, axis2=2)
    for found, (i, j) in zip((xx, xy, yy), ((0, 0), (0, 1), (1, 1)), strict=True):
        assert np.abs(found - true[:, i, j]).max() < 0.015 * size.min()
    area = skin.px_per_unit(chart) ** 2 / skin.area_scale(chart)
    assert np.sqrt(xx * yy - xy * xy) == pytest.approx(area, rel=3e-3)


@pytest.mark.parametrize(("number", "view"), SHOWN)
def test_ovals_are_narrowed_along_the_normal_by_the_cosine(number: int, view: str) -> None:
    """In the middle of the photo; towards its rim the camera looks aslant by itself."""
    skin = photo(number, view)
    chart = scalp(3000, 4)
    angle = skin.incidence(chart)
    chart, angle = chart[angle < 85], angle[angle < 85]
    xx, xy, yy = skin.ovals(chart)
    values, ways = np.linalg.eigh(np.stack([xx, xy, xy, yy], axis=-1).reshape(-1, 2, 2))
    ratio = np.sqrt(values[:, 0] / values[:, 1])
    assert np.abs(ratio - np.cos(np.radians(angle))).max() < 0.06
    normal = skin.relief.normals(chart) @ skin.camera.rotation.T
    seen = skin.relief.points(chart) @ skin.camera.rotation.T + skin.camera.translation
    shown = normal[:, :2] - seen[:, :2] / seen[:, 2:] * normal[:, 2:]
    shown /= np.linalg.norm(shown, axis=1, keepdims=True)
    clear = angle > 30
    along = np.abs((shown * ways[:, :, 0]).sum(axis=1))[clear]
    assert along.min() > np.cos(np.radians(6))


def test_the_map_keeps_dots_round() -> None:
    flat = ScalpMap(relief=ROUND.relief, errors=one_percent)
    assert flat.ovals(scalp(10, 1)) is None


def test_area_of_a_zone_is_the_sum_over_its_pixels_in_the_photo() -> None:
    """What the photo shows, pixel by pixel, with the camera's own mm2 per pixel."""
    skin = photo(1, "front")
    shape = box(-40, 170, 60, 250)
    px = skin.exact_to_photo(shapely.get_coordinates(shapely.segmentize(shape, 1.0)))
    low, high = px.min(axis=0), px.max(axis=0)
    across, down = (np.arange(a, b, 2.0) for a, b in zip(low, high, strict=True))
    grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    chart = skin.to_skin(grid)
    inside = chart[shapely.contains_xy(shape, chart)]
    total = (skin.area_scale(inside) / skin.px_per_unit(inside) ** 2).sum() * 4
    assert skin.area(shape).value == pytest.approx(total, rel=3e-3)


def test_numbers_come_with_their_errors() -> None:
    shape, line = box(0, 100, 50, 150), np.array([[0.0, 100.0], [50.0, 150.0]])
    skin = photo(1, "front")
    assert skin.area(shape).relative == pytest.approx(0.02)
    assert skin.length(line).relative == pytest.approx(0.01)
    length, path = skin.tape((0.0, 100.0), (50.0, 150.0))
    assert length.relative == pytest.approx(0.01, rel=1e-3)
    assert length.value <= skin.length(line).value + 0.02
    assert path[0] == pytest.approx((0.0, 100.0))
    unscaled = HeadMap(relief=skin.relief, errors=one_percent, camera=skin.camera, scaled=False)
    assert unscaled.method == "no scale"
    assert not unscaled.area(shape).known
    assert not unscaled.length(line).known
    assert np.isinf(unscaled.sigma(line)).all()


def test_errors_weigh_by_skin_not_by_chart() -> None:
    def rising(chart: FloatArray) -> FloatArray:
        return np.where(np.hypot(*chart.T) > 150, 0.05, 0.01)

    skin = HeadMap(relief=ROUND.relief, errors=rising, camera=ROUND.camera, size_se=0.01)
    whole, inner = skin.area(box(-250, -250, 250, 250)), skin.area(box(-100, -100, 100, 100))
    assert inner.relative == pytest.approx(0.02)
    even = directions(180, 1)
    even = even[np.abs(to_chart(even)).max(axis=1) < 250]
    expected = area_se(even, np.ones(len(even)), rising(to_chart(even)), 0.01)
    assert whole.relative == pytest.approx(expected, rel=0.1)


def test_nothing_and_nowhere() -> None:
    skin = photo(1, "front")
    none = np.empty((0, 2))
    assert skin.to_skin(none).shape == skin.to_photo(none).shape == (0, 2)
    lost = np.array([[np.nan, np.nan], [1e9, 0.0]])
    assert np.isnan(skin.to_photo(lost)).all()
    assert np.isnan(skin.to_skin(lost)).all()
    assert (skin.incidence(lost) > 90).all()


def test_the_area_scale_is_one_object_for_all_photos_of_a_head() -> None:
    """So that the dots, which are kept by it, are worked out once for five photos."""
    assert photo(1, "front").area_scale == photo(1, "back").area_scale
    assert photo(1, "front").area_scale != photo(2, "front").area_scale


@pytest.mark.parametrize("face_up", [True, False])
def test_the_scalp_map_shows_the_whole_chart_straight_on(face_up: bool) -> None:
    page = ScalpMap(relief=relief(1), errors=one_percent, face_up=face_up)
    chart = scalp(1000, 1)
    chart = chart[chart[:, 1] > -NAPE]
    px = page.to_photo(chart)
    assert page.to_skin(px) == pytest.approx(chart)
    assert (px > 0).all()
    assert (px < SIZE_PX).all()
    assert (page.incidence(chart) == 0).all()
    (face, back), (left, right) = px_of(page, (0, 200), (0, -100)), px_of(page, (90, 0), (-90, 0))
    assert (face[1] < back[1]) == face_up
    assert (left[0] < right[0]) == face_up
    assert np.isnan(page.to_skin(page.to_photo(np.array([[0.0, 2000.0]])))).all()
    measured = page.to_photo(chart + np.array([1.0, 0.0])) - page.to_photo(chart)
    assert page.px_per_unit(chart) == pytest.approx(np.hypot(*measured.T))


def px_of(page: ScalpMap, *chart: tuple[float, float]) -> list[list[float]]:
    """Pixels of chart points."""
    rows: list[list[float]] = page.to_photo(np.array(chart)).tolist()
    return rows
