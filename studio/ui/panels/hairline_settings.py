"""The numbers of the grown hairline; every slider is live and every drag one step."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from studio.geometry.hairline import grown
from studio.geometry.hairline_places import Places
from studio.model.case import Client
from studio.model.curve import Curve
from studio.model.hairline import Diffusion, Fringe, HairlineShape, Recipe, TemplePoints
from studio.skin.hairline_figures import limit, preset
from studio.ui.fields import Section, Segments, SliderField, text
from studio.ui.hairline_desk import HairlineDesk, this_year
from studio.ui.look import Look
from studio.ui.panels.hairline_sliders import EDGE, LINE, LineSlider
from studio.ui.panels.line_card import LineCard
from studio.ui.panels.zone_settings import labelled
from studio.ui.view_words import DIFFUSIONS, SHAPES, TEMPLES, named

SHAPE_COLUMNS = 3


class HairlineSettings(QWidget):
    """Sets shape, line, temples and edge of one grown hairline."""

    def __init__(self, look: Look, desk: HairlineDesk) -> None:
        super().__init__()
        self._desk = desk
        self._drawn_for: tuple[Client, Places] | None = None
        self._shapes = {shape: LineCard(look, lines=1) for shape in HairlineShape}
        self._line = {spec.field: self._slider(spec) for spec in LINE}
        self._edge = {spec.field: self._slider(spec) for spec in EDGE}
        self._above_eye = QCheckBox(QCoreApplication.translate("Hairline", "Corners above the eye"))
        self._diffusion = Segments(
            QCoreApplication.translate("Hairline", "Diffusion"),
            [(key.value, named(words)) for key, words in DIFFUSIONS.items()],
        )
        self._temples = Segments(
            QCoreApplication.translate("Hairline", "Temple points"),
            [(key.value, named(words)) for key, words in TEMPLES.items()],
        )
        self._joined = QCheckBox(QCoreApplication.translate("Hairline", "Joined to the temples"))
        self._lay_out()
        self._connect()

    def show_curve(self, curve: Curve, client: Client, places: Places | None) -> None:
        """Show a grown hairline's numbers."""
        recipe, fringe = curve.recipe or Recipe(), curve.fringe or Fringe()
        for spec in LINE:
            value = getattr(recipe, spec.field)
            if value is None:
                value = self._desk.half_width(recipe)
            self._line[spec.field].show_value(value * spec.per)
        for spec in EDGE:
            self._edge[spec.field].show_value(getattr(fringe, spec.field) * spec.per)
        self._above_eye.setChecked(recipe.half_width is None)
        self._joined.setChecked(recipe.joined)
        self._temples.show_choice(recipe.temples.value)
        self._temples.setEnabled(recipe.joined)
        self._line["peak_width"].setEnabled(recipe.peak_height > 0)
        self._diffusion.show_choice(fringe.diffusion.value)
        for shape, card in self._shapes.items():
            card.setChecked(shape is recipe.shape)
        if places is not None and (client, places) != self._drawn_for:
            self._drawn_for = client, places
            for shape, card in self._shapes.items():
                begun = preset(shape, client, this_year())
                card.show_line(grown(begun, places), named(SHAPES[shape]))
        self.setEnabled(not curve.locked)

    def _slider(self, spec: LineSlider) -> SliderField:
        span = limit(spec.field)
        name = QCoreApplication.translate("Hairline", spec.name)
        field = SliderField(
            name, span.low * spec.per, span.high * spec.per, decimals=spec.decimals, unit=spec.unit
        )
        tip = QCoreApplication.translate("Hairline", spec.tip)
        field.setToolTip(f"{tip}\n{span.source}")
        for part in (field.slider, field.number):
            part.setAccessibleDescription(tip)
        field.moved.connect(partial(self._moved, spec))
        field.settled.connect(lambda _value: self._desk.settle())
        return field

    def _moved(self, spec: LineSlider, value: float) -> None:
        slide = self._desk.slide_fringe if spec.edge else self._desk.slide_recipe
        slide(spec.step, **{spec.field: value / spec.per})

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(4)
        for index, (shape, card) in enumerate(self._shapes.items()):
            card.clicked.connect(partial(self._choose_shape, shape))
            grid.addWidget(card, index // SHAPE_COLUMNS, index % SHAPE_COLUMNS)
        column = QVBoxLayout()
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(0)
        column.addWidget(text(QCoreApplication.translate("Hairline", "Shape"), "hint"))
        column.addSpacing(4)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addLayout(
            labelled(QCoreApplication.translate("Hairline", "Diffusion"), self._diffusion)
        )
        for field, slider in self._line.items():
            column.addWidget(slider)
            if field == "half_width":
                column.addWidget(self._above_eye)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(column)
        whole.addWidget(
            _part(
                QCoreApplication.translate("Hairline", "Temples"),
                "hairline-temples",
                [self._joined, self._temples],
            )
        )
        whole.addWidget(
            _part(
                QCoreApplication.translate("Hairline", "Edge"),
                "hairline-edge",
                list(self._edge.values()),
            )
        )

    def _connect(self) -> None:
        desk = self._desk
        self._diffusion.chosen.connect(
            lambda key: desk.set_fringe("Change diffusion", diffusion=Diffusion(key))
        )
        self._temples.chosen.connect(
            lambda key: desk.set_recipe("Change temple points", temples=TemplePoints(key))
        )
        self._joined.clicked.connect(
            lambda on: desk.set_recipe("Join or open the temples", joined=on)
        )
        self._above_eye.clicked.connect(self._set_above_eye)

    def _choose_shape(self, shape: HairlineShape) -> None:
        self._shapes[shape].setChecked(True)
        self._desk.set_shape(shape)

    def _set_above_eye(self, on: bool) -> None:
        width = None if on else round(self._line["half_width"].value, 1)
        self._desk.set_recipe("Change half width", half_width=width)


def _part(title: str, key: str, widgets: list[QWidget]) -> Section:
    """A part that folds."""
    part = Section(title, key)
    part.content.setContentsMargins(16, 0, 16, 8)
    part.content.setSpacing(0)
    for widget in widgets:
        part.content.addWidget(widget)
    return part
