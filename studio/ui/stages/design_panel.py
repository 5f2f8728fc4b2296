"""The inspector of the Design stage: variants, curves, zones, the selected one, totals."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from studio.editing.edits.items import items_of, rename
from studio.editing.edits.whole import choose_variant, rename_variant
from studio.editing.selection import Selection
from studio.model.case import Case
from studio.model.quantity import correlated_sum
from studio.model.wording import number_text, percent_text, quantity_text
from studio.planning.estimate import sittings
from studio.planning.figures import CurveFigures, Figures, ZoneFigures
from studio.render.pages.wording import time_text
from studio.render.tokens import EDITED, PURPOSE_COLOURS
from studio.render.view_names import view_name
from studio.ui.edit_commands import EditCommands
from studio.ui.fields import Section, text
from studio.ui.figure_board import FigureBoard
from studio.ui.hairline_desk import HairlineDesk
from studio.ui.panels.density_strip import DensityStrip
from studio.ui.panels.existing_hair import HairSection, hair_words
from studio.ui.panels.hairline_section import HairlineSection
from studio.ui.panels.item_list import ItemList, Row, swatch
from studio.ui.panels.variants import VariantBar
from studio.ui.panels.zone_settings import ZoneSettings
from studio.ui.variant_pictures import VariantPictures
from studio.ui.view_words import NO_SCALE, named
from studio.ui.workbench import Workbench


class DesignPanel(QWidget):
    """Lists, settings and totals of the chosen variant.

    `note_wanted` tells that the place of a note on a hairline is to be shown.
    """

    note_wanted = Signal(object)

    def __init__(
        self,
        bench: Workbench,
        edits: EditCommands,
        board: FigureBoard,
        hairlines: HairlineDesk,
        hair: HairSection,
    ) -> None:
        super().__init__()
        self._hairline = HairlineSection(bench, hairlines)
        self._hairline.note_wanted.connect(self.note_wanted)
        hairlines.grown.connect(self._show_hairline)
        self._bench, self._edits, self._board = bench, edits, board
        self._pictures = VariantPictures(bench)
        self._variants = VariantBar(bench.look, self._pictures)
        self._curves = _item_list(bench, QCoreApplication.translate("Design", "Curves"), "mm")
        self._zones = _item_list(bench, QCoreApplication.translate("Design", "Zones"), "cm²")
        self._settings = ZoneSettings(bench)
        self._strip = DensityStrip(bench.look)
        self._chosen = QWidget()
        self._swatch, self._name = QLabel(), text("", "heading")
        self._area, self._dots = text("", "value"), text("", "value")
        self._note = text("", "hint", wrap=True)
        self._totals = Totals()
        self._hair, self._hair_words = hair, text("", "hint", wrap=True)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the case as it is."""
        case, figures = self._bench.case, self._board.figures
        selected = self._bench.selection.items | {n.item for n in self._bench.selection.nodes}
        self._variants.show_variants(case.variants, case.chosen)
        self._curves.show_rows(self._curve_rows(case, figures), selected)
        self._zones.show_rows(self._zone_rows(case, figures), selected)
        self._show_chosen(selected)
        self._totals.show_figures(figures)

    def _show_chosen(self, selected: frozenset[str]) -> None:
        zone = next((z for z in self._bench.case.variant.zones if z.id in selected), None)
        self._chosen.setVisible(zone is not None)
        if zone is None:
            return
        self._swatch.setPixmap(swatch(PURPOSE_COLOURS[zone.purpose], zone.letter).pixmap(18, 18))
        self._name.setText(zone.name)
        self._settings.show_zone(zone)
        self._strip.show_zone(zone)
        figures = self._zone_figures().get(zone.id)
        self._area.setText(quantity_text(figures.area_cm2, "cm²", 1) if figures else "")
        self._dots.setText(quantity_text(figures.dots, "dots") if figures else "")
        self._note.setText(_note(figures))
        told = hair_words(figures, taken_off=zone.less_existing)
        self._hair_words.setText(told)
        self._hair_words.setVisible(bool(told))

    def _zone_figures(self) -> dict[str, ZoneFigures]:
        figures = self._board.figures
        return {row.id: row for row in figures.zones} if figures else {}

    def _curve_rows(self, case: Case, figures: Figures | None) -> list[Row]:
        lengths = {row.id: row for row in figures.curves} if figures else {}
        return [
            Row(
                curve.id,
                curve.name,
                EDITED,
                "",
                self._photo_name(case, curve.chart),
                _length(lengths.get(curve.id)),
                curve.hidden,
                curve.locked,
            )
            for curve in reversed(case.variant.curves)
        ]

    def _zone_rows(self, case: Case, figures: Figures | None) -> list[Row]:
        found = {row.id: row for row in figures.zones} if figures else {}
        return [
            Row(
                zone.id,
                self._with_photo(case, zone.name, zone.chart),
                PURPOSE_COLOURS[zone.purpose],
                zone.letter,
                _area(found.get(zone.id)),
                _count(found.get(zone.id)),
                zone.hidden,
                zone.locked,
            )
            for zone in reversed(case.variant.zones)
        ]

    def _photo_name(self, case: Case, chart: str) -> str:
        photo = next((p for p in case.photos if p.id == chart), None)
        return view_name(photo.view) if photo is not None else ""

    def _with_photo(self, case: Case, name: str, chart: str) -> str:
        return name if chart == self._bench.chart else f"{name} · {self._photo_name(case, chart)}"

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for title, key, content in (
            (QCoreApplication.translate("Design", "Variants"), "variants", self._variants),
            (QCoreApplication.translate("Design", "Curves"), "curves", self._curves),
            (QCoreApplication.translate("Design", "Zones"), "zones", self._zones),
        ):
            section = Section(title, key)
            section.content.setContentsMargins(4, 0, 8, 8)
            section.content.addWidget(content)
            column.addWidget(section)
        column.addWidget(self._chosen)
        column.addWidget(self._hairline)
        column.addWidget(self._hair)
        column.addStretch(1)
        self._lay_out_chosen()
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._totals)

    def _show_hairline(self) -> None:
        """Bring its section to the top, once it has been laid out."""
        bar = self._scroll.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(self._hairline.y()))

    def _lay_out_chosen(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._swatch)
        head.addWidget(self._name, 1)
        figures = QHBoxLayout()
        figures.addWidget(self._area, 1)
        figures.addWidget(self._dots, 1)
        column = QVBoxLayout(self._chosen)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(figures)
        column.addWidget(self._strip)
        column.addWidget(self._settings)
        column.addWidget(self._note)
        column.addWidget(self._hair_words)

    def _connect(self) -> None:
        bench = self._bench
        bench.open_case.changed.connect(lambda _before, _after: self.refresh())
        bench.open_case.replaced.connect(self.refresh)
        bench.selection_changed.connect(self.refresh)
        bench.photo_changed.connect(lambda _id: self.refresh())
        self._board.changed.connect(self.refresh)
        self._variants.chosen.connect(self._choose_variant)
        self._variants.renamed.connect(self._rename_variant)
        self._variants.add_wanted.connect(self._edits.duplicate_variant)
        self._variants.delete_wanted.connect(self._edits.delete_variant)
        for items in (self._curves, self._zones):
            items.picked.connect(self._pick)
            items.renamed.connect(self._rename)
            items.hide_wanted.connect(lambda item: self._edits.hide(frozenset({item})))
            items.lock_wanted.connect(lambda item: self._edits.lock(frozenset({item})))
            items.moved.connect(self._move)
            items.delete_wanted.connect(self._edits.delete)

    def _pick(self, ids: frozenset[str]) -> None:
        """Select what was picked in one list; its photo comes on the canvas."""
        charts = {i.chart for i in items_of(self._bench.case.variant) if i.id in ids}
        if len(charts) == 1 and self._bench.chart not in charts:
            chart = charts.pop()
            if any(photo.id == chart for photo in self._bench.case.photos):
                self._bench.show_photo(chart)
        self._bench.select(Selection(ids))

    def _rename(self, item: str, name: str) -> None:
        name = name.split(" · ", maxsplit=1)[0]
        label = QCoreApplication.translate("Steps", "Rename")
        self._bench.apply(label, lambda case: rename(case, item, name))
        self.refresh()

    def _move(self, item: str, row: int) -> None:
        """Rows run from the top down, items from the bottom up."""
        variant = self._bench.case.variant
        for order in ([z.id for z in variant.zones], [c.id for c in variant.curves]):
            if item in order:
                self._edits.move_to(item, (len(order) - 1 - row) - order.index(item))

    def _choose_variant(self, variant: str) -> None:
        label = QCoreApplication.translate("Steps", "Choose variant")
        self._bench.apply(label, lambda case: choose_variant(case, variant))

    def _rename_variant(self, variant: str, name: str) -> None:
        label = QCoreApplication.translate("Steps", "Rename variant")
        self._bench.apply(label, lambda case: rename_variant(case, variant, name))


class Totals(QWidget):
    """The footer: dots, area, sessions, hours."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspectorFooter")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(64)
        self._dots, self._rest = text("", "value"), text("", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(2)
        column.addWidget(self._dots)
        column.addWidget(self._rest)

    def show_figures(self, figures: Figures | None) -> None:
        """Show the totals of a design."""
        if figures is None or not figures.zones:
            self._dots.setText(QCoreApplication.translate("Design", "No zones yet"))
            self._rest.setText("")
            return
        self._dots.setText(quantity_text(figures.dots, "dots"))
        sessions = QCoreApplication.translate("Design", "{count} sessions").format(
            count=len(figures.per_session)
        )
        if not figures.dots.known:
            self._rest.setText(sessions)
            return
        chair = correlated_sum(sittings(figures.dots, figures.per_session))
        area = quantity_text(figures.area_cm2, "cm²")
        hours = f"{time_text(chair.value)} ± {percent_text(chair.relative)}"
        self._rest.setText(f"{area} · {sessions} · {hours}")
        self._rest.setToolTip(
            QCoreApplication.translate("Design", "Time in the chair over all sessions")
        )


def _item_list(bench: Workbench, name: str, unit: str) -> ItemList:
    last = QCoreApplication.translate("Design", "dots") if unit == "cm²" else unit
    first = unit if unit == "cm²" else QCoreApplication.translate("Design", "photo")
    return ItemList(bench.look, name, (first, last))


def _length(row: CurveFigures | None) -> str:
    if row is None:
        return ""
    return number_text(row.length_mm.value) if row.length_mm.known else named(NO_SCALE)


def _area(row: ZoneFigures | None) -> str:
    if row is None:
        return ""
    return number_text(row.area_cm2.value, 1) if row.area_cm2.known else named(NO_SCALE)


def _count(row: ZoneFigures | None) -> str:
    if row is None or not row.dots.known:
        return ""
    return number_text(row.dots.value)


def _note(row: ZoneFigures | None) -> str:
    """Spacing and needle time of a zone, or why there is none."""
    if row is None or row.spacing_mm is None:
        return ""
    if not row.dots.known:
        return QCoreApplication.translate("Design", "Anything in millimetres waits for a scale.")
    words = QCoreApplication.translate("Design", "Dots {apart} mm apart · {minutes} of needle time")
    return words.format(
        apart=number_text(row.spacing_mm, 2), minutes=quantity_text(row.minutes, "min")
    )
