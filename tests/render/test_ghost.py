"""The old photo lies where its two marks meet those of the new one."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from studio.imaging.pyramid import build
from studio.model.case import Ghost
from studio.render.ghost_layer import paint_ghost, similarity
from studio.render.photo_layer import photo_layer
from studio.render.viewport import Viewport

GHOST = Ghost(
    photo="old", over="new", old=((20, 30), (80, 30)), here=((100, 50), (100, 170)), strength=1.0
)


def test_marks_fall_on_marks_without_a_flip() -> None:
    lay = similarity(GHOST)
    for old, here in zip(GHOST.old, GHOST.here, strict=True):
        at = lay.map(QPointF(*old))
        assert (at.x(), at.y()) == pytest.approx(here)
    assert lay.determinant() == pytest.approx(4.0), "twice as large, not mirrored"


@pytest.mark.parametrize("mirror", [False, True])
def test_a_spot_of_the_old_photo_is_painted_at_its_place(mirror: bool) -> None:
    pixels = np.zeros((120, 100, 3), np.uint8)
    pixels[26:35, 16:25] = 255  # round the first mark
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    view = Viewport(200.0, 200.0, (200, 200), mirror=mirror)
    paint_ghost(painter, photo_layer(build(pixels)), GHOST, view, QRect(0, 0, 200, 200))
    painter.end()
    light = [(x, y) for x in range(200) for y in range(200) if image.pixelColor(x, y).red() > 127]
    x, y = np.mean(light, axis=0)
    assert (x + 0.5, y + 0.5) == pytest.approx((100, 51), abs=2)
