"""Builds resources/fonts: the screen's Inter and the pages' IBM Plex as static TrueType files.

The fonts are only unwrapped from WOFF2, not cut down or changed: "Plex" is a reserved name.
Run it with the project's Python; it needs npm, fonttools and brotli.
"""

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it ships no types

from npm_package import unpacked

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"

# npm package: (folder inside it, font names, name of its licence here)
SOURCES = {
    "inter-ui@4.1.1": (
        "web",
        ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"),
        "OFL-Inter.txt",
    ),
    "@ibm/plex-sans@1.1.0": (
        "fonts/complete/woff2",
        (
            "IBMPlexSans-Regular",
            "IBMPlexSans-Medium",
            "IBMPlexSans-SemiBold",
            "IBMPlexSans-Bold",
        ),
        "OFL-IBMPlexSans.txt",
    ),
    "@ibm/plex-sans-condensed@2.0.0": (
        "fonts/complete/woff2",
        (
            "IBMPlexSansCondensed-Regular",
            "IBMPlexSansCondensed-Medium",
            "IBMPlexSansCondensed-SemiBold",
        ),
        "OFL-IBMPlexSansCondensed.txt",
    ),
}


def unwrap(source: Path, target: Path) -> None:
    """Write the WOFF2 font `source` as a plain TrueType file, its time stamp as it was."""
    font = TTFont(source, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None
    font.save(target)


def main() -> None:
    """Write every font and its licence into resources/fonts."""
    if find_spec("brotli") is None:
        sys.exit("WOFF2 needs the brotli package: type `.venv/bin/python -m pip install brotli`.")
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for spec, (folder, names, licence) in SOURCES.items():
            package = unpacked(spec, Path(scratch))
            shutil.copyfile(package / "LICENSE.txt", FONTS / licence)
            for name in names:
                unwrap(package / folder / f"{name}.woff2", FONTS / f"{name}.ttf")
                print(f"{name}.ttf from {spec}")


if __name__ == "__main__":
    main()
