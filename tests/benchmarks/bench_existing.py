"""How long looking for hair takes in a photo of 12 megapixels, and what a brush costs.

The search runs in the worker process, so it has no frame to keep.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from stubble.simulator import Conditions, render
from studio.editing.edits.existing import remove_follicles
from studio.imaging.follicles import Hair, find_follicles
from studio.imaging.stubble import coverage
from studio.model.case import empty_case
from studio.model.existing import ExistingHair
from studio.model.photo import Photo, Plane, View
from studio.planning.existing import keeps_clear
from studio.skin.plane import plane_map

ROUNDS = 3
PX_PER_MM = 9.0


def run() -> dict[str, dict[str, float]]:
    """A stubbled patch repeated over 3000 x 4000 pixels, a third of it searched."""
    drawn = render(Conditions(density=80), 30.0, np.random.default_rng(1)).pixels
    times = (-(-4000 // len(drawn)), -(-3000 // len(drawn)), 1)
    pixels = np.ascontiguousarray(np.tile(drawn, times)[:4000, :3000])
    mask = np.zeros(pixels.shape[:2], np.bool_)
    mask[800:2800, 500:2500] = True
    found = find_follicles(pixels, PX_PER_MM, mask, Hair.DARKER)
    at = tuple((float(x), float(y)) for x, y in (found.marked / PX_PER_MM).tolist())
    matrix = (1 / PX_PER_MM, 0.0, 0.0, 0.0, 1 / PX_PER_MM, 0.0, 0.0, 0.0, 1.0)
    photo = Photo(
        id="p",
        view=View.TOP,
        sha256="0" * 64,
        media="image/jpeg",
        width=3000,
        height=4000,
        plane=Plane(matrix=matrix, sigma=0.01),
    )
    hair = ExistingHair(photo="p", chart="p", searched=(), threshold=0.5, found=at)
    case = replace(empty_case("c", "v"), photos=(photo,), existing=(hair,))
    skin = plane_map(photo)
    dots = np.random.default_rng(2).uniform(60, 300, (120_000, 2))
    return {
        "find_12mp_a_third": _median(lambda: find_follicles(pixels, PX_PER_MM, mask)),
        "find_12mp_a_third_told_darker": _median(
            lambda: find_follicles(pixels, PX_PER_MM, mask, Hair.DARKER)
        ),
        "coverage_12mp_a_third": _median(lambda: coverage(pixels, PX_PER_MM, mask)),
        "brush_among_found": _median(
            lambda: remove_follicles(case, "p", [(150.0, 150.0), (180.0, 170.0)], 4.0, skin)
        ),
        "keeps_clear_120k": _median(lambda: keeps_clear(dots, np.array(at), skin)),
    }


def _median(work: Callable[[], object]) -> dict[str, float]:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return {"median_ms": 1000 * statistics.median(times)}
