"""The Print stage: the session map as it will lie on the desk."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.planning.code import design_code
from studio.render.sheet import Paper
from studio.ui.fields import Segments, rule, text
from studio.ui.outputs import Outputs
from studio.ui.stage import Stage
from studio.ui.stages.print_view import PrintView
from studio.ui.workbench import Workbench

PAUSE_MS = 300


class PrintPanel(QWidget):
    """Paper, what goes on it, how to check the printer, and the two buttons."""

    def __init__(self, bench: Workbench, outputs: Outputs, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._bench = bench
        self.paper = Segments(
            QCoreApplication.translate("Print", "Paper"), [("A4", "A4"), ("LETTER", "US Letter")]
        )
        self.paper.show_choice(outputs.paper.name)
        self.full_name = QCheckBox(QCoreApplication.translate("Print", "Full name on the pages"))
        self.dots = QCheckBox(QCoreApplication.translate("Print", "Pages with every dot"))
        self.strip = QCheckBox(QCoreApplication.translate("Print", "1 : 1 hairline strip"))
        for box, on in (
            (self.full_name, outputs.full_name),
            (self.dots, outputs.dots),
            (self.strip, outputs.strip),
        ):
            box.setChecked(on)
        self._code = text("", "page")
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(text(QCoreApplication.translate("Print", "Paper"), "heading"))
        column.addWidget(self.paper)
        for part in (self.full_name, self.dots, self.strip, rule()):
            column.addWidget(part)
        column.addWidget(text(QCoreApplication.translate("Print", "Design"), "heading"))
        column.addWidget(self._code)
        column.addWidget(text(code_words(), "hint", wrap=True))
        column.addWidget(rule())
        column.addWidget(text(QCoreApplication.translate("Print", "Printer check"), "heading"))
        column.addWidget(text(check_words(), "hint", wrap=True))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(_button(bench, actions["save-map"], "file-down", main=False))
        foot.addWidget(_button(bench, actions["print"], "printer", main=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(column, 1)
        layout.addWidget(rule())
        layout.addLayout(foot)

    def show_code(self) -> None:
        """Show the code of the design as it is."""
        self._code.setText(design_code(self._bench.case))


def code_words() -> str:
    """What the code stands for."""
    return QCoreApplication.translate(
        "Print",
        "Stands for the curves, zones and dots of this variant. It is on every page: "
        "if paper and screen differ, stop.",
    )


def check_words() -> str:
    """How to know that the printer keeps to the size."""
    return QCoreApplication.translate(
        "Print",
        "Print at 100 %. Turn off “fit to page”. Lay a steel ruler on both edges of the square "
        "on page 1. Both must read 50.0 ± 0.3 mm. If not, do not use the strips.",
    )


class PrintStage(Stage):
    """Draws the pages anew whenever it comes on screen or the design changed."""

    def wire(self, bench: Workbench, outputs: Outputs, view: PrintView, panel: PrintPanel) -> None:
        """Give the stage what it works with."""
        self._bench, self._outputs, self._view, self._panel = bench, outputs, view, panel
        self._timer = QTimer(view)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        bench.open_case.changed.connect(lambda _before, _after: self._soon())
        panel.paper.chosen.connect(self._choose_paper)
        panel.full_name.toggled.connect(lambda on: self._choose(full_name=on))
        panel.dots.toggled.connect(lambda on: self._choose(dots=on))
        panel.strip.toggled.connect(lambda on: self._choose(strip=on))

    def entered(self) -> None:
        """The stage comes on screen."""
        self._panel.show_code()
        self._draw()

    def turn(self, by: int) -> bool:
        """Turn pages of the session map."""
        self._view.turn(by)
        return True

    def _soon(self) -> None:
        if self._view.isVisible():
            self._panel.show_code()
            self._timer.start()

    def _choose_paper(self, name: str) -> None:
        self._outputs.paper = Paper[name]
        self._draw()

    def _choose(self, **switches: bool) -> None:
        for name, on in switches.items():
            setattr(self._outputs, name, on)
        self._draw()

    def _draw(self) -> None:
        if not self._bench.case.photos:
            self._view.show_pages([])
            self._view.show_words(QCoreApplication.translate("Print", "Add a photo first."))
            return
        self._view.show_progress(0.0, QCoreApplication.translate("Print", "Drawing the pages"))
        self._outputs.preview(self._show, self._view.show_words, self._view.show_progress)

    def _show(self, folder: Path) -> None:
        images = [QImage(str(path)) for path in sorted(folder.glob("*.png"))]
        shutil.rmtree(folder)
        self._view.show_pages(images)


def make_stage(bench: Workbench, outputs: Outputs, actions: Mapping[str, QAction]) -> Stage:
    """The stage, wired to workbench and worker."""
    view = PrintView(bench.look)
    panel = PrintPanel(bench, outputs, actions)
    hint = QCoreApplication.translate(
        "Print", "Page up and Page down turn pages · Ctrl+P prints · Ctrl+Shift+E saves the PDF"
    )
    stage = PrintStage(
        "print",
        QCoreApplication.translate("Stages", "Print"),
        panel,
        text(hint, "hint"),
        centre=view,
        filmstrip=False,
    )
    stage.wire(bench, outputs, view, panel)
    return stage


def _button(bench: Workbench, action: QAction, icon: str, *, main: bool) -> QPushButton:
    words = {
        "save-map": QCoreApplication.translate("Print", "Save PDF"),
        "print": QCoreApplication.translate("Print", "Print"),
    }
    button = QPushButton(words[action.objectName()])
    button.setMinimumHeight(32)
    button.setToolTip(action.toolTip())
    if main:
        button.setProperty("main", True)
    bench.look.dress(button, icon, main=main)
    button.clicked.connect(action.trigger)
    return button
