"""Measures the finder of follicles on drawn patches, one table row for each kind of picture.

    python packaging/stubble/evaluate.py --patches 24

Prints the median and the 90th percentile of the relative error of the count in patches of
2 cm2, and its median with sign.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from stubble.simulator import Conditions, Patch, any_conditions, lighter, render
from studio.imaging.follicles import FINEST, find_follicles
from studio.model.arrays import FloatArray

SIDE_MM, EDGE_MM = 20.0, 2.9
"""Side of a patch, and the edge left out of the count: 14.2 mm square are 2 cm2."""

USUAL = Conditions()
DARK = replace(USUAL, skin=0.06, hair=0.012, noise=0.003)
CASES: dict[str, Conditions] = {
    "light skin, dark hair, 1.2 mm": USUAL,
    "0 mm, dots": replace(USUAL, length=0.05),
    "0.5 mm": replace(USUAL, length=0.5),
    "2 mm": replace(USUAL, length=2.0),
    "10 per cm2": replace(USUAL, density=10, gap=0.8),
    "30 per cm2": replace(USUAL, density=30),
    "150 per cm2": replace(USUAL, density=150),
    "200 per cm2, dots": replace(USUAL, density=200, length=0.05, gap=0.4),
    "dark skin, dark hair": DARK,
    "dark skin, dots": replace(DARK, length=0.05),
    "very dark skin": replace(DARK, skin=0.035, hair=0.01),
    "brown hair": replace(USUAL, hair=0.12),
    "fair hair on light skin": replace(USUAL, hair=0.24),
    "grey hair on dark skin (lighter)": lighter(DARK),
    "7 px/mm": replace(USUAL, px_per_mm=7.0),
    "12 px/mm": replace(USUAL, px_per_mm=12.0),
    "24 px/mm": replace(USUAL, px_per_mm=24.0),
    "soft": replace(USUAL, sharpness=1.3, sharpened=0.0),
    "sharpened": replace(USUAL, sharpness=0.5, sharpened=0.9),
    "noisy": replace(USUAL, noise=0.02),
    "JPEG quality 60": replace(USUAL, quality=60),
    "glints": replace(USUAL, glints=0.5),
    "coarse skin": replace(USUAL, texture=0.06, pores=0.09),
    "thick hair": replace(USUAL, width=0.13),
    "single hairs": replace(USUAL, hairs=(1.0,)),
    "edge of hair": replace(USUAL, edge=True),
}


def counts(patch: Patch) -> tuple[int, int]:
    """True and found follicles within the inner square of a patch."""
    scale = patch.conditions.px_per_mm
    low, high = EDGE_MM * scale, len(patch.pixels) - EDGE_MM * scale
    found = find_follicles(patch.pixels, scale, np.ones(patch.pixels.shape[:2], np.bool_))
    real, marked = (
        int(((points > low) & (points < high)).all(axis=1).sum())
        for points in (patch.roots, found.marked)
    )
    return real, marked


def row(conditions: Conditions, patches: int, seed: int = 11) -> tuple[float, float, float]:
    """Median and 90th percentile of the relative error, and the median with its sign."""
    rng = np.random.default_rng(seed)
    pairs = [counts(render(conditions, SIDE_MM, rng)) for _ in range(patches)]
    errors = np.array([(found - real) / max(real, 1) for real, found in pairs])
    size = np.abs(errors)
    return float(np.median(size)), float(np.quantile(size, 0.9)), float(np.median(errors))


def anything(patches: int, seed: int = 12) -> FloatArray:
    """Relative errors of the count in patches of any conditions with 10 follicles per cm2."""
    rng = np.random.default_rng(seed)
    errors: list[float] = []
    while len(errors) < patches:
        drawn = any_conditions(rng)
        if drawn.density < 10 or drawn.px_per_mm < FINEST:
            continue
        real, found = counts(render(drawn, SIDE_MM, rng, clear=True))
        if real >= 20:
            errors.append(found / real - 1)
    return np.array(errors)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patches", type=int, default=24)
    wanted = parser.parse_args()
    print("| picture | median | p90 | bias |\n| --- | --- | --- | --- |")
    for name, conditions in CASES.items():
        middle, high, bias = row(conditions, wanted.patches)
        print(f"| {name} | {middle:.0%} | {high:.0%} | {bias:+.0%} |", flush=True)
    errors = anything(4 * wanted.patches)
    size = np.abs(errors)
    print(
        f"| any of these | {np.median(size):.0%} | {np.quantile(size, 0.9):.0%} | "
        f"{np.median(errors):+.0%} |\n\n"
        f"two thirds lie within {np.quantile(size, 0.683):.0%}"
    )


if __name__ == "__main__":
    main()
