"""The showing half of the canvas: one photo with pigment and design, zoomed and panned."""

import logging
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.editing.overlay import Overlay
from studio.editing.toolbox import Toolbox
from studio.imaging.pyramid import Pyramid
from studio.model.case import Case, Ghost
from studio.model.chart import Point
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.render.lettering import Lettering, halo_text, text_size
from studio.render.scene import Scene
from studio.render.view_options import ViewOptions
from studio.render.viewport import Viewport
from studio.skin.skinmap import SkinMap

log = logging.getLogger(__name__)

WAITING = Lettering(13, 500)


class PhotoView(QWidget):
    """Shows what the toolbox works on. Nothing is drawn but the backdrop while there is no photo.

    `zoom_changed` tells screen pixels per photo pixel; `said` one sentence for the person;
    `failed` that the program made a mistake, once for each kind.
    """

    zoom_changed = Signal(float)
    said = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._toolbox: Toolbox | None = None
        self._scene: Scene | None = None
        self._pyramid: Pyramid | None = None
        self._options = ViewOptions()
        self._overlay: Overlay = ()
        self._overlay_box = QRectF()
        self._shown_skin: SkinMap | None = None
        self._stale = True
        self._fitted = True
        self._outdated = False
        self._reported: set[str] = set()
        self._refused = ""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(lambda: self.guarded(self._catch_up))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def options(self) -> ViewOptions:
        """The switches as they are."""
        return self._options

    @property
    def viewport(self) -> Viewport | None:
        """Where the photo lies; None without one."""
        return self._scene.viewport if self._scene else None

    @property
    def zoom(self) -> float:
        """Screen pixels per photo pixel; 0 without a photo."""
        viewport = self.viewport
        return viewport.scale * viewport.ratio if viewport else 0.0

    @property
    def outdated(self) -> bool:
        """Whether it says that a newer picture is being made."""
        return self._outdated

    @property
    def skin(self) -> SkinMap | None:
        """The skin map of the photo shown."""
        return self._toolbox.desk.skin if self._toolbox and self._scene else None

    def set_toolbox(self, toolbox: Toolbox | None) -> None:
        """Work with these tools on their desk; None when there is no photo."""
        self._toolbox = toolbox
        self.refresh()

    def set_photo(self, photo: Photo | None, pyramid: Pyramid | None = None) -> None:
        """Show a photo, fitted; None for none.

        Without a pyramid the canvas says that the photo is being opened: call again when
        it is there. The same photo keeps its place in the view.
        """
        if photo is None:
            self._scene = None
        elif self._scene is None or self._scene.photo.id != photo.id:
            self._scene = Scene(photo, self._blank(photo).fitted())
            self._scene.switch(self._options)
            self._fitted = True
            self._scene.show(pyramid)
        else:
            self._scene.photo = photo
            if pyramid is not self._pyramid:
                self._scene.show(pyramid)
        self._pyramid, self._outdated = pyramid, False
        self.refresh()
        self.update()
        self.zoom_changed.emit(self.zoom)

    def lay(self, ghost: Ghost | None, pyramid: Pyramid | None) -> None:
        """Lay an old photo under the drawing, or none."""
        if self._scene is not None:
            self._scene.lay(ghost, pyramid)
            self.update()

    def set_outdated(self) -> None:
        """Say, until a picture is set, that a newer one of what is shown is being made."""
        self._outdated = True
        self.update()

    def set_options(self, options: ViewOptions) -> None:
        """Switch things on or off."""
        self._options = options
        if self._scene is not None:
            self._scene.switch(options)
        self.refresh()
        self.update()

    def case_changed(self, _before: Case, after: Case) -> None:
        """Show the case as it is now; a listener of the history."""
        if self._scene is not None:
            same = (photo for photo in after.photos if photo.id == self._scene.photo.id)
            self._scene.photo = next(same, self._scene.photo)
        self.refresh()

    def refresh(self) -> None:
        """Look again at case, skin map, selection and tool, before the next paint."""
        self._stale = True
        self._later.start()

    def fit(self) -> None:
        """Show the whole photo."""
        if self._scene is not None:
            self._look(self._scene.viewport.fitted())
            self._fitted = True

    def show_place(self, at: Point, px_per_mm: float) -> bool:
        """Bring a chart point into the middle, magnified at least so far; False if it is not seen.

        `px_per_mm` are view pixels per millimetre of skin.
        """
        skin = self.skin
        if self._scene is None or skin is None:
            return False
        place = np.array([at])
        px = skin.to_photo(place)
        if not np.isfinite(px).all():
            return False
        viewport = self._scene.viewport
        scale = viewport.scale
        if skin.scaled:
            per_mm = float((skin.px_per_unit(place) / np.sqrt(skin.area_scale(place)))[0])
            scale = max(scale, px_per_mm / per_mm)
        near = viewport.scaled(scale, viewport.centre)
        (x, y), middle = near.to_view(px)[0], near.centre
        self._look(near.panned(middle[0] - x, middle[1] - y))
        return True

    def zoom_by(self, factor: float, at: Point | None = None) -> None:
        """Zoom; the view position `at` stays, by default the middle."""
        if self._scene is not None:
            viewport = self._scene.viewport
            self._look(viewport.zoomed(factor, at or viewport.centre))

    def zoom_to(self, zoom: float) -> None:
        """Show the photo at so many screen pixels per photo pixel."""
        if self._scene is not None:
            viewport = self._scene.viewport
            self._look(viewport.scaled(zoom / viewport.ratio, viewport.centre))

    def actual_mm(self, px_per_mm: float | None = None) -> bool:
        """Show the skin in the middle of the view 1:1; False, and a sentence said, if impossible.

        `px_per_mm` are the screen's logical pixels per millimetre; by default as it says itself.
        """
        skin = self.skin
        if self._scene is None or skin is None:
            return False
        if not skin.scaled:
            self.said.emit(
                QCoreApplication.translate(
                    "Canvas", "This view has no scale. Measure it first, then show it 1:1."
                )
            )
            return False
        density = px_per_mm or self._screen_px_per_mm()
        if density is None:
            self.said.emit(
                QCoreApplication.translate(
                    "Canvas", "The screen does not tell its size, so 1:1 cannot be shown."
                )
            )
            return False
        viewport = self._scene.viewport
        middle = skin.to_skin(viewport.to_photo(np.array([viewport.centre])))
        if not np.isfinite(middle).all():
            self.said.emit(
                QCoreApplication.translate(
                    "Canvas", "Move the skin into the middle of the view first."
                )
            )
            return False
        per_mm = float((skin.px_per_unit(middle) / np.sqrt(skin.area_scale(middle)))[0])
        self._look(viewport.scaled(density / per_mm, viewport.centre))
        return True

    def guarded(self, work: Callable[[], object]) -> None:
        """Do something; a mistake of the program is told once and undoes the open gesture."""
        try:
            work()
        except Refusal as refusal:
            if str(refusal) != self._refused:
                self.said.emit(str(refusal))
            self._refused = str(refusal)
        except Exception as error:  # noqa: BLE001 - the last line of defence, told and logged
            self._report(error)

    def _look(self, viewport: Viewport) -> None:
        if self._scene is None or viewport == self._scene.viewport:
            return
        zoomed = viewport.scale != self._scene.viewport.scale
        self._scene.look(viewport)
        self._fitted = False
        self.refresh()
        self.update()
        if zoomed:
            self.zoom_changed.emit(self.zoom)

    def _catch_up(self) -> None:
        """Take in what changed since the last paint, and have just that painted."""
        self._stale = False
        self._later.stop()
        scene, toolbox = self._scene, self._toolbox
        if scene is None or toolbox is None:
            return
        desk = toolbox.desk
        words = scene.dots > 0, self._shown_skin
        soiled = scene.follow(desk.history.case, desk.skin, desk.selection.items)
        self._refused = ""
        self._overlay = toolbox.overlay
        box = scene.overlay_box(self._overlay, desk.skin)
        dirty = soiled | self._overlay_box | box
        self._overlay_box = box
        self._shown_skin = desk.skin
        if words != (scene.dots > 0, desk.skin):
            dirty = QRectF(self.rect())  # caption and scale bar say something else
        if not dirty.isEmpty():
            self.update(dirty.toAlignedRect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part asked for; never raises."""
        painter = QPainter(self)
        self.guarded(lambda: self._paint(painter, QRectF(event.rect())))
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        self._fit_screen()
        if self._stale:
            self._catch_up()
        if self._scene is None or self._toolbox is None:
            painter.fillRect(box, QColor(self._options.backdrop_colour))
            return
        self._scene.paint(painter, box, self._overlay, self._toolbox.desk.skin)
        if self._pyramid is None:
            words = QCoreApplication.translate("Canvas", "Opening the photo")
            width, _ = text_size(words, WAITING)
            at = QPointF((self.width() - width) / 2, self.height() / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            halo_text(painter, at, words, WAITING)
        elif self._outdated:
            words = QCoreApplication.translate("Canvas", "Updating the map…")
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._scene.paint_state(painter, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the photo fitted, or its middle in the middle."""
        self.guarded(self._fit_screen)

    def _fit_screen(self) -> None:
        """Follow the widget's size and the screen's pixel ratio."""
        if self._scene is None:
            return
        now = self._scene.viewport
        size = float(self.width()), float(self.height()), self.devicePixelRatioF()
        if size == (now.width, now.height, now.ratio):
            return
        sized = now.resized(*size)
        fitted = self._fitted
        self._look(sized.fitted() if fitted else sized)
        self._fitted = fitted

    def _blank(self, photo: Photo) -> Viewport:
        return Viewport(
            float(max(self.width(), 1)),
            float(max(self.height(), 1)),
            (photo.width, photo.height),
            mirror=self._options.mirror_view,
            ratio=self.devicePixelRatioF(),
        )

    def _screen_px_per_mm(self) -> float | None:
        screen = self.screen()
        width = screen.physicalSize().width()
        return screen.geometry().width() / width if width > 0 else None

    def _report(self, error: Exception) -> None:
        if self._toolbox is not None:
            self._toolbox.desk.history.cancel_open()
        kind = f"{type(error).__name__}: {error}"
        if kind in self._reported:
            return
        self._reported.add(kind)
        log.error("the canvas met a mistake in the program", exc_info=error)
        self.failed.emit(
            QCoreApplication.translate(
                "Canvas",
                "Something went wrong here. The last gesture was taken back; go on or save.",
            )
        )
