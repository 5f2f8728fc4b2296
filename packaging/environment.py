"""The project's virtual environment: made, filled, and known to be up to date by a stamp."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import debian
import supported_python

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"


def ready(*, dev: bool) -> Path:
    """Python of an environment in which the studio (and with `dev` its tools) is installed.

    Does nothing when the stamp says that all is in place. Raises debian.SetupError.
    """
    stamp = _stamp()
    if not _made() or _moved(stamp) or not _usable(stamp):
        _make()
        stamp = {}
    if stamp.get("digest") != _digest() or (dev and not stamp.get("dev")):
        _install(".[dev]" if dev else ".")
        told = {"root": str(ROOT), "digest": _digest(), "dev": dev}
        _stamp_file().write_text(json.dumps(told), encoding="utf-8")
    return python()


def python() -> Path:
    """The environment's interpreter."""
    return script("python")


def script(name: str) -> Path:
    """The environment's program of that name."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def _stamp_file() -> Path:
    return VENV / "hairline-studio.json"


def _stamp() -> dict[str, object]:
    try:
        told = json.loads(_stamp_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # never completed: install again
    return told if isinstance(told, dict) else {}


def _made() -> bool:
    """Whether there is an environment; its python is a link that may lead nowhere."""
    return python().exists() and _settings().exists()


def _settings() -> Path:
    return VENV / "pyvenv.cfg"


def _digest() -> str:
    """What the installed packages depend on: the project's list and the interpreter."""
    configured = _settings().read_bytes()
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + configured).hexdigest()


def _moved(stamp: dict[str, object]) -> bool:
    """Whether the folder was moved or copied: an environment names its place inside."""
    return bool(stamp) and stamp.get("root") != str(ROOT)


def _usable(stamp: dict[str, object]) -> bool:
    """Whether the interpreter starts, is a supported one and has pip."""
    if stamp.get("digest") == _digest():
        return True
    version = supported_python.version_of([str(python())])
    if version is None or not supported_python.supported(version):
        return False
    return subprocess.call([str(python()), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def _make() -> None:
    if find_spec("ensurepip") is None:
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        debian.install([f"{version}-venv"], "Python's venv module is incomplete.")
    print(f"Making {VENV} ...")
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise debian.SetupError(f"Python could not make {VENV}; see above.")


def _install(what: str) -> None:
    print("Installing packages into .venv; the first time this takes some minutes ...")
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    command = [str(python()), "-m", "pip", "install", "--disable-pip-version-check", *quiet]
    if subprocess.call([*command, "--editable", what], cwd=ROOT) != 0:
        raise debian.SetupError("pip could not install the packages; see above.")
