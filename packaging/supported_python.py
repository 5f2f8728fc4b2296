"""Which Pythons the studio runs on, and what to say to another one.

Like all that dev.py imports, it must load on an older Python too, to say that one sentence.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 13)


def supported(version: tuple[int, int]) -> bool:
    """Whether the studio runs on this `(major, minor)`."""
    return OLDEST <= version <= NEWEST


def refusal(version: tuple[int, int], arguments: list[str]) -> str | None:
    """One sentence naming what to type instead, or None where `version` is supported."""
    if supported(version):
        return None
    other = _other_python()
    advice = (
        f"type `{' '.join([*other, 'packaging/dev.py', *arguments])}`."
        if other
        else "install Python 3.12 and try again."
    )
    return f"Hairline Studio needs Python 3.11 to 3.13 and this is {_dotted(version)}: {advice}"


def version_of(python: list[str]) -> tuple[int, int] | None:
    """`(major, minor)` of the interpreter that this command starts, or None if it does not."""
    try:
        told = subprocess.run(
            [*python, "-c", "import sys; print(*sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = told.stdout.split()
    return int(major), int(minor)


def _other_python() -> list[str] | None:
    """Command of a supported interpreter: on the PATH, Windows' launcher, pyenv; newest first."""
    versions = [(OLDEST[0], minor) for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    commands = [[f"python{_dotted(version)}"] for version in versions]
    if sys.platform == "win32":
        commands += [["py", f"-{_dotted(version)}"] for version in versions]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for version in versions:
        commands += [[str(path)] for path in pyenv.glob(f"{_dotted(version)}.*/bin/python3")]
    for command in commands:
        found = version_of(command)
        if found is not None and supported(found):
            return command
    return None


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"
