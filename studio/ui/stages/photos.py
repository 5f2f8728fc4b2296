"""The first stage: the photos of the case, which view each one is, what is still missing."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.editing.edits.photos import removal_label, remove_photo, set_view
from studio.model.case import Case
from studio.model.ids import Id
from studio.model.photo import Photo, View
from studio.render.view_names import VIEWS, view_name
from studio.ui.drop_panel import NEEDED
from studio.ui.fields import icon_button, rule, text
from studio.ui.stage import Stage
from studio.ui.view_words import named
from studio.ui.workbench import Workbench


class PhotosPanel(QWidget):
    """A card for every photo. `add_wanted` asks for more."""

    add_wanted = Signal()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._shown: tuple[Photo, ...] = ()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self._missing = text("", "hint", wrap=True)
        add = QPushButton(QCoreApplication.translate("Photos", "Add photos"))
        add.setMinimumHeight(32)
        add.setProperty("main", True)
        bench.look.dress(add, "image-plus", main=True)
        add.clicked.connect(self.add_wanted)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(text(QCoreApplication.translate("Photos", "Photos"), "heading"))
        column.addLayout(self._cards)
        column.addWidget(self._missing)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.addWidget(add)
        layout.addLayout(foot)
        bench.open_case.changed.connect(self._case_changed)
        bench.open_case.replaced.connect(self.refresh)
        bench.photo_changed.connect(lambda _id: self._mark_current())
        bench.pictures.ready.connect(lambda _sha: self.refresh())

    def refresh(self) -> None:
        """Build the cards anew."""
        while (item := self._cards.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._shown = self._bench.case.photos
        for photo in self._shown:
            self._cards.addWidget(PhotoCard(self._bench, photo))
        self._missing.setText(missing_words(self._bench.case))
        self._mark_current()

    def _case_changed(self, before: Case, after: Case) -> None:
        if before.photos is not after.photos and _cards(before) != _cards(after):
            self.refresh()

    def _mark_current(self) -> None:
        for index in range(self._cards.count()):
            item = self._cards.itemAt(index)
            card = item.widget() if item is not None else None
            if isinstance(card, PhotoCard):
                card.mark(card.photo_id == self._bench.photo_id)


def _cards(case: Case) -> tuple[tuple[Id, View], ...]:
    """What the cards show that an edit can change."""
    return tuple((photo.id, photo.view) for photo in case.photos)


class PhotoCard(QFrame):
    """One photo: picture, view, when it was taken, its size; remove."""

    def __init__(self, bench: Workbench, photo: Photo) -> None:
        super().__init__()
        self._bench, self.photo_id = bench, photo.id
        self.setFixedHeight(96)
        picture = QLabel()
        picture.setFixedSize(54, 72)
        thumb = bench.pictures.thumbnail(photo.sha256, 54, 72)
        if thumb is not None:
            picture.setPixmap(thumb)
        view = QComboBox()
        view.setAccessibleName(QCoreApplication.translate("Photos", "View"))
        for one, words in VIEWS.items():
            view.addItem(named(words), one)
        view.setCurrentIndex(list(VIEWS).index(photo.view))
        view.activated.connect(lambda index: self._set_view(View(view.itemData(index))))
        remove = icon_button(
            bench.look.icon("trash-2"), QCoreApplication.translate("Photos", "Remove photo")
        )
        bench.look.dress(remove, "trash-2")
        remove.clicked.connect(partial(remove_from, bench, photo.id))
        top = QHBoxLayout()
        top.addWidget(view, 1)
        top.addWidget(remove)
        words_column = QVBoxLayout()
        words_column.setSpacing(2)
        words_column.addLayout(top)
        words_column.addWidget(text(_taken_words(photo), "caption"))
        words_column.addWidget(text(_size_words(photo), "caption"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 8, 12)
        layout.setSpacing(12)
        layout.addWidget(picture)
        layout.addLayout(words_column, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mark(self, current: bool) -> None:
        """Show whether this is the photo on the canvas."""
        self.setProperty("card", "selected" if current else "true")
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, _event: object) -> None:
        """A click puts the photo on the canvas."""
        self._bench.show_photo(self.photo_id)

    def _set_view(self, view: View) -> None:
        label = QCoreApplication.translate("Steps", "Change view")
        self._bench.apply(label, lambda case: set_view(case, self.photo_id, view))


def remove_from(bench: Workbench, photo_id: Id) -> None:
    """Remove a photo from the case; the step's name tells what goes with it."""
    bench.apply(removal_label(bench.case, photo_id), lambda case: remove_photo(case, photo_id))


def remove_shown(bench: Workbench) -> None:
    """Remove the photo on the canvas."""
    if bench.photo is not None:
        remove_from(bench, bench.photo_id)


def missing_words(case: Case) -> str:
    """Which of the needed views are not there yet; empty when none is missing."""
    there = {photo.view for photo in case.photos}
    missing = [view_name(view) for view in NEEDED if view not in there]
    if not missing:
        return ""
    words = QCoreApplication.translate("Photos", "Still missing: {views}.")
    return words.format(views=", ".join(missing))


def _taken_words(photo: Photo) -> str:
    if photo.taken is None:
        return QCoreApplication.translate("Photos", "Date unknown")
    return photo.taken[:10]


def _size_words(photo: Photo) -> str:
    megapixels = photo.width * photo.height / 1e6
    size = f"{photo.width} × {photo.height} px, {megapixels:.0f} MP"
    return size if photo.focal_mm35 is None else f"{size}, {photo.focal_mm35:.0f} mm"


class PhotosStage(Stage):
    """Tells whether the needed views are there."""

    bench: Workbench

    def finished(self) -> bool:
        """No needed view is missing."""
        return bool(self.bench.case.photos) and not missing_words(self.bench.case)


def make_stage(bench: Workbench) -> Stage:
    """The stage, wired to the workbench."""
    panel = PhotosPanel(bench)
    row = text(QCoreApplication.translate("Photos", "Drop photos anywhere on the window."), "hint")
    stage = PhotosStage(
        "photos", QCoreApplication.translate("Stages", "Photos"), panel, row, ("select",)
    )
    stage.bench = bench
    panel.refresh()
    return stage
