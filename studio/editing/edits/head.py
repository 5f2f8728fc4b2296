"""Edits of the head: joining the views, and laying what was drawn onto it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from studio.editing.edits.existing import carry_existing
from studio.editing.edits.items import free_letter
from studio.geometry.mirror import whole_curve, whole_zone
from studio.model.case import Case, Variant
from studio.model.chart import HEAD
from studio.model.curve import Curve
from studio.model.head import Head, Tape
from studio.model.ids import new_id
from studio.model.strokes import GrowthStroke
from studio.model.zone import Zone
from studio.skin.plane import plane_map

if TYPE_CHECKING:
    from studio.skin.head.headmap import HeadMap

_Kind = TypeVar("_Kind", Curve, Zone)


def set_tape(case: Case, tape: Tape | None) -> Case:
    """What a tape round the head reads; None if it was not laid."""
    return replace(case, tape=tape)


def set_head(case: Case, head: Head) -> Case:
    """A head fitted from the photos, and everything drawn on them laid onto it.

    What was drawn on a joined photo keeps its pixels there, and so does hair that was found;
    what was on the head before keeps to the photo that it faces best. Mirrored things of a
    plane become whole first: a head is less even than a plane. Refusal where the
    head has no skin under something drawn.
    """
    joined = {camera.photo for camera in head.cameras}
    if case.head is None:
        case = replace(case, variants=tuple(_whole(case, v, joined) for v in case.variants))
    variants = tuple(
        replace(
            variant,
            curves=tuple(_laid(case, head, variant.curves)),
            zones=tuple(_laid(case, head, variant.zones)),
            growth=tuple(_grown(case, head, variant.growth)),
        )
        for variant in case.variants
    )
    axes = tuple(axis for axis in case.axes if axis.chart not in joined)
    return carry_existing(case, replace(case, head=head, variants=variants, axes=axes))


def _whole(case: Case, variant: Variant, charts: set[str]) -> Variant:
    """The variant with twins on these charts made things of their own."""
    curves: list[Curve] = []
    for curve in variant.curves:
        own, *others = (
            whole_curve(curve, case.axis(curve.chart)) if curve.chart in charts else (curve,)
        )
        curves += [own, *(replace(other, id=new_id()) for other in others)]
    zones: list[Zone] = []
    letters = {zone.letter for zone in variant.zones}
    for zone in variant.zones:
        first, *rest = whole_zone(zone, case.axis(zone.chart)) if zone.chart in charts else (zone,)
        zones.append(first)
        for other in rest:
            letters.add(letter := free_letter(letters))
            zones.append(replace(other, id=new_id(), letter=letter, follows=None))
    return replace(variant, curves=tuple(curves), zones=tuple(zones))


def _laid(case: Case, head: Head, items: Iterable[_Kind]) -> Iterator[_Kind]:
    from studio.skin.head.anchor import lift, refit  # noqa: PLC0415
    from studio.skin.head.stored import head_map  # noqa: PLC0415

    old, new = ([], []) if case.head is None else _both_fits(case.head, head)
    for item in items:
        if item.chart == HEAD and case.head is not None:
            yield refit(item, old, new)
        elif head.camera(item.chart) is not None:
            plane = plane_map(case.photo(item.chart))
            yield lift(item, plane, head_map(head, item.chart))
        else:
            yield item


def _grown(case: Case, head: Head, strokes: Iterable[GrowthStroke]) -> Iterator[GrowthStroke]:
    from studio.skin.head.anchor import lift_growth, refit_growth  # noqa: PLC0415
    from studio.skin.head.stored import head_map  # noqa: PLC0415

    old, new = ([], []) if case.head is None else _both_fits(case.head, head)
    for stroke in strokes:
        if stroke.chart == HEAD and case.head is not None:
            yield refit_growth(stroke, old, new)
        elif head.camera(stroke.chart) is not None:
            plane = plane_map(case.photo(stroke.chart))
            yield lift_growth(stroke, plane, head_map(head, stroke.chart))
        else:
            yield stroke


def _both_fits(old: Head, new: Head) -> "tuple[list[HeadMap], list[HeadMap]]":
    """The maps of the photos that two fits share, under each of them."""
    from studio.skin.head.stored import head_map  # noqa: PLC0415

    shared = [c.photo for c in old.cameras if new.camera(c.photo) is not None]
    return [head_map(old, photo) for photo in shared], [head_map(new, photo) for photo in shared]
