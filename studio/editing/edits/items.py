"""Edits of whole curves and zones of the chosen variant."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import count
from string import ascii_uppercase
from typing import TypeVar

import numpy as np

from studio.geometry import nodes as node_rules
from studio.geometry.mirror import whole_curve, whole_zone
from studio.geometry.painted import with_paint
from studio.model.case import Case, Variant
from studio.model.chart import Ring, rounded
from studio.model.curve import Curve
from studio.model.ids import Id, new_id
from studio.model.refusal import Refusal
from studio.model.zone import Zone

Item = Curve | Zone
_Kind = TypeVar("_Kind", bound=Item)


class Order(StrEnum):
    """Where to put items among those that lie over and under them."""

    RAISE = "raise"
    LOWER = "lower"
    TOP = "top"
    BOTTOM = "bottom"


def items_of(variant: Variant) -> tuple[Item, ...]:
    """Everything drawn in a variant: curves, then zones, lowest first."""
    return (*variant.curves, *variant.zones)


def find(case: Case, item_id: Id) -> Item | None:
    """The curve or zone of the chosen variant with this id, or None."""
    return next((item for item in items_of(case.variant) if item.id == item_id), None)


def find_curve(case: Case, curve_id: Id) -> Curve | None:
    """The curve with this id, or None."""
    item = find(case, curve_id)
    return item if isinstance(item, Curve) else None


def find_zone(case: Case, zone_id: Id) -> Zone | None:
    """The zone with this id, or None."""
    item = find(case, zone_id)
    return item if isinstance(item, Zone) else None


def with_variant(case: Case, variant: Variant) -> Case:
    """The case with the variant of the same id replaced."""
    variants = tuple(variant if v.id == variant.id else v for v in case.variants)
    return replace(case, variants=variants)


def check_free(item: Item) -> None:
    """Refusal if the item is locked."""
    if item.locked:
        raise Refusal(f"“{item.name}” is locked. Unlock it in the list to change it.")


def changed(case: Case, ids: Collection[Id], change: Callable[[Item], Item]) -> Case:
    """The case with `change` done to these items, locked or not; ids unknown are passed over."""
    variant = case.variant
    curves = tuple(_done(curve, ids, change) for curve in variant.curves)
    zones = tuple(_done(zone, ids, change) for zone in variant.zones)
    return with_variant(case, replace(variant, curves=curves, zones=zones))


def add_curve(case: Case, curve: Curve) -> Case:
    """A curve put on top."""
    variant = case.variant
    return with_variant(case, replace(variant, curves=(*variant.curves, stored(curve))))


def replace_curve(case: Case, curve: Curve) -> Case:
    """The curve of the same id replaced; Refusal if that one is locked."""

    def swap(item: Item) -> Item:
        check_free(item)
        return stored(curve)

    return changed(case, {curve.id}, swap)


def delete_items(case: Case, ids: Collection[Id]) -> Case:
    """Curves and zones taken away; Refusal if one is locked."""
    variant = case.variant
    for item in items_of(variant):
        if item.id in ids:
            check_free(item)
    return with_variant(
        case,
        replace(
            variant,
            curves=tuple(c for c in variant.curves if c.id not in ids),
            zones=tuple(z for z in variant.zones if z.id not in ids),
        ),
    )


def move_items(case: Case, ids: Collection[Id], dx: float, dy: float) -> Case:
    """Whole items moved by a way in chart units, rounded; Refusal if one is locked."""
    x, y = rounded((dx, dy))

    def move(item: Item) -> Item:
        check_free(item)
        return shifted(item, x, y)

    return case if (x, y) == (0.0, 0.0) else changed(case, ids, move)


def duplicate_items(
    case: Case, ids: Collection[Id], dx: float = 5.0, dy: float = 5.0
) -> tuple[Case, frozenset[Id]]:
    """Copies put on top, moved by a way in chart units; also the ids of the copies."""
    originals = (item for item in items_of(case.variant) if item.id in ids)
    return add_copies(case, (shifted(item, dx, dy) for item in originals))


def add_copies(case: Case, originals: Iterable[Item]) -> tuple[Case, frozenset[Id]]:
    """Unlocked copies with fresh ids and letters put on top; also the new ids."""
    items = tuple(originals)
    ids = {item.id: new_id() for item in items}
    for item in items:
        if isinstance(item, Curve):
            case = add_curve(case, replace(item, id=ids[item.id], locked=False))
        else:
            letter = next_letter(case)
            zone = replace(refollowed(item, ids), id=ids[item.id], letter=letter, locked=False)
            variant = case.variant
            case = with_variant(case, replace(variant, zones=(*variant.zones, zone)))
    return case, frozenset(ids.values())


def refollowed(zone: Zone, ids: Mapping[Id, Id]) -> Zone:
    """A copied zone, following the copy of its curve; nothing if that was not copied."""
    if zone.follows is None:
        return zone
    copy = ids.get(zone.follows.curve)
    return replace(zone, follows=None if copy is None else replace(zone.follows, curve=copy))


def reorder(case: Case, ids: Collection[Id], order: Order) -> Case:
    """Items raised or lowered by one, or put to the top or the bottom."""
    variant = case.variant
    return with_variant(
        case,
        replace(
            variant,
            curves=_ordered(variant.curves, ids, order),
            zones=_ordered(variant.zones, ids, order),
        ),
    )


def rename(case: Case, item_id: Id, name: str) -> Case:
    """An item's name; Refusal if it is locked or the name is empty."""
    clean = " ".join(name.split())
    if not clean:
        raise Refusal("A name needs at least one letter.")

    def give(item: Item) -> Item:
        check_free(item)
        return replace(item, name=clean)

    return changed(case, {item_id}, give)


def set_hidden(case: Case, ids: Collection[Id], *, hidden: bool) -> Case:
    """Hidden items are neither shown, nor counted, nor printed; the list shows them."""
    return changed(case, ids, lambda item: replace(item, hidden=hidden))


def set_locked(case: Case, ids: Collection[Id], *, locked: bool) -> Case:
    """Locked items refuse every change but this one, hiding, and order."""
    return changed(case, ids, lambda item: replace(item, locked=locked))


def set_mirrored(case: Case, ids: Collection[Id], *, mirrored: bool) -> Case:
    """Give items a twin on the other side of the mirror axis, or take it away."""

    def set_one(item: Item) -> Item:
        check_free(item)
        return replace(item, mirrored=mirrored)

    return changed(case, ids, set_one)


def detach_twin(case: Case, ids: Collection[Id]) -> Case:
    """Twins made things of their own: one joined across the axis, or two."""
    for item in items_of(case.variant):
        if item.id in ids and item.mirrored:
            check_free(item)
            own, *twins = whole(case, item)
            case = put(case, own)
            case, _ = add_copies(case, map(_renamed_twin, twins))
    return case


def whole(case: Case, item: Item) -> tuple[Item, ...]:
    """What an item amounts to: itself and its twin, joined where they meet at the axis."""
    axis = case.axis(item.chart)
    return whole_curve(item, axis) if isinstance(item, Curve) else whole_zone(item, axis)


def put(case: Case, item: Item) -> Case:
    """The item of the same id replaced, locked or not."""
    return changed(case, {item.id}, lambda _: item)


def next_letter(case: Case) -> str:
    """The first letter that no zone of the chosen variant has."""
    return free_letter({zone.letter for zone in case.variant.zones})


def free_letter(taken: Collection[str]) -> str:
    """The first letter not taken: A to Z, then AA, AB and so on."""
    return next(letter for n in count() if (letter := _letter(n)) not in taken)


def stored(curve: Curve) -> Curve:
    """The curve as a case keeps it: coordinates rounded."""
    return replace(curve, nodes=tuple(node_rules.moved(node, 0.0, 0.0) for node in curve.nodes))


def shifted(item: Item, dx: float, dy: float) -> Item:
    """The item moved by a way in chart units."""
    if isinstance(item, Curve):
        return replace(item, nodes=tuple(node_rules.moved(n, dx, dy) for n in item.nodes))
    holes = tuple(_shifted_ring(hole, dx, dy) for hole in item.holes)
    item = with_paint(item, lambda points: points + np.array((dx, dy)))
    return replace(item, outline=_shifted_ring(item.outline, dx, dy), holes=holes)


def _shifted_ring(ring: Ring, dx: float, dy: float) -> Ring:
    return tuple(rounded((x + dx, y + dy)) for x, y in ring)


def _done(item: _Kind, ids: Collection[Id], change: Callable[[Item], Item]) -> _Kind:
    if item.id not in ids:
        return item
    result = change(item)
    if not isinstance(result, type(item)):
        raise TypeError("an edit must not turn a curve into a zone")
    return item if result == item else result


def _ordered(items: tuple[_Kind, ...], ids: Collection[Id], order: Order) -> tuple[_Kind, ...]:
    match order:
        case Order.TOP:
            return tuple(sorted(items, key=lambda item: item.id in ids))
        case Order.BOTTOM:
            return tuple(sorted(items, key=lambda item: item.id not in ids))
        case Order.LOWER:
            return _raised(items[::-1], ids)[::-1]
        case Order.RAISE:
            return _raised(items, ids)


def _raised(items: tuple[_Kind, ...], ids: Collection[Id]) -> tuple[_Kind, ...]:
    row = list(items)
    for i in range(len(row) - 2, -1, -1):
        if row[i].id in ids and row[i + 1].id not in ids:
            row[i], row[i + 1] = row[i + 1], row[i]
    return tuple(row)


def _renamed_twin(item: Item) -> Item:
    """A twin's name on the other side: `Temple, right` becomes `Temple, left`."""
    for here, there in ((", right", ", left"), (", left", ", right")):
        if item.name.endswith(here):
            return replace(item, name=item.name.removesuffix(here) + there)
    return item


def _letter(n: int) -> str:
    letters = ascii_uppercase[n % 26]
    return letters if n < 26 else _letter(n // 26 - 1) + letters
