"""A small picture of one variant: the photo with its zones and curves, without dots.

Needs no window: it may be painted in the pool.
"""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from studio.geometry.bezier import flatten
from studio.geometry.twins import effective_curves, effective_zones
from studio.imaging.pyramid import Pyramid
from studio.model.arrays import FloatArray
from studio.model.case import Case, Variant
from studio.model.photo import Photo
from studio.render.photo_layer import paint_photo, photo_layer
from studio.render.tokens import PURPOSE_COLOURS
from studio.render.viewport import Viewport
from studio.skin.maps import skin_map
from studio.skin.skinmap import SkinMap

ROUND = 0.18
"""Share of the drawing's size left free round it."""

FILL = 90
CASING, LINE = QPen(QColor(0, 0, 0, 170), 3.0), QPen(QColor("#FFFFFF"), 1.5)


def paint_variant(
    case: Case, variant: Variant, photo: Photo, pyramid: Pyramid, size: QSize, ratio: float
) -> QImage:
    """The part of the photo that any variant draws on, so that all are seen alike."""
    skin = skin_map(case, photo)
    view = _view(case, photo, skin, size, ratio)
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.fill(QColor("#262626"))
    painter = QPainter(image)
    try:
        paint_photo(painter, photo_layer(pyramid), view)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        for zone in effective_zones(variant, case.axis):
            if zone.chart == skin.chart:
                path = QPainterPath()
                for ring in (zone.outline, *zone.holes):
                    path.addPolygon(_polygon(_seen(np.array(ring), skin, view)))
                colour = QColor(PURPOSE_COLOURS[zone.purpose])
                colour.setAlpha(FILL)
                painter.fillPath(path, colour)
        lines = [line for line in _lines(case, variant, skin, view) if len(line) > 1]
        for pen in (CASING, LINE):
            painter.setPen(pen)
            for line in lines:
                painter.drawPolyline(_polygon(line))
    finally:
        painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def _lines(case: Case, variant: Variant, skin: SkinMap, view: Viewport) -> Iterator[FloatArray]:
    for curve in effective_curves(variant, case.axis):
        if curve.chart == skin.chart:
            yield _seen(flatten(curve.nodes, closed=curve.closed), skin, view)


def _view(case: Case, photo: Photo, skin: SkinMap, size: QSize, ratio: float) -> Viewport:
    """Round everything that any variant draws on this photo; the whole photo if nothing is."""
    view = Viewport(size.width(), size.height(), (photo.width, photo.height), ratio=ratio)
    drawn = [
        skin.to_photo(points)
        for variant in case.variants
        for points in (
            *(np.array(z.outline) for z in effective_zones(variant, case.axis) if _on(z, skin)),
            *(
                flatten(c.nodes, closed=c.closed)
                for c in effective_curves(variant, case.axis)
                if _on(c, skin)
            ),
        )
    ]
    seen = np.concatenate(drawn) if drawn else np.empty((0, 2))
    seen = seen[np.isfinite(seen).all(axis=1)]
    box = QRectF(0, 0, photo.width, photo.height)
    if len(seen):
        (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
        free = ROUND * max(right - left, bottom - top, 1.0)
        reach = QRectF(left, top, right - left, bottom - top)
        box = reach.adjusted(-free, -free, free, free).intersected(box)
    scale = min(size.width() / box.width(), size.height() / box.height())
    if len(seen) == 0:
        scale = max(size.width() / box.width(), size.height() / box.height())
    middle = box.center()
    x, y = size.width() / 2 - middle.x() * scale, size.height() / 2 - middle.y() * scale
    return Viewport(view.width, view.height, view.photo, scale=scale, offset=(x, y), ratio=ratio)


def _on(item: object, skin: SkinMap) -> bool:
    return getattr(item, "chart", "") == skin.chart


def _seen(chart: FloatArray, skin: SkinMap, view: Viewport) -> FloatArray:
    """Where a line lies in the picture, as far as the photo shows it."""
    points = view.to_view(skin.to_photo(chart))
    shown: FloatArray = points[np.isfinite(points).all(axis=1)]
    return shown


def _polygon(points: FloatArray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points.tolist()])
