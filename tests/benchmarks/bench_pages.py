"""The session map of a 12 MP photo with 120,000 dots, from stored bytes to finished PDF."""

import hashlib
import io
import statistics
import time
from dataclasses import replace

import numpy as np
from PIL import Image

from studio.model.case import Case, Client, Variant
from studio.model.photo import MeasurementKind, Photo, Plane, View
from studio.model.zone import Purpose, Zone
from studio.render.pages.job import MapJob
from studio.render.pages.reckon import reckon
from studio.render.pages.session_map import build_map

WANTED = 120_000
RUNS = 5


def run() -> dict[str, dict[str, float]]:
    """Median time and size of the whole map; the first print, which loads modules, is left out."""
    job = _job()
    data = build_map(job)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        build_map(job)
        times.append((time.perf_counter() - start) * 1000)
    return {
        "map_pdf_120k_dots": {"median_ms": statistics.median(times)},
        "map_pdf_120k_dots_size": {"mb": len(data) / 1e6},
    }


def _job() -> MapJob:
    """A zone whose size is turned until it holds 120,000 dots to within 1 %."""
    stored = _photo()
    photo = Photo(
        id="front",
        view=View.FRONT,
        sha256=hashlib.sha256(stored).hexdigest(),
        media="image/jpeg",
        width=3000,
        height=4000,
        plane=Plane(
            matrix=(0.1, 0.0, -150.0, 0.0, 0.1, -200.0, 0.0, 0.0, 1.0),
            sigma=0.02,
            method=MeasurementKind.RULER,
        ),
    )
    half, case = 100.0, _case(photo, 100.0)
    for _ in range(4):
        count = reckon(case).figures.dots.value
        half *= (WANTED / count) ** 0.5
        case = _case(photo, half)
    count = reckon(case).figures.dots.value
    if abs(count - WANTED) > 0.01 * WANTED:
        raise RuntimeError(f"the zone holds {count:.0f} dots, not {WANTED}")
    return MapJob(case=case, photos={photo.sha256: stored})


def _case(photo: Photo, half: float) -> Case:
    """A round zone of radius `half` mm at a density that a whole head may have."""
    angles = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    ring = np.round(np.stack([np.cos(angles), np.sin(angles)], axis=1) * half, 3)
    zone = Zone(
        id="z",
        letter="A",
        name="Whole head",
        purpose=Purpose.FULL,
        chart=photo.id,
        outline=tuple((float(x), float(y)) for x, y in ring),
        density=250.0,
        feather=0.0,
    )
    variant = Variant(id="v", zones=(zone,))
    case = Case(id="c", client=Client(name="B M"), variants=(variant,), chosen="v")
    return replace(case, photos=(photo,))


def _photo() -> bytes:
    """12 MP of a shaded egg with fine noise, as JPEG of a camera's quality."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:4000, 0:3000].astype(np.float32)
    head = ((x - 1500) / 1000) ** 2 + ((y - 2100) / 1300) ** 2 < 1
    shade = np.where(head, 215 - 60 * ((x - 1500) / 1000) ** 2, 140)
    shade += rng.normal(0, 3, shade.shape).astype(np.float32)
    pixels = np.stack([shade * f for f in (1.0, 0.86, 0.78)], axis=-1).clip(0, 255)
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "JPEG", quality=92)
    return file.getvalue()
