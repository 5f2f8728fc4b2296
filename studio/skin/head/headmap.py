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

_ROUNDS = 12
_MET, _FOUND = 1e-9, 1e-6
"""Relative to the radius: where a search may end, and what is not on the surface."""


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
        exact = self._along_rays(px[held], chart[held])
        chart[held] = np.where(np.isfinite(exact), exact, chart[held])
        return chart

    def near_to_skin(self, px: FloatArray, near: FloatArray) -> FloatArray:
        """`exact_to_skin` from chart places (n, 2) not far from the answer, without any table.

        NaN where nothing is met from there that faces the camera.
        """
        chart = np.full(near.shape, np.nan)
        held = np.flatnonzero(np.isfinite(px).all(axis=1))
        chart[held] = self._along_rays(np.asarray(px, np.float64)[held], near[held])
        return chart

    def _along_rays(self, px: FloatArray, near: FloatArray) -> FloatArray:
        """Where the rays of pixels meet the surface, by Newton from chart places; NaN if not."""
        origin, rays = self.camera.rays(px)
        surface = self.relief.surface
        _, t = self.camera.project(surface.points(to_direction(near)))
        off, rate, u = self._off(origin, rays, t)
        for _ in range(_ROUNDS):
            if np.abs(off).max(initial=0.0) < _MET:
                break
            t = t - off / rate
            off, rate, u = self._off(origin, rays, t)
        chart = to_chart(u)
        chart[~(np.abs(off) < _FOUND) | (rate >= 0)] = np.nan
        return chart

    def _off(
        self, origin: FloatArray, rays: FloatArray, t: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """At t along rays: log of how far outside, its derivative by t, and the direction."""
        at = origin + t[:, None] * rays
        r = np.linalg.norm(at, axis=1)
        u = at / r[:, None]
        radius, slope = self.relief.surface.gradient(u)
        return np.log(r) - radius, ((u - slope) * rays).sum(axis=1) / r, u

    def exact_to_photo(self, chart: FloatArray) -> FloatArray:
        """`to_photo` without tables, but for where the horizon lies."""
        px, _ = self.camera.project(self.relief.surface.points(to_direction(chart)))
        at = grid.from_chart(chart)
        px[~(grid.read(self.sight.seen, at) > 0) | ~at.on] = np.nan
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
        result: FloatArray = np.sqrt(pixels * self.area_scale(chart))
        return result

    def ovals(self, chart: FloatArray) -> FloatArray:
        """Narrowed along the normal as the photo shows it, by the cosine of the incidence."""
        at = grid.from_chart(chart)
        return np.stack([grid.read(row, at) for row in self.sight.ovals])

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
