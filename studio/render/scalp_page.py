"""The scalp map's picture on screen: a light page with tape rings, the clock, ears and nape."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from studio.model.arrays import ByteArray, FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD, Point
from studio.render.lettering import screen_font
from studio.render.pages.tapemap import REACH_MM, RING_MM, Places, finite, laid_out
from studio.skin.head.headskin import HeadSkin
from studio.skin.head.scalpmap import SIZE_PX
from studio.skin.head.tapenet import HOURS, TapeNet
from studio.skin.maps import skin_maps
from studio.skin.skinmap import SkinMap

PAPER, SCALP = QColor("#ECEAE6"), QColor("#FAF9F7")
NET, FAINT, LINE, INK = QColor("#A9B4BC"), QColor("#D2D4D3"), QColor("#55606A"), QColor("#2A2F34")
FINE, FIRM = 3.0, 6.0
"""Pixels of the page: on a view of 1000 pixels a third of that."""

HOUR = 52
SMALL, LARGE = (34, LINE), (HOUR, INK)
"""Pixels and ink of words."""

EAR = 120.0, 62.0
"""Half height and width of an ear, pixels."""

NOSE = 70.0, 110.0
TOLD_MM = 40.0
"""Every second ring has its figure."""


def scalp_page(case: Case) -> ByteArray:
    """The page (h, w, 3), face up as on the printed one. The case must have a fitted head."""
    skin = skin_maps(case)[HEAD]
    if not isinstance(skin, HeadSkin):
        raise TypeError("the map of the scalp is that of a head")
    image = QImage(*SIZE_PX, QImage.Format.Format_RGB888)
    image.fill(PAPER)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        laid = laid_out(case)
        _paint(painter, laid.places, laid.tape_map.net, skin)
    finally:
        painter.end()
    width, height = SIZE_PX
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    # the image lets go of its pixels here
    return rows[:, : 3 * width].reshape(height, width, 3).copy()


def _paint(painter: QPainter, found: Places, net: TapeNet, skin: SkinMap) -> None:
    rim = _closed(skin.to_photo(found.rim))
    centre = _at(found.vertex, skin)
    _paint_net(painter, net, skin, FAINT)
    _paint_ears(painter, found, skin, centre)
    _paint_nose(painter, _at(found.brow, skin))
    painter.fillPath(rim, SCALP)
    painter.save()
    painter.setClipPath(rim)
    _paint_net(painter, net, skin, NET)
    painter.restore()
    painter.strokePath(rim, QPen(LINE, FIRM))
    _paint_cross(painter, centre, 26.0)
    _paint_cross(painter, _at(found.occiput, skin), 14.0)
    _paint_figures(painter, net, skin, rim)
    _paint_hours(painter, found, net, skin)
    _paint_sides(painter)


def _paint_net(painter: QPainter, net: TapeNet, skin: SkinMap, colour: QColor) -> None:
    """Rings every 20 mm of tape and twelve spokes, of which those of the mid-line are firm."""
    painter.setPen(QPen(colour, FINE))
    rings = [net.ring(mm) for mm in np.arange(RING_MM, REACH_MM + 1, RING_MM).tolist()]
    _polylines(painter, rings, skin)
    every = len(net.courses) // HOURS
    spokes = [net.spoke(hour * every, REACH_MM) for hour in range(HOURS)]
    _polylines(painter, spokes, skin)
    painter.setPen(QPen(colour.darker(125), FIRM))
    _polylines(painter, [spokes[0], spokes[HOURS // 2]], skin)


def _polylines(painter: QPainter, lines: Sequence[FloatArray], skin: SkinMap) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for line in finite(lines):
        painter.drawPolyline(_polygon(skin.to_photo(line)))


def _paint_ears(painter: QPainter, found: Places, skin: SkinMap, centre: QPointF) -> None:
    """Half an ellipse at each tragus, standing off the head."""
    painter.setPen(QPen(LINE, FIRM))
    painter.setBrush(PAPER)
    turn = np.linspace(-math.pi / 2, math.pi / 2, 33)
    for at in found.ears.values():
        place = _at(at, skin)
        out = math.copysign(1.0, place.x() - centre.x())
        shape = np.stack(
            [
                place.x() + out * EAR[1] * np.cos(turn) ** 0.6,
                place.y() + EAR[0] * np.sin(turn),
            ],
            axis=1,
        )
        painter.drawPolygon(_polygon(shape))


def _paint_nose(painter: QPainter, brow: QPointF) -> None:
    half, high = NOSE
    tip = [
        brow + QPointF(-half, 0),
        brow + QPointF(-half / 2, -high * 0.7),
        brow + QPointF(0, -high),
        brow + QPointF(half / 2, -high * 0.7),
        brow + QPointF(half, 0),
    ]
    painter.setPen(QPen(LINE, FIRM))
    painter.drawPolyline(QPolygonF(tip))
    _text(
        painter,
        brow + QPointF(0, 0.9 * HOUR),
        QCoreApplication.translate("ScalpMap", "Brow centre"),
        SMALL,
        Qt.AlignmentFlag.AlignHCenter,
    )


def _paint_cross(painter: QPainter, at: QPointF, reach: float) -> None:
    painter.setPen(QPen(LINE, FINE))
    painter.setBrush(SCALP)
    painter.drawEllipse(at, reach / 2, reach / 2)
    painter.drawLine(at - QPointF(reach, 0), at + QPointF(reach, 0))
    painter.drawLine(at - QPointF(0, reach), at + QPointF(0, reach))


def _paint_figures(painter: QPainter, net: TapeNet, skin: SkinMap, rim: QPainterPath) -> None:
    """Millimetres of tape beside the mid-line, in front and behind."""
    for mm in np.arange(TOLD_MM, REACH_MM + 1, TOLD_MM).tolist():
        ring = net.ring(mm)
        for spoke in (0, len(net.courses) // 2):
            if np.isfinite(ring[spoke]).all():
                at = _at((float(ring[spoke, 0]), float(ring[spoke, 1])), skin)
                _text(
                    painter,
                    at + QPointF(16, -10),
                    f"{mm:.0f}",
                    SMALL,
                    Qt.AlignmentFlag.AlignLeft,
                    SCALP if rim.contains(at) else PAPER,
                )


def _paint_hours(painter: QPainter, found: Places, net: TapeNet, skin: SkinMap) -> None:
    """The clock round the line of the hat: 12 is the face, 6 the nape."""
    rim = skin.to_photo(found.rim)
    centre = _at(found.vertex, skin)
    words = {
        0: QCoreApplication.translate("ScalpMap", "12  FACE"),
        6: QCoreApplication.translate("ScalpMap", "6  NAPE"),
    }
    every = len(net.courses) // HOURS
    for hour in range(HOURS):
        spoke = skin.to_photo(net.courses[hour * every])
        spoke = spoke[np.isfinite(spoke).all(axis=1)]
        away = np.hypot(*(spoke[:, None] - rim[None]).transpose(2, 0, 1)).min(axis=1)
        x, y = spoke[int(away.argmin())].tolist()
        way = np.array([x - centre.x(), y - centre.y()])
        way /= np.hypot(*way)
        out = NOSE[1] + 40.0 if hour == 0 else 60.0
        at = QPointF(x + out * way[0], y + out * way[1] + 0.35 * HOUR)
        _text(painter, at, words.get(hour, str(hour)), LARGE, Qt.AlignmentFlag.AlignHCenter)


def _paint_sides(painter: QPainter) -> None:
    """Left and right are the client's."""
    width, _ = SIZE_PX
    left = QCoreApplication.translate("ScalpMap", "Client’s left")
    right = QCoreApplication.translate("ScalpMap", "Client’s right")
    _text(painter, QPointF(60, 110), left, LARGE, Qt.AlignmentFlag.AlignLeft)
    _text(painter, QPointF(width - 60, 110), right, LARGE, Qt.AlignmentFlag.AlignRight)
    note = QCoreApplication.translate("ScalpMap", "Rings every 20 mm of tape from the vertex")
    _text(painter, QPointF(60, 170), note, SMALL, Qt.AlignmentFlag.AlignLeft)


def _text(
    painter: QPainter,
    at: QPointF,
    words: str,
    style: tuple[int, QColor],
    align: Qt.AlignmentFlag,
    ground: QColor = PAPER,
) -> None:
    """A line of text whose baseline begins, ends or has its middle at a point."""
    pixels, ink = style
    painter.setFont(screen_font(pixels, 500))
    painter.setPen(ink)
    wide = 2000.0
    left = {Qt.AlignmentFlag.AlignLeft: 0.0, Qt.AlignmentFlag.AlignRight: -wide}.get(
        align, -wide / 2
    )
    box = QRectF(at.x() + left, at.y() - 1.2 * pixels, wide, 1.45 * pixels)
    flags = int(align | Qt.AlignmentFlag.AlignBottom)
    taken = painter.boundingRect(box, flags, words)
    painter.fillRect(taken.adjusted(-8, 0.1 * pixels, 8, -0.1 * pixels), ground)
    painter.drawText(box, flags, words)


def _at(place: Point, skin: SkinMap) -> QPointF:
    return QPointF(*skin.to_photo(np.array([place]))[0].tolist())


def _polygon(line: FloatArray) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in line.tolist()])


def _closed(line: FloatArray) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(_polygon(line))
    path.closeSubpath()
    return path
