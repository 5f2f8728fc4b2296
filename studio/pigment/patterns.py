"""The numbers of resources/patterns.toml: how dots stand to each other and to hair."""

import tomllib
from dataclasses import dataclass
from functools import cache

from studio.model.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternNumbers:
    """Groups per cm2 and mm between their members, each as smallest and largest; mm that dots
    keep from a hair; dots per cm2 above which they run together.
    """

    groups_per_cm2: tuple[float, float]
    member_mm: tuple[float, float]
    clear_mm: float
    fusion: float


@cache
def load_patterns() -> PatternNumbers:
    """The shipped numbers. Raises Refusal if the file is missing."""
    table = tomllib.loads(resource("patterns.toml").read_text(encoding="utf-8"))
    groups, members = table["groups_per_cm2"], table["member_mm"]
    return PatternNumbers(
        groups_per_cm2=(groups["low"], groups["high"]),
        member_mm=(members["low"], members["high"]),
        clear_mm=table["clear_mm"]["value"],
        fusion=table["fusion"]["value"],
    )
