"""The stage that gives photos their scale, marks them, and joins them into a head."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from studio.imaging.pyramid import Pyramid
from studio.model.case import Case
from studio.model.photo import MeasurementKind
from studio.ui.canvas_link import CanvasLink
from studio.ui.loupe import Loupe
from studio.ui.stage import Stage
from studio.ui.stages.measure_accuracy import AccuracySection
from studio.ui.stages.measure_desk import MeasureDesk
from studio.ui.stages.measure_head import HeadSection
from studio.ui.stages.measure_join import Joining
from studio.ui.stages.measure_landmarks import AskCard, LandmarksSection
from studio.ui.stages.measure_outline import OutlineSearch, OutlineSection
from studio.ui.stages.measure_pencil import PencilSection
from studio.ui.stages.measure_row import MeasureRow
from studio.ui.stages.measure_tape import TapeSection
from studio.ui.stages.measure_ways import WaysSection
from studio.ui.workbench import Workbench


@dataclass
class MeasureStage(Stage):
    """The stage, with the desk its parts share."""

    desk: MeasureDesk = field(kw_only=True)

    def entered(self) -> None:
        """Take the marks in hand."""
        self.desk.take()
        self.desk.joiner.prepare()

    def finished(self) -> bool:
        """Every photo that something is drawn on has a scale, and at least one photo has."""
        case = self.desk.bench.case
        measured = {p.id for p in case.photos if self.desk.bench.open_case.skin(p.id).scaled}
        variant = case.variant
        drawn = {c.chart for c in variant.curves} | {z.chart for z in variant.zones}
        photos = {photo.id for photo in case.photos}
        return bool(measured) and drawn & photos <= measured

    def measure_now(self) -> None:
        """The way without anything printed: two clicks on a ruler."""
        self.desk.mark(MeasurementKind.RULER)


class MeasurePanel(QWidget):
    """What to click next, how good the scale is, what is marked, and the head they give."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__()
        self.ask = AskCard(desk)
        self.accuracy = AccuracySection(desk.bench)
        self.ways = WaysSection(desk)
        self.landmarks = LandmarksSection(desk)
        self.outline_search = OutlineSearch(desk.bench)
        self.outline = OutlineSection(desk, self.outline_search)
        self.pencil = PencilSection(desk)
        self.tape = TapeSection(desk.bench)
        self.head = HeadSection(desk)
        self._parts = (
            self.ask,
            self.accuracy,
            self.ways,
            self.landmarks,
            self.head,
            self.outline,
            self.pencil,
            self.tape,
        )
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in self._parts:
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.refresh()

    def refresh(self) -> None:
        """Show the photo on the canvas and what is being marked."""
        for part in self._parts:
            part.refresh()


def make_stage(
    bench: Workbench,
    link: CanvasLink,
    actions: Mapping[str, QAction],
    joining: Joining | None = None,
) -> MeasureStage:
    """Build the stage; its loupe lies on the canvas of `link`. `joining` fits the head."""
    desk = MeasureDesk(bench, link, joining)
    panel, row = MeasurePanel(desk), MeasureRow(desk)

    def picture() -> Pyramid | None:
        photo = bench.photo
        return bench.pictures.pyramid(photo.sha256) if photo else None

    loupe = Loupe(link.canvas, picture, lambda: link.canvas.viewport)

    def refresh() -> None:
        panel.refresh()
        row.refresh()

    def case_changed(before: Case, after: Case) -> None:
        same = before.photos is after.photos and before.tape == after.tape
        if not same or before.head is not after.head:
            refresh()

    def show_loupe() -> None:
        loupe.switch(bool(desk.held) and row.loupe.isChecked())

    actions["find-sticker"].triggered.connect(desk.find)
    bench.photo_changed.connect(lambda _id: refresh())
    bench.open_case.changed.connect(case_changed)
    bench.open_case.replaced.connect(refresh)
    desk.asked_changed.connect(refresh)
    desk.hand_changed.connect(refresh)
    desk.hand_changed.connect(show_loupe)
    desk.joiner.changed.connect(panel.head.refresh)
    row.loupe_switched.connect(lambda _on: show_loupe())
    return MeasureStage(
        key="measure",
        title=QCoreApplication.translate("Stages", "Measure"),
        inspector=panel,
        context=row,
        tools=("survey", "outline", "pencil", "", "measure"),
        desk=desk,
    )
