"""Comparing two variants: a bar above the pictures, what differs beside them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
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

from studio.editing.selection import EMPTY
from studio.model.case import Variant
from studio.model.ids import Id
from studio.model.refusal import Refusal
from studio.pigment.tile import load_tile
from studio.planning.differences import Difference, differences
from studio.skin.maps import skin_maps
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas_link import CanvasLink
from studio.ui.compare_picture import ComparePicture, Way
from studio.ui.fields import Segments, rule, text
from studio.ui.phrases import translated
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.ui.window import Window

LIST_WIDTH = 264


def compare(window: "Window", way: Way) -> None:
    """Compare the shown variant with its neighbour; says so where there is only one."""
    bench = window.bench
    if len(bench.case.variants) < 2:
        bench.said.emit(
            QCoreApplication.translate(
                "Compare", "There is only one variant. Duplicate it, then compare the two."
            )
        )
        return
    if not bench.photo_id:
        return
    found = window.canvas.findChild(Compare)
    view = found if isinstance(found, Compare) else _made(window)
    view.begin(way)


def _made(window: "Window") -> "Compare":
    view = Compare(window.canvas, window.bench, window.link)
    window.stage_bar.chosen.connect(lambda _key: view.leave())
    return view


class Compare(QFrame):
    """Lies over the canvas while two variants are compared."""

    ended = Signal()

    def __init__(self, canvas: Canvas, bench: Workbench, link: CanvasLink) -> None:
        super().__init__(canvas)
        self._canvas, self._bench, self._link = canvas, bench, link
        self.setObjectName("inspectorFooter")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.picture = ComparePicture(bench, link.options)
        self.ways = Segments(
            QCoreApplication.translate("Compare", "Compare"),
            [
                (Way.SIDE.value, QCoreApplication.translate("Compare", "Side by side")),
                (Way.WIPE.value, QCoreApplication.translate("Compare", "Wipe")),
            ],
        )
        self.left = _chooser(QCoreApplication.translate("Compare", "Variant on the left"))
        self.right = _chooser(QCoreApplication.translate("Compare", "Variant on the right"))
        self.done = QPushButton(QCoreApplication.translate("Compare", "Done"))
        self.done.setMinimumHeight(32)
        self.done.setToolTip(QCoreApplication.translate("Compare", "Back to drawing (Esc)"))
        self.list = DifferenceList()
        self._lay_out()
        self.ways.chosen.connect(self._choose_way)
        for chooser in (self.left, self.right):
            chooser.activated.connect(self._chosen)
        self.done.clicked.connect(self.leave)
        self.picture.left.connect(self.leave)
        bench.photo_changed.connect(lambda _id: self._photo_changed())
        bench.pictures.ready.connect(lambda _sha: self._photo_changed())
        bench.open_case.changed.connect(lambda _before, _after: self._case_changed())
        bench.open_case.replaced.connect(self.leave)
        bench.look.changed.connect(self._dress)
        canvas.installEventFilter(self)
        self.hide()

    def begin(self, way: Way) -> None:
        """Show the chosen variant and its neighbour, unless two are compared already."""
        case = self._bench.case
        if self.isHidden():
            at = [variant.id for variant in case.variants].index(case.chosen)
            first = min(at, len(case.variants) - 2)
            self._bench.select(EMPTY)
            self._offer(case.variants, case.variants[first].id, case.variants[first + 1].id)
        self._dress()
        self.setGeometry(self._canvas.rect())
        self.show()
        self.raise_()
        self.ways.show_choice(way.value)
        self.picture.show_way(way)
        self.picture.show_photo(self._canvas.viewport)
        self._chosen()
        self.picture.setFocus()

    def leave(self) -> None:
        """Back to the canvas."""
        if not self.isHidden():
            self.hide()
            self.picture.forget()
            self._canvas.setFocus()
            self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the canvas whatever its size."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._canvas.rect())
        return super().eventFilter(watched, event)

    def _dress(self) -> None:
        """The canvas's switches, and the theme, which it may not have heard of yet."""
        options = replace(self._link.options, theme=self._bench.look.theme)
        self.picture.set_options(options)

    def _choose_way(self, key: str) -> None:
        self.picture.show_way(Way(key))
        self.picture.setFocus()

    def _offer(self, variants: Sequence[Variant], one: Id, other: Id) -> None:
        for chooser, chosen in ((self.left, one), (self.right, other)):
            chooser.clear()
            for variant in variants:
                chooser.addItem(f"{variant.letter} {variant.name}".strip(), variant.id)
            chooser.setCurrentIndex(max(chooser.findData(chosen), 0))

    def _chosen(self) -> None:
        one, other = self.left.currentData(), self.right.currentData()
        self.picture.show_variants(one, other)
        case = self._bench.case
        by_id = {variant.id: variant for variant in case.variants}
        was, now = by_id[one], by_id[other]
        tile = load_tile(case.placement.tile)
        try:
            found = differences(case, was, now, skin_maps(case), tile)
        except Refusal as refusal:
            self._bench.said.emit(str(refusal))
            found = ()
        self.list.show_differences(was, now, found)

    def _photo_changed(self) -> None:
        if not self.isHidden():
            self.picture.show_photo()

    def _case_changed(self) -> None:
        if self.isHidden():
            return
        variants = self._bench.case.variants
        if len(variants) < 2:
            self.leave()
            return
        self._offer(variants, self.left.currentData(), self.right.currentData())
        self._chosen()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(8)
        bar.addWidget(self.ways)
        bar.addWidget(self.left)
        bar.addWidget(text(QCoreApplication.translate("Compare", "and"), "hint"))
        bar.addWidget(self.right)
        bar.addStretch(1)
        bar.addWidget(self.done)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.picture, 1)
        row.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(rule())
        column.addLayout(row, 1)


class DifferenceList(QScrollArea):
    """What the second variant has otherwise than the first, in words."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(LIST_WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(QCoreApplication.translate("Compare", "Differences"))

    def show_differences(self, one: Variant, other: Variant, found: Sequence[Difference]) -> None:
        """One row for each difference, those of one thing under its name."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(2)
        title = QCoreApplication.translate("Compare", "{other} against {one}")
        column.addWidget(text(title.format(other=other.letter, one=one.letter), "heading"))
        if not found:
            column.addWidget(
                text(QCoreApplication.translate("Compare", "Nothing differs."), "hint", wrap=True)
            )
        last = ""
        for difference in found:
            if difference.subject != last:
                column.addSpacing(8)
                column.addWidget(text(translated(difference.subject), "hint", wrap=True))
                last = difference.subject
            column.addWidget(_words(translated(difference.words)))
        column.addStretch(1)
        self.setWidget(inner)


def _words(words: str) -> QLabel:
    label = text(words, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _chooser(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setMinimumWidth(120)
    box.setMinimumHeight(32)
    return box
