"""The strip: the hairline at true size in tiles that fit, with marks that meet."""

import itertools

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point

from studio.model.arrays import FloatArray
from studio.model.refusal import Refusal
from studio.render.pages.content import Tile
from studio.render.pages.unroll import FIT, FROM_MID, OVERLAP, Hairline, band, tiles

T = np.linspace(-1, 1, 400)


def wave(half: float) -> FloatArray:
    return np.stack([half * T, 30 * T**2 + 6 * np.cos(9 * T)], axis=1)


def long_hairline() -> Hairline:
    path = wave(125)
    mid = LineString(path).project(Point(0, 6))
    return Hairline(path=path, mid=float(mid), brow=(0.0, 71.0), brow_words="a = 65 mm")


def distances(points: FloatArray) -> FloatArray:
    return np.asarray(np.hypot(*(points[:, None] - points[None]).T))


def length(tile: Tile) -> float:
    return float(LineString(tile.curve).length)


def test_a_short_hairline_is_one_tile_as_drawn() -> None:
    path = wave(60)
    (tile,) = tiles(Hairline(path=path))
    shift = tile.curve[0] - path[0]
    assert tile.curve - shift == pytest.approx(path, abs=1e-9)
    assert tile.crosses == ()


def test_tiles_are_the_curve_moved_and_turned_only() -> None:
    hairline = long_hairline()
    line = LineString(hairline.path)
    made = tiles(hairline)
    assert len(made) > 1
    start = 0.0
    for tile in made:
        piece = shapely.get_coordinates(shapely.ops.substring(line, start, start + length(tile)))
        assert distances(tile.curve) == pytest.approx(distances(piece), abs=1e-6)
        start += length(tile) - OVERLAP
    assert start + OVERLAP == pytest.approx(line.length)


def test_nothing_is_mirrored() -> None:
    """From right to left the hair stays on the same hand in every tile."""
    for tile in tiles(long_hairline()):
        middle = len(tile.curve) // 2
        along = tile.curve[middle + 1] - tile.curve[middle - 1]
        normal = np.array([along[1], -along[0]]) / np.hypot(*along)
        hair = tile.outline.intersection(
            LineString([tile.curve[middle], tile.curve[middle] + 11.5 * normal])
        )
        assert hair.length == pytest.approx(11.5, abs=0.2)


def test_every_tile_fits_its_page() -> None:
    for tile in tiles(long_hairline()):
        left, top, right, bottom = tile.outline.bounds
        assert (left, top) == pytest.approx((0, 0), abs=1e-9)
        assert right <= FIT[0]
        assert bottom <= FIT[1]


def test_crosses_of_neighbours_are_the_same_four_points() -> None:
    made = tiles(long_hairline())
    for one, two in itertools.pairwise(made):
        mine = {w: at for at, w in one.crosses}
        theirs = {w: at for at, w in two.crosses}
        shared = sorted(set(mine) & set(theirs))
        assert len(shared) == 4
        first = np.array([mine[w] for w in shared])
        second = np.array([theirs[w] for w in shared])
        assert distances(first) == pytest.approx(distances(second), abs=1e-6)
        assert all(one.outline.contains(Point(at)) for at in first)
        assert all(two.outline.contains(Point(at)) for at in second)


def test_joins_keep_off_the_mid_line() -> None:
    hairline = long_hairline()
    assert hairline.mid is not None
    start = 0.0
    for tile in tiles(hairline)[:-1]:
        end = start + length(tile)
        assert not end - OVERLAP - FROM_MID < hairline.mid < end + FROM_MID
        start = end - OVERLAP


def test_tongue_is_as_long_as_the_tape() -> None:
    tongues = [tile.tongue for tile in tiles(long_hairline()) if tile.tongue is not None]
    (tongue,) = tongues
    assert np.hypot(*np.subtract(tongue.bar, tongue.start)) == pytest.approx(65.0, abs=0.02)


def test_planned_dots_near_the_hairline_come_once() -> None:
    rng = np.random.default_rng(5)
    hairline = long_hairline()
    centres = rng.uniform((-130, -30), (130, 60), (4000, 2))
    made = tiles(Hairline(path=hairline.path, mid=hairline.mid, dots=((0.3, centres),)))
    near = shapely.contains_xy(LineString(hairline.path).buffer(10, cap_style="flat"), centres)
    printed = sum(len(points) for tile in made for _, points in tile.dots)
    assert printed == pytest.approx(int(near.sum()), abs=3)


def test_hair_on_the_other_side_turns_the_strip() -> None:
    path = wave(50)
    above = band(path, 1)
    below = band(path, -1)
    assert above.bounds[1] == pytest.approx(path[:, 1].min() - 12, abs=0.1)
    assert below.bounds[1] == pytest.approx(path[:, 1].min() - 14, abs=0.1)


def test_a_sharp_peak_has_a_whole_strip() -> None:
    path = np.array([(0.0, 0.0), (40.0, 15.0), (80.0, 0.0)])
    strip = band(path)
    assert strip.is_valid
    assert strip.contains(LineString(path))
    assert strip.area > 26 * 80


def test_an_absurd_length_is_refused() -> None:
    with pytest.raises(Refusal, match="too long"):
        tiles(Hairline(path=wave(900)))
