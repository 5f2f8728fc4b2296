"""What a photo of the fitted head shows of a design, and where that falls in the photo.

On a plane the photo shows everything, straight on; there these functions change nothing.
"""

from functools import lru_cache

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.skin.head.chart import to_direction
from studio.skin.head.headmap import COUNTED, HeadMap
from studio.skin.skinmap import SkinMap

EDGE = 86.0
"""Degrees of incidence up to which a plate shows the design: the horizon, not quite."""

NET_EDGE = 78.0
"""Degrees up to which the tape net is drawn; its lines would crowd at the horizon."""

LEAST_MM2, LEAST_SHARE = 300.0, 0.5
"""A zone of which a photo shows less than both is left out there (print design, section 6)."""

CRANIUM = -0.3
"""Lowest height on the unit sphere, from the head's middle, of what counts as its top."""


def shown(skin: SkinMap, shape: BaseGeometry, degrees: float = EDGE) -> BaseGeometry:
    """What of a shape on the chart the photo shows."""
    if not isinstance(skin, HeadMap):
        return shape
    return shapely.intersection(shape, skin.seen_within(degrees))


def pixels(skin: SkinMap, chart: FloatArray) -> FloatArray:
    """Photo pixels of chart points (n, 2) that the photo shows; finite up to the horizon."""
    if not isinstance(skin, HeadMap):
        return skin.to_photo(chart)
    px, _ = skin.camera.project(skin.relief.points(chart))
    return px


def runs(skin: SkinMap, line: FloatArray, degrees: float = EDGE) -> list[FloatArray]:
    """The stretches of a polyline (n, 2) on the chart that the photo shows."""
    if not isinstance(skin, HeadMap):
        return [line]
    finite = line[np.isfinite(line).all(axis=1)]
    if len(finite) < 2:
        return []
    cut = shapely.line_merge(shown(skin, LineString(finite), degrees))
    parts = [p for p in shapely.get_parts(cut) if isinstance(p, LineString) and p.length > 0]
    return [shapely.get_coordinates(part) for part in parts]


def straight(skin: SkinMap) -> Polygon | MultiPolygon | None:
    """The part of the chart that the photo shows well enough to count; None on a plane."""
    return skin.seen_within(COUNTED) if isinstance(skin, HeadMap) else None


def worth_showing(skin: SkinMap, shape: Polygon | MultiPolygon) -> bool:
    """Whether enough of a zone faces the photo for it to stand on its plate."""
    if not isinstance(skin, HeadMap):
        return True
    part = skin.relief.area(_areal(shown(skin, shape, COUNTED)))
    return part >= LEAST_MM2 or part >= LEAST_SHARE * skin.relief.area(shape)


def px_per_mm_at(skin: SkinMap, at: FloatArray) -> float:
    """Pixels per mm, square to the line of sight, at the depth of one chart point (1, 2)."""
    if not isinstance(skin, HeadMap):
        return float(skin.px_per_unit(at)[0])
    _, depth = skin.camera.project(skin.relief.points(at))
    return skin.camera.focal_px / float(depth[0])


def cranium(skin: HeadMap) -> FloatArray:
    """Pixels (n, 2) all over the top of the head as the photo shows it, from brow to occiput."""
    px, _ = skin.camera.project(skin.relief.surface.points(_over_the_top()))
    return px


def with_cranium(
    skin: HeadMap, size: Point, low: FloatArray, high: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """A box in photo pixels widened to the head's, no further than a photo of `size` goes."""
    top = cranium(skin)
    head_low = np.minimum(low, np.maximum(top.min(axis=0), 0))
    return head_low, np.maximum(high, np.minimum(top.max(axis=0), size))


@lru_cache(maxsize=1)
def _over_the_top() -> FloatArray:
    count = 3000
    height = 1 - (2 * np.arange(count) + 1) / count
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))
    flat = np.sqrt(1 - height**2)
    u = np.stack([flat * np.cos(turn), flat * np.sin(turn), height], axis=1)
    held: FloatArray = u[height > CRANIUM]
    return held


def face_is_below(skin: HeadMap) -> bool:
    """Whether the photo shows the face further down than the crown."""
    ahead, up = to_direction(np.array([(0.0, 200.0), (0.0, 0.0)]))
    px, _ = skin.camera.project(skin.relief.surface.points(np.stack([ahead, up])))
    return bool(px[0, 1] > px[1, 1])


def _areal(shape: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([p for p in shapely.get_parts(shape) if isinstance(p, Polygon)])
