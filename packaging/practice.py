"""What `run` does once all is in place: the practice case, with or without a window."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import environment

CASE, MAP, PICTURE = Path("practice.hairline"), Path("session-map.pdf"), Path("preview.png")


def in_window(python: Path) -> int:
    """Open the studio on the practice case; its exit code."""
    return subprocess.call([str(python), "-P", "-m", "studio.app", "--practice"])


def without_window() -> int:
    """Write case, session map and picture into the current folder; the first failure's exit code.

    A case that lies there already is kept: it may hold work.
    """
    print("No display here: doing the main job without a window.")
    steps = [
        ["map", str(CASE), "-o", str(MAP), "--force"],
        ["picture", str(CASE), "--view", "front", "-o", str(PICTURE), "--force"],
    ]
    if not CASE.exists():
        steps.insert(0, ["practice", str(CASE)])
    program = str(environment.script("hairline-studio"))
    for step in steps:
        code = subprocess.call([program, *step], env=offscreen())
        if code != 0:
            print(f"`hairline-studio {' '.join(step)}` failed (exit code {code}).")
            return code
    for made in (CASE, MAP, PICTURE):
        print(made.resolve())
    return 0


def offscreen() -> dict[str, str]:
    """The environment variables under which Qt draws without a display."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
