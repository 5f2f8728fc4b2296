"""The tile: ranked blue-noise positions on a torus, shipped with the studio."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from studio.model.arrays import IntArray
from studio.model.refusal import Refusal
from studio.model.resources import resource

QUANTA = 65536
"""Coordinates in the file are whole numbers of period / 65536."""


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """Positions sorted by cell of `cell` mm, row by row.

    `record` (n,) has the fields `x` and `y`, whole numbers of period / QUANTA, and `rank`,
    the order in which dots appear as density grows. Cell i holds the records from `first[i]`
    up to `first[i + 1]`. The whole is `period` mm wide and high and repeats.
    """

    id: str
    period: float
    cell: float
    record: NDArray[np.void]
    first: IntArray

    @property
    def densest(self) -> float:
        """Dots per mm2 when all are there."""
        return len(self.record) / self.period**2


@cache
def load_tile(tile_id: str) -> Tile:
    """The shipped tile of that name. Raises Refusal if this version does not have it."""
    about_file = resource("tile") / f"{tile_id}.json"
    if not about_file.exists():
        raise Refusal(
            f"The dots of this case come from the set “{tile_id}”, which this version of "
            "Hairline Studio does not have. Install a newer version to open it."
        )
    about = json.loads(about_file.read_text(encoding="utf-8"))
    record = np.load(resource(f"tile/{tile_id}.npy"))
    period, cell = float(about["period_mm"]), float(about["cell_mm"])
    across = round(period / cell)
    bits = (QUANTA // across).bit_length() - 1
    cells = (record["y"] >> bits).astype(np.int64) * across + (record["x"] >> bits)
    first = np.zeros(across * across + 1, dtype=np.int64)
    np.cumsum(np.bincount(cells, minlength=across * across), out=first[1:])
    return Tile(tile_id, period, cell, record, first)
