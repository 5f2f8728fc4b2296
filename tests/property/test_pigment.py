"""What holds for pigment whatever the zones are."""

import math
from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from studio.model.case import Placement
from studio.model.chart import Ring
from studio.model.zone import Blend, Zone
from studio.pigment.dots import Dots, place, session_of
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile

TILE = load_tile(Placement().tile)


@st.composite
def outlines(draw: st.DrawFn) -> Ring:
    """Star-shaped, from smooth to spiky, anywhere on a head."""
    count = draw(st.integers(3, 24))
    radii = draw(st.lists(st.floats(3, 30), min_size=count, max_size=count))
    x, y = draw(st.floats(-60, 60)), draw(st.floats(-60, 60))
    turn = draw(st.floats(0, 1))
    angles = [(i + turn) * 2 * math.pi / count for i in range(count)]
    return tuple(
        (x + r * math.cos(a), y + r * math.sin(a)) for r, a in zip(radii, angles, strict=True)
    )


@st.composite
def zones(draw: st.DrawFn) -> Zone:
    return Zone(
        id="z",
        letter="A",
        name="",
        chart="c",
        outline=draw(outlines()),
        blend=draw(st.sampled_from(Blend)),
        density=draw(st.floats(0, 240)),
        feather=draw(st.sampled_from([0.0, 0.3, 2.0, 6.0, 20.0])),
    )


designs = st.lists(zones(), min_size=1, max_size=4)
placements = st.builds(
    Placement,
    offset=st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
    flip=st.booleans(),
)


def outside(dots: Dots, *changed: Zone) -> dict[int, tuple[float, float]]:
    """Dots outside all of the zones: their ranks with their places."""
    xy = dots.xy.astype(np.float64)
    held = np.zeros(len(dots), bool)
    for zone in changed:
        held |= shapely.intersects_xy(Polygon(zone.outline), xy)
    ranks = dots.rank[~held].tolist()
    return dict(zip(ranks, map(tuple, xy[~held].tolist()), strict=True))


@given(designs, zones(), st.data(), placements)
def test_editing_one_zone_moves_no_dot_outside_it(
    design: list[Zone], other: Zone, data: st.DataObject, placement: Placement
) -> None:
    number = data.draw(st.integers(0, len(design) - 1))
    field = density_field(design)
    before = place(field, TILE, placement)
    edited = [other if i == number else zone for i, zone in enumerate(design)]
    after = place(density_field(edited, last=field), TILE, placement)
    assert outside(before, design[number], other) == outside(after, design[number], other)
    fresh = place(density_field(edited), TILE, placement)
    assert sorted(fresh.rank.tolist()) == sorted(after.rank.tolist())


@given(designs, placements)
def test_dots_lie_in_zones_and_belong_to_one(design: list[Zone], placement: Placement) -> None:
    dots = place(density_field(design), TILE, placement)
    xy = dots.xy.astype(np.float64)
    for number, zone in enumerate(design):
        inside = shapely.contains_xy(Polygon(zone.outline), xy)
        assert inside[dots.owner == number].all()
        if zone.blend is Blend.CLEAR:
            assert (dots.owner[inside] > number).all()
    assert np.bincount(dots.owner, minlength=len(design)).sum() == len(dots)


@given(designs, st.floats(0.05, 0.6), st.floats(0.61, 0.99))
def test_sessions_are_nested(design: list[Zone], first: float, second: float) -> None:
    dots = place(density_field(design), TILE, Placement())
    assert ((dots.level > 0) & (dots.level <= 1)).all()
    session = session_of(dots, (first, second, 1.0))
    level = np.sort(dots.level)
    assert (session == 0).sum() == np.searchsorted(level, np.float32(first), side="right")
    ahead = session_of(dots, (second, 1.0))
    assert (ahead[session <= 1] == 0).all()
    assert (ahead[session == 2] == 1).all()


@given(zones(), st.floats(0.2, 0.95))
def test_less_density_takes_dots_away_and_moves_none(zone: Zone, share: float) -> None:
    full = place(density_field([zone]), TILE, Placement())
    less = place(density_field([replace(zone, density=zone.density * share)]), TILE, Placement())
    assert set(less.rank.tolist()) <= set(full.rank.tolist())


@given(outlines(), st.floats(60, 240), st.sampled_from([0.0, 4.0]))
def test_count_is_the_integral(outline: Ring, density: float, feather: float) -> None:
    zone = Zone(
        id="z", letter="A", name="", chart="c", outline=outline, density=density, feather=feather
    )
    field = density_field([zone])
    dots = place(field, TILE, Placement())
    want = float(field.density.sum(dtype=np.float64)) * field.step**2
    # blue noise: the deviation of a count grows with the circumference
    deviation = 0.5 * math.sqrt(Polygon(outline).length * math.sqrt(density / 100))
    assert abs(len(dots) - want) <= 0.01 * want + 4 * deviation
