"""The head and its cameras from what was marked in the photos."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.photo import View
from studio.model.refusal import Refusal
from studio.skin.head.camera import Camera
from studio.skin.head.inputs import FITTED_VIEWS, Length, ViewInputs
from studio.skin.head.prior import load_prior
from studio.skin.head.residuals import Problem
from studio.skin.head.scale import Reading, readings, weighted
from studio.skin.head.solve import Solution, solve
from studio.skin.head.start import nominal, start
from studio.skin.head.surface import Surface

FEWEST_MARKS = 3
"""Marks without which a view cannot be placed at all."""


@dataclass(frozen=True, eq=False, kw_only=True)
class HeadFit:
    """A fitted head in mm, or of a usual size while no length is known.

    `scale_se` is the standard error of the logarithm of its size, infinite while no length
    is known. `factor` is what the solution's own frame was multiplied by.
    """

    surface: Surface
    cameras: Mapping[View, Camera]
    landmarks: Mapping[str, FloatArray]
    dots: Mapping[int, FloatArray]
    lengths: tuple[Length, ...]
    readings: tuple[Reading, ...]
    factor: float
    scale_se: float
    solution: Solution

    @property
    def scaled(self) -> bool:
        """Whether any length is known."""
        return math.isfinite(self.scale_se)

    @property
    def views(self) -> tuple[ViewInputs, ...]:
        """What it was fitted from."""
        return self.solution.problem.views


def fit_head(views: Sequence[ViewInputs], lengths: Sequence[Length] = ()) -> HeadFit:
    """The head seen in `views`, its size from `lengths`.

    Raises Refusal where there is nothing to fit.
    """
    problem = _problem(views)
    return _finished(solve(problem, start(problem)), lengths)


def refit(
    before: HeadFit, views: Sequence[ViewInputs], lengths: Sequence[Length] | None = None
) -> HeadFit:
    """`fit_head` after a small change, started from the fit before, which is much faster."""
    lengths = before.lengths if lengths is None else lengths
    old = before.solution
    if [v.view for v in views] != [v.view for v in old.problem.views]:
        return fit_head(views, lengths)
    problem = _problem(views, old.problem.nominal)
    known = dict(zip(old.problem.labels, old.state.points, strict=True))
    if not set(problem.labels) <= set(known):
        known = dict(zip(problem.labels, start(problem).points, strict=True)) | known
    points = np.array([known[label] for label in problem.labels]).reshape(-1, 3)
    return _finished(solve(problem, replace(old.state, points=points)), lengths)


def _problem(views: Sequence[ViewInputs], turns: FloatArray | None = None) -> Problem:
    found = [v for v in views if len(v.landmarks) + len(v.dots) + len(v.outline)]
    if not found:
        raise Refusal("Nothing is marked yet. Mark the landmarks and the outline in each photo.")
    names = [v.view for v in found]
    if len(set(names)) < len(names):
        raise Refusal("Two photos show the same side. Keep one of each side for the head.")
    for view in found:
        _check(view)
    turns = np.array([nominal(v) for v in found]) if turns is None else turns
    return Problem(found, load_prior(), turns)


def _check(view: ViewInputs) -> None:
    if view.view not in FITTED_VIEWS:
        raise Refusal(f"A photo of the kind {view.view} cannot be used for the head.")
    prior = load_prior()
    for name in view.landmarks:
        if name not in prior.landmarks:
            raise Refusal(f"The head has no landmark called {name}. Use one of the named ones.")
    marks = [*view.landmarks.values(), *view.dots.values(), *view.outline]
    if not np.isfinite(np.array(marks, np.float64)).all():
        raise Refusal(f"A mark in the {view.view} photo is not a number. Set it again.")
    if len(marks) < FEWEST_MARKS or (view.focal_px is not None and not view.focal_px > 0):
        raise Refusal(f"The {view.view} photo has too few marks. Mark its landmarks and outline.")


def _finished(solution: Solution, lengths: Sequence[Length]) -> HeadFit:
    """The solution brought to its true size."""
    problem, state = solution.problem, solution.state
    model, cameras = Surface(state.coefficients), problem.cameras(state)
    marks = dict(zip(problem.names, state.points, strict=False))
    found = readings(lengths, model, cameras, marks)
    ratio, se = weighted(found)
    factor = math.exp(ratio)
    dots = state.points[len(problem.names) :]
    return HeadFit(
        surface=model.scaled(factor),
        cameras={v: c.scaled(factor) for v, c in cameras.items()},
        landmarks={n: x * factor for n, x in marks.items()},
        dots={n: x * factor for n, x in zip(problem.dots, dots, strict=True)},
        lengths=tuple(lengths),
        readings=found,
        factor=factor,
        scale_se=se,
        solution=solution,
    )
