"""A small photo with a flat skin map, and scenes of it, for the tests of the screen."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from studio.editing.overlay import Overlay
from studio.imaging.pyramid import build
from studio.model.arrays import ByteArray
from studio.model.case import Case, Variant
from studio.model.chart import Ring
from studio.model.curve import Curve, Node
from studio.model.ids import Id
from studio.model.photo import MeasurementKind, Photo, Plane, View
from studio.model.zone import Zone
from studio.render.scene import Scene
from studio.render.view_options import ViewOptions
from studio.render.viewport import Viewport
from studio.skin.plane import plane_map
from studio.skin.skinmap import SkinMap

WIDTH, HEIGHT = 600, 400
PX_PER_MM = 5.0
LEFT, RIGHT = (200, 160, 140), (90, 100, 120)
"""Colours of the photo's halves, red green blue."""


def pixels() -> ByteArray:
    """Two flat halves, so that every point's colour is known."""
    picture = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
    picture[:, : WIDTH // 2] = LEFT
    picture[:, WIDTH // 2 :] = RIGHT
    return picture


def photo(*, scaled: bool = True) -> Photo:
    """The photo with its chart's origin in the middle."""
    mm = 1 / PX_PER_MM
    matrix = (mm, 0.0, -WIDTH / 2 * mm, 0.0, mm, -HEIGHT / 2 * mm, 0.0, 0.0, 1.0)
    method = MeasurementKind.STICKER if scaled else None
    plane = Plane(matrix=matrix, sigma=0.01, method=method)
    return Photo(
        id="front",
        view=View.FRONT,
        sha256="0" * 64,
        media="image/jpeg",
        width=WIDTH,
        height=HEIGHT,
        plane=plane,
    )


def box_ring(left: float, top: float, right: float, bottom: float) -> Ring:
    """A rectangle of the chart, in mm."""
    return (left, top), (right, top), (right, bottom), (left, bottom)


def zone(ring: Ring, name: Id = "zone", density: float = 110.0, feather: float = 0.0) -> Zone:
    """A zone of full coverage."""
    return Zone(
        id=name, letter="A", name="", chart="front", outline=ring, density=density, feather=feather
    )


def line(y: float = 20.0, *, mirrored: bool = False) -> Curve:
    """A straight level curve from -40 to 0 mm."""
    nodes = (Node((-40.0, y)), Node((0.0, y)))
    return Curve(id="line", name="", chart="front", nodes=nodes, mirrored=mirrored)


def case(*zones: Zone, curves: tuple[Curve, ...] = (), scaled: bool = True) -> Case:
    """A case with one photo and one variant."""
    variant = Variant(id="a", zones=zones, curves=curves)
    return Case(id="case", photos=(photo(scaled=scaled),), variants=(variant,), chosen="a")


def viewport(scale: float = 1.0, ratio: float = 1.0) -> Viewport:
    """A view as large as the photo at scale 1, with the photo in its middle."""
    whole = Viewport(float(WIDTH), float(HEIGHT), (WIDTH, HEIGHT), ratio=ratio)
    return whole.scaled(scale, whole.centre)


class Stage:
    """A scene with a case, as the canvas would keep it."""

    def __init__(
        self, shown: Case, view: Viewport | None = None, options: ViewOptions | None = None
    ) -> None:
        self.skin: SkinMap = plane_map(shown.photos[0])
        self.scene = Scene(shown.photos[0], view or viewport())
        self.scene.show(build(pixels()))
        self.scene.switch(options or ViewOptions())
        self.changed = QRectF()
        self.follow(shown)

    def follow(self, shown: Case, *selected: Id) -> None:
        """Show a case; `changed` is what has to be painted again."""
        self.shown = shown
        self.changed = self.scene.follow(shown, self.skin, frozenset(selected))

    def look(self, view: Viewport) -> None:
        """Look elsewhere."""
        self.scene.look(view)
        self.follow(self.shown)

    def paint(self, overlay: Overlay = ()) -> ByteArray:
        """The view as bytes (h, w, 3), red green blue, in device pixels."""
        view = self.scene.viewport
        size = round(view.width * view.ratio), round(view.height * view.ratio)
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(view.ratio)
        painter = QPainter(image)
        try:
            self.scene.paint(painter, QRectF(0, 0, view.width, view.height), overlay, self.skin)
        finally:
            painter.end()
        words = np.array(image.constBits(), dtype=np.uint8).reshape(size[1], size[0], 4)
        return np.ascontiguousarray(words[:, :, 2::-1])


BARE = ViewOptions(overlays=False, true_tone=True)
PLANNED = ViewOptions(overlays=False)
"""Photo and pigment alone."""


def with_zone(shown: Case, changed: Zone) -> Case:
    """The case with one zone put in the place of the one with its id."""
    zones = tuple(changed if z.id == changed.id else z for z in shown.variant.zones)
    return replace(shown, variants=(replace(shown.variant, zones=zones),))
