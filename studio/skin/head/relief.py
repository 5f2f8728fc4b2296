"""The head's skin over its chart, tabulated once per fit: places, normals, mm2 and lengths."""

import math
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from studio.model.arrays import FloatArray
from studio.skin.head import grid
from studio.skin.head.chart import scale
from studio.skin.head.surface import Surface

COARSE = 0.07
"""Radians between samples of the surface from which the grid's values are interpolated: a
harmonic of degree 8 needs 0.39 to be resolved."""

NEAREST = 8
"""Samples each way of the polynomial between them, of degree 7."""

PIECE = 8.0
"""Longest stretch of an outline in chart units between which the skin is integrated."""

STRIDE = 2.0
"""Longest stretch of a line in chart units that is taken as straight on the skin."""

_RADIAL = 12
"""Points of Gauss's quadrature from a zone's middle to its outline."""


@dataclass(frozen=True, eq=False)
class Relief:
    """The metric of one fitted head, the same for all its photos. Points are chart (n, 2)."""

    surface: Surface

    def points(self, chart: FloatArray) -> FloatArray:
        """Places on the skin in mm of the head frame, (n, 3); NaN off the chart."""
        return self._vectors(self.place, chart)

    def normals(self, chart: FloatArray) -> FloatArray:
        """Outward normals, within 0.0001 of unit length, (n, 3); NaN off the chart."""
        return self._vectors(self.normal, chart)

    def area_scale(self, chart: FloatArray) -> FloatArray:
        """Skin mm2 per chart unit squared, (n,); 0 off the chart, where there is no skin."""
        at = grid.from_chart(chart)
        result = grid.read(self.density, at)
        turning = scale(chart)
        result *= turning
        result *= turning
        result *= at.on
        return result

    def area(self, shape: Polygon | MultiPolygon) -> float:
        """Skin in mm2 of a polygon in chart coordinates.

        Each ring is the sum of signed triangles from its own middle to its edges, so that
        only the outline has to be cut up: the integral over t of t s(m + t (c - m)), times
        the cross product of (c - m) and dc, s the area scale; Gauss's rule both ways.
        """
        total = 0.0
        for part in shapely.get_parts(shape):
            if shapely.is_empty(part):
                continue
            outline, *holes = shapely.get_rings(part)
            total += abs(self._ring_area(shapely.get_coordinates(outline)))
            total -= sum(abs(self._ring_area(shapely.get_coordinates(hole))) for hole in holes)
        return total

    def length(self, line: FloatArray) -> FloatArray:
        """Length in mm on the skin of every piece of a polyline (n, 2): (n - 1,)."""
        steps = np.hypot(*np.diff(line, axis=0).T)
        count = np.maximum(1, np.ceil(steps / STRIDE)).astype(np.int64)
        piece = np.repeat(np.arange(len(steps)), count)
        share = (np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)) / count[piece]
        cut = line[piece] + share[:, None] * (line[piece + 1] - line[piece])
        chords = np.linalg.norm(np.diff(self.points(np.vstack([cut, line[-1:]])), axis=0), axis=1)
        lengths: FloatArray = np.bincount(piece, chords, len(steps)).astype(np.float64)
        return lengths

    @cached_property
    def place(self) -> FloatArray:
        """Places of the grid's nodes, (3, SIZE * SIZE), 0 beyond its reach."""
        size = np.exp(self._radius_and_slope[0])
        return _spread((grid.nodes().u * size[:, None]).T)

    @cached_property
    def normal(self) -> FloatArray:
        """Normals at the grid's nodes, (3, SIZE * SIZE), 0 beyond its reach."""
        _, outwards, around = self._radius_and_slope
        known = grid.nodes()
        raw = known.u - outwards[:, None] * known.outwards - around[:, None] * known.around
        return _spread((raw / np.linalg.norm(raw, axis=1, keepdims=True)).T)

    @cached_property
    def outward(self) -> FloatArray:
        """How far each node's tangent plane lies from the head's middle, mm, (SIZE * SIZE,)."""
        distance: FloatArray = np.einsum("ij,ij->j", self.place, self.normal)
        return distance

    @cached_property
    def density(self) -> FloatArray:
        """Skin mm2 per steradian at the grid's nodes, (SIZE * SIZE,): r^2 sqrt(1 + slope^2)."""
        radius, outwards, around = self._radius_and_slope
        return _spread(np.exp(2 * radius) * np.sqrt(1 + outwards**2 + around**2))

    @cached_property
    def _radius_and_slope(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Log radius and its derivatives outwards and around, at the nodes within reach."""
        half = math.ceil((grid.HALF + 1) * grid.STEP / COARSE)
        axis = np.arange(-half, half + 1, dtype=np.float64) * COARSE
        x, y = (part.ravel() for part in np.meshgrid(axis, axis, indexing="ij"))
        u = grid.polar_direction(np.hypot(x, y), np.arctan2(y, x))
        sampled = self.surface.log_radius(u).reshape(len(axis), -1)
        known = grid.nodes()
        value, slope = _between(axis, grid.node_axis())
        radius, along_x, along_y = (
            (over_x @ sampled @ over_y.T).T.ravel()[known.index]
            for over_x, over_y in ((value, value), (slope, value), (value, slope))
        )
        cosine, sine = known.turn.T
        outwards = cosine * along_x + sine * along_y
        around = (cosine * along_y - sine * along_x) * known.spread
        return radius, outwards, around

    def _vectors(self, table: FloatArray, chart: FloatArray) -> FloatArray:
        at = grid.from_chart(chart)
        result = np.stack([grid.read(row, at) for row in table], axis=1)
        result[~at.on] = np.nan
        return result

    def _ring_area(self, ring: FloatArray) -> float:
        middle = ring[:-1].mean(axis=0)
        edges = np.diff(ring, axis=0)
        count = np.maximum(1, np.ceil(np.hypot(*edges.T) / PIECE)).astype(np.int64)
        edge = np.repeat(np.arange(len(edges)), count)
        first = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
        piece = edges[edge] / count[edge, None]
        start = ring[edge] + first[:, None] * piece - middle
        share, weight = _gauss(2)
        at = (start[:, None] + share[:, None] * piece[:, None]).reshape(-1, 2)
        way = np.repeat(piece, 2, axis=0)
        cross = at[:, 0] * way[:, 1] - at[:, 1] * way[:, 0]
        t, wt = _gauss(_RADIAL)
        scales = self.area_scale((middle + t[:, None, None] * at).reshape(-1, 2))
        inwards = (t * wt) @ scales.reshape(len(t), -1)
        return float((inwards * cross) @ np.tile(weight, len(piece)))


def _between(axis: FloatArray, places: FloatArray) -> tuple[FloatArray, FloatArray]:
    """What samples on an even axis count for at places between them: for the value there and
    for its slope, (places, samples). The polynomial through the nearest `NEAREST` samples.
    """
    first = np.floor((places - axis[0]) / COARSE).astype(np.int64) - (NEAREST // 2 - 1)
    first = np.clip(first, 0, len(axis) - NEAREST)
    along = (places - axis[first]) / COARSE
    order = np.arange(NEAREST)
    coefficients = np.linalg.inv(np.vander(order.astype(np.float64), increasing=True))
    powers = along[:, None] ** order
    rising = np.zeros_like(powers)
    rising[:, 1:] = powers[:, :-1] * order[1:]
    rows, columns = np.arange(len(places))[:, None], first[:, None] + order
    value, slope = np.zeros((2, len(places), len(axis)))
    value[rows, columns] = powers @ coefficients
    slope[rows, columns] = rising @ coefficients / COARSE
    return value, slope


def _spread(values: FloatArray) -> FloatArray:
    """Values (..., m) of the nodes within reach as a whole table; 0 elsewhere."""
    table = np.zeros((*values.shape[:-1], grid.SIZE * grid.SIZE))
    table[..., grid.nodes().index] = values
    return table


@cache
def _gauss(order: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places and weights on 0..1."""
    at, weight = np.polynomial.legendre.leggauss(order)
    return (at + 1) / 2, weight / 2
