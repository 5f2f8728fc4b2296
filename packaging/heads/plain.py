"""What the head surface is measured against: one flat scale, and a plain ellipsoid."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import least_squares

from heads.protocol import Result, ViewResult, sticker_marks
from heads.scene import Scene
from studio.model.arrays import FloatArray
from studio.skin.head.camera import Camera
from studio.skin.head.fit import HeadFit

STEEPEST = math.cos(math.radians(78))


def flat(scene: Scene) -> Result:
    """The scale of the sticker on the forehead for every photo, as if the head were a board."""
    marks = sticker_marks(scene.sticker)
    scale = (10.0 / math.dist(marks[0], marks[1])) ** 2
    views = []
    for shot in scene.shots:
        if not len(shot.px):
            continue
        error = scale / shot.skin - 1
        total = float((scale - shot.skin).sum() / shot.skin.sum())
        views.append(ViewResult(shot.view, error, total, error[shot.nape]))
    return Result(tuple(views), np.empty(0), math.nan)


def ellipsoid(scene: Scene, fit: HeadFit) -> Result:
    """An upright ellipsoid through the same outlines and dots, with the fit's own cameras.

    That is kinder than life: its cameras come from the better surface.
    """
    centre, axes = _fitted(fit)
    views = []
    for shot in scene.shots:
        if shot.view not in fit.cameras or not len(shot.px):
            continue
        estimate = _area(centre, axes, fit.cameras[shot.view], shot.px)
        error = estimate / shot.skin - 1
        total = float((estimate - shot.skin).sum() / shot.skin.sum())
        views.append(ViewResult(shot.view, error, total, error[shot.nape]))
    return Result(tuple(views), np.empty(0), math.nan)


def _fitted(fit: HeadFit) -> tuple[FloatArray, FloatArray]:
    rays = _rays(fit)
    dots = np.array(list(fit.dots.values())).reshape(-1, 3)

    def residuals(unknown: FloatArray) -> FloatArray:
        centre, axes = unknown[:3], unknown[3:]
        size = float(np.cbrt(np.prod(axes)))
        found = [(np.linalg.norm((dots - centre) / axes, axis=1) - 1) * size]
        for origin, ray in rays:
            o, d = (origin - centre) / axes, ray / axes
            nearest = o - ((d @ o) / (d**2).sum(axis=1))[:, None] * d
            found.append((np.linalg.norm(nearest, axis=1) - 1) * size)
        return np.concatenate(found)

    start = np.array([0.0, 0, 0, 95, 75, 90])
    result = least_squares(residuals, start, loss="soft_l1", f_scale=2.0)
    return result.x[:3], result.x[3:]


def _rays(fit: HeadFit) -> Sequence[tuple[FloatArray, FloatArray]]:
    return [fit.cameras[v.view].rays(v.outline) for v in fit.views if len(v.outline)]


def _area(centre: FloatArray, axes: FloatArray, camera: Camera, px: FloatArray) -> FloatArray:
    """mm2 per pixel; rays that miss as where they come nearest, beyond 78 degrees as at 78."""
    origin, rays = camera.rays(px)
    o, d = (origin - centre) / axes, rays / axes
    dd, do = (d**2).sum(axis=1), d @ o
    root = do**2 - dd * (float(o @ o) - 1)
    depth = (-do - np.sqrt(np.maximum(root, 0))) / dd
    x = origin + depth[:, None] * rays - centre
    normal = x / axes**2
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    length = np.linalg.norm(rays, axis=1)
    facing = np.maximum(-(rays * normal).sum(axis=1) / length, STEEPEST)
    area: FloatArray = depth**2 / (length * camera.focal_px**2 * facing)
    return area
