"""Patterns of dots: even, as it happens, in groups; on a plane and where the scale varies."""

import math
import tomllib
from dataclasses import replace

import numpy as np
import pytest
import shapely
from scipy.spatial import cKDTree
from shapely import Polygon

from studio.model.arrays import FloatArray, IntArray
from studio.model.case import Placement
from studio.model.resources import resource
from studio.model.zone import Pattern, Zone
from studio.pigment.clusters import needs, shapes
from studio.pigment.dots import Dots, place, session_of
from studio.pigment.field import density_field
from studio.pigment.patterns import load_patterns
from studio.pigment.tile import load_tile
from tests.unit.pigment.shapes import circle, rectangle, zone

TILE = load_tile(Placement().tile)
AS_IS = Placement()
SIDE = 100.0
OTHERS = (Pattern.DIFFUSE, Pattern.CLUSTERS)


def head(points: FloatArray) -> FloatArray:
    """Scales as a head's chart has them: 0.7 in the middle, 0.2 at the rim."""
    return np.asarray(0.2 + 0.5 * np.exp(-(points**2).sum(axis=1) / 80**2))


def square(pattern: Pattern, density: float) -> Zone:
    return replace(zone(rectangle(0, 0, SIDE, SIDE), density=density), pattern=pattern)


def dots_of(*zones: Zone, placement: Placement = AS_IS) -> Dots:
    return place(density_field(zones), TILE, placement)


def nearest(xy: FloatArray) -> FloatArray:
    return np.asarray(cKDTree(xy).query(xy, k=np.array([2]))[0])[:, 0]


def groups_of(dots: Dots) -> IntArray:
    """The number of dots in each group; the square is smaller than the tile."""
    return np.unique(dots.rank // 4, return_counts=True)[1]


def test_every_number_has_a_source_and_a_grade() -> None:
    table = tomllib.loads(resource("patterns.toml").read_text(encoding="utf-8"))
    for entry in table.values():
        assert entry["source"]
        assert entry["grade"] in {"A", "B", "C", "M", "D"}
    assert load_patterns().fusion == 200.0


@pytest.mark.parametrize("pattern", Pattern)
@pytest.mark.parametrize("density", [60, 110, 180])
def test_count_is_density_times_area(pattern: Pattern, density: float) -> None:
    for x in (0.0, 37.7, 71.3):
        ring = circle(x, 2 * x, 45)
        one = replace(zone(ring, density=density), pattern=pattern)
        assert len(dots_of(one)) == pytest.approx(density / 100 * Polygon(ring).area, rel=0.01)


@pytest.mark.parametrize("pattern", Pattern)
def test_count_is_density_times_the_skins_area(pattern: Pattern) -> None:
    one = replace(zone(circle(10, 5, 80), density=110), pattern=pattern)
    field = density_field([one], head)
    x = np.linspace(-75, 95, 1001)
    points = np.stack(np.meshgrid(x, x - 5), axis=-1).reshape(-1, 2)
    inside = shapely.contains_xy(Polygon(one.outline), points)
    area = head(points[inside]).sum() * (x[1] - x[0]) ** 2
    assert len(place(field, TILE, Placement())) == pytest.approx(1.1 * area, rel=0.01)


@pytest.mark.parametrize("density", [30, 110, 200])
def test_diffuse_is_less_even_but_keeps_apart(density: float) -> None:
    spread = {}
    for pattern in (Pattern.FINE, Pattern.DIFFUSE):
        ratio = nearest(dots_of(square(pattern, density)).xy.astype(np.float64)) * math.sqrt(
            math.sqrt(3) / 2 * density / 100
        )
        spread[pattern] = ratio.std() / ratio.mean()
        assert ratio.min() >= (0.45 if pattern is Pattern.DIFFUSE else 0.69)
    assert spread[Pattern.DIFFUSE] > 1.7 * spread[Pattern.FINE]


@pytest.mark.parametrize(("density", "clusters"), [(50, 25), (75, 28.8), (110, 34.2), (180, 45)])
def test_groups_and_members_follow_the_density(density: float, clusters: float) -> None:
    members = groups_of(dots_of(square(Pattern.CLUSTERS, density)))
    whole = members[members > 1]  # a group cut by the zone's edge may have one left
    assert whole.max() <= 4
    assert len(whole) == pytest.approx(clusters * SIDE**2 / 100, rel=0.05)
    assert (members == 1).sum() < 0.05 * len(members)


@pytest.mark.parametrize("density", [60, 110, 180])
def test_members_lie_as_close_as_they_should(density: float) -> None:
    dots = dots_of(square(Pattern.CLUSTERS, density))
    group = dots.rank // 4
    order = np.argsort(group, kind="stable")
    xy, group = dots.xy[order].astype(np.float64), group[order]
    for step in (1, 2, 3):
        same = np.flatnonzero(group[step:] == group[:-step])
        away = np.hypot(*(xy[same + step] - xy[same]).T)
        # the tile repeats: the same group may stand again a period further on
        away = away[away < 100]
        assert away.min() >= 0.35
        assert away.max() <= 0.60


def test_centres_of_groups_are_as_even_as_the_tile() -> None:
    dots = dots_of(square(Pattern.CLUSTERS, 110))
    centre = np.array(
        [dots.xy[dots.rank // 4 == g].mean(axis=0) for g in np.unique(dots.rank // 4)]
    )
    inside = centre[((centre > 2) & (centre < SIDE - 2)).all(axis=1)]
    assert nearest(inside).min() > 0.7 * math.sqrt(2 / (math.sqrt(3) * 0.342)) - 0.35


def test_groups_keep_their_size_on_the_head() -> None:
    one = replace(zone(circle(0, 0, 90), density=110), pattern=Pattern.CLUSTERS)
    dots = place(density_field([one], head), TILE, Placement())
    order = np.argsort(dots.rank, kind="stable")
    xy, rank = dots.xy[order].astype(np.float64), dots.rank[order]
    pair = np.flatnonzero(rank[1:] // 4 == rank[:-1] // 4)
    away = np.hypot(*(xy[pair + 1] - xy[pair]).T)
    skin = away * np.sqrt(head((xy[pair + 1] + xy[pair]) / 2))
    skin = skin[away < 10]
    assert skin.min() >= 0.34
    assert skin.max() <= 0.61
    # as many groups to the skin in the middle as at the rim
    for low, high in ((0, 30), (60, 85)):
        r = np.hypot(*dots.xy.T)
        held = (r >= low) & (r < high)
        points = np.random.default_rng(1).uniform(-90, 90, (200_000, 2))
        ring = (np.hypot(*points.T) >= low) & (np.hypot(*points.T) < high)
        area = head(points[ring]).sum() / 200_000 * 180**2
        assert len(np.unique(dots.rank[held] // 4)) / area * 100 == pytest.approx(34.2, rel=0.06)


@pytest.mark.parametrize("pattern", OTHERS)
def test_sessions_are_nested(pattern: Pattern) -> None:
    dots = dots_of(square(pattern, 150))
    session = session_of(dots, (0.3, 0.7, 1.0))
    share = np.cumsum(np.bincount(session, minlength=3)) / len(dots)
    assert share == pytest.approx([0.3, 0.7, 1.0], abs=0.01)
    alone = dots_of(square(pattern, 45))
    assert set(alone.rank.tolist()) == set(dots.rank[session == 0].tolist())


@pytest.mark.parametrize("pattern", OTHERS)
def test_an_edit_here_moves_no_dot_there(pattern: Pattern) -> None:
    zones = [square(pattern, 110), replace(zone(circle(30, 30, 15), density=60), pattern=pattern)]
    before, after = dots_of(*zones), dots_of(zones[0], replace(zones[1], density=100))
    far = [d.xy[np.hypot(*(d.xy - 30).T) > 15.5] for d in (before, after)]
    assert np.array_equal(*far)


@pytest.mark.parametrize("pattern", OTHERS)
def test_placement_moves_the_whole_pattern(pattern: Pattern) -> None:
    one = replace(zone(circle(0, 0, 20)), pattern=pattern)
    plain = dots_of(one).xy
    moved = replace(one, outline=tuple((x + 12.5, y - 3.25) for x, y in one.outline))
    shifted = dots_of(moved, placement=Placement(offset=(12.5, -3.25))).xy - (12.5, -3.25)
    assert sorted(map(tuple, np.rint(plain * 100).tolist())) == sorted(
        map(tuple, np.rint(shifted * 100).tolist())
    )
    flipped = dots_of(one, placement=Placement(flip=True)).xy * (-1, 1)
    tree = cKDTree(flipped)
    inner = plain[np.hypot(*plain.T) < 19]
    assert np.asarray(tree.query(inner)[0]).max() < 0.01


def test_zones_of_several_patterns_each_have_their_own() -> None:
    left = replace(zone(rectangle(0, 0, 30, 40)), pattern=Pattern.CLUSTERS)
    right = replace(zone(rectangle(30, 0, 60, 40)), pattern=Pattern.DIFFUSE)
    below = zone(rectangle(0, 40, 60, 80))
    dots = dots_of(below, left, right)
    for number, one in enumerate((below, left, right)):
        own = dots.xy[dots.owner == number]
        assert len(own) == len(dots_of(one))
        assert np.array_equal(np.sort(own[:, 0]), np.sort(dots_of(one).xy[:, 0]))


def test_the_topmost_zone_decides_the_pattern() -> None:
    below = square(Pattern.FINE, 60)
    above = replace(zone(rectangle(20.2, 20.2, 60.3, 60.3), 50), pattern=Pattern.CLUSTERS)
    dots = dots_of(below, above)
    inside = shapely.contains_xy(Polygon(above.outline), dots.xy.astype(np.float64))
    alone = dots_of(replace(above, density=110))
    assert np.array_equal(np.sort(dots.rank[inside]), np.sort(alone.rank))


def test_needs_rise_from_member_to_member() -> None:
    need = needs(np.linspace(0.001, 0.9, 500), TILE.densest)
    assert (np.diff(need[np.isfinite(need[:, 3])], axis=1) >= 0).all()
    finite = need[np.isfinite(need).all(axis=1)]
    assert (np.diff(finite, axis=0) >= -1e-12).all()
    assert shapes(10).shape == (10, 4, 2)
    assert np.array_equal(shapes(20)[:10], shapes(10))
