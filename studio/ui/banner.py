"""A notice over the canvas, top left: what is the matter, and one way on."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from studio.ui import icons
from studio.ui.fields import text
from studio.ui.look import Look
from studio.ui.workbench import Workbench

WIDEST = 480
MARGIN = 16


class Banner(QFrame):
    """A frame on its parent. `wanted` tells that its one button was pressed."""

    wanted = Signal()

    def __init__(self, parent: QWidget, look: Look, title: str, words: str, button: str) -> None:
        super().__init__(parent)
        self._look, self._ground = look, parent
        self.setProperty("banner", "warn")
        self.setAccessibleName(f"{title}. {words}")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._sign = QLabel()
        self.button = QPushButton(button)
        self.button.setMinimumHeight(32)
        self.button.clicked.connect(self.wanted)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(text(title, "heading"))
        column.addWidget(text(words, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(column, 1)
        row.addWidget(self.button)
        look.changed.connect(self._show_sign)
        parent.installEventFilter(self)
        self._show_sign()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the parent's corner when its size changes."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def setVisible(self, visible: bool) -> None:
        """Take place in the corner before being seen."""
        if visible:
            self._place()
        super().setVisible(visible)

    def _place(self) -> None:
        width = min(WIDEST, self._ground.width() - 2 * MARGIN)
        layout = self.layout()
        needed = layout.heightForWidth(width) if layout is not None else self.sizeHint().height()
        self.setGeometry(MARGIN, MARGIN, width, max(needed, 56))
        self.raise_()

    def _show_sign(self) -> None:
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(icons.pixmap("triangle-alert", self._look.tokens.warn, 20, ratio))


class NoScaleBanner(Banner):
    """There while the photo shown has no scale and the stage is one that needs it."""

    def __init__(self, canvas: QWidget, bench: Workbench) -> None:
        super().__init__(
            canvas,
            bench.look,
            QCoreApplication.translate("NoScale", "This view has no scale"),
            QCoreApplication.translate(
                "NoScale", "Areas and dots stay hidden until it is measured."
            ),
            QCoreApplication.translate("NoScale", "Measure now"),
        )
        self._bench = bench
        self._served = False
        bench.photo_changed.connect(lambda _id: self._look_again())
        bench.open_case.changed.connect(lambda _before, _after: self._look_again())
        bench.open_case.replaced.connect(self._look_again)

    def serve(self, on: bool) -> None:
        """Say whether the stage on screen needs a scale."""
        self._served = on
        self._look_again()

    def _look_again(self) -> None:
        skin = self._bench.skin
        self.setVisible(self._served and skin is not None and not skin.scaled)
