"""The landmarks of a photo: ticks, and a click to mark each; and what to click next."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from studio.editing.tools.survey_figures import Target
from studio.model.photo import LandmarkKind, Photo
from studio.render.view_names import view_name
from studio.ui import icons
from studio.ui.fields import Section, text
from studio.ui.stages.head_picture import LandmarkPicture
from studio.ui.stages.measure_desk import MeasureDesk
from studio.ui.stages.measure_words import LANDMARK_TIPS, name_of, needed, number_in, prompts_of, tr


class LandmarksSection(Section):
    """The landmarks that the view needs, then the others."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__(QCoreApplication.translate("Measure", "Landmarks"), "measure-landmarks")
        self._desk = desk
        self._shown: tuple[object, ...] = ()
        self.count = text("", "hint")
        self.tools.addWidget(self.count)
        self.tools.addSpacing(8)
        self.begin = QPushButton(QCoreApplication.translate("Measure", "Mark the missing ones"))
        self.begin.setMinimumHeight(32)
        self.begin.clicked.connect(self._begin)
        self.note = text("", "caption", wrap=True)
        self.buttons = {kind: LandmarkButton(desk, kind) for kind in LandmarkKind}
        self._needed, self._others = _grid(), _grid()
        self._optional = text(QCoreApplication.translate("Measure", "Optional"), "caption")
        self.content.setContentsMargins(8, 0, 8, 12)
        for layout_or_part in (self.note, self._needed, self.begin, self._optional, self._others):
            if isinstance(layout_or_part, QGridLayout):
                self.content.addLayout(layout_or_part)
            else:
                self.content.addWidget(layout_or_part)
        for part in (self.note, self._optional):
            part.setContentsMargins(8, 0, 8, 0)
        desk.bench.look.changed.connect(self._dress)

    def refresh(self) -> None:
        """Show the photo on the canvas and what is being marked."""
        photo, asked = self._desk.photo, self._desk.tool.asked
        if photo is None:
            return
        now = (photo.id, photo.view, photo.landmarks, asked)
        if now == self._shown:
            return
        self._shown = now
        wanted = needed(photo)
        there = {mark.kind for mark in photo.landmarks}
        self._arrange(wanted)
        title = QCoreApplication.translate("Measure", "Landmarks, {view}")
        self.header.setText(title.format(view=view_name(photo.view).lower()))
        words = QCoreApplication.translate("Measure", "{there} of {all}")
        shown = wanted or tuple(LandmarkKind)
        self.count.setText(words.format(there=len(there & set(shown)), all=len(shown)))
        self.note.setText(_note(photo))
        self.begin.setVisible(bool(set(wanted) - there))
        self._optional.setVisible(bool(wanted))
        for kind, button in self.buttons.items():
            button.show_state(number_in(photo, kind), marked=kind in there, asked=asked is kind)

    def _arrange(self, wanted: tuple[LandmarkKind, ...]) -> None:
        others = tuple(kind for kind in LandmarkKind if kind not in wanted)
        for grid, kinds in ((self._needed, wanted), (self._others, others)):
            for index, kind in enumerate(kinds):
                grid.addWidget(self.buttons[kind], index // 2, index % 2)

    def _begin(self) -> None:
        photo = self._desk.photo
        if photo is None:
            return
        there = {mark.kind for mark in photo.landmarks}
        missing = [kind for kind in needed(photo) if kind not in there]
        if missing:
            self._desk.mark(missing[0])

    def _dress(self) -> None:
        for button in self.buttons.values():
            button.dress()


class LandmarkButton(QToolButton):
    """One landmark: a click marks it anew, Delete or the menu takes it out."""

    def __init__(self, desk: MeasureDesk, kind: LandmarkKind) -> None:
        super().__init__()
        self._desk, self.kind = desk, kind
        self._marked, self._asked = False, False
        self.setToolTip(f"{name_of(kind)}\n{tr(LANDMARK_TIPS[kind])}")
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        self.setMinimumHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.clicked.connect(self._mark)
        self.dress()

    def show_state(self, number: int, *, marked: bool, asked: bool) -> None:
        """Tick, circle, or that it is asked for now; `number` stands for it in the photo."""
        self.setText(f"{number} {name_of(self.kind)}")
        self._marked, self._asked = marked, asked
        self.setChecked(asked)
        state = (
            QCoreApplication.translate("Measure", "click in the photo")
            if asked
            else QCoreApplication.translate("Measure", "marked")
            if marked
            else QCoreApplication.translate("Measure", "not marked")
        )
        self.setAccessibleName(f"{self.text()}, {state}")
        self.dress()

    def dress(self) -> None:
        """The icon of the state in the colours of the theme."""
        tokens = self._desk.bench.look.tokens
        if self._asked:
            self.setIcon(icons.icon("crosshair", tokens.accent, tokens.dis))
        elif self._marked:
            self.setIcon(icons.icon("check", tokens.text2, tokens.dis))
        else:
            self.setIcon(icons.icon("circle-dashed", tokens.text2, tokens.dis))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the landmark out."""
        if event.key() == Qt.Key.Key_Delete and self._marked:
            self._desk.remove(self.kind)
            return
        super().keyPressEvent(event)

    def _mark(self) -> None:
        self.setChecked(self._asked)
        self._desk.mark(self.kind)

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        again = QAction(QCoreApplication.translate("Measure", "Mark again"), menu)
        again.triggered.connect(partial(self._desk.mark, self.kind))
        remove = QAction(QCoreApplication.translate("Measure", "Remove"), menu)
        remove.setEnabled(self._marked)
        remove.triggered.connect(partial(self._desk.remove, self.kind))
        menu.addActions([again, remove])
        menu.popup(self.mapToGlobal(at))


class AskCard(QFrame):
    """What to click next, at the top of the panel; gone when nothing is asked for."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("card", "true")
        self.step = text("", "caption")
        self.title = text("", "title")
        self.words = text("", "hint", wrap=True)
        self.picture = LandmarkPicture(desk.bench.look)
        column = QVBoxLayout()
        column.setSpacing(2)
        for part in (self.step, self.title, self.words):
            column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)

    def refresh(self) -> None:
        """Show what is asked for now."""
        tool = self._desk.tool
        asked = tool.asked
        self.setVisible(asked is not None)
        if asked is None:
            return
        photo = self._desk.photo
        self.picture.setVisible(isinstance(asked, LandmarkKind) and photo is not None)
        if isinstance(asked, LandmarkKind) and photo is not None:
            self.picture.point_out(photo.view, asked, name_of(asked))
        prompts = prompts_of(asked)
        step = min(tool.placed + 1, len(prompts))
        self.step.setText(self._place(asked, step, len(prompts)))
        self.title.setText(name_of(asked))
        self.words.setText(f"{prompts[step - 1]}.")
        self.setAccessibleName(f"{self.step.text()}: {self.title.text()}. {self.words.text()}")

    def _place(self, asked: Target, step: int, count: int) -> str:
        """Which click it is, or which of the needed landmarks."""
        photo = self._desk.photo
        if isinstance(asked, LandmarkKind) and photo is not None and asked in needed(photo):
            step, count = needed(photo).index(asked) + 1, len(needed(photo))
        if count == 1:
            return QCoreApplication.translate("Measure", "Next")
        words = QCoreApplication.translate("Measure", "Next, {step} of {all}")
        return words.format(step=step, all=count)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(0)
    for column in (0, 1):
        grid.setColumnStretch(column, 1)
    return grid


def _note(photo: Photo) -> str:
    if needed(photo):
        return QCoreApplication.translate(
            "Measure", "The views are joined by these, and tape distances start at them."
        )
    return QCoreApplication.translate("Measure", "This view needs none.")
