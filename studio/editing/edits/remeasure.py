"""Giving a photo another scale, so that nothing drawn on it moves."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from studio.editing.edits.existing import carry_existing
from studio.editing.edits.items import items_of
from studio.editing.edits.photos import with_photo
from studio.editing.edits.points import with_rings, zone_rings
from studio.geometry.mirror import across, direction
from studio.geometry.painted import with_growth, with_paint
from studio.geometry.transport import Mapping, laid, transport
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis, Variant
from studio.model.chart import Ring, rounded
from studio.model.curve import Curve
from studio.model.ids import Id
from studio.model.photo import Measurement, MeasurementKind, Photo, Plane
from studio.model.refusal import Refusal
from studio.model.zone import Zone
from studio.skin.measure import measured_plane
from studio.skin.plane import PlaneMap

Fit = Callable[[int, int, tuple[Measurement, ...], MeasurementKind | None], Plane]
"""Width, height, measurements and the one insisted on give the plane."""

STRAY_PX = 0.05
"""How far, in photo pixels, a curve may stray when it is laid onto the new chart."""

_AXIS_REACH = 50.0


def remeasure(
    case: Case,
    photo_id: Id,
    measurements: tuple[Measurement, ...],
    scale_from: MeasurementKind | None,
    fit: Fit = measured_plane,
) -> Case:
    """Other measurements in a photo, and everything drawn on its plane laid onto the new one.

    Curves, corners and the mirror axis keep their place on the photo; only their
    numbers change. Widths that are settings (fade-in, dots) stay in mm. A twin is
    derived from the axis, so it follows when the new plane is tilted otherwise.
    Refusal if the measurement is bad or the new plane does not reach what was drawn.
    """
    photo = case.photo(photo_id)
    plane = fit(photo.width, photo.height, measurements, scale_from)
    measured = replace(photo, measurements=measurements, scale_from=scale_from, plane=plane)
    after = with_photo(case, measured)
    return after if plane == photo.plane else _laid_over(carry_existing(case, after), photo, plane)


def _laid_over(case: Case, photo: Photo, plane: Plane) -> Case:
    mapping = _mapping(photo, plane)
    scale = float(PlaneMap(photo.id, plane).px_per_unit(np.array([plane.centre]))[0])
    tolerance = STRAY_PX / scale
    variants = tuple(_variant(v, photo.id, mapping, tolerance) for v in case.variants)
    drawn = any(old is not new for old, new in zip(case.variants, variants, strict=True))
    others = tuple(axis for axis in case.axes if axis.chart != photo.id)
    if len(others) == len(case.axes) and not drawn:
        return case
    axis = _axis(case.axis(photo.id), mapping)
    return replace(case, variants=variants, axes=(*others, axis))


def _variant(variant: Variant, chart: Id, mapping: Mapping, tolerance: float) -> Variant:
    drawn = (*items_of(variant), *variant.growth)
    if all(item.chart != chart for item in drawn):
        return variant
    return replace(
        variant,
        curves=tuple(
            _curve(c, mapping, tolerance) if c.chart == chart else c for c in variant.curves
        ),
        zones=tuple(_zone(z, mapping) if z.chart == chart else z for z in variant.zones),
        growth=tuple(
            with_growth(s, mapping, chart) if s.chart == chart else s for s in variant.growth
        ),
    )


def _mapping(photo: Photo, plane: Plane) -> Mapping:
    """Old chart to new chart by way of the photo; NaN beyond the new plane's horizon."""
    old, new = PlaneMap(photo.id, photo.plane), PlaneMap(photo.id, plane)
    horizon = np.array(plane.matrix[6:])
    here = new.to_photo(np.array([plane.centre])) @ horizon[:2] + horizon[2]

    def mapping(points: FloatArray) -> FloatArray:
        px = old.to_photo(points)
        seen = (px @ horizon[:2] + horizon[2]) * here > 0
        image: FloatArray = np.where(seen[:, None], new.to_skin(px), np.nan)
        return image

    return mapping


def _curve(curve: Curve, mapping: Mapping, tolerance: float) -> Curve:
    if curve.recipe is not None:
        # sliders know the nodes of a grown line by their number
        return replace(curve, nodes=laid(curve.nodes, mapping))
    nodes = transport(curve.nodes, mapping, closed=curve.closed, tolerance=tolerance)
    return replace(curve, nodes=nodes)


def _zone(zone: Zone, mapping: Mapping) -> Zone:
    laid = with_rings(zone, tuple(_ring(ring, mapping) for ring in zone_rings(zone)))
    return with_paint(laid, mapping)


def _ring(ring: Ring, mapping: Mapping) -> Ring:
    image = mapping(np.array(ring))
    if not np.isfinite(image).all():
        raise Refusal(
            "A zone lies beyond the edge of the new scale's plane. "
            "Check the marks of the measurement."
        )
    return tuple(rounded((x, y)) for x, y in image.tolist())


def _axis(axis: MirrorAxis, mapping: Mapping) -> MirrorAxis:
    """The same line on the photo: a straight line stays straight on every plane."""
    ways = np.array([(0.0, 0.0), direction(axis), across(axis)])
    image = mapping(axis.at + _AXIS_REACH * ways)
    if not np.isfinite(image).all():
        raise Refusal("The mirror axis lies beyond the new scale's plane. Check the marks.")
    (ax, ay), (bx, by), (cx, cy) = image.tolist()
    lean = math.degrees(math.atan2(bx - ax, ay - by))
    level = math.degrees(math.atan2(cy - ay, cx - ax))
    return replace(axis, at=rounded((ax, ay)), angle=lean, skew=level - lean)
