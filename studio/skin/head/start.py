"""Where the search for the head begins: nominal sides, a usual head, cameras by least squares."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.photo import View
from studio.skin.head.inputs import ViewInputs
from studio.skin.head.prior import sphere
from studio.skin.head.residuals import Problem
from studio.skin.head.state import State
from studio.skin.head.surface import Surface

NOMINAL: Mapping[View, FloatArray] = {
    View.FRONT: np.array([[0.0, 1, 0], [0, 0, -1], [-1, 0, 0]]),
    View.LEFT: np.array([[-1.0, 0, 0], [0, 0, -1], [0, -1, 0]]),
    View.RIGHT: np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]),
    View.TOP: np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, -1]]),
    View.BACK: np.array([[0.0, -1, 0], [0, 0, -1], [1, 0, 0]]),
}
"""Head frame to camera for a photo taken straight from that side; from above with the
face at the bottom of the picture."""

NEAREST_MM, FARTHEST_MM = 200.0, 6000.0


def nominal(view: ViewInputs) -> FloatArray:
    """Where a photo is taken to be from; one from above may stand on its head."""
    turn = NOMINAL[view.view]
    nose = view.landmarks.get("pronasale")
    if view.view is not View.TOP or nose is None or not len(view.outline):
        return turn
    upside_down = nose[1] < view.outline[:, 1].mean()
    return np.diag([-1.0, -1.0, 1.0]) @ turn if upside_down else turn


def start(problem: Problem) -> State:
    """A first state: everything usual, each camera where its marks put it."""
    prior = problem.prior
    marks = np.array([prior.landmarks[n][0] for n in problem.names]).reshape(-1, 3)
    surface = Surface(prior.mean)
    skin = surface.points(sphere(400))
    places = [_place(problem, i, marks, skin) for i in range(len(problem.views))]
    state = State(
        prior.mean.copy(),
        np.concatenate([marks, np.zeros((len(problem.dots), 3))]),
        problem.nominal.copy(),
        np.array(places),
        np.zeros(len(problem.views)),
        np.zeros(2),
        problem.group,
    )
    return replace(state, points=_with_dots(problem, state, surface))


def _place(problem: Problem, i: int, marks: FloatArray, skin: FloatArray) -> FloatArray:
    """Where a camera stands, from landmarks and the ends of the outline.

    Linear: (R x + T) in the camera obeys flat * (z + T_z) = (x or y) + T_(x or y).
    """
    view, rotation = problem.views[i], problem.nominal[i]
    pairs = [
        (marks[problem.names.index(name)], axis, at[axis])
        for name, at in view.landmarks.items()
        for axis in range(2)
    ]
    if len(view.outline):
        for axis, way in ((0, -1), (0, 1), (1, -1)):
            end = skin[(skin @ rotation[axis] * way).argmax()]
            # as much as three landmarks: it is all that a bare view has
            pairs += [(end, axis, float((view.outline[:, axis] * way).max() * way))] * 3
    rows, right = np.zeros((len(pairs), 3)), np.zeros(len(pairs))
    for k, (x, axis, px) in enumerate(pairs):
        seen = rotation @ x
        flat = (px - view.centre[axis]) / problem.focal[i]
        rows[k, axis], rows[k, 2] = 1, -flat
        right[k] = flat * seen[2] - seen[axis]
    place = np.asarray(np.linalg.lstsq(rows, right, rcond=None)[0], np.float64)
    place[2] = np.clip(place[2], NEAREST_MM, FARTHEST_MM)
    return place


def _with_dots(problem: Problem, state: State, surface: Surface) -> FloatArray:
    """Landmarks, and dots where the rays of their clicks meet the usual head."""
    points = state.points.copy()
    cameras = problem.cameras(state)
    for k, number in enumerate(problem.dots):
        found = []
        for view in problem.views:
            if number in view.dots:
                origin, ray = cameras[view.view].rays(np.array([view.dots[number]]))
                depth, seen = surface.hit(origin, ray)
                if not seen[0]:
                    depth = surface.nearest(origin, ray)[0]
                found.append(origin + depth[0] * ray[0])
        middle = np.mean(found, axis=0)
        points[len(problem.names) + k] = surface.points((middle / np.linalg.norm(middle))[None])[0]
    return points
