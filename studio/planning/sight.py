"""What of the fitted head the photos show well enough to count on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_zones
from studio.model.arrays import BoolArray, Float32Array, FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.ids import Id
from studio.model.photo import Photo
from studio.skin.head.camera import Camera
from studio.skin.head.headmap import COUNTED, HATCHED, HeadMap
from studio.skin.skinmap import SkinMap

LEAST_SHARE = 0.1
"""Of places that are too steep in one photo, for another to be named for them."""

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


def faced_by(
    chart: FloatArray, here: Id, case: Case, maps: Mapping[ChartId, SkinMap]
) -> tuple[Photo, ...]:
    """The joined photos that places (n, 2) of the head's chart face best, most places first.

    Only places that face another photo than `here` within 70 degrees count; a photo that has
    less than `LEAST_SHARE` of them is not worth turning to. Read off the cameras, so that no
    photo's tables are made for it: what the head itself hides is not looked at, but no part
    of a scalp stands before another.
    """
    shown = [(p, m) for p in case.photos if isinstance(m := maps[p.id], HeadMap)]
    if not shown or len(chart) == 0:
        return ()
    relief = shown[0][1].relief
    xyz, normals = relief.points(chart), relief.normals(chart)
    turned = np.stack([_turned(xyz, normals, photo, skin.camera) for photo, skin in shown])
    best = turned.argmin(axis=0)[turned.min(axis=0) <= COUNTED]
    counts = np.bincount(best, minlength=len(shown))
    order = np.argsort(-counts, kind="stable").tolist()
    worth = max(1.0, LEAST_SHARE * len(best))
    return tuple(shown[i][0] for i in order if counts[i] >= worth and shown[i][0].id != here)


def _turned(xyz: FloatArray, normals: FloatArray, photo: Photo, camera: Camera) -> FloatArray:
    """Degrees between skin and camera, (n,); infinite outside the picture."""
    way = camera.position - xyz
    facing = (way * normals).sum(axis=1) / np.linalg.norm(way, axis=1)
    px, depth = camera.project(xyz)
    inside = (px >= 0).all(axis=1) & (px <= (photo.width, photo.height)).all(axis=1) & (depth > 0)
    degrees: FloatArray = np.where(inside, np.degrees(np.arccos(np.clip(facing, -1, 1))), np.inf)
    return degrees


def _share(shape: shapely.Geometry, skin: HeadMap, degrees: float) -> float:
    whole = skin.relief.area(areal(shape))
    seen = skin.relief.area(areal(shapely.intersection(shape, skin.seen_within(degrees))))
    return seen / whole if whole else 0.0


def areal(shape: shapely.Geometry) -> Polygon | MultiPolygon:
    """The polygons in a shape, without lines and points that overlays leave behind."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
