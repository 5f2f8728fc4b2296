"""What is to be printed: the case, its photos, the paper, and what goes with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studio.model.case import Case
from studio.render.sheet import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class MapJob:
    """A session map to print. Pickles, for the worker process.

    `photos` gives the bytes of each photo as kept in the case, by SHA-256; one that is
    missing or damaged is printed as an empty plate that says so. `full_name` prints the
    client's name instead of the initials; `dots` adds the pages with every planned dot,
    `strip` the 1:1 hairline strip.
    """

    case: Case
    photos: Mapping[str, bytes] = field(repr=False)
    paper: Paper = Paper.A4
    full_name: bool = False
    dots: bool = True
    strip: bool = True
