"""Pages on a real printer, one millimetre for one millimetre."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from studio.model.refusal import Refusal
from studio.render.sheet import Page, Paper
from studio.render.sheet_paint import PaintSheet

MM_PER_INCH = 25.4


def printer_for(paper: Paper) -> QPrinter:
    """A printer set to this paper, upright, without margins, so that nothing is scaled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize(QSizeF(*paper.value), QPageSize.Unit.Millimeter)
    printer.setPageLayout(
        QPageLayout(
            size, QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Millimeter
        )
    )
    printer.setFullPage(True)
    return printer


def print_pages(printer: QPrinter, pages: Sequence[Page]) -> None:
    """Draw pages on a printer. Refusal if it does not take them."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal("The printer does not answer. Switch it on, or choose another.")
    try:
        corner: QRectF = printer.paperRect(QPrinter.Unit.DevicePixel)
        for index, page in enumerate(pages):
            if index and not printer.newPage():
                raise Refusal("The printer stopped in the middle. Look at it, then print again.")
            painter.save()
            painter.translate(corner.topLeft())
            painter.scale(printer.logicalDpiX() / MM_PER_INCH, printer.logicalDpiY() / MM_PER_INCH)
            page.draw(PaintSheet(painter))
            painter.restore()
    finally:
        painter.end()
