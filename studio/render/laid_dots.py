"""The dots of each chart, placed once for all the photos that show it."""

from dataclasses import dataclass

from studio.model.case import Placement
from studio.model.zone import Zone
from studio.pigment.dots import Dots, place
from studio.pigment.field import Field, density_field
from studio.pigment.hair import Hair
from studio.pigment.raster import AreaScale
from studio.pigment.tile import load_tile
from studio.planning.standing import forget_hair

CHARTS = 4
"""Charts whose dots are kept: that of the head, or of the planes last looked at."""

Zones = tuple[Zone, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LaidDots:
    """The dots of some zones of one chart, and the field they come from."""

    zones: Zones
    placement: Placement
    field: Field
    dots: Dots


_laid: dict[AreaScale, LaidDots] = {}


def lay_dots(
    zones: Zones, placement: Placement, area_scale: AreaScale, hair: Hair | None = None
) -> LaidDots:
    """The dots of zones of one chart, told from others by its `area_scale`, beside `hair`.

    The same objects give the same dots again; from edit to edit only what changed is worked
    out. Raises Refusal if the zones reach further than any head.
    """
    last = _laid.get(area_scale)
    known = last is not None and last.placement == placement and last.field.hair is hair
    if last is None or not known or not _same(last.zones, zones):
        field = density_field(zones, area_scale, hair=hair, last=last.field if last else None)
        dots = place(field, load_tile(placement.tile), placement)
        last = LaidDots(zones, placement, field, dots)
    _laid.pop(area_scale, None)
    _laid[area_scale] = last
    if len(_laid) > CHARTS:
        del _laid[next(iter(_laid))]
    return last


def forget_dots() -> None:
    """Keep no dots any longer: what they came from was put away."""
    _laid.clear()
    forget_hair()


def _same(one: Zones, other: Zones) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
