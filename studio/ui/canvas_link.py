"""Between workbench and canvas: what is shown, which tool is in hand, view switches."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Signal

from studio.editing.edits.ghosts import ghost_over
from studio.editing.edits.zones import ZoneStyle
from studio.editing.tool import Tool
from studio.editing.tools.freehand import FreehandTool
from studio.editing.tools.pen import PenTool
from studio.editing.tools.polygon import PolygonTool
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.curve import CurveRole
from studio.planning.guide import GuideKind, sitting
from studio.planning.guides import guides
from studio.render.guide_words import guide_name
from studio.render.tokens import Theme
from studio.render.view_options import USUAL_GUIDES, ViewOptions
from studio.skin.maps import skin_maps
from studio.ui.canvas.canvas import Canvas
from studio.ui.phrases import translated
from studio.ui.tools_table import BY_ID
from studio.ui.view_words import LANDMARKS, named
from studio.ui.workbench import Workbench

ZOOM_STEP = 1.25
GUIDES_KEY = "view/guides"


class CanvasLink(QObject):
    """Keeps the canvas at what the workbench has.

    `tool_taken` tells id, name and icon; `guides_shown` that guides were off and are on.
    """

    tool_taken = Signal(str, str, str)
    guides_shown = Signal()

    def __init__(self, bench: Workbench, canvas: Canvas) -> None:
        super().__init__()
        self._bench, self.canvas = bench, canvas
        self._guides = _kept_guides()
        self._options = ViewOptions(theme=bench.look.theme, guides=self._guides)
        self._custom: dict[str, tuple[str, str]] = {}
        self._style = ZoneStyle()
        self._role = CurveRole.HAIRLINE
        self._taken = ""
        bench.photo_changed.connect(lambda _id: self._show_photo())
        bench.pictures.ready.connect(self._picture_ready)
        bench.desk_changed.connect(self._desk_changed)
        bench.open_case.changed.connect(self._case_changed)
        canvas.set_options(self._options)

    @property
    def hint(self) -> str:
        """What to do now with the tool in hand."""
        return translated(self._bench.toolbox.hint) if self._bench.toolbox else ""

    @property
    def tool_name(self) -> str:
        """The tool in hand, in the person's language."""
        return self._words(self._taken)[0]

    @property
    def options(self) -> ViewOptions:
        """The view's switches."""
        return self._options

    def take_tool(self, tool: str) -> None:
        """Take up a tool of the toolbox by its id."""
        box = self._bench.toolbox
        if box is not None and tool in box.tools:
            box.take(tool)

    def take_custom_tool(self, tool: Tool, name: str, icon: str) -> None:
        """Take up a tool that is not on the rail, such as one that marks a ruler."""
        box = self._bench.toolbox
        if box is not None:
            box.tools[tool.name] = tool
            self._custom[tool.name] = (name, icon)
            self._taken = ""
            box.take(tool.name)

    def draw_zones_as(self, style: ZoneStyle) -> None:
        """What the zone tools draw from now on."""
        self._style = style
        self._dress_tools()

    def draw_curves_as(self, role: CurveRole) -> None:
        """What the pen draws from now on."""
        self._role = role
        self._dress_tools()

    def show_dots(self, on: bool) -> None:
        """Draw the dots or not."""
        self._switch(replace(self._options, dots=on))

    def show_true_tone(self, on: bool) -> None:
        """Draw the dots as dark as they look, or stronger, to plan with."""
        self._switch(replace(self._options, true_tone=on))

    def show_overlays(self, on: bool) -> None:
        """Draw curves, zones and marks or not."""
        self._switch(replace(self._options, overlays=on))

    def show_mirrored(self, on: bool) -> None:
        """Show the photo as in a mirror, or as taken."""
        self._switch(replace(self._options, mirror_view=on))

    def show_hair(self, on: bool) -> None:
        """Ring the follicles that were found, or do not."""
        self._switch(replace(self._options, hair=on))

    def show_theme(self, theme: Theme) -> None:
        """Paint the surround in the theme's colour."""
        self._switch(replace(self._options, theme=theme))

    def show_guide(self, kind: GuideKind, on: bool) -> None:
        """Lay one guide over the photo, or take it away; with it guides are shown."""
        self._guides = self._guides | {kind} if on else self._guides - {kind}
        QSettings().setValue(GUIDES_KEY, sorted(kind.value for kind in self._guides))
        self.show_guides(True)
        self.guides_shown.emit()
        if on:
            self._say_missing(kind)

    def _say_missing(self, kind: GuideKind) -> None:
        """Say which landmarks a guide needs, if it cannot be laid over the photo shown."""
        photo, skin = self._bench.shown, self._bench.skin
        if photo is None or skin is None:
            return
        at = sitting(self._bench.case, photo, skin, skin_maps(self._bench.case))
        missing = [mark for guide in guides(at, frozenset({kind})) for mark in guide.missing]
        if missing:
            words = QCoreApplication.translate(
                "Guides", "{guide} needs {marks}. Mark them in Measure."
            )
            marks = ", ".join(named(LANDMARKS[mark]) for mark in missing)
            self._bench.said.emit(words.format(guide=guide_name(kind), marks=marks))

    def show_guides(self, on: bool) -> None:
        """Show the chosen guides, or none."""
        self._switch(replace(self._options, guides=self._guides if on else frozenset()))

    @property
    def chosen_guides(self) -> frozenset[GuideKind]:
        """The guides that are laid over the photo when guides are shown."""
        return self._guides

    def zoom_in(self) -> None:
        """A step nearer."""
        self.canvas.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """A step away."""
        self.canvas.zoom_by(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole photo."""
        self.canvas.fit()

    def photo_pixels(self) -> None:
        """One photo pixel on one screen pixel."""
        self.canvas.zoom_to(1.0)

    def real_size(self) -> None:
        """A millimetre of skin is a millimetre on the screen."""
        self.canvas.actual_mm()

    def set_mirror(self, on: bool) -> None:
        """Draw new things with a twin or without."""
        self._bench.switch(mirror=on)

    def set_snap(self, on: bool) -> None:
        """Snap or do not."""
        self._bench.switch(snap=on)

    def tell_tool(self) -> None:
        """Say again which tool is in hand: its icon wants another colour."""
        self.tool_taken.emit(self._taken, *self._words(self._taken))

    def refresh(self) -> None:
        """Paint again."""
        self.canvas.refresh()
        self.canvas.update()

    def _switch(self, options: ViewOptions) -> None:
        self._options = options
        self.canvas.set_options(options)

    def _show_photo(self) -> None:
        photo = self._bench.shown
        self._dress_tools()
        pyramid = self._bench.pictures.pyramid(photo.sha256) if photo else None
        self.canvas.set_toolbox(self._bench.toolbox)
        self.canvas.set_photo(photo, pyramid)
        self._lay_ghost()
        self._desk_changed()

    def _lay_ghost(self) -> None:
        """The old photo that lies under the one shown, as soon as it is decoded."""
        case = self._bench.case
        ghost = ghost_over(case, self._bench.photo_id)
        sha = next((p.sha256 for p in case.photos if ghost and p.id == ghost.photo), "")
        self.canvas.lay(ghost, self._bench.pictures.pyramid(sha))

    def _case_changed(self, before: Case, after: Case) -> None:
        self.canvas.case_changed(before, after)
        if before.ghosts is not after.ghosts or before.photos is not after.photos:
            self._lay_ghost()
        photo = self._bench.shown
        if before.head is not after.head and photo is not None and photo.id == HEAD:
            # until the page is drawn anew the last one is better than none
            self.canvas.set_outdated()
            self._picture_ready(photo.sha256)

    def _picture_ready(self, sha: str) -> None:
        photo = self._bench.shown
        pyramid = self._bench.pictures.pyramid(sha)
        if photo is not None and photo.sha256 == sha and pyramid is not None:
            self.canvas.set_photo(photo, pyramid)
        self._lay_ghost()

    def _desk_changed(self) -> None:
        box = self._bench.toolbox
        if box is not None and box.current.name != self._taken:
            self._taken = box.current.name
            self.tool_taken.emit(self._taken, *self._words(self._taken))
        self.canvas.refresh()

    def _words(self, tool: str) -> tuple[str, str]:
        spec = BY_ID.get(tool)
        if spec is not None:
            return spec.title, spec.icon
        return self._custom.get(tool, ("", "crosshair"))

    def _dress_tools(self) -> None:
        box = self._bench.toolbox
        if box is None:
            return
        for tool in box.tools.values():
            if isinstance(tool, PolygonTool | FreehandTool):
                tool.style = self._style
            elif isinstance(tool, PenTool):
                tool.role = self._role


def _kept_guides() -> frozenset[GuideKind]:
    """The guides chosen last; the usual ones at first."""
    kept = QSettings().value(GUIDES_KEY)
    if kept is None:
        return USUAL_GUIDES
    names = kept if isinstance(kept, list) else [kept]
    return frozenset(kind for kind in GuideKind if kind.value in names)
