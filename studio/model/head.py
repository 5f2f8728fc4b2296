"""The fitted head of a client: its shape, the cameras that saw it, and how sure that is."""

import math
from dataclasses import dataclass

from studio.model.chart import Point
from studio.model.ids import Id


@dataclass(frozen=True, slots=True)
class Tape:
    """A tape laid round the head on the hat line: its reading and standard error in mm."""

    size_mm: float
    size_se: float = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCamera:
    """Where a photo was taken from: x_cam = R x + T in mm, pixels = focal x / z + centre.

    `rotation` is R row by row; `focal` and `centre` are photo pixels.
    """

    photo: Id
    rotation: tuple[float, ...]
    translation: tuple[float, float, float]
    focal: float
    centre: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The scalp as log-radius in real spherical harmonics, with the cameras that saw it.

    `coefficients` are 81, degree 8, radius in mm, in the head frame (X ahead, Y to the
    client's left, Z up). `size_se` is the relative standard error of its size, None while
    no length is known. `sigmas` are the relative standard errors of a length at directions
    evenly spread over the ball (`studio.skin.head.prior.sphere`).
    """

    coefficients: tuple[float, ...]
    cameras: tuple[HeadCamera, ...]
    size_se: float | None
    sigmas: tuple[float, ...] = ()

    @property
    def scale_se(self) -> float:
        """Relative standard error of all lengths together; infinite while no length is known."""
        return math.inf if self.size_se is None else self.size_se

    def camera(self, photo: Id) -> HeadCamera | None:
        """The camera of a photo; None if the photo was not joined."""
        return next((camera for camera in self.cameras if camera.photo == photo), None)
