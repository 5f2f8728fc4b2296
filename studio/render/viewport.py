"""Where the photo lies in the view: photo pixels to view pixels and back, zoom and pan."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point

FIT_MARGIN = 12.0
"""View pixels left free round a fitted photo."""

LARGEST = 32.0
"""Largest scale in device pixels per photo pixel."""

KEPT = 80.0
"""View pixels of the photo that stay in the view however far it is panned."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """How a photo of `photo` = (width, height) pixels is seen in a view.

    `width` and `height` are the view's in logical pixels, `ratio` device pixels per
    logical pixel. `scale` is logical view pixels per photo pixel, `offset` the view
    position of the top left corner of the picture as shown; with `mirror` the picture
    is shown left to right. Offsets lie on whole device pixels, so a pan is a shift.
    """

    width: float
    height: float
    photo: tuple[int, int]
    scale: float = 1.0
    offset: Point = (0.0, 0.0)
    mirror: bool = False
    ratio: float = 1.0

    @property
    def centre(self) -> Point:
        """The middle of the view."""
        return self.width / 2, self.height / 2

    def to_view(self, photo: FloatArray) -> FloatArray:
        """Photo pixels (n, 2) to view pixels."""
        points = np.array(photo, dtype=np.float64)
        if self.mirror:
            points[:, 0] = self.photo[0] - points[:, 0]
        points *= self.scale
        points += self.offset
        return points

    def to_photo(self, view: FloatArray) -> FloatArray:
        """View pixels (n, 2) to photo pixels."""
        points: FloatArray = (np.asarray(view, dtype=np.float64) - self.offset) / self.scale
        if self.mirror:
            points[:, 0] = self.photo[0] - points[:, 0]
        return points

    def photo_box(self, box: Box) -> Box:
        """The photo pixels seen in a box of view pixels."""
        corners = self.to_photo(np.array([box[:2], box[2:]]))
        left, top = corners.min(axis=0).tolist()
        right, bottom = corners.max(axis=0).tolist()
        return left, top, right, bottom

    def view_box(self, box: Box) -> Box:
        """The view pixels that show a box of photo pixels."""
        corners = self.to_view(np.array([box[:2], box[2:]]))
        left, top = corners.min(axis=0).tolist()
        right, bottom = corners.max(axis=0).tolist()
        return left, top, right, bottom

    def fitted(self) -> Self:
        """The whole photo in the middle of the view."""
        free = max(self.width - 2 * FIT_MARGIN, 1.0), max(self.height - 2 * FIT_MARGIN, 1.0)
        scale = min(free[0] / self.photo[0], free[1] / self.photo[1])
        return self._placed(min(scale, LARGEST / self.ratio), self._middle(scale))

    def zoomed(self, factor: float, at: Point) -> Self:
        """Zoomed by a factor; what lies at the view position `at` stays there."""
        return self.scaled(self.scale * factor, at)

    def scaled(self, scale: float, at: Point) -> Self:
        """At a given scale, within limits; what lies at the view position `at` stays there."""
        scale = min(max(scale, self.smallest), LARGEST / self.ratio)
        grown = scale / self.scale
        x = at[0] + (self.offset[0] - at[0]) * grown
        y = at[1] + (self.offset[1] - at[1]) * grown
        return self._placed(scale, (x, y))

    def panned(self, dx: float, dy: float) -> Self:
        """Moved by view pixels, as far as the photo stays in reach."""
        return self._placed(self.scale, (self.offset[0] + dx, self.offset[1] + dy))

    def resized(self, width: float, height: float, ratio: float) -> Self:
        """The same scale in a view of another size; what was in the middle stays there."""
        moved = (width - self.width) / 2, (height - self.height) / 2
        sized = replace(self, width=width, height=height, ratio=ratio)
        return sized.panned(*moved)

    def flipped(self, mirror: bool) -> Self:
        """Shown left to right or not; what was in the middle stays there."""
        if mirror == self.mirror:
            return self
        across = self.width - (self.offset[0] + self.photo[0] * self.scale)
        return replace(self, mirror=mirror, offset=(self._whole(across), self.offset[1]))

    @property
    def smallest(self) -> float:
        """The smallest scale: a quarter of the fitted one, or 1:1 if the photo is tiny."""
        fit = min(self.width / self.photo[0], self.height / self.photo[1])
        return min(fit / 4, 1 / self.ratio)

    def _middle(self, scale: float) -> Point:
        across, down = self.photo[0] * scale, self.photo[1] * scale
        return (self.width - across) / 2, (self.height - down) / 2

    def _placed(self, scale: float, offset: Point) -> Self:
        spans = (self.photo[0] * scale, self.width), (self.photo[1] * scale, self.height)
        x, y = (
            self._whole(_reachable(place, *span)) for place, span in zip(offset, spans, strict=True)
        )
        return replace(self, scale=scale, offset=(x, y))

    def _whole(self, place: float) -> float:
        return round(place * self.ratio) / self.ratio


def _reachable(offset: float, span: float, view: float) -> float:
    """The offset nearest to the wanted one that keeps some of the photo in the view."""
    kept = min(KEPT, span, view)
    return min(max(offset, kept - span), view - kept)
