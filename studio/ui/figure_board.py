"""The numbers of the shown design, worked out a moment after it changed."""

from PySide6.QtCore import QObject, QTimer, Signal

from studio.model.refusal import Refusal
from studio.pigment.tile import load_tile
from studio.planning.figures import Figures, figures
from studio.skin.maps import skin_maps
from studio.ui.workbench import Workbench

PAUSE_MS = 40
"""Changes within this time are counted once: dots follow the pen, figures the dots."""


class FigureBoard(QObject):
    """`changed` tells that `figures` are new."""

    changed = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.figures: Figures | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.count)
        bench.open_case.changed.connect(lambda _before, _after: self._later())
        bench.open_case.replaced.connect(self._later)

    def count(self) -> None:
        """Work the numbers out now."""
        self._timer.stop()
        case = self._bench.case
        tile = load_tile(case.placement.tile)
        try:
            self.figures = figures(case, case.variant, skin_maps(case), tile)
        except Refusal as refusal:
            self.figures = None
            self._bench.said.emit(str(refusal))
        self.changed.emit()

    def _later(self) -> None:
        if not self._timer.isActive():
            self._timer.start()
