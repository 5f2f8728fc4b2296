"""Edits of the case as a whole: client, mirror axes, variants."""

import math
from collections.abc import Collection
from dataclasses import replace

from studio.editing.edits.items import (
    add_copies,
    free_letter,
    items_of,
    refollowed,
    with_variant,
)
from studio.model.case import Case, Client, MirrorAxis, Variant
from studio.model.chart import rounded
from studio.model.ids import Id, new_id
from studio.model.refusal import Refusal


def set_client(case: Case, client: Client) -> Case:
    """Who the case is about."""
    return replace(case, client=client)


def set_axis(case: Case, axis: MirrorAxis) -> Case:
    """The mirror axis of a chart; twins follow. The lean is kept within 90 degrees."""
    if not all(map(math.isfinite, (*axis.at, axis.angle))):
        raise Refusal("The mirror axis needs a place and an angle that are numbers.")
    lean = math.remainder(axis.angle, 180.0)
    others = tuple(other for other in case.axes if other.chart != axis.chart)
    return replace(case, axes=(*others, replace(axis, at=rounded(axis.at), angle=lean)))


def add_variant(case: Case, name: str = "") -> Case:
    """An empty variant with the next letter, chosen."""
    variant = Variant(id=new_id(), letter=free_letter({v.letter for v in case.variants}), name=name)
    return replace(case, variants=(*case.variants, variant), chosen=variant.id)


def duplicate_variant(case: Case, variant_id: Id) -> Case:
    """A copy of a variant with the next letter and fresh ids, chosen."""
    original = _variant(case, variant_id)
    ids = {curve.id: new_id() for curve in original.curves}
    copy = replace(
        original,
        id=new_id(),
        letter=free_letter({v.letter for v in case.variants}),
        curves=tuple(replace(curve, id=ids[curve.id]) for curve in original.curves),
        zones=tuple(replace(refollowed(z, ids), id=new_id()) for z in original.zones),
    )
    return replace(case, variants=(*case.variants, copy), chosen=copy.id)


def copy_to_variant(case: Case, ids: Collection[Id], to: Id) -> Case:
    """Copies of items of the chosen variant put on top in another one, at the same place.

    A zone copied with its curve follows the curve's copy; without it the zone stays as drawn.
    """
    originals = [item for item in items_of(case.variant) if item.id in ids]
    there = replace(case, chosen=_variant(case, to).id)
    after, _ = add_copies(there, originals)
    return replace(after, chosen=case.chosen)


def choose_variant(case: Case, variant_id: Id) -> Case:
    """The variant that is shown and printed."""
    return replace(case, chosen=_variant(case, variant_id).id)


def rename_variant(case: Case, variant_id: Id, name: str) -> Case:
    """A variant's name; its letter stays."""
    return with_variant(case, replace(_variant(case, variant_id), name=" ".join(name.split())))


def delete_variant(case: Case, variant_id: Id) -> Case:
    """A variant taken away; its neighbour is chosen. Refusal for the last one."""
    if len(case.variants) == 1:
        raise Refusal("A case needs one variant at least. Add another before deleting this one.")
    index = case.variants.index(_variant(case, variant_id))
    rest = (*case.variants[:index], *case.variants[index + 1 :])
    chosen = case.chosen if case.chosen != variant_id else rest[max(0, index - 1)].id
    return replace(case, variants=rest, chosen=chosen)


def _variant(case: Case, variant_id: Id) -> Variant:
    for variant in case.variants:
        if variant.id == variant_id:
            return variant
    raise KeyError(variant_id)
