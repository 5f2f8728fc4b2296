"""What the commands of the variants run."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studio.ui.compare_picture import Way

if TYPE_CHECKING:
    from studio.ui.window import Window


def variant_commands(window: "Window") -> dict[str, Callable[..., object]]:
    """By action id."""
    return {
        "variant-new": window.edits.duplicate_variant,
        "variant-delete": window.edits.delete_variant,
        "compare-side": partial(_compare, window, Way.SIDE),
        "compare-wipe": partial(_compare, window, Way.WIPE),
    }


def _compare(window: "Window", way: Way) -> None:
    from studio.ui.compare import compare  # noqa: PLC0415

    compare(window, way)
