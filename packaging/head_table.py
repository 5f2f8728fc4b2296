"""The table of the head surface's accuracy: `python packaging/head_table.py`.

Simulated clicks on the photographs of ../shared/photos, where they are, and on heads of our
own making. Prints the table and, with --json FILE, writes it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from heads.figures import by_view, figures
from heads.made import made
from heads.photos import FOLDER, photographed
from heads.plain import ellipsoid, flat
from heads.protocol import Result, inputs, judge, lengths
from heads.scene import Scene
from studio.model.photo import View
from studio.skin.head.fit import fit_head

THREE = (View.FRONT, View.LEFT, View.TOP)


@dataclass(frozen=True)
class Setup:
    """What is clicked: how many dots, which views, whether the focal length is known."""

    title: str
    dots: int = 7
    views: tuple[View, ...] | None = None
    focal: bool = True


SETUPS = (
    Setup("7 dots"),
    Setup("no dots", dots=0),
    Setup("front, left, top", views=THREE),
    Setup("front, left, top, no dots", views=THREE, dots=0),
    Setup("focal length unknown", focal=False),
)

Row = dict[str, object]


def trial(scene: Scene, setup: Setup, seed: int) -> tuple[Result, float, Result]:
    """One fit: its errors, its seconds, and an ellipsoid's errors from the same clicks."""
    rng = np.random.default_rng(seed)
    clicked = inputs(scene, rng, dots=setup.dots, views=setup.views, focal=setup.focal)
    known = lengths(scene, rng)
    start = time.perf_counter()
    fit = fit_head(clicked, known)
    seconds = time.perf_counter() - start
    plain = ellipsoid(scene, fit)
    return judge(scene, fit.surface, fit.cameras), seconds, plain


def rows(
    heads: str, scenes: Callable[[int], Scene], seeds: Sequence[int], setups: Sequence[Setup]
) -> Iterator[Row]:
    """The table's rows for one kind of heads; each seed clicks anew, and may be another head."""
    for setup in setups:
        trials = [trial(scenes(seed), setup, seed) for seed in seeds]
        results = [t[0] for t in trials]
        seconds = float(np.median([t[1] for t in trials]))
        yield {**_row(heads, setup.title, results), "fit_s": round(seconds, 3)}
        if setup is setups[0]:
            yield _row(heads, "plain ellipsoid", [t[2] for t in trials])
            yield _row(heads, "flat scale", [flat(scenes(seed)) for seed in seeds])


def _row(heads: str, title: str, results: Sequence[Result]) -> Row:
    row: Row = {"heads": heads, "setup": title, "trials": len(results)}
    return {**row, **figures(results).row(), "views": by_view(results)}


COLUMNS = (
    ("median_pct", "median %"),
    ("p95_pct", "p95 %"),
    ("total_pct", "total %"),
    ("nape_median_pct", "nape med"),
    ("nape_p95_pct", "nape p95"),
    ("hairline_median_mm", "line mm"),
    ("hairline_p95_mm", "line p95"),
    ("hairline_length_pct", "length %"),
    ("fit_s", "fit s"),
)


def print_head() -> None:
    """The table's heading."""
    print(f"{'':14}{'':27}" + "".join(f"{title:>10}" for _, title in COLUMNS))


def print_row(row: Row) -> Row:
    """One line of the table."""
    cells = [row.get(key) for key, _ in COLUMNS]
    shown = "".join(
        f"{c:>10.2f}" if isinstance(c, float) and not math.isnan(c) else f"{'-':>10}" for c in cells
    )
    print(f"{row['heads']!s:14}{row['setup']!s:27}{shown}", flush=True)
    return row


def main() -> int:
    """Makes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="trials of each setup")
    parser.add_argument("--made", type=int, default=20, help="heads of our own making")
    parser.add_argument("--json", type=Path, help="where to write the table")
    told = parser.parse_args()
    found: list[Row] = []
    print_head()
    if FOLDER.exists():
        scene = photographed()
        found += map(print_row, rows("photographed", lambda _: scene, range(told.seeds), SETUPS))
    else:
        print("../shared/photos is not here: made heads only.")
    if told.made:
        scenes = {seed: made(seed) for seed in range(told.made)}
        found += map(print_row, rows("made", scenes.__getitem__, range(told.made), SETUPS))
    if told.json:
        told.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
