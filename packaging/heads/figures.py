"""Sums up trials: the figures of the table, in per cent and millimetres."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from heads.protocol import Result
from studio.model.photo import View


@dataclass(frozen=True)
class Figures:
    """Means over trials of: area per pixel, median and 95th percentile of its absolute
    error; absolute error of the total of a view; the same of pixels at the nape. Over all
    points of all trials: how far off the hairline lands. Mean absolute error of its length.
    """

    median_pct: float
    p95_pct: float
    total_pct: float
    nape_median_pct: float
    nape_p95_pct: float
    hairline_median_mm: float
    hairline_p95_mm: float
    hairline_length_pct: float

    def row(self) -> dict[str, float]:
        """By name, rounded."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


def figures(results: Sequence[Result]) -> Figures:
    """Of the trials of one setup."""
    pixels = [np.abs(np.concatenate([v.pixels for v in r.views])) for r in results]
    nape = np.abs(np.concatenate([v.nape for r in results for v in r.views]))
    hairline = np.concatenate([r.hairline for r in results])
    return Figures(
        median_pct=100 * _mean(np.median(p) for p in pixels),
        p95_pct=100 * _mean(np.percentile(p, 95) for p in pixels),
        total_pct=100 * _mean(abs(v.total) for r in results for v in r.views),
        nape_median_pct=100 * _share(nape, 50),
        nape_p95_pct=100 * _share(nape, 95),
        hairline_median_mm=_share(hairline, 50),
        hairline_p95_mm=_share(hairline, 95),
        hairline_length_pct=100 * _mean(abs(r.length) for r in results),
    )


def by_view(results: Sequence[Result]) -> dict[str, dict[str, float]]:
    """Median and 95th percentile of the area per pixel, mean and spread of the total, per cent."""
    found: dict[View, list[tuple[float, float, float]]] = {}
    for result in results:
        for view in result.views:
            error = np.abs(view.pixels)
            row = (float(np.median(error)), float(np.percentile(error, 95)), view.total)
            found.setdefault(view.view, []).append(row)
    return {
        view: {
            "median_pct": round(100 * float(np.mean([r[0] for r in rows])), 2),
            "p95_pct": round(100 * float(np.mean([r[1] for r in rows])), 2),
            "total_mean_pct": round(100 * float(np.mean([r[2] for r in rows])), 2),
            "total_sd_pct": round(100 * float(np.std([r[2] for r in rows])), 2),
        }
        for view, rows in found.items()
    }


def _mean(values: Iterable[float]) -> float:
    return float(np.mean([float(v) for v in values]))


def _share(values: np.ndarray, percent: float) -> float:
    return float(np.percentile(values, percent)) if len(values) else float("nan")
