"""Curves and zones as polygons of view pixels, made once per item, zoom and skin map."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF
from shapely import Polygon

from studio.geometry.bezier import flatten
from studio.geometry.mirror import twin_curve, whole_zone
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import MirrorAxis
from studio.model.chart import Point
from studio.model.curve import Curve
from studio.model.zone import Zone
from studio.render.course import Course, course, courses, refined
from studio.render.horizon_layer import FLAT as FLAT_SKIN
from studio.render.horizon_layer import HORIZON, Steep, add_polygon, readable, shown, steep
from studio.render.viewport import Viewport
from studio.skin.skinmap import SkinMap

FLAT = 0.25
"""View pixels by which a flattened curve may miss the true one."""

WIDEST_STEP = 20.0
"""Chart units between points of a straight side, which perspective may bend."""

HEAD_STEP = 4.0
"""The same on the head, which leaves a straight line by 0.02 mm on that way."""

FINER = 16
"""Parts of a step in which a line goes over the horizon."""


Key = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Polygons of view pixels, as seen with the photo's corner in the view's corner.

    `lines` are what to stroke, `path` what to fill (empty for a curve), `bounds` what
    they cover without their pens, `inner` the place for a letter. `steep` is the part
    turned far from the camera. `rims` are the edges of what is filled where the horizon
    cuts it, and else empty: `lines` are its edges then.
    """

    lines: tuple[Course, ...]
    path: QPainterPath
    bounds: QRectF
    inner: QPointF
    steep: Steep = FLAT_SKIN
    rims: tuple[Course, ...] = ()


class Outlines:
    """Gives outlines, and keeps those asked for since the last `forget`."""

    def __init__(self, skin: SkinMap, viewport: Viewport) -> None:
        self._skin = skin
        self._step = WIDEST_STEP if skin.seen_within(HORIZON) is None else HEAD_STEP
        self._viewport = replace(viewport, offset=(0.0, 0.0))
        self._zones: dict[Key, tuple[Zone, tuple[Outline, ...]]] = {}
        self._curves: dict[Key, tuple[Curve, tuple[Outline, ...]]] = {}

    def serves(self, skin: SkinMap, viewport: Viewport) -> bool:
        """Whether what was made holds for this skin map and view, wherever it is panned to."""
        return skin is self._skin and replace(viewport, offset=(0.0, 0.0)) == self._viewport

    def zone(self, zone: Zone, axis: MirrorAxis) -> tuple[Outline, ...]:
        """The zone, and its twin if that stands apart; the same objects for the same rings.

        What lies beyond the horizon is left out.
        """
        key = _zone_key(zone, axis)
        if key not in self._zones:
            parts = (self._zone(part) for part in whole_zone(zone, axis))
            self._zones[key] = zone, tuple(part for part in parts if part is not None)
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

    def along(self, chart: FloatArray) -> FloatArray:
        """A polyline of the chart as view pixels, with more points where it bends or vanishes."""
        return self._up_to_horizon(refined(chart, self._step))

    def _up_to_horizon(self, line: FloatArray) -> FloatArray:
        """Points of a line, finer where it goes over the horizon; NaN beyond."""
        px = self.points(line)
        seen = np.isfinite(px[:, 0])
        if seen.all() or not seen.any():
            return px
        over = np.flatnonzero(seen[1:] != seen[:-1])
        share = np.linspace(0.0, 1.0, FINER + 1)[1:-1, None]
        finer = line[over, None] + share * (line[over + 1] - line[over])[:, None]
        between = self.points(finer.reshape(-1, 2))
        return np.insert(px, np.repeat(over + 1, len(share)), between, axis=0)

    def _zone(self, zone: Zone) -> Outline | None:
        """A zone's outline; None if it lies beyond the horizon."""
        lines: list[Course] = []
        for ring in (zone.outline, *zone.holes):
            lines += courses(self.along(np.array([*ring, ring[0]], dtype=np.float64)))
        shape = polygon_of(zone)
        parts = shown(shape, self._skin)
        path = QPainterPath()
        rims: tuple[Course, ...] = ()
        if parts is None:
            for run in lines:
                path.addPolygon(QPolygonF(run.points))
            inner, parts = _inner(shape), [shape]
        else:
            rings = [ring for part in parts for ring in add_polygon(path, part, self._corners)]
            if not rings:
                return None
            inner, rims = _inner(readable(parts, self._skin)), tuple(map(course, rings))
        at = self.points(np.array([inner]))[0].tolist()
        box = _bounds(lines).united(path.boundingRect())
        hatched = steep(parts, self._skin, self._corners)
        return Outline(tuple(lines), path, box, QPointF(*at), hatched, rims)

    def _corners(self, ring: FloatArray) -> FloatArray:
        return self.points(refined(ring, self._step))

    def _curve(self, curve: Curve) -> Outline:
        places = np.array([node.at for node in curve.nodes])
        largest = float(self._skin.px_per_unit(places).max())
        if largest <= 0:
            largest = float(self._skin.px_per_unit(self._skin.focus)[0])
        per_unit = largest * self._viewport.scale
        line = flatten(curve.nodes, closed=curve.closed, tolerance=FLAT / per_unit)
        lines = courses(self.along(line))
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


def _inner(shape: Polygon) -> Point:
    """The middle of the largest circle inside a polygon."""
    if not shape.is_valid or shape.area == 0:
        x, y = shape.exterior.coords[0][:2]
        return float(x), float(y)
    circle = shapely.maximum_inscribed_circle(shape, tolerance=shape.length / 200)
    x, y = circle.coords[0][:2]
    return float(x), float(y)
