"""Speed of the hairline generator: one move of a slider, and zones that follow a dragged node.

`run()` gives {name: {"median_ms": x, ...}}. The dots' own cost is measured in `bench_dots.py`.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from studio.editing.edits.hairline import HairlineIds, grow_hairline, hairline_ids, set_recipe
from studio.editing.edits.items import find_curve
from studio.editing.edits.points import move_points
from studio.editing.history import History
from studio.editing.selection import NodeRef
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.hairline import Recipe
from studio.practice import practice
from tests.heads_of_practice import practice_on_head


def run() -> dict[str, dict[str, float]]:
    """Slider and drag, on a plane and on the head, zone outlines included."""
    flat = practice()[0]
    found: dict[str, dict[str, float]] = {}
    for name, case, chart in (
        ("", flat, flat.photos[0].id),
        ("_head", practice_on_head()[0], HEAD),
    ):
        ids = hairline_ids()
        grown = grow_hairline(case, chart, Recipe(), ids=ids)
        found[f"hairline_slider{name}"] = slider(grown, ids)
        found[f"follow_drag{name}"] = drag(grown, ids)
    return found


def slider(case: Case, ids: HairlineIds) -> dict[str, float]:
    """Height moved by a tenth of a millimetre: nodes, edge, both zones, the preview."""
    history, step = History(case), count()
    curve = find_curve(case, ids.curve)
    recipe = curve.recipe if curve is not None and curve.recipe is not None else Recipe()
    with history.begin("Height") as transaction:

        def move() -> None:
            wanted = replace(recipe, height=60.0 + next(step) * 0.1)
            transaction.preview(set_recipe(transaction.base, ids.curve, wanted))

        return timed(move)


def drag(case: Case, ids: HairlineIds) -> dict[str, float]:
    """One node dragged: what the zones that follow cost beyond the edit of the node."""
    history, step = History(case), count()
    with history.begin("Move") as transaction:

        def move() -> None:
            way = next(step) * 0.01
            transaction.preview(
                move_points(transaction.base, {NodeRef(ids.curve, 4)}, way, 0.2 + way)
            )

        return timed(move)


def timed(work: Callable[[], object], rounds: int = 60) -> dict[str, float]:
    """Median and slow tenth in ms, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return {"median_ms": statistics.median(times), "p90_ms": sorted(times)[int(0.9 * rounds)]}
