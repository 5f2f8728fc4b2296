"""Dots between hair that is there: kept clear of it, made up for, and less by it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.spatial import cKDTree

from studio.model.arrays import FloatArray
from studio.model.case import Placement
from studio.model.zone import Pattern
from studio.pigment.dots import Dots, place, session_of
from studio.pigment.field import density_field
from studio.pigment.hair import Hair
from studio.pigment.raster import AreaScale
from studio.pigment.tile import load_tile
from tests.unit.pigment.shapes import rectangle, zone

TILE = load_tile(Placement().tile)
SQUARE = rectangle(0, 0, 80, 80)
CLEAR = 0.3


def hair(per_cm2: float, scale: AreaScale | None = None) -> Hair:
    """Follicles at random over and round the square."""
    rng = np.random.default_rng(4)
    places = rng.uniform(-10, 90, (round(per_cm2 * 100), 2))
    if scale is not None:
        places = places[rng.random(len(places)) < scale(places)]
    return Hair(lambda points: np.full(len(points), per_cm2 / 100), places, CLEAR)


def falling(points: FloatArray) -> FloatArray:
    return np.asarray(0.9 - points[:, 0] / 160)


def dots(
    there: Hair | None,
    density: float = 110,
    scale: AreaScale | None = None,
    **settings: Any,  # noqa: ANN401
) -> Dots:
    one = replace(zone(SQUARE, density=density), **settings)
    return place(density_field([one], scale, hair=there), TILE, Placement())


def distances(found: Dots, there: Hair) -> FloatArray:
    return np.asarray(cKDTree(there.follicles).query(found.xy.astype(np.float64))[0])


@pytest.mark.parametrize("pattern", Pattern)
@pytest.mark.parametrize("scale", [None, falling])
def test_no_dot_lies_near_a_follicle(pattern: Pattern, scale: AreaScale | None) -> None:
    there = hair(60, scale)
    found = dots(there, scale=scale, pattern=pattern)
    skin = 1.0 if scale is None else np.sqrt(scale(found.xy.astype(np.float64)))
    assert (distances(found, there) * skin).min() >= CLEAR


@pytest.mark.parametrize("per_cm2", [20, 60, 110])
@pytest.mark.parametrize("pattern", Pattern)
def test_what_falls_away_is_made_up_for(per_cm2: float, pattern: Pattern) -> None:
    bare, found = dots(None, pattern=pattern), dots(hair(per_cm2), pattern=pattern)
    assert len(found) == pytest.approx(len(bare), rel=0.015)


def test_target_less_existing() -> None:
    there = hair(60)
    found = dots(there, density=110, less_existing=True)
    assert len(found) == pytest.approx(0.5 * 6400, rel=0.015)
    assert len(dots(there, density=50, less_existing=True)) == 0


def test_hair_elsewhere_changes_nothing_here() -> None:
    there = Hair(lambda points: np.zeros(len(points)), np.array([(200.0, 200.0)]), CLEAR)
    assert np.array_equal(dots(there).xy, dots(None).xy)
    none = Hair(lambda points: np.zeros(len(points)), np.empty((0, 2)), CLEAR)
    assert np.array_equal(dots(none).xy, dots(None).xy)


def test_sessions_share_what_is_left() -> None:
    found = dots(hair(60))
    share = np.bincount(session_of(found, (0.3, 0.7, 1.0)), minlength=3) / len(found)
    assert share == pytest.approx([0.3, 0.4, 0.3], abs=0.015)


def test_more_than_fits_between_hair_is_told() -> None:
    assert not dots(hair(110), density=110).capped
    assert dots(hair(110), density=220).capped


def test_an_edit_gives_what_a_new_field_gives() -> None:
    there = hair(60)
    zones = [zone(SQUARE), replace(zone(rectangle(20, 20, 50, 50), 90), less_existing=True)]
    last = density_field(zones, hair=there)
    zones[1] = replace(zones[1], density=100)
    after = density_field(zones, hair=there, last=last)
    assert np.array_equal(after.density, density_field(zones, hair=there).density)
    assert not np.array_equal(after.density, density_field(zones, last=last).density)
