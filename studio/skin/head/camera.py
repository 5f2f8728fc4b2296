"""The pinhole camera that took a photo of the head."""

from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point


@dataclass(frozen=True, eq=False)
class Camera:
    """Head frame to photo: x_cam = rotation x + translation, px = focal x_cam / z + centre.

    Camera axes: x right, y down, z ahead. Lengths in mm, `focal_px` and `centre` in
    pixels of the photo, whose pixel centres are at whole numbers.
    """

    rotation: FloatArray
    translation: FloatArray
    focal_px: float
    centre: Point

    def project(self, xyz: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Photo pixels (n, 2) and depth (n,) of points (n, 3) of the head frame."""
        seen = xyz @ self.rotation.T + self.translation
        px: FloatArray = seen[:, :2] * (self.focal_px / seen[:, 2:]) + np.asarray(self.centre)
        return px, seen[:, 2]

    def rays(self, px: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Where the camera is (3,) and the direction of every pixel (n, 3), head frame.

        Directions are one deep, not of unit length: origin + t direction has depth t.
        """
        flat = (np.asarray(px, np.float64) - np.asarray(self.centre)) / self.focal_px
        deep = np.concatenate([flat, np.ones((len(flat), 1))], axis=1)
        directions: FloatArray = deep @ self.rotation
        return self.position, directions

    @property
    def position(self) -> FloatArray:
        """Where the camera is, head frame, (3,)."""
        place: FloatArray = -self.rotation.T @ self.translation
        return place

    def scaled(self, factor: float) -> "Camera":
        """The camera that takes the same picture of a head `factor` times as large."""
        return Camera(self.rotation, self.translation * factor, self.focal_px, self.centre)


def skin_per_pixel(
    depth: FloatArray, directions: FloatArray, normals: FloatArray, focal_px: float
) -> FloatArray:
    """Skin in mm2 that one pixel shows, (n,), where rays one deep meet the skin.

    depth^2 / (l f^2 cos i), l the length of the direction and i the incidence; infinite
    where the skin turns away.
    """
    length = np.linalg.norm(directions, axis=1)
    facing = -(directions * normals).sum(axis=1) / length
    with np.errstate(divide="ignore"):
        area: FloatArray = depth**2 / (length * focal_px**2 * np.maximum(facing, 0.0))
    return area
