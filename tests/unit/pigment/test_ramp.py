"""Feathers corner by corner, against the least of distance over width to a dense outline."""

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Polygon

from studio.model.arrays import FloatArray
from studio.model.case import Placement
from studio.model.chart import Ring
from studio.model.zone import Zone
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.layer import build_extent, zone_window
from studio.pigment.raster import centres
from studio.pigment.tile import load_tile
from tests.unit.pigment.shapes import circle, rectangle, zone

STEP = 0.5


def brute(
    ring: Ring, feathers: tuple[float, ...], points: FloatArray, root: FloatArray | None = None
) -> FloatArray:
    """Smoothstep of the least distance over width to samples of the outline 0.02 apart."""
    corners, widths = np.array(ring), np.array(feathers)
    parts, wide = [], []
    for i in range(len(ring)):
        j = (i + 1) % len(ring)
        n = math.ceil(float(np.hypot(*(corners[j] - corners[i]))) / 0.02) + 1
        t = np.linspace(0, 1, n)[:, None]
        parts.append(corners[i] * (1 - t) + corners[j] * t)
        wide.append((widths[i] * (1 - t) + widths[j] * t)[:, 0])
    samples, width = np.concatenate(parts), np.concatenate(wide)
    samples, width = samples[width > 0], width[width > 0]
    share = np.full(len(points), np.inf)
    for at in range(0, len(samples), 500):
        away = points[:, None] - samples[None, at : at + 500]
        ratio = np.hypot(away[..., 0], away[..., 1]) / width[at : at + 500]
        share = np.minimum(share, ratio.min(axis=1))
    t = np.clip(share if root is None else share * root, 0, 1)
    return np.asarray(t * t * (3 - 2 * t))


def feathered(ring: Ring, feathers: tuple[float, ...]) -> Zone:
    return replace(zone(ring), feathers=feathers)


def strip(n: int = 30) -> tuple[Ring, tuple[float, ...]]:
    """A wavy band: its front fades over 6 mm, its back not at all."""
    x = np.linspace(-30, 30, n)
    front = [(a, 0.3 * math.sin(a) + a * a / 90) for a in x.tolist()]
    back = [(a, b + 14) for a, b in front[::-1]]
    return (*front, *back), (*[6.0] * n, *[0.0] * n)


def shapes() -> list[tuple[Ring, tuple[float, ...]]]:
    rng = np.random.default_rng(3)
    star = circle(0, 0, 20, 17)
    return [
        (rectangle(0, 0, 30, 20), (6.0, 6.0, 0.0, 0.0)),
        (rectangle(0, 0, 30, 20), (2.0, 12.0, 6.0, 0.0)),
        strip(),
        (star, tuple(rng.uniform(0, 9, 17).tolist())),
        (circle(0, 0, 20, 60), (*[5.0] * 30, *[1.5] * 30)),
    ]


@pytest.mark.parametrize("number", range(5))
def test_weight_is_the_least_distance_over_width(number: int) -> None:
    ring, feathers = shapes()[number]
    one = feathered(ring, feathers)
    window = zone_window(one, STEP)
    assert window is not None
    extent = build_extent(one, window, STEP, None)
    x, y = (grid.ravel().astype(np.float64) for grid in np.meshgrid(*centres(window, STEP)))
    truth = brute(ring, feathers, np.stack([x, y], axis=1))
    truth *= shapely.contains_xy(Polygon(ring), x, y)
    assert np.abs(extent.weight.ravel() - truth).max() < 0.015


def test_feathers_are_measured_on_the_skin() -> None:
    ring, feathers = strip()
    one = feathered(ring, feathers)
    window = zone_window(one, STEP)
    assert window is not None
    shape = window[3] - window[1], window[2] - window[0]
    scale = np.broadcast_to(np.linspace(0.3, 1.2, shape[1], dtype=np.float32), shape).copy()
    extent = build_extent(one, window, STEP, scale)
    x, y = (grid.ravel().astype(np.float64) for grid in np.meshgrid(*centres(window, STEP)))
    root = np.sqrt(scale.ravel().astype(np.float64))
    truth = brute(ring, feathers, np.stack([x, y], axis=1), root)
    truth *= shapely.contains_xy(Polygon(ring), x, y)
    assert np.abs(extent.weight.ravel() - truth).max() < 0.015


def test_feathers_of_one_width_are_the_even_feather() -> None:
    ring = circle(0, 0, 20, 90)
    corners = density_field([feathered(ring, (6.0,) * 90)])
    even = density_field([zone(ring, feather=6.0)])
    assert np.abs(corners.density - even.density).max() < 0.09
    assert corners.density.sum() == pytest.approx(even.density.sum(), rel=0.003)


def test_feathers_of_nothing_are_a_hard_zone() -> None:
    ring = circle(0, 0, 20, 40)
    soft = density_field([feathered(ring, (0.0,) * 40)])
    assert np.array_equal(soft.density, density_field([zone(ring)]).density)


def test_dots_reach_right_up_to_a_back_that_does_not_fade() -> None:
    ring, feathers = strip()
    tile = load_tile(Placement().tile)
    one = feathered(ring, feathers)
    dots = place(density_field([one]), tile, Placement())
    hard = place(density_field([replace(one, feathers=())]), tile, Placement())
    inside = shapely.contains_xy(Polygon(ring), dots.xy.astype(np.float64))
    assert inside.all()
    behind = [ring[i] for i in range(30, 60)]
    line = shapely.LineString(behind)
    near = shapely.distance(line, shapely.points(hard.xy.astype(np.float64))) < 3
    middle = np.abs(hard.xy[:, 0]) < 22
    assert set(hard.rank[near & middle].tolist()) <= set(dots.rank.tolist())


def test_a_feather_for_other_corners_is_an_error() -> None:
    with pytest.raises(ValueError, match="corners"):
        density_field([feathered(rectangle(0, 0, 9, 9), (1.0, 2.0))])
