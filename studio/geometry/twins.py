"""What a variant really shows: visible curves and zones with their twins."""

from collections.abc import Callable

from studio.geometry.mirror import whole_curve, whole_zone
from studio.model.case import MirrorAxis, Variant
from studio.model.chart import ChartId
from studio.model.curve import Curve
from studio.model.zone import Zone

AxisOf = Callable[[ChartId], MirrorAxis]
"""Gives the mirror axis of a chart: `case.axis`."""


def effective_zones(variant: Variant, axis_of: AxisOf) -> tuple[Zone, ...]:
    """Zones that give dots, lowest first: hidden ones left out, mirrored ones spelt out.

    A twin has its zone's id, letter and place in the order. Unchanged zones give the
    same objects again.
    """
    return tuple(
        whole
        for zone in variant.zones
        if not zone.hidden
        for whole in whole_zone(zone, axis_of(zone.chart))
    )


def effective_curves(variant: Variant, axis_of: AxisOf) -> tuple[Curve, ...]:
    """Curves that are shown and printed: hidden ones left out, twins joined or added."""
    return tuple(
        whole
        for curve in variant.curves
        if not curve.hidden
        for whole in whole_curve(curve, axis_of(curve.chart))
    )
