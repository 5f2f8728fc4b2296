"""Levenberg-Marquardt for the head: sparse enough to be worth its own forty lines.

scipy.optimize.least_squares needs the whole Jacobian and its factorisation at every step
(three times as long here), weighs every residual alike in its robust losses, and does not
hand out the information matrix that the error bars need.
"""

from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray, IntArray
from studio.skin.head.harmonics import product
from studio.skin.head.residuals import ROBUST, Problem, blocks
from studio.skin.head.state import State

ENOUGH = 0.1
"""A step that lowers the sum of squares by less ends the search: no unknown then moves
by a notable part of its standard error."""

MOST_STEPS = 60


@dataclass(frozen=True, eq=False)
class Solution:
    """The best state, the sum of squares there, and the information on all but the points.

    `information` has an order of unknowns of its own: coefficients, then poses of each
    view, then biases, then focal lengths; points follow the rest.
    """

    problem: Problem
    state: State
    cost: float
    information: FloatArray
    steps: int


def solve(problem: Problem, state: State) -> Solution:
    """The state of least residuals, searched from `state`."""
    damping, steps = 1e-3, 0
    cost, normal, pull = _normal(problem, state)
    for steps in range(1, MOST_STEPS + 1):  # noqa: B007
        tried = state.moved(_step(problem, normal, pull, damping))
        new_cost, new_normal, new_pull = _normal(problem, tried)
        if not new_cost <= cost:
            damping *= 10
            if damping > 100:
                break
            continue
        gain, cost = cost - new_cost, new_cost
        state, normal, pull = tried, new_normal, new_pull
        damping = max(damping / 10, 1e-5)
        if gain < ENOUGH:
            break
    rest, points = _split(problem)
    return Solution(problem, state, cost, _reduce(normal, rest, points)[0], steps)


def _step(problem: Problem, normal: FloatArray, pull: FloatArray, damping: float) -> FloatArray:
    """The damped step. Points do not know of one another: they are eliminated first."""
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415

    rest, points = _split(problem)
    damped = normal + np.diag(normal.diagonal() * damping)
    reduced, carried, inverse = _reduce(damped, rest, points)
    step = np.empty_like(pull)
    step[rest] = -cho_solve(cho_factor(reduced), pull[rest] - carried @ pull[points])
    step[points] = -inverse @ pull[points] - carried.T @ step[rest]
    return step


def _split(problem: Problem) -> tuple[IntArray, IntArray]:
    """Indices of the unknowns that are not points, and of those that are."""
    first = len(problem.prior.mean)
    last = first + 3 * (len(problem.names) + len(problem.dots))
    every = np.arange(problem.unknowns)
    return np.concatenate([every[:first], every[last:]]), every[first:last]


def _reduce(
    normal: FloatArray, rest: IntArray, points: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Schur complement: the information on the rest while the points follow."""
    n = len(points) // 3
    own = np.arange(n)
    blocks_of = normal[points[:, None], points].reshape(n, 3, n, 3)[own, :, own]
    spread = np.zeros((n, 3, n, 3))
    spread[own, :, own] = np.linalg.inv(blocks_of)
    inverse = spread.reshape(3 * n, 3 * n)
    across = normal[rest[:, None], points]
    carried = product(across, inverse) if n else across
    left = product(carried, across.T) if n else 0.0
    return normal[rest[:, None], rest] - left, carried, inverse


def _normal(problem: Problem, state: State) -> tuple[float, FloatArray, FloatArray]:
    """Robust sum of squares, and the weighted normal equations."""
    cost, normal, pull = 0.0, problem.information.copy(), np.zeros(problem.unknowns)
    for block in blocks(problem, state):
        squared = (block.value**2).sum(axis=1)
        if not block.robust:
            cost += float(squared.sum())
            pull += block.value.reshape(-1) @ block.slope.reshape(-1, problem.unknowns)
            continue
        cost += float(ROBUST**2 * np.log1p(squared / ROBUST**2).sum())
        weight = np.repeat(1 / np.sqrt(1 + squared / ROBUST**2), block.value.shape[1])
        slope = block.slope.reshape(-1, problem.unknowns)
        used = np.flatnonzero(slope.any(axis=0))
        if len(used) == 0:
            continue
        j = slope[:, used] * weight[:, None]
        normal[np.ix_(used, used)] += product(j.T, j)
        pull[used] += (block.value.reshape(-1) * weight) @ j
    return cost, normal, pull
