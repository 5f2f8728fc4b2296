"""Pencil spots: which number is marked next, and in how many photos each is."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QToolButton

from studio.editing.edits.head_inputs import PENCIL_NUMBERS
from studio.model.case import Case
from studio.ui.fields import Section, text
from studio.ui.stages.measure_desk import MeasureDesk

WANTED = 4
"""Spots that give most of the gain (head research, 4.1)."""


class PencilSection(Section):
    """One button for every number; a click has it marked in the photo."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__(QCoreApplication.translate("Measure", "Pencil spots"), "measure-pencil")
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.count = text("", "hint")
        self.tools.addWidget(self.count)
        self.tools.addSpacing(8)
        self.note = text("", "caption", wrap=True)
        self.buttons = {number: self._button(number) for number in PENCIL_NUMBERS}
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in self.buttons.values():
            row.addWidget(button)
        self.content.addLayout(row)
        self.content.addWidget(self.note)

    def refresh(self) -> None:
        """Show the photo on the canvas and the number in hand."""
        photo = self._desk.photo
        if photo is None:
            return
        case, held = self._desk.bench.case, self._desk.held
        matched = photos_of_spots(case)
        here = {mark.number for mark in photo.pencil}
        number = self._desk.pencil.number if held == self._desk.pencil.name else 0
        now = (photo.id, tuple(matched.items()), frozenset(here), number)
        if now == self._shown:
            return
        self._shown = now
        usable = sum(count > 1 for count in matched.values())
        words = QCoreApplication.translate("Measure", "{count} matched")
        self.count.setText(words.format(count=usable))
        for each, button in self.buttons.items():
            button.setChecked(each == number)
            button.setText(f"{each} ✓" if each in here else str(each))
            words = QCoreApplication.translate(
                "Measure", "Pencil spot {number}, marked in {count} photos"
            )
            button.setAccessibleName(words.format(number=each, count=matched.get(each, 0)))
            button.setToolTip(button.accessibleName())
        self.note.setText(_note(matched))

    def _button(self, number: int) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("boxed", True)
        button.setProperty("snug", True)
        button.setMinimumSize(32, 32)
        button.clicked.connect(partial(self._desk.take_pencil, number))
        return button


def photos_of_spots(case: Case) -> dict[int, int]:
    """In how many photos each pencil spot is marked."""
    numbers = [mark.number for photo in case.photos for mark in photo.pencil]
    return {number: numbers.count(number) for number in sorted(set(numbers))}


def _note(matched: dict[int, int]) -> str:
    alone = [str(number) for number, count in matched.items() if count == 1]
    if alone:
        words = QCoreApplication.translate(
            "Measure", "Mark {numbers} in a second photo too: one photo alone tells nothing."
        )
        return words.format(numbers=", ".join(alone))
    if len(matched) < WANTED:
        return QCoreApplication.translate(
            "Measure",
            "Four to seven spots of a skin pencil, seen in two photos or more, halve the error.",
        )
    return QCoreApplication.translate("Measure", "Enough spots are matched.")
