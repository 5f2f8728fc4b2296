"""The head's surface seen from any side: for every pixel its place, normal and cover."""

from dataclasses import dataclass, replace

import numpy as np

from studio.model.arrays import Float32Array, FloatArray, IntArray
from studio.render.lookup import look_up
from studio.render.orbit import Stand
from studio.skin.head.surface import Surface

NODES = 257
"""Directions a side of the table; about 0.016 radians or 1.4 mm apart."""

COARSE = 8
"""Pixels a side of the squares on which the surface is found first."""

FAR_ROUNDS, NEAR_ROUNDS = 6, 3
"""Steps towards the surface from afar, and from the heights found on coarse squares; what is
left after them is measured in the tests."""

FARTHEST = 60.0
"""Longest step in mm."""

TELLING = 0.2
BENDS = (0.4, 3.0)
"""Step in mm from which the bend of the parabola can be read, and within which it is kept."""

UNSETTLED = 6.0
"""Last step in mm from which nothing was found."""

BACKWARDS = -0.1
"""Cosine of the incidence below which a place is on a side that cannot be seen."""

FADE = 0.12
"""Sine of elevation over which the neck fades out, down to `NECK`."""

NECK = (-0.78, -0.88)
"""Sine of the elevation at which nothing is left of it: below the chin, and behind. What a
fit says further down has been seen in no photo."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The squares of a view, `shape` (h, w) of `pitch` pixels, that the head may cover.

    All float32, for the n squares whose places in the view are `index`: `xyz` (3, n) in mm
    of the head frame; `height` (n,) is their part towards the viewer; `normal` (3, n) points
    outwards in the head frame, of unit length; `cover` (n,) is the share of a square
    that the head covers, less where the neck fades. Where `cover` is 0 the rest means nothing.
    """

    pitch: int
    shape: tuple[int, int]
    index: IntArray
    xyz: Float32Array
    height: Float32Array
    normal: Float32Array
    cover: Float32Array

    def spread(self, values: Float32Array, beyond: float = 0.0) -> Float32Array:
        """Values (n,) as a picture (h, w), `beyond` where there is no head."""
        picture = np.full(self.shape[0] * self.shape[1], beyond, np.float32)
        picture[self.index] = values
        return picture.reshape(self.shape)


class Turned:
    """A head ready to be seen from anywhere."""

    def __init__(self, surface: Surface) -> None:
        self._cells = _table(surface)
        self._outside = float(np.sqrt(self._cells[:, :, 0].max()))

    def seen(self, stand: Stand, pitch: int) -> Seen:
        """The view on squares of `pitch` pixels: first on coarse squares, then on its own."""
        import cv2  # noqa: PLC0415

        x, y = (part.astype(np.float32) for part in stand.columns_and_rows(COARSE))
        far_x, far_y = (part.ravel() for part in np.meshgrid(x, y))
        outside = np.maximum(np.float32(self._outside**2) - far_x**2 - far_y**2, 0)
        first = self._found(stand, COARSE, (far_x, far_y), np.sqrt(outside), FAR_ROUNDS)
        coarse = first.height.reshape(len(y), len(x))
        near = cv2.dilate((first.cover > 0).astype(np.uint8).reshape(coarse.shape), np.ones((3, 3)))
        x, y = (part.astype(np.float32) for part in stand.columns_and_rows(pitch))
        ratio = COARSE / pitch
        to_coarse = np.array([[1 / ratio, 0, 0.5 / ratio - 0.5], [0, 1 / ratio, 0.5 / ratio - 0.5]])
        height, wanted = (
            cv2.warpAffine(
                part,
                to_coarse,
                (len(x), len(y)),
                flags=how | cv2.WARP_INVERSE_MAP,
                borderMode=cv2.BORDER_REPLICATE,
            ).ravel()
            for part, how in ((coarse, cv2.INTER_LINEAR), (near, cv2.INTER_NEAREST))
        )
        index = np.flatnonzero(wanted)
        row, column = np.divmod(index, len(x))
        found = self._found(
            stand, pitch, (x[column], y[row]), height[index].astype(np.float32), NEAR_ROUNDS
        )
        return replace(found, shape=(len(y), len(x)), index=index)

    def _found(
        self,
        stand: Stand,
        pitch: int,
        at: tuple[Float32Array, Float32Array],
        height: Float32Array,
        rounds: int,
    ) -> Seen:
        """The surface along lines of sight through `at` (n,), sought from `height` (n,).

        Along such a line |x|^2 - R(x / |x|)^2 is nearly a parabola, whose leading coefficient
        is 1 for a ball and afterwards read from the step before: every step goes to the
        parabola's nearer root, or to its lowest point where it has none. So the outline is as
        good as the inside.
        """
        right, up, towards = stand.orbit.axes.astype(np.float32)
        x, y = at
        flat = right[:, None] * x + up[:, None] * y
        aside = x * x + y * y
        far, gap, cells = _nothing(len(x))
        bend = np.ones(len(x), np.float32)
        step = before = gap
        for number in range(rounds):
            xyz = flat + towards[:, None] * height
            far = np.sqrt(np.maximum(height * height + aside, 1))
            cells = self._look_up(xyz, far)
            half = height - (towards @ cells[1:]) / far
            if number:
                long = np.abs(step) > TELLING
                bend[long] = np.clip((half - before)[long] / step[long], *BENDS)
            gap = half * half - bend * (far * far - cells[0])
            step = (np.sqrt(np.maximum(gap, 0)) - half) / bend
            np.clip(step, -FARTHEST, FARTHEST, out=step)
            before = half
            height = height + step
        xyz = flat + towards[:, None] * height
        normal = xyz / far
        normal -= cells[1:] / cells[0]
        normal /= np.sqrt((normal * normal).sum(axis=0))
        edge = gap * (np.float32(stand.px_per_mm / (2 * pitch)) / (far * bend)) + np.float32(0.5)
        cover = np.clip(edge, 0, 1) * _fade(xyz, far)
        # where the neck is hollow the search may not have ended, or on a far side
        cover *= (np.abs(step) < UNSETTLED) & (towards @ normal > BACKWARDS)
        return Seen(pitch, (1, len(x)), np.arange(len(x)), xyz, height, normal, cover)

    def _look_up(self, xyz: Float32Array, far: Float32Array) -> Float32Array:
        """Cells (4, n) in the directions of places (3, n) that lie `far` (n,) from the origin."""
        stretch = np.sqrt(2 / (far * np.maximum(far + xyz[2], 1e-3)))
        stretch *= (NODES - 1) / 4
        middle = np.float32((NODES - 1) / 2)
        column, row = xyz[:2] * stretch + middle
        return np.ascontiguousarray(look_up(self._cells, column, row, beyond=True).T)


def _table(surface: Surface) -> Float32Array:
    """R^2 and R^2 times the gradient of log R, by direction: Lambert's map, vertex in the middle.

    (NODES, NODES, 4); beyond the map's rim what lies on it.
    """
    axis = np.linspace(-2, 2, NODES)
    x, y = np.meshgrid(axis, axis)
    inwards = np.minimum(1.0, 1.9999 / np.maximum(np.hypot(x, y), 1e-9))
    across, ahead = (x * inwards).ravel(), (y * inwards).ravel()
    squared = across**2 + ahead**2
    lean = np.sqrt(1 - squared / 4)
    u = np.stack([across * lean, ahead * lean, 1 - squared / 2], axis=1)
    # under the neck's end a ball: the neck itself runs along the lines from the middle
    end = _neck_end(u[:, 0], np.hypot(u[:, 0], u[:, 1]))
    below = u[:, 2] < end
    level = np.sqrt(1 - end**2) / np.maximum(np.hypot(u[:, 0], u[:, 1]), 1e-9)
    at = np.where(below[:, None], np.stack([u[:, 0] * level, u[:, 1] * level, end], axis=1), u)
    value, slope = surface.gradient(at)
    slope[below] = 0
    size = np.exp(2 * value)
    cells: FloatArray = np.column_stack([size, size[:, None] * slope])
    return cells.astype(np.float32).reshape(NODES, NODES, 4)


def _neck_end(ahead: FloatArray, aside: FloatArray) -> FloatArray:
    """Sine of elevation at which the neck ends, by how far ahead a direction lies of `aside`."""
    front, back = NECK
    share = ahead / np.maximum(aside, 1e-6)
    return (front + back) / 2 + (front - back) / 2 * share


def _fade(xyz: Float32Array, far: Float32Array) -> Float32Array:
    end = _neck_end(xyz[0], np.hypot(xyz[0], xyz[1]))
    t = np.clip((xyz[2] / far - end) / np.float32(FADE), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def _nothing(count: int) -> tuple[Float32Array, Float32Array, Float32Array]:
    """How far, how deep and what cells, before the first look."""
    return np.ones(count, np.float32), np.zeros(count, np.float32), np.ones((4, count), np.float32)
