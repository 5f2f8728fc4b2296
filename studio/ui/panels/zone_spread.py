"""How the dots of the selected zone are spread: gradient, paint, hair that is there already."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studio.editing.edits.painting import clear_painting, even_out, keep_total, set_gradient
from studio.editing.edits.zones import set_zone, zone_of
from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.model.wording import number_text
from studio.model.zone import Blend, Gradient, Zone
from studio.pigment.patterns import load_patterns
from studio.pigment.raster import AreaScale
from studio.pigment.shade import MOST
from studio.ui.fields import SliderField, text
from studio.ui.live_edit import LiveEdit
from studio.ui.workbench import Workbench

_ENDS = 0.15, 0.85
"""Where a new gradient's ends lie, as shares of the zone's height: full at the top."""


class ZoneSpread(QWidget):
    """Edits how one zone's density runs. `keeps_total` is what its switch says."""

    def __init__(self, bench: Workbench, live: LiveEdit) -> None:
        super().__init__()
        self._bench, self._live = bench, live
        self._zone: Zone | None = None
        self._less = _check(
            QCoreApplication.translate("Zone", "Less existing hair"),
            QCoreApplication.translate(
                "Zone", "Takes the hair found in the photos off the density: target minus existing."
            ),
        )
        self._total = _check(
            QCoreApplication.translate("Zone", "Keep the total"),
            QCoreApplication.translate(
                "Zone",
                "Fade-in, width and gradient change where the dots are, not how many: "
                "the density makes up for it.",
            ),
        )
        self._gradient = _check(
            QCoreApplication.translate("Zone", "Gradient"),
            QCoreApplication.translate(
                "Zone", "Density runs from one handle on the photo to the other. Drag the handles."
            ),
        )
        self._shares = {
            "at_start": self._share(QCoreApplication.translate("Zone", "First end")),
            "at_end": self._share(QCoreApplication.translate("Zone", "Second end")),
        }
        self._even = QPushButton(QCoreApplication.translate("Zone", "Spread evenly"))
        self._even.setToolTip(
            QCoreApplication.translate(
                "Zone", "Gradient and paint go; the density that remains keeps the number of dots."
            )
        )
        self._unpaint = QPushButton(QCoreApplication.translate("Zone", "Clear paint"))
        self._unpaint.setToolTip(
            QCoreApplication.translate("Zone", "Takes all strokes of the density brush away.")
        )
        self._lay_out()
        self._connect()

    @property
    def keeps_total(self) -> bool:
        """Whether edits of the spread keep the number of dots."""
        return self._total.isChecked()

    def show_zone(self, zone: Zone) -> None:
        """Show how a zone's dots are spread; nothing of it for one that has none."""
        self._zone = zone
        self.setVisible(zone.blend is not Blend.CLEAR)
        self.setEnabled(not zone.locked)
        _show(self._less, zone.less_existing)
        _show(self._gradient, zone.gradient is not None)
        for name, slider in self._shares.items():
            slider.setVisible(zone.gradient is not None)
            if zone.gradient is not None:
                slider.show_value(100 * getattr(zone.gradient, name))
        self._even.setEnabled(zone.gradient is not None or bool(zone.strokes))
        self._unpaint.setEnabled(bool(zone.strokes))

    def kept(self, edit: Callable[[Case], Case], zone: Zone) -> Callable[[Case], Case]:
        """The edit, followed by the density that keeps the total if the switch says so."""
        if not self.keeps_total:
            return edit
        scale = self._area_scale(zone)
        return lambda case: keep_total(case, edit(case), zone.id, scale)

    def _area_scale(self, zone: Zone) -> AreaScale:
        return self._bench.open_case.skin(zone.chart).area_scale

    def _share(self, name: str) -> SliderField:
        return SliderField(name, 0.0, 100.0 * MOST, decimals=0, unit="%")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._gradient)
        for slider in self._shares.values():
            column.addWidget(slider)
        column.addWidget(self._total)
        column.addWidget(self._less)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._even, self._unpaint):
            button.setMinimumHeight(32)
            buttons.addWidget(button, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._less.clicked.connect(self._set_less)
        self._gradient.clicked.connect(self._set_gradient)
        for name, slider in self._shares.items():
            slider.moved.connect(partial(self._moved, name))
            slider.settled.connect(lambda _value: self._live.settle())
        self._even.clicked.connect(self._even_out)
        self._unpaint.clicked.connect(self._clear_paint)

    def _set_less(self, on: bool) -> None:
        if self._zone is not None:
            zone_id = self._zone.id
            self._bench.apply(
                QCoreApplication.translate("Steps", "Less existing hair"),
                lambda case: set_zone(case, zone_id, less_existing=on),
            )

    def _set_gradient(self, on: bool) -> None:
        if self._zone is None:
            return
        zone_id, run = self._zone.id, _first_gradient(self._zone) if on else None
        edit = self.kept(lambda case: set_gradient(case, zone_id, run), self._zone)
        self._bench.apply(QCoreApplication.translate("Steps", "Gradient"), edit)

    def _moved(self, name: str, percent: float) -> None:
        if self._zone is None:
            return
        zone_id, share = self._zone.id, percent / 100

        def edit(case: Case) -> Case:
            run = zone_of(case, zone_id).gradient
            if run is None:
                raise Refusal(
                    QCoreApplication.translate("Zone", "This zone has no gradient any more.")
                )
            changed = (
                replace(run, at_start=share) if name == "at_start" else replace(run, at_end=share)
            )
            return set_gradient(case, zone_id, changed)

        self._live.move(
            self._bench.open_case.history,
            QCoreApplication.translate("Steps", "Change gradient"),
            self.kept(edit, self._zone),
            self._bench.selection,
        )

    def _even_out(self) -> None:
        if self._zone is not None:
            zone_id, scale = self._zone.id, self._area_scale(self._zone)
            self._bench.apply(
                QCoreApplication.translate("Steps", "Spread evenly"),
                lambda case: even_out(case, zone_id, scale),
            )

    def _clear_paint(self) -> None:
        if self._zone is not None:
            zone_id = self._zone.id
            self._bench.apply(
                QCoreApplication.translate("Steps", "Clear paint"),
                lambda case: clear_painting(case, zone_id),
            )


class FusionNote(QWidget):
    """A warning with its reason where a zone asks for so many dots that they run together."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._icon, self._words = text(""), text("", "hint", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.hide()

    def show_zone(self, zone: Zone) -> None:
        """Show the warning or nothing; paint is not counted, a gradient is."""
        densest = zone.density
        if zone.gradient is not None:
            densest *= max(zone.gradient.at_start, zone.gradient.at_end)
        most = load_patterns().fusion
        self.setVisible(zone.blend is not Blend.CLEAR and densest > most)
        if not self.isHidden():
            self._icon.setPixmap(self._bench.look.icon("triangle-alert").pixmap(QSize(16, 16)))
            words = QCoreApplication.translate(
                "Zone",
                "{density} dots per cm² at its densest. Above {most} healed dots run together "
                "and read as a stain.",
            )
            self._words.setText(words.format(density=number_text(densest), most=number_text(most)))


def _first_gradient(zone: Zone) -> Gradient:
    low, high = np.array(zone.outline).min(axis=0), np.array(zone.outline).max(axis=0)
    x = float((low[0] + high[0]) / 2)
    start, end = (float(low[1] + share * (high[1] - low[1])) for share in _ENDS)
    return Gradient(start=(x, start), end=(x, end))


def _check(name: str, tip: str) -> QCheckBox:
    box = QCheckBox(name)
    box.setToolTip(tip)
    box.setMinimumHeight(32)
    return box


def _show(box: QCheckBox, on: bool) -> None:
    blocked = box.blockSignals(True)
    box.setChecked(on)
    box.blockSignals(blocked)
