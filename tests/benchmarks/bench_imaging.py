"""How long a photo takes to come in: 12 megapixels as phones write them, 24 for the pyramid."""

import io
import statistics
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from studio.imaging.intake import take_in
from studio.imaging.pyramid import build
from studio.imaging.sticker import find_sticker
from studio.model.resources import resource

ROUNDS = 7


def run() -> dict[str, dict[str, float]]:
    """Intake kept as it is and turned, pyramid, sticker found and sought in vain."""
    front = _practice("front").resize((3000, 4000), Image.Resampling.BICUBIC)
    back = _practice("back").resize((3000, 4000), Image.Resampling.BICUBIC)
    plain, turned = _jpeg(front, 1), _jpeg(front, 6)
    large = np.asarray(front.resize((4000, 6000)))
    with_sticker, without = np.asarray(front), np.asarray(back)
    return {
        "take_in_12mp": _median(lambda: take_in(plain)),
        "take_in_12mp_turned": _median(lambda: take_in(turned)),
        "pyramid_24mp": _median(lambda: build(large)),
        "find_sticker_12mp": _median(lambda: find_sticker(with_sticker)),
        "find_no_sticker_12mp": _median(lambda: find_sticker(without)),
    }


def _practice(view: str) -> Image.Image:
    return Image.open(resource(f"practice/{view}.jpg")).convert("RGB")


def _jpeg(picture: Image.Image, orientation: int) -> bytes:
    notes = Image.Exif()
    notes[0x0112] = orientation
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=92, exif=notes)
    return file.getvalue()


def _median(work: Callable[[], object]) -> dict[str, float]:
    work()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return {"median_ms": 1000 * statistics.median(times)}
