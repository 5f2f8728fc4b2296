"""Errors at many places add up between all alike and all apart."""

import numpy as np
import pytest

from studio.model.arrays import FloatArray
from studio.skin.head.prior import sphere
from studio.skin.head.together import LENGTH_SHARE, MOST, area_se, length_se

SIZE = 0.004


def cap(half_angle: float, count: int = 80) -> FloatArray:
    """Directions spread over a cap."""
    found = sphere(round(count / np.sin(half_angle / 2) ** 2))
    kept: FloatArray = found[found[:, 2] > np.cos(half_angle)]
    return kept


def even(value: float, n: int) -> FloatArray:
    return np.full(n, value)


def test_one_place_is_as_sure_as_it_is() -> None:
    u = np.array([[0.0, 0.0, 1.0]])
    shape = np.sqrt(0.01**2 - SIZE**2)
    assert length_se(u, even(1, 1), even(0.01, 1), SIZE) == pytest.approx(0.01)
    area = area_se(u, even(1, 1), even(0.01, 1), SIZE)
    assert area == pytest.approx(np.hypot(2 * SIZE, shape / LENGTH_SHARE))


def test_more_skin_is_surer_but_never_surer_than_the_size() -> None:
    found = []
    for half in (0.05, 0.2, 0.5, 1.0, 1.8):
        u = cap(half)
        found.append(area_se(u, even(1, len(u)), even(0.01, len(u)), SIZE))
    assert found == sorted(found, reverse=True)
    assert found[-1] > 2 * SIZE
    assert found[-1] < 0.75 * found[0]


def test_size_alone_does_not_shrink() -> None:
    u = cap(1.5)
    assert area_se(u, even(1, len(u)), even(SIZE, len(u)), SIZE) == pytest.approx(2 * SIZE)
    assert length_se(u, even(1, len(u)), even(0.003, len(u)), SIZE) == pytest.approx(0.003)


def test_skin_of_no_weight_does_not_count() -> None:
    u = np.concatenate([cap(0.2, 40), -cap(0.2, 40)])
    half = len(u) // 2
    weights = np.repeat([1.0, 0.0], half)
    sigma = np.repeat([0.01, 0.2], half)
    alone = area_se(u[:half], even(1, half), sigma[:half], SIZE)
    assert area_se(u, weights, sigma, SIZE) == pytest.approx(alone, rel=1e-3)


def test_a_long_line_is_summed_in_runs() -> None:
    def line(n: int) -> FloatArray:
        turn = np.linspace(0, 2, n)
        return np.stack([np.cos(turn), np.sin(turn), np.zeros(n)], axis=1)

    few, many = line(MOST), line(37 * MOST + 5)
    told = length_se(many, even(1, len(many)), even(0.01, len(many)), SIZE)
    assert told == pytest.approx(length_se(few, even(1, MOST), even(0.01, MOST), SIZE), rel=0.01)
