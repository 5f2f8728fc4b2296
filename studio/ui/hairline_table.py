"""The commands of the grown hairline."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.model.translation import QT_TRANSLATE_NOOP
from studio.ui.action_spec import row as _a

if TYPE_CHECKING:
    from studio.ui.window import Window

HAIRLINE = (
    _a(
        "grow-hairline",
        QT_TRANSLATE_NOOP("Actions", "Grow a hairline"),
        "Design#3",
        "Ctrl+G",
        "spline",
        QT_TRANSLATE_NOOP(
            "Actions", "A whole hairline with its transition, from the marks of the face."
        ),
    ),
    _a(
        "shuffle-hairline",
        QT_TRANSLATE_NOOP("Actions", "Shuffle the hairline"),
        "Design#3",
        "Ctrl+Shift+G",
        "refresh-cw",
        QT_TRANSLATE_NOOP("Actions", "Another natural one by the same numbers."),
    ),
)


def hairline_commands(window: "Window") -> dict[str, Callable[..., object]]:
    """What they run."""

    def grow() -> None:
        window.show_stage("design")
        window.hairlines.grow()

    return {"grow-hairline": grow, "shuffle-hairline": window.hairlines.shuffle}
