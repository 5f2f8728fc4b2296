import math
from dataclasses import replace

import numpy as np
import pytest

from studio.model.case import Case, MirrorAxis, Placement, Variant
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Purpose, Zone
from studio.pigment.tile import load_tile
from studio.planning.estimate import chair_minutes, placing_minutes
from studio.planning.figures import Figures, figures, spacing_mm
from studio.planning.trade import trade
from studio.skin.skinmap import SkinMap
from tests.unit.planning.designs import case_of, circle, line, on_front, square, zone

TILE = load_tile("hs-tile-1")


def numbers(case: Case, variant: Variant, skin: SkinMap | None = None) -> Figures:
    return figures(case, variant, {"front": skin or on_front()}, TILE)


def test_a_circle_of_known_size() -> None:
    case, variant = case_of(zone("A", circle(30.0), density=120.0, needle="0803RL", dilution=16.0))
    found = numbers(case, variant)
    (row,) = found.zones
    area = math.pi * 9.0
    assert row.area_cm2.value == pytest.approx(area, rel=1e-4)
    assert row.dots.value == pytest.approx(area * 120, rel=0.01)
    assert sum(row.per_session) == row.dots.value
    assert row.spacing_mm == pytest.approx(10.746 / math.sqrt(120))
    assert (row.needle, row.dilution, row.density) == ("0803RL", 16.0, 120.0)
    assert found.area_cm2.value == pytest.approx(area, rel=1e-4)
    assert found.dots == row.dots
    assert found.per_session == row.per_session
    assert not found.capped


def test_sessions_take_their_shares() -> None:
    case, variant = case_of(zone("A", circle(40.0), density=150.0))
    (row,) = numbers(case, variant).zones
    placed = np.cumsum(row.per_session).tolist()
    for share, count in zip((0.3, 0.7, 1.0), placed, strict=True):
        assert count == pytest.approx(share * row.dots.value, rel=0.01)
    one = replace(case, shares=(0.4, 1.0))
    assert len(numbers(one, variant).zones[0].per_session) == 2


def test_spacing_is_that_of_a_triangular_lattice() -> None:
    assert spacing_mm(100.0) == pytest.approx(math.sqrt(2 / (math.sqrt(3) * 1.0)), rel=1e-4)
    assert spacing_mm(0.0) is None


def test_twins_are_counted_together() -> None:
    outline = square(20.0, x=10.0)
    case, variant = case_of(zone("A", outline, mirrored=True))
    (row,) = numbers(case, variant).zones
    assert row.area_cm2.value == pytest.approx(8.0)
    case, variant = case_of(zone("A", outline), zone("B", square(20.0, x=-30.0)))
    apart = numbers(case, variant)
    assert row.dots.value == apart.dots.value
    assert row.area_cm2.se == pytest.approx(apart.area_cm2.se)


def test_a_tilted_axis_moves_the_twin_only() -> None:
    case, variant = case_of(zone("A", square(20.0, x=10.0), mirrored=True))
    tilted = replace(case, axes=(MirrorAxis(chart="front", at=(0.0, 0.0), angle=10.0),))
    assert numbers(tilted, variant).zones[0].area_cm2.value == pytest.approx(8.0, rel=1e-4)


def test_what_keeps_clear_is_no_skin_to_work_on() -> None:
    hole = zone("K", square(10.0, x=5.0, y=5.0), blend=Blend.CLEAR, purpose=Purpose.KEEP_CLEAR)
    case, variant = case_of(zone("A", square(40.0)), hole)
    found = numbers(case, variant)
    full, clear = found.zones
    assert full.area_cm2.value == pytest.approx(15.0)
    assert full.dots.value == pytest.approx(15.0 * 110, rel=0.01)
    assert clear.area_cm2.value == pytest.approx(1.0)
    assert (clear.dots.value, clear.density, clear.spacing_mm) == (0.0, 0.0, None)
    assert clear.per_session == (0, 0, 0)
    assert found.area_cm2.value == pytest.approx(15.0)
    below = replace(variant, zones=variant.zones[::-1])
    assert numbers(case, below).zones[1].area_cm2.value == pytest.approx(16.0)


def test_overlapping_zones_share_skin_and_dots() -> None:
    a, b = zone("A", square(40.0), density=60.0), zone("B", square(40.0, x=20.0), density=60.0)
    case, variant = case_of(a, b)
    found = numbers(case, variant)
    assert found.area_cm2.value == pytest.approx(24.0)
    assert [row.area_cm2.value for row in found.zones] == pytest.approx([16.0, 16.0])
    assert found.dots.value == pytest.approx(32 * 60, rel=0.01)
    assert found.zones[0].dots.value == pytest.approx(8 * 60, rel=0.03)


def test_hidden_things_count_for_nothing() -> None:
    case, variant = case_of(
        zone("A", square(20.0), hidden=True),
        zone("B", square(20.0)),
        curves=(replace(line([(0, 0), (30, 40)]), hidden=True),),
    )
    found = numbers(case, variant)
    assert [row.letter for row in found.zones] == ["B"]
    assert found.curves == ()


def test_no_design_no_numbers() -> None:
    case, variant = case_of()
    found = numbers(case, variant)
    assert found.dots == Quantity(0.0, 0.0)
    assert found.area_cm2 == Quantity(0.0, 0.0)
    assert found.per_session == (0, 0, 0)


def test_errors_come_from_the_scale_twice() -> None:
    case, variant = case_of(zone("A", square(4.0, x=-2.0, y=-2.0), density=200.0))
    (row,) = numbers(case, variant, on_front(0.02)).zones
    assert row.area_cm2.relative == pytest.approx(0.04, rel=0.01)
    assert row.dots.se > 0.04 * row.dots.value
    assert row.minutes.relative > row.dots.relative


def test_without_a_scale_nothing_is_known() -> None:
    case, variant = case_of(zone("A", square(20.0)), curves=(line([(0, 0), (30, 40)]),))
    found = numbers(case, variant, on_front(scaled=False))
    row = found.zones[0]
    quantities = (row.area_cm2, row.dots, row.minutes, found.dots, found.area_cm2, found.minutes)
    assert not any(quantity.known for quantity in quantities)
    assert not found.curves[0].length_mm.known


def test_lengths_of_curves() -> None:
    plain = line([(0, 0), (30, 40)])
    joined = replace(line([(0, 10), (30, 50)], mirrored=True), id="joined")
    apart = replace(line([(5, 20), (35, 60)], mirrored=True), id="apart")
    case, variant = case_of(curves=(plain, joined, apart))
    found = numbers(case, variant)
    assert [c.length_mm.value for c in found.curves] == pytest.approx([50.0, 100.0, 100.0])
    assert found.curves[0].length_mm.relative > 0.01


def test_too_dense_is_told() -> None:
    case, variant = case_of(zone("A", square(20.0), density=500.0))
    found = numbers(case, variant)
    assert found.capped
    assert found.dots.value == pytest.approx(4 * 100 * TILE.densest, rel=0.02)


def test_a_chart_without_a_photo_is_refused() -> None:
    case, variant = case_of(zone("A", square(20.0), chart="gone"))
    with pytest.raises(Refusal, match="not in the case"):
        numbers(case, variant)


def test_the_error_of_a_count_covers_where_the_tile_lies() -> None:
    """Counts of one zone under 60 placements of the tile spread by no more than the ± says."""
    shape = zone("A", circle(12.0), density=90.0)
    counts = []
    rng = np.random.default_rng(4)
    for shift in rng.uniform(0, 320, (60, 2)).round(3).tolist():
        case, variant = case_of(shape)
        moved = replace(case, placement=Placement(offset=(shift[0], shift[1])))
        counts.append(numbers(moved, variant, on_front(0.0)).zones[0].dots.value)
    around = 2 * math.pi * 12.0 / (10.746 / math.sqrt(90.0))
    spread = float(np.std(counts))
    assert 0.3 * math.sqrt(around) < spread < 1.1 * math.sqrt(around)


def test_an_edit_elsewhere_changes_no_other_count() -> None:
    a, b = zone("A", square(30.0)), zone("B", square(30.0, x=60.0))
    case, variant = case_of(a, b)
    before = numbers(case, variant)
    moved: Zone = replace(b, outline=square(35.0, x=60.0))
    after = numbers(case, replace(variant, zones=(a, moved)))
    assert after.zones[0] == before.zones[0]
    assert after.zones[1].dots.value > before.zones[1].dots.value


def test_figures_of_the_trade_have_a_source_and_a_range() -> None:
    for figure in trade().values():
        assert figure.low <= figure.value <= figure.high
        assert figure.source
        assert figure.grade in set("ABCMD")


def test_minutes() -> None:
    found = placing_minutes(Quantity(8000.0, 0.0))
    assert found.value == 100.0
    assert found.value - 2 * found.se > 8000 / 130
    assert found.value + 2 * found.se == pytest.approx(100 + (8000 / 60 - 8000 / 110) / 2)
    short = chair_minutes(Quantity(7200.0, 0.0), first=False)
    assert short.value == 90 + 30
    long = chair_minutes(Quantity(7201.0, 0.0), first=True)
    assert long.value == pytest.approx(7201 / 80 + 30 + 10 + 38)
    assert not chair_minutes(Quantity(100.0, math.inf), first=True).known
