"""Copy and paste of curves and zones, also onto another photo."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from studio.editing.edits.items import Item, add_copies, items_of, shifted
from studio.geometry.bezier import bounds
from studio.geometry.polygons import polygon_of
from studio.model.case import Case
from studio.model.chart import ChartId, Point
from studio.model.curve import Curve
from studio.model.ids import Id

PASTE_SHIFT = 5.0
"""A copy on the same chart lies this far to the right and below, in chart units."""


@dataclass(frozen=True, slots=True)
class Clip:
    """What was copied: items as they were, lowest first."""

    items: tuple[Item, ...]


def copy(case: Case, ids: Collection[Id]) -> Clip:
    """The items of the chosen variant with these ids."""
    return Clip(tuple(item for item in items_of(case.variant) if item.id in ids))


def paste(
    case: Case, clip: Clip, chart: ChartId, centre: Point | None = None
) -> tuple[Case, frozenset[Id]]:
    """Copies with fresh ids and letters on a chart; also their ids.

    Items of the same chart are shifted a little, those of another are put round
    `centre` (chart units) if it is given. Millimetres stay millimetres.
    """
    if not clip.items:
        return case, frozenset()
    dx = dy = PASTE_SHIFT
    if clip.items[0].chart != chart:
        left, top, right, bottom = extent(clip.items)
        to = centre or ((left + right) / 2, (top + bottom) / 2)
        dx, dy = to[0] - (left + right) / 2, to[1] - (top + bottom) / 2
    placed = (replace(shifted(item, dx, dy), chart=chart) for item in clip.items)
    return add_copies(case, placed)


def extent(items: Collection[Item]) -> tuple[float, float, float, float]:
    """Smallest upright rectangle round items: left, top, right, bottom."""
    boxes = [
        bounds(item.nodes, closed=item.closed)
        if isinstance(item, Curve)
        else polygon_of(item).bounds
        for item in items
    ]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
