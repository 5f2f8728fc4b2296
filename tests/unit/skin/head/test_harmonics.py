import math

import numpy as np
import pytest
from scipy.special import lpmv

from studio.model.arrays import FloatArray
from studio.skin.head.harmonics import gradients, harmonics, product, series, series_gradient, terms
from studio.skin.head.prior import sphere

POLES = np.array([[0.0, 0, 1], [0, 0, -1], [1, 0, 0], [0, 1, 0]])


def directions(count: int) -> FloatArray:
    raw = np.random.default_rng(3).normal(size=(count, 3))
    return np.concatenate([raw / np.linalg.norm(raw, axis=1, keepdims=True), POLES])


def test_they_are_scipys_with_mean_square_one() -> None:
    u = directions(50)
    azimuth = np.arctan2(u[:, 1], u[:, 0])
    for column, (n, m) in enumerate(terms()):
        order = abs(m)
        # scipy's Legendre functions have the sign (-1)^m of Condon and Shortley
        legendre = (-1.0) ** order * lpmv(order, n, u[:, 2])
        shares = math.factorial(n - order) / math.factorial(n + order)
        norm = math.sqrt((2 * n + 1) * (1 if m == 0 else 2) * shares)
        turn = np.sin(order * azimuth) if m < 0 else np.cos(order * azimuth)
        assert harmonics(u)[:, column] == pytest.approx(norm * legendre * turn, abs=1e-11)


def test_they_are_orthogonal() -> None:
    values = harmonics(sphere(20_000))
    assert values.T @ values / len(values) == pytest.approx(np.eye(81), abs=2e-3)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_gradients_are_the_slope_along_the_sphere_also_at_the_poles(axis: int) -> None:
    u = directions(40)
    way = np.eye(3)[axis] - u[:, [axis]] * u
    step = 1e-5
    ends = [u + s * step * way for s in (1, -1)]
    first, second = (harmonics(e / np.linalg.norm(e, axis=1, keepdims=True)) for e in ends)
    slope = np.einsum("nkj,nj->nk", gradients(u), way)
    assert slope == pytest.approx((first - second) / (2 * step), abs=1e-6)


def test_the_gradient_lies_in_the_sphere() -> None:
    u = directions(40)
    assert np.einsum("nkj,nj->nk", gradients(u), u) == pytest.approx(0.0, abs=1e-10)


def test_a_series_is_the_sum() -> None:
    u, coefficients = directions(60), np.random.default_rng(5).normal(size=81)
    value, slope = series_gradient(u, coefficients)
    expected = np.einsum("nk,k->n", harmonics(u), coefficients)
    assert series(u, coefficients) == pytest.approx(expected, abs=1e-10)
    assert value == pytest.approx(expected, abs=1e-10)
    assert slope == pytest.approx(np.einsum("nkj,k->nj", gradients(u), coefficients), abs=1e-9)


def test_terms_with_m_below_zero_change_sign_left_to_right() -> None:
    u = directions(30)
    sign = np.where(terms()[:, 1] < 0, -1, 1)
    assert harmonics(u * (1, -1, 1)) == pytest.approx(harmonics(u) * sign, abs=1e-12)


def test_a_product_in_pieces_is_the_product() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(5000, 9)), rng.normal(size=(9, 81))
    assert np.abs(product(a, b) - np.einsum("ij,jk->ik", a, b)).max() < 1e-12
