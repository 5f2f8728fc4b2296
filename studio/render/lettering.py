"""Words over the photo: the screen font, and text with a halo."""

import math
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
)

from studio.model.resources import resource

FAMILY = "Inter"
HALO = QColor(0x14, 0x14, 0x14, 209)
HALO_WIDTH = 3.0
EDGE = 3.0
"""Pixels left round the text of a picture for its halo."""

INK = QColor("#FFFFFF")
DARK_INK = QColor("#1B1B1B")


@cache
def load_fonts() -> None:
    """Make the shipped screen font known to Qt, once."""
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{weight}.ttf")))


@cache
def screen_font(pixels: int, weight: int = 400) -> QFont:
    """The screen font with digits of one width."""
    load_fonts()
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@dataclass(frozen=True, slots=True)
class Lettering:
    """Size in pixels and weight of words over the photo."""

    pixels: int = 12
    weight: int = 400


@lru_cache(maxsize=256)
def text_size(text: str, style: Lettering) -> tuple[float, float]:
    """Width and ascent of a line of text in pixels."""
    metrics = QFontMetricsF(screen_font(style.pixels, style.weight))
    return metrics.horizontalAdvance(text), metrics.ascent()


def halo_text(painter: QPainter, at: QPointF, text: str, style: Lettering) -> None:
    """White text with a dark halo, its baseline starting at `at`."""
    ratio = painter.device().devicePixelRatio() * painter.transform().m11()
    picture = _halo_picture(text, style, ratio)
    painter.drawImage(at - QPointF(EDGE, EDGE + _ascent(style)), picture)


def plain_text(
    painter: QPainter, at: QPointF, text: str, style: Lettering, ink: QColor = DARK_INK
) -> None:
    """Text without a halo, for the backdrop and for coloured discs."""
    painter.fillPath(_outline(text, style).translated(at), ink)


@lru_cache(maxsize=256)
def _halo_picture(text: str, style: Lettering, ratio: float) -> QImage:
    """The text ready to be copied: strokes of letters are slow. EDGE wider on all sides."""
    width, ascent = text_size(text, style)
    size = width + 2 * EDGE, 1.4 * ascent + 2 * EDGE
    picture = QImage(
        math.ceil(size[0] * ratio),
        math.ceil(size[1] * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    path = _outline(text, style).translated(QPointF(EDGE, EDGE + ascent))
    pen = QPen(HALO, HALO_WIDTH)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(path, pen)
    painter.fillPath(path, INK)
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _ascent(style: Lettering) -> float:
    return QFontMetricsF(screen_font(style.pixels, style.weight)).ascent()


@lru_cache(maxsize=256)
def _outline(text: str, style: Lettering) -> QPainterPath:
    path = QPainterPath()
    path.addText(QPointF(0, 0), screen_font(style.pixels, style.weight), text)
    return path
