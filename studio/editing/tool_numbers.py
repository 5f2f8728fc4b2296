"""The numbers of a tool in hand, such as a brush's radius, for fields and for the keys [ and ]."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from studio.editing.tool import Desk, Keys
from studio.model.chart import Point

_FACTOR = 1.15
SMALLER, LARGER = "[", "]"


@dataclass(frozen=True, slots=True)
class ToolNumber:
    """One number: the tool's attribute, its name on screen, bounds, decimals and unit."""

    field: str
    name: str
    low: float
    high: float
    decimals: int
    unit: str


class Numbered(Protocol):
    """A tool with numbers. `[` and `]` change the first one, with Shift the second."""

    @property
    def numbers(self) -> Sequence[ToolNumber]:
        """The first one comes first in the row too."""
        ...


def turn_number(tool: Numbered, key: str, keys: Keys) -> bool:
    """Let `[` or `]` change a number of the tool; False for any other key."""
    index = 1 if Keys.SHIFT in keys else 0
    if key not in (SMALLER, LARGER) or index >= len(tool.numbers):
        return False
    number = tool.numbers[index]
    value = float(getattr(tool, number.field))
    least: float = 10**-number.decimals
    step = max(value * (_FACTOR - 1), least)
    turned = value + (step if key == LARGER else -step)
    setattr(tool, number.field, min(max(round(turned, number.decimals), number.low), number.high))
    return True


def units_per_mm(desk: Desk, at: Point) -> float:
    """Chart units in a mm of skin at a place."""
    return float(1.0 / np.sqrt(desk.skin.area_scale(np.array([at]))[0]))
