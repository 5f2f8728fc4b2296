"""A measured number that never travels without its standard error."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and its standard error, both in the same unit.

    An infinite standard error means that the photo has no scale: the value is
    only good for comparing shapes and is never shown as a number.
    """

    value: float
    se: float

    @property
    def known(self) -> bool:
        """Whether the value may be shown at all."""
        return math.isfinite(self.se)

    @property
    def relative(self) -> float:
        """Standard error as a share of the value; 0 for the value 0 with error 0."""
        if self.value == 0:
            return 0.0 if self.se == 0 else math.inf
        return self.se / abs(self.value)

    def times(self, factor: float) -> "Quantity":
        """The quantity in another unit, or scaled by an exact number."""
        return Quantity(self.value * factor, self.se * abs(factor))


def correlated_sum(parts: Iterable[Quantity]) -> Quantity:
    """Sum of quantities that share their error, as everything measured by one scale does.

    Standard errors add up linearly, which is the careful choice.
    """
    terms = tuple(parts)
    return Quantity(sum(q.value for q in terms), sum(q.se for q in terms))
