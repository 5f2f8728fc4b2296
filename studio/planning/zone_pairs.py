"""Which zone of one variant stands for which of another, and what was set otherwise."""

from collections.abc import Iterator, Sequence

from studio.model.translation import QT_TRANSLATE_NOOP, Phrase
from studio.model.wording import number_text
from studio.model.zone import Blend, Zone

Pair = tuple[Zone | None, Zone | None]
"""A zone of the first variant and its like in the second; None where there is none."""

_NUMBERS = (
    ("density", QT_TRANSLATE_NOOP("Editing", "density {was} → {now} per cm²"), 0),
    ("feather", QT_TRANSLATE_NOOP("Editing", "fade-in {was} → {now} mm"), 1),
    ("margin", QT_TRANSLATE_NOOP("Editing", "margin {was} → {now} mm"), 1),
    ("dot_mm", QT_TRANSLATE_NOOP("Editing", "dot {was} → {now} mm"), 2),
    ("dilution", QT_TRANSLATE_NOOP("Editing", "shade 1:{was} → 1:{now}"), 0),
)
"""Settings that are set, not measured: they have no ±."""

_ELSE = (
    ("pattern", QT_TRANSLATE_NOOP("Editing", "another pattern")),
    ("gradient", QT_TRANSLATE_NOOP("Editing", "another gradient")),
    ("strokes", QT_TRANSLATE_NOOP("Editing", "painted otherwise")),
    ("less_existing", QT_TRANSLATE_NOOP("Editing", "existing hair counted otherwise")),
    ("mirrored", QT_TRANSLATE_NOOP("Editing", "twin added or taken away")),
)


def pairs(these: Sequence[Zone], those: Sequence[Zone]) -> tuple[Pair, ...]:
    """Zones alike by letter and purpose on one chart, then by name and purpose, then single ones.

    Hidden zones take no part. In the order of the first variant, what only the second has last.
    """
    left = [zone for zone in those if not zone.hidden]
    found: dict[str, Zone] = {}
    shown = [zone for zone in these if not zone.hidden]
    for field in ("letter", "name"):
        for zone in shown:
            like = next((z for z in left if zone.id not in found and _alike(z, zone, field)), None)
            if like is not None:
                found[zone.id] = like
                left.remove(like)
    return (*((zone, found.get(zone.id)) for zone in shown), *((None, zone) for zone in left))


def settings_changed(was: Zone, now: Zone) -> Iterator[str]:
    """What was set otherwise, one phrase for each setting."""
    if was.purpose is not now.purpose:
        yield QT_TRANSLATE_NOOP("Editing", "another purpose")
    if was.blend is not now.blend:
        yield QT_TRANSLATE_NOOP("Editing", "laid over the others otherwise")
    for field, source, decimals in _NUMBERS:
        before, after = getattr(was, field), getattr(now, field)
        inked = Blend.CLEAR not in (was.blend, now.blend) or field == "margin"
        if before != after and inked:
            yield Phrase(
                source, was=number_text(before, decimals), now=number_text(after, decimals)
            )
    if was.needle != now.needle:
        source = QT_TRANSLATE_NOOP("Editing", "needle {was} → {now}")
        yield Phrase(source, was=was.needle, now=now.needle)
    for field, words in _ELSE:
        if getattr(was, field) != getattr(now, field):
            yield words


def _alike(one: Zone, other: Zone, field: str) -> bool:
    same = getattr(one, field) == getattr(other, field) and getattr(one, field) != ""
    return same and (one.purpose, one.chart) == (other.purpose, other.chart)
