"""Zones as rasters, against Shapely."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Polygon

from studio.model.chart import Ring
from studio.model.zone import Blend, Zone
from studio.pigment.layer import build_extent, zone_window
from studio.pigment.raster import Window, centres
from tests.unit.pigment.shapes import rectangle, zone

STEP = 0.5


def wobbly(seed: int, corners: int = 24, radius: float = 25.0, spread: float = 0.03) -> Ring:
    rng = np.random.default_rng(seed)
    angle = (np.arange(corners) + 0.6 * rng.random(corners)) * (2 * math.pi / corners)
    length = radius * (1 + spread * rng.standard_normal(corners))
    x, y = length * np.cos(angle) + rng.uniform(-40, 40), length * np.sin(angle)
    return tuple(zip(x.tolist(), y.tolist(), strict=True))


def window_of(one: Zone, margin: float = 0.0) -> Window:
    window = zone_window(one, STEP, margin)
    assert window is not None
    return window


@pytest.mark.parametrize("seed", range(12))
def test_pixel_centres_are_classed_exactly(seed: int) -> None:
    spiky = wobbly(seed, corners=9 + seed, spread=0.3)
    one = zone(spiky, feather=0.0)
    window = window_of(one)
    layer = build_extent(one, window, STEP, None)
    x, y = np.meshgrid(*centres(window, STEP))
    assert np.array_equal(layer.weight > 0, shapely.contains_xy(Polygon(spiky), x, y))


@pytest.mark.parametrize("seed", range(6))
def test_edge_pixels_are_those_the_outline_passes(seed: int) -> None:
    spiky = wobbly(seed, corners=9 + seed, spread=0.3)
    one = zone(spiky)
    window = window_of(one)
    layer = build_extent(one, window, STEP, None)
    x0, y0, x1, y1 = window
    column, row = np.meshgrid(np.arange(x0, x1), np.arange(y0, y1))
    squares = shapely.box(column * STEP, row * STEP, (column + 1) * STEP, (row + 1) * STEP)
    assert np.array_equal(layer.edge, shapely.intersects(Polygon(spiky).exterior, squares))


def test_outline_on_the_grid_is_no_special_case() -> None:
    one = zone(rectangle(0, 0, 10, 10))
    layer = build_extent(one, window_of(one), STEP, None)
    assert layer.weight.sum() * STEP**2 == 100.0


def test_feather_follows_the_true_distance() -> None:
    error = []
    for seed in range(20):
        one = zone(wobbly(seed), feather=20.0)
        window = window_of(one)
        layer = build_extent(one, window, STEP, None)
        x, y = np.meshgrid(*centres(window, STEP))
        known = (layer.weight > 0.01) & (layer.weight < 0.98)
        # smoothstep backwards: w = 3 t^2 - 2 t^3
        w = layer.weight[known].astype(np.float64)
        t = 0.5 - np.sin(np.arcsin(1 - 2 * w) / 3)
        truth = shapely.distance(shapely.points(x[known], y[known]), layer.shape.boundary)
        error.append(t * 20.0 - truth)
    all_errors = np.concatenate(error)
    assert abs(all_errors.mean()) < 0.05
    assert all_errors.std() < 0.12


def test_feather_is_measured_on_the_skin() -> None:
    one = zone(wobbly(1), feather=8.0)
    window = window_of(one)
    shape = window[3] - window[1], window[2] - window[0]
    four = build_extent(one, window, STEP, np.full(shape, 4.0, np.float32))
    half = build_extent(zone(one.outline, feather=4.0), window, STEP, None)
    assert np.allclose(four.weight, half.weight, atol=1e-5)


def test_hole_has_no_weight_and_is_an_edge() -> None:
    one = zone(rectangle(-10, -10, 10, 10), holes=(rectangle(-3, -3, 3, 3),))
    layer = build_extent(one, window_of(one), STEP, None)
    assert layer.weight.sum() * STEP**2 == 400 - 36


def test_clear_is_hard_and_takes_a_margin() -> None:
    one = zone(wobbly(2, corners=60, radius=5.0), blend=Blend.CLEAR, feather=6.0)
    one = replace(one, margin=2.0)
    layer = build_extent(one, window_of(one, 2.0), STEP, None)
    assert set(np.unique(layer.weight).tolist()) == {0.0, 1.0}
    grown = Polygon(one.outline).buffer(2.0).area
    assert layer.weight.sum() * STEP**2 == pytest.approx(grown, rel=0.02)


def test_less_than_a_triangle_encloses_nothing() -> None:
    assert zone_window(zone(((0.0, 0.0), (1.0, 1.0))), STEP, 0.0) is None
