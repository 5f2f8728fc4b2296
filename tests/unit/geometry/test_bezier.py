"""Bézier maths against scipy, numpy and closed forms."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.interpolate import BPoly

from studio.geometry.bezier import (
    bounds,
    chart_length,
    controls,
    derivative,
    evaluate,
    flatten,
    nearest,
    split,
)
from studio.model.curve import Node

WAVE = (
    Node((0.0, 0.0), None, (10.0, -25.0)),
    Node((40.0, 5.0), (28.0, -20.0), (52.0, 30.0)),
    Node((90.0, 0.0), (70.0, 22.0), None),
)
KAPPA = 4 / 3 * (math.sqrt(2) - 1)


def circle(radius: float) -> tuple[Node, ...]:
    k = KAPPA * radius
    r = radius
    return (
        Node((r, 0.0), (r, -k), (r, k)),
        Node((0.0, r), (k, r), (-k, r)),
        Node((-r, 0.0), (-r, k), (-r, -k)),
        Node((0.0, -r), (-k, -r), (k, -r)),
    )


def test_evaluate_and_derivative_agree_with_scipy() -> None:
    t = np.linspace(0, 1, 21)
    for segment in controls(WAVE):
        truth = BPoly(segment[:, None, :], [0, 1])
        np.testing.assert_allclose(evaluate(segment, t), truth(t), atol=1e-12)
        np.testing.assert_allclose(derivative(segment, t), truth.derivative()(t), atol=1e-10)


@pytest.mark.parametrize("closed", [False, True])
def test_length_agrees_with_adaptive_quadrature(closed: bool) -> None:
    truth = sum(
        quad(lambda t, s=s: float(np.hypot(*derivative(s, np.array([t]))[0])), 0, 1)[0]
        for s in controls(WAVE, closed=closed)
    )
    assert chart_length(WAVE, closed=closed) == pytest.approx(truth, rel=1e-7)


@pytest.mark.parametrize("tolerance", [0.5, 0.02, 0.001])
def test_flattened_curve_stays_within_tolerance(tolerance: float) -> None:
    line = flatten(circle(40.0), closed=True, tolerance=tolerance)
    middles = (line[1:] + line[:-1]) / 2
    dense = np.hypot(
        *evaluate(controls(circle(40.0), closed=True), np.linspace(0, 1, 99)).reshape(-1, 2).T
    )
    assert np.hypot(*middles.T).min() >= dense.min() - tolerance
    assert np.array_equal(line[0], line[-1])


def test_closed_curve_ends_on_its_start_and_a_lone_node_is_one_point() -> None:
    assert flatten((Node((1.0, 2.0)),)).tolist() == [[1.0, 2.0]]
    assert flatten(()).shape == (0, 2)
    assert flatten(WAVE)[-1].tolist() == [90.0, 0.0]


@pytest.mark.parametrize("t", [0.0, 0.2, 0.5, 0.97, 1.0])
def test_split_halves_draw_the_same_segment(t: float) -> None:
    segment = controls(WAVE)[0]
    left, right = split(segment, t)
    u = np.linspace(0, 1, 11)
    np.testing.assert_allclose(evaluate(left, u), evaluate(segment, u * t), atol=1e-12)
    np.testing.assert_allclose(evaluate(right, u), evaluate(segment, t + u * (1 - t)), atol=1e-12)


@pytest.mark.parametrize("angle", [0.1, 1.0, 2.5, 4.0, 6.0])
@pytest.mark.parametrize("radius", [30.0, 55.0])
def test_nearest_on_a_circle_is_the_foot_of_the_radius(angle: float, radius: float) -> None:
    point = (radius * math.cos(angle), radius * math.sin(angle))
    found = nearest(circle(40.0), point, closed=True)
    assert found.distance == pytest.approx(abs(40.0 - radius), abs=0.02)
    assert math.dist(found.at, (40 * math.cos(angle), 40 * math.sin(angle))) < 0.05
    segment = controls(circle(40.0), closed=True)[found.segment]
    assert evaluate(segment, np.array([found.t]))[0].tolist() == pytest.approx(list(found.at))


def test_nearest_beats_a_dense_search() -> None:
    rng = np.random.default_rng(5)
    dense = evaluate(controls(WAVE), np.linspace(0, 1, 4001)).reshape(-1, 2)
    for x, y in rng.uniform((-20, -40), (110, 40), (60, 2)).tolist():
        truth = float(np.hypot(*(dense - (x, y)).T).min())
        assert nearest(WAVE, (x, y)).distance <= truth + 1e-6


def test_bounds_are_those_of_a_dense_sampling() -> None:
    dense = evaluate(controls(WAVE), np.linspace(0, 1, 5001)).reshape(-1, 2)
    truth = (*dense.min(axis=0), *dense.max(axis=0))
    assert bounds(WAVE) == pytest.approx(truth, abs=1e-4)
