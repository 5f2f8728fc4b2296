"""Where something is expected to be seen: a dashed ring with a word."""

import numpy as np

from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Label, Line, Shape
from studio.editing.tool import Desk
from studio.model.chart import Point

RADIUS_PX = 16.0
"""Of the ring, in screen pixels."""


def ghost(desk: Desk, at: Point | None, px: float, words: str) -> list[Shape]:
    """A ring round the photo pixel `at`; `px` is the chart size of one screen pixel."""
    if at is None or px <= 0:
        return []
    middle = desk.skin.to_skin(np.array([at]))[0]
    if not np.isfinite(middle).all():
        return []
    turn = np.linspace(0, 2 * np.pi, 37)
    ring = middle + RADIUS_PX * px * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    right = middle + np.array([RADIUS_PX * px, 0.0])
    return [Line(as_points(ring), Ink.SUGGESTED), Label(as_points(right[None])[0], words)]
