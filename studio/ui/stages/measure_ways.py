"""The ways to give a photo its scale: which are marked, how good, and which one counts."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.editing.edits.measurements import measurement_of
from studio.model.photo import Measurement, MeasurementKind, Photo
from studio.skin.measure import best, measured_plane
from studio.skin.references import references
from studio.ui.fields import Section, icon_button, text
from studio.ui.stages.measure_desk import MeasureDesk
from studio.ui.stages.measure_size import SizeField
from studio.ui.stages.measure_words import CLICKS, ICONS, detail_of, error_text, tr, way_name
from studio.ui.theme import font
from studio.ui.view_words import MEASUREMENTS, named

BAR = 3
INDENT = 44
TYPED = (MeasurementKind.RULER, MeasurementKind.OWN_IPD)
"""The ways whose size is typed here; the sticker's is in the row above the canvas."""


class WaysSection(Section):
    """One row for every way."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__(QCoreApplication.translate("Measure", "Scale taken from"), "measure-ways")
        self._desk = desk
        self._shown: tuple[Photo | None, object] = (None, None)
        self.rows = {kind: WayRow(desk, kind) for kind in MeasurementKind}
        self.content.setContentsMargins(0, 0, 0, 8)
        self.content.setSpacing(0)
        for row in self.rows.values():
            self.content.addWidget(row)

    def refresh(self) -> None:
        """Show the photo on the canvas and what is being marked."""
        photo, asked = self._desk.photo, self._desk.tool.asked
        if photo is None or (photo, asked) == self._shown:
            return
        self._shown = (photo, asked)
        source = best(photo.measurements, photo.scale_from)
        for kind, row in self.rows.items():
            measurement = measurement_of(self._desk.bench.case, photo.id, kind)
            row.show_state(
                photo, measurement, is_source=measurement is not None and measurement is source
            )


class WayRow(QWidget):
    """One way: radio button, its state and ±, marking and removing, its size if typed."""

    def __init__(self, desk: MeasureDesk, kind: MeasurementKind) -> None:
        super().__init__()
        self._desk, self.kind = desk, kind
        self._is_source = False
        look = desk.bench.look
        self.radio = QRadioButton()
        self.radio.setAutoExclusive(False)
        self.radio.setIconSize(QSize(16, 16))
        self.radio.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.dress(self.radio, ICONS[kind])
        self.radio.clicked.connect(self._chosen)
        self.error = text("", "hint")
        self.error.setFont(font(12, figures=True))
        self.mark = icon_button(look.icon("crosshair"), "")
        look.dress(self.mark, "crosshair")
        self.mark.setCheckable(True)
        self.mark.clicked.connect(lambda: desk.mark(kind))
        self.remove = icon_button(look.icon("x"), "")
        look.dress(self.remove, "x")
        self.remove.clicked.connect(lambda: desk.remove(kind))
        policy = self.remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove.setSizePolicy(policy)
        for button in (self.mark, self.remove):
            button.setIconSize(QSize(16, 16))
        self.state = text("", "caption")
        self.size_mm = self._size_field() if kind in TYPED else None
        self._lay_out()
        self._name("")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.radio, 1)
        top.addWidget(self.error)
        top.addSpacing(4)
        top.addWidget(self.mark)
        top.addWidget(self.remove)
        below = QHBoxLayout()
        below.setContentsMargins(INDENT, 0, 8, 4)
        below.setSpacing(8)
        if self.size_mm is not None:
            below.addWidget(self.size_mm)
        below.addWidget(self.state, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 2, 8, 2)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(below)

    def _size_field(self) -> SizeField:
        limits = references()[self.kind].limits_mm
        if limits is None:
            raise ValueError(f"the size of {self.kind} is not typed")
        words = QCoreApplication.translate("Measure", "{way}, its length in millimetres")
        field = SizeField(words.format(way=named(MEASUREMENTS[self.kind])), limits)
        field.settled.connect(partial(self._desk.resize, self.kind))
        field.refused.connect(self._desk.bench.said)
        return field

    def show_state(self, photo: Photo, measurement: Measurement | None, *, is_source: bool) -> None:
        """Show whether it is marked, how good it is, and whether it gives the scale."""
        self._is_source = is_source
        self.radio.setChecked(is_source)
        asked = self._desk.tool.asked is self.kind
        self.mark.setChecked(asked)
        self.remove.setVisible(measurement is not None)
        size = self._desk.size_of(self.kind)
        if self.size_mm is not None:
            self.size_mm.show_size(size)
        if measurement is None:
            words = QCoreApplication.translate("Measure", "not marked · {clicks}")
            self.state.setText(words.format(clicks=tr(CLICKS[self.kind])))
            self.error.setText("")
        else:
            self.state.setText(detail_of(measurement))
            plane = measured_plane(photo.width, photo.height, (measurement,))
            self.error.setText(error_text(plane.sigma))
        if asked:
            self.state.setText(QCoreApplication.translate("Measure", "click in the photo"))
        self._name(way_name(self.kind, size))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the mark out."""
        if event.key() == Qt.Key.Key_Delete and self.remove.isVisible():
            self._desk.remove(self.kind)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: object) -> None:
        """The row that gives the scale is marked at its left."""
        if self._is_source:
            tokens = self._desk.bench.look.tokens
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(tokens.sel))
            painter.fillRect(0, 0, BAR, self.height(), QColor(tokens.accent))
            painter.end()

    def _chosen(self) -> None:
        self.radio.setChecked(self._is_source)
        if not self._is_source:
            self._desk.choose(self.kind)

    def _name(self, name: str) -> None:
        """The row's words, also for screen readers."""
        self.radio.setText(name)
        self.radio.setAccessibleName(f"{name}, {self.state.text()} {self.error.text()}".strip())
        words = QCoreApplication.translate("Measure", "Mark in the photo: {way}")
        _call(self.mark, words.format(way=name))
        words = QCoreApplication.translate("Measure", "Remove the marks: {way}")
        _call(self.remove, words.format(way=name))


def _call(button: QToolButton, name: str) -> None:
    button.setAccessibleName(name)
    button.setToolTip(name)
