"""What of a design a photo of the head shows: clipped at the horizon, hatched where it is steep."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import shapely
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPixmap, QTransform
from shapely import Polygon
from shapely.geometry.polygon import orient

from studio.model.arrays import FloatArray
from studio.render.lettering import Lettering, halo_text, text_size
from studio.skin.skinmap import SkinMap

HORIZON = 88.0
"""Degrees of incidence up to which skin is filled: 0.06 mm inside the outline of a head."""

STEEP, STEEPER = 60.0, 70.0
"""Degrees of incidence from which skin is hatched, and from which nothing is counted."""

HATCH = QColor(255, 255, 255, 107)
LINE_PX = 1.0
PITCH_PX = {STEEP: 7.0, STEEPER: 4.0}
"""View pixels between lines at 45 degrees (interface tokens, section 6)."""

NAME, DETAIL = Lettering(12, 600), Lettering(11, 400)
LINE_HEIGHT = 16.0
LEADER, NEAREST, EDGE = 48.0, 16.0, 16.0
"""View pixels from the hatched skin to its words, at least, and from them to the view's edge."""

Corners = Callable[[FloatArray], FloatArray]
"""A closed line of the chart (n, 2) to view pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Steep:
    """The part of a zone turned too far from the camera, as paths of view pixels.

    `counted` is still counted here, `refused` no more; `points` (n, 2) are their corners.
    """

    counted: QPainterPath = field(default_factory=QPainterPath)
    refused: QPainterPath = field(default_factory=QPainterPath)
    points: FloatArray = field(default_factory=lambda: np.empty((0, 2)))


FLAT = Steep()
"""Nothing is steep."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Where the words for the hatching stand, and the line that leads from them to it."""

    box: QRectF
    leader: QLineF | None
    right: bool

    @property
    def covered(self) -> QRectF:
        """The view pixels that it takes."""
        box = self.box
        if self.leader is not None:
            box = box.united(QRectF(self.leader.p1(), self.leader.p2()).normalized())
        return box.adjusted(-4, -4, 4, 4)


def shown(shape: Polygon, skin: SkinMap) -> list[Polygon] | None:
    """The parts of a polygon of the chart on this side of the horizon; None: all of it."""
    limit = skin.seen_within(HORIZON)
    if limit is None:
        return None
    shapely.prepare(limit)
    if not shape.is_valid:
        return polygons(shapely.intersection(shapely.make_valid(shape), limit))
    return None if limit.contains(shape) else polygons(shapely.intersection(shape, limit))


def readable(parts: Sequence[Polygon], skin: SkinMap) -> Polygon:
    """The largest part that faces the camera, or the largest of all: the place for a letter."""
    faced = skin.seen_within(STEEPER)
    if faced is None:
        raise ValueError("a plane has no horizon that could cut anything into parts")
    facing = [p for part in parts for p in polygons(shapely.intersection(part, faced))]
    return max(facing or parts, key=lambda part: part.area)


def steep(parts: Iterable[Polygon], skin: SkinMap, corners: Corners) -> Steep:
    """What of polygons on this side of the horizon is steep."""
    faced, counted = skin.seen_within(STEEP), skin.seen_within(STEEPER)
    if faced is None or counted is None:
        return FLAT
    shapely.prepare(faced)
    beyond = [
        polygon
        for part in parts
        if not faced.contains(part)
        for polygon in polygons(shapely.difference(part, faced))
    ]
    if not beyond:
        return FLAT
    paths, points = [], []
    for cut in (shapely.intersection, shapely.difference):
        path = QPainterPath()
        for polygon in beyond:
            for part in polygons(cut(polygon, counted)):
                points += add_polygon(path, part, corners)
        paths.append(path)
    return Steep(paths[0], paths[1], np.concatenate(points) if points else FLAT.points)


def add_polygon(path: QPainterPath, part: Polygon, corners: Corners) -> list[FloatArray]:
    """Add a polygon of the chart to a path; gives its rings in view pixels."""
    rings = []
    part = orient(part)
    for ring in (part.exterior, *part.interiors):
        line = corners(shapely.get_coordinates(ring))
        line = line[np.isfinite(line).all(axis=1)]
        if len(line) > 2:
            path.addPolygon([QPointF(x, y) for x, y in line.tolist()])
            path.closeSubpath()
            rings.append(line)
    return rings


def box_shown(box: tuple[float, float, float, float], skin: SkinMap, step: float) -> FloatArray:
    """Chart points (n, 2) round what a photo of a head shows of a box of the chart."""
    parts = shown(shapely.box(*box), skin)
    whole = [shapely.box(*box)] if parts is None else parts
    return shapely.get_coordinates(shapely.segmentize(whole, step))


def polygons(shape: shapely.Geometry) -> list[Polygon]:
    """The polygons in what an overlay gives, without the lines and points it leaves behind."""
    parts = shapely.get_parts(shapely.get_parts(shape)).tolist()
    return [part for part in parts if isinstance(part, Polygon) and not part.is_empty]


def paint_steep(painter: QPainter, parts: Iterable[Steep], ratio: float) -> None:
    """Hatch steep skin, once where zones overlap."""
    counted, refused = QPainterPath(), QPainterPath()
    for part in parts:
        counted.addPath(part.counted)
        refused.addPath(part.refused)
    for path, pitch in ((counted, PITCH_PX[STEEP]), (refused, PITCH_PX[STEEPER])):
        if not path.isEmpty():
            path.setFillRule(Qt.FillRule.WindingFill)
            painter.fillPath(path, _brush(pitch, ratio))


@lru_cache(maxsize=16)
def _brush(pitch: float, ratio: float) -> QBrush:
    """Lines at 45 degrees as a brush that repeats."""
    side = round(pitch * 2**0.5 * ratio)
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(HATCH, LINE_PX * ratio))
    for shift in (-side, 0, side):
        painter.drawLine(QLineF(shift - side, 2 * side, shift + 2 * side, -side))
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    return brush


def notice(
    hatched: Sequence[FloatArray], drawn: Sequence[QRectF], words: tuple[str, str], view: QRectF
) -> Notice | None:
    """The place for the words beside the hatching, where the design leaves more room.

    `hatched` are corners of steep skin and `drawn` the boxes of everything drawn, in view
    pixels. Without room beside the design the words stand in the view's corner. None where
    nothing steep is in view.
    """
    points = np.concatenate(hatched) if hatched else FLAT.points
    inside = (points > (view.left(), view.top())) & (points < (view.right(), view.bottom()))
    points = points[inside.all(axis=1)]
    if len(points) == 0:
        return None
    width = max(text_size(words[0], NAME)[0], text_size(words[1], DETAIL)[0]) + 4
    height = 2 * LINE_HEIGHT + 4
    low, high = view.top() + EDGE, view.bottom() - EDGE - height
    found = []
    for side in (-1, 1):
        x, y = points[(-side * points[:, 0]).argmin()].tolist()
        room = (x - view.left() if side < 0 else view.right() - x) - width
        if room < EDGE + NEAREST:
            continue
        away = min(LEADER, room - EDGE)
        top = min(max(y - height / 2, low), high)
        left = x - away - width if side < 0 else x + away
        box = QRectF(left, top, width, height)
        if not any(box.intersects(one) for one in drawn):
            start = QPointF(x + side * (away - 6), top + height / 2)
            found.append((room, Notice(box, QLineF(start, QPointF(x, y)), side > 0)))
    if found:
        return max(found, key=lambda one: one[0])[1]
    return Notice(QRectF(view.left() + EDGE, low, width, height), None, right=True)


def paint_notice(painter: QPainter, one: Notice, words: tuple[str, str]) -> None:
    """Two lines of words and the line to what they mean."""
    for colour, width in ((QColor(0, 0, 0, 89), 3.0), (QColor("#FFFFFF"), 1.0)):
        if one.leader is not None:
            painter.setPen(QPen(colour, width))
            painter.drawLine(one.leader)
    for line, (text, style) in enumerate(zip(words, (NAME, DETAIL), strict=True)):
        width, _ = text_size(text, style)
        left = one.box.left() + 2 if one.right else one.box.right() - 2 - width
        halo_text(painter, QPointF(left, one.box.top() + 14 + line * LINE_HEIGHT), text, style)
