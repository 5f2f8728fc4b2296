"""What of a design changed from one case to the next, so that no more is painted."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest
from typing import TypeVar

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.strokes import DensityStroke
from studio.model.zone import Zone

Thing = TypeVar("Thing")
Pair = tuple[Thing | None, Thing | None]


def pairs(
    before: Sequence[tuple[Hashable, Thing]], after: Sequence[tuple[Hashable, Thing]]
) -> list[Pair[Thing]]:
    """Things that differ, named by keys: old and new, None for what came or went.

    The same object is no difference. In another order everything is one.
    """
    old, new = dict(before), dict(after)
    kept = old.keys() & new.keys()
    if [key for key, _ in before if key in kept] != [key for key, _ in after if key in kept]:
        return [*((thing, None) for _, thing in before), *((None, thing) for _, thing in after)]
    keys = dict.fromkeys([*old, *new])
    found = ((old.get(key), new.get(key)) for key in keys)
    return [pair for pair in found if pair[0] is not pair[1]]


def edited_run(before: Zone, after: Zone) -> FloatArray | None:
    """The points (n, 2) of both outlines between which they differ, with their neighbours.

    None when more than the outline differs. What lies between the two outlines is inside
    the box round these points.
    """
    if replace(before, outline=after.outline) != after:
        return None
    old, new = before.outline, after.outline
    shorter = min(len(old), len(new))
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), shorter - head)
    run = [
        ring[index % len(ring)]
        for ring in (old, new)
        for index in range(head - 1, len(ring) - tail + 1)
    ]
    return np.array(run, dtype=np.float64)


def painted_runs(before: Zone, after: Zone) -> list[DensityStroke]:
    """The parts of painted strokes by which two zones differ; empty if more differs, or nothing.

    Of a stroke that grew it is what was added, from the last place that was there.
    """
    if before.strokes == after.strokes or replace(before, strokes=after.strokes) != after:
        return []
    runs: list[DensityStroke] = []
    for old, new in zip_longest(before.strokes, after.strokes):
        if old != new:
            grown = _grown(old, new)
            runs += [grown] if grown else [stroke for stroke in (old, new) if stroke]
    return runs


def _grown(old: DensityStroke | None, new: DensityStroke | None) -> DensityStroke | None:
    """What a stroke gained at its end; None if that is not how the two differ."""
    if old is None or new is None:
        return None
    size = len(old.path)
    known = replace(new, path=new.path[:size], pressures=new.pressures[:size])
    return replace(new, path=new.path[max(size - 1, 0) :]) if known == old else None


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """How many elements are the same from the start on."""
    alike = takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False))
    return sum(1 for _ in alike)
