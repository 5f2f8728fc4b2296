"""What of the fitted head the photos show well enough to count on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_zones
from studio.model.arrays import BoolArray, Float32Array
from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.ids import Id
from studio.skin.head.headmap import COUNTED, HATCHED, HeadMap
from studio.skin.skinmap import SkinMap

Views = tuple[HeadMap, ...]
"""The photos joined on the head; none for a plane, where all that is drawn counts."""


def views_of(chart: ChartId, maps: Mapping[ChartId, SkinMap]) -> Views:
    """The joined photos that something on a chart may be seen in."""
    if chart != HEAD:
        return ()
    return tuple(skin for skin in maps.values() if isinstance(skin, HeadMap))


@lru_cache(maxsize=16)
def seen_by(views: Views, degrees: float = COUNTED) -> Polygon | MultiPolygon:
    """The part of the chart that at least one photo shows turned by up to so many degrees."""
    joined = shapely.union_all([view.seen_within(degrees) for view in views])
    seen = areal(joined)
    shapely.prepare(seen)
    return seen


def counted(xy: Float32Array, shapes: Sequence[Polygon], views: Views) -> BoolArray:
    """Which of the dots (n, 2) inside some shapes count."""
    if not views:
        return np.ones(len(xy), np.bool_)
    seen = seen_by(views)
    if all(shapely.contains(seen, shape) for shape in shapes):
        return np.ones(len(xy), np.bool_)
    return np.asarray(shapely.contains_xy(seen, xy[:, 0], xy[:, 1]), np.bool_)


@dataclass(frozen=True, slots=True)
class Seen:
    """The share of a zone's skin that a photo shows turned by up to 60 and 70 degrees."""

    within_60: float
    within_70: float


def seen_shares(case: Case, zone: Id, maps: Mapping[ChartId, SkinMap]) -> dict[Id, Seen]:
    """How much of a zone on the head each joined photo shows, by the photo's id."""
    parts = [z for z in effective_zones(case.variant, case.axis) if z.id == zone]
    shape = shapely.union_all([polygon_of(part) for part in parts])
    return {
        photo.id: Seen(*(_share(shape, skin, degrees) for degrees in (HATCHED, COUNTED)))
        for photo in case.photos
        if isinstance(skin := maps[photo.id], HeadMap)
    }


def _share(shape: shapely.Geometry, skin: HeadMap, degrees: float) -> float:
    whole = skin.relief.area(areal(shape))
    seen = skin.relief.area(areal(shapely.intersection(shape, skin.seen_within(degrees))))
    return seen / whole if whole else 0.0


def areal(shape: shapely.Geometry) -> Polygon | MultiPolygon:
    """The polygons in a shape, without lines and points that overlays leave behind."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
