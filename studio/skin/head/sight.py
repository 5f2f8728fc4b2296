"""What one camera sees of the head: the grid's nodes in the photo, and the way back."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import BoolArray, Float32Array, FloatArray, IntArray
from studio.skin.head import grid
from studio.skin.head.camera import Camera
from studio.skin.head.chart import REACH
from studio.skin.head.relief import Relief

CLOSE_PX = 0.02
"""A place is found when it comes to lie this close to its pixel."""

ACROSS = 96
"""Cells along the longer side of the head in the photo, from which the search starts."""

HIDDEN = -0.1
"""Stands for the cosine of the incidence where the head itself is in the way."""

_MOST = 8
_LEAP = 4.0
_BEYOND = 0.1
"""Steps beyond a cell to which its values still hold: the slope changes by 1 % from one to the
next."""
_EDGE = grid.HALF - 1.5
_ROW = 16384


@dataclass(frozen=True, eq=False)
class Sight:
    """A relief seen by a camera, tabulated. Flat tables have one value a node."""

    relief: Relief
    camera: Camera

    @cached_property
    def px(self) -> NDArray[np.complex128]:
        """Photo pixels of the nodes, x + iy."""
        right, down, ahead = self._in_camera
        zoom = self.camera.focal_px / ahead
        px = np.empty(len(zoom), dtype=np.complex128)
        px.real = right * zoom + self.camera.centre[0]
        px.imag = down * zoom + self.camera.centre[1]
        return px

    @cached_property
    def facing(self) -> FloatArray:
        """Cosine of the angle between the normal and the way to the camera, hidden or not."""
        facing = np.zeros_like(self.relief.outward)
        for part, normal in zip(self.camera.position, self.relief.normal, strict=True):
            facing += part * normal
        facing -= self.relief.outward
        facing /= self._distance
        return facing

    @cached_property
    def seen(self) -> FloatArray:
        """`facing`, or `HIDDEN` where the head is in the way or has no skin."""
        seen = np.full(len(self.facing), HIDDEN)
        reached = grid.nodes().index
        seen[reached] = self.facing[reached]
        seen[self._behind] = HIDDEN
        return seen

    @cached_property
    def px2_per_mm2(self) -> FloatArray:
        """Pixels that a mm2 of skin covers, one over `skin_per_pixel`; 0 where it turns away."""
        pixels: FloatArray = np.maximum(self.facing, 0.0) * self._distance
        pixels *= self.camera.focal_px**2 / self._in_camera[2] ** 3
        return pixels

    @cached_property
    def ovals(self) -> FloatArray:
        """What the photo makes of skin at the nodes, see `SkinMap.ovals`, (3, SIZE * SIZE).

        J J' of the projection cut down to the skin: that of all directions, less the normal's.
        """
        right, down, ahead = self._in_camera
        across, below = right / ahead, down / ahead
        to_right, to_down, onwards = self.camera.rotation @ self.relief.normal
        lost_x, lost_y = to_right - across * onwards, to_down - below * onwards
        squared = (self.camera.focal_px / ahead) ** 2
        ovals = np.stack(
            [across**2 - lost_x**2, across * below - lost_x * lost_y, below**2 - lost_y**2]
        )
        ovals[::2] += 1
        ovals *= squared
        return ovals

    def to_photo(self, at: grid.Cells) -> NDArray[np.complex128]:
        """Photo pixels x + iy of places on the grid; NaN where the camera cannot see them."""
        px = grid.read(self.px, at)
        hidden = ~(grid.read(self.seen, at) > 0)
        hidden |= ~at.on
        px[hidden] = complex(np.nan, np.nan)
        return px

    def to_grid(self, px: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Steps of the grid from its middle to what shows at photo pixels (n, 2); NaN off it.

        Newton's method on the table itself, so that there and back meets.
        """
        x, y, on = self._start(px)
        target = px[:, 0] + 1j * px[:, 1]
        seen, open_ = np.empty(len(px)), np.empty(len(px), np.bool_)
        for i in range(0, len(px), _ROW):  # what fits into the processor's cache
            part = slice(i, i + _ROW)
            x[part], y[part], seen[part], open_[part] = self._nearer(x[part], y[part], target[part])
        open_ &= on
        for _ in range(_MOST):
            left = np.flatnonzero(open_)
            if len(left) == 0:
                break
            x[left], y[left], seen[left], open_[left] = self._nearer(x[left], y[left], target[left])
        lost = ~(seen > 0)
        lost |= open_
        lost |= ~on
        lost |= x * x + y * y > (REACH / grid.STEP) ** 2
        x[lost] = np.nan
        return x, y

    def _nearer(
        self, x: FloatArray, y: FloatArray, target: NDArray[np.complex128]
    ) -> tuple[FloatArray, FloatArray, FloatArray, BoolArray]:
        """One step towards the targets: where to, how it faces there, and whether to go on.

        Inside a cell the table is p + a x + b y + c x y, so what the step leaves is known.
        """
        at = grid.cells(x, y)
        first, a, b, c = grid.corners(self.px, at)
        c -= a
        c -= b
        c += first
        a -= first
        b -= first
        along_x, along_y = a + c * at.down, b + c * at.across
        away = target - first
        away -= along_x * at.across
        away -= b * at.down
        area = _cross(along_x, along_y)
        area[area == 0] = np.inf
        step_x, step_y = _cross(away, along_y) / area, _cross(along_x, away) / area
        np.clip(step_x, -_LEAP, _LEAP, out=step_x)
        np.clip(step_y, -_LEAP, _LEAP, out=step_y)
        c *= step_x
        c *= step_y
        at.across[...] += step_x
        at.down[...] += step_y
        beyond = np.maximum(np.abs(at.across - 0.5), np.abs(at.down - 0.5)) > 0.5 + _BEYOND
        beyond |= np.abs(c.real) + np.abs(c.imag) > CLOSE_PX
        x, y = np.clip(x + step_x, -_EDGE, _EDGE), np.clip(y + step_y, -_EDGE, _EDGE)
        return x, y, grid.read(self.seen, at), beyond

    def _start(self, px: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
        """Roughly where pixels lie on the grid, and whether they may show the head at all."""
        import cv2  # noqa: PLC0415

        if len(px) == 0:
            return np.empty(0), np.empty(0), np.empty(0, np.bool_)
        corner, cell, table = self._guess
        at = np.empty((2, 1, len(px)), np.float32)
        at[:, 0] = np.nan_to_num((px - corner) / cell, nan=-9.0).T
        # the remapping takes pictures of at most 32,767 pixels a side
        rows = [
            cv2.remap(
                table,
                at[0, :, i : i + _ROW],
                at[1, :, i : i + _ROW],
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
            )
            for i in range(0, len(px), _ROW)
        ]
        found = np.concatenate(rows, axis=1, dtype=np.float64)[0]
        return found[:, 0].copy(), found[:, 1].copy(), found[:, 2] > 0

    @cached_property
    def _in_camera(self) -> FloatArray:
        """The nodes to the right of, below and ahead of the camera, mm, (3, SIZE * SIZE)."""
        turned = np.empty_like(self.relief.place)
        # row by row: OpenBLAS would wake threads, which costs more than it saves
        for k, (row, shift) in enumerate(
            zip(self.camera.rotation, self.camera.translation, strict=True)
        ):
            np.multiply(self.relief.place[0], row[0], out=turned[k])
            turned[k] += row[1] * self.relief.place[1]
            turned[k] += row[2] * self.relief.place[2]
            turned[k] += shift
        return turned

    @cached_property
    def _distance(self) -> FloatArray:
        right, down, ahead = self._in_camera
        distance: FloatArray = right * right
        distance += down * down
        distance += ahead * ahead
        np.sqrt(distance, out=distance)
        return distance

    @cached_property
    def _buffer(self) -> tuple[FloatArray, float, IntArray, IntArray]:
        """The photo in cells: first corner, side in pixels, cell of every facing node, and
        the nearest node (rows, columns) that shows in each cell, -1 for none.
        """
        facing = np.flatnonzero(self.facing > 0)
        pixels = self.px[facing].view(np.float64).reshape(-1, 2)
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        side = float((high - low).max()) / ACROSS
        corner = low - 2 * side
        columns, rows = np.rint((high - corner) / side).astype(np.int64) + 3
        across, down = np.rint((pixels - corner) / side).astype(np.int64).T
        cell = across + down * columns
        depth = self._in_camera[2][facing]
        least = np.full(rows * columns, np.inf)
        np.minimum.at(least, cell, depth)
        first = depth == least[cell]
        nearest = np.full(rows * columns, -1, dtype=np.int64)
        nearest[cell[first]] = facing[first]
        return corner, side, cell, nearest.reshape(rows, columns)

    @cached_property
    def _behind(self) -> IntArray:
        """Nodes that face the camera behind another part of the head.

        Those clearly behind the nearest node of their cell are tried on the surface itself.
        """
        _, side, cell, nearest = self._buffer
        depth = self._in_camera[2]
        facing = np.flatnonzero(self.facing > 0)
        front = depth[nearest.ravel()[cell]]
        lean = np.sqrt(1 / self.facing[facing] ** 2 - 1)
        slope = 2 * side * front / self.camera.focal_px * lean
        doubtful: IntArray = facing[depth[facing] > front + slope + 1.0]
        if len(doubtful) == 0:
            return doubtful
        rays = (self.relief.place[:, doubtful].T - self.camera.position) / depth[doubtful, None]
        first, _ = self.relief.surface.hit(self.camera.position, rays)
        behind: IntArray = doubtful[first < depth[doubtful] - 0.5]
        return behind

    @cached_property
    def _guess(self) -> tuple[FloatArray, float, Float32Array]:
        """First corner, side of a cell, and (rows, columns, 3): steps on the grid and 1 if seen."""
        import cv2  # noqa: PLC0415

        corner, side, _, nearest = self._buffer
        empty = (nearest < 0).astype(np.uint8)
        _, label = cv2.distanceTransformWithLabels(
            empty, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
        )
        of_label = np.zeros(int(label.max()) + 1, dtype=np.int64)
        of_label[label[empty == 0]] = nearest[empty == 0]
        row, column = np.divmod(of_label[label].ravel(), grid.SIZE)
        x, y = (column - grid.HALF).astype(np.float64), (row - grid.HALF).astype(np.float64)
        down, across = np.indices(nearest.shape).reshape(2, -1)
        target = (corner[0] + across * side) + 1j * (corner[1] + down * side)
        near_x, near_y, seen, open_ = self._nearer(x, y, target)
        for _ in range(_MOST - 1):
            left = np.flatnonzero(open_)
            if len(left) == 0:
                break
            near_x[left], near_y[left], seen[left], open_[left] = self._nearer(
                near_x[left], near_y[left], target[left]
            )
        good = ~open_ & (seen > 0)
        grown = cv2.dilate(good.reshape(nearest.shape).astype(np.uint8), np.ones((3, 3), np.uint8))
        place = np.where(good, near_x, x), np.where(good, near_y, y)
        table = np.stack([*place, grown.ravel()], axis=1)
        return corner, side, table.astype(np.float32).reshape(*nearest.shape, 3)


def _cross(one: NDArray[np.complex128], other: NDArray[np.complex128]) -> FloatArray:
    """Cross product of vectors x + iy."""
    result: FloatArray = one.real * other.imag
    result -= one.imag * other.real
    return result
