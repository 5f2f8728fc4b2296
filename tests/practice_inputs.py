"""What a practitioner marks on the practice head, with the hand's errors, for `new --inputs`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from studio.model.photo import View
from studio.model.resources import resource
from studio.practice import VIEWS

TAPE_SD = 2.0


def write_inputs(
    folder: Path,
    views: Sequence[View] = VIEWS,
    *,
    seed: int = 0,
    click_px: float = 3.0,
    trace_px: float = 4.0,
) -> dict[View, Path]:
    """One file for each view, with normal errors of so many pixels; the tape is in the first."""
    rng = np.random.default_rng(seed)
    exact = marks()

    def off(at: list[float], error: float) -> list[float]:
        return [round(part + error * float(rng.normal()), 2) for part in at]

    written = {}
    for number, view in enumerate(views):
        known = exact["views"][view.value]
        found: dict[str, Any] = {
            part: {name: off(at, click_px) for name, at in known[part].items()}
            for part in ("landmarks", "pencil")
        }
        found["outline"] = [off(at, trace_px) for at in known["outline"]]
        if number == 0:
            tape = exact["tape_mm"] + TAPE_SD * float(rng.normal())
            found["lengths"] = [{"kind": "tape", "mm": round(tape, 1)}]
        written[view] = folder / f"{view.value}.json"
        written[view].write_text(json.dumps(found), encoding="utf-8")
    return written


def marks() -> dict[str, Any]:
    """The exact marks: `packaging/build_practice_marks.py` tells how they are found."""
    path = resource("practice/marks.json")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read
