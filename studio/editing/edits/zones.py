"""Edits of zones: adding, settings with their limits, union, subtraction, holes."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shapely import Polygon

from studio.editing.edits.items import (
    Item,
    add_copies,
    changed,
    check_free,
    delete_items,
    find_zone,
    next_letter,
    put,
    with_variant,
)
from studio.geometry.feathers import Fades, inherited
from studio.geometry.mirror import whole_zone
from studio.geometry.polygons import (
    SMALLEST_AREA,
    pieces_of,
    polygon_of,
    repaired,
    rings,
    subtract,
    unite,
)
from studio.model.case import Case
from studio.model.chart import ChartId, Point
from studio.model.ids import Id, new_id
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Pattern, Purpose, Zone

LIMITS = {
    "density": (0.0, 600.0, "Density", "dots per cm²"),
    "feather": (0.0, 60.0, "Fade-in", "mm"),
    "dot_mm": (0.05, 2.0, "Dot size", "mm"),
    "dilution": (0.0, 100.0, "Dilution", "parts of water"),
    "margin": (0.0, 30.0, "Margin", "mm"),
}
"""Smallest and largest value of each number of a zone: bounds of sense, not advice."""

NAMES = {
    Purpose.TRANSITION: "Hairline transition",
    Purpose.FULL: "Full coverage",
    Purpose.DENSITY: "Added density",
    Purpose.PARTING: "Part line",
    Purpose.SCAR: "Scar",
    Purpose.PATCH: "Patch",
    Purpose.CROWN: "Crown",
    Purpose.TEMPLE: "Temple",
    Purpose.DOT_SCARS: "Dot scars",
    Purpose.KEEP_CLEAR: "Keep clear",
}
"""What a new zone is called until it is renamed."""

_SETTINGS = {
    *LIMITS,
    *("name", "letter", "purpose", "blend", "needle", "mirrored", "pattern", "less_existing"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneStyle:
    """The settings that a newly drawn zone gets."""

    purpose: Purpose = Purpose.FULL
    density: float = 110.0
    feather: float = 6.0
    dot_mm: float = 0.3
    dilution: float = 12.0
    needle: str = "0603RL"
    pattern: Pattern = Pattern.FINE
    margin: float = 0.0


def new_zone(
    case: Case,
    chart: ChartId,
    outline: Sequence[Point],
    style: ZoneStyle,
    *,
    mirrored: bool = False,
    zone_id: Id = "",
) -> Zone:
    """A zone with the next free letter, ready for `add_zone`; Refusal if the outline is bad.

    A fresh id unless `zone_id` gives one.
    """
    shape = repaired(outline)
    if shape.area < SMALLEST_AREA:
        raise Refusal("This zone is smaller than a dot. Draw it larger.")
    ring, holes = rings(shape)
    blend = Blend.CLEAR if style.purpose is Purpose.KEEP_CLEAR else Blend.ADD
    return Zone(
        id=zone_id or new_id(),
        letter=next_letter(case),
        name=NAMES[style.purpose],
        purpose=style.purpose,
        chart=chart,
        outline=ring,
        holes=holes,
        blend=blend,
        density=style.density,
        feather=style.feather,
        dot_mm=style.dot_mm,
        dilution=style.dilution,
        needle=style.needle,
        pattern=style.pattern,
        margin=style.margin,
        mirrored=mirrored,
    )


def add_zone(case: Case, zone: Zone) -> Case:
    """A zone put on top; the next free letter if its own is taken."""
    variant = case.variant
    taken = {other.letter for other in variant.zones}
    lettered = replace(zone, letter=next_letter(case)) if zone.letter in taken else zone
    return with_variant(case, replace(variant, zones=(*variant.zones, lettered)))


def set_zone(case: Case, zone_id: Id, **fields: Any) -> Case:  # noqa: ANN401
    """Settings of a zone by their field names; a feather for all corners takes each one's own.

    Refusal if the zone is locked, a number is not within `LIMITS`, or a letter is taken.
    Raises TypeError for a field that is no setting.
    """
    unknown = fields.keys() - _SETTINGS
    if unknown:
        raise TypeError(f"not a setting of a zone: {', '.join(sorted(unknown))}")
    for name in fields.keys() & LIMITS.keys():
        fields[name] = within(name, fields[name])
    if "feather" in fields:
        fields["feathers"] = ()
    letter = fields.get("letter")
    if letter is not None:
        others = {zone.letter for zone in case.variant.zones if zone.id != zone_id}
        if not letter.strip() or letter in others:
            raise Refusal("Each zone needs a letter of its own. Choose one that is free.")

    def set_one(item: Item) -> Item:
        check_free(item)
        return replace(item, **fields) if isinstance(item, Zone) else item

    return changed(case, {zone_id}, set_one)


def union_zones(case: Case, ids: Collection[Id]) -> Case:
    """Zones made one; the lowest keeps its letter and settings, the others go.

    Parts that do not touch become zones with letters of their own. Refusal if fewer
    than two zones are given, one is locked, or they lie on different charts.
    """
    chosen = [zone for zone in case.variant.zones if zone.id in ids]
    if len(chosen) < 2:
        raise Refusal("Select two zones or more to join them.")
    _check_together(chosen)
    alike = all(zone.mirrored for zone in chosen)
    shapes = [shape for zone in chosen for shape in _shapes(case, zone, own=alike)]
    base = chosen[0]
    case = delete_items(case, {zone.id for zone in chosen[1:]})
    fades = [fades_of(part) for zone in chosen for part in _parts(case, zone, own=alike)]
    return given_shapes(case, base, unite(shapes), fades, mirrored=alike)


def subtract_zones(case: Case, from_id: Id, ids: Collection[Id]) -> Case:
    """A zone without what other zones cover; those stay as they are.

    Parts become zones with letters of their own. Refusal if nothing would be left.
    """
    base = zone_of(case, from_id)
    taken = [zone for zone in case.variant.zones if zone.id in ids and zone.id != from_id]
    if not taken:
        raise Refusal("Select the zone to cut and the zone to cut away.")
    check_free(base)
    check_charts([base, *taken])
    mirrored = base.mirrored and all(zone.mirrored for zone in taken)
    left = _shapes(case, base, own=mirrored)
    fades = [fades_of(part) for part in _parts(case, base, own=mirrored)]
    for zone in taken:
        for shape in _shapes(case, zone, own=False):
            left = [part for piece in left for part in subtract(piece, shape)]
    return given_shapes(case, base, left, fades, mirrored=mirrored)


def extend_zone(case: Case, zone_id: Id, outline: Sequence[Point]) -> Case:
    """What a drawn outline goes round, added to a zone; Refusal if they do not touch."""
    zone = zone_of(case, zone_id)
    check_free(zone)
    drawn = repaired(outline)
    united = unite([polygon_of(zone), drawn])
    if len(united) > 1:
        raise Refusal(f"The stroke does not touch “{zone.name}”. Draw across its edge.")
    return given_shapes(case, zone, united, [fades_of(zone)], mirrored=zone.mirrored)


def cut_zone(case: Case, zone_id: Id, outline: Sequence[Point]) -> Case:
    """What a drawn outline goes round, taken from a zone: a bite, a hole, or a cut in two.

    Refusal if the stroke misses the zone or nothing would be left.
    """
    zone = zone_of(case, zone_id)
    check_free(zone)
    left = [polygon_of(zone)]
    for piece in pieces_of(outline):
        left = [part for base in left for part in subtract(base, piece)]
    return given_shapes(case, zone, left, [fades_of(zone)], mirrored=zone.mirrored)


def given_shapes(
    case: Case, base: Zone, shapes: list[Polygon], fades: Sequence[Fades], *, mirrored: bool
) -> Case:
    """`base` with the first shape; further shapes as zones of their own.

    Corners keep their feathers; new ones get those of the nearest places of old outlines, if
    any zone had one for each corner.
    """
    if not shapes:
        raise Refusal(f"Nothing of “{base.name}” would be left. Delete it instead.")
    made = []
    for shape in shapes:
        outline, holes = rings(shape)
        ramped = base.feathers and inherited(outline, *fades)
        made.append(
            replace(
                base,
                outline=outline,
                holes=holes,
                feathers=ramped,
                follows=None,
                mirrored=mirrored,
            )
        )
    case = put(case, made[0])
    case, _ = add_copies(case, made[1:])
    return case


def fades_of(zone: Zone) -> Fades:
    """The zone's outline with the feather of each corner."""
    return zone.outline, zone.feathers or (zone.feather,) * len(zone.outline)


def _parts(case: Case, zone: Zone, *, own: bool) -> tuple[Zone, ...]:
    """The zone alone, or what it amounts to with its twin."""
    return (zone,) if own else whole_zone(zone, case.axis(zone.chart))


def _shapes(case: Case, zone: Zone, *, own: bool) -> list[Polygon]:
    """A zone's polygon alone, or with its twin's."""
    return [polygon_of(part) for part in _parts(case, zone, own=own)]


def _check_together(zones: list[Zone]) -> None:
    for zone in zones:
        check_free(zone)
    check_charts(zones)


def check_charts(zones: list[Zone]) -> None:
    if len({zone.chart for zone in zones}) > 1:
        raise Refusal("These zones lie on different photos. Select zones of one photo.")


def zone_of(case: Case, zone_id: Id) -> Zone:
    """The zone with this id; Refusal if there is none."""
    zone = find_zone(case, zone_id)
    if zone is None:
        raise Refusal("Select a zone first.")
    return zone


def within(name: str, value: float) -> float:
    """A setting's number; Refusal if it is not within `LIMITS`."""
    low, high, word, unit = LIMITS[name]
    if not math.isfinite(value) or not low <= value <= high:
        raise Refusal(f"{word} must be between {low:g} and {high:g} {unit}.")
    return float(value)
