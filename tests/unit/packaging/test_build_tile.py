"""The builder of the tile gives one result for one seed, and an even one."""

from pathlib import Path

import numpy as np
import pytest
from scipy.spatial.distance import pdist

import build_tile


def test_one_seed_gives_one_tile(tmp_path: Path) -> None:
    arguments = ["--count", "1024", "--period", "20", "--name", "small", "--out", str(tmp_path)]
    assert build_tile.main(arguments) == 0
    first = (tmp_path / "small.npy").read_bytes()
    assert build_tile.main(arguments) == 0
    assert (tmp_path / "small.npy").read_bytes() == first


def test_points_keep_apart_also_across_the_edges() -> None:
    points = build_tile.build(300, seed=8)
    copies = [points + build_tile.QUANTA * np.array([i, j]) for i in (0, 1) for j in (0, 1)]
    nearest = pdist(np.concatenate(copies)).min()
    hexagonal = build_tile.QUANTA * (2 / (3**0.5 * 300)) ** 0.5
    assert nearest >= 0.69 * hexagonal
    assert build_tile.tightness(points) == pytest.approx(nearest / hexagonal)


def test_a_tight_prefix_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--count", "64", "--seed", "2", "--out", str(tmp_path)]
    assert build_tile.main(arguments) == 1
    assert "Try another seed" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
