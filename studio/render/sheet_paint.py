"""The sheet as a picture: the same page drawn by QPainter, for preview and pictures."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from studio.model.arrays import ByteArray, FloatArray
from studio.model.chart import Point
from studio.render.sheet import (
    BLACK,
    BLACK_INK,
    WHITE,
    Align,
    Colour,
    Ink,
    Page,
    Path,
    Role,
    Stroke,
    Transform,
)
from studio.render.typeface import Type, outlines, text_width

MM_PER_METRE = 1000


class PaintSheet:
    """Implements `Sheet` on a painter whose unit is already one millimetre of the sheet."""

    def __init__(self, painter: QPainter) -> None:
        """Draw with `painter`; its state is left as found."""
        self._painter = painter

    def line(self, path: Path, stroke: Stroke, *, closed: bool = False) -> None:
        """A polyline."""
        self._stroked(_path([path], closed=closed), stroke)

    def lines(self, segments: FloatArray, stroke: Stroke) -> None:
        """Many separate straight lines, (n, 2, 2)."""
        self._stroked(_path(list(segments), closed=False), stroke)

    def polygon(
        self, rings: Sequence[Path], *, fill: Colour | None = None, stroke: Stroke | None = None
    ) -> None:
        """A polygon with holes, even-odd."""
        self._shape(_path(rings, closed=True), fill, stroke)

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Stroke | None = None,
    ) -> None:
        """A circle."""
        path = QPainterPath()
        path.addEllipse(QPointF(*centre), radius, radius)
        self._shape(path, fill, stroke)

    def dots(self, centres: FloatArray, diameter: float, colour: Colour = BLACK) -> None:
        """Filled discs, as round points."""
        pen = QPen(QColor(*colour), diameter)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._painter.setPen(pen)
        for start in range(0, len(centres), 2000):
            rows = centres[start : start + 2000].tolist()
            self._painter.drawPoints([QPointF(x, y) for x, y in rows])

    def image(self, pixels: ByteArray, corner: Point, size: Point) -> None:
        """A picture, grey (h, w) or RGB (h, w, 3), laid over a rectangle."""
        self._painter.drawImage(QRectF(*corner, *size), _image(pixels))

    def text(
        self, at: Point, text: str, type_: Type, *, align: Align = Align.LEFT, ink: Ink = BLACK_INK
    ) -> None:
        """One line of text, as its outlines: the same shapes that the PDF embeds."""
        shape = _letters(text, type_)
        placed = QTransform().translate(*at).rotate(-ink.turn)
        placed.translate(-align.value * text_width(text, type_), 0)
        path = placed.map(shape)
        if ink.halo:
            self._stroked(path, Stroke(2 * ink.halo, WHITE, round=True))
        self._painter.fillPath(path, QColor(*ink.colour))

    @contextmanager
    def transformed(self, transform: Transform) -> Iterator[None]:
        """What is drawn within is moved by `transform`."""
        t = transform
        self._painter.save()
        self._painter.setTransform(QTransform(t.a, t.b, t.c, t.d, t.e, t.f), combine=True)
        yield
        self._painter.restore()

    @contextmanager
    def clipped(self, rings: Sequence[Path]) -> Iterator[None]:
        """What is drawn within shows only inside the polygon."""
        self._painter.save()
        self._painter.setClipPath(_path(rings, closed=True), Qt.ClipOperation.IntersectClip)
        yield
        self._painter.restore()

    def true_size(self, name: str, width: float, height: float) -> AbstractContextManager[None]:
        """Nothing to mark in a picture."""
        return nullcontext()

    def tagged(self, role: Role, alt: str = "") -> AbstractContextManager[None]:
        """Nothing to tag in a picture."""
        return nullcontext()

    def _shape(self, path: QPainterPath, fill: Colour | None, stroke: Stroke | None) -> None:
        if fill is not None:
            self._painter.fillPath(path, QColor(*fill))
        if stroke is not None:
            self._stroked(path, stroke)

    def _stroked(self, path: QPainterPath, stroke: Stroke) -> None:
        if stroke.casing:
            wide = Stroke(stroke.width + 2 * stroke.casing, WHITE, round=stroke.round)
            self._painter.strokePath(path, _pen(wide))
        self._painter.strokePath(path, _pen(stroke))


def page_image(page: Page, dpi: float) -> QImage:
    """A page as a picture on white at `dpi`."""
    scale = dpi / 25.4
    width, height = page.paper.value
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(scale * MM_PER_METRE))
    image.setDotsPerMeterY(round(scale * MM_PER_METRE))
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    painter.scale(scale, scale)
    page.draw(PaintSheet(painter))
    painter.end()
    return image


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(QColor(*stroke.colour), stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if stroke.round else Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if stroke.round else Qt.PenJoinStyle.MiterJoin)
    if stroke.dash:
        pattern = stroke.dash if len(stroke.dash) % 2 == 0 else stroke.dash * 2
        pen.setDashPattern([v / stroke.width for v in pattern])
    return pen


def _path(rings: Sequence[Path] | list[FloatArray], *, closed: bool) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        if closed:
            path.closeSubpath()
    return path


@lru_cache(maxsize=512)
def _letters(text: str, type_: Type) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for points, commands in outlines(text, type_):
        steps = iter([QPointF(x, y) for x, y in points])
        for command in commands:
            if command == "M":
                path.moveTo(next(steps))
            elif command == "L":
                path.lineTo(next(steps))
            else:
                path.quadTo(next(steps), next(steps))
        path.closeSubpath()
    return path


def _image(pixels: ByteArray) -> QImage:
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    grey = pixels.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    return QImage(pixels.data, width, height, pixels.strides[0], kind).copy()
