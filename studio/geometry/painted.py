"""Moving what was painted or pulled into a zone, and strokes of growth, by a mapping."""

from dataclasses import replace

import numpy as np

from studio.geometry.transport import Mapping
from studio.model.chart import Point, rounded
from studio.model.refusal import Refusal
from studio.model.strokes import GrowthStroke
from studio.model.zone import Zone


def with_paint(zone: Zone, mapping: Mapping) -> Zone:
    """The zone with its gradient and strokes mapped, its rings as they are.

    Raises Refusal where the image is nowhere.
    """
    if zone.gradient is None and not zone.strokes:
        return zone
    gradient = zone.gradient
    if gradient is not None:
        start, end = mapped((gradient.start, gradient.end), mapping)
        gradient = replace(gradient, start=start, end=end)
    strokes = tuple(replace(s, path=mapped(s.path, mapping)) for s in zone.strokes)
    return replace(zone, gradient=gradient, strokes=strokes)


def with_growth(stroke: GrowthStroke, mapping: Mapping, chart: str) -> GrowthStroke:
    """The stroke of growth on another chart. Raises Refusal where the image is nowhere."""
    return replace(stroke, chart=chart, path=mapped(stroke.path, mapping))


def mapped(path: tuple[Point, ...], mapping: Mapping) -> tuple[Point, ...]:
    """Points mapped and rounded. Raises Refusal where the image is nowhere."""
    if not path:
        return ()
    image = mapping(np.array(path, dtype=np.float64))
    if not np.isfinite(image).all():
        raise Refusal(
            "Something painted lies where the new measurement has no skin. "
            "Check the marks, or clear the painting first."
        )
    return tuple(rounded((x, y)) for x, y in image.tolist())
