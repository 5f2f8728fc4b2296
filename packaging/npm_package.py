"""Fetches one exact version of an npm package and unpacks it."""

import subprocess
import tarfile
from pathlib import Path


def unpacked(spec: str, folder: Path) -> Path:
    """Folder holding the unpacked package `spec` (`NAME@VERSION`), made under `folder`.

    Needs the npm client; raises CalledProcessError when it cannot bring the package.
    """
    target = folder / spec.replace("/", "_")
    target.mkdir(parents=True)
    packed = subprocess.run(
        ["npm", "pack", "--silent", spec],
        cwd=target,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    with tarfile.open(target / packed.stdout.strip()) as archive:
        archive.extractall(target, filter="data")
    return target / "package"
