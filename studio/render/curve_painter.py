"""Curves over the photo: halo first, then colour; the twin is dashed."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.model.ids import Id
from studio.render.course import stroke
from studio.render.outlines import Outline
from studio.render.tokens import EDITED

REACH = 4.0
"""View pixels that a curve's drawing reaches beyond its line."""

HALO_EXTRA = 2.6
TWIN_DASH = (7.0, 4.0)
"""View pixels of line and gap."""


@dataclass(frozen=True, slots=True)
class CurveLook:
    """One curve as it is drawn: its own line, then its twin's if it has one."""

    parts: tuple[Outline, ...]
    id: Id
    selected: bool


def paint_curves(painter: QPainter, looks: Iterable[CurveLook], seen: QRectF) -> None:
    """Halos of all, twins, then the curves themselves; in view pixels from the photo's corner."""
    shown = list(looks)
    own = [(look.parts[0], 2.5 if look.selected else 2.0) for look in shown]
    twins = [part for look in shown for part in look.parts[1:]]
    for part in twins:
        _draw(painter, part, seen, QPen(QColor(0, 0, 0, 153), 2.0 + HALO_EXTRA))
    for part, width in own:
        _draw(painter, part, seen, QPen(QColor(0, 0, 0, 158), width + HALO_EXTRA))
    for part in twins:
        dashed = QPen(QColor(EDITED), 2.0)
        dashed.setDashPattern([length / 2.0 for length in TWIN_DASH])
        _draw(painter, part, seen, dashed)
    for part, width in own:
        _draw(painter, part, seen, QPen(QColor(EDITED), width))


def _draw(painter: QPainter, part: Outline, seen: QRectF, pen: QPen) -> None:
    for line in part.lines:
        stroke(painter, line, pen, seen)
