"""Edits of how a zone's density runs: paint, gradient, fades of corners, and the total kept."""

import math
from collections.abc import Collection
from dataclasses import replace

from studio.editing.edits.items import check_free, put
from studio.editing.edits.zones import within, zone_of
from studio.geometry.mirror import whole_zone
from studio.model.case import Case
from studio.model.chart import rounded
from studio.model.ids import Id
from studio.model.refusal import Refusal
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Gradient, Zone
from studio.pigment.field import density_field
from studio.pigment.raster import AreaScale
from studio.pigment.shade import MOST

LARGEST_BRUSH = 60.0
"""mm: half of a head; the smallest brush is one dot."""
SMALLEST_BRUSH = 0.3


def paint(case: Case, zone_id: Id, stroke: DensityStroke) -> Case:
    """A stroke of the density brush laid over those that a zone has.

    While it is drawn, give the whole stroke so far to the case before it. Refusal if the zone
    is locked or keeps clear, or the brush is no brush.
    """
    zone = _free(case, zone_id)
    if not stroke.path:
        return case
    if not SMALLEST_BRUSH <= stroke.radius <= LARGEST_BRUSH:
        raise Refusal(f"The brush must be {SMALLEST_BRUSH:g} to {LARGEST_BRUSH:g} mm in radius.")
    if not (0 <= stroke.softness <= 1 and -1 <= stroke.amount <= 1):
        raise Refusal("Softness runs from 0 to 100 %, the amount from -100 to 100 %.")
    if zone.blend is Blend.CLEAR:
        raise Refusal(f"“{zone.name}” keeps clear of dots. Paint in a zone that has some.")
    laid = replace(stroke, path=tuple(rounded(point) for point in stroke.path))
    return put(case, replace(zone, strokes=(*zone.strokes, laid)))


def clear_painting(case: Case, zone_id: Id) -> Case:
    """A zone without its painted strokes; Refusal if it is locked."""
    return put(case, replace(_free(case, zone_id), strokes=()))


def set_gradient(case: Case, zone_id: Id, gradient: Gradient | None) -> Case:
    """Another gradient, or none; Refusal if the zone is locked or a share is out of bounds."""
    zone = _free(case, zone_id)
    if gradient is not None:
        if not (0 <= gradient.at_start <= MOST and 0 <= gradient.at_end <= MOST):
            raise Refusal(f"A gradient runs between 0 and {MOST:.0%} of the zone's density.")
        start, end = rounded(gradient.start), rounded(gradient.end)
        if start == end:
            raise Refusal("A gradient needs two ends. Pull them apart.")
        gradient = replace(gradient, start=start, end=end)
    return put(case, replace(zone, gradient=gradient))


def set_feathers(case: Case, zone_id: Id, corners: Collection[int], mm: float) -> Case:
    """The fade-in at some corners of a zone's outline; the others keep theirs.

    Refusal if the zone is locked or the width is out of bounds.
    """
    zone = _free(case, zone_id)
    width = within("feather", mm)
    before = zone.feathers or (zone.feather,) * len(zone.outline)
    feathers = tuple(width if i in corners else old for i, old in enumerate(before))
    return put(case, replace(zone, feathers=feathers))


def even_out(case: Case, zone_id: Id, area_scale: AreaScale | None = None) -> Case:
    """A zone without gradient and paint, of the density that keeps its number of dots.

    `area_scale` gives skin mm2 per square chart unit; None stands for a plane.
    """
    zone = _free(case, zone_id)
    if zone.gradient is None and not zone.strokes:
        return case
    even = put(case, replace(zone, gradient=None, strokes=()))
    return keep_total(case, even, zone_id, area_scale)


def keep_total(before: Case, after: Case, zone_id: Id, area_scale: AreaScale | None = None) -> Case:
    """`after` with the zone's density such that it asks for as many dots as `before`.

    Counted is what the zone alone asks for, its twin with it. Refusal if that takes a density
    out of bounds, or none would do.
    """
    zone = zone_of(after, zone_id)
    wanted = asked(before, zone_id, area_scale)
    # at a density of 100, so that nothing is lost in a zone that asks for little
    probe = put(after, replace(zone, density=100.0))
    given = asked(probe, zone_id, area_scale)
    if given <= 0:
        if wanted <= 0:
            return after
        raise Refusal(f"“{zone.name}” has no room for its dots any more. Make it larger.")
    density = within("density", round(100.0 * wanted / given, 2))
    return put(after, replace(zone, density=density))


def asked(case: Case, zone_id: Id, area_scale: AreaScale | None = None) -> float:
    """How many dots a zone and its twin ask for, as if no other zone were there."""
    zone = zone_of(case, zone_id)
    alone = [
        replace(part, blend=Blend.ADD, less_existing=False)
        for part in whole_zone(zone, case.axis(zone.chart))
    ]
    field = density_field(alone, area_scale)
    return math.fsum(field.density.sum(axis=1, dtype=float).tolist()) * field.step**2


def _free(case: Case, zone_id: Id) -> Zone:
    zone = zone_of(case, zone_id)
    check_free(zone)
    return zone
