"""What the parts of the Measure stage do together: mark, remove, choose, resize, search, join."""

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from studio.editing.edits.measurements import (
    measurement_of,
    resize_measurement,
    take_scale_from,
)
from studio.editing.tools.outline import OutlineTool
from studio.editing.tools.pencil import PencilTool
from studio.editing.tools.survey import SurveyTool
from studio.editing.tools.survey_figures import Target
from studio.model.photo import LandmarkKind, MeasurementKind, Photo
from studio.skin.references import references
from studio.ui.canvas_link import CanvasLink
from studio.ui.stages.measure_find import StickerSearch
from studio.ui.stages.measure_join import HeadJoiner, Joining
from studio.ui.stages.measure_overlay import HeadOverlay
from studio.ui.stages.measure_words import (
    SURVEY_WORDS,
    name_of,
    needed,
    outline_words,
    spot_words,
)
from studio.ui.workbench import Workbench


class MeasureDesk(QObject):
    """Holds the tools that mark, and the fit of the head.

    `asked_changed` tells that something else is to be marked, `hand_changed` that one of
    the tools was taken up or put away.
    """

    asked_changed = Signal()
    hand_changed = Signal()

    def __init__(self, bench: Workbench, link: CanvasLink, joining: Joining | None = None) -> None:
        super().__init__()
        self.bench, self.link = bench, link
        self.joiner = HeadJoiner(bench, joining)
        self._lies_over = HeadOverlay(bench, link, self.joiner)
        under = self._lies_over.with_outline
        self.tool = SurveyTool(SURVEY_WORDS, self.size_of, self.joiner.expected, under)
        self.outline = OutlineTool(outline_words, self._lies_over.shapes)
        self.pencil = PencilTool(spot_words, self._lies_over.pencil_expected, under)
        self.search = StickerSearch(bench)
        self._typed: dict[MeasurementKind, float] = {}
        self._told: tuple[object, ...] = ()
        self._held = ""
        bench.desk_changed.connect(self._tell)

    @property
    def photo(self) -> Photo | None:
        """The photo on the canvas."""
        return self.bench.photo

    @property
    def in_hand(self) -> bool:
        """Whether the survey tool is in hand."""
        return self.held == self.tool.name

    @property
    def held(self) -> str:
        """The name of the tool in hand if it is one of those that mark; else empty."""
        box = self.bench.toolbox
        ours = (self.tool, self.outline, self.pencil)
        return box.current.name if box is not None and box.current in ours else ""

    def take(self) -> None:
        """Take the survey tool in hand, and put the others on the desk."""
        box = self.bench.toolbox
        if box is not None:
            box.tools |= {self.outline.name: self.outline, self.pencil.name: self.pencil}
        if not self.in_hand:
            words = QCoreApplication.translate("Measure", "Measure")
            self.link.take_custom_tool(self.tool, words, "crosshair")

    def take_outline(self, *, brush: bool) -> None:
        """Take the outline in hand, by its points or by the brush."""
        self.take()
        self.outline.brush = brush
        self.link.take_tool(self.outline.name)
        self._show()

    def take_pencil(self, number: int) -> None:
        """Have a pencil spot marked."""
        self.take()
        self.link.take_tool(self.pencil.name)
        if self.bench.toolbox is not None:
            self.pencil.choose(self.bench.toolbox.desk, number)
            self._show()

    def show_wires(self, on: bool) -> None:
        """Draw the wire frame of the head or not."""
        self._lies_over.wires = on
        self.link.refresh()

    def adjust(self) -> None:
        """Stop marking; what is marked can be dragged."""
        self.take()
        if self.bench.toolbox is not None:
            self.tool.stop(self.bench.toolbox.desk)
            self._show()

    def mark(self, target: Target, *, insist: bool = False) -> None:
        """Have a measurement or a landmark marked; after a needed landmark the other ones."""
        self.take()
        if self.bench.toolbox is None:
            return
        then = self._unmarked(target) if isinstance(target, LandmarkKind) else ()
        self.tool.ask(self.bench.toolbox.desk, target, then, insist=insist)
        self._show()

    def skip(self) -> None:
        """Go on without the landmark that is asked for."""
        if self.bench.toolbox is not None:
            self.tool.skip(self.bench.toolbox.desk)
            self._show()

    def remove(self, target: Target) -> None:
        """Take a mark out of the photo."""
        if self.bench.toolbox is not None:
            self.tool.remove(self.bench.toolbox.desk, target)
            self.link.refresh()

    def choose(self, kind: MeasurementKind) -> None:
        """Take the scale from this; what is not marked yet is marked first."""
        photo = self.photo
        if photo is None:
            return
        if measurement_of(self.bench.case, photo.id, kind) is None:
            self.mark(kind, insist=True)
            return
        words = QCoreApplication.translate("Steps", "Take scale from {way}")
        label = words.format(way=name_of(kind).lower())
        self.bench.apply(label, lambda case: take_scale_from(case, photo.id, kind))

    def size_of(self, kind: MeasurementKind) -> float:
        """The true size in mm of what is marked, else the one typed, else the usual one."""
        photo = self.photo
        marked = measurement_of(self.bench.case, photo.id, kind) if photo else None
        if marked is not None:
            return marked.size_mm
        return self._typed.get(kind, references()[kind].size_mm)

    def resize(self, kind: MeasurementKind, size_mm: float) -> None:
        """Give what is marked, or about to be, another true size."""
        self._typed[kind] = size_mm
        photo = self.photo
        if photo is None:
            return
        words = QCoreApplication.translate("Steps", "Change size of {way}")
        label = words.format(way=name_of(kind).lower())
        self.bench.apply(label, lambda case: resize_measurement(case, photo.id, kind, size_mm))

    def find(self) -> None:
        """Look for the sticker again."""
        self.search.begin(self.size_of(MeasurementKind.STICKER))

    def _unmarked(self, first: LandmarkKind) -> tuple[LandmarkKind, ...]:
        """The other needed landmarks without a mark; none after one that is optional."""
        photo = self.photo
        if photo is None or first not in needed(photo):
            return ()
        there = {mark.kind for mark in photo.landmarks}
        return tuple(kind for kind in needed(photo) if kind not in there and kind is not first)

    def _show(self) -> None:
        self.link.refresh()
        self.link.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        now = (self.tool.asked, self.tool.placed, self.pencil.number, self.outline.brush)
        if now != self._told:
            self._told = now
            self.asked_changed.emit()
        if self.held != self._held:
            self._held = self.held
            self.bench.work_flat(bool(self._held))
            self.hand_changed.emit()
