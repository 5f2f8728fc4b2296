"""Polygons: repair, combination, bands, against areas known by formula."""

import math

import numpy as np
import pytest
import shapely
from shapely import Polygon

from studio.geometry.polygons import (
    pieces_of,
    polygon_of,
    repaired,
    rings,
    simplified,
    subtract,
    unite,
)
from studio.model.refusal import Refusal
from studio.model.zone import Zone

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))


def square(x: float, y: float, size: float) -> Polygon:
    return shapely.box(x, y, x + size, y + size)


def test_a_good_ring_keeps_points_and_order() -> None:
    hole = ((2.0, 2.0), (4.0, 2.0), (4.0, 4.0))
    assert rings(repaired(SQUARE, [hole])) == (SQUARE, (hole,))


def test_small_loops_of_a_crossing_are_dropped() -> None:
    tail = (*SQUARE, (0.0, -0.4), (0.4, 0.3), (0.4, -0.4))
    mended = repaired(tail)
    assert mended.is_valid
    assert mended.area == pytest.approx(100, abs=0.5)


def test_a_stroke_round_twice_means_what_it_goes_round() -> None:
    angle = np.linspace(0, 4 * np.pi, 200, endpoint=False)
    radius = 20 + 0.8 * np.sin(angle / 2)
    spiral = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    ring = [(float(x), float(y)) for x, y in spiral]
    assert not Polygon(ring).is_valid
    assert repaired(ring).area == pytest.approx(math.pi * 20.5**2, rel=0.05)


def test_a_figure_of_eight_is_refused_in_words_but_falls_into_pieces() -> None:
    eight = [(0.0, 0.0), (10.0, 10.0), (10.0, 0.0), (0.0, 10.0)]
    with pytest.raises(Refusal, match="crosses itself"):
        repaired(eight)
    assert [piece.area for piece in pieces_of(eight)] == [25.0, 25.0]


@pytest.mark.parametrize(
    "ring", [[], [(0.0, 0.0)], [(0.0, 0.0), (5.0, 5.0), (9.0, 9.0)], [(1.0, 1.0)] * 5]
)
def test_no_area_is_refused(ring: list[tuple[float, float]]) -> None:
    with pytest.raises(Refusal, match="no area"):
        repaired(ring)


def test_a_hole_over_the_edge_becomes_a_bite() -> None:
    mended = repaired(SQUARE, [((8.0, 4.0), (12.0, 4.0), (12.0, 6.0), (8.0, 6.0))])
    assert mended.area == pytest.approx(96)
    assert len(mended.interiors) == 0


def test_union_difference_intersection() -> None:
    a, b = square(0, 0, 10), square(5, 5, 10)
    assert [p.area for p in unite([a, b])] == [175.0]
    assert [p.area for p in subtract(a, b)] == [75.0]
    assert subtract(a, square(-5, -5, 30)) == []
    assert len(unite([a, square(40, 0, 5)])) == 2
    cut = subtract(square(0, 0, 10), shapely.box(4, -1, 6, 11))
    assert [p.area for p in cut] == [40.0, 40.0]
    holed = subtract(square(0, 0, 10), square(4, 4, 2))
    assert len(holed[0].interiors) == 1


def test_results_lie_on_the_grid_and_are_valid() -> None:
    a = Polygon([(0, 0), (10, 0.3333), (7.7777, 9.1234)])
    for part in (*unite([a, square(3.3337, 2.2229, 5.5551)]), *subtract(a, square(3.3337, 2, 3))):
        assert part.is_valid
        coords = shapely.get_coordinates(part)
        np.testing.assert_allclose(coords, coords.round(3), atol=1e-12)
        outline, holes = rings(part)
        assert Polygon(outline, holes).is_valid


def test_simplify_stays_within_tolerance() -> None:
    angle = np.linspace(0, 3, 300)
    line = np.stack([50 * np.cos(angle), 50 * np.sin(angle)], axis=1)
    less = simplified(line, 0.1)
    assert len(less) < 40
    assert shapely.distance(shapely.points(line), shapely.linestrings(less)).max() <= 0.1


def test_the_same_rings_give_the_same_polygon() -> None:
    zone = Zone(id="a", letter="A", name="Zone", chart="p", outline=SQUARE)
    other = Zone(id="b", letter="B", name="Other", chart="p", outline=SQUARE)
    assert polygon_of(zone) is polygon_of(other)
