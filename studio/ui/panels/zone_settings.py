"""The settings of the selected zone; every slider is live and every drag one step."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from studio.editing.edits.band import set_band_width
from studio.editing.edits.follow import followed
from studio.editing.edits.zones import set_zone
from studio.model.case import Case
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.zone import Blend, FollowKind, Pattern, Purpose, Zone
from studio.ui.fields import LABEL_WIDTH, Segments, SliderField, text
from studio.ui.live_edit import LiveEdit
from studio.ui.panels.zone_spread import FusionNote, ZoneSpread
from studio.ui.view_words import BLENDS, PATTERNS, PURPOSES, named
from studio.ui.workbench import Workbench

NEEDLES = ("0601RL", "0603RL", "0801RL", "0803RL", "1003RL")


@dataclass(frozen=True, slots=True)
class SliderSpec:
    """A number of a zone: its field, its name, the name of its step, its range, its unit."""

    field: str
    name: str
    step: str
    low: float
    high: float
    decimals: int
    unit: str


SLIDERS = (
    SliderSpec(
        "density",
        QT_TRANSLATE_NOOP("Zone", "Density"),
        QT_TRANSLATE_NOOP("Steps", "Change density"),
        *(0.0, 250.0, 0, "/cm²"),
    ),
    SliderSpec(
        "feather",
        QT_TRANSLATE_NOOP("Zone", "Fade-in"),
        QT_TRANSLATE_NOOP("Steps", "Change fade-in"),
        *(0.0, 25.0, 1, "mm"),
    ),
    SliderSpec(
        "margin",
        QT_TRANSLATE_NOOP("Zone", "Margin"),
        QT_TRANSLATE_NOOP("Steps", "Change margin"),
        *(0.0, 15.0, 1, "mm"),
    ),
    SliderSpec(
        "dot_mm",
        QT_TRANSLATE_NOOP("Zone", "Dot"),
        QT_TRANSLATE_NOOP("Steps", "Change dot size"),
        *(0.15, 0.6, 2, "mm"),
    ),
    SliderSpec(
        "dilution",
        QT_TRANSLATE_NOOP("Zone", "Dilution 1 :"),
        QT_TRANSLATE_NOOP("Steps", "Change dilution"),
        *(4.0, 30.0, 0, ""),
    ),
)


WIDTH = SliderSpec(
    "width",
    QT_TRANSLATE_NOOP("Zone", "Width"),
    QT_TRANSLATE_NOOP("Steps", "Change width"),
    *(1.0, 60.0, 1, "mm"),
)
"""Of a band along a line: it is the zone's by the line that it follows."""

OF_CLEAR = frozenset({"margin"})
"""Numbers of a zone that keeps clear; it has no others, and no other zone has them."""

OF_SPREAD = frozenset({"feather", "width"})
"""Numbers that change how the dots are spread, so that their total can be kept."""


class ZoneSettings(QWidget):
    """Edits one zone."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._zone: Zone | None = None
        self._live = LiveEdit(bench.said.emit)
        bench.open_case.replaced.connect(self._live.drop)
        self._spread = ZoneSpread(bench, self._live)
        self._fusion = FusionNote(bench)
        self._width = self._slider(WIDTH)
        self._sliders = {spec.field: self._slider(spec) for spec in SLIDERS}
        self._purpose = self._choice(
            QCoreApplication.translate("Zone", "Purpose"),
            [(named(words), purpose) for purpose, words in PURPOSES.items()],
            lambda value: self._set("Change purpose", **_with_blend(Purpose(value))),
        )
        self._pattern = Segments(
            QCoreApplication.translate("Zone", "Pattern"),
            [(pattern.value, named(words)) for pattern, words in PATTERNS.items()],
        )
        self._pattern.chosen.connect(lambda key: self._set("Change pattern", pattern=Pattern(key)))
        self._needle = self._choice(
            QCoreApplication.translate("Zone", "Needle"),
            [(needle, needle) for needle in NEEDLES],
            lambda value: self._set("Change needle", needle=value),
        )
        self._blend = Segments(
            QCoreApplication.translate("Zone", "Over other zones"),
            [(blend.value, named(words)) for blend, words in BLENDS.items()],
        )
        self._blend.chosen.connect(lambda key: self._set("Change how it adds", blend=Blend(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(labelled(QCoreApplication.translate("Zone", "Purpose"), self._purpose))
        column.addWidget(self._width)
        for field, slider in self._sliders.items():
            column.addWidget(slider)
            if field == "density":
                column.addWidget(self._fusion)
        pattern = labelled(QCoreApplication.translate("Zone", "Pattern"), self._pattern)
        column.addLayout(pattern)
        column.addWidget(self._spread)
        column.addLayout(labelled(QCoreApplication.translate("Zone", "Needle"), self._needle))
        column.addLayout(labelled(QCoreApplication.translate("Zone", "Zones below"), self._blend))

    def show_zone(self, zone: Zone) -> None:
        """Show a zone's settings."""
        self._zone = zone
        clears = zone.blend is Blend.CLEAR
        for field, slider in self._sliders.items():
            slider.show_value(getattr(zone, field))
            slider.setEnabled(not zone.locked)
            slider.setVisible(clears is (field in OF_CLEAR))
        band = zone.follows is not None and zone.follows.kind is FollowKind.BAND
        self._width.setVisible(band)
        if zone.follows is not None and band:
            self._width.show_value(zone.follows.width)
            self._width.setEnabled(not zone.locked)
        self._fusion.show_zone(zone)
        self._spread.show_zone(zone)
        self._pattern.show_choice(zone.pattern.value)
        self._purpose.setCurrentIndex(list(PURPOSES).index(zone.purpose))
        if zone.needle not in NEEDLES and self._needle.findText(zone.needle) < 0:
            self._needle.addItem(zone.needle, zone.needle)
        self._needle.setCurrentIndex(self._needle.findText(zone.needle))
        self._blend.show_choice(zone.blend.value)
        for part in (self._purpose, self._needle, self._blend):
            part.setEnabled(not zone.locked)
        for part in (self._needle, self._pattern):
            part.setEnabled(not zone.locked and not clears)

    def _slider(self, spec: SliderSpec) -> SliderField:
        name = QCoreApplication.translate("Zone", spec.name)
        slider = SliderField(name, spec.low, spec.high, decimals=spec.decimals, unit=spec.unit)
        slider.moved.connect(partial(self._moved, spec))
        slider.settled.connect(lambda _value: self._live.settle())
        return slider

    def _moved(self, spec: SliderSpec, value: float) -> None:
        if self._zone is None:
            return
        zone_id = self._zone.id

        def edit(case: Case) -> Case:
            if spec is WIDTH:
                return followed(case, set_band_width(case, zone_id, value))
            return set_zone(case, zone_id, **{spec.field: value})

        self._live.move(
            self._bench.open_case.history,
            QCoreApplication.translate("Steps", spec.step),
            self._spread.kept(edit, self._zone) if spec.field in OF_SPREAD else edit,
            self._bench.selection,
        )

    def _set(self, step: str, **fields: object) -> None:
        if self._zone is None:
            return
        zone_id = self._zone.id
        self._bench.apply(
            QCoreApplication.translate("Steps", step),
            lambda case: set_zone(case, zone_id, **fields),
        )

    def _choice(
        self, name: str, entries: list[tuple[str, str]], chosen: Callable[[str], object]
    ) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumWidth(96)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for words, data in entries:
            box.addItem(words, data)
        box.activated.connect(lambda index: chosen(str(box.itemData(index))))
        return box


def _with_blend(purpose: Purpose) -> dict[str, object]:
    """A zone that keeps clear clears; any other one adds again."""
    blend = Blend.CLEAR if purpose is Purpose.KEEP_CLEAR else Blend.ADD
    return {"purpose": purpose, "blend": blend}


def labelled(name: str, widget: QWidget) -> QHBoxLayout:
    """A row of a panel: name at the left, control at the right."""
    label = text(name, "hint")
    label.setFixedWidth(LABEL_WIDTH)
    label.setBuddy(widget)
    row = QHBoxLayout()
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(widget, 1)
    return row
