"""Lucide icons in the colours of the theme."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt, QTemporaryDir
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.model.resources import resource

STROKE = "1.75"


SIZES = (16, 20, 40)
"""Pixels at which icons are kept: rows, buttons, and buttons of screens twice as fine."""


@cache
def icon(name: str, colour: str, disabled: str) -> QIcon:
    """The icon `name` with its line in `colour`, and in `disabled` where it cannot be used."""
    made = QIcon()
    for size in SIZES:
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            made.addPixmap(pixmap(name, colour, size), mode)
        made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def _svg(name: str, colour: str) -> str:
    svg = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return svg.replace("currentColor", colour).replace(
        'stroke-width="2"', f'stroke-width="{STROKE}"'
    )


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name, colour).encode()))


@cache
def _folder() -> QTemporaryDir:
    return QTemporaryDir()


@cache
def file(name: str, colour: str) -> Path:
    """A coloured icon as a file, for the style sheet, which takes nothing else."""
    path = Path(_folder().path()) / f"{name}-{colour.lstrip('#')}.svg"
    path.write_text(_svg(name, colour), encoding="utf-8")
    return path


def untinted(picture: QPixmap) -> QIcon:
    """A picture that a list shows as it is even where its row is selected."""
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)
    return made


@cache
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One picture of an icon, `size` logical pixels square."""
    renderer = _renderer(name, colour)
    side = round(size * ratio)
    image = QImage(QSize(side, side), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
