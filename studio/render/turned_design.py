"""The design of a case on the turned head: zones as a picture of the chart, lines, and dots."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_curves, effective_zones
from studio.model.arrays import BoolArray, ByteArray, Float32Array, FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.curve import Curve
from studio.model.photo import LandmarkKind
from studio.model.zone import Zone
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.optics import dot_looks, load_optics
from studio.pigment.oval import splat_ovals
from studio.pigment.tile import load_tile
from studio.planning.standing import hair_on
from studio.render.course import courses
from studio.render.curve_painter import CurveLook, paint_curves
from studio.render.lettering import HALO, INK, Lettering, halo_text
from studio.render.orbit import Stand
from studio.render.outlines import Outline
from studio.render.tokens import PURPOSE_COLOURS
from studio.render.turned import Seen
from studio.render.zone_painter import ZoneLook, paint_letters, paint_zones
from studio.skin.head.relief import Relief
from studio.skin.maps import skin_map

FINEST = 4.0
"""Pixels per chart unit of the zones' picture: 0.2 mm of skin in the middle of the scalp."""

MOST_PX = 2048
TINT = 110
"""Opacity of a zone of 255."""

STEP = 2.0
"""Chart units between points of a line, which the head bends."""

STEEP = 0.06
"""Cosine of the incidence from which dots and lines are drawn: nearer the outline their
place on the screen is uncertain by more than they are wide."""

HIDDEN_MM = 1.5
"""How far behind the surface a place must lie to be hidden by it."""


TELLING = frozenset(
    {
        LandmarkKind.GLABELLA,
        LandmarkKind.CANTHUS_RIGHT,
        LandmarkKind.CANTHUS_LEFT,
        LandmarkKind.TRAGUS_RIGHT,
        LandmarkKind.TRAGUS_LEFT,
    }
)
"""Landmarks that show which way a bare head looks."""

STEEPEST = 70.0
"""Degrees of incidence from which a photo does not place a landmark."""

SPOT = 3.0
NAME = Lettering(11, 500)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Places on the skin in mm of the head frame and their normals, (n, 3) each."""

    xyz: FloatArray
    normal: FloatArray

    def shown(
        self, stand: Stand, heights: Float32Array
    ) -> tuple[FloatArray, FloatArray, BoolArray]:
        """Pixels (n, 2), cosine of the incidence (n,), and which are in sight (n,).

        `heights` (h, w) are those of the surface in the same view, -inf beyond the head.
        """
        px, height = stand.project(self.xyz)
        facing = self.normal @ stand.orbit.axes[2]
        pitch_x, pitch_y = stand.width / heights.shape[1], stand.height / heights.shape[0]
        column, row = (px / (pitch_x, pitch_y)).astype(np.int64).T
        np.clip(column, 0, heights.shape[1] - 1, out=column)
        np.clip(row, 0, heights.shape[0] - 1, out=row)
        # within a square a surface seen from the side rises by more than the square is wide
        rise = pitch_x / stand.px_per_mm / np.maximum(facing, STEEP)
        shown = (facing > STEEP) & (height > heights[row, column] - HIDDEN_MM - rise)
        return px, facing, shown


@dataclass(frozen=True, slots=True, eq=False)
class Pigment:
    """The dots of a design: where, how wide in mm of skin, and how dark, (n,)."""

    at: Placed
    width: Float32Array
    peak: Float32Array

    def density(self, stand: Stand, heights: Float32Array) -> Float32Array:
        """Optical density of the view (h, w); a dot seen from the side is an ellipse."""
        px, _, shown = self.at.shown(stand, heights)
        held = np.flatnonzero(shown)
        # in parallel light a circle is narrowed along its normal as the normal is seen
        right, up, _ = stand.orbit.axes
        x, y = ((self.at.normal @ way).astype(np.float32).take(held) for way in (right, -up))
        squared = (self.width[held] * np.float32(stand.px_per_mm)) ** 2
        ovals = np.stack([1 - x * x, -x * y, 1 - y * y]) * squared
        shape = stand.height, stand.width
        return splat_ovals(px[held].astype(np.float32), ovals, self.peak[held], shape)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """An outline of a zone, or a curve."""

    item: Zone | Curve
    rings: tuple[Placed, ...]
    inner: Placed


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A landmark on the head."""

    kind: LandmarkKind
    at: Placed


@dataclass(frozen=True, slots=True, eq=False)
class Tints:
    """Zones as a picture of the chart, premultiplied blue green red alpha (h, w, 4).

    `corner` is the chart place of its first pixel's corner.
    """

    picture: ByteArray
    corner: FloatArray
    px_per_unit: float


def pigment_of(case: Case, relief: Relief) -> Pigment | None:
    """The dots of the chosen variant on the head; None without any.

    Raises Refusal when the zones reach further than any head.
    """
    zones = [z for z in effective_zones(case.variant, case.axis) if z.chart == HEAD]
    if not zones:
        return None
    field = density_field(zones, relief.area_scale, hair=hair_on(case, HEAD))
    dots = place(field, load_tile(case.placement.tile), case.placement)
    if not len(dots):
        return None
    width, peak = dot_looks(dots, zones, load_optics())
    at = placed(relief, dots.xy.astype(np.float64))
    return Pigment(at, width, peak)


def lines_of(case: Case, relief: Relief) -> tuple[Line, ...]:
    """Every zone and curve of the chosen variant on the head; zones first."""
    found = []
    for zone in effective_zones(case.variant, case.axis):
        if zone.chart == HEAD and len(zone.outline) > 2:
            rings = tuple(
                placed(relief, _refined(np.array([*ring, ring[0]], np.float64)))
                for ring in (zone.outline, *zone.holes)
            )
            found.append(Line(zone, rings, placed(relief, _inner(zone))))
    for curve in effective_curves(case.variant, case.axis):
        if curve.chart == HEAD and len(curve.nodes) > 1:
            flat = _refined(flatten(curve.nodes, closed=curve.closed))
            found.append(Line(curve, (placed(relief, flat),), placed(relief, flat[:1])))
    return tuple(found)


def tints_of(case: Case) -> Tints | None:
    """The zones of the chosen variant, tinted; None without any."""
    zones = [z for z in effective_zones(case.variant, case.axis) if z.chart == HEAD]
    zones = [z for z in zones if len(z.outline) > 2]
    if not zones:
        return None
    points = np.array([point for zone in zones for point in zone.outline])
    corner, end = points.min(axis=0) - 1, points.max(axis=0) + 1
    scale = min(FINEST, MOST_PX / float((end - corner).max()))
    width, height = np.ceil((end - corner) * scale).astype(int).tolist()
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for zone in zones:
        colour = QColor(PURPOSE_COLOURS[zone.purpose])
        colour.setAlpha(TINT)
        path = QPainterPath()
        for ring in (zone.outline, *zone.holes):
            path.addPolygon(
                QPolygonF([QPointF(*p) for p in ((np.array(ring) - corner) * scale).tolist()])
            )
            path.closeSubpath()
        painter.fillPath(path, colour)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, -1, 4)[:, :width].copy()
    return Tints(pixels, corner, scale)


def paint_lines(
    painter: QPainter, lines: tuple[Line, ...], stand: Stand, heights: Float32Array
) -> None:
    """Outlines, curves and letters, where they are in sight."""
    view = QRectF(0, 0, stand.width, stand.height)
    zones, lettered, curves = [], [], []
    for line in lines:
        outline = _outline(line, stand, heights)
        if isinstance(line.item, Zone):
            look = ZoneLook((outline,), line.item, selected=False)
            zones.append(look)
            if line.inner.shown(stand, heights)[2][0]:
                lettered.append(look)
        else:
            curves.append(CurveLook((outline,), line.item.id, selected=False))
    paint_zones(painter, zones, view, 1.0)
    paint_curves(painter, curves, view)
    paint_letters(painter, lettered, view)


def spots_of(case: Case, relief: Relief) -> tuple[Spot, ...]:
    """Where the landmarks that tell sides apart lie, each from the photo that faces it most."""
    best: dict[LandmarkKind, tuple[float, FloatArray]] = {}
    for photo in case.photos:
        skin = skin_map(case, photo)
        for mark in photo.landmarks:
            if skin.chart != HEAD or mark.kind not in TELLING:
                continue
            at = skin.to_skin(np.array([mark.at]))
            angle = float(skin.incidence(at)[0]) if np.isfinite(at).all() else math.inf
            if angle < best.get(mark.kind, (STEEPEST, at))[0]:
                best[mark.kind] = angle, at
    return tuple(Spot(kind, placed(relief, at)) for kind, (_, at) in best.items())


def paint_spots(
    painter: QPainter,
    spots: tuple[Spot, ...],
    name_of: Callable[[LandmarkKind], str],
    stand: Stand,
    heights: Float32Array,
) -> None:
    """A ring and a name for each landmark in sight."""
    for spot in spots:
        px, _, shown = spot.at.shown(stand, heights)
        if shown.any():
            at = QPointF(*px[0].tolist())
            for ink, width in ((HALO, 3.5), (INK, 1.5)):
                painter.setPen(QPen(ink, width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, SPOT, SPOT)
            halo_text(painter, at + QPointF(SPOT + 4, 4), name_of(spot.kind), NAME)


def placed(relief: Relief, chart: FloatArray) -> Placed:
    """Chart points (n, 2) on the skin."""
    xyz = relief.points(chart)
    on = np.isfinite(xyz).all(axis=1)
    return Placed(xyz[on], relief.normals(chart[on]))


def heights_of(seen: Seen) -> Float32Array:
    """Heights of the surface over a view (h, w), -inf beyond the head."""
    covered = np.where(seen.cover > 0.5, seen.height, np.float32(-math.inf))
    return seen.spread(covered, -math.inf)


def _outline(line: Line, stand: Stand, heights: Float32Array) -> Outline:
    """The runs that are in sight; no path, as fills are in the picture of the chart."""
    runs = []
    for ring in line.rings:
        px, _, shown = ring.shown(stand, heights)
        px[~shown] = np.nan
        runs += courses(px)
    at = QPointF(*line.inner.shown(stand, heights)[0][0].tolist())
    bounds = QRectF(at, at)
    for run in runs:
        bounds = bounds.united(run.bounds.adjusted(-0.5, -0.5, 0.5, 0.5))
    return Outline(tuple(runs), QPainterPath(), bounds, at)


def _inner(zone: Zone) -> FloatArray:
    """The middle of the largest circle inside a zone, (1, 2)."""
    shape = polygon_of(zone)
    if not shape.is_valid or shape.area == 0:
        return np.array([zone.outline[0]])
    circle = shapely.maximum_inscribed_circle(shape, tolerance=shape.length / 200)
    return np.array([circle.coords[0]])


def _refined(line: FloatArray) -> FloatArray:
    """The polyline with no step longer than STEP."""
    shape = shapely.segmentize(shapely.LineString(line), STEP)
    return shapely.get_coordinates(shape)
