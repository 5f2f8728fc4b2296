"""The shipped tile keeps what the dots rest on: every prefix is even, nothing is missing."""

import math

import numpy as np
import pytest
from scipy.spatial import cKDTree

from studio.model.arrays import FloatArray
from studio.model.case import Placement
from studio.model.refusal import Refusal
from studio.model.resources import resource
from studio.pigment.tile import QUANTA, Tile, load_tile


@pytest.fixture(scope="module")
def tile() -> Tile:
    return load_tile(Placement().tile)


@pytest.fixture(scope="module")
def ranked(tile: Tile) -> FloatArray:
    order = np.argsort(tile.record["rank"])
    return np.stack([tile.record["x"], tile.record["y"]], axis=1)[order].astype(np.float64)


def neighbour_over_hexagonal(points: FloatArray) -> FloatArray:
    tree = cKDTree(points, boxsize=np.full(2, float(QUANTA)))
    nearest, _ = tree.query(points, k=np.array([2]))
    return np.asarray(nearest)[:, 0] / (QUANTA * math.sqrt(2 / (math.sqrt(3) * len(points))))


def test_size_and_contents(tile: Tile) -> None:
    files = [path for path in resource("tile").iterdir() if path.stem == tile.id]
    assert sum(path.stat().st_size for path in files) <= 2.2e6
    assert np.array_equal(np.sort(tile.record["rank"]), np.arange(len(tile.record)))
    assert tile.densest * 100 == pytest.approx(256.0)


def test_cells_hold_what_they_say(tile: Tile) -> None:
    across = round(tile.period / tile.cell)
    mm = tile.period / QUANTA
    for cell in range(0, across * across, 97):
        record = tile.record[tile.first[cell] : tile.first[cell + 1]]
        assert (np.floor(record["x"] * mm / tile.cell) == cell % across).all()
        assert (np.floor(record["y"] * mm / tile.cell) == cell // across).all()
    assert tile.first[-1] == len(tile.record)


def test_every_small_prefix_is_even(ranked: FloatArray) -> None:
    for count in range(2, 700):
        assert neighbour_over_hexagonal(ranked[:count]).min() >= 0.69, count


def test_large_prefixes_are_even(ranked: FloatArray) -> None:
    sizes = np.geomspace(700, len(ranked), 18).round().astype(int).tolist()
    sizes += np.random.default_rng(11).integers(700, 60_000, 12).tolist()
    for count in sizes:
        ratio = neighbour_over_hexagonal(ranked[:count])
        assert ratio.min() >= 0.69, count
        # blue noise, neither white (0.47, 0.52) nor a lattice (1, 0)
        assert 0.79 < ratio.mean() < 0.83
        assert 0.06 < ratio.std() / ratio.mean() < 0.11


def test_unknown_tile_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="hs-tile-99"):
        load_tile("hs-tile-99")
