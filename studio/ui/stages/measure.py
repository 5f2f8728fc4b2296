"""The stage that gives photos their scale and marks their landmarks."""

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
from studio.ui.stages.measure_landmarks import AskCard, LandmarksSection
from studio.ui.stages.measure_row import MeasureRow
from studio.ui.stages.measure_ways import WaysSection
from studio.ui.workbench import Workbench


@dataclass
class MeasureStage(Stage):
    """The stage, with the desk its parts share."""

    desk: MeasureDesk = field(kw_only=True)

    def entered(self) -> None:
        """Take the marks in hand."""
        self.desk.take()

    def finished(self) -> bool:
        """Every photo that something is drawn on has a scale, and at least one photo has."""
        case = self.desk.bench.case
        measured = {photo.id for photo in case.photos if photo.plane.method is not None}
        variant = case.variant
        drawn = {c.chart for c in variant.curves} | {z.chart for z in variant.zones}
        photos = {photo.id for photo in case.photos}
        return bool(measured) and drawn & photos <= measured

    def measure_now(self) -> None:
        """The way without anything printed: two clicks on a ruler."""
        self.desk.mark(MeasurementKind.RULER)


class MeasurePanel(QWidget):
    """What to click next, how good the scale is, where it comes from, the landmarks."""

    def __init__(self, desk: MeasureDesk) -> None:
        super().__init__()
        self.ask = AskCard(desk)
        self.accuracy = AccuracySection(desk.bench)
        self.ways = WaysSection(desk)
        self.landmarks = LandmarksSection(desk)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.ask, self.accuracy, self.ways, self.landmarks):
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
        for part in (self.ask, self.accuracy, self.ways, self.landmarks):
            part.refresh()


def make_stage(bench: Workbench, link: CanvasLink, actions: Mapping[str, QAction]) -> MeasureStage:
    """Build the stage; its loupe lies on the canvas of `link`."""
    desk = MeasureDesk(bench, link)
    panel, row = MeasurePanel(desk), MeasureRow(desk)

    def picture() -> Pyramid | None:
        photo = bench.photo
        return bench.pictures.pyramid(photo.sha256) if photo else None

    loupe = Loupe(link.canvas, picture, lambda: link.canvas.viewport)

    def refresh() -> None:
        panel.refresh()
        row.refresh()

    def case_changed(before: Case, after: Case) -> None:
        if before.photos is not after.photos:
            refresh()

    def show_loupe() -> None:
        loupe.switch(desk.in_hand and row.loupe.isChecked())

    actions["find-sticker"].triggered.connect(desk.find)
    bench.photo_changed.connect(lambda _id: refresh())
    bench.open_case.changed.connect(case_changed)
    bench.open_case.replaced.connect(refresh)
    desk.asked_changed.connect(refresh)
    desk.hand_changed.connect(refresh)
    desk.hand_changed.connect(show_loupe)
    row.loupe_switched.connect(lambda _on: show_loupe())
    return MeasureStage(
        key="measure",
        title=QCoreApplication.translate("Stages", "Measure"),
        inspector=panel,
        context=row,
        tools=("survey", "", "measure"),
        desk=desk,
    )
