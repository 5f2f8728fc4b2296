"""The head surface: how true it is, and how fast it is fitted.

Truth on the photographs of ../shared/photos where they are, on heads of our own making
elsewhere: the table of packaging/head_table.py with fewer trials. `run()` gives
{name: {"value": x}} and {name: {"median_ms": x}}.
"""

import statistics
import time
from dataclasses import replace

import numpy as np

from heads.figures import figures
from heads.made import made
from heads.photos import FOLDER, photographed
from heads.protocol import Result, inputs, judge, lengths
from heads.scene import Scene
from studio.skin.head.fit import HeadFit, fit_head, refit

TRIALS = 20


def run() -> dict[str, dict[str, float]]:
    """Every figure of the fit."""
    scenes = [photographed()] * TRIALS if FOLDER.exists() else [made(k) for k in range(TRIALS)]
    results: list[Result] = []
    fit_ms: list[float] = []
    refit_ms: list[float] = []
    for seed, scene in enumerate(scenes):
        fit, took = _fit(scene, seed)
        fit_ms.append(took)
        refit_ms.append(_refit(fit))
        results.append(judge(scene, fit.surface, fit.cameras))
    found = figures(results)
    return {
        "surface_area_median_pct": {"value": found.median_pct},
        "surface_area_p95_pct": {"value": found.p95_pct},
        "surface_total_pct": {"value": found.total_pct},
        "hairline_transfer_median_mm": {"value": found.hairline_median_mm},
        "hairline_transfer_p95_mm": {"value": found.hairline_p95_mm},
        "surface_fit": {"median_ms": statistics.median(fit_ms)},
        "surface_refit": {"median_ms": statistics.median(refit_ms)},
    }


def _fit(scene: Scene, seed: int) -> tuple[HeadFit, float]:
    rng = np.random.default_rng(seed)
    marked, known = inputs(scene, rng), lengths(scene, rng)
    start = time.perf_counter()
    fit = fit_head(marked, known)
    return fit, (time.perf_counter() - start) * 1000


def _refit(fit: HeadFit) -> float:
    """One landmark of the first photo moved by ten pixels."""
    views = list(fit.views)
    name, (x, y) = next(iter(views[0].landmarks.items()))
    views[0] = replace(views[0], landmarks={**views[0].landmarks, name: (x + 8, y - 6)})
    start = time.perf_counter()
    refit(fit, views)
    return (time.perf_counter() - start) * 1000
