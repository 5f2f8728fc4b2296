"""What a zone's settings look like: its real dots, from the outline inwards, enlarged."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from studio.model.case import Placement
from studio.model.zone import Blend, Zone
from studio.pigment.dots import place
from studio.pigment.field import density_field
from studio.pigment.tile import load_tile
from studio.ui.look import Look
from studio.ui.theme import font

PX_PER_MM = 11.0
STRIP_MM = 26.0
HIGH_MM = 5.0
LEAD_MM = 2.0
"""Bare skin shown before the outline."""

SKIN = "#E3BFA8"
INK = "#4A3A33"
SCALE_ROW = 18


class DensityStrip(QWidget):
    """Dots of one zone at 11 px/mm; 0 is the outline, the dashed line the end of the fade-in."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._zone: Zone | None = None
        self._dots = np.empty((0, 2), np.float32)
        self.setFixedHeight(round(HIGH_MM * PX_PER_MM) + SCALE_ROW)
        self.setAccessibleName(QCoreApplication.translate("Zone", "Dots from the outline inwards"))

    def show_zone(self, zone: Zone) -> None:
        """Show the dots that a zone's settings give, without what differs from place to place."""
        self._zone = zone
        sample = replace(
            zone,
            outline=_sample(),
            holes=(),
            feather=_widest(zone),
            feathers=(),
            gradient=None,
            strokes=(),
            follows=None,
            less_existing=False,
            mirrored=False,
            hidden=False,
            blend=Blend.ADD,
        )
        tile = load_tile(Placement().tile)
        dots = place(density_field((sample,), None), tile, Placement())
        xy = dots.xy
        seen = (xy[:, 0] < STRIP_MM) & (xy[:, 1] > 0) & (xy[:, 1] < HIGH_MM)
        self._dots = xy[seen]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Skin, dots, outline, fade-in, and a scale in mm below."""
        if self._zone is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        skin = QRectF(0, 0, self.width(), HIGH_MM * PX_PER_MM)
        painter.setClipRect(skin)
        painter.fillRect(skin, QColor(SKIN))
        if self._zone.blend is not Blend.CLEAR:
            self._paint_dots(painter)
        painter.setPen(QPen(QColor(self._look.tokens.accent), 2))
        painter.drawLine(QPointF(_x(0), 0), QPointF(_x(0), skin.height()))
        pen = QPen(QColor(INK), 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        fade = _x(_widest(self._zone))
        painter.drawLine(QPointF(fade, 0), QPointF(fade, skin.height()))
        painter.setClipping(False)
        self._paint_scale(painter, skin.height())
        painter.end()

    def _paint_dots(self, painter: QPainter) -> None:
        radius = (self._zone.dot_mm if self._zone else 0.3) * PX_PER_MM / 2
        painter.setPen(Qt.PenStyle.NoPen)
        ink = QColor(INK)
        ink.setAlphaF(0.8)
        painter.setBrush(ink)
        for x, y in self._dots.tolist():
            painter.drawEllipse(QPointF(_x(x), y * PX_PER_MM), radius, radius)

    def _paint_scale(self, painter: QPainter, top: float) -> None:
        painter.setFont(font(11, figures=True))
        painter.setPen(QColor(self._look.tokens.text2))
        for mm in range(0, round(STRIP_MM), 4):
            box = QRectF(_x(mm) - 20, top + 2, 40, SCALE_ROW - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{mm} mm" if mm == 20 else str(mm))


def _widest(zone: Zone) -> float:
    """The fade-in where it is widest: corners may have their own."""
    return max(zone.feathers or (zone.feather,))


def _x(mm: float) -> float:
    return (mm + LEAD_MM) * PX_PER_MM


def _sample() -> tuple[tuple[float, float], ...]:
    """A zone whose left edge alone is near enough to be seen."""
    return ((0.0, -40.0), (70.0, -40.0), (70.0, 45.0), (0.0, 45.0))
