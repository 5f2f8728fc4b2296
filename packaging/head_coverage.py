"""How often a stated 95 % interval holds the truth: `python packaging/head_coverage.py`.

Zones and lines are drawn in the photos of heads that are known: heads of our own making, the
practice head, and the photographs of ../shared/photos where they are. What is stated is what
the studio shows. Prints the table and, with --json FILE, writes it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from head_table import SETUPS, Setup
from heads.made import made
from heads.photos import FOLDER, photographed
from heads.practised import practised
from heads.protocol import inputs, lengths
from heads.scene import Scene
from heads.zones import HAIRLINE, LINES, RADII, WHOLE, Drawn, Judge
from studio.skin.head.fit import fit_head

FIRST_SEED = 40_000
"""Heads and clicks that no calibration has seen."""

EACH = 3

PARTS: Mapping[str, tuple[str, ...]] = {
    "areas": tuple(RADII),
    **{kind: (kind,) for kind in RADII},
    WHOLE: (WHOLE,),
    "lengths": (*LINES, HAIRLINE),
    **{kind: (kind,) for kind in (*LINES, HAIRLINE)},
}
"""The table's columns of things drawn: together and each kind."""

Row = dict[str, object]


def trials(scene: Callable[[int], Scene], setup: Setup, seeds: Iterable[int]) -> Iterator[Drawn]:
    """Everything drawn on fits of a setup, each seed clicking anew."""
    for seed in seeds:
        rng, head = np.random.default_rng(seed), scene(seed)
        clicked = inputs(head, rng, dots=setup.dots, views=setup.views, focal=setup.focal)
        yield from Judge(head, fit_head(clicked, lengths(head, rng))).drawn(rng, EACH)


def rows(heads: str, title: str, found: Sequence[Drawn]) -> Iterator[Row]:
    """The table's rows for one kind of heads and a setup."""
    for part, kinds in PARTS.items():
        for region in ("cranium", "nape"):
            chosen = [d for d in found if d.kind in kinds and d.region == region]
            if chosen:
                yield {
                    "heads": heads,
                    "setup": title,
                    "drawn": part,
                    "region": region,
                    "trials": len(chosen),
                    "held": round(float(np.mean([d.held for d in chosen])), 3),
                    "stated_pct": _rms([d.se for d in chosen]),
                    "actual_pct": _rms([d.error for d in chosen]),
                }


def _rms(shares: Sequence[float]) -> float:
    return round(100 * float(np.sqrt(np.mean(np.square(shares)))), 2)


def print_row(row: Row) -> Row:
    """One line of the table."""
    words = f"{row['heads']!s:13}{row['setup']!s:27}{row['drawn']!s:13}{row['region']!s:9}"
    print(
        f"{words}{row['trials']:>7}{row['held']:>8.3f}{row['stated_pct']:>8}{row['actual_pct']:>8}"
    )
    return row


def main() -> int:
    """Makes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--made", type=int, default=60, help="heads of our own making")
    parser.add_argument("--seeds", type=int, default=20, help="fits of each other head")
    parser.add_argument("--all", action="store_true", help="all setups, not the first alone")
    parser.add_argument("--json", type=Path, help="where to write the table")
    told = parser.parse_args()
    heads: dict[str, tuple[Callable[[int], Scene], int]] = {"made": (made, told.made)}
    practice = practised()
    heads["practice"] = (lambda _: practice, told.seeds)
    if FOLDER.exists():
        photos = photographed()
        heads["photographed"] = (lambda _: photos, told.seeds)
    else:
        print("../shared/photos is not here: heads of our own alone.")
    print(f"{'':62}{'trials':>7}{'held':>8}{'stated%':>8}{'actual%':>8}")
    found: list[Row] = []
    for setup in SETUPS if told.all else SETUPS[:1]:
        for name, (scene, count) in heads.items():
            seeds = range(FIRST_SEED, FIRST_SEED + count)
            drawn = list(trials(scene, setup, seeds))
            found += map(print_row, rows(name, setup.title, drawn))
    if told.json:
        told.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
