"""The README's commands. Needs nothing but Python: it sets up whatever else is missing."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import bench
import debian
import environment
import gates
import practice
import supported_python
import systemlibs

if TYPE_CHECKING:
    from collections.abc import Callable


def run() -> int:
    """Open the studio on the practice case, or do the main job without a window."""
    systemlibs.ensure_offscreen()
    has_display = systemlibs.ensure_display()
    python = environment.ready(dev=False)
    return practice.in_window(python) if has_display else practice.without_window()


def test(pytest_arguments: list[str]) -> int:
    """Every gate, then the tests; 1 if any of them failed."""
    python = _ready_to_test()
    results = gates.check(python)
    command = [str(python), "-m", "pytest", *pytest_arguments]
    code = subprocess.call(command, cwd=environment.ROOT)
    results["pytest"] = code == 0
    print("Summary: " + ", ".join(f"{n} {'ok' if ok else 'FAILED'}" for n, ok in results.items()))
    return 0 if all(results.values()) else 1


def lint() -> int:
    """Every gate that needs no test; 1 if any of them failed."""
    return 0 if all(gates.check(environment.ready(dev=True)).values()) else 1


def benchmarks(output: Path) -> int:
    """Every benchmark into the JSON file `output`; 1 if any of them failed."""
    python = _ready_to_test()
    figures, failed = bench.collect(python, bench.modules(), practice.offscreen())
    output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"\n{bench.table(figures)}\n\nWritten to {output.resolve()}")
    if failed or not figures:
        print(f"Gave no figures: {', '.join(failed) or 'every one of them'}")
        return 1
    return 0


def main(arguments: list[str]) -> int:
    """Exit code of the command in `arguments`."""
    refusal = supported_python.refusal(sys.version_info[:2], arguments)
    if refusal:
        print(refusal, file=sys.stderr)
        return 1
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # keeps its place among the tools' own lines
    asked, rest = _parser().parse_known_args(arguments)
    if rest and asked.command != "test":
        _parser().error(f"unknown arguments: {' '.join(rest)}")
    commands: dict[str, Callable[[], int]] = {
        "run": run,
        "test": lambda: test(rest),
        "lint": lint,
        "bench": lambda: benchmarks(asked.output),
    }
    try:
        return commands[asked.command]()
    except debian.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _ready_to_test() -> Path:
    systemlibs.ensure_offscreen()
    return environment.ready(dev=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="open the studio on the practice case")
    commands.add_parser("test", help="lint, types, import rules, tests; more goes to pytest")
    commands.add_parser("lint", help="lint, types and import rules only")
    measuring = commands.add_parser("bench", help="run the benchmarks")
    measuring.add_argument("-o", dest="output", type=Path, default=Path("bench.json"))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
