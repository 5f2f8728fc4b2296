"""Carrying what was drawn to the head's chart, or from one fit to the next, by way of photos."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
import shapely

from studio.geometry.bezier import flatten
from studio.geometry.feathers import carried
from studio.geometry.painted import mapped, with_growth, with_paint
from studio.geometry.transport import Mapping, laid, transport
from studio.model.arrays import FloatArray
from studio.model.chart import HEAD, Ring, rounded
from studio.model.curve import Curve
from studio.model.refusal import Refusal
from studio.model.strokes import GrowthStroke
from studio.model.zone import Zone
from studio.skin.head.camera import skin_per_pixel
from studio.skin.head.chart import scale, to_direction
from studio.skin.head.headmap import HeadMap
from studio.skin.skinmap import SkinMap

CURVE_PX, ZONE_PX = 0.05, 0.4
"""How far, in photo pixels, a curve and an outline may stray when they are carried over. An
outline gets a corner wherever it would stray more, so it is allowed a twentieth of a mm."""

EDGE = 86.0
"""Degrees of incidence onto which what was drawn beyond the head's outline is pulled."""

FADES = 80.0
"""Degrees of incidence from which a photo has no say in where a place lies."""

_KEPT = 1e-4
_LEVELS = 8
_Item = TypeVar("_Item", Curve, Zone)


def lift(item: _Item, plane: SkinMap, head: HeadMap) -> _Item:
    """A curve or zone of a photo's plane laid onto the head: it keeps its pixels in the photo.

    What lies beyond the head's outline there is pulled onto its edge, so that nothing drawn
    is lost. Raises Refusal if the head does not show in the photo.
    """
    return carry(item, onto_head(plane, head), (head,))


def lift_growth(stroke: GrowthStroke, plane: SkinMap, head: HeadMap) -> GrowthStroke:
    """A stroke of growth of a photo's plane laid onto the head, as `lift` does."""
    return with_growth(stroke, onto_head(plane, head), HEAD)


def refit_growth(
    stroke: GrowthStroke, old: Sequence[HeadMap], new: Sequence[HeadMap]
) -> GrowthStroke:
    """A stroke of growth under an old fit laid onto a new one, as `refit` does."""
    path = np.array(stroke.path, dtype=np.float64).reshape(-1, 2)
    return with_growth(stroke, between_fits(old, new, path), HEAD) if len(path) else stroke


def onto_head(plane: SkinMap, head: HeadMap) -> Mapping:
    """The mapping of `lift`."""

    def mapping(points: FloatArray) -> FloatArray:
        px = plane.to_photo(points)
        image = head.exact_to_skin(px)
        off = np.flatnonzero(~np.isfinite(image[:, 0]))
        if len(off):
            image[off] = _onto_edge(px[off], head)
        return image

    return mapping


def refit(item: _Item, old: Sequence[HeadMap], new: Sequence[HeadMap]) -> _Item:
    """A curve or zone of the head's chart under an old fit laid onto a new one.

    `old` and `new` hold the same photos in the same order. Where a photo shows the whole of
    it within 80 degrees, it keeps its pixels in the one that it faces best. What runs round
    the head keeps to the mean of the photos, each weighted by how straight it looks on; a
    place that none sees keeps its direction from the head's middle. Raises Refusal where the
    new fit has no skin.
    """
    return carry(item, between_fits(old, new, places_of(item)), new)


def between_fits(old: Sequence[HeadMap], new: Sequence[HeadMap], places: FloatArray) -> Mapping:
    """The mapping of `refit` for something at places (n, 2) of the old fit's chart."""
    # the surface itself ranks the photos, so that tables are made only of the one that serves
    worst = _steepest(old, places)
    for best in np.argsort(worst, kind="stable"):
        if worst[best] > FADES:
            break
        if float(old[best].incidence(places).max()) <= FADES:
            return _through(old[best], new[best])

    def mapping(chart: FloatArray) -> FloatArray:
        total, weights = chart * _KEPT, np.full(len(chart), _KEPT)
        for before, after in zip(old, new, strict=True):
            facing = np.cos(np.radians(before.incidence(chart))) - np.cos(np.radians(FADES))
            weight = np.maximum(facing, 0.0) ** 3
            image = _through(before, after)(chart)
            weight[~np.isfinite(image[:, 0])] = 0.0
            total += np.nan_to_num(image) * weight[:, None]
            weights += weight
        placed: FloatArray = total / weights[:, None]
        return placed

    return mapping


def carry(item: _Item, mapping: Mapping, maps: Sequence[HeadMap]) -> _Item:
    """A curve or zone laid onto the head's chart so closely that none of its photos shows it.

    A zone gets corners where its straight edges bend. A grown hairline keeps its few nodes, and
    only they keep their places to the pixel: sliders know them by their number.
    """
    places = mapping(places_of(item))
    _check(places)
    largest = _largest(maps, places)
    if isinstance(item, Zone):
        tolerance = ZONE_PX / max(largest, ZONE_PX)
        outline, *holes = (
            carry_ring(ring, mapping, tolerance) for ring in (item.outline, *item.holes)
        )
        feathers = carried(outline, mapped(item.outline, mapping), item.feathers)
        zone = replace(item, chart=HEAD, outline=outline, holes=tuple(holes), feathers=feathers)
        return with_paint(zone, mapping)
    if item.recipe is not None:
        return replace(item, chart=HEAD, nodes=laid(item.nodes, mapping))
    tolerance = CURVE_PX / max(largest, CURVE_PX)
    nodes = transport(item.nodes, mapping, closed=item.closed, tolerance=tolerance)
    return replace(item, chart=HEAD, nodes=nodes)


def _steepest(maps: Sequence[HeadMap], places: FloatArray) -> FloatArray:
    """Degrees of the steepest incidence on chart places (n, 2) in each photo of one head.

    Read off the surface, whether or not the head itself is in the way.
    """
    if not maps:
        return np.empty(0)
    surface, u = maps[0].relief.surface, to_direction(places)
    x, normals = surface.points(u), surface.normals(u)
    least = []
    for skin in maps:
        way = skin.camera.position - x
        least.append(((way * normals).sum(axis=1) / np.linalg.norm(way, axis=1)).min())
    steepest: FloatArray = np.degrees(np.arccos(np.clip(least, -1.0, 1.0)))
    return steepest


def _largest(maps: Sequence[HeadMap], places: FloatArray) -> float:
    """Pixels per chart unit where a photo of one head shows the places (n, 2) largest."""
    surface, u = maps[0].relief.surface, to_direction(places)
    x, normals = surface.points(u), surface.normals(u)
    most = np.zeros(len(u))
    for skin in maps:
        _, depth = skin.camera.project(x)
        rays = (x - skin.camera.position) / depth[:, None]
        most = np.maximum(most, 1 / skin_per_pixel(depth, rays, normals, skin.camera.focal_px))
    return float((np.sqrt(most * surface.area_density(u)) * scale(places)).max())


def carry_ring(ring: Ring, mapping: Mapping, tolerance: float) -> Ring:
    """A ring's image: its corners mapped, and as many between as keep within tolerance."""
    points = np.array([*ring, ring[0]], dtype=np.float64)
    for _ in range(_LEVELS):
        quarters, image = _quarters(points, mapping)
        bent = np.flatnonzero(_strays(image) > tolerance)
        if len(bent) == 0:
            break
        points = np.insert(points, bent + 1, quarters[bent, 2], axis=0)
    _, image = _quarters(points, mapping)
    return tuple(rounded((x, y)) for x, y in image[:, 0].tolist())


def places_of(item: Curve | Zone) -> FloatArray:
    """Points (n, 2) on a curve, or the corners of a zone, to judge where it lies."""
    if isinstance(item, Curve):
        return flatten(item.nodes, closed=item.closed, tolerance=0.5)
    return np.array(item.outline, dtype=np.float64)


def _through(old: HeadMap, new: HeadMap) -> Mapping:
    def mapping(chart: FloatArray) -> FloatArray:
        return new.near_to_skin(old.exact_to_photo(chart), chart)

    return mapping


def _quarters(points: FloatArray, mapping: Mapping) -> tuple[FloatArray, FloatArray]:
    """Start and quarters of every edge of a closed polyline and their images, (n, 4, 2)."""
    share = np.array([0.0, 0.25, 0.5, 0.75])[:, None]
    quarters = points[:-1, None] + share * np.diff(points, axis=0)[:, None]
    image = mapping(quarters.reshape(-1, 2))
    _check(image)
    return quarters, image.reshape(-1, 4, 2)


def _strays(image: FloatArray) -> FloatArray:
    """How far the quarters of each edge (n, 4, 2) lie off the straight line to the next edge."""
    chord = np.roll(image[:, 0], -1, axis=0) - image[:, 0]
    size = np.maximum(np.hypot(*chord.T), 1e-12)
    away = image[:, 1:] - image[:, :1]
    across = away[:, :, 0] * chord[:, None, 1] - away[:, :, 1] * chord[:, None, 0]
    strays: FloatArray = np.abs(across).max(axis=1) / size
    return strays


def _check(image: FloatArray) -> None:
    if not np.isfinite(image).all():
        raise Refusal(
            "Something drawn lies where the fitted head has no skin. "
            "Check the marks in the photos, or move what was drawn first."
        )


def _onto_edge(px: FloatArray, head: HeadMap) -> FloatArray:
    """Chart places that show nearest to pixels (n, 2), on the edge of what the photo shows."""
    nearest = np.full(len(px), np.inf)
    places = np.full((len(px), 2), np.nan)
    points = shapely.points(px)
    for part in head.seen_within(EDGE).geoms:
        chart = shapely.get_coordinates(part.exterior)
        shown, _ = head.camera.project(head.relief.surface.points(to_direction(chart)))
        course = shapely.linestrings(shown)
        along = np.r_[0.0, np.cumsum(np.hypot(*np.diff(shown, axis=0).T))]
        at = shapely.line_locate_point(course, points)
        found = np.stack([np.interp(at, along, axis) for axis in chart.T], axis=1)
        away = shapely.distance(course, points)
        places[away < nearest] = found[away < nearest]
        nearest = np.minimum(nearest, away)
    return places
