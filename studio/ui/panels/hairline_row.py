"""What the row above the canvas offers while a grown hairline is selected."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.model.hairline import Diffusion, Fringe, HairlineShape
from studio.ui.fields import Segments, text
from studio.ui.hairline_desk import HairlineDesk
from studio.ui.view_words import DIFFUSIONS, SHAPES, named

OFFERED = (HairlineShape.STRAIGHT, HairlineShape.ROUND, HairlineShape.WINGED)
"""The shapes asked for most; the others are in the inspector."""


class HairlineRow(QWidget):
    """Shape and diffusion."""

    def __init__(self, desk: HairlineDesk) -> None:
        super().__init__()
        self._desk = desk
        self._shape = Segments(
            QCoreApplication.translate("Hairline", "Shape"),
            [(shape.value, named(SHAPES[shape])) for shape in OFFERED],
        )
        self._shape.chosen.connect(lambda key: desk.set_shape(HairlineShape(key)))
        self._diffusion = Segments(
            QCoreApplication.translate("Hairline", "Diffusion"),
            [(key.value, named(words)) for key, words in DIFFUSIONS.items()],
        )
        self._diffusion.chosen.connect(
            lambda key: desk.set_fringe("Change diffusion", diffusion=Diffusion(key))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._shape)
        row.addWidget(text(QCoreApplication.translate("Hairline", "Diffusion"), "hint"))
        row.addWidget(self._diffusion)
        self.setVisible(False)

    def refresh(self) -> bool:
        """Show the selected hairline's choices, or nothing; whether there is one."""
        curve = self._desk.selected
        self.setVisible(curve is not None)
        if curve is not None and curve.recipe is not None:
            self._shape.show_choice(curve.recipe.shape.value)
            self._diffusion.show_choice((curve.fringe or Fringe()).diffusion.value)
            self.setEnabled(not curve.locked)
        return curve is not None
