"""From where the head is looked at: turned, tilted, enlarged; and where it then lies in a view."""

import math
from dataclasses import dataclass, replace

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point

SPAN_MM = 290.0
"""What the shorter side of a view shows at zoom 1: a head with its chin and a margin."""

MIDDLE = (0.0, 0.0, -14.0)
"""The place of the head frame round which the head turns, in mm."""

STEEPEST = 90.0
SMALLEST, LARGEST = 0.7, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Orbit:
    """A direction of view in degrees: `turn` to the client's left, `rise` upwards.

    At 0 the face looks at the viewer. `zoom` enlarges; `shift` in mm, right and up, is what
    lies in the middle of the view instead of the middle of the head.
    """

    turn: float = 0.0
    rise: float = 0.0
    zoom: float = 1.0
    shift: Point = (0.0, 0.0)

    @property
    def axes(self) -> FloatArray:
        """Rows: right, up and towards the viewer in the head frame, (3, 3)."""
        across, up = math.radians(self.turn), math.radians(self.rise)
        towards = (
            math.cos(up) * math.cos(across),
            math.cos(up) * math.sin(across),
            math.sin(up),
        )
        right = (-math.sin(across), math.cos(across), 0.0)
        over = (-math.sin(up) * math.cos(across), -math.sin(up) * math.sin(across), math.cos(up))
        return np.array([right, over, towards])

    def turned(self, turn: float, rise: float) -> "Orbit":
        """Turned on by so many degrees; never over the vertex."""
        tilted = min(max(self.rise + rise, -STEEPEST), STEEPEST)
        return replace(self, turn=(self.turn + turn + 180) % 360 - 180, rise=tilted)

    def zoomed(self, factor: float, at: Point = (0.0, 0.0)) -> "Orbit":
        """Enlarged about `at`, in mm right of and above the middle of the view, which stays."""
        zoom = min(max(self.zoom * factor, SMALLEST), LARGEST)
        kept = 1 - self.zoom / zoom
        x, y = self.shift
        return replace(self, zoom=zoom, shift=(x + at[0] * kept, y + at[1] * kept))


FRONT = Orbit()
LEFT, RIGHT = Orbit(turn=90.0), Orbit(turn=-90.0)
TOP, BACK = Orbit(rise=90.0), Orbit(turn=180.0)


@dataclass(frozen=True, slots=True)
class Stand:
    """An orbit in a view of `width` x `height` pixels; parallel light, as from far away."""

    orbit: Orbit
    width: int
    height: int

    @property
    def px_per_mm(self) -> float:
        """The same all over the view."""
        return min(self.width, self.height) / SPAN_MM * self.orbit.zoom

    def mm(self, at: Point) -> Point:
        """Millimetres right of and above the middle of the view."""
        scale = self.px_per_mm
        return (at[0] - self.width / 2) / scale, (self.height / 2 - at[1]) / scale

    def columns_and_rows(self, pitch: int) -> tuple[FloatArray, FloatArray]:
        """Places of the centres of squares of `pitch` pixels along right and up.

        In mm of the head frame's own axes, (w,) and (h,).
        """
        right, up, _ = (self.orbit.axes @ MIDDLE).tolist()
        x = (np.arange(-(-self.width // pitch)) + 0.5) * pitch - self.width / 2
        y = self.height / 2 - (np.arange(-(-self.height // pitch)) + 0.5) * pitch
        scale = self.px_per_mm
        return x / scale + right + self.orbit.shift[0], y / scale + up + self.orbit.shift[1]

    def project(self, xyz: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Pixels (n, 2) and height towards the viewer in mm (n,) of points (n, 3)."""
        seen = xyz @ self.orbit.axes.T
        right, up, _ = (self.orbit.axes @ MIDDLE).tolist()
        scale = self.px_per_mm
        px = np.empty((len(seen), 2))
        px[:, 0] = (seen[:, 0] - right - self.orbit.shift[0]) * scale + self.width / 2
        px[:, 1] = self.height / 2 - (seen[:, 1] - up - self.orbit.shift[1]) * scale
        return px, seen[:, 2]
