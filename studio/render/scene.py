"""The picture on the canvas: photo and pigment, the design over them, and the tool's marks."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from studio.editing.overlay import Overlay
from studio.imaging.pyramid import Pyramid
from studio.model.arrays import FloatArray
from studio.model.case import Case, Ghost
from studio.model.chart import HEAD
from studio.model.ids import Id
from studio.model.photo import Photo, View
from studio.pigment.composite import multiply_layer
from studio.pigment.optics import load_optics
from studio.planning.guide import GuideKind
from studio.planning.sight import faced_by
from studio.render.design_layer import DesignLayer
from studio.render.frame import Frame, device_box, device_size
from studio.render.ghost_layer import paint_ghost
from studio.render.guide_layer import GuideLayer
from studio.render.hair_layer import HairLayer
from studio.render.horizon_layer import HORIZON, Notice, box_shown, paint_notice
from studio.render.hud import paint_caption, paint_scale_bar, paint_state, scale_bar
from studio.render.outlines import HEAD_STEP
from studio.render.overlay_painter import overlay_box, paint_overlay
from studio.render.photo_layer import PhotoLayer, as_image, paint_photo, photo_layer
from studio.render.pigment_layer import PigmentLayer
from studio.render.tokens import Theme
from studio.render.view_names import view_name
from studio.render.view_options import ViewOptions
from studio.render.viewport import Box, Viewport
from studio.skin.maps import skin_maps
from studio.skin.skinmap import SkinMap

MOST_NAMED = 3
"""Views that the words for the hatching name."""

RIM_POINTS = 9
"""Points on each side of a box of the chart from which its place in the view is taken."""


class Scene:
    """Everything drawn in one view of one photo, cached so that little is painted anew.

    Say what is to be shown with `show`, `look` and `follow`; `paint` does the work.
    """

    def __init__(self, photo: Photo, viewport: Viewport) -> None:
        self.photo = photo
        self.viewport = viewport
        self.options = ViewOptions()
        self._picture: PhotoLayer | None = None
        self._ghost: tuple[Ghost, PhotoLayer] | None = None
        self._pigment: PigmentLayer | None = None
        self._design = DesignLayer()
        self._guides = GuideLayer()
        self._hair = HairLayer()
        self._notice: Notice | None = None
        self._steep_words = ("", "")
        self._asked: tuple[object, ...] = ()
        self._faced: tuple[View, ...] = ()
        self._ground = Frame(opaque=True)
        self._drawing, self._rings = Frame(opaque=False), Frame(opaque=False)
        self._bar_end = 0.0

    @property
    def dots(self) -> int:
        """How many dots are placed."""
        return len(self._pigment) if self._pigment else 0

    def show(self, pyramid: Pyramid | None) -> None:
        """Take the photo's pixels; None while they are being decoded."""
        self._picture = photo_layer(pyramid) if pyramid else None
        self._ground.soil()

    def lay(self, ghost: Ghost | None, pyramid: Pyramid | None) -> None:
        """Lay an old photo under the drawing; nothing without it or its pixels."""
        layer = photo_layer(pyramid) if ghost and ghost.shown and pyramid else None
        now = None if ghost is None or layer is None else (ghost, layer)
        if (now and now[0]) != (self._ghost and self._ghost[0]):
            self._ground.soil()
        self._ghost = now

    def switch(self, options: ViewOptions) -> None:
        """Take other options."""
        before, self.options = self.options, options
        ground = ("dots", "session", "true_tone", "theme", "backdrop")
        if any(getattr(before, name) != getattr(options, name) for name in ground):
            self._ground.soil()
        self.look(self.viewport.flipped(options.mirror_view))

    def look(self, viewport: Viewport) -> None:
        """Look at another part of the photo, or at another scale."""
        self.viewport = viewport

    def follow(self, case: Case, skin: SkinMap, selected: frozenset[Id]) -> QRectF:
        """Show a case with these items selected; gives the view pixels to paint again.

        Raises Refusal if the dots cannot be placed.
        """
        self._ground.follow(self.viewport)
        self._drawing.follow(self.viewport)
        soiled = QRectF()
        if self.options.overlays:
            wanted = self.options.guides
            midline = GuideKind.MIDLINE in wanted
            box = self._design.follow(case, skin, self.viewport, selected, midline=midline)
            if not box.isEmpty():
                moved = box.translated(*self.viewport.offset)
                soiled |= self._soil(
                    self._drawing, (moved.left(), moved.top(), moved.right(), moved.bottom())
                )
            rings = self._hair.follow(case, self.photo.id, skin, shown=self.options.hair)
            if len(self._hair):
                self._rings.follow(self.viewport)
            if rings:
                soiled |= self._soil(self._rings, None)
            soiled |= self._notify(case, skin)
            barred = self._notice.covered if self._notice is not None else QRectF()
            lines, words = self._guides.follow(
                case, self.photo, skin, self.viewport, wanted, barred
            )
            if not lines.isEmpty():
                edges = lines.left(), lines.top(), lines.right(), lines.bottom()
                soiled |= self._soil(self._drawing, edges)
            soiled |= words
        if self.options.dots:
            soiled |= self._follow_dots(case, skin)
        return soiled

    def _notify(self, case: Case, skin: SkinMap) -> QRectF:
        """Put the words about steep skin in their place; gives what to paint again for them."""
        said = self._steep_words
        self._steep_words = steep_words(self._facing(case, skin))
        before, self._notice = self._notice, self._design.notice(self._steep_words, self.viewport)
        if before == self._notice and said == self._steep_words:
            return QRectF()
        soiled = QRectF()
        for one in (before, self._notice):
            if one is not None:
                soiled |= one.covered
        return soiled

    def _facing(self, case: Case, skin: SkinMap) -> tuple[View, ...]:
        """The views that show straighter what is hatched in this one."""
        px = self._design.steep_px()
        asked = px.tobytes(), case.photos, case.head
        if asked != self._asked:
            chart = skin.to_skin(px) if len(px) else px
            chart = chart[np.isfinite(chart).all(axis=1)]
            photos = faced_by(chart, self.photo.id, case, skin_maps(case)) if len(chart) else ()
            self._asked = asked
            self._faced = tuple(dict.fromkeys(photo.view for photo in photos))
        return self._faced

    def _follow_dots(self, case: Case, skin: SkinMap) -> QRectF:
        if self._pigment is None or self._pigment.skin is not skin:
            self._pigment = PigmentLayer(skin)
            self._pigment.follow(case, self.options.session)
            return self._soil(self._ground, None)
        changed = self._pigment.follow(case, self.options.session)
        if changed is None:
            return QRectF()
        return self._soil(self._ground, self._box_in_view(changed, skin))

    def _soil(self, frame: Frame, box: Box | None) -> QRectF:
        """Have a box of view pixels painted anew, None for everything."""
        whole = QRect(0, 0, *device_size(self.viewport))
        part = whole if box is None else device_box(self.viewport, box)
        frame.soil(part)
        ratio = self.viewport.ratio
        return QRectF(
            part.x() / ratio, part.y() / ratio, part.width() / ratio, part.height() / ratio
        )

    def _box_in_view(self, box: Box, skin: SkinMap) -> Box | None:
        """Where a box of the chart lies in the view, with the width of a dot; None: anywhere."""
        if not all(map(math.isfinite, box)):
            return None
        if skin.seen_within(HORIZON) is None:
            x, y = np.meshgrid(
                np.linspace(box[0], box[2], RIM_POINTS), np.linspace(box[1], box[3], RIM_POINTS)
            )
            seen = self.place(np.stack([x.ravel(), y.ravel()], axis=1), skin)
            if not np.isfinite(seen).all():
                return None
        else:
            seen = self.place(box_shown(box, skin, HEAD_STEP), skin)
            seen = seen[np.isfinite(seen).all(axis=1)]
            if len(seen) == 0:
                return 0.0, 0.0, 0.0, 0.0
        left, top = seen.min(axis=0).tolist()
        right, bottom = seen.max(axis=0).tolist()
        return left - 1, top - 1, right + 1, bottom + 1

    def place(self, chart: FloatArray, skin: SkinMap) -> FloatArray:
        """Chart points (n, 2) to view pixels."""
        return self.viewport.to_view(skin.to_photo(chart))

    def overlay_box(self, overlay: Overlay, skin: SkinMap) -> QRectF:
        """The view pixels that a tool's marks take."""
        return overlay_box(
            overlay, lambda chart: self.place(chart, skin), self._view, _longest(skin)
        )

    @property
    def _view(self) -> QRectF:
        return QRectF(0, 0, self.viewport.width, self.viewport.height)

    def paint(self, painter: QPainter, box: QRectF, overlay: Overlay, skin: SkinMap) -> None:
        """Paint the view pixels in `box`; the case must have been followed."""
        self._ground.mend(self._paint_ground)
        self._ground.draw(painter, box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.options.overlays:
            self._drawing.mend(self._paint_drawing)
            self._drawing.draw(painter, box)
            if len(self._hair):
                self._rings.mend(lambda into, part: self._hair.paint(into, self.viewport, part))
                self._rings.draw(painter, box)
            self._guides.paint_words(painter, box, light=self._light)
            paint_overlay(
                painter,
                overlay,
                lambda chart: self.place(chart, skin),
                self._view,
                _longest(skin),
            )
            if self._notice is not None:
                paint_notice(painter, self._notice, self._steep_words)
            self._paint_scale_bar(painter, skin)
        self.paint_caption(painter)

    def paint_state(self, painter: QPainter, words: str) -> None:
        """Say what is happening to the picture."""
        paint_state(painter, words, self.viewport, light=self._light)

    def _paint_drawing(self, painter: QPainter, box: QRect) -> None:
        """The design and the lines of guides in a box of device pixels."""
        self._design.paint(painter, self.viewport, box)
        self._guides.paint_lines(painter, self.viewport, box)

    def _paint_ground(self, painter: QPainter, box: QRect) -> None:
        """Backdrop, photo and pigment in a box of device pixels; so are the painter's units."""
        shown = self._shown().intersected(box)
        if shown != box or self._picture is None:
            painter.fillRect(box, QColor(self.options.backdrop_colour))
        if self._picture is None or shown.isEmpty():
            return
        paint_photo(painter, self._picture, self.viewport)
        if self._ghost is not None:
            ghost, old = self._ghost
            paint_ghost(painter, old, ghost, self.viewport, self._shown())
        if self._pigment is None or not self.options.dots:
            return
        edges = shown.x(), shown.y(), shown.x() + shown.width(), shown.y() + shown.height()
        density = self._pigment.density(self.viewport, edges)
        if density is not None:
            optics = load_optics()
            if not self.options.true_tone:
                density *= np.float32(optics.emphasis)
            layer = multiply_layer(density, optics.channels)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.drawImage(shown.topLeft(), as_image(layer))
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

    def _shown(self) -> QRect:
        """The device pixels that the photo covers."""
        return device_box(self.viewport, self.viewport.view_box((0, 0, *self.viewport.photo)))

    def _paint_scale_bar(self, painter: QPainter, skin: SkinMap) -> None:
        bar = scale_bar(skin, self.viewport)
        self._bar_end = 0.0
        if bar is not None:
            words = map_words(bar[0]) if self.photo.id == HEAD else scale_words(bar[0], skin.method)
            self._bar_end = paint_scale_bar(
                painter, bar[1], words, self.viewport, light=self._light
            )

    def paint_caption(self, painter: QPainter) -> None:
        """A simulated picture says so, whatever else is hidden."""
        if self.options.dots and self.dots and self._picture is not None:
            words = promise() if self.options.true_tone else planned()
            end = self._bar_end if self.options.overlays else 0.0
            paint_caption(painter, words, self.viewport, light=self._light, beside=end)

    @property
    def _light(self) -> bool:
        return self.options.theme is Theme.LIGHT


def _longest(skin: SkinMap) -> float:
    """Chart units after which a line drawn by a tool needs a further point."""
    return math.inf if skin.seen_within(HORIZON) is None else HEAD_STEP


def steep_words(facing: Sequence[View]) -> tuple[str, str]:
    """What the hatching says, with the views where that skin is counted."""
    title = QCoreApplication.translate("Canvas", "Hatched: seen at over 60°")
    if not facing:
        return title, QCoreApplication.translate("Canvas", "too steep here, no photo faces it")
    words = QCoreApplication.translate("Canvas", "too steep here, counted on {views}")
    return title, words.format(views=", ".join(view_name(view) for view in facing[:MOST_NAMED]))


def promise() -> str:
    """What every simulated picture says of itself."""
    return QCoreApplication.translate("Canvas", "Simulated · Illustration, not a promise")


def planned() -> str:
    """What a view with strengthened dots says of itself."""
    return QCoreApplication.translate("Canvas", "Planned dots, drawn darker than they heal")


def map_words(length_mm: float) -> str:
    """What the scale bar of the scalp map says, which is drawn smaller further out."""
    words = QCoreApplication.translate("Canvas", "{0} mm in the middle of the map")
    return words.format(f"{length_mm:g}")


def scale_words(length_mm: float, method: str) -> str:
    """What the scale bar says: its length, and where it is true."""
    places = {
        "sticker": QCoreApplication.translate("Canvas", "{0} mm at the sticker"),
        "card": QCoreApplication.translate("Canvas", "{0} mm at the card"),
        "ruler": QCoreApplication.translate("Canvas", "{0} mm at the ruler"),
        "own pupil distance": QCoreApplication.translate("Canvas", "{0} mm at the pupils"),
        "iris": QCoreApplication.translate("Canvas", "{0} mm at the iris"),
        "mean pupil distance": QCoreApplication.translate("Canvas", "{0} mm at the pupils"),
        "head": QCoreApplication.translate("Canvas", "{0} mm where the head faces you"),
    }
    return places[method].format(f"{length_mm:g}")
