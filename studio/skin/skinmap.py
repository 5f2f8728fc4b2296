"""What every kind of skin map can be asked, whatever it is made of."""

import math
from typing import Protocol

from shapely import MultiPolygon, Polygon

from studio.model.arrays import FloatArray
from studio.model.chart import ChartId
from studio.model.quantity import Quantity


class SkinMap(Protocol):
    """The mapping between one photo's pixels and the skin.

    Curves and zones live in the chart named by `chart`. Lengths, areas and counts are
    asked here and nowhere else. Points are arrays of shape (n, 2).
    """

    @property
    def chart(self) -> ChartId:
        """The chart whose coordinates this map takes and gives."""
        ...

    @property
    def scaled(self) -> bool:
        """False while the scale is provisional: numbers in mm must not be shown."""
        ...

    @property
    def method(self) -> str:
        """How the scale was found, in one word for the screen; `no scale` if it was not."""
        ...

    def __hash__(self) -> int:
        """A skin map is a value: equal ones answer alike, so answers can be kept."""
        ...

    @property
    def focus(self) -> FloatArray:
        """The chart point (1, 2) where this photo measures best."""
        ...

    def to_skin(self, px: FloatArray) -> FloatArray:
        """Photo pixels to chart; NaN where the pixel shows no skin."""
        ...

    def to_photo(self, chart: FloatArray) -> FloatArray:
        """Chart to photo pixels; NaN where this photo cannot see the place."""
        ...

    def area_scale(self, chart: FloatArray) -> FloatArray:
        """Skin mm2 per chart unit squared, shape (n,)."""
        ...

    def length(self, line: FloatArray) -> Quantity:
        """Length in mm along the skin of a polyline (n, 2) in chart coordinates."""
        ...

    def area(self, shape: Polygon | MultiPolygon) -> Quantity:
        """Area in mm2 of skin of a polygon in chart coordinates."""
        ...

    def incidence(self, chart: FloatArray) -> FloatArray:
        """Angle in degrees between the skin's normal and the camera, shape (n,)."""
        ...

    def sigma(self, chart: FloatArray) -> FloatArray:
        """Relative standard error of a length at each point, shape (n,)."""
        ...

    def seen_within(self, degrees: float) -> MultiPolygon | None:
        """The part of the chart shown at an incidence of up to so many degrees.

        None where that question has no answer but everything: on a plane.
        """
        ...

    def px_per_unit(self, chart: FloatArray) -> FloatArray:
        """Photo pixels per chart unit (geometric mean of both directions), shape (n,)."""
        ...

    def ovals(self, chart: FloatArray) -> FloatArray | None:
        """What the photo makes of a circle of 1 mm on the skin, (3, n); None: a circle.

        J J' for the Jacobian J of the photo's pixels by mm of skin, as xx, xy, yy: the root
        of its determinant is the pixels of a mm2 of skin.
        """
        ...


def px_per_mm(skin: SkinMap) -> float:
    """Photo pixels per mm of skin where the photo measures best."""
    at = skin.focus
    return float(skin.px_per_unit(at)[0] / math.sqrt(skin.area_scale(at)[0]))
