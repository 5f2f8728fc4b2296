"""How dots look, against the formulas of the trade's own terms."""

import math
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from studio.model.case import Placement
from studio.model.resources import resource
from studio.model.zone import Zone
from studio.pigment.dots import Dots, place
from studio.pigment.field import density_field
from studio.pigment.optics import dot_looks, layer_contrast, load_optics, look, variation
from studio.pigment.tile import load_tile
from tests.unit.pigment.shapes import circle, rectangle, zone

OPTICS = load_optics()


def test_every_number_has_a_source_and_a_grade() -> None:
    table = tomllib.loads(resource("optics.toml").read_text(encoding="utf-8"))
    for entry in table.values():
        assert entry["source"]
        assert entry["grade"] in {"A", "B", "C", "M", "D"}


def test_a_dot_absorbs_what_its_deposit_does() -> None:
    """The Gaussian's integral is that of an even disc of the layer's contrast."""
    dot = look(0.30, 12.0, OPTICS, depth_mm=0.25)
    integral = dot.peak * math.pi * dot.fwhm_mm**2 / (4 * math.log(2))
    disc = layer_contrast(12.0, 0.25, OPTICS) * math.pi * 0.30**2 / 4
    assert integral == pytest.approx(disc)
    assert dot.fwhm_mm == pytest.approx(math.hypot(0.30, 1.3 * 0.25))


def test_dilution_weakens_by_beer_lambert() -> None:
    for dilution in (5.0, 8.0, 12.0, 20.0, 30.0):
        density = -math.log10(1 - layer_contrast(dilution, 0.0, OPTICS))
        assert density == pytest.approx(1.3 * 6 / (1 + dilution))
        dot = look(0.3, dilution, OPTICS)
        ratio = dot.peak / look(0.3, 12.0, OPTICS).peak
        assert ratio == pytest.approx((1 - 10**-density) / (1 - 10 ** (-1.3 * 6 / 13)))


def test_depth_widens_and_weakens() -> None:
    shallow, deep = look(0.3, 12.0, OPTICS, 0.1), look(0.3, 12.0, OPTICS, 0.5)
    assert deep.fwhm_mm == pytest.approx(math.hypot(0.3, 0.65))
    absorbed = [one.peak * one.fwhm_mm**2 for one in (shallow, deep)]
    assert absorbed[1] / absorbed[0] == pytest.approx(math.exp(-0.4 / 0.39))


def test_absorption_grows_with_the_area_of_the_deposit() -> None:
    small, large = look(0.2, 12.0, OPTICS), look(0.4, 12.0, OPTICS)
    ratio = (large.peak * large.fwhm_mm**2) / (small.peak * small.fwhm_mm**2)
    assert ratio == pytest.approx(4.0)


def test_variation_has_the_spread_asked_for_and_belongs_to_the_rank() -> None:
    rank = np.arange(65536, dtype=np.uint32)
    size, strength = variation(rank, 0.18, seed=1), variation(rank, 0.22, seed=2)
    assert size.mean() == pytest.approx(1.0, abs=0.005)
    assert size.std() == pytest.approx(0.18, rel=0.02)
    assert strength.std() == pytest.approx(0.22, rel=0.02)
    assert abs(np.corrcoef(size, strength)[0, 1]) < 0.02
    assert abs(np.corrcoef(size[:-1], size[1:])[0, 1]) < 0.02
    shuffled = np.random.default_rng(0).permutation(rank)
    assert np.array_equal(variation(shuffled, 0.18, seed=1), size[shuffled])
    assert variation(rank, 0.9, seed=1).min() >= 0.05


def dots_of(*zones: Zone) -> Dots:
    return place(density_field(zones), load_tile("hs-tile-1"), Placement())


def test_looks_of_dots_are_those_of_their_zones_on_average() -> None:
    zones = [
        replace(zone(rectangle(0, 0, 60, 60)), dot_mm=0.30, dilution=12.0),
        replace(zone(rectangle(70, 0, 130, 60)), dot_mm=0.42, dilution=20.0),
    ]
    dots = dots_of(*zones)
    width, peak = dot_looks(dots, zones, OPTICS)
    for number, one in enumerate(zones):
        usual = look(one.dot_mm, one.dilution, OPTICS)
        mine = dots.owner == number
        assert width[mine].mean() == pytest.approx(usual.fwhm_mm, rel=0.02)
        absorbed = float((peak[mine] * width[mine] ** 2).mean())
        assert absorbed == pytest.approx(usual.peak * usual.fwhm_mm**2, rel=0.02)


def test_a_dot_looks_the_same_whatever_is_drawn_elsewhere() -> None:
    one = zone(circle(0, 0, 20))
    dots = dots_of(one)
    more = dots_of(one, zone(circle(60, 0, 20)))
    alone = dict(zip(dots.rank.tolist(), dot_looks(dots, [one], OPTICS)[1].tolist(), strict=True))
    both = dot_looks(more, [one, one], OPTICS)[1]
    here = more.owner == 0
    assert here.sum() == len(dots)
    for rank, peak in zip(more.rank[here].tolist(), both[here].tolist(), strict=True):
        assert peak == alone[rank]
