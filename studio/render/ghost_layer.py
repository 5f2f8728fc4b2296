"""An old photo over the new one, half seen, turned and scaled by two places marked in both."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QTransform

from studio.model.case import Ghost
from studio.render.photo_layer import PhotoLayer
from studio.render.viewport import Viewport


def similarity(ghost: Ghost) -> QTransform:
    """From pixels of the old photo to pixels of the one it lies under; no stretch, no flip."""
    old, here = ([complex(*at) for at in pair] for pair in (ghost.old, ghost.here))
    turn = (here[1] - here[0]) / (old[1] - old[0])
    move = here[0] - turn * old[0]
    return QTransform(turn.real, turn.imag, -turn.imag, turn.real, move.real, move.imag)


def paint_ghost(
    painter: QPainter, layer: PhotoLayer, ghost: Ghost, viewport: Viewport, shown: QRect
) -> None:
    """Draw it in `shown`, the device pixels of the photo below; so are the painter's units."""
    zoom = viewport.scale * viewport.ratio
    left, top = (place * viewport.ratio for place in viewport.offset)
    to_device = QTransform.fromTranslate(left, top)
    if viewport.mirror:
        to_device.translate(viewport.photo[0] * zoom, 0)
        to_device.scale(-1, 1)
    to_device.scale(zoom, zoom)
    whole = similarity(ghost) * to_device
    level = layer.pyramid.level_for(abs(complex(whole.m11(), whole.m12())))
    painter.save()
    painter.setClipRect(shown, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(ghost.strength)
    painter.setTransform(QTransform.fromScale(2**level, 2**level) * whole)
    painter.drawImage(0, 0, layer.levels[level])
    painter.restore()
