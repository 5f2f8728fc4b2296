"""The photo in the view: the pyramid level that suits the zoom, drawn smoothly."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from studio.imaging.pyramid import Pyramid
from studio.model.arrays import ByteArray
from studio.render.viewport import Viewport


@dataclass(frozen=True, slots=True)
class PhotoLayer:
    """The pyramid of one photo, and its levels as images over the same memory."""

    pyramid: Pyramid
    levels: tuple[QImage, ...]


def photo_layer(pyramid: Pyramid) -> PhotoLayer:
    """The layer of a pyramid; nothing is copied."""
    return PhotoLayer(pyramid, tuple(as_image(level) for level in pyramid.levels))


def as_image(pixels: ByteArray | NDArray[np.uint32]) -> QImage:
    """An opaque image over an array, which must stay alive as long as the image.

    Bytes (h, w, 4) in the order blue green red 255, or words (h, w) 0xffRRGGBB.
    """
    if not pixels.flags.c_contiguous or pixels[0, 0].nbytes != 4:
        raise ValueError("an image needs contiguous rows of four bytes per pixel")
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def paint_photo(painter: QPainter, layer: PhotoLayer, viewport: Viewport) -> None:
    """Draw what of the photo lies in the painter's clip; its units are device pixels."""
    zoom = viewport.scale * viewport.ratio
    level = layer.pyramid.level_for(zoom)
    left, top = (place * viewport.ratio for place in viewport.offset)
    shown = QRectF(left, top, viewport.photo[0] * zoom, viewport.photo[1] * zoom)
    to_device = QTransform.fromTranslate(left, top)
    if viewport.mirror:
        to_device.translate(shown.width(), 0)
        to_device.scale(-1, 1)
    to_device.scale(zoom * 2**level, zoom * 2**level)
    painter.save()
    painter.setClipRect(shown.toAlignedRect(), Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(to_device)
    painter.drawImage(0, 0, layer.levels[level])
    painter.restore()
