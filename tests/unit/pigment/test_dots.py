"""Dots, against the tile's own records and against Shapely."""

import math

import numpy as np
import pytest
import shapely
from scipy.spatial import cKDTree
from shapely import Polygon

from studio.model.arrays import FloatArray
from studio.model.case import Placement
from studio.model.zone import Blend
from studio.pigment.dots import Dots, place, session_of
from studio.pigment.field import density_field
from studio.pigment.tile import QUANTA, Tile, load_tile
from tests.unit.pigment.shapes import circle, rectangle, zone


@pytest.fixture(scope="module")
def tile() -> Tile:
    return load_tile(Placement().tile)


def expected(tile: Tile, density: float, placement: Placement) -> FloatArray:
    """All dots of an endless even zone in one period of the tile, (n, 2)."""
    shown = (tile.record["rank"] + 0.5) / tile.period**2 <= density
    record = tile.record[shown]
    x, y = (record[axis] * (tile.period / QUANTA) for axis in ("x", "y"))
    turn = -1.0 if placement.flip else 1.0
    return np.stack([turn * x + placement.offset[0], y + placement.offset[1]], axis=1)


def as_set(points: FloatArray) -> set[tuple[int, int]]:
    return set(map(tuple, np.rint(points * 1000).astype(int).tolist()))


@pytest.mark.parametrize(
    "placement",
    [Placement(), Placement(offset=(12.34, -5.6)), Placement(offset=(100.5, 7.25), flip=True)],
)
def test_dots_are_those_of_the_tile(tile: Tile, placement: Placement) -> None:
    outline = circle(70.3, 50.1, 30, 90)
    dots = place(density_field([zone(outline, density=120)]), tile, placement)
    every = expected(tile, 1.2, placement)
    copies = [every + tile.period * np.array([i, j]) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    points = np.concatenate(copies).astype(np.float32).astype(np.float64)
    inside = shapely.contains_xy(Polygon(outline), points)
    assert as_set(dots.xy.astype(np.float64)) == as_set(points[inside])


def test_dots_repeat_beyond_the_tile(tile: Tile) -> None:
    here = place(density_field([zone(rectangle(0, 0, 20, 20))]), tile, Placement())
    far = zone(rectangle(640, -320, 660, -300))
    there = place(density_field([far]), tile, Placement())
    assert np.array_equal(np.sort(there.rank), np.sort(here.rank))
    shifted = there.xy[np.argsort(there.rank)] - np.array([640, -320], np.float32)
    assert np.allclose(shifted, here.xy[np.argsort(here.rank)], atol=1e-4)


def test_no_dot_lies_outside_its_zone_or_in_a_hole(tile: Tile) -> None:
    rng = np.random.default_rng(5)
    angle = np.sort(rng.random(60)) * 2 * math.pi
    radius = rng.uniform(15, 45, 60)
    outline = tuple(
        zip((radius * np.cos(angle)).tolist(), (radius * np.sin(angle)).tolist(), strict=True)
    )
    hole = circle(1.1, 0.4, 7, 11)
    for feather in (0.0, 0.4, 5.0):
        one = zone(outline, density=250, feather=feather, holes=(hole,))
        dots = place(density_field([one]), tile, Placement())
        assert len(dots) > 1000
        assert shapely.contains_xy(Polygon(outline, [hole]), dots.xy.astype(np.float64)).all()


def test_clear_is_exact(tile: Tile) -> None:
    mole = circle(10.2, 3.3, 4.4, 40)
    zones = [zone(circle(0, 0, 40), density=250), zone(mole, blend=Blend.CLEAR)]
    dots = place(density_field(zones), tile, Placement())
    bare = place(density_field(zones[:1]), tile, Placement())
    gone = shapely.contains_xy(Polygon(mole), bare.xy.astype(np.float64))
    assert gone.any()
    assert np.array_equal(dots.rank, bare.rank[~gone])


@pytest.mark.parametrize(("density", "feather"), [(40, 0), (110, 0), (220, 0), (110, 6), (200, 15)])
def test_count_is_the_integral_of_the_density(tile: Tile, density: float, feather: float) -> None:
    field = density_field([zone(circle(40.3, 31.7, 45), density=density, feather=feather)])
    want = float(field.density.sum(dtype=np.float64)) * field.step**2
    dots = place(field, tile, Placement())
    # blue noise: the count's deviation grows with the circumference, not with the area
    assert len(dots) == pytest.approx(want, rel=0.01, abs=0.5 * math.sqrt(2 * math.pi * 45))


def test_even_zone_is_as_even_as_the_tile(tile: Tile) -> None:
    dots = place(density_field([zone(rectangle(0, 0, 80, 80), density=150)]), tile, Placement())
    nearest, _ = cKDTree(dots.xy).query(dots.xy, k=np.array([2]))
    assert np.min(nearest) >= 0.69 * math.sqrt(2 / (math.sqrt(3) * 1.5))


def test_owner_is_the_topmost_zone_that_contributes(tile: Tile) -> None:
    zones = [
        zone(rectangle(0, 0, 40.2, 40), density=100),
        zone(rectangle(10.1, 0, 20.3, 40), density=50),
        zone(rectangle(30.3, 0, 60, 40), density=20, blend=Blend.REPLACE),
    ]
    dots = place(density_field(zones), tile, Placement())
    x = dots.xy[:, 0]
    truth = np.select(
        [x > np.float32(30.3), (x > np.float32(10.1)) & (x < np.float32(20.3))], [2, 1]
    )
    assert np.array_equal(dots.owner, truth)
    counts = np.bincount(dots.owner, minlength=3)
    assert counts.sum() == len(dots)
    assert counts[2] == pytest.approx(0.2 * 29.7 * 40, rel=0.08)


def test_sessions_are_nested_even_sets(tile: Tile) -> None:
    field = density_field([zone(rectangle(0, 0, 100, 100), density=150)])
    dots = place(field, tile, Placement())
    session = session_of(dots, (0.3, 0.7, 1.0))
    share = np.cumsum(np.bincount(session, minlength=3)) / len(dots)
    assert share == pytest.approx([0.3, 0.7, 1.0], abs=0.005)
    for last, part in enumerate((0.3, 0.7, 1.0)):
        upto = dots.xy[session <= last]
        nearest, _ = cKDTree(upto).query(upto, k=np.array([2]))
        assert np.min(nearest) >= 0.69 * math.sqrt(2 / (math.sqrt(3) * 1.5 * part))
    alone = place(density_field([zone(rectangle(0, 0, 100, 100), density=45)]), tile, Placement())
    assert np.array_equal(np.sort(dots.rank[session == 0]), np.sort(alone.rank))


@pytest.mark.parametrize("shares", [(), (0.3, 0.7), (0.7, 0.3, 1.0), (0.0, 1.0)])
def test_shares_must_ascend_to_one(tile: Tile, shares: tuple[float, ...]) -> None:
    dots = place(density_field([zone(circle(0, 0, 9))]), tile, Placement())
    with pytest.raises(ValueError, match="ascend"):
        session_of(dots, shares)


def test_more_than_the_tile_holds_is_told(tile: Tile) -> None:
    def dots(density: float) -> Dots:
        return place(
            density_field([zone(rectangle(0, 0, 50, 50), density=density)]), tile, Placement()
        )

    assert not dots(255).capped
    assert dots(300).capped
    assert len(dots(300)) == len(dots(256))
    assert dots(300).level.max() <= 1.0


def test_part_keeps_what_belongs_together(tile: Tile) -> None:
    zones = [zone(circle(0, 0, 20), feather=5), zone(circle(15, 0, 12), density=60)]
    dots = place(density_field(zones), tile, Placement())
    chosen = np.flatnonzero(dots.xy[:, 1] > 3)
    part = dots.part(chosen)
    assert np.array_equal(part.xy, dots.xy[chosen])
    assert np.array_equal(part.owner, dots.owner[chosen])
    assert np.array_equal(part.level, dots.level[chosen])
    assert np.array_equal(part.rank, dots.rank[chosen])


def test_no_zone_no_dot(tile: Tile) -> None:
    dots = place(density_field(()), tile, Placement())
    assert len(dots) == 0
    assert dots.owner.shape == dots.level.shape == dots.rank.shape == (0,)
    assert not dots.capped


def test_placement_of_another_tile_is_an_error(tile: Tile) -> None:
    with pytest.raises(ValueError, match="other"):
        place(density_field(()), tile, Placement(tile="other"))
