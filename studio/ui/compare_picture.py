"""Two variants over one photo: side by side, or one wiped over the other. Only to be looked at."""

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.model.case import Case
from studio.model.ids import Id
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.render.lettering import Lettering, plain_text, text_size
from studio.render.scene import Scene
from studio.render.view_options import ViewOptions
from studio.render.viewport import Viewport
from studio.ui.canvas import navigation
from studio.ui.canvas.navigation import Navigation
from studio.ui.workbench import Workbench

GAP = 2
"""Pixels between the two views."""

HANDLE, LINE = 20.0, 2.0
SHADOW, INK = QColor(0, 0, 0, 115), QColor("#1B1B1B")
"""The divider: radius of its disc, width of its white line, shadow of 45 % and 4 px."""

STEP, STRIDE = 0.01, 0.1
"""Shares of the view by which an arrow moves the divider, and with Shift."""

NAME = Lettering(13, 600)
PLATE, APART = QColor(20, 20, 20, 209), 12.0
"""Behind a name, and how far it lies from the divider."""

ZOOM_STEP = 1.25


class Way(StrEnum):
    """How two variants are laid against each other."""

    SIDE = "side"
    WIPE = "wipe"


class ComparePicture(QWidget):
    """Pan and zoom move both variants. `left` tells that Escape was pressed."""

    left = Signal()

    def __init__(self, bench: Workbench, options: ViewOptions) -> None:
        super().__init__()
        self._bench, self._options = bench, _bare(options)
        self._photo: Photo | None = None
        self._scenes: tuple[Scene, Scene] | None = None
        self._variants: tuple[Id, Id] = ("", "")
        self._followed: tuple[Case | None, tuple[Case, ...]] = (None, ())
        self._navigation = Navigation()
        self._navigation.space = True  # nothing is drawn here: the left button moves the photo
        self._way = Way.SIDE
        self._share = 0.5
        self._wiping = self._fitted = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(200, 100))
        self.setAccessibleName(QCoreApplication.translate("Compare", "Two variants compared"))

    def forget(self) -> None:
        """Keep no pictures while nothing is compared."""
        self._photo = self._scenes = None

    @property
    def share(self) -> float:
        """Where the divider stands, from 0 at the left edge to 1."""
        return self._share

    @property
    def viewport(self) -> Viewport | None:
        """How the photo lies in each view; None without one."""
        return self._scenes[0].viewport if self._scenes else None

    def show_way(self, way: Way) -> None:
        """Side by side, or by wipe; what was in the middle stays there."""
        self._way = way
        self._fit_size()
        self.update()

    def show_variants(self, one: Id, other: Id) -> None:
        """Left one, right the other."""
        self._variants = (one, other)
        self._followed = (None, ())
        self.update()

    def set_options(self, options: ViewOptions) -> None:
        """Switch dots, tone and theme as on the canvas; guides would hide what differs."""
        self._options = options = _bare(options)
        for scene in self._scenes or ():
            scene.switch(options)
        self.update()

    def show_photo(self, seen: Viewport | None = None) -> None:
        """Show the photo of the workbench, and its pixels when they are there.

        Another photo than before is fitted, or shown as `seen` on the canvas.
        """
        photo = self._bench.shown
        if photo is None:
            self._photo = self._scenes = None
        elif self._photo is None or self._photo.id != photo.id:
            size = self._size()
            view = Viewport(
                *size[:2], (photo.width, photo.height), mirror=self._options.mirror_view
            )
            view = replace(view, ratio=size[2]).fitted()
            self._fitted = seen is None or seen == seen.fitted()
            if seen is not None and not self._fitted:
                view = seen.resized(*size)
            self._scenes = Scene(photo, view), Scene(photo, view)
            for scene in self._scenes:
                scene.switch(self._options)
        self._photo = photo
        pyramid = self._bench.pictures.pyramid(photo.sha256) if photo else None
        for scene in self._scenes or ():
            scene.show(pyramid)
        self.update()

    def move_wipe(self, share: float) -> None:
        """Put the divider at a share of the width."""
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keys before the shortcuts of the canvas below take them."""
        early = event.type() == QEvent.Type.ShortcutOverride
        if early and isinstance(event, QKeyEvent) and event.key() in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, arrows move the divider, plus and minus zoom."""
        step = STRIDE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        view = self.viewport
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Left if self._way is Way.WIPE:
                self.move_wipe(self._share - step)
            case Qt.Key.Key_Right if self._way is Way.WIPE:
                self.move_wipe(self._share + step)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if view is not None:
                self._look(view.zoomed(ZOOM_STEP, view.centre))
            case Qt.Key.Key_Minus if view is not None:
                self._look(view.zoomed(1 / ZOOM_STEP, view.centre))
            case Qt.Key.Key_0 if view is not None:
                self._look(view.fitted())
                self._fitted = True
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider, or of the photo."""
        self._wiping = self._on_divider(event.position())
        if not self._wiping:
            self._navigation.takes(event)
        self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        view = self.viewport
        if self._wiping:
            self.move_wipe(event.position().x() / max(self.width(), 1))
        elif self._navigation.panning and view is not None:
            self._look(self._navigation.drag(event.position(), view))
        self._show_cursor(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._wiping = False
        self._navigation.let_go()
        self._show_cursor(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer in both views, or pan."""
        event.accept()
        view = self.viewport
        if view is None:
            return
        if self._way is Way.SIDE and event.position().x() > view.width + GAP:
            event = QWheelEvent(
                event.position() - QPointF(view.width + GAP, 0),
                event.globalPosition(),
                event.pixelDelta(),
                event.angleDelta(),
                event.buttons(),
                event.modifiers(),
                event.phase(),
                event.inverted(),
                event.source(),
                event.pointingDevice(),
            )
        self._look(navigation.wheel(event, view))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep the photo fitted, or its middle in the middle."""
        self._fit_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Both variants, their names, and the divider."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._options.backdrop_colour))
        try:
            self._paint(painter, event.rect().toRectF())
        except Refusal as refusal:
            self._bench.said.emit(str(refusal))
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        skin = self._bench.skin
        if self._scenes is None or skin is None:
            return
        self._fit_size()
        cases = self._cases()
        for scene, case, part, shift in zip(
            self._scenes, cases, self._parts(), self._shifts(), strict=True
        ):
            scene.follow(case, skin, frozenset())
            seen = part.intersected(box)
            if seen.isEmpty():
                continue
            painter.save()
            painter.setClipRect(seen)
            painter.translate(shift, 0)
            scene.paint(painter, seen.translated(-shift, 0), (), skin)
            painter.restore()
        if self._way is Way.WIPE:
            self._paint_divider(painter)
            for scene in self._scenes:
                # what a picture says of itself must not be wiped away with its half
                if scene.dots:
                    scene.paint_caption(painter)
        self._paint_names(painter, cases)

    def _cases(self) -> tuple[Case, ...]:
        """The case with either variant chosen; the same objects until it changes."""
        case = self._bench.case
        if self._followed[0] is not case:
            there = {variant.id for variant in case.variants}
            chosen = (of if of in there else case.chosen for of in self._variants)
            self._followed = (case, tuple(replace(case, chosen=of) for of in chosen))
        return self._followed[1]

    def _parts(self) -> tuple[QRectF, QRectF]:
        """What of the widget either variant is painted in."""
        whole, view = self.rect().toRectF(), self.viewport
        if self._way is Way.SIDE and view is not None:
            half = view.width
            return QRectF(0, 0, half, whole.height()), QRectF(half + GAP, 0, half, whole.height())
        at = float(round(self._share * whole.width()))
        return QRectF(0, 0, at, whole.height()), QRectF(at, 0, whole.width() - at, whole.height())

    def _shifts(self) -> tuple[float, float]:
        view = self.viewport
        return (0.0, view.width + GAP if view and self._way is Way.SIDE else 0.0)

    def _paint_names(self, painter: QPainter, cases: tuple[Case, ...]) -> None:
        """On plates at the top: in the middle of a view, or on either side of the divider."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for case, part, right in zip(cases, self._parts(), (False, True), strict=True):
            words = f"{case.variant.letter} {case.variant.name}".strip()
            wide = text_size(words, NAME)[0] + 24
            if part.width() < wide + 2 * APART:
                continue
            left = part.center().x() - wide / 2
            if self._way is Way.WIPE:
                left = part.left() + APART if right else part.right() - APART - wide
            plate = QRectF(left, 16, wide, 28)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(PLATE)
            painter.drawRoundedRect(plate, 4, 4)
            plain_text(painter, QPointF(left + 12, 35), words, NAME, QColor("#FFFFFF"))

    def _paint_divider(self, painter: QPainter) -> None:
        at = QPointF(round(self._share * self.width()), self.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, bottom = QPointF(at.x(), 0), QPointF(at.x(), self.height())
        for colour, more in ((SHADOW, 4.0), (QColor("#FFFFFF"), 0.0)):
            painter.setPen(QPen(colour, LINE + more))
            painter.drawLine(top, bottom)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(at, HANDLE + more / 2, HANDLE + more / 2)
        painter.setPen(QPen(INK, 2.0, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        for sign in (-1.0, 1.0):
            tip, tail = at + QPointF(11 * sign, 0), at.x() + 5 * sign
            painter.drawPolyline([QPointF(tail, at.y() - 6), tip, QPointF(tail, at.y() + 6)])

    def _on_divider(self, at: QPointF) -> bool:
        return self._way is Way.WIPE and abs(at.x() - self._share * self.width()) <= HANDLE

    def _show_cursor(self, at: QPointF) -> None:
        if self._wiping or (self._on_divider(at) and not self._navigation.panning):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._navigation.panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _size(self) -> tuple[float, float, float]:
        width = self.width() if self._way is Way.WIPE else (self.width() - GAP) // 2
        return float(max(width, 1)), float(max(self.height(), 1)), self.devicePixelRatioF()

    def _fit_size(self) -> None:
        view, size = self.viewport, self._size()
        if view is None or (view.width, view.height, view.ratio) == size:
            return
        sized, fitted = view.resized(*size), self._fitted
        self._look(sized.fitted() if fitted else sized)
        self._fitted = fitted

    def _look(self, viewport: Viewport) -> None:
        for scene in self._scenes or ():
            scene.look(viewport)
        self._fitted = False
        self.update()


_KEYS = frozenset(
    {
        Qt.Key.Key_Escape,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Plus,
        Qt.Key.Key_Equal,
        Qt.Key.Key_Minus,
        Qt.Key.Key_0,
    }
)


def _bare(options: ViewOptions) -> ViewOptions:
    return replace(options, guides=frozenset())
