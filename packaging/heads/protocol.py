"""The trial of the fit: simulated clicks on a scene, and how far the result is from truth."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from heads.scene import Scene, Shot
from studio.model.arrays import FloatArray
from studio.model.photo import Measurement, MeasurementKind, View
from studio.skin.head.camera import Camera
from studio.skin.head.inputs import SOFT, Length, Marked, Tape, ViewInputs
from studio.skin.head.surface import Surface


@dataclass(frozen=True)
class Noise:
    """Errors in pixels of 12 megapixels: clicks, soft landmarks on top, outline (white and
    correlated along it, half the variance each), one bias per photo, sticker; tape in mm,
    focal length as a share."""

    click: float = 4.0
    soft: float = 8.0
    outline: float = 5.0
    bias: float = 2.0
    sticker: float = 1.0
    tape: float = 1.2
    focal: float = 0.007
    points: int = 60


REAL = Noise()


def inputs(
    scene: Scene,
    rng: np.random.Generator,
    noise: Noise = REAL,
    *,
    dots: int = 7,
    views: tuple[View, ...] | None = None,
    focal: bool = True,
) -> list[ViewInputs]:
    """What a practitioner would have clicked."""
    told = math.exp(rng.normal(0, noise.focal))
    return [
        _view(shot, rng, noise, dots, shot.camera.focal_px * told if focal else None)
        for shot in scene.shots
        if views is None or shot.view in views
    ]


def lengths(scene: Scene, rng: np.random.Generator, noise: Noise = REAL) -> list[Length]:
    """Tape on the hat line and the sticker in the front photo."""
    found: list[Length] = [Tape(scene.tape_mm + rng.normal(0, noise.tape), noise.tape)]
    if len(scene.sticker) and any(s.view is View.FRONT for s in scene.shots):
        marks = sticker_marks(scene.sticker) + rng.normal(0, noise.sticker, (3, 2)) / math.sqrt(2)
        a, b, c = ((float(x), float(y)) for x, y in marks)
        found.append(
            Marked(
                View.FRONT,
                Measurement(
                    kind=MeasurementKind.STICKER,
                    points=(a, b, c),
                    size_mm=20.0,
                    size_se=0.1,
                    click_se=noise.sticker,
                ),
            )
        )
    return found


def sticker_marks(rim: FloatArray) -> FloatArray:
    """Centre, end of the long and of the short half axis of a rim (n, 2)."""
    (x, y), (d1, d2), angle = cv2.fitEllipse(rim.astype(np.float32))
    turned = math.radians(angle)
    along, across = (math.cos(turned), math.sin(turned)), (-math.sin(turned), math.cos(turned))
    axes = sorted(((d1, along), (d2, across)), reverse=True)
    ends = [(x + d / 2 * u[0], y + d / 2 * u[1]) for d, u in axes]
    return np.array([(x, y), *ends])


def _view(
    shot: Shot, rng: np.random.Generator, noise: Noise, dots: int, focal: float | None
) -> ViewInputs:
    def clicked(at: tuple[float, float], extra: float) -> tuple[float, float]:
        x, y = np.array(at) + rng.normal(0, 1, 2) * math.hypot(noise.click, extra)
        return float(x), float(y)

    return ViewInputs(
        view=shot.view,
        size=shot.size,
        focal_px=focal,
        landmarks={
            n: clicked(at, noise.soft if n in SOFT else 0) for n, at in shot.landmarks.items()
        },
        dots={i: clicked(at, 0) for i, at in shot.dots.items() if i < dots},
        outline=traced(shot.outline, rng, noise),
    )


def traced(contour: FloatArray, rng: np.random.Generator, noise: Noise) -> FloatArray:
    """Points evenly along a contour, displaced across it."""
    steps = np.hypot(*np.diff(contour, axis=0).T)
    gaps = steps > 60  # ears and the like lie between
    gone = np.concatenate([[0.0], np.cumsum(np.where(gaps, 0.0, steps))])
    wanted = np.linspace(0, gone[-1], noise.points)
    nearest = np.clip(np.searchsorted(gone, wanted), 0, len(contour) - 1)
    points = contour[nearest]
    middle = (contour.max(axis=0) + contour.min(axis=0)) / 2
    smooth = contour[np.clip(nearest + 6, 0, len(contour) - 1)]
    smooth = smooth - contour[np.clip(nearest - 6, 0, len(contour) - 1)]
    across = np.stack([smooth[:, 1], -smooth[:, 0]], axis=1)
    across /= np.maximum(np.hypot(*across.T), 1e-9)[:, None]
    across *= np.sign((across * (points - middle)).sum(axis=1))[:, None]
    length = 6.0
    kernel = np.exp(
        -np.abs(np.subtract.outer(np.arange(len(points)), np.arange(len(points)))) / length
    )
    correlated = np.linalg.cholesky(kernel + 1e-9 * np.eye(len(points))) @ rng.normal(
        0, 1, len(points)
    )
    white = rng.normal(0, 1, len(points))
    offset = noise.outline * (white + correlated) / math.sqrt(2) + rng.normal(0, noise.bias)
    return points + offset[:, None] * across


@dataclass(frozen=True, eq=False)
class ViewResult:
    """Errors of one view: area per pixel (shares, n), of the total, and the same at the nape."""

    view: View
    pixels: FloatArray
    total: float
    nape: FloatArray


@dataclass(frozen=True, eq=False)
class Result:
    """Errors of one trial. `hairline` are distances in mm, `length` a share."""

    views: tuple[ViewResult, ...]
    hairline: FloatArray
    length: float


def judge(scene: Scene, surface: Surface, cameras: Mapping[View, Camera]) -> Result:
    """A fitted head against the scene."""
    views = []
    for shot in scene.shots:
        if shot.view in cameras and len(shot.px):
            error = area_per_pixel(surface, cameras[shot.view], shot.px) / shot.skin - 1
            total = float((error * shot.skin).sum() / shot.skin.sum())
            views.append(ViewResult(shot.view, error, total, error[shot.nape]))
    distances, length = _hairline(scene, surface, cameras)
    return Result(tuple(views), distances, length)


def area_per_pixel(surface: Surface, camera: Camera, px: FloatArray) -> FloatArray:
    """Skin in mm2 per pixel; beyond 78 degrees as at 78; off the head as at its edge."""
    origin, rays = camera.rays(px)
    depth, seen = surface.hit(origin, rays)
    edge, _ = surface.nearest(origin, rays[~seen])
    depth[~seen] = edge
    x = origin + depth[:, None] * rays
    u = x / np.linalg.norm(x, axis=1, keepdims=True)
    slope = surface.table.sample(u)[1]
    normal = u - slope
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    length = np.linalg.norm(rays, axis=1)
    facing = np.maximum(-(rays * normal).sum(axis=1) / length, math.cos(math.radians(78)))
    area: FloatArray = depth**2 / (length * camera.focal_px**2 * facing)
    return area


def _hairline(
    scene: Scene, surface: Surface, cameras: Mapping[View, Camera]
) -> tuple[FloatArray, float]:
    """The hairline drawn in front: how far off it lands in the other photos, and its length."""
    if View.FRONT not in cameras:
        return np.empty(0), math.nan
    front = scene.shot(View.FRONT)
    truth = scene.hairline[front.hairline_seen]
    drawn, _ = front.camera.project(truth)
    origin, rays = cameras[View.FRONT].rays(drawn)
    depth, seen = surface.hit(origin, rays)
    x = origin + depth[:, None] * rays
    found = []
    for shot in scene.shots:
        if shot.view is View.FRONT or shot.view not in cameras:
            continue
        shown = shot.hairline_seen[front.hairline_seen] & seen
        if shown.sum() < 2:
            continue
        here, _ = cameras[shot.view].project(x[shown])
        there, far = shot.camera.project(truth)
        found.append(_to_line(here, there) * float(far.mean()) / shot.camera.focal_px)

    def along(points: FloatArray) -> float:
        return float(np.linalg.norm(np.diff(points, axis=0), axis=1).sum())

    length = along(x[seen]) / along(truth[seen]) - 1
    return np.concatenate(found) if found else np.empty(0), length


def _to_line(points: FloatArray, line: FloatArray) -> FloatArray:
    """Distance of points (n, 2) from a polyline (m, 2)."""
    first, along = line[:-1], np.diff(line, axis=0)
    offset = points[:, None] - first
    share = (offset * along).sum(axis=2) / np.maximum((along**2).sum(axis=1), 1e-12)
    nearest = first + np.clip(share, 0, 1)[..., None] * along
    distance: FloatArray = np.linalg.norm(points[:, None] - nearest, axis=2).min(axis=1)
    return distance
