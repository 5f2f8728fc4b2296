"""How many planted faults are found, and how often good marks raise an alarm.

`python packaging/head_faults.py`
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from heads.made import made
from heads.photos import FOLDER, photographed
from heads.planted import Marks, every, good
from studio.skin.head.faults import Fault, find_faults
from studio.skin.head.fit import fit_head

FIRST = 5000
"""Seed of the first head: none of those that the table uses."""


def main() -> int:
    """Plants every fault in a number of heads; fails when fewer than nine of ten are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heads", type=int, default=10)
    count = parser.parse_args().heads
    scenes = [made(FIRST + k) for k in range(count)]
    if FOLDER.exists():
        scenes[0] = photographed()
    alarms = 0
    for k in range(2 * count):
        scene, dots = scenes[k % count], 7 if k < count else 0
        faults = _found(good(scene, np.random.default_rng(k), dots))
        alarms += bool(faults)
        for fault in faults:
            print(f"false alarm, {scene.name}: {fault.sentence}")
    print(f"{alarms} false alarms in {2 * count} good cases", flush=True)
    hits = total = 0
    for number, name in enumerate(p.name for p in every(scenes[0])):
        found = 0
        for k, scene in enumerate(scenes):
            planted = every(scenes[k - 1])[number]
            marks = planted.plant(scene, np.random.default_rng(k), 7)
            found += bool({f.kind for f in _found(marks)} & planted.told)
        print(f"{name:32} {found} of {count}", flush=True)
        hits, total = hits + found, total + count
    print(f"{hits} of {total} planted faults found")
    return 0 if hits >= 0.9 * total and alarms <= 0.05 * 2 * count else 1


def _found(marks: Marks) -> tuple[Fault, ...]:
    return find_faults(fit_head(*marks))


if __name__ == "__main__":
    raise SystemExit(main())
