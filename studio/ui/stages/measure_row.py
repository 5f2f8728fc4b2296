"""The row of the Measure stage: loupe, the sticker's size, find it again, skip a point."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from studio.model.photo import LandmarkKind, MeasurementKind
from studio.skin.references import references
from studio.ui.fields import text
from studio.ui.stages.measure_desk import MeasureDesk
from studio.ui.stages.measure_size import SizeField

STICKER = MeasurementKind.STICKER


class MeasureRow(QWidget):
    """`loupe_switched` tells whether the loupe is wanted."""

    loupe_switched = Signal(bool)

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__()
        self._desk = desk
        self.adjust = _button(desk, QCoreApplication.translate("Measure", "Adjust"), "move")
        self.adjust.setToolTip(
            QCoreApplication.translate("Measure", "Adjust\nDrag what is marked in the photo.")
        )
        self.adjust.setCheckable(True)
        self.adjust.clicked.connect(self._adjust)
        self.loupe = _button(desk, QCoreApplication.translate("Measure", "Loupe"), "focus")
        self.loupe.setCheckable(True)
        self.loupe.setChecked(True)
        self.loupe.toggled.connect(self.loupe_switched)
        self.sticker_mm = self._size_field()
        self.again = _button(
            desk, QCoreApplication.translate("Measure", "Find again"), "refresh-cw"
        )
        self.again.setToolTip(
            QCoreApplication.translate("Measure", "Find again\nLooks for the printed sticker.")
        )
        self.again.clicked.connect(desk.find)
        self.skip = _button(
            desk, QCoreApplication.translate("Measure", "Skip this point"), "skip-forward"
        )
        self.skip.clicked.connect(desk.skip)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.adjust, self.loupe):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(text(QCoreApplication.translate("Measure", "Sticker"), "hint"))
        row.addWidget(self.sticker_mm)
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.skip)
        desk.search.running.connect(self.again.setDisabled)
        self.refresh()

    def refresh(self) -> None:
        """Show the photo on the canvas and what is being marked."""
        self.sticker_mm.show_size(self._desk.size_of(STICKER))
        self.skip.setVisible(isinstance(self._desk.tool.asked, LandmarkKind))
        self.adjust.setChecked(self._desk.in_hand and self._desk.tool.asked is None)

    def _adjust(self) -> None:
        self._desk.adjust()
        self.refresh()

    def _size_field(self) -> SizeField:
        limits = references()[STICKER].limits_mm
        if limits is None:
            raise ValueError("the sticker's size is typed and needs limits")
        name = QCoreApplication.translate("Measure", "Sticker, its diameter in millimetres")
        field = SizeField(name, limits)
        field.settled.connect(partial(self._desk.resize, STICKER))
        field.refused.connect(self._desk.bench.said)
        return field


def _button(desk: MeasureDesk, name: str, icon: str) -> QToolButton:
    """A boxed button with icon and name."""
    button = QToolButton()
    button.setText(name)
    button.setAccessibleName(name)
    button.setProperty("boxed", True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(16, 16))
    button.setMinimumHeight(32)
    desk.bench.look.dress(button, icon)
    return button
