"""Dots on heads: the shipped tile through the conformal chart, measured in mm of skin."""

import math
from functools import cache

import numpy as np
import pytest
from scipy.spatial import cKDTree
from shapely import Polygon

from studio.model.arrays import Float32Array, FloatArray
from studio.model.case import Placement
from studio.pigment.dots import Dots, place, session_of
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from studio.skin.head.chart import UNIT_RADIUS, to_direction
from tests.unit.pigment.shapes import circle, rectangle, zone
from tests.unit.skin.head.heads import head, relief

TILE = load_tile(Placement().tile)
WHOLE = circle(0, 0, 2 * UNIT_RADIUS * math.tan(math.radians(115) / 2))
HEADS = (0, 1, 3)


def on_skin(seed: int, xy: FloatArray | Float32Array) -> FloatArray:
    """Places in mm; at the distance of neighbours the chord is the skin's own."""
    return head(seed).points(to_direction(xy.astype(np.float64)))


def spacing(density: float) -> float:
    """Neighbour distance in mm of a hexagonal lattice of so many dots per cm2."""
    return math.sqrt(200 / math.sqrt(3) / density)


@cache
def dots_of(seed: int, density: float, outline: tuple[tuple[float, float], ...] = WHOLE) -> Dots:
    field = density_field([zone(outline, density=density)], relief(seed).area_scale)
    return place(field, TILE, Placement())


@pytest.mark.parametrize("seed", HEADS)
@pytest.mark.parametrize("density", [25.0, 130.0])
def test_neighbours_keep_apart_anywhere_on_the_scalp(seed: int, density: float) -> None:
    dots = dots_of(seed, density)
    places = on_skin(seed, dots.xy)
    near = np.asarray(cKDTree(places).query(places, k=[2])[0])[:, 0] / spacing(density)
    assert near.min() >= 0.55
    assert np.percentile(near, 1) > 0.66
    assert near.mean() > 0.78


@pytest.mark.parametrize("seed", HEADS)
@pytest.mark.parametrize(
    ("outline", "density"),
    [
        (WHOLE, 200.0),
        (rectangle(-60, 110, 70, 190), 150.0),
        (rectangle(-260, -40, -170, 90), 200.0),
        (rectangle(-70, -200, 80, -120), 180.0),
    ],
)
def test_the_count_is_density_times_skin(
    seed: int, outline: tuple[tuple[float, float], ...], density: float
) -> None:
    dots = dots_of(seed, density, outline)
    skin = relief(seed).area(Polygon(outline)) / 100
    assert len(dots) == pytest.approx(density * skin, rel=0.01)
    assert not dots.capped


def test_more_than_the_tile_holds_is_told_and_evenly_cut_off() -> None:
    """256 per cm2 of skin at most, as on a plane, wherever a unit squared holds less than a mm2."""
    outline = rectangle(-200, -60, -120, 60)
    assert not dots_of(0, 250.0, outline).capped
    dots = dots_of(0, 400.0, outline)
    assert dots.capped
    skin = relief(0).area(Polygon(outline)) / 100
    assert len(dots) == pytest.approx(256 * skin, rel=0.01)
    assert dots.level.max() == pytest.approx(1.0, abs=1e-3)
    assert dots.level.max() <= 1.0


@pytest.mark.parametrize("feather", [4.0, 10.0])
def test_the_feather_runs_in_millimetres_of_skin(feather: float) -> None:
    """The integral of the ramp over distances measured on the skin."""
    outline = circle(0, 150, 60, 400)
    skin = relief(1)
    field = density_field([zone(outline, density=100, feather=feather)], skin.area_scale)
    side = np.arange(-59.75, 60, 0.5)
    chart = np.stack(np.meshgrid(side, 150 + side), axis=-1).reshape(-1, 2)
    chart = chart[np.hypot(chart[:, 0], chart[:, 1] - 150) < 60]
    edge = cKDTree(on_skin(1, np.array(circle(0, 150, 60, 4000))))
    t = np.clip(np.asarray(edge.query(on_skin(1, chart))[0]) / feather, 0, 1)
    want = (skin.area_scale(chart) * t * t * (3 - 2 * t)).sum() * 0.25
    assert field.density.sum(dtype=np.float64) * field.step**2 == pytest.approx(want, rel=0.01)


@pytest.mark.parametrize("seed", HEADS[:1])
def test_sessions_are_nested_even_sets(seed: int) -> None:
    dots = dots_of(seed, 150.0)
    session = session_of(dots, (0.3, 0.7, 1.0))
    share = np.cumsum(np.bincount(session, minlength=3)) / len(dots)
    assert share == pytest.approx([0.3, 0.7, 1.0], abs=0.005)
    places = on_skin(seed, dots.xy)
    for last, part in enumerate((0.3, 0.7)):
        upto = places[session <= last]
        near = np.asarray(cKDTree(upto).query(upto, k=[2])[0])
        assert near.min() >= 0.55 * spacing(150 * part)
    alone = dots_of(seed, 45.0)
    chosen = set(dots.rank[session == 0].tolist())
    assert len(chosen.symmetric_difference(alone.rank.tolist())) <= 2


def test_editing_here_moves_no_dot_there() -> None:
    scale = relief(1).area_scale
    here, there = zone(rectangle(-80, 100, 80, 180)), zone(rectangle(-80, -60, 80, 90))
    field = density_field([here, there], scale)
    before = place(field, TILE, Placement())
    moved = zone(rectangle(-85, 95, 80, 185))
    after = place(density_field([moved, there], scale, last=field), TILE, Placement())

    def of_the_other(dots: Dots) -> set[tuple[float, float]]:
        return set(map(tuple, dots.xy[dots.xy[:, 1] < 90].tolist()))

    assert of_the_other(before) == of_the_other(after)
    assert len(of_the_other(before)) > 1000


def test_a_refit_changes_the_count_and_keeps_dots_in_place() -> None:
    """Dots depend on direction only: a head found larger has more of them, none moved."""
    small, large = dots_of(0, 100.0), dots_of(3, 100.0)
    few, many = sorted((small, large), key=len)
    kept = set(map(tuple, few.xy.tolist())) & set(map(tuple, many.xy.tolist()))
    assert len(kept) > 0.85 * len(few)
