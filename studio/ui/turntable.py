"""The turntable: the fitted head turned by hand, with its design and dots."""

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.model.case import Case
from studio.model.photo import LandmarkKind
from studio.model.refusal import Refusal
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.render.lettering import Lettering, halo_text, text_size
from studio.render.orbit import BACK, FRONT, LEFT, RIGHT, TOP, Orbit, Stand
from studio.render.turntable import Shown, Turntable
from studio.ui.view_words import LANDMARKS, named
from studio.ui.workbench import Workbench

MOVING_PITCH = 2
"""Pixels a side of the squares drawn while the head turns."""

REST_MS = 120
"""After so long without movement every pixel is drawn."""

PAUSE_MS = 80
"""An edit is followed after a pause so long: the pen on the photo goes first."""

DEGREES_PER_SIDE = 220.0
"""How far a drag across the shorter side turns the head."""

KEY_DEGREES = 5.0
NOTCH = 1.0015
"""Enlargement per unit of the wheel, of which a notch has 120."""

WAITING = Lettering(13, 500)

SIDES: dict[str, Orbit] = {
    QT_TRANSLATE_NOOP("Turntable", "Front"): FRONT,
    QT_TRANSLATE_NOOP("Turntable", "Left"): LEFT,
    QT_TRANSLATE_NOOP("Turntable", "Right"): RIGHT,
    QT_TRANSLATE_NOOP("Turntable", "Top"): TOP,
    QT_TRANSLATE_NOOP("Turntable", "Back"): BACK,
}

KEYS = {
    Qt.Key.Key_Left: (KEY_DEGREES, 0.0),
    Qt.Key.Key_Right: (-KEY_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, -KEY_DEGREES),
    Qt.Key.Key_Down: (0.0, KEY_DEGREES),
}
"""The head follows the arrow, as it follows a drag: turn and rise."""

ZOOMS = {Qt.Key.Key_Plus: 1.2, Qt.Key.Key_Equal: 1.2, Qt.Key.Key_Minus: 1 / 1.2}


class TurntableView(QWidget):
    """The head. Drag or arrow keys turn it, the wheel or + and - enlarge, Home or a double
    click shows the front."""

    def __init__(self) -> None:
        super().__init__()
        self.orbit = FRONT
        self.shown = Shown()
        self.backdrop = "#262626"
        self._table = Turntable(_landmark_name)
        self._trouble = ""
        self._picture: QImage | None = None
        self._drawn: tuple[object, ...] = ()
        self._held: QPointF | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.update)
        self.setMinimumSize(320, 320)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(QCoreApplication.translate("Turntable", "Head, turned by hand"))
        self.setAccessibleDescription(
            QCoreApplication.translate(
                "Turntable", "Arrow keys turn the head, + and - enlarge it, Home shows the front."
            )
        )

    def sizeHint(self) -> QSize:
        """A square that shows a head well."""
        return QSize(800, 800)

    def follow(self, case: Case) -> None:
        """Take in a case."""
        self._trouble = ""
        try:
            changed = self._table.follow(case)
        except Refusal as refusal:
            self._trouble, changed = str(refusal), True
        if changed:
            self._picture = None
            self.update()

    def look(self, orbit: Orbit) -> None:
        """Look from somewhere else; coarse until it rests."""
        if orbit != self.orbit:
            self.orbit = orbit
            self._rest.start()
            self.update()

    def show_what(self, shown: Shown) -> None:
        """Draw more or less on the head."""
        self.shown = shown
        self.update()

    @property
    def resting(self) -> bool:
        """Whether every pixel is drawn."""
        return self._held is None and not self._rest.isActive()

    @property
    def no_head(self) -> bool:
        """Whether there is nothing to be turned."""
        return not self._table.ready

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, drawn anew if something changed; or why there is none."""
        ratio = self.devicePixelRatioF()
        size = round(self.width() * ratio), round(self.height() * ratio)
        pitch = 1 if self.resting else MOVING_PITCH
        asked = (self.orbit, size, self.shown, self.backdrop, pitch)
        if self._picture is None or asked != self._drawn:
            self._picture = self._table.picture(*asked)
            self._picture.setDevicePixelRatio(ratio)
            self._drawn = asked
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        words = self._trouble or (_no_head() if self.no_head else "")
        if words:
            width, _ = text_size(words, WAITING)
            at = QPointF((self.width() - width) / 2, self.height() / 2)
            halo_text(painter, at, words, WAITING)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The place under the pointer goes with it."""
        if self._held is None:
            return
        moved = event.position() - self._held
        self._held = event.position()
        per_px = DEGREES_PER_SIDE / min(self.width(), self.height()) / self.orbit.zoom**0.5
        self.look(self.orbit.turned(-moved.x() * per_px, moved.y() * per_px))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; the full picture follows."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self._rest.start()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the front."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.look(FRONT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge about the pointer."""
        stand = Stand(self.orbit, self.width(), self.height())
        at = stand.mm((event.position().x(), event.position().y()))
        self.look(self.orbit.zoomed(NOTCH ** event.angleDelta().y(), at))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn, enlarge, or go back to the front."""
        key = Qt.Key(event.key())
        if key in KEYS:
            self.look(self.orbit.turned(*KEYS[key]))
        elif key in ZOOMS:
            self.look(self.orbit.zoomed(ZOOMS[key]))
        elif key is Qt.Key.Key_Home:
            self.look(FRONT)
        else:
            super().keyPressEvent(event)


class TurntableWindow(QDialog):
    """The turntable in a window of its own, beside the studio's; it follows every edit."""

    def __init__(self, parent: QWidget, bench: Workbench) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = QCoreApplication.translate("Turntable", "Turntable")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._bench = bench
        self.view = TurntableView()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(self._row())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self._follow)
        bench.open_case.changed.connect(self._edited)
        bench.open_case.replaced.connect(self._follow)
        bench.look.changed.connect(self._dress)
        self._dress()
        self._follow()
        self.view.setFocus()

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        for words, orbit in SIDES.items():
            button = QPushButton(QCoreApplication.translate("Turntable", words))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked, to=orbit: self.view.look(to))
            row.addWidget(button)
        row.addStretch(1)
        shown = self.view.shown
        self._dots = _box(QCoreApplication.translate("Turntable", "Dots"), on=shown.dots)
        self._tone = _box(QCoreApplication.translate("Turntable", "True tone"), on=shown.true_tone)
        self._design = _box(
            QCoreApplication.translate("Turntable", "Curves and zones"), on=shown.design
        )
        for box in (self._dots, self._tone, self._design):
            box.toggled.connect(lambda _on: self._show_what())
            row.addWidget(box)
        return row

    def _show_what(self) -> None:
        shown = Shown(
            dots=self._dots.isChecked(),
            design=self._design.isChecked(),
            true_tone=self._tone.isChecked(),
        )
        self.view.show_what(shown)

    def _edited(self, _before: Case, _after: Case) -> None:
        self._later.start()

    def _follow(self) -> None:
        self.view.follow(self._bench.case)

    def _dress(self) -> None:
        self.view.backdrop = self._bench.look.tokens.canvas
        self.view.update()


def show_turntable(parent: QWidget, bench: Workbench) -> TurntableWindow:
    """Open the turntable, or bring the open one to the front."""
    for window in parent.findChildren(TurntableWindow):
        if window.isVisible():
            window.raise_()
            window.activateWindow()
            return window
    window = TurntableWindow(parent, bench)
    window.show()
    return window


def _box(words: str, *, on: bool) -> QCheckBox:
    box = QCheckBox(words)
    box.setChecked(on)
    return box


def _landmark_name(kind: LandmarkKind) -> str:
    return named(LANDMARKS[kind])


def _no_head() -> str:
    return QCoreApplication.translate(
        "Turntable", "No head yet: join the photos in Measure, then it can be turned here."
    )
