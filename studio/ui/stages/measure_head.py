"""The head surface: which views are joined, how well they agree, what to mend first."""

from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QToolButton

from studio.model.case import Case
from studio.model.head import Head
from studio.model.photo import Photo, View
from studio.model.wording import number_text
from studio.render.view_names import view_name
from studio.skin.maps import scalp_map
from studio.ui.fields import Section, text
from studio.ui.stages.measure_desk import MeasureDesk
from studio.ui.stages.measure_join import HEAD_VIEWS, agreement_mm, head_photos
from studio.ui.stages.measure_overlay import MIDDLE, REACH
from studio.ui.stages.measure_words import error_text

ENOUGH = (View.FRONT, View.LEFT, View.TOP)
"""The views that are enough for a head; more make it surer."""


class HeadSection(Section):
    """View buttons with ticks, the figures of the fit, and the button that joins."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__(QCoreApplication.translate("Measure", "Head surface"), "measure-head")
        self._desk = desk
        self.count = text("", "hint")
        self.tools.addWidget(self.count)
        self.tools.addSpacing(8)
        self.buttons = {view: self._button(view) for view in HEAD_VIEWS}
        row = QHBoxLayout()
        row.setSpacing(2)
        for button in self.buttons.values():
            row.addWidget(button)
        self.verdict = text("", "", wrap=True)
        self.mend = text("", "heading", wrap=True)
        self.notes = text("", "hint", wrap=True)
        self.join = QPushButton(QCoreApplication.translate("Measure", "Join the views"))
        self.join.setMinimumHeight(32)
        self.join.clicked.connect(desk.joiner.begin)
        self.wires = QToolButton()
        self.wires.setText(QCoreApplication.translate("Measure", "Wire frame"))
        self.wires.setAccessibleName(self.wires.text())
        self.wires.setProperty("boxed", True)
        self.wires.setCheckable(True)
        self.wires.setChecked(True)
        self.wires.setMinimumHeight(32)
        self.wires.toggled.connect(desk.show_wires)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(
            QCoreApplication.translate("Measure", "The views are being joined")
        )
        self.content.addLayout(row)
        for part in (self.verdict, self.mend, self.notes, self.progress):
            self.content.addWidget(part)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.join, 1)
        below.addWidget(self.wires)
        self.content.addLayout(below)

    def refresh(self) -> None:
        """Show the case's head and what the fit said of it."""
        case, joiner = self._desk.bench.case, self._desk.joiner
        photos = head_photos(case)
        self._show_views(case, photos)
        head, joined = case.head, joiner.joined
        self.verdict.setText(self._verdict())
        worst = joiner.refused or (joined.worst if joined is not None else "")
        self.mend.setText(worst)
        self.mend.setVisible(bool(worst))
        notes = [*flat_views(case, photos), *(joined.warnings if joined is not None else ())]
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.progress.setVisible(joiner.running)
        self.join.setEnabled(not joiner.running and bool(photos))
        self.join.setText(
            QCoreApplication.translate("Measure", "Joining the views…")
            if joiner.running
            else QCoreApplication.translate("Measure", "Join the views")
            if head is None
            else QCoreApplication.translate("Measure", "Join again")
        )
        self.wires.setVisible(head is not None)

    def _show_views(self, case: Case, photos: dict[View, Photo]) -> None:
        shown = self._desk.photo
        there = joined_views(case, photos)
        for view, button in self.buttons.items():
            photo = photos.get(view)
            ticked = view in there
            button.setEnabled(photo is not None)
            button.setChecked(photo is not None and shown is not None and photo.id == shown.id)
            name = view_name(view)
            button.setText(f"{name} ✓" if ticked else name)
            state = (
                QCoreApplication.translate("Measure", "no photo")
                if photo is None
                else QCoreApplication.translate("Measure", "joined")
                if ticked
                else QCoreApplication.translate("Measure", "not joined")
            )
            button.setAccessibleName(f"{view_name(view)}, {state}")
            button.setToolTip(button.accessibleName())
        words = QCoreApplication.translate("Measure", "{there} of {all} views joined")
        self.count.setText(words.format(there=len(there), all=len(photos)))

    def _verdict(self) -> str:
        case, joined = self._desk.bench.case, self._desk.joiner.joined
        if case.head is None:
            missing = [view_name(v).lower() for v in ENOUGH if v not in head_photos(case)]
            if missing:
                words = QCoreApplication.translate(
                    "Measure", "Still missing for a head: {views}. Add these photos."
                )
                return words.format(views=", ".join(missing))
            return QCoreApplication.translate(
                "Measure",
                "Mark landmarks and outline in front, left and top, then join them. "
                "More views make it surer.",
            )
        if case.head.size_se is None:
            area = QCoreApplication.translate(
                "Measure", "Its size is not known: lay the tape or mark a sticker."
            )
        else:
            words = QCoreApplication.translate("Measure", "Areas on the joined surface {error}.")
            area = words.format(error=error_text(2 * scalp_error(case.head)))
        if joined is None or not joined.residuals:
            return area
        words = QCoreApplication.translate("Measure", "Views agree within {mm} mm. {area}")
        return words.format(mm=number_text(agreement_mm(joined), 1), area=area)

    def _button(self, view: View) -> QToolButton:
        button = QToolButton()
        button.setText(view_name(view))
        button.setCheckable(True)
        button.setProperty("boxed", True)
        button.setProperty("snug", True)
        button.setMinimumHeight(32)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._go_to, view))
        return button

    def _go_to(self, view: View) -> None:
        photo = head_photos(self._desk.bench.case).get(view)
        if photo is not None:
            self._desk.bench.show_photo(photo.id)
        self.refresh()


def scalp_error(head: Head) -> float:
    """Mean relative standard error of a length over the scalp."""
    turn, far = np.meshgrid(np.linspace(0, 2 * np.pi, 24, endpoint=False), np.linspace(0.1, 0.9, 6))
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=-1) * far[..., None]
    places = (MIDDLE + REACH * ring).reshape(-1, 2)
    return float(scalp_map(head).sigma(places).mean())


def joined_views(case: Case, photos: dict[View, Photo]) -> frozenset[View]:
    """The views whose photo has a camera on the head."""
    head = case.head
    if head is None:
        return frozenset()
    return frozenset(v for v, photo in photos.items() if head.camera(photo.id) is not None)


def flat_views(case: Case, photos: dict[View, Photo]) -> tuple[str, ...]:
    """A sentence for every view that a head was fitted without."""
    if case.head is None:
        return ()
    there = joined_views(case, photos)
    words = QCoreApplication.translate(
        "Measure", "The {view} photo is not joined: it keeps its own flat scale."
    )
    return tuple(words.format(view=view_name(v).lower()) for v in photos if v not in there)
