"""One photo of the fitted head as a skin map."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from shapely import MultiPolygon

from studio.model.arrays import FloatArray
from studio.skin.head import grid
from studio.skin.head.camera import Camera
from studio.skin.head.chart import to_chart, to_direction
from studio.skin.head.headskin import HeadSkin
from studio.skin.head.horizon import seen_within
from studio.skin.head.sight import Sight

HATCHED, COUNTED = 60.0, 70.0
"""Degrees of incidence from which a photo is hatched, and up to which it counts (issue 3)."""

_ROUNDS = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class HeadMap(HeadSkin):
    """One photo of a fitted head. Implements `SkinMap`.

    Reads tables: within 0.05 mm of the surface where the skin is turned by up to 70 degrees.
    The `exact` methods read the surface itself and are smooth, for what is stored. A few
    pixels inside the horizon a pixel may already count as showing no skin.
    """

    camera: Camera

    def to_skin(self, px: FloatArray) -> FloatArray:
        """Photo pixels to chart; NaN where the pixel shows no part of the head."""
        return grid.chart_of(*self.sight.to_grid(np.asarray(px, dtype=np.float64)))

    def to_photo(self, chart: FloatArray) -> FloatArray:
        """Chart to photo pixels; NaN beyond the horizon and behind other parts of the head."""
        px = self.sight.to_photo(grid.from_chart(chart))
        pairs: FloatArray = px.view(np.float64).reshape(-1, 2)
        return pairs

    def exact_to_skin(self, px: FloatArray) -> FloatArray:
        """`to_skin` without tables: Newton along each ray, to rounding."""
        px = np.asarray(px, dtype=np.float64)
        chart = self.to_skin(px)
        held = np.flatnonzero(np.isfinite(chart[:, 0]))
        if len(held) == 0:
            return chart
        origin, rays = self.camera.rays(px[held])
        surface = self.relief.surface
        _, t = self.camera.project(surface.points(to_direction(chart[held])))
        for _ in range(_ROUNDS):
            at = origin + t[:, None] * rays
            r = np.linalg.norm(at, axis=1)
            u = at / r[:, None]
            radius, slope = surface.gradient(u)
            t = t - (np.log(r) - radius) * r / ((u - slope) * rays).sum(axis=1)
        at = origin + t[:, None] * rays
        chart[held] = to_chart(at / np.linalg.norm(at, axis=1, keepdims=True))
        return chart

    def exact_to_photo(self, chart: FloatArray) -> FloatArray:
        """`to_photo` without tables, but for where the horizon lies."""
        px, _ = self.camera.project(self.relief.surface.points(to_direction(chart)))
        px[~np.isfinite(self.to_photo(chart)[:, 0])] = np.nan
        return px

    def incidence(self, chart: FloatArray) -> FloatArray:
        """Degrees between normal and camera; above 90 also where the head hides the place."""
        at = grid.from_chart(chart)
        facing = np.where(at.on, grid.read(self.sight.seen, at), -1.0)
        angle: FloatArray = np.degrees(np.arccos(np.clip(facing, -1.0, 1.0)))
        return angle

    def px_per_unit(self, chart: FloatArray) -> FloatArray:
        """Geometric mean of both directions; 0 beyond the horizon."""
        pixels = grid.read(self.sight.px2_per_mm2, grid.from_chart(chart))
        scale: FloatArray = np.sqrt(pixels * self.area_scale(chart))
        return scale

    def seen_within(self, degrees: float) -> MultiPolygon:
        """The part of the chart that this photo shows at an incidence of up to so many degrees.

        At 90 it ends at the horizon.
        """
        if degrees not in self._parts:
            self._parts[degrees] = seen_within(self.sight, degrees)
        return self._parts[degrees]

    @cached_property
    def focus(self) -> FloatArray:
        """The chart point (1, 2) that faces the camera most."""
        best = int(self.sight.seen.argmax())
        return grid.chart_of(
            np.array([best % grid.SIZE - grid.HALF], dtype=np.float64),
            np.array([best // grid.SIZE - grid.HALF], dtype=np.float64),
        )

    @cached_property
    def _parts(self) -> dict[float, MultiPolygon]:
        return {}

    @cached_property
    def sight(self) -> Sight:
        """The tables of this photo."""
        return Sight(self.relief, self.camera)
