"""Differences of two variants, by designs whose difference is known beforehand."""

from dataclasses import replace

import numpy as np
import pytest

from studio.model.case import Variant
from studio.model.curve import Curve
from studio.model.quantity import Quantity
from studio.model.zone import Purpose, Zone
from studio.pigment.tile import Tile, load_tile
from studio.planning.differences import Difference, differences, less
from studio.skin.maps import skin_maps
from tests.unit.planning.designs import case_of, front, line, on_front, plane, square, zone


@pytest.fixture(scope="module")
def tile() -> Tile:
    return load_tile("hs-tile-1")


def told(
    tile: Tile,
    one: tuple[tuple[Zone, ...], tuple[Curve, ...]],
    other: tuple[tuple[Zone, ...], tuple[Curve, ...]],
    *,
    scaled: bool = True,
) -> dict[tuple[str, str], Difference]:
    photo = replace(front(), plane=plane(scaled=scaled))
    case, _ = case_of(photos=(photo,))
    a = Variant(id="a", letter="A", zones=one[0], curves=one[1])
    b = Variant(id="b", letter="B", zones=other[0], curves=other[1])
    case = replace(case, variants=(a, b), chosen="a")
    return {(d.subject, d.unit): d for d in differences(case, a, b, skin_maps(case), tile)}


def hairline(mid: float, corner: float, wide: float = 40.0) -> Curve:
    """Corners so far up and out, and a mid-point so far up; down is positive on the chart."""
    points = [(-wide, 0.0), (-wide, -corner), (0.0, -mid), (wide, -corner), (wide, 0.0)]
    return line(points)


def test_the_same_design_differs_in_nothing(tile: Tile) -> None:
    design = ((zone("A", square(20)),), (hairline(60, 70),))
    assert told(tile, design, design) == {}


def test_a_higher_mid_point_and_wider_corners_are_told_in_mm_of_skin(tile: Tile) -> None:
    found = told(tile, ((), (hairline(60, 70),)), ((), (hairline(64, 70, 43),)))
    middle = found["Mid-point", "mm"]
    assert middle.words == "4 ± 1 mm higher"
    assert middle.amount is not None
    assert middle.amount.value == pytest.approx(4.0, abs=0.1)
    whole = on_front().length(np.array([(0.0, 0.0), (0.0, -60.0)]))
    assert 0.04 <= middle.amount.se < whole.se, "what both tapes share cancels"
    for side in ("right", "left"):
        assert found[f"Corner, {side}", "mm"].words.endswith("mm further out")
    lower = told(tile, ((), (hairline(64, 70),)), ((), (hairline(60, 70),)))
    assert lower["Mid-point", "mm"].words == "4 ± 1 mm lower"


def test_half_the_area_is_half_the_dots_and_less_time(tile: Tile) -> None:
    whole, half = (
        zone("A", square(60, -30, -30)),
        zone("A", ((-30, -30), (30, -30), (30, 0), (-30, 0))),
    )
    found = told(tile, ((whole,), ()), ((half,), ()))
    dots, area = found["Dots", "dots"], found["Area", "cm²"]
    assert dots.amount is not None
    assert area.amount is not None
    assert dots.amount.value == pytest.approx(-18 * 110, rel=0.05)
    assert "fewer" in dots.words
    assert "±" in dots.words
    assert area.amount.value == pytest.approx(-18.0)
    assert area.amount.relative >= 0.02 * 0.999, "twice that of a length at least"
    assert "less" in found["Time in the chair", "min"].words
    assert found["A", "cm²"].amount == area.amount


def test_unlike_settings_are_told_without_a_measured_error(tile: Tile) -> None:
    was = zone("A", square(30), name="Frontal", density=110.0, feather=4.0)
    now = replace(was, id="other", density=90.0, feather=6.0, needle="0601RL")
    case, _ = case_of()
    a, b = Variant(id="a", zones=(was,)), Variant(id="b", letter="B", zones=(now,))
    case = replace(case, variants=(a, b), chosen="a")
    words = [
        d.words
        for d in differences(case, a, b, skin_maps(case), tile)
        if d.subject == "A Frontal" and d.amount is None
    ]
    assert words == [
        "density 110 → 90 per cm²",
        "fade-in 4.0 → 6.0 mm",
        "needle 0603RL → 0601RL",
    ]


def test_zones_and_curves_of_one_variant_alone_are_added_or_removed(tile: Tile) -> None:
    crown = zone("C", square(20, 40), name="Crown", purpose=Purpose.CROWN)
    found = told(tile, ((), (hairline(60, 70),)), ((crown,), ()))
    assert found["C Crown", "dots"].words.startswith("added, ")
    assert [d.words for d in found.values() if d.subject == ""] == ["removed"]
    gone = told(tile, ((crown,), ()), ((), ()))
    assert gone["C Crown", "dots"].words.startswith("removed, ")


def test_hidden_zones_take_no_part(tile: Tile) -> None:
    crown = zone("C", square(20), hidden=True)
    assert told(tile, ((), ()), ((crown,), ())) == {}


def test_without_a_scale_there_are_words_but_no_numbers(tile: Tile) -> None:
    was, now = zone("A", square(30), density=110.0), zone("A", square(40), density=90.0)
    found = told(tile, ((was,), (hairline(60, 70),)), ((now,), (hairline(64, 70),)), scaled=False)
    assert [d.words for d in found.values()] == ["density 110 → 90 per cm²"]


def test_errors_of_one_scale_cancel_as_far_as_the_values_do() -> None:
    assert less(Quantity(102.0, 4.08), Quantity(100.0, 4.0)).se == pytest.approx(0.08)
    assert not less(Quantity(1.0, float("inf")), Quantity(1.0, 0.1)).known
