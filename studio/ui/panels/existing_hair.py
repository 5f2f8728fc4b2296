"""The Design panel's section on hair that is there already: find, threshold, correct, clear."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton

from studio.imaging.follicles import USUAL
from studio.model.existing import ExistingHair
from studio.model.quantity import Quantity
from studio.model.wording import number_text, quantity_text
from studio.planning.existing import HairThere, hair_among, searched_by
from studio.planning.figures import ZoneFigures
from studio.skin.maps import skin_maps
from studio.ui.fields import Section, SliderField, text
from studio.ui.hair_search import HairSearch
from studio.ui.workbench import Workbench

LOWEST, HIGHEST = 0.05, 0.95


class HairSection(Section):
    """What is known of the hair in the photo shown, and the ways to correct it."""

    def __init__(
        self, bench: Workbench, search: HairSearch, actions: Mapping[str, QAction]
    ) -> None:
        super().__init__(QCoreApplication.translate("Hair", "Existing hair"), "existing-hair")
        self._bench, self._search = bench, search
        self._told: tuple[object, ...] = ()
        self.words = text("", "hint", wrap=True)
        self.seek = _button(actions["find-hair"], QCoreApplication.translate("Hair", "Find"))
        self.correct = _button(
            actions["correct-hair"], QCoreApplication.translate("Hair", "Correct")
        )
        self.clear = _button(actions["clear-hair"], QCoreApplication.translate("Hair", "Clear"))
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(QCoreApplication.translate("Hair", "Looking for hair…"))
        self.cancel = QPushButton(QCoreApplication.translate("Hair", "Cancel"))
        self.cancel.setMinimumHeight(32)
        self.cancel.clicked.connect(search.cancel)
        name = QCoreApplication.translate("Hair", "Threshold")
        self.threshold = SliderField(name, LOWEST, HIGHEST, decimals=2)
        self.threshold.setToolTip(
            QCoreApplication.translate("Hair", "Higher marks only what is surely a follicle.")
        )
        self.threshold.moved.connect(search.move_threshold)
        self.threshold.settled.connect(lambda _value: search.settle_threshold())
        self.content.addWidget(self.words)
        for parts in ((self.seek, self.correct, self.clear), (self.progress, self.cancel)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part, 1)
            self.content.addLayout(row)
        self.content.addWidget(self.threshold)
        search.running.connect(self._show_running)
        bench.open_case.changed.connect(lambda _before, _after: self.refresh())
        bench.open_case.replaced.connect(self.refresh)
        bench.photo_changed.connect(lambda _id: self.refresh())
        self._show_running(False)

    def refresh(self) -> None:
        """Show the photo on the canvas."""
        hair, skin, photo = self._search.hair, self._bench.skin, self._bench.photo
        now = hair, skin, photo is None, self._search.adjustable
        if len(now) == len(self._told) and all(
            a is b for a, b in zip(now, self._told, strict=True)
        ):
            return
        self._told = now
        self.seek.setEnabled(photo is not None)
        self.correct.setEnabled(hair is not None)
        self.clear.setEnabled(hair is not None)
        self.threshold.setVisible(hair is not None)
        self.threshold.setEnabled(self._search.adjustable)
        self.threshold.show_value(USUAL if hair is None else hair.threshold)
        self.words.setText(self._words(hair))

    def _words(self, hair: ExistingHair | None) -> str:
        if self._bench.photo is None:
            return QCoreApplication.translate("Hair", "Show a photo to look for hair in it.")
        if hair is None:
            return QCoreApplication.translate(
                "Hair", "Not looked for in this photo. Select zones to look only there."
            )
        there = hair_among((hair,), searched_by(hair), hair.chart, skin_maps(self._bench.case))
        if there is None:
            return QCoreApplication.translate("Hair", "Nothing was fine enough to look in.")
        words = QCoreApplication.translate("Hair", "{count} · {density}").format(
            count=quantity_text(there.follicles, QCoreApplication.translate("Hair", "follicles")),
            density=per_cm2(there.per_cm2),
        )
        changed = len(hair.added) + len(hair.removed)
        if changed:
            by_hand = QCoreApplication.translate("Hair", "{count} put right by hand")
            words += "\n" + by_hand.format(count=number_text(changed))
        if not self._search.adjustable:
            words += "\n" + QCoreApplication.translate("Hair", "Find again to move the threshold.")
        return words

    def _show_running(self, on: bool) -> None:
        self.seek.setDisabled(on)
        self.progress.setVisible(on)
        self.cancel.setVisible(on)
        if not on:
            self._told = ()
            self.refresh()


def hair_words(row: ZoneFigures | None, *, taken_off: bool) -> str:
    """What hair is in a zone, and whether it is taken off the target; nothing if unknown."""
    if row is None or row.existing is None:
        return ""
    density = per_cm2(row.existing.per_cm2)
    if taken_off:
        words = QCoreApplication.translate("Hair", "Existing {density}, taken off the target")
    else:
        words = QCoreApplication.translate("Hair", "Existing {density}")
    words = words.format(density=density)
    return words if row.existing.searched > WHOLE else words + _part(row.existing)


WHOLE = 0.95
"""The share of a zone from which it counts as searched throughout."""


def _part(there: HairThere) -> str:
    words = QCoreApplication.translate("Hair", " · {share} % of it looked through")
    return words.format(share=number_text(100 * there.searched))


def per_cm2(density: Quantity) -> str:
    """A density with its ±, `62 ± 9 /cm²`."""
    return quantity_text(density, "/cm²")


def _button(action: QAction, words: str) -> QPushButton:
    button = QPushButton(words)
    button.setMinimumHeight(32)
    button.setAccessibleName(action.text())
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    return button
