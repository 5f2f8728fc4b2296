"""Figures of the trade, from `resources/planning.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache

from studio.model.quantity import Quantity
from studio.model.resources import resource


@dataclass(frozen=True, slots=True)
class TradeFigure:
    """A usual value with its range, and where it comes from (grades: see the file)."""

    value: float
    low: float
    high: float
    source: str
    grade: str

    @property
    def quantity(self) -> Quantity:
        """The value, the range taken as two standard errors to each side."""
        return Quantity(self.value, (self.high - self.low) / 4)


@cache
def trade() -> dict[str, TradeFigure]:
    """All figures by name."""
    table = tomllib.loads(resource("planning.toml").read_text(encoding="utf-8"))
    return {name: TradeFigure(**entry) for name, entry in table.items()}
