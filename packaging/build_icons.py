"""Builds resources/icons: the Lucide icons that the studio shows, with their licence."""

import shutil
import tempfile
from pathlib import Path

from npm_package import unpacked

ICONS = Path(__file__).resolve().parents[1] / "resources" / "icons"
SOURCE = "lucide-static@1.62.0"

NAMES = [
    "arrow-down",
    "arrow-up",
    "ban",
    "bandage",
    "brush",
    "calendar-clock",
    "camera",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle-check",
    "circle-dashed",
    "circle-dot",
    "circle-dot-dashed",
    "circle-minus",
    "circle-plus",
    "clipboard-paste",
    "columns-2",
    "combine",
    "copy",
    "credit-card",
    "crosshair",
    "diff",
    "ellipsis",
    "eye",
    "eye-off",
    "file-down",
    "file-text",
    "file-x",
    "flip-horizontal-2",
    "focus",
    "folder-open",
    "git-compare",
    "git-merge",
    "grip-vertical",
    "hand",
    "hash",
    "history",
    "image",
    "image-plus",
    "info",
    "lasso",
    "layers",
    "lock",
    "lock-open",
    "magnet",
    "maximize",
    "message-square-text",
    "minus",
    "monitor",
    "monitor-up",
    "moon",
    "mouse-pointer-2",
    "move",
    "pen-tool",
    "pentagon",
    "pipette",
    "plus",
    "printer",
    "redo-2",
    "refresh-cw",
    "rotate-ccw",
    "ruler",
    "ruler-dimension-line",
    "save",
    "scan",
    "scan-face",
    "scan-line",
    "search",
    "settings",
    "skip-forward",
    "slash",
    "spline",
    "square-dashed",
    "squares-subtract",
    "squares-unite",
    "stethoscope",
    "sun",
    "trash-2",
    "triangle-alert",
    "undo-2",
    "waypoints",
    "wind",
    "x",
    "zoom-in",
    "zoom-out",
]


def main() -> None:
    """Write every icon as the package has it, and the licence, into resources/icons."""
    ICONS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        package = unpacked(SOURCE, Path(scratch))
        shutil.copyfile(package / "LICENSE", ICONS / "LICENSE")
        for name in NAMES:
            shutil.copyfile(package / "icons" / f"{name}.svg", ICONS / f"{name}.svg")
    print(f"{len(NAMES)} icons from {SOURCE}")


if __name__ == "__main__":
    main()
