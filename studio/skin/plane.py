"""The plane: a photo's skin taken as flat, its chart in millimetres."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.model.arrays import FloatArray
from studio.model.chart import ChartId
from studio.model.photo import MeasurementKind, Photo, Plane
from studio.model.quantity import Quantity

HEAD_RADIUS_MM = 88.0
"""Mean radius of a head: geometric mean of half breadth 77.2 and half length 99.8 mm
(ANSUR II men, domain research 5.1). A plane leaves the skin by this curvature."""

METHOD_WORDS = {
    MeasurementKind.STICKER: "sticker",
    MeasurementKind.CARD: "card",
    MeasurementKind.RULER: "ruler",
    MeasurementKind.OWN_IPD: "own pupil distance",
    MeasurementKind.IRIS: "iris",
    MeasurementKind.MEAN_IPD: "mean pupil distance",
}

NO_SCALE = "no scale"


@dataclass(frozen=True)
class PlaneMap:
    """The skin map of a `Plane`. Implements `SkinMap`.

    Away from `plane.centre` the head curves off the plane: a length there is short
    by about (r / R)^2 / 2, R the head's radius. That share is part of `sigma`, so the
    ± grows with the distance from where the scale was taken.
    """

    chart: ChartId
    plane: Plane

    @property
    def scaled(self) -> bool:
        """Whether something was measured."""
        return self.plane.method is not None

    @property
    def method(self) -> str:
        """The measurement behind the scale, or `no scale`."""
        return NO_SCALE if self.plane.method is None else METHOD_WORDS[self.plane.method]

    @cached_property
    def _forward(self) -> FloatArray:
        return np.array(self.plane.matrix, dtype=np.float64).reshape(3, 3)

    @cached_property
    def _inverse(self) -> FloatArray:
        inverse = np.asarray(np.linalg.inv(self._forward), dtype=np.float64)
        scaled: FloatArray = inverse / inverse[2, 2]
        return scaled

    def to_skin(self, px: FloatArray) -> FloatArray:
        """Photo pixels to chart mm."""
        return project(self._forward, px)

    def to_photo(self, chart: FloatArray) -> FloatArray:
        """Chart mm to photo pixels."""
        return project(self._inverse, chart)

    def area_scale(self, chart: FloatArray) -> FloatArray:
        """1 everywhere: the chart of a plane is in millimetres."""
        return np.ones(len(chart))

    def length(self, line: FloatArray) -> Quantity:
        """Length in mm; errors along the line are taken as fully correlated."""
        steps = np.hypot(*np.diff(line, axis=0).T)
        sigma = self.sigma((line[1:] + line[:-1]) / 2)
        return Quantity(float(steps.sum()), float(_error(steps, sigma)))

    def area(self, shape: Polygon | MultiPolygon) -> Quantity:
        """Area in mm2; the relative error is twice that of a length."""
        area = float(shape.area)
        if area == 0:
            return Quantity(0.0, 0.0 if self.scaled else math.inf)
        sigma = self.sigma(inside_points(shape))
        return Quantity(area, 2 * area * float(sigma.mean()))

    def incidence(self, chart: FloatArray) -> FloatArray:
        """The plane's tilt, the same everywhere."""
        return np.full(len(chart), self.plane.tilt)

    def sigma(self, chart: FloatArray) -> FloatArray:
        """Error of the scale and of the head's curving away, as root of squares."""
        if not self.scaled:
            return np.full(len(chart), np.inf)
        offset = np.asarray(chart) - self.plane.centre
        curving = (offset**2).sum(axis=1) / (2 * HEAD_RADIUS_MM**2)
        sigma: FloatArray = np.hypot(self.plane.sigma, curving)
        return sigma

    def seen_within(self, _degrees: float) -> MultiPolygon | None:
        """Everything: a plane has no horizon."""
        return None

    def ovals(self, _chart: FloatArray) -> FloatArray | None:
        """None: on a plane dots stay round, as large as its tilt makes their area."""
        return None

    def px_per_unit(self, chart: FloatArray) -> FloatArray:
        """Root of the determinant of the Jacobian chart to photo."""
        h = self._inverse
        weight = np.abs(_row(h[2], *np.asarray(chart, dtype=np.float64).T))
        scale: FloatArray = math.sqrt(abs(np.linalg.det(h))) / (weight * np.sqrt(weight))
        return scale

    @property
    def focus(self) -> FloatArray:
        """Where the scale was taken."""
        return np.array([self.plane.centre])


def plane_map(photo: Photo) -> PlaneMap:
    """The plane of a photo as its skin map."""
    return PlaneMap(photo.id, photo.plane)


def project(matrix: FloatArray, points: FloatArray) -> FloatArray:
    """Points (n, 2) through a 3 x 3 homography.

    Column by column: a matrix product wakes threads, which costs more than it saves.
    """
    x, y = np.asarray(points, dtype=np.float64).T
    weight = _row(matrix[2], x, y)
    result = np.empty((len(x), 2))
    np.divide(_row(matrix[0], x, y), weight, out=result[:, 0])
    np.divide(_row(matrix[1], x, y), weight, out=result[:, 1])
    return result


def _row(row: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    total: FloatArray = row[0] * x + row[1] * y + row[2]
    return total


def _error(steps: FloatArray, sigma: FloatArray) -> float:
    if not np.isfinite(sigma).all():
        return math.inf
    return float((steps * sigma).sum())


def inside_points(shape: Polygon | MultiPolygon) -> FloatArray:
    """About a hundred points spread evenly over a polygon, at least one."""
    left, top, right, bottom = shape.bounds
    step = max(math.sqrt(shape.area / 100), 1e-6)
    xs = np.arange(left + step / 2, right, step)[:400]
    ys = np.arange(top + step / 2, bottom, step)[:400]
    grid = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    points: FloatArray = grid[shapely.contains_xy(shape, grid)]
    if len(points) == 0:
        points = np.array([shape.representative_point().coords[0]])
    return points
