"""Curves and zones as polygons of view pixels, made once per item, zoom and skin map."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from studio.geometry.bezier import flatten
from studio.geometry.mirror import twin_curve, whole_zone
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import MirrorAxis
from studio.model.chart import Point
from studio.model.curve import Curve
from studio.model.zone import Zone
from studio.render.course import Course, courses
from studio.render.viewport import Viewport
from studio.skin.skinmap import SkinMap

FLAT = 0.25
"""View pixels by which a flattened curve may miss the true one."""

WIDEST_STEP = 20.0
"""Chart units between points of a straight side, which perspective or a head may bend."""


Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Polygons of view pixels, as seen with the photo's corner in the view's corner.

    `lines` are what to stroke, `path` what to fill (empty for a curve), `bounds` what
    they cover without their pens, `inner` the place for a letter.
    """

    lines: tuple[Course, ...]
    path: QPainterPath
    bounds: QRectF
    inner: QPointF


class Outlines:
    """Gives outlines, and keeps those asked for since the last `forget`."""

    def __init__(self, skin: SkinMap, viewport: Viewport) -> None:
        self._skin = skin
        self._viewport = replace(viewport, offset=(0.0, 0.0))
        self._zones: dict[Key, tuple[Zone, tuple[Outline, ...]]] = {}
        self._curves: dict[Key, tuple[Curve, tuple[Outline, ...]]] = {}

    def serves(self, skin: SkinMap, viewport: Viewport) -> bool:
        """Whether what was made holds for this skin map and view, wherever it is panned to."""
        return skin is self._skin and replace(viewport, offset=(0.0, 0.0)) == self._viewport

    def zone(self, zone: Zone, axis: MirrorAxis) -> tuple[Outline, ...]:
        """The zone, and its twin if that stands apart; the same objects for the same rings."""
        key = _zone_key(zone, axis)
        if key not in self._zones:
            parts = tuple(self._zone(part) for part in whole_zone(zone, axis))
            self._zones[key] = zone, parts
        return self._zones[key][1]

    def curve(self, curve: Curve, axis: MirrorAxis) -> tuple[Outline, ...]:
        """The curve, then its twin if it has one; the same objects for the same nodes."""
        key = _curve_key(curve, axis)
        if key not in self._curves:
            parts = (curve, twin_curve(curve, axis)) if curve.mirrored else (curve,)
            self._curves[key] = curve, tuple(self._curve(part) for part in parts)
        return self._curves[key][1]

    def keep(self, zones: Iterable[Zone], curves: Iterable[Curve], axis: MirrorAxis) -> None:
        """Forget everything but these."""
        kept = {_zone_key(zone, axis) for zone in zones}
        self._zones = {key: made for key, made in self._zones.items() if key in kept}
        kept = {_curve_key(curve, axis) for curve in curves}
        self._curves = {key: made for key, made in self._curves.items() if key in kept}

    def points(self, chart: FloatArray) -> FloatArray:
        """Chart points (n, 2) as view pixels with the photo's corner in the view's corner."""
        return self._viewport.to_view(self._skin.to_photo(chart))

    def _zone(self, zone: Zone) -> Outline:
        path = QPainterPath()
        lines: list[Course] = []
        for ring in (zone.outline, *zone.holes):
            closed = np.array([*ring, ring[0]], dtype=np.float64)
            for run in courses(self.points(_refined(closed))):
                path.addPolygon(QPolygonF(run.points))
                lines.append(run)
        inner = self.points(np.array([_inner(zone)]))[0]
        return Outline(tuple(lines), path, _bounds(lines), QPointF(*inner.tolist()))

    def _curve(self, curve: Curve) -> Outline:
        first = np.array([curve.nodes[0].at])
        per_unit = float(self._skin.px_per_unit(first)[0]) * self._viewport.scale
        line = flatten(curve.nodes, closed=curve.closed, tolerance=FLAT / per_unit)
        lines = courses(self.points(_refined(line)))
        return Outline(tuple(lines), QPainterPath(), _bounds(lines), QPointF())


def _zone_key(zone: Zone, axis: MirrorAxis) -> Key:
    return id(zone.outline), id(zone.holes), zone.mirrored, axis if zone.mirrored else None


def _curve_key(curve: Curve, axis: MirrorAxis) -> Key:
    return id(curve.nodes), curve.closed, curve.mirrored, axis if curve.mirrored else None


def _bounds(lines: Sequence[Course]) -> QRectF:
    """The box round all lines, never empty, so that a straight one counts."""
    box = QRectF()
    for one in lines:
        box = box.united(one.bounds.adjusted(-0.5, -0.5, 0.5, 0.5))
    return box


def _inner(zone: Zone) -> Point:
    """The middle of the largest circle inside the zone."""
    shape = polygon_of(zone)
    if not shape.is_valid or shape.area == 0:
        return zone.outline[0]
    circle = shapely.maximum_inscribed_circle(shape, tolerance=shape.length / 200)
    x, y = circle.coords[0]
    return float(x), float(y)


def _refined(line: FloatArray) -> FloatArray:
    """The polyline with no step longer than WIDEST_STEP."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    counts = np.maximum(np.ceil(steps / WIDEST_STEP), 1).astype(np.int64)
    if (counts == 1).all():
        return line
    start = np.repeat(np.arange(len(counts)), counts)
    share = (np.arange(len(start)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[start]
    between = line[start] + share[:, None] * (line[start + 1] - line[start])
    return np.concatenate([between, line[-1:]])
