"""The Measure stage beside its canvas, and a hand that clicks in the photo."""

import hashlib
import io
from dataclasses import dataclass, field

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from studio.model.case import Case
from studio.model.photo import Photo, View
from studio.skin.measure import measured_plane
from studio.ui.banner import NoScaleBanner
from studio.ui.canvas.canvas import Canvas
from studio.ui.stages.measure import MeasurePanel, MeasureStage
from studio.ui.stages.measure_row import MeasureRow
from studio.ui.workbench import Workbench

WIDTH, HEIGHT = 800, 1000


def jpeg(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=95)
    return file.getvalue()


def flat_photo() -> bytes:
    """Grey, with a red square of 20 px round (200, 700)."""
    pixels = np.full((HEIGHT, WIDTH, 3), 150, np.uint8)
    pixels[690:710, 190:210] = (220, 30, 30)
    return jpeg(pixels)


def photo_of(data: bytes, width: int = WIDTH, height: int = HEIGHT) -> Photo:
    return Photo(
        id="p",
        view=View.FRONT,
        sha256=hashlib.sha256(data).hexdigest(),
        media="image/jpeg",
        width=width,
        height=height,
        plane=measured_plane(width, height, ()),
    )


@dataclass
class Desk:
    """The stage beside its canvas, as the window puts them."""

    bench: Workbench
    canvas: Canvas
    stage: MeasureStage
    banner: NoScaleBanner
    host: QWidget
    said: list[str] = field(default_factory=list)

    @property
    def panel(self) -> MeasurePanel:
        assert isinstance(self.stage.inspector, MeasurePanel)
        return self.stage.inspector

    @property
    def row(self) -> MeasureRow:
        assert isinstance(self.stage.context, MeasureRow)
        return self.stage.context

    def asked(self) -> object:
        return self.stage.desk.tool.asked

    @property
    def photo(self) -> Photo:
        return self.bench.case.photo("p")

    @property
    def steps(self) -> list[str]:
        return [step.label for step in self.bench.open_case.history.steps[1:]]

    def put(self, case: Case, data: bytes) -> None:
        sha = case.photos[0].sha256
        self.bench.open_case.show_made(case, {sha: data})
        self.settle()
        self.stage.entered()
        self.settle()

    def settle(self) -> None:
        assert self.bench.pool.waitForDone(20000)
        for _ in range(3):
            QApplication.processEvents()

    def at(self, x: float, y: float) -> QPoint:
        viewport = self.canvas.viewport
        assert viewport is not None
        u, v = viewport.to_view(np.array([(x, y)]))[0].tolist()
        return QPoint(round(u), round(v))

    @property
    def px(self) -> float:
        """Photo pixels under one screen pixel."""
        return 1 / self.canvas.zoom

    def click(self, x: float, y: float) -> None:
        QTest.mouseMove(self.canvas, self.at(x, y))
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, pos=self.at(x, y))
        self.settle()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        QTest.mouseMove(self.canvas, self.at(*start))
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=self.at(*start))
        for share in (0.25, 0.5, 1.0):
            x, y = (a + (b - a) * share for a, b in zip(start, end, strict=True))
            QTest.mouseMove(self.canvas, self.at(x, y))
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=self.at(*end))
        self.settle()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.canvas, key)
        self.settle()

    def type_in(self, line: QLineEdit, typed: str) -> None:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.settle()
