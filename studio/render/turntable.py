"""The turntable's picture: the fitted head as a shaded surface with the design and its dots."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from studio.model.arrays import ByteArray, Float32Array, FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.photo import LandmarkKind
from studio.pigment.composite import multiply_layer
from studio.pigment.optics import load_optics
from studio.render.lettering import Lettering, halo_text
from studio.render.lookup import look_up
from studio.render.orbit import Orbit, Stand
from studio.render.photo_layer import as_image
from studio.render.turned import Seen, Turned
from studio.render.turned_design import (
    Line,
    Pigment,
    Spot,
    Tints,
    heights_of,
    lines_of,
    paint_lines,
    paint_spots,
    pigment_of,
    spots_of,
    tints_of,
)
from studio.skin.head.chart import EDGE, UNIT_RADIUS, from_frame
from studio.skin.head.headmap import COUNTED
from studio.skin.head.relief import Relief
from studio.skin.head.stored import relief as relief_of
from studio.skin.maps import skin_map

SKIN = (206, 168, 146)
UNSEEN = (150, 150, 150)
"""Neutral skin, and skin that no photo shows, sRGB: an illustration is not made in the
client's own colour."""

KEY, FILL = (-0.45, 0.60, 0.66), (0.75, 0.05, 0.66)
"""Where the soft light and its reflector stand: right, up, towards the viewer."""

AMBIENT, KEY_LIGHT, FILL_LIGHT, WRAP = 0.12, 0.80, 0.16, 0.25
"""Shares of light; WRAP is how far round the head the large soft light reaches."""

SHEEN, SHARPNESS = 26.0, 20.0
"""Codes that the light's reflection adds at most, and how narrow it is."""

GAMMA = 2.2
"""Codes are multiplied by the light to the power of its inverse."""

UNSEEN_NODES = 190
UNSEEN_SIDE = 760.0
"""Nodes a side of the map of what photos saw, and how far it reaches from the chart's pole."""

SOFT_DEGREES = 6.0
"""Width of the change from skin to grey."""

TELLING = 0.005
"""Share of the head in view from which grey is explained."""

WORDS = Lettering(12, 500)
MARGIN = 16.0

_CHART = from_frame(np.eye(3)).astype(np.float32)
"""Rows: chart x, chart y and the pole in the head frame."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is drawn on the head; `true_tone` draws dots as dark as they are thought to look."""

    dots: bool = True
    design: bool = True
    true_tone: bool = False


class Turntable:
    """One case's head. `follow` its edits, then ask for a `picture` from any side.

    `name_of` gives the words that stand beside a landmark.
    """

    def __init__(self, name_of: Callable[[LandmarkKind], str]) -> None:
        self._name_of = name_of
        self._case: Case | None = None
        self._relief: Relief | None = None
        self._turned: Turned | None = None
        self._unseen: Float32Array | None = None
        self._pigment: Pigment | None = None
        self._lines: tuple[Line, ...] = ()
        self._spots: tuple[Spot, ...] = ()
        self._tints: Tints | None = None

    @property
    def ready(self) -> bool:
        """Whether there is a head to be seen."""
        return self._turned is not None

    def follow(self, case: Case) -> bool:
        """Take in a case; whether anything to be seen changed.

        Raises Refusal when the zones reach further than any head.
        """
        before, self._case = self._case, case
        if before is not None and _drawn(before) == _drawn(case):
            return False
        if before is None or before.head is not case.head:
            self._take_head(case)
        if self._relief is not None:
            self._pigment = pigment_of(case, self._relief)
            self._lines = lines_of(case, self._relief)
            self._spots = spots_of(case, self._relief)
            self._tints = tints_of(case)
        return True

    def picture(
        self, orbit: Orbit, size: tuple[int, int], shown: Shown, backdrop: str, pitch: int = 1
    ) -> QImage:
        """The head from one side, `size` device pixels wide and high.

        The surface is worked out on squares of `pitch` pixels, dots and lines on pixels.
        Without a head there is only the backdrop.
        """
        stand = Stand(orbit, *size)
        ground = QColor(backdrop)
        if self._turned is None:
            image = QImage(*size, QImage.Format.Format_RGB32)
            image.fill(ground)
            return image
        seen = self._turned.seen(stand, pitch)
        albedo, grey = self._albedo(seen, tints=shown.design)
        pixels = _lit(seen, stand, albedo, ground)
        heights = heights_of(seen)
        dotted = shown.dots and self._pigment is not None
        if self._pigment is not None and dotted:
            _pigmented(pixels, self._pigment.density(stand, heights), true_tone=shown.true_tone)
        image = as_image(pixels).copy()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if shown.design:
            paint_spots(painter, self._spots, self._name_of, stand, heights)
            paint_lines(painter, self._lines, stand, heights)
        _paint_words(painter, _words(dots=dotted, grey=grey), stand)
        painter.end()
        return image

    def _take_head(self, case: Case) -> None:
        self._relief = self._turned = self._unseen = self._pigment = self._tints = None
        self._lines, self._spots = (), ()
        if case.head is not None:
            self._relief = relief_of(case.head)
            self._turned = Turned(self._relief.surface)
            self._unseen = _unseen(case)

    def _albedo(self, seen: Seen, *, tints: bool) -> tuple[Float32Array, bool]:
        """Colour codes of the bare surface (n, 3), blue green red; whether some of it is grey."""
        far = np.sqrt((seen.xyz**2).sum(axis=0))
        x, y, up = _CHART @ seen.xyz
        stretch = 2 * UNIT_RADIUS / np.maximum(far + up, 1e-3)
        x *= stretch
        y *= stretch
        share = _share(self._unseen, x, y)
        skin, unseen = (np.array(c[::-1], np.float32) for c in (SKIN, UNSEEN))
        albedo: Float32Array = skin + share[:, None] * (unseen - skin)
        if tints and self._tints is not None:
            left, top = self._tints.corner.tolist()
            scale = np.float32(self._tints.px_per_unit)
            column, row = (x - left) * scale - 0.5, (y - top) * scale - 0.5
            colour = look_up(self._tints.picture, column, row, beyond=False).astype(np.float32)
            albedo *= 1 - colour[:, 3:] / 255
            albedo += colour[:, :3]
        grey = (share > 0.5) & (seen.cover > 0.5)
        return albedo, bool(grey.mean() > TELLING)


def _drawn(case: Case) -> tuple[object, ...]:
    """All that decides about the picture, compared by value."""
    marks = tuple((photo.id, photo.landmarks) for photo in case.photos)
    return case.variant, case.axis(HEAD), case.placement, case.head, case.existing, marks


def _unseen(case: Case) -> Float32Array:
    """Share by which a place is taken as seen by no photo, over the chart, (nodes, nodes)."""
    axis = np.linspace(-UNSEEN_SIDE, UNSEEN_SIDE, UNSEEN_NODES)
    chart = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    least = np.full(len(chart), 180.0)
    for photo in case.photos:
        if case.head is not None and case.head.camera(photo.id) is not None:
            np.minimum(least, skin_map(case, photo).incidence(chart), out=least)
    share = np.clip((least - COUNTED) / SOFT_DEGREES + 0.5, 0, 1)
    share[np.hypot(*chart.T) > EDGE] = 0
    return share.astype(np.float32).reshape(UNSEEN_NODES, UNSEEN_NODES)


def _share(unseen: Float32Array | None, x: Float32Array, y: Float32Array) -> Float32Array:
    if unseen is None:
        return np.zeros_like(x)
    step = np.float32((UNSEEN_NODES - 1) / (2 * UNSEEN_SIDE))
    column, row = (x + UNSEEN_SIDE) * step, (y + UNSEEN_SIDE) * step
    return look_up(unseen, column, row, beyond=False)[:, 0]


def _lit(seen: Seen, stand: Stand, albedo: Float32Array, ground: QColor) -> ByteArray:
    """The surface in soft light before an even ground, blue green red 255 (h, w, 4)."""
    import cv2  # noqa: PLC0415

    axes = stand.orbit.axes
    light = np.full(len(seen.index), AMBIENT, np.float32)
    for lamp, strength, wrap in ((KEY, KEY_LIGHT, WRAP), (FILL, FILL_LIGHT, 0.0)):
        facing = _unit(np.array(lamp) @ axes) @ seen.normal
        light += np.float32(strength / (1 + wrap)) * np.maximum(facing + np.float32(wrap), 0)
    shade = light ** np.float32(1 / GAMMA)
    halfway = _unit(np.array(KEY) / np.linalg.norm(KEY) @ axes + axes[2])
    sheen = np.clip(halfway @ seen.normal, 0, 1) ** np.float32(SHARPNESS) * np.float32(SHEEN)
    behind = np.array([ground.blue(), ground.green(), ground.red()], np.float32)
    codes = albedo * shade[:, None]
    codes += sheen[:, None]
    codes -= behind
    codes *= seen.cover[:, None]
    codes += behind
    height, width = seen.shape
    flat = np.empty((height * width, 4), np.uint8)
    flat[:] = (*behind.astype(np.uint8).tolist(), 255)
    flat[seen.index, :3] = np.clip(codes, 0, 255)
    pixels: ByteArray = flat.reshape(height, width, 4)
    if seen.pitch == 1:
        return pixels
    size = width * seen.pitch, height * seen.pitch
    large = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.ascontiguousarray(large[: stand.height, : stand.width])


def _unit(vector: FloatArray) -> Float32Array:
    """The vector at length 1."""
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def _pigmented(pixels: ByteArray, density: Float32Array, *, true_tone: bool) -> None:
    """Lay dots on, in place."""
    import cv2  # noqa: PLC0415

    optics = load_optics()
    if not true_tone:
        density *= np.float32(optics.emphasis)
    layer = multiply_layer(density, optics.channels).view(np.uint8).reshape(pixels.shape)
    cv2.multiply(pixels, layer, dst=pixels, scale=1 / 255)


def _words(*, dots: bool, grey: bool) -> tuple[str, ...]:
    """What stands on the picture."""
    lines = []
    if grey:
        lines.append(QCoreApplication.translate("Turntable", "Grey: seen in no photo"))
    if dots:
        lines.append(QCoreApplication.translate("Turntable", "Illustration, not a promise"))
    return tuple(lines)


def _paint_words(painter: QPainter, lines: Sequence[str], stand: Stand) -> None:
    for number, line in enumerate(reversed(lines)):
        at = QPointF(MARGIN, stand.height - MARGIN - number * 1.6 * WORDS.pixels)
        halo_text(painter, at, line, WORDS)
