"""What a stage brings to the window."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget


@dataclass
class Stage:
    """One stage of the work.

    `tools` names the tools on the rail, "" for a line between groups; the first is taken up
    on entering. `context` is the row above the canvas, `inspector` the panel at the right,
    `centre` what stands in place of the canvas, if anything. `entered` is called each time.
    """

    key: str
    title: str
    inspector: QWidget
    context: QWidget
    tools: tuple[str, ...] = ()
    centre: QWidget | None = None
    filmstrip: bool = True
    footer: QWidget | None = field(default=None)

    def entered(self) -> None:
        """The stage comes on screen."""

    def turn(self, by: int) -> bool:
        """Turn so many pages on, if the stage has pages; False if it has none."""
        return False

    def finished(self) -> bool:
        """Whether what the stage is for is done, for the tick in the bar."""
        return False
