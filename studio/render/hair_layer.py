"""Follicles found in the photo, as small rings over it; stamped, and only where they are new."""

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.existing import ExistingHair
from studio.model.ids import Id
from studio.planning.existing import marks_of
from studio.render.viewport import Viewport
from studio.skin.skinmap import SkinMap

RING = QColor("#FFD166")
HALO = QColor(0, 0, 0, 150)
HELD_MM = 0.3
"""Radius of a ring in mm of skin, what dots keep clear, where the view is near enough."""

LEAST, MOST = 1.5, 7.0
"""Radius of a ring in view pixels."""


class HairLayer:
    """Follows the case and paints the marks of one photo."""

    def __init__(self) -> None:
        self._hair: ExistingHair | None = None
        self._skin: SkinMap | None = None
        self._px = np.empty((0, 2))
        self._per_mm = 1.0

    def __len__(self) -> int:
        return len(self._px)

    def follow(self, case: Case, photo: Id, skin: SkinMap, *, shown: bool) -> bool:
        """Take a case; whether other marks are to be seen now."""
        found = (one for one in case.existing if one.photo == photo and one.chart == skin.chart)
        hair = next(found, None) if shown else None
        if hair is self._hair and (hair is None or skin is self._skin):
            return False
        self._hair, self._skin = hair, skin
        chart = marks_of(() if hair is None else (hair,))
        self._px = skin.to_photo(chart)
        if len(chart):
            middle = chart[len(chart) // 2 :][:1]
            scale = skin.px_per_unit(middle) / np.sqrt(skin.area_scale(middle))
            self._per_mm = float(scale[0])
        return True

    def paint(self, painter: QPainter, viewport: Viewport, box: QRect) -> None:
        """Draw what lies in `box`, device pixels of the view; so are the painter's units."""
        if not len(self._px):
            return
        ratio = viewport.ratio
        radius = float(np.clip(HELD_MM * self._per_mm * viewport.scale, LEAST, MOST)) * ratio
        at = self._within(viewport, box, radius + 2 * ratio)
        if not len(at):
            return
        stamp = _stamp(radius, ratio)
        corners = np.round(at - stamp.width() / 2).astype(int)
        for x, y in corners.tolist():
            painter.drawPixmap(x, y, stamp)

    def _within(self, viewport: Viewport, box: QRect, reach: float) -> FloatArray:
        """The marks (n, 2), in device pixels, that reach into a box."""
        at = viewport.to_view(self._px) * viewport.ratio
        x, y = at.T
        inside = (x > box.left() - reach) & (x < box.right() + reach)
        inside &= (y > box.top() - reach) & (y < box.bottom() + reach)
        near: FloatArray = at[inside]
        return near


def _stamp(radius: float, ratio: float) -> QPixmap:
    """One ring with its halo, in device pixels."""
    side = 2 * int(np.ceil(radius + 2 * ratio)) + 1
    stamp = QPixmap(side, side)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = QPointF(side / 2, side / 2)
    for colour, width in ((HALO, 2.5), (RING, 1.0)):
        painter.setPen(QPen(colour, width * ratio))
        painter.drawEllipse(middle, radius, radius)
    painter.end()
    return stamp
