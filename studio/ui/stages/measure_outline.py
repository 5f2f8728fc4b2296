"""The outline of the scalp in the photo: found in the background, counted, corrected, cleared."""

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from studio.editing.edits.head_inputs import MOST_HAIR_MM, set_hair, set_outline
from studio.imaging.outline import find_outline
from studio.model.arrays import ByteArray, FloatArray
from studio.model.chart import Point
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, View
from studio.ui import jobs
from studio.ui.fields import NumberField, Section, text
from studio.ui.stages.measure_desk import MeasureDesk
from studio.ui.stages.measure_join import HEAD_VIEWS
from studio.ui.workbench import Workbench


class OutlineSearch(QObject):
    """`running` tells that a search began or ended; what it found is put in the case."""

    running = Signal(bool)

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._job: jobs.Job[FloatArray | None] | None = None

    def begin(self) -> None:
        """Look for the outline in the photo shown."""
        photo = self._bench.photo
        pyramid = self._bench.pictures.pyramid(photo.sha256) if photo else None
        if photo is None or pyramid is None:
            self._bench.said.emit(
                QCoreApplication.translate("Measure", "The photo is still being read. Try again.")
            )
            return
        if self._job is not None:
            return
        hints = {mark.kind: mark.at for mark in photo.landmarks}
        self.running.emit(True)
        self._job = jobs.start(
            self._bench.pool,
            partial(_search, pyramid.levels[0], photo.view, hints),
            partial(self._arrived, photo.id, photo.sha256),
            lambda refusal: self._ended(str(refusal)),
        )

    def _arrived(self, photo_id: Id, sha: str, found: FloatArray | None) -> None:
        photo = next((p for p in self._bench.case.photos if p.id == photo_id), None)
        if photo is None or photo.sha256 != sha:
            self._ended("")
        elif found is None:
            self._ended(
                QCoreApplication.translate(
                    "Measure",
                    "No sure outline was found. Click along the edge of the scalp by hand.",
                )
            )
        else:
            points = [(float(x), float(y)) for x, y in found.tolist()]
            label = QCoreApplication.translate("Steps", "Find outline")
            self._bench.apply(label, lambda case: set_outline(case, photo_id, points))
            words = QCoreApplication.translate(
                "Measure", "Outline found, {count} points. Drag what is not on the edge."
            )
            self._ended(words.format(count=len(points)))

    def _ended(self, sentence: str) -> None:
        self._job = None
        self.running.emit(False)
        if sentence:
            self._bench.said.emit(sentence)


class OutlineSection(Section):
    """Finding and correcting the outline of the view, and the hair it runs over."""

    def __init__(self, desk: MeasureDesk, search: OutlineSearch) -> None:
        super().__init__(QCoreApplication.translate("Measure", "Head outline"), "measure-outline")
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.count = text("", "hint")
        self.tools.addWidget(self.count)
        self.tools.addSpacing(8)
        self.seek = _button(QCoreApplication.translate("Measure", "Find outline"))
        self.seek.clicked.connect(search.begin)
        self.correct = _button(QCoreApplication.translate("Measure", "Correct"))
        self.correct.setCheckable(True)
        self.correct.clicked.connect(lambda: desk.take_outline(brush=False))
        self.brush = _button(QCoreApplication.translate("Measure", "Brush"))
        self.brush.setCheckable(True)
        self.brush.clicked.connect(lambda: desk.take_outline(brush=True))
        self.clear = _button(QCoreApplication.translate("Measure", "Clear"))
        self.clear.clicked.connect(self._clear)
        self.hair = NumberField(
            QCoreApplication.translate("Measure", "Hair at the outline in millimetres"),
            0.0,
            MOST_HAIR_MM,
            1,
            "mm",
        )
        self.hair.setSingleStep(0.5)
        self.hair.setMinimumHeight(32)
        self.hair.valueChanged.connect(self._set_hair)
        for parts in ((self.seek, self.clear), (self.correct, self.brush)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part, 1)
            self.content.addLayout(row)
        row = QHBoxLayout()
        row.addWidget(text(QCoreApplication.translate("Measure", "Hair lifts it by"), "hint"), 1)
        row.addWidget(self.hair)
        self.content.addLayout(row)
        search.running.connect(self.seek.setDisabled)

    def refresh(self) -> None:
        """Show the photo on the canvas and the tool in hand."""
        photo = self._desk.photo
        if photo is None:
            return
        held, brush = self._desk.held, self._desk.outline.brush
        now = (photo.id, photo.view, photo.outline, photo.hair_mm, held, brush)
        if now == self._shown:
            return
        self._shown = now
        words = QCoreApplication.translate("Measure", "{count} points")
        self.count.setText(words.format(count=len(photo.outline)))
        self.clear.setEnabled(bool(photo.outline))
        self.seek.setVisible(photo.view in HEAD_VIEWS)
        in_hand = held == self._desk.outline.name
        self.correct.setChecked(in_hand and not brush)
        self.brush.setChecked(in_hand and brush)
        self.hair.blockSignals(True)
        self.hair.setValue(photo.hair_mm)
        self.hair.blockSignals(False)

    def _clear(self) -> None:
        photo = self._desk.photo
        if photo is not None:
            label = QCoreApplication.translate("Steps", "Clear outline")
            self._desk.bench.apply(label, lambda case: set_outline(case, photo.id, ()))

    def _set_hair(self, hair_mm: float) -> None:
        photo = self._desk.photo
        if photo is not None:
            label = QCoreApplication.translate("Steps", "Hair at the outline")
            self._desk.bench.apply(
                label, lambda case: set_hair(case, photo.id, hair_mm), amend=f"hair {photo.id}"
            )


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setMinimumHeight(32)
    return button


def _search(level: ByteArray, view: View, hints: dict[LandmarkKind, Point]) -> FloatArray | None:
    """Search the finest level (h, w, 4) of a pyramid, whose bytes are blue, green, red."""
    return find_outline(np.ascontiguousarray(level[..., 2::-1]), view, hints)
