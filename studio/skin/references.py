"""Sizes of the things that give a scale, from `resources/measurement.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from studio.model.photo import MeasurementKind
from studio.model.resources import resource


@dataclass(frozen=True, slots=True)
class Reference:
    """A known size in mm with its standard error, and where the figures come from.

    `limits_mm` bounds the size where it may be typed, None where it is what it is.
    """

    size_mm: float
    size_se: float
    source: str
    grade: str
    limits_mm: tuple[float, float] | None = None


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resource("measurement.toml").read_text(encoding="utf-8"))


@cache
def references() -> dict[MeasurementKind, Reference]:
    """The shipped sizes of every kind of measurement."""
    return {kind: _reference(_table()[kind]) for kind in MeasurementKind}


def _reference(row: dict[str, Any]) -> Reference:
    limits = (row["low_mm"], row["high_mm"]) if "low_mm" in row else None
    return Reference(row["size_mm"], row["size_se"], row["source"], row["grade"], limits)


@cache
def card_ratio() -> float:
    """Long side of a bank card over its short side (ISO/IEC 7810 ID-1)."""
    card = _table()["card"]
    return float(card["size_mm"]) / float(card["short_mm"])


def hand_error(photo_px: float) -> float:
    """Standard error in photo pixels of a mark set by hand.

    `photo_px` is how many photo pixels one screen pixel showed at that moment.
    """
    hand = _table()["hand"]
    return max(float(hand["photo_px"]), float(hand["screen_px"]) * photo_px)
