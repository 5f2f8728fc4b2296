"""How far a head and its cameras are from what was marked, with all derivatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from studio.model.arrays import BoolArray, FloatArray, IntArray
from studio.model.photo import View
from studio.skin.head.camera import Camera
from studio.skin.head.harmonics import harmonics, product, series, series_gradient
from studio.skin.head.inputs import SOFT, SOFT_MM, ViewInputs
from studio.skin.head.prior import Prior
from studio.skin.head.state import State, turning

DOT_MM = 0.25
"""How far a dot may lie off a surface of degree 8."""

OUTLINE_SHARE = 2.2
"""An outline point counts as this much worse than traced: neighbours err alike."""

BIAS_MM = 0.15
"""Spread of how far one photo's outline lies outside the skin all along, mm."""

POSE_SD = 0.2
KNOWN_FOCAL, FREE_FOCAL = 0.01, 0.4
"""Spread of the logarithm of the focal length, from the photo's metadata or unknown."""

ROBUST = 2.5
"""Points further off than this many standard errors count for less and less."""


class Problem:
    """The inputs of all views laid out in arrays, and what is expected beforehand."""

    def __init__(self, views: Sequence[ViewInputs], prior: Prior, nominal: FloatArray) -> None:
        self.views, self.prior, self.nominal = tuple(views), prior, nominal
        names = {n for v in views for n in v.landmarks}
        self.names = [n for n in prior.landmarks if n in names]
        self.dots = sorted({n for v in views for n in v.dots})
        self.group = np.array([0 if v.focal_px is not None else 1 for v in views], np.int64)
        self.focal = np.array([v.focal_px or guessed_focal(v) for v in views])
        self.centres = np.array([v.centre for v in views])
        self.precision = np.linalg.inv(prior.covariance)
        self._clicks()
        self._outlines()

    @property
    def unknowns(self) -> int:
        """How many numbers are fitted."""
        v = len(self.views)
        return len(self.prior.mean) + 3 * (len(self.names) + len(self.dots)) + 7 * v + 2

    @property
    def labels(self) -> list[str]:
        """What each point is, in order: landmarks by name, dots by number."""
        return [*self.names, *(f"dot {n}" for n in self.dots)]

    @cached_property
    def root(self) -> FloatArray:
        """Upper factor of the shape's precision."""
        factor: FloatArray = np.linalg.cholesky(self.precision).T
        return factor

    @cached_property
    def places(self) -> FloatArray:
        """Where every landmark is expected, and its standard deviations, (marks, 2, 3)."""
        found = np.array([self.prior.landmarks[n] for n in self.names])
        return found.reshape(len(self.names), 2, 3)

    @cached_property
    def expected(self) -> FloatArray:
        """Derivatives (n, unknowns) of `expectations`: a turn counts as its own vector."""
        points, poses, bias, focals = _columns(self)
        marks, v, turn = 3 * len(self.names), len(self.views), np.arange(3)
        rows = points + marks + 3 * v + v + 2
        slope = np.zeros((rows, self.unknowns))
        slope[:points, :points] = self.root
        at = points
        slope[at + np.arange(marks), points + np.arange(marks)] = 1 / self.places[:, 1].reshape(-1)
        at += marks
        for i in range(v):
            slope[at + 3 * i + turn, poses + 6 * i + turn] = 1 / POSE_SD
        at += 3 * v
        slope[at + np.arange(v), bias + np.arange(v)] = 1 / BIAS_MM
        at += v
        slope[at + np.arange(2), focals + np.arange(2)] = 1 / np.array([KNOWN_FOCAL, FREE_FOCAL])
        return slope

    @cached_property
    def information(self) -> FloatArray:
        """What the expectations alone tell of the unknowns, (unknowns, unknowns)."""
        return product(self.expected.T, self.expected)

    def _clicks(self) -> None:
        rows = []
        for i, view in enumerate(self.views):
            for name, at in view.landmarks.items():
                rows.append((i, self.names.index(name), *at, view.click_px, name in SOFT))
            first = len(self.names)
            for number, at in view.dots.items():
                rows.append((i, first + self.dots.index(number), *at, view.click_px, False))
        table = np.array(rows, np.float64).reshape(-1, 6)
        self.click_view: IntArray = table[:, 0].astype(np.int64)
        self.click_point: IntArray = table[:, 1].astype(np.int64)
        self.click_at = table[:, 2:4]
        self.click_px = table[:, 4]
        self.click_soft: BoolArray = table[:, 5] > 0

    def _outlines(self) -> None:
        counts = [len(v.outline) for v in self.views]
        self.outline_view: IntArray = np.repeat(np.arange(len(counts)), counts)
        self.outline_at = np.concatenate([v.outline for v in self.views]).reshape(-1, 2)
        crowd = np.sqrt(np.maximum(1.0, np.array(counts) / 60))
        se = np.array([v.trace_px for v in self.views]) * OUTLINE_SHARE * crowd
        self.outline_px = se[self.outline_view]
        self.hair = np.array([v.hair_mm for v in self.views])

    def focals(self, state: State) -> FloatArray:
        """Focal length of every view in pixels."""
        result: FloatArray = self.focal * np.exp(state.log_focal[state.group])
        return result

    def cameras(self, state: State) -> dict[View, Camera]:
        """The cameras of a state by view."""
        return {
            view.view: Camera(state.rotations[i], state.translations[i], float(focal), view.centre)
            for i, (view, focal) in enumerate(zip(self.views, self.focals(state), strict=True))
        }


def guessed_focal(view: ViewInputs) -> float:
    """A focal length to start from: 50 mm equivalent."""
    return float(50 / np.hypot(36, 24) * np.hypot(*view.size))


@dataclass(frozen=True, eq=False)
class Block:
    """Residuals over their standard errors, (n, d), with derivatives (n, d, unknowns).

    Rows are robust or not; a row is one point.
    """

    name: str
    value: FloatArray
    slope: FloatArray
    robust: bool


def blocks(problem: Problem, state: State) -> list[Block]:
    """All residuals of a state."""
    found = [clicks(problem, state), on_surface(problem, state), outlines(problem, state)]
    return [*found, expectations(problem, state)]


def _columns(problem: Problem) -> tuple[int, int, int, int]:
    """Where points, poses, biases and focal lengths begin among the unknowns."""
    points = len(problem.prior.mean)
    poses = points + 3 * (len(problem.names) + len(problem.dots))
    bias = poses + 6 * len(problem.views)
    return points, poses, bias, bias + len(problem.views)


def clicks(problem: Problem, state: State) -> Block:
    """Landmarks and dots against their clicks."""
    i, j = problem.click_view, problem.click_point
    n = len(i)
    rotation, focal = state.rotations[i], problem.focals(state)[i]
    turned = np.einsum("nij,nj->ni", rotation, state.points[j])
    seen = turned + state.translations[i]
    flat = seen[:, :2] / seen[:, 2:]
    px_per_mm = focal / seen[:, 2]
    se = np.hypot(problem.click_px, problem.click_soft * SOFT_MM * px_per_mm)
    value = (flat * focal[:, None] + problem.centres[i] - problem.click_at) / se[:, None]
    to_px = np.zeros((n, 2, 3))
    to_px[:, 0, 0] = to_px[:, 1, 1] = 1
    to_px[:, :, 2] = -flat
    to_px *= (px_per_mm / se)[:, None, None]
    slope = np.zeros((n, 2, problem.unknowns))
    points, poses, _, focals = _columns(problem)
    row = np.arange(n)[:, None]
    by_point = to_px @ rotation
    by_turn = np.stack([np.cross(np.eye(3)[k], turned) for k in range(3)], axis=2)
    axes = np.arange(3)
    for d in range(2):
        slope[row, d, points + 3 * j[:, None] + axes] = by_point[:, d]
        slope[row, d, poses + 6 * i[:, None] + axes] = (to_px @ by_turn)[:, d]
        slope[row, d, poses + 6 * i[:, None] + 3 + axes] = to_px[:, d]
        by_focal = flat[:, d] * focal / se + to_px[:, d, 2] * state.translations[i, 2]
        slope[row[:, 0], d, focals + state.group[i]] = by_focal
    return Block("click", value, slope, robust=True)


def on_surface(problem: Problem, state: State) -> Block:
    """Dots against the skin."""
    first = len(problem.names)
    x = state.points[first:]
    n = len(x)
    slope = np.zeros((n, 1, problem.unknowns))
    if n == 0:
        return Block("dot", np.zeros((0, 1)), slope, robust=True)
    r = np.linalg.norm(x, axis=1)
    u = x / r[:, None]
    basis = harmonics(u)
    level, tangent = series_gradient(u, state.coefficients)
    steep = (u - tangent) / r[:, None]
    size = np.linalg.norm(steep, axis=1)
    value = (np.log(r) - level) / (size * DOT_MM)
    slope[:, 0, : basis.shape[1]] = -basis / (size * DOT_MM)[:, None]
    points = _columns(problem)[0] + 3 * first
    at = points + 3 * np.arange(n)[:, None] + np.arange(3)
    slope[np.arange(n)[:, None], 0, at] = steep / (size * DOT_MM)[:, None]
    return Block("dot", value[:, None], slope, robust=True)


def outlines(problem: Problem, state: State) -> Block:
    """Rays of outline points against the skin they touch."""
    i = problem.outline_view
    n = len(i)
    slope = np.zeros((n, 1, problem.unknowns))
    if n == 0:
        return Block("outline", np.zeros((0, 1)), slope, robust=True)
    rotation, focal = state.rotations[i], problem.focals(state)[i]
    flat = (problem.outline_at - problem.centres[i]) / focal[:, None]
    deep = np.concatenate([flat, np.ones((n, 1))], axis=1)
    shift = state.translations[i]
    origin = -np.einsum("nji,nj->ni", rotation, shift)
    ray = np.einsum("nji,nj->ni", rotation, deep)
    t = touching(state.coefficients, origin, ray)
    x = origin + t[:, None] * ray
    r = np.linalg.norm(x, axis=1)
    u = x / r[:, None]
    basis = harmonics(u)
    level, tangent = series_gradient(u, state.coefficients)
    steep = (u - tangent) / r[:, None]
    size = np.linalg.norm(steep, axis=1)
    gap_mm = (np.log(r) - level) / size
    # px per mm at the touched point, over the standard error
    weight = focal / (t * problem.outline_px)
    value = (gap_mm - state.bias[i] - problem.hair[i]) * weight
    factor = (weight / size)[:, None]
    slope[:, 0, : basis.shape[1]] = -basis * factor
    _, poses, bias, focals = _columns(problem)
    row, axes = np.arange(n)[:, None], np.arange(3)
    turned_steep = np.einsum("nij,nj->ni", rotation, steep)
    arm = t[:, None] * deep - shift
    slope[row, 0, poses + 6 * i[:, None] + axes] = np.cross(turned_steep, arm) * factor
    slope[row, 0, poses + 6 * i[:, None] + 3 + axes] = -turned_steep * factor
    slope[row[:, 0], 0, bias + i] = -weight
    by_focal = -t * (turned_steep[:, :2] * flat).sum(axis=1) - turned_steep[:, 2] * shift[:, 2]
    slope[row[:, 0], 0, focals + state.group[i]] = by_focal * factor[:, 0]
    return Block("outline", value[:, None], slope, robust=True)


def touching(coefficients: FloatArray, origin: FloatArray, ray: FloatArray) -> FloatArray:
    """t where origin + t ray is nearest to the skin, by its implicit function. Shapes (n, 3)."""
    squared = (ray**2).sum(axis=1)
    t: FloatArray = -(origin * ray).sum(axis=1) / squared
    step = 1 / np.sqrt(squared)

    def along(tries: FloatArray) -> FloatArray:
        x = (origin[:, None] + tries[:, :, None] * ray[:, None]).reshape(-1, 3)
        r = np.linalg.norm(x, axis=1)
        value: FloatArray = np.log(r) - series(x / r[:, None], coefficients)
        return value.reshape(tries.shape)

    for reach, count in ((70.0, 9), (9.0, 3), (2.0, 3)):
        offsets = np.linspace(-reach, reach, count)
        tries = t[:, None] + offsets * step[:, None]
        values = along(tries)
        best = np.clip(values.argmin(axis=1), 1, count - 2)
        row = np.arange(len(t))
        left, middle, right = values[row, best - 1], values[row, best], values[row, best + 1]
        bend = np.maximum(left - 2 * middle + right, 1e-9)
        shift = np.clip((left - right) / (2 * bend), -1.5, 1.5) * (offsets[1] - offsets[0])
        t = tries[row, best] + shift * step
    return t


def expectations(problem: Problem, state: State) -> Block:
    """What is expected beforehand of shape, landmarks, poses, biases and focal length.

    Its derivatives are the same in every state: `Problem.expected`.
    """
    marks = len(problem.names)
    places = problem.places
    turns = [
        turning(rotation @ usual.T) / POSE_SD
        for rotation, usual in zip(state.rotations, problem.nominal, strict=True)
    ]
    values = (
        problem.root @ (state.coefficients - problem.prior.mean),
        ((state.points[:marks] - places[:, 0]) / places[:, 1]).reshape(-1),
        *turns,
        state.bias / BIAS_MM,
        state.log_focal / (KNOWN_FOCAL, FREE_FOCAL),
    )
    return Block("prior", np.concatenate(values)[:, None], problem.expected[:, None], robust=False)
