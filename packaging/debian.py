"""Installs Debian packages when that is ours to do, and otherwise says what to type."""

from __future__ import annotations

import os
import shutil
import subprocess


class SetupError(Exception):
    """Set-up cannot go on; the text says what is missing and what to type."""


def install(packages: list[str], need: str) -> None:
    """Install `packages` as root on Debian or Ubuntu.

    `need` is the sentence saying what is missing. Raises SetupError with it, and with the command
    to type, where this user or this system cannot install them.
    """
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetupError(
            f"{need} Install what holds it with your package manager (on Debian: {names})."
        )
    if os.geteuid() != 0:
        raise SetupError(f"{need} Type: sudo apt-get install -y {names}")
    print(f"{need} Installing {names} ...")
    updated = _apt("update")
    installed = _apt("install", "-y", "--no-install-recommends", *packages)
    if installed.returncode != 0:
        said = (updated.stdout if updated.returncode else "") + installed.stdout
        raise SetupError(f"{said.strip()}\n{need} apt-get could not install {names}; see above.")


def _apt(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
