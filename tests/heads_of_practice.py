"""The practice head as a fitted head: its true shape and its true cameras."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from studio.editing.edits.head import set_head
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.head import Head, HeadCamera
from studio.model.ids import Id
from studio.model.photo import View
from studio.model.resources import resource
from studio.practice import VIEWS
from studio.skin.head.harmonics import harmonics
from studio.skin.head.prior import load_prior
from tests.planes_of_practice import practice_on_planes

TURN = np.array([(0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)])
"""World (x to the subject's left, y up, z ahead) to head frame (ahead, left, up)."""

STEP_PX, FIRST_PX = 16, 7.5
NOISE = 0.004
"""Spread of log radius about degree 8 that the fit allows: 0.3 mm, as neighbours go together."""


@cache
def practice_on_head() -> tuple[Case, dict[str, bytes]]:
    """The practice case with its design laid onto the head, and its pictures by SHA-256."""
    case, pictures = practice_on_planes()
    return set_head(case, practice_head({photo.view: photo.id for photo in case.photos})), pictures


def practice_head(photos: Mapping[View, Id]) -> Head:
    """The true head, with a camera for each of these photos."""
    return Head(
        coefficients=_coefficients(),
        cameras=tuple(replace(_camera(view), photo=photo) for view, photo in photos.items()),
        size_se=0.015,
    )


@cache
def truth(view: View) -> dict[str, Any]:
    """What is known of a view."""
    path = resource(f"practice/{view.value}.json")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def to_head(world: FloatArray) -> FloatArray:
    """Places (n, 3) of the world in the head frame, mm."""
    marks = truth(View.FRONT)["landmarks"]
    between = (np.array(marks["tragus_L"]["xyz_mm"]) + marks["tragus_R"]["xyz_mm"]) / 2
    origin = between + np.array([0.0, 45.0, -15.0])
    placed: FloatArray = (np.asarray(world) - origin) @ TURN.T
    return placed


def _camera(view: View) -> HeadCamera:
    k = np.array(truth(view)["K"])
    rotation = np.array(truth(view)["R_world_to_cam"]) @ TURN.T
    place = to_head(np.array([truth(view)["camera_centre_mm"]]))[0]
    x, y, z = (-rotation @ place).tolist()
    return HeadCamera(
        photo=view.value,
        rotation=tuple(rotation.ravel().tolist()),
        translation=(x, y, z),
        focal=float(k[0, 0]),
        # marks in photos count from a pixel's corner, the truth from its middle
        centre=(float(k[0, 2]) + 0.5, float(k[1, 2]) + 0.5),
    )


@cache
def _coefficients() -> tuple[float, ...]:
    """Degree 8 by least squares through the true skin of scalp and forehead, held by the prior."""
    skin = to_head(np.concatenate([_skin(view) for view in VIEWS]))
    size = np.linalg.norm(skin, axis=1)
    basis = harmonics(skin / size[:, None])
    prior = load_prior()
    weight = min(1.0, 3000 / len(skin)) / NOISE**2
    held = np.linalg.inv(prior.covariance)
    normal = weight * basis.T @ basis + held
    found = np.linalg.solve(normal, weight * basis.T @ np.log(size) + held @ prior.mean)
    return tuple(found.tolist())


def _skin(view: View) -> FloatArray:
    """Places (n, 3) of the world where a view shows scalp, forehead or nape."""
    known = truth(view)
    with np.load(resource(f"practice/{view.value}_truth.npz")) as grids:
        depth = np.asarray(grids["depth_mm"], dtype=np.float64)
        turned = np.asarray(grids["incidence_deg"], dtype=np.float64)
        scalp = np.asarray(grids["scalp"]) > 0
    row, column = np.nonzero(np.isfinite(depth) & (np.nan_to_num(turned, nan=90.0) < 75))
    px = np.stack([column * STEP_PX + FIRST_PX, row * STEP_PX + FIRST_PX], axis=1)
    k = np.array(known["K"])
    flat = (px - k[:2, 2]) / k[0, 0]
    seen = np.concatenate([flat, np.ones((len(flat), 1))], axis=1) * depth[row, column, None]
    world = seen @ np.array(known["R_world_to_cam"]) + known["camera_centre_mm"]
    x, y, z = world.T
    forehead = (y > 22) & (z > -60)
    nape = (y > -50) & (z < -120) & (np.abs(x) < 50)
    held: FloatArray = world[scalp[row, column] | forehead | nape]
    return held
