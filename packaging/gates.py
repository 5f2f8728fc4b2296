"""The gates that need no test: lint, format, types, import rules."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from pathlib import Path


def check(python: Path) -> dict[str, bool]:
    """Run every gate in the project's folder; print what a failed one says.

    Returns the name of each gate and whether it passed.
    """
    gates = {
        "ruff check": [str(python), "-m", "ruff", "check"],
        "ruff format": [str(python), "-m", "ruff", "format", "--check"],
        "import rules": [str(environment.script("lint-imports"))],
        "mypy": [str(python), "-m", "mypy"],
    }
    return {name: _passes(name, command) for name, command in gates.items()}


def _passes(name: str, command: list[str]) -> bool:
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=environment.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    passed = done.returncode == 0
    if not passed:
        print(done.stdout.rstrip())
    print(f"{name}: {'ok' if passed else 'FAILED'} ({time.monotonic() - begun:.1f} s)")
    return passed
