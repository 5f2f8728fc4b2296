"""What a fitted head answers in whatever view: lengths, areas and their errors."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from shapely import MultiPolygon, Polygon

from studio.model.arrays import FloatArray
from studio.model.chart import HEAD, ChartId, Point
from studio.model.quantity import Quantity
from studio.skin.head.chart import to_direction
from studio.skin.head.geodesic import Geodesic, geodesic
from studio.skin.head.relief import Relief
from studio.skin.head.together import area_se, length_se
from studio.skin.plane import NO_SCALE, inside_points

METHOD = "head"

Errors = Callable[[FloatArray], FloatArray]
"""Relative standard error of a length at chart points (n, 2): (n,). The fit gives it."""


class AreaScale(Protocol):
    """Skin mm2 per chart unit squared at chart points (n, 2): (n,)."""

    def __call__(self, chart: FloatArray) -> FloatArray:
        """The scale there."""
        ...


@dataclass(frozen=True, eq=False, kw_only=True)
class HeadSkin:
    """The part of a skin map that all views of one fitted head share. Chart points are (n, 2).

    `size_se` is what of the errors is the head's size, alike everywhere: all of it, as much as
    there is, unless told.
    """

    relief: Relief
    errors: Errors
    scaled: bool = True
    size_se: float = math.inf

    @property
    def chart(self) -> ChartId:
        """The chart that all views of the head share."""
        return HEAD

    @property
    def method(self) -> str:
        """`head`, or `no scale`."""
        return METHOD if self.scaled else NO_SCALE

    @property
    def area_scale(self) -> AreaScale:
        """The relief's own: equal in all views, so that dots are worked out once for all."""
        return self.relief.area_scale

    def length(self, line: FloatArray) -> Quantity:
        """Length in mm along the skin; places far apart err less alike."""
        steps = self.relief.length(line)
        return Quantity(float(steps.sum()), self._error(line, steps))

    def tape(self, start: Point, end: Point) -> tuple[Quantity, FloatArray]:
        """Length in mm of a tape laid from one place to another, and how it lies, (n, 2)."""
        laid: Geodesic = geodesic(self.relief.surface, start, end)
        steps = self.relief.length(laid.path)
        return Quantity(laid.length_mm, self._error(laid.path, steps)), laid.path

    def area(self, shape: Polygon | MultiPolygon) -> Quantity:
        """Area in mm2 on the skin; the relative error of its size is twice that of a length."""
        area = self.relief.area(shape)
        if area == 0:
            return Quantity(0.0, 0.0 if self.scaled else math.inf)
        if not self.scaled:
            return Quantity(area, math.inf)
        inside = inside_points(shape)
        weights, sigma = self.area_scale(inside), self.errors(inside)
        return Quantity(area, area * area_se(to_direction(inside), weights, sigma, self.size_se))

    def sigma(self, chart: FloatArray) -> FloatArray:
        """What the fit says; infinite while nothing gave a scale."""
        return self.errors(chart) if self.scaled else np.full(len(chart), np.inf)

    def _error(self, line: FloatArray, steps: FloatArray) -> float:
        if not self.scaled:
            return math.inf
        length = float(steps.sum())
        if length == 0:
            return 0.0
        middle = (line[1:] + line[:-1]) / 2
        sigma = self.errors(middle)
        return length * length_se(to_direction(middle), steps, sigma, self.size_se)
