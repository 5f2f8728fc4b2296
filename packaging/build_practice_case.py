"""Write the practice case that ships: `resources/practice/case.json`.

The marks of `marks.json` with a hand's errors, the head fitted from them as `fit` does it,
and the design of `practice_design.py`.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from environment import ROOT
from practice_design import designed
from studio.editing.edits.head import set_head
from studio.headless.inputs import inputs_file
from studio.headless.new_case import Order, new_case
from studio.model.case import Case
from studio.model.photo import View
from studio.practice import VIEWS
from studio.skin.head.joining import join
from studio.storage.codec import to_json

FOLDER = ROOT / "resources" / "practice"


SEED = 2026
CLICK_PX, TRACE_PX, TAPE_MM = 3.0, 4.0, 2.0
"""Standard errors of a click, of an outline's point, and of the tape's reading (issue 3 has 4
and 5 px at 12 MP; these photos have 7.7)."""


def main() -> None:
    """Write the file, and say what the fit says."""
    case = marked()
    joined = join(case)
    print(joined.worst, *joined.warnings, sep="\n")
    made = designed(set_head(case, joined.head))
    (FOLDER / "case.json").write_bytes(to_json(made) + b"\n")


def marked() -> Case:
    """The photos with what was marked in them, and the tape."""
    exact = json.loads((FOLDER / "marks.json").read_text(encoding="utf-8"))
    rng = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as folder:
        inputs = {}
        for view in VIEWS:
            given = _by_hand(exact["views"][view.value], rng)
            if view is View.FRONT:
                tape = round(exact["tape_mm"] + TAPE_MM * float(rng.normal()), 0)
                given["lengths"] = [{"kind": "tape", "mm": tape}]
            path = Path(folder) / f"{view.value}.json"
            path.write_text(json.dumps(given), encoding="utf-8")
            inputs[view] = inputs_file(view, path)
        case, _ = new_case(
            Order(
                files=[(view, FOLDER / f"{view.value}.jpg") for view in VIEWS],
                inputs=inputs,
                stickers=frozenset({View.FRONT}),
                client="Practice Head",
                number="0000",
            )
        )
    return case


def _by_hand(known: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """Exact marks of a view as a hand gives them."""

    def off(at: list[float], error: float) -> list[float]:
        return [round(part + error * float(rng.normal()), 1) for part in at]

    found: dict[str, Any] = {
        part: {name: off(at, CLICK_PX) for name, at in known[part].items()}
        for part in ("landmarks", "pencil")
    }
    found["outline"] = [off(at, TRACE_PX) for at in known["outline"]]
    return found


if __name__ == "__main__":
    main()
