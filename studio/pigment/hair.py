"""Hair that is there already, as the dots see it: how much of it, and places to keep clear of."""

from collections.abc import Callable
from dataclasses import dataclass

from studio.model.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Hair:
    """Existing hair on one chart. The same object must stand for the same hair.

    `density` gives follicles per mm2 of skin, (n,), at chart points (n, 2); zones that ask for
    less by what is there take it off their own. No dot lies within `clear` mm of skin of the
    `follicles` (n, 2); the dots that fall away for it are made up for round about.
    """

    density: Callable[[FloatArray], FloatArray]
    follicles: FloatArray
    clear: float
