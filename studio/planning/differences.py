"""How one variant differs from another, in words and in numbers with their ±.

One scale measures both, so its error counts for the difference alone, not for either whole.
What is chance for each, such as where dots fall along an edge, stays.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from studio.model.case import Case, Variant
from studio.model.chart import ChartId
from studio.model.curve import Curve
from studio.model.quantity import Quantity, correlated_sum
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase
from studio.model.wording import quantity_text
from studio.pigment.tile import Tile
from studio.planning.estimate import placing_minutes, sittings
from studio.planning.figures import Figures, ZoneFigures, figures
from studio.planning.hairline_moves import moves
from studio.planning.zone_pairs import Pair, pairs, settings_changed
from studio.skin.skinmap import SkinMap

SMALLEST_CM2, SMALLEST_MIN = 0.05, 1.0
"""What would be written as nothing is no difference."""

_MORE = QT_TRANSLATE_NOOP("Editing", "{size} more")
_LESS = QT_TRANSLATE_NOOP("Editing", "{size} less")
_FEWER = QT_TRANSLATE_NOOP("Editing", "{size} fewer")


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: of what, and how; both are marked for translation.

    `amount` is the second variant less the first in `unit`; None for what is no number.
    """

    subject: str
    words: str
    amount: Quantity | None = None
    unit: str = ""


def differences(
    case: Case, one: Variant, other: Variant, maps: Mapping[ChartId, SkinMap], tile: Tile
) -> tuple[Difference, ...]:
    """What `other` has otherwise than `one`: hairline, totals, curves, then zones.

    Empty where nothing differs. Raises Refusal where `figures` does.
    """
    if (one.curves, one.zones) == (other.curves, other.zones):
        return ()
    was, now = figures(case, one, maps, tile), figures(case, other, maps, tile)
    paired = pairs(one.zones, other.zones)
    before, after = ({row.id: row for row in f.zones} for f in (was, now))
    rows = [(before[a.id] if a else None, after[b.id] if b else None) for a, b in paired]
    lines = (
        Difference(move.place, Phrase(words, size=_size(move.way, "mm")), move.way, "mm")
        for move in moves(case, one, other, maps)
        for words in (move.more if move.way.value > 0 else move.less,)
    )
    zones = (told for pair, row in zip(paired, rows, strict=True) for told in _zone(pair, *row))
    return (*lines, *_totals(was, now, rows), *_curves(one, other), *zones)


def less(now: Quantity, was: Quantity) -> Quantity:
    """`now` less `was`, both by one scale: their errors cancel as far as the values do."""
    apart = now.value - was.value
    if not (now.known and was.known):
        return Quantity(apart, math.inf)
    share = max((part.relative for part in (now, was) if part.value), default=0.0)
    return Quantity(apart, max(abs(now.se - was.se), share * abs(apart)))


_Row = tuple[ZoneFigures | None, ZoneFigures | None]


def fewer_dots(rows: list[_Row]) -> Quantity:
    """Dots of the second zones less those of the first; None stands for no zone.

    The scale's error counts for the difference. Where dots fall along an outline is chance
    for each zone apart, unless the two are alike.
    """
    count, by_scale, chance = 0.0, 0.0, 0.0
    for was, now in rows:
        if was and now and (was.area_cm2, was.dots) == (now.area_cm2, now.dots):
            continue
        there = [row for row in (was, now) if row is not None and row.dots.value]
        if not all(row.dots.known for row in there):
            by_scale = math.inf
            continue
        apart = (now.dots.value if now else 0.0) - (was.dots.value if was else 0.0)
        shares = [row.area_cm2.relative for row in there]
        count += apart
        by_scale += abs(apart) * max(shares, default=0.0)
        chance += sum(
            max(row.dots.se**2 - (row.dots.value * share) ** 2, 0.0)
            for row, share in zip(there, shares, strict=True)
        )
    return Quantity(count, math.hypot(by_scale, math.sqrt(chance)))


def _totals(was: Figures, now: Figures, rows: list[_Row]) -> Iterator[Difference]:
    dots, area = fewer_dots(rows), less(now.area_cm2, was.area_cm2)
    if dots.known and dots.value:
        yield _dots(QT_TRANSLATE_NOOP("Editing", "Dots"), dots)
    if area.known and abs(area.value) >= SMALLEST_CM2:
        yield _amount(QT_TRANSLATE_NOOP("Editing", "Area"), area, "cm²", 1)
    before, after = (correlated_sum(sittings(f.dots, f.per_session)) for f in (was, now))
    if dots.known and abs(after.value - before.value) >= SMALLEST_MIN:
        # pace and pauses are the same person's in both
        by_pace = placing_minutes(Quantity(abs(dots.value), dots.se)).se
        chair = Quantity(after.value - before.value, max(abs(after.se - before.se), by_pace))
        yield _amount(QT_TRANSLATE_NOOP("Editing", "Time in the chair"), chair, "min")


def _curves(one: Variant, other: Variant) -> Iterator[Difference]:
    """Curves that only one of the two has, told by name and use."""
    was, now = (Counter(map(_use, variant.curves)) for variant in (one, other))
    for use in (was - now).elements():
        yield Difference(use[0], QT_TRANSLATE_NOOP("Editing", "removed"))
    for use in (now - was).elements():
        yield Difference(use[0], QT_TRANSLATE_NOOP("Editing", "added"))


def _use(curve: Curve) -> tuple[str, str, str]:
    return curve.name, curve.role.value, curve.chart


def _zone(pair: Pair, was: ZoneFigures | None, now: ZoneFigures | None) -> Iterator[Difference]:
    first, second = pair
    shown = second or first
    if shown is None:
        return
    subject = f"{shown.letter} {shown.name}".strip()
    dots = fewer_dots([(was, now)])
    if first is None or second is None:
        words = (
            QT_TRANSLATE_NOOP("Editing", "added, {size}")
            if first is None
            else QT_TRANSLATE_NOOP("Editing", "removed, {size}")
        )
        yield Difference(subject, Phrase(words, size=_size(dots, "dots")), dots, "dots")
        return
    for change in settings_changed(first, second):
        yield Difference(subject, change)
    if was is None or now is None:
        return
    area = less(now.area_cm2, was.area_cm2)
    if area.known and abs(area.value) >= SMALLEST_CM2:
        yield _amount(subject, area, "cm²", 1)
    if dots.known and dots.value:
        yield _dots(subject, dots)


def _dots(subject: str, dots: Quantity) -> Difference:
    words = Phrase(_MORE if dots.value > 0 else _FEWER, size=_size(dots, "dots"))
    return Difference(subject, words, dots, "dots")


def _amount(subject: str, amount: Quantity, unit: str, decimals: int = 0) -> Difference:
    words = Phrase(_MORE if amount.value > 0 else _LESS, size=_size(amount, unit, decimals))
    return Difference(subject, words, amount, unit)


def _size(amount: Quantity, unit: str, decimals: int = 0) -> str:
    return quantity_text(Quantity(abs(amount.value), amount.se), unit, decimals)
