"""Whether the stated errors are true: zones and hairlines measured on heads that are known."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from heads.protocol import area_per_pixel
from heads.scene import Scene, Shot
from studio.model.arrays import BoolArray, FloatArray
from studio.model.photo import View
from studio.skin.head.errors import Errors, napeness
from studio.skin.head.fit import HeadFit

TURNED = 0.1
"""A zone is measured in a photo that faces it nearly as much as any other (cosine)."""


@dataclass(frozen=True)
class Zone:
    """Logarithm of measured over true area, the stated standard error, and how much nape."""

    error: float
    se: float
    nape: float


def zones(
    scene: Scene, fit: HeadFit, errors: Errors, rng: np.random.Generator, count: int = 14
) -> list[Zone]:
    """Random round zones of 18 to 32 mm radius, each in a photo that faces it."""
    found: list[Zone] = []
    for _ in range(4 * count):
        shot = scene.shots[rng.integers(len(scene.shots))]
        if shot.view not in fit.cameras or len(shot.px) == 0:
            continue
        radius = rng.uniform(18, 32) * shot.camera.focal_px
        radius /= float(np.linalg.norm(shot.camera.position))
        inside = np.hypot(*(shot.px - shot.px[rng.integers(len(shot.px))]).T) < radius
        zone = _zone(shot, inside, fit, errors) if inside.sum() >= 20 else None
        if zone is not None:
            found.append(zone)
        if len(found) == count:
            break
    return found


def _zone(shot: Shot, inside: BoolArray, fit: HeadFit, errors: Errors) -> Zone | None:
    """One zone; None where its photo does not face it."""
    px, camera = shot.px[inside], fit.cameras[shot.view]
    measured = area_per_pixel(fit.surface, camera, px)
    origin, rays = camera.rays(px)
    depth, seen = fit.surface.hit(origin, rays)
    if seen.mean() < 0.9:
        return None
    x = origin + depth[seen, None] * rays[seen]
    u = x / np.linalg.norm(x, axis=1, keepdims=True)
    normals = fit.surface.normals(u)
    facing = {v: _facing(fit, v, x, normals) for v in fit.cameras}
    if facing[shot.view] < max(facing.values()) - TURNED:
        return None
    weights = measured[seen]
    nape = float(napeness(u) @ weights / weights.sum())
    error = math.log(measured.mean() / shot.skin[inside].mean())
    return Zone(error, errors.area_se(u, weights), nape)


def _facing(fit: HeadFit, view: View, x: FloatArray, normals: FloatArray) -> float:
    way = fit.cameras[view].position - x
    return float(((way * normals).sum(axis=1) / np.linalg.norm(way, axis=1)).mean())


def hairline_se(scene: Scene, fit: HeadFit, errors: Errors) -> float:
    """The stated relative standard error of the hairline's length, drawn in front."""
    front = scene.shot(View.FRONT)
    px, _ = front.camera.project(scene.hairline[front.hairline_seen])
    origin, rays = fit.cameras[View.FRONT].rays(px)
    depth, seen = fit.surface.hit(origin, rays)
    x = origin + depth[seen, None] * rays[seen]
    return float(errors.sigma(x / np.linalg.norm(x, axis=1, keepdims=True)).mean())
