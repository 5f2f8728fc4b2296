"""Runs every benchmark in a process of its own and gathers the figures."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import environment

UNITS = {"median_ms": "ms", "ratio": "times", "mb": "MB"}


def modules() -> list[Path]:
    """The benchmark files: each has `run() -> {name: {"median_ms" | "ratio" | "mb": figure}}`."""
    return sorted((environment.ROOT / "tests" / "benchmarks").glob("bench_*.py"))


def collect(
    python: Path, files: list[Path], env: dict[str, str]
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Figures of all `files`, and the names of those that gave none."""
    figures: dict[str, dict[str, float]] = {}
    failed: list[str] = []
    for file in files:
        print(f"{file.stem} ...")
        found = _measure(python, file, env)
        twice = figures.keys() & found.keys()
        if twice:
            print(f"{file.stem} measures again what another measured: {', '.join(sorted(twice))}")
        if twice or not found:
            failed.append(file.stem)
        else:
            figures.update(found)
    return figures, failed


def table(figures: dict[str, dict[str, float]]) -> str:
    """The figures as lines of text, one per benchmark."""
    width = max(map(len, figures), default=0)
    return "\n".join(
        f"{name:{width}}  "
        + "  ".join(f"{x:10.3f} {UNITS.get(key, key)}" for key, x in row.items())
        for name, row in figures.items()
    )


def _measure(python: Path, file: Path, env: dict[str, str]) -> dict[str, dict[str, float]]:
    """What one benchmark file measured: nothing if it failed, which it has then said itself."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "figures.json"
        runner = Path(__file__).with_name("bench_one.py")
        command = [str(python), str(runner), str(file), str(result)]
        code = subprocess.call(command, cwd=environment.ROOT, env=env)
        if code != 0:
            print(f"{file.stem} failed (exit code {code})")
            return {}
        measured: dict[str, dict[str, float]] = json.loads(result.read_text(encoding="utf-8"))
        return measured
