"""The main window: bars round the canvas, stages in the middle, everything wired together."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QSettings, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
)

from studio.model.chart import Point
from studio.render.tokens import Theme
from studio.ui import actions as action_table
from studio.ui import icons
from studio.ui.banner import NoScaleBanner
from studio.ui.canvas.canvas import Canvas
from studio.ui.canvas_link import CanvasLink
from studio.ui.clipboard_images import dropped_paths
from studio.ui.commands import commands
from studio.ui.context_bar import ContextBar
from studio.ui.dialogs.keys import show_keys
from studio.ui.dock import dock
from studio.ui.drop_panel import DropPanel
from studio.ui.edit_commands import EditCommands
from studio.ui.file_commands import FileCommands, MadeCase
from studio.ui.filmstrip import Filmstrip
from studio.ui.hair_search import HairSearch
from studio.ui.hairline_desk import HairlineDesk
from studio.ui.look import Look
from studio.ui.phrases import translated
from studio.ui.pointer_words import pointer_help, pointer_words
from studio.ui.rail import Rail
from studio.ui.recent_menu import add_recent_menu
from studio.ui.stage import Stage
from studio.ui.stage_bar import StageBar
from studio.ui.stages.measure import MeasureStage
from studio.ui.status_line import StatusLine, saved_words
from studio.ui.tools_table import TOOLS
from studio.ui.window_words import client_words, frames, scale_words
from studio.ui.workbench import Workbench

SMALLEST = (1280, 800)
INSPECTOR = 320
FRAME = QSize(8, 40)
"""What a desktop puts round a window, so that the status line is not below the screen."""


class Window(QMainWindow):
    """The studio. `stages` are shown in order; commands come from the tables.

    `outputs` are the commands that write files, by action id; `practice` makes the practice
    case and its pictures. `closed` tells that nothing is open any more.
    """

    closed = Signal()

    def __init__(
        self,
        bench: Workbench,
        make_stages: Callable[["Window"], tuple[Stage, ...]],
        outputs: Mapping[str, Callable[..., object]],
        practice: MadeCase,
    ) -> None:
        super().__init__()
        self.bench, self.practice = bench, practice
        self.look: Look = bench.look
        self.files = FileCommands(self, bench)
        self.edits = EditCommands(bench)
        self.hairlines = HairlineDesk(bench)
        self.canvas = Canvas(self)
        self.link = CanvasLink(bench, self.canvas)
        self.hair = HairSearch(bench, self.link)
        self._banner = NoScaleBanner(self.canvas, bench)
        self.actions_by_id = action_table.build(self, {**commands(self), **outputs})
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.setObjectName("window")
        self._private = False
        self._stage: Stage | None = None
        menus = action_table.fill_menus(self.menuBar(), self.actions_by_id)
        add_recent_menu(menus["File"], self.actions_by_id["save"], self.files.open)
        self.stages = make_stages(self)
        self._build_bars()
        self._build_middle()
        self._connect()
        self._start_values()
        self._case_replaced()

    def take_tool(self, tool: str) -> None:
        """Take up a tool of the rail."""
        self.link.take_tool(tool)

    def show_stage(self, key: str) -> None:
        """Go to a stage."""
        stage = next(s for s in self.stages if s.key == key)
        self._stage = stage
        self.bench.offer_map(key == "design")
        self.filmstrip.show_photos(frames(self.bench), self.bench.photo_id)
        self.stage_bar.show_stage(key)
        self._show_context(stage)
        self.rail.show_tools(stage.tools if self.bench.photo_id else ())
        self._inspector_stack.setCurrentWidget(stage.inspector)
        self._banner.serve(stage.key in {"measure", "design"})
        self._show_filmstrip()
        self._show_centre()
        if stage.tools:
            self.take_tool(stage.tools[0])
            self.canvas.setFocus()
        elif stage.centre is not None:
            stage.centre.setFocus()
        stage.entered()

    def say(self, words: str) -> None:
        """One sentence in the status line, for a while."""
        self.status.showMessage(translated(words), 8000)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work; the window goes only when nothing is lost."""
        if self.bench.open_case.saved:
            self._remember_place()
            self.bench.open_case.close()
            self.closed.emit()
            event.accept()
            return
        event.ignore()
        self.files.when_safe(self._close_for_good)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped anywhere."""
        if dropped_paths(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._drop_panel.show_hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went away."""
        self._drop_panel.show_hover(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take in what was dropped."""
        self._drop_panel.show_hover(False)
        event.acceptProposedAction()
        self.files.take_in_data(event.mimeData())

    def _build_bars(self) -> None:
        by_id = self.actions_by_id
        self.stage_bar = StageBar(
            self.look,
            [(stage.key, stage.title) for stage in self.stages],
            [(by_id["undo"], "undo-2"), (by_id["redo"], "redo-2"), (by_id["private"], "eye-off")],
        )
        self.context_bar = ContextBar()
        self.rail = Rail(self.look)
        self.status = StatusLine(self.look, (by_id["zoom-out"], by_id["zoom-in"], by_id["fit"]))
        top = Qt.ToolBarArea.TopToolBarArea
        self.addToolBar(top, self.stage_bar)
        self.addToolBarBreak(top)
        self.addToolBar(top, self.context_bar)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.rail)
        self.setStatusBar(self.status)

    def _build_middle(self) -> None:
        self._drop_panel = DropPanel(self.look)
        self._centre = QStackedWidget()
        for widget in (self._drop_panel, self.canvas):
            self._centre.addWidget(widget)
        self._inspector_stack = QStackedWidget()
        for stage in self.stages:
            self._inspector_stack.addWidget(stage.inspector)
            if stage.centre is not None:
                self._centre.addWidget(stage.centre)
        self.setCentralWidget(self._centre)
        self.filmstrip = Filmstrip(self.look, self._thumbnail)
        self._inspector_dock = dock(self._inspector_stack, "inspector")
        self._inspector_dock.setFixedWidth(INSPECTOR)
        self._filmstrip_dock = dock(self.filmstrip, "filmstrip")
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._inspector_dock)
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self._filmstrip_dock)
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)

    def _connect(self) -> None:
        bench, case = self.bench, self.bench.open_case
        bench.said.connect(self.say)
        bench.photo_changed.connect(lambda _id: self._photo_shown())
        bench.selection_changed.connect(self._show_steps)
        case.replaced.connect(self._case_replaced)
        case.changed.connect(lambda _before, _after: self._show_case())
        case.stepped.connect(self._show_steps)
        bench.pictures.ready.connect(lambda _sha: self._picture_ready())
        bench.pictures.failed.connect(lambda _sha, words: self.say(words))
        self.stage_bar.chosen.connect(self.show_stage)
        self.rail.chosen.connect(self.take_tool)
        self.link.tool_taken.connect(self._show_tool)
        self.link.guides_shown.connect(lambda: self.actions_by_id["guides"].setChecked(True))
        self.filmstrip.chosen.connect(bench.show_photo)
        self.filmstrip.add_wanted.connect(self.files.ask_photos)
        self._drop_panel.choose_wanted.connect(self.files.ask_photos)
        self._drop_panel.stickers_wanted.connect(self.actions_by_id["stickers"].trigger)
        self._drop_panel.practice_wanted.connect(self.actions_by_id["practice"].trigger)
        self._banner.wanted.connect(self._measure_now)
        self.canvas.pointer_moved.connect(self._show_pointer)
        self.canvas.zoom_changed.connect(self.status.show_zoom)
        self.canvas.hint_changed.connect(self._show_hint)
        self.canvas.said.connect(self.say)
        self.canvas.failed.connect(self.say)

    def _start_values(self) -> None:
        chosen = (f"guide-{kind.value}" for kind in self.link.chosen_guides)
        for name in ("dots", "overlays", "panels", "twin", "snap", "guides", "hair", *chosen):
            action = self.actions_by_id[name]
            blocked = action.blockSignals(True)
            action.setChecked(True)
            action.blockSignals(blocked)
        light = self.actions_by_id["light"]
        light.blockSignals(True)
        light.setChecked(self.look.theme is Theme.LIGHT)
        light.blockSignals(False)
        place = QSettings().value("window/geometry")
        if place is not None:
            self.restoreGeometry(place)
        else:
            room = self.screen().availableSize() - FRAME
            self.resize(QSize(1600, 1000).boundedTo(room))

    def _case_replaced(self) -> None:
        self._show_case()
        self._photo_shown()
        self._show_steps()
        self.show_stage("design" if self._has_design() else "photos")

    def _has_design(self) -> bool:
        variant = self.bench.case.variant
        return bool(variant.curves or variant.zones)

    def _photo_shown(self) -> None:
        self._show_case()
        if self._stage is not None:
            self.rail.show_tools(self._stage.tools if self.bench.photo_id else ())
            self._show_centre()
            self._show_filmstrip()
            self._show_context(self._stage)

    def _show_case(self) -> None:
        self.filmstrip.show_photos(frames(self.bench), self.bench.photo_id)
        photo, skin = self.bench.shown, self.bench.skin
        if photo is not None and skin is not None:
            self.status.show_scale(scale_words(photo, skin), known=skin.scaled)
        else:
            self.status.show_scale("", known=True)
        self._show_client()
        for stage in self.stages:
            self.stage_bar.mark_finished(stage.key, stage.finished())

    def _show_client(self) -> None:
        case = self.bench.case
        first = case.photos[0].sha256 if case.photos else ""
        name, number = client_words(case, private=self._private, fallback=self.files.case_name())
        hidden = self._private or not first
        picture = None if hidden else self.bench.pictures.thumbnail(first, 32, 32)
        self.stage_bar.chip.show_client(name, number, picture)

    def _show_steps(self) -> None:
        self._show_client()
        history, by_id = self.bench.open_case.history, self.actions_by_id
        for name, label in (("undo", history.undo_label), ("redo", history.redo_label)):
            words = action_table.words("Undo" if name == "undo" else "Redo")
            by_id[name].setText(f"{words}: {translated(label)}" if label else words)
            by_id[name].setEnabled(bool(label))
        open_case = self.bench.open_case
        self.status.show_saved(saved_words(open_case.saved, open_case.saved_at))
        title = QCoreApplication.translate("Window", "Hairline Studio")
        shown = f"{title}[*]" if self._private else f"{self.files.case_name()}[*] – {title}"
        self.setWindowTitle(shown)
        self.setWindowModified(not open_case.saved)

    def _show_pointer(self, at: Point | None) -> None:
        skin, of_case = self.canvas.skin, self.bench.skin
        # while marks are set a photo of the head shows its plane, which is not what it measures by
        if at is None or skin is None or of_case is None or skin.chart != of_case.chart:
            self.status.show_pointer("")
            return
        self.status.show_pointer(
            pointer_words(self.bench, skin, at), pointer_help(self.bench, skin)
        )

    def _show_tool(self, tool: str, name: str, icon: str) -> None:
        self.rail.show_tool(tool)
        self.context_bar.show_tool(
            name, icons.pixmap(icon, self.look.tokens.text, 20, self.devicePixelRatioF())
        )
        self._show_hint(self.link.hint)

    def _show_hint(self, hint: str) -> None:
        if self._stage is None or self._stage.tools:
            self.status.show_tool(self.link.tool_name, hint)

    def _show_context(self, stage: Stage) -> None:
        self.context_bar.show_row(stage.context)
        if stage.tools and self.bench.photo_id:
            self.link.tell_tool()
        else:
            self.context_bar.show_tool(stage.title, QPixmap())
            self.status.show_tool(stage.title, "")

    def _show_centre(self) -> None:
        stage = self._stage
        if stage is not None and stage.centre is not None and self.bench.photo_id:
            self._centre.setCurrentWidget(stage.centre)
        elif self.bench.photo_id:
            self._centre.setCurrentWidget(self.canvas)
        else:
            self._centre.setCurrentWidget(self._drop_panel)

    def _measure_now(self) -> None:
        """Go and measure; who is there already gets the way that needs nothing printed."""
        stage = self._stage
        if isinstance(stage, MeasureStage):
            stage.measure_now()
        else:
            self.show_stage("measure")

    def _show_filmstrip(self) -> None:
        wanted = self._stage is None or self._stage.filmstrip
        panels = self.actions_by_id["panels"].isChecked()
        self._filmstrip_dock.setVisible(wanted and panels and bool(self.bench.case.photos))

    def _picture_ready(self) -> None:
        self.filmstrip.refresh()
        self._show_case()

    def _thumbnail(self, photo_id: str, width: int, height: int) -> QPixmap | None:
        if photo_id not in self.bench.views:
            return None
        return self.bench.pictures.thumbnail(self.bench.photo_of(photo_id).sha256, width, height)

    def paste(self) -> None:
        """Paste files, a picture, or what was copied here."""
        if not self.files.take_in_data(QApplication.clipboard().mimeData()):
            self.edits.paste()

    def step_photo(self, by: int) -> None:
        """Show the photo so many places on, round the end; in a stage with pages, a page."""
        if self._stage is None or not self._stage.turn(by):
            self.bench.step_photo(by)

    def set_twin(self, on: bool) -> None:
        """Draw with a twin from now on; the selection gets or loses its own."""
        self.link.set_mirror(on)
        if self.edits.selected():
            self.edits.mirror(on)

    def set_private(self, on: bool) -> None:
        """Keep the name off the screen, or show it again."""
        self._private = on
        self._show_case()
        self._show_steps()

    def switch_theme(self, light: bool) -> None:
        """Dress the window light or dark."""
        self.look.switch(Theme.LIGHT if light else Theme.DARK)
        self.link.show_theme(self.look.theme)
        self._show_case()
        if self._stage is not None:
            self._show_context(self._stage)

    def show_panels(self, on: bool) -> None:
        """Show or hide everything round the canvas."""
        self._inspector_dock.setVisible(on)
        self.rail.setVisible(on)
        self._show_filmstrip()

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or go back."""
        if on:
            self.showFullScreen()
        else:
            self.showNormal()

    def show_keys(self) -> None:
        """Show the list of keys."""
        show_keys(self, [(spec.title, spec.key) for spec in TOOLS])

    def _close_for_good(self) -> None:
        self.bench.open_case.history.mark_saved(self.bench.open_case.case)
        self.close()

    def _remember_place(self) -> None:
        QSettings().setValue("window/geometry", self.saveGeometry())
