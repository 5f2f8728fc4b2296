"""The five views: pinhole cameras of an 85 mm-equivalent lens round the practice head."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .solids import Array

WIDTH, HEIGHT = 2400, 3200
FOCAL_35 = 85.0
FULL_FRAME_DIAGONAL = math.hypot(36.0, 24.0)


@dataclass(frozen=True, slots=True)
class View:
    """One camera: angles in degrees; distance to the aim, and the aim in the world, mm."""

    name: str
    yaw: float
    pitch: float
    roll: float
    distance: float
    aim: tuple[float, float, float]
    facing: str


VIEWS = (
    View("front", 1.6, 1.0, 0.6, 1150, (0, -52, -40), "towards the camera"),
    View("left", 88.5, 1.5, -0.7, 1160, (0, -52, -66), "to the left edge of the picture"),
    View("right", -88.0, 0.5, 0.8, 1160, (0, -52, -66), "to the right edge of the picture"),
    View("top", 1.5, 80.0, -1.0, 960, (0, 30, -62), "to the bottom edge of the picture"),
    View("back", 178.5, 3.0, 0.4, 1160, (0, -52, -70), "away from the camera"),
)


@dataclass(frozen=True, slots=True)
class Camera:
    """Pinhole: K (3, 3) in pixels, R (3, 3) world to camera (x right, y down, z ahead), mm."""

    k: NDArray[np.float64]
    r: NDArray[np.float64]
    centre: NDArray[np.float64]
    width: int
    height: int

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels (n, 2) of world points (n, 3); pixel centres are at whole numbers."""
        at = (points - self.centre) @ self.r.T @ self.k.T
        return np.asarray(at[:, :2] / at[:, 2:])

    def rays(self, px: NDArray[np.float64]) -> Array:
        """Unit world directions (n, 3) through pixels (n, 2)."""
        ahead = np.column_stack([
            (px[:, 0] - self.k[0, 2]) / self.k[0, 0],
            (px[:, 1] - self.k[1, 2]) / self.k[1, 1],
            np.ones(len(px)),
        ])  # fmt: skip
        world = ahead @ self.r
        return np.asarray(world / np.linalg.norm(world, axis=1, keepdims=True), np.float32)

    def scaled(self, factor: int) -> Camera:
        """The same view with pixels `factor` times as large; each is centred on its block."""
        k = self.k.copy()
        k[:2] /= factor
        k[:2, 2] += (1 / factor - 1) / 2
        return Camera(k, self.r, self.centre, self.width // factor, self.height // factor)


def camera(view: View) -> Camera:
    """The full-size camera of a view: 85 mm on the 43.27 mm diagonal of full frame."""
    yaw, pitch, roll = (math.radians(a) for a in (view.yaw, view.pitch, view.roll))
    out = np.array([
        math.sin(yaw) * math.cos(pitch), math.sin(pitch), math.cos(yaw) * math.cos(pitch),
    ])  # fmt: skip
    centre = np.array(view.aim) + view.distance * out
    right = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
    down = np.cross(-out, right)
    c, s = math.cos(roll), math.sin(roll)
    r = np.array([c * right + s * down, c * down - s * right, -out])
    f = FOCAL_35 / FULL_FRAME_DIAGONAL * math.hypot(WIDTH, HEIGHT)
    k = np.array([[f, 0, (WIDTH - 1) / 2], [0, f, (HEIGHT - 1) / 2], [0, 0, 1]])
    return Camera(k, r, centre, WIDTH, HEIGHT)
