"""The pages of the session map on the screen: a list at the left, one page in the middle."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from studio.ui import icons
from studio.ui.fields import text
from studio.ui.look import Look

THUMB = QSize(84, 116)
LIST_WIDTH = 216


class PageView(QWidget):
    """One page, as large as fits."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._image: QImage | None = None
        self.setAccessibleName(QCoreApplication.translate("Print", "Page"))
        self.setMinimumSize(320, 420)

    @property
    def image(self) -> QImage | None:
        """The page shown."""
        return self._image

    @property
    def share(self) -> float:
        """Shown size over real size, on a screen of its stated resolution."""
        if self._image is None:
            return 1.0
        box = self._box()
        inches = self._image.width() / (self._image.dotsPerMeterX() * 0.0254)
        return box.width() / (inches * self.physicalDpiX())

    def show_page(self, image: QImage | None) -> None:
        """Show a page, or none."""
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White paper on the canvas grey."""
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.canvas))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            box = self._box()
            painter.drawImage(box, self._image)
            painter.setPen(QPen(QColor(tokens.edge), 1))
            painter.drawRect(box)
        painter.end()

    def _box(self) -> QRectF:
        if self._image is None:
            return QRectF()
        room = self.size() - QSize(48, 24)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2,
            (self.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )


class PrintView(QWidget):
    """List and page. `turned` tells the index of the page shown."""

    turned = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._images: list[QImage] = []
        self.page = PageView(look)
        self._list = QListWidget()
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setIconSize(THUMB)
        self._list.setGridSize(THUMB + QSize(14, 38))
        self._list.setMovement(QListView.Movement.Static)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setFixedWidth(LIST_WIDTH)
        self._list.setWordWrap(True)
        self._list.setAccessibleName(QCoreApplication.translate("Print", "Pages"))
        self.setFocusProxy(self._list)
        self._list.currentRowChanged.connect(self._turn)
        self._words = text("", "hint")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.hide()
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 16, 24, 16)
        middle.addWidget(self._words)
        middle.addWidget(self._bar)
        middle.addWidget(self.page, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._list)
        row.addLayout(middle, 1)

    @property
    def words(self) -> str:
        """The line above the page."""
        return self._words.text()

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return len(self._images)

    def show_progress(self, share: float, words: str) -> None:
        """How far the pages are."""
        self._bar.setVisible(share < 1)
        self._bar.setValue(round(share * 100))
        self._words.setText(words)

    def show_pages(self, images: Sequence[QImage]) -> None:
        """Show these pages, staying at the page shown before."""
        row = max(0, self._list.currentRow())
        self._images = list(images)
        self._list.clear()
        for image in self._images:
            label, _, title = image.text("Title").partition("\t")
            item = QListWidgetItem(icons.untinted(_thumb(image)), f"{label} {title}")
            item.setToolTip(title)
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, len(self._images) - 1))
        if not self._images:
            self.page.show_page(None)

    def show_words(self, words: str) -> None:
        """One line above the page: why there are no pages, or their scale."""
        self._bar.hide()
        self._words.setText(words)

    def turn(self, by: int) -> None:
        """So many pages on, or back where negative, not past the ends."""
        row = self._list.currentRow() + by
        self._list.setCurrentRow(min(max(row, 0), len(self._images) - 1))

    def _turn(self, row: int) -> None:
        if 0 <= row < len(self._images):
            self.page.show_page(self._images[row])
            words = QCoreApplication.translate(
                "Print", "Shown at {share} % of real size. Printed 1 : 1."
            )
            self.show_words(words.format(share=round(self.page.share * 100)))
            self.turned.emit(row)


def _thumb(image: QImage) -> QPixmap:
    return QPixmap.fromImage(
        image.scaled(
            THUMB,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    )
