"""How long the work takes (domain research, F15)."""

import math
from collections.abc import Sequence

from studio.model.quantity import Quantity, correlated_sum
from studio.planning.trade import trade


def placing_minutes(dots: Quantity) -> Quantity:
    """Time to place dots at the usual pace, pauses for the hand included.

    The pace's range of 60 to 110 dots a minute makes 80 % of it the ±.
    """
    pace = trade()["dots_per_minute"]
    minutes = dots.value / pace.value
    spread = (1 / pace.low - 1 / pace.high) / 4 * pace.value
    return Quantity(minutes, math.hypot(dots.se / pace.value, minutes * spread))


def sittings(dots: Quantity, per_session: Sequence[int]) -> tuple[Quantity, ...]:
    """Minutes in the chair for each session; `dots` is all of them with their ±."""
    share = dots.relative if dots.known else 0.0
    return tuple(
        chair_minutes(Quantity(float(count), count * share), first=index == 0)
        for index, count in enumerate(per_session)
    )


def chair_minutes(dots: Quantity, *, first: bool) -> Quantity:
    """Time in the chair for one session: setting up, for the first one drawing, work, pauses.

    A pause follows every full stretch of work except at the end.
    """
    work = placing_minutes(dots)
    figures = trade()
    pauses = max(0, math.ceil(work.value / figures["stretch_min"].value) - 1)
    parts = [work, figures["setup_min"].quantity, figures["break_min"].quantity.times(pauses)]
    if first:
        parts.append(figures["design_min"].quantity)
    return correlated_sum(parts)
