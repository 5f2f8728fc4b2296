"""How good the scale of the view is: the error, its parts, and how it grows with distance."""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from studio.model.head import Head
from studio.model.photo import Measurement, Photo
from studio.skin.measure import best
from studio.skin.plane import PlaneMap, plane_map
from studio.skin.skinmap import SkinMap
from studio.ui.fields import Section, text
from studio.ui.look import Look
from studio.ui.stages.measure_words import error_text, name_of, share_text
from studio.ui.theme import font
from studio.ui.view_words import NO_SCALE, named
from studio.ui.workbench import Workbench

FARTHER_MM = (20.0, 40.0, 60.0)
"""Distances from the measured place at which the error is told."""


class AccuracySection(Section):
    """Reads the plane of the photo shown; nothing in it can be changed."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(
            QCoreApplication.translate("Measure", "Accuracy of this view"), "measure-accuracy"
        )
        self._bench = bench
        self._shown: tuple[Photo, Head | None] | None = None
        self.hero = text("", "hero")
        self.method = text("", "hint", wrap=True)
        self.size_bar = ErrorBar(bench.look)
        self.marks_bar = ErrorBar(bench.look)
        self.verdict = text("", "", wrap=True)
        self.farther = Farther()
        self.note = text("", "hint", wrap=True)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.hero, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.method, 1, Qt.AlignmentFlag.AlignBottom)
        self.content.addLayout(top)
        for part in (self.size_bar, self.marks_bar, self.verdict, self.farther, self.note):
            self.content.addWidget(part)

    def refresh(self) -> None:
        """Show the photo that is on the canvas now."""
        photo, head = self._bench.photo, self._bench.case.head
        if photo is None or self._shown == (photo, head):
            return
        self._shown = (photo, head)
        if head is not None and head.camera(photo.id) is not None:
            self._show_head(self._bench.open_case.skin(photo.id))
            return
        measurement = best(photo.measurements, photo.scale_from)
        for part in (self.size_bar, self.marks_bar, self.verdict, self.farther):
            part.setVisible(measurement is not None)
        if measurement is None:
            self._show_none()
        else:
            self._show(photo, plane_map(photo), measurement)

    def _show_none(self) -> None:
        self.hero.setText(named(NO_SCALE))
        self.method.setText("")
        self.note.setText(
            QCoreApplication.translate(
                "Measure",
                "You can draw and compare shapes. Anything in millimetres waits for a scale.",
            )
        )

    def _show_head(self, skin: SkinMap) -> None:
        """The scale of a joined view is that of the head."""
        known, sigma = skin.scaled, float(skin.sigma(skin.focus)[0])
        for part in (self.size_bar, self.marks_bar, self.farther):
            part.setVisible(False)
        self.verdict.setVisible(known)
        self.hero.setText(error_text(sigma) if known else named(NO_SCALE))
        self.method.setText(QCoreApplication.translate("Measure", "by the joined head"))
        if known:
            self._show_verdict(sigma)
        self.note.setText(
            QCoreApplication.translate(
                "Measure", "This view is joined: it measures on the curved head, not flat."
            )
            if known
            else QCoreApplication.translate(
                "Measure",
                "The head has its shape but not its size: lay the tape or mark a sticker.",
            )
        )

    def _show_verdict(self, sigma: float) -> None:
        words = QCoreApplication.translate("Measure", "Lengths here {length}, areas {area}.")
        self.verdict.setText(words.format(length=error_text(sigma), area=error_text(2 * sigma)))

    def _show(self, photo: Photo, skin: PlaneMap, measurement: Measurement) -> None:
        sigma = photo.plane.sigma
        size, marks = error_parts(measurement, sigma)
        self.hero.setText(error_text(sigma))
        per_mm = float(skin.px_per_unit(np.array([photo.plane.centre]))[0])
        words = QCoreApplication.translate("Measure", "by {way}, {scale} px/mm")
        way = name_of(measurement.kind).lower()
        self.method.setText(words.format(way=way, scale=f"{per_mm:.2f}"))
        widest = max(sigma, size, marks)
        self.size_bar.show_part(
            QCoreApplication.translate("Measure", "Its true size"), size, size / widest
        )
        self.marks_bar.show_part(
            QCoreApplication.translate("Measure", "Its marks"), marks, marks / widest
        )
        self._show_verdict(sigma)
        self.farther.show_errors(errors_at(skin, FARTHER_MM))
        words = QCoreApplication.translate(
            "Measure",
            "± grows away from the {way}: the head curves, and a flat scale cannot follow it.",
        )
        self.note.setText(words.format(way=way))


class ErrorBar(QWidget):
    """One part of an error: its name, a bar, its share in per cent."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._name = text("", "hint")
        self._name.setFixedWidth(96)
        self._bar = _Bar(look)
        self._value = text("")
        self._value.setFont(font(12, figures=True))
        self._value.setMinimumWidth(64)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        row.addWidget(self._name)
        row.addWidget(self._bar, 1)
        row.addWidget(self._value)

    def show_part(self, name: str, share: float, full: float) -> None:
        """A relative error and how full the bar is, 0 to 1."""
        self._name.setText(name)
        self._value.setText(share_text(share))
        self._bar.fill(full)
        self.setAccessibleName(f"{name}: {share_text(share)}")


class Farther(QWidget):
    """The error at some distances from the measured place."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 2)
        grid.setVerticalSpacing(0)
        self._values = [text("", "heading") for _ in FARTHER_MM]
        words = QCoreApplication.translate("Measure", "{mm} mm away")
        for column, (mm, value) in enumerate(zip(FARTHER_MM, self._values, strict=True)):
            grid.addWidget(text(words.format(mm=f"{mm:.0f}"), "caption"), 0, column)
            grid.addWidget(value, 1, column)

    def show_errors(self, shares: tuple[float, ...]) -> None:
        """Relative errors, one for each distance."""
        for value, share in zip(self._values, shares, strict=True):
            value.setText(error_text(share))


class _Bar(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._full = look, 0.0
        self.setMinimumHeight(16)

    def sizeHint(self) -> QSize:
        return QSize(80, 16)

    def fill(self, full: float) -> None:
        self._full = min(max(full, 0.0), 1.0)
        self.update()

    def paintEvent(self, _event: object) -> None:
        tokens = self._look.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        groove = QRectF(0, self.height() / 2 - 2, self.width(), 4)
        painter.setBrush(QColor(tokens.edge))
        painter.drawRoundedRect(groove, 2, 2)
        groove.setWidth(groove.width() * self._full)
        painter.setBrush(QColor(tokens.text2))
        painter.drawRoundedRect(groove, 2, 2)
        painter.end()


def error_parts(measurement: Measurement, sigma: float) -> tuple[float, float]:
    """What the relative error `sigma` is made of: the thing's size, and the marks.

    They are independent, so `sigma` is the root of their squares.
    """
    size = measurement.size_se / measurement.size_mm
    return size, math.sqrt(max(0.0, sigma**2 - size**2))


def errors_at(skin: PlaneMap, distances_mm: tuple[float, ...]) -> tuple[float, ...]:
    """Relative error of a length at distances from where the scale was taken."""
    x, y = skin.plane.centre
    sigma = skin.sigma(np.array([(x + d, y) for d in distances_mm]))
    return tuple(sigma.tolist())
