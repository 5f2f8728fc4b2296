"""The section “Hairline” of the Design stage: grow one, choose, set, shuffle."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.geometry.hairline import grown
from studio.model.case import Case
from studio.model.curve import Curve
from studio.model.hairline import Recipe
from studio.model.wording import number_text
from studio.planning.hairline_candidates import Candidate
from studio.ui.fields import Section, icon_button, text
from studio.ui.hairline_desk import HairlineDesk
from studio.ui.panels.hairline_settings import HairlineSettings
from studio.ui.panels.hairline_templates import HairlineTemplates
from studio.ui.panels.line_card import LineCard
from studio.ui.panels.natural_notes import NaturalNotes
from studio.ui.workbench import Workbench

CARDS = 3


class HairlineSection(Section):
    """Three lines to choose from; the numbers of the one that is there, and notes on it.

    `note_wanted` tells that the place of a note is to be shown.
    """

    note_wanted = Signal(object)

    def __init__(self, bench: Workbench, desk: HairlineDesk) -> None:
        super().__init__(QCoreApplication.translate("Hairline", "Hairline"), "hairline")
        self._bench, self._desk = bench, desk
        self._offered: tuple[Candidate, ...] = ()
        self._grow = QPushButton(QCoreApplication.translate("Hairline", "Grow a hairline"))
        self._hindrance = text("", "hint", wrap=True)
        self._by_hand = text("", "hint", wrap=True)
        self._cards = [LineCard(bench.look, lines=2) for _ in range(CARDS)]
        self._choice = QWidget()
        self._reason = text("", "hint", wrap=True)
        self._assumed = text("", "caption", wrap=True)
        self._moved, self._moved_words = QWidget(), text("", "hint", wrap=True)
        self._settings = HairlineSettings(bench.look, desk)
        self._notes = NaturalNotes(bench, desk)
        self._notes.wanted.connect(self.note_wanted)
        self._templates = HairlineTemplates(bench.look, desk)
        self._shuffle = icon_button(
            bench.look.icon("refresh-cw"), QCoreApplication.translate("Hairline", "Shuffle")
        )
        self._lay_out()
        bench.open_case.changed.connect(self._case_changed)
        bench.open_case.replaced.connect(self.refresh)
        bench.selection_changed.connect(self.refresh)
        bench.photo_changed.connect(lambda _id: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Show what can be grown, or the hairline that is there."""
        hindrance, curve = self._desk.hindrance, self._desk.curve
        self._hindrance.setText(hindrance or "")
        self._hindrance.setVisible(hindrance is not None)
        self._grow.setVisible(curve is None)
        self._grow.setEnabled(hindrance is None)
        self._shuffle.setEnabled(curve is not None and not curve.locked)
        self._show_by_hand(curve)
        self._choice.setVisible(hindrance is None)
        if hindrance is None:
            self._show_choice(curve)
        self._settings.setVisible(curve is not None)
        self._templates.show_can(keep=curve is not None)
        self._moved.setVisible(False)
        if curve is not None:
            self._settings.show_curve(curve, self._bench.case.client, self._desk.places)
            self._show_moved()

    def _case_changed(self, before: Case, after: Case) -> None:
        """While zones are painted nothing here changes."""
        parts = ("client", "photos", "head", "axes")
        same = all(getattr(before, part) is getattr(after, part) for part in parts)
        if not same or before.variant.curves is not after.variant.curves:
            self.refresh()

    def _show_choice(self, curve: Curve | None) -> None:
        places, now = self._desk.places, curve.recipe if curve is not None else None
        offered = self._desk.candidates()
        for card, candidate in zip(self._cards, offered, strict=True):
            if places is not None and offered != self._offered:
                height = f"{number_text(candidate.recipe.height)} mm"
                name = QCoreApplication.translate("Candidates", candidate.name)
                card.show_line(grown(candidate.recipe, places), name, height)
                card.setToolTip(candidate.reason)
                card.setAccessibleDescription(candidate.reason)
            card.setChecked(now is not None and _same(candidate.recipe, now))
        self._offered = offered
        chosen = [c for c in offered if now is not None and _same(c.recipe, now)]
        self._reason.setText(chosen[0].reason if chosen else "" if now else offered[0].reason)
        self._reason.setVisible(bool(self._reason.text()))
        assumed = places.assumed if places is not None else ()
        self._assumed.setText(
            QCoreApplication.translate(
                "Hairline", "Assumed, as not marked: {0}. Mark them in Measure to be exact."
            ).format(", ".join(assumed))
        )
        self._assumed.setVisible(bool(assumed))

    def _show_by_hand(self, curve: Curve | None) -> None:
        shown = curve is not None and self._desk.drawn_by_hand
        self._by_hand.setVisible(shown)

    def _show_moved(self) -> None:
        count = self._desk.moved()
        self._moved.setVisible(count > 0)
        words = (
            QCoreApplication.translate("Hairline", "1 point moved by hand; sliders keep it.")
            if count == 1
            else QCoreApplication.translate(
                "Hairline", "{0} points moved by hand; sliders keep them."
            ).format(count)
        )
        self._moved_words.setText(words)

    def _choose(self, index: int) -> None:
        self._cards[index].setChecked(True)
        if index < len(self._offered):
            self._desk.choose(self._offered[index])

    def _lay_out(self) -> None:
        self._grow.setProperty("main", True)
        self._grow.setMinimumHeight(32)
        self._bench.look.dress(self._grow, "spline", main=True)
        self._grow.clicked.connect(self._desk.grow)
        self._bench.look.dress(self._shuffle, "refresh-cw")
        self._shuffle.setToolTip(
            QCoreApplication.translate(
                "Hairline", "Shuffle (Ctrl+Shift+G)\nAnother natural one by the same numbers."
            )
        )
        self._shuffle.clicked.connect(self._desk.shuffle)
        self.tools.addWidget(self._shuffle)
        self._by_hand.setText(
            QCoreApplication.translate(
                "Hairline", "The hairline drawn by hand is still there. Hide it to see this alone."
            )
        )
        cards = QHBoxLayout()
        cards.setSpacing(4)
        for index, card in enumerate(self._cards):
            card.clicked.connect(partial(self._choose, index))
            cards.addWidget(card)
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 8)
        choice.setSpacing(6)
        choice.addLayout(cards)
        choice.addWidget(self._reason)
        choice.addWidget(self._assumed)
        anew = QPushButton(QCoreApplication.translate("Hairline", "Place anew"))
        anew.setToolTip(
            QCoreApplication.translate("Hairline", "Puts them back where the numbers place them.")
        )
        anew.setMinimumHeight(32)
        anew.clicked.connect(self._desk.place_anew)
        moved = QHBoxLayout(self._moved)
        moved.setContentsMargins(0, 0, 0, 8)
        moved.addWidget(self._moved_words, 1)
        moved.addWidget(anew)
        above = QVBoxLayout()
        above.setContentsMargins(16, 0, 16, 0)
        above.setSpacing(4)
        for widget in (self._grow, self._hindrance, self._choice, self._by_hand, self._moved):
            above.addWidget(widget)
        self.content.setContentsMargins(0, 0, 0, 8)
        self.content.addLayout(above)
        self.content.addWidget(self._settings)
        self.content.addWidget(self._notes)
        self.content.addWidget(self._templates)


def _same(offered: Recipe, now: Recipe) -> bool:
    """Whether the numbers are those of an offer, whatever chance made of them."""
    return replace(offered, seed=now.seed) == now
