"""The density field, against integrals and against being made anew."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.integrate import quad

from studio.model.arrays import FloatArray
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Zone
from studio.pigment.field import Field, density_field
from studio.pigment.raster import AreaScale, Window, around, cut
from tests.unit.pigment.shapes import circle, rectangle, zone


def wanted(field: Field) -> float:
    """Dots that a field asks for."""
    return float(field.density.sum(dtype=np.float64)) * field.step**2


def at(field: Field, x: float, y: float) -> tuple[float, int]:
    column = math.floor((x - field.origin[0]) / field.step)
    row = math.floor((y - field.origin[1]) / field.step)
    return float(field.density[row, column]), int(field.owner[row, column])


def same(one: Field, other: Field) -> bool:
    """Whether two fields agree to the last bit, whatever their grids."""
    everything = around([one.grid, other.grid])
    for name, empty in (("density", 0), ("owner", -1)):
        first, second = (spread(getattr(f, name), f.grid, everything, empty) for f in (one, other))
        if not np.array_equal(first, second):
            return False
    return True


def spread(array: NDArray[Any], grid: Window, everything: Window, empty: int) -> NDArray[Any]:
    whole = np.full(
        (everything[3] - everything[1], everything[2] - everything[0]), empty, array.dtype
    )
    cut(whole, everything, grid)[...] = array
    return whole


def test_no_zones_ask_for_nothing() -> None:
    field = density_field(())
    assert field.density.size == 0


def test_hard_zone_asks_for_density_times_area() -> None:
    field = density_field([zone(circle(3.3, -7.1, 20), density=150)])
    assert wanted(field) == pytest.approx(1.5 * math.pi * 400, rel=0.005)
    assert at(field, 3.3, -7.1) == (1.5, 0)
    assert at(field, 3.3, -7.1 + 20.9) == (0.0, -1)


@pytest.mark.parametrize("feather", [2.0, 6.0, 15.0])
def test_feather_asks_for_the_integral_of_its_ramp(feather: float) -> None:
    def ring(r: float) -> float:
        t = min((20 - r) / feather, 1.0)
        return 2 * math.pi * r * t * t * (3 - 2 * t)

    truth = quad(ring, 0, 20, points=[20 - feather])[0]
    field = density_field([zone(circle(1.2, 0.7, 20), density=100, feather=feather)])
    assert wanted(field) == pytest.approx(truth, rel=0.01)


def test_later_zones_lie_above() -> None:
    below = zone(rectangle(0, 0, 40, 40), density=100)
    field = density_field(
        [
            below,
            zone(rectangle(10, 0, 20, 40), density=50),
            zone(rectangle(20, 0, 30, 40), density=20, blend=Blend.REPLACE),
            zone(rectangle(0, 10, 40, 20), blend=Blend.CLEAR),
        ]
    )
    assert at(field, 5, 5) == (1.0, 0)
    assert at(field, 15, 5) == (1.5, 1)
    assert at(field, 25, 5)[0] == pytest.approx(0.2)
    assert at(field, 25, 5)[1] == 2
    assert at(field, 35, 15) == (0.0, -1)
    above = density_field([zone(rectangle(0, 10, 40, 20), blend=Blend.CLEAR), below])
    assert at(above, 35, 15) == (1.0, 1)


def test_replacing_feather_blends_from_one_density_to_the_other() -> None:
    field = density_field(
        [
            zone(rectangle(0, 0, 60, 60), density=100),
            zone(rectangle(20, 0, 60, 60), density=200, feather=10, blend=Blend.REPLACE),
        ]
    )
    row = field.density[round((30 - field.origin[1]) / field.step)]
    x = field.origin[0] + (np.arange(len(row)) + 0.5) * field.step
    ramp = row[(x > 20) & (x < 30)]
    assert (np.diff(ramp) > 0).all()
    assert ramp[0] == pytest.approx(1.0, abs=0.02)
    assert ramp[len(ramp) // 2] == pytest.approx(1.5, abs=0.06)
    assert row[(x > 31) & (x < 49)] == pytest.approx(2.0)


def test_clear_margin_is_kept_free() -> None:
    zones = [
        zone(rectangle(0, 0, 60, 60), density=100),
        replace(zone(circle(30, 30, 4), blend=Blend.CLEAR), margin=5.0),
    ]
    field = density_field(zones)
    assert at(field, 30, 30 + 8.5)[0] == 0.0
    assert at(field, 30, 30 + 9.6)[0] == 1.0


def growing(points: FloatArray) -> FloatArray:
    """A chart whose skin grows from 1 mm2 at x = 0 to 3 mm2 at x = 40."""
    return 1 + points[:, 0] / 20


def test_density_counts_on_the_skin() -> None:
    field = density_field([zone(rectangle(0, 0, 40, 10), density=100)], growing)
    assert wanted(field) == pytest.approx(1.0 * 2 * 40 * 10, rel=1e-4)
    assert at(field, 30.25, 5)[0] == pytest.approx(2.5125)


def edited(zones: list[Zone], number: int) -> list[Zone]:
    moved = tuple((x + 1.3, y - 0.7) for x, y in zones[number].outline)
    return [replace(z, outline=moved) if i == number else z for i, z in enumerate(zones)]


@pytest.mark.parametrize("scale", [None, growing])
def test_an_edit_gives_what_a_new_field_gives(scale: AreaScale | None) -> None:
    zones = [
        zone(circle(30, 30, 25), feather=8),
        zone(circle(45, 30, 15), density=80, feather=3),
        zone(circle(20, 35, 14), density=200, feather=5, blend=Blend.REPLACE),
        zone(circle(30, 25, 6), blend=Blend.CLEAR),
    ]
    field = density_field(zones, scale)
    for number in (0, 3, 2, 1):
        zones = edited(zones, number)
        field = density_field(zones, scale, last=field)
        assert same(field, density_field(zones, scale))
    for others in (zones[1:], zones[::-1], [*zones, zone(circle(90, 40, 12))], []):
        field = density_field(others, scale, last=field)
        assert same(field, density_field(others, scale))


def test_an_edit_redraws_only_the_changed_zone_and_spares_the_last_field() -> None:
    zones = [zone(circle(30, 30, 25)), zone(circle(45, 30, 15))]
    first = density_field(zones)
    before = first.density.copy()
    second = density_field(edited(zones, 1), last=first)
    assert second.layers[0] is first.layers[0]
    assert second.layers[1] is not first.layers[1]
    assert np.array_equal(first.density, before)


def test_another_scale_or_step_starts_anew() -> None:
    zones = [zone(circle(30, 30, 25), feather=5)]
    first = density_field(zones)
    assert same(density_field(zones, growing, last=first), density_field(zones, growing))
    assert density_field(zones, step=1.0, last=first).step == 1.0


def test_zones_larger_than_a_head_are_refused() -> None:
    with pytest.raises(Refusal, match="2 metres"):
        density_field([zone(circle(0, 0, 1500))])
