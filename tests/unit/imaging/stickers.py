"""Stickers seen by a pinhole camera: drawn from the design by supersampling, in linear light."""

import math
from dataclasses import dataclass, field

import numpy as np

from studio.model.arrays import ByteArray, FloatArray
from studio.model.sticker import RADIUS_MM, RING_MM, TARGET_RADIUS_MM

SKIN = (200.0, 160.0, 140.0)
DISTANCE_MM = 600.0


def linear(coded: FloatArray | tuple[float, ...] | float) -> FloatArray:
    """sRGB values 0 to 255 to light 0 to 1."""
    share = np.asarray(coded, np.float64) / 255
    light: FloatArray = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return light


def coded(light: FloatArray) -> FloatArray:
    """Light 0 to 1 to sRGB values 0 to 255."""
    low, high = light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055
    values: FloatArray = 255 * np.clip(np.where(light <= 0.0031308, low, high), 0, 1)
    return values


@dataclass(frozen=True)
class Seen:
    """How a sticker is seen: `across` pixels if it faced the camera, angles in degrees."""

    across: float
    tilt: float = 0.0
    towards: float = 20.0
    turn: float = 35.0
    blur: float = 0.9
    noise: float = 3.0
    ink: float = 40.0
    paper: float = 245.0
    skin: tuple[float, float, float] = SKIN
    ring_mm: float = RING_MM
    target_mm: float = TARGET_RADIUS_MM
    size: int = 0
    off: tuple[float, float] = field(default=(0.3, -0.2))

    @property
    def side(self) -> int:
        """Side of the picture in pixels."""
        return self.size or int(1.5 * self.across) + 40

    def homography(self) -> FloatArray:
        """Sticker millimetres to pixels, the corner of the picture being (0, 0)."""
        tilt, towards, turn = (math.radians(a) for a in (self.tilt, self.towards, self.turn))
        around_x = np.array(
            [[1, 0, 0], [0, math.cos(tilt), -math.sin(tilt)], [0, math.sin(tilt), math.cos(tilt)]]
        )
        pose = _about_z(towards) @ around_x @ _about_z(turn)
        focal = self.across * DISTANCE_MM / (2 * RADIUS_MM)
        centre = self.side / 2 + np.array(self.off)
        camera = np.array([[focal, 0, centre[0]], [0, focal, centre[1]], [0, 0, 1]])
        matrix: FloatArray = camera @ np.column_stack((pose[:, :2], (0, 0, DISTANCE_MM)))
        return matrix

    def ellipse(self) -> tuple[FloatArray, FloatArray]:
        """Centre and half axes (long, short) of the image of the outer edge, by its conic."""
        back = np.linalg.inv(self.homography())
        conic = back.T @ np.diag((1, 1, -(RADIUS_MM**2))) @ back
        centre = -np.linalg.solve(conic[:2, :2], conic[:2, 2])
        level = -(conic[2, 2] + conic[:2, 2] @ centre)
        return centre, 1 / np.sqrt(np.linalg.eigvalsh(conic[:2, :2] / level))

    def picture(self, background: ByteArray | None = None, samples: int = 3) -> ByteArray:
        """The photo (side, side, 3); on plain skin if no background is given."""
        import cv2  # noqa: PLC0415

        side = self.side
        fine = (np.arange(side * samples) + 0.5) / samples
        x, y = (grid.ravel() for grid in np.meshgrid(fine, fine))
        mm = np.linalg.inv(self.homography()) @ np.stack((x, y, np.ones_like(x)))
        right, down = mm[:2] / mm[2]
        radius = np.hypot(right, down)
        on = radius <= RADIUS_MM
        dark = on & (radius > RADIUS_MM - self.ring_mm)
        dark |= (radius < self.target_mm) & (right * down < 0)
        cover, ink = (
            part.reshape(side, samples, side, samples).mean(axis=(1, 3))[:, :, None]
            for part in (on, dark)
        )
        skin = linear(self.skin) if background is None else linear(background.astype(np.float64))
        light = skin * (1 - cover) + linear(self.paper) * (cover - ink) + linear(self.ink) * ink
        light = cv2.GaussianBlur(light * self._shade(), (0, 0), self.blur)
        grain = np.random.default_rng(int(self.across)).normal(0, self.noise, light.shape)
        values: ByteArray = np.clip(coded(light) + grain + 0.5, 0, 255).astype(np.uint8)
        return values

    def _shade(self) -> FloatArray:
        """Light falling off across the picture."""
        slope = np.linspace(1.1, 0.9, self.side)
        return slope[:, None, None] * slope[None, ::-1, None]


def _about_z(angle: float) -> FloatArray:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
