"""Looking for hair in the photo on the canvas, in the background and only when asked."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal
from shapely import MultiPolygon

from studio.editing.edits.existing import clear_existing, existing_of, find_anew
from studio.editing.tools.follicles import FollicleTool
from studio.geometry.twins import effective_zones
from studio.imaging.existing import COUNTED, Search, search_or_cover
from studio.model.arrays import ByteArray
from studio.model.case import Case
from studio.model.chart import HEAD, Ring
from studio.model.existing import ExistingHair
from studio.model.ids import Id
from studio.model.photo import Photo
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.model.wording import number_text
from studio.skin.skinmap import SkinMap
from studio.ui import jobs
from studio.ui.canvas_link import CanvasLink
from studio.ui.live_edit import LiveEdit
from studio.ui.workbench import Workbench


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """What the finder found in a photo, and the skin map that it lies on."""

    search: Search
    skin: SkinMap


class HairSearch(QObject):
    """`running` tells that a search began or ended; what it found is put in the case.

    The marks at all thresholds are kept while the case is open, so that the threshold moves
    live.
    """

    running = Signal(bool)

    def __init__(self, bench: Workbench, link: CanvasLink) -> None:
        super().__init__()
        self._bench, self._link = bench, link
        self._job: jobs.Job[Search | Quantity] | None = None
        self._kept: dict[Id, _Kept] = {}
        self._live = LiveEdit(bench.said.emit)
        self._tool = FollicleTool()
        bench.open_case.replaced.connect(self._forget)

    @property
    def hair(self) -> ExistingHair | None:
        """What is known of the hair in the photo shown."""
        return existing_of(self._bench.case, self._bench.photo_id)

    @property
    def adjustable(self) -> bool:
        """Whether the threshold of the photo shown can be moved without looking again."""
        return self._search_here() is not None and self.hair is not None

    def begin(self) -> None:
        """Look for hair in the selected zones, or in all that the photo faces."""
        photo, skin = self._bench.photo, self._bench.skin
        pyramid = self._bench.pictures.pyramid(photo.sha256) if photo else None
        if photo is None or skin is None or pyramid is None:
            self._bench.said.emit(
                QCoreApplication.translate(
                    "Hair", "Show a photo first: hair is looked for in what is on the canvas."
                )
            )
            return
        if self._job is not None:
            return
        try:
            rings = self._where(photo, skin)
        except Refusal as refusal:
            self._bench.said.emit(str(refusal))
            return
        self.running.emit(True)
        self._bench.said.emit(QCoreApplication.translate("Hair", "Looking for hair…"))
        self._job = jobs.start(
            self._bench.pool,
            partial(_search, pyramid.levels[0], photo, skin, rings),
            partial(self._arrived, photo, skin),
            lambda refusal: self._ended(str(refusal)),
        )

    def cancel(self) -> None:
        """Give the search up; nothing changes."""
        if self._job is not None:
            self._job.cancelled = True
            self._ended(QCoreApplication.translate("Hair", "The search was given up."))

    def move_threshold(self, threshold: float) -> None:
        """Show what another threshold marks, without making it a step."""
        search = self._search_here()
        skin = self._bench.skin
        if search is None or skin is None:
            return
        found = search.existing(threshold)
        self._live.move(
            self._bench.open_case.history,
            QCoreApplication.translate("Steps", "Change threshold of hair"),
            lambda case: find_anew(case, found, skin),
            self._bench.selection,
        )

    def settle_threshold(self) -> None:
        """Make the threshold a step."""
        self._live.settle()

    def correct(self) -> None:
        """Take up the brush for marks."""
        if self.hair is None:
            self._bench.said.emit(
                QCoreApplication.translate("Hair", "Find existing hair first, then correct it.")
            )
            return
        name = QCoreApplication.translate("Hair", "Correct hair")
        self._link.take_custom_tool(self._tool, name, "circle-dot-dashed")

    def clear(self) -> None:
        """Know nothing of the hair in the photo shown."""
        photo = self._bench.photo_id
        label = QCoreApplication.translate("Steps", "Clear existing hair")
        self._bench.apply(label, lambda case: clear_existing(case, photo))

    def _where(self, photo: Photo, skin: SkinMap) -> tuple[Ring, ...]:
        """Rings of the chart to look in. Refusal where there is nothing to tell them by."""
        chosen = self._bench.selection.items
        case = self._bench.case
        zones = [
            zone
            for zone in effective_zones(case.variant, case.axis)
            if zone.id in chosen and zone.chart == skin.chart
        ]
        if zones:
            return tuple(zone.outline for zone in zones)
        faced = skin.seen_within(COUNTED) if skin.chart == HEAD else None
        if faced is None:
            raise Refusal(
                QCoreApplication.translate(
                    "Hair",
                    "Select the zone to look for hair in. A photo on the head is looked "
                    "through as far as it faces the scalp.",
                )
            )
        return _rings_of(faced)

    def _search_here(self) -> Search | None:
        kept = self._kept.get(self._bench.photo_id)
        same = kept is not None and kept.skin is self._bench.skin
        return kept.search if kept is not None and same else None

    def _arrived(self, photo: Photo, skin: SkinMap, found: Search | Quantity) -> None:
        there = {one.id: one for one in self._bench.case.photos}.get(photo.id)
        if there is None or self._bench.open_case.skin(photo.id) is not skin:
            words = QCoreApplication.translate(
                "Hair", "The photo was measured anew meanwhile. Look for hair again."
            )
            self._ended(words if there is not None else "")
            return
        if isinstance(found, Quantity):
            self._ended(_coverage_words(found))
            return
        self._kept[photo.id] = _Kept(found, skin)
        hair = found.existing()

        def edit(case: Case) -> Case:
            return find_anew(case, hair, skin)

        self._bench.apply(QCoreApplication.translate("Steps", "Find existing hair"), edit)
        words = QCoreApplication.translate(
            "Hair", "{count} follicles marked ± {error} %. Check the rings and correct them."
        )
        error = number_text(100 * hair.count_se)
        self._ended(words.format(count=number_text(len(hair.found)), error=error))

    def _ended(self, sentence: str) -> None:
        self._job = None
        self.running.emit(False)
        if sentence:
            self._bench.said.emit(sentence)

    def _forget(self) -> None:
        self._kept.clear()
        self._live.drop()
        if self._job is not None:
            self._job.cancelled = True
            self._ended("")


def _rings_of(shape: MultiPolygon) -> tuple[Ring, ...]:
    return tuple(
        tuple((float(x), float(y)) for x, y in part.exterior.coords) for part in shape.geoms
    )


def _coverage_words(share: Quantity) -> str:
    words = QCoreApplication.translate(
        "Hair",
        "Hair takes {share} ± {error} % of the skin’s light here. Single follicles cannot be told "
        "below 7 pixels per mm: only coverage can. Take a closer photo to count them.",
    )
    return words.format(
        share=number_text(100 * share.value), error=number_text(max(100 * share.se, 1))
    )


def _search(
    level: ByteArray, photo: Photo, skin: SkinMap, rings: tuple[Ring, ...]
) -> Search | Quantity:
    """Search the finest level (h, w, 4) of a pyramid, whose bytes are blue, green, red."""
    return search_or_cover(np.ascontiguousarray(level[..., 2::-1]), photo, skin, rings)
