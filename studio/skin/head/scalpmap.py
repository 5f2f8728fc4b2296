"""The scalp map as a skin map: a page that shows the whole chart, for all tools to work on."""

from dataclasses import dataclass

import numpy as np
from shapely import MultiPolygon

from studio.model.arrays import FloatArray
from studio.skin.head.chart import EDGE
from studio.skin.head.headskin import HeadSkin

SIDE, BROW, NAPE = 380.0, 480.0, 300.0
"""How far the page reaches from the pole in chart units. Ear lobes lie at about 370 and brows at
435 (the prior's mean head), the nape's hair ends at about 260 (the photographs' head)."""

PX_PER_UNIT = 4.0

SIZE_PX = (round(2 * SIDE * PX_PER_UNIT), round((BROW + NAPE) * PX_PER_UNIT))
"""Width and height of the page in its pixels."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ScalpMap(HeadSkin):
    """The head's chart as a view of its own. Implements `SkinMap`; its photo is the page.

    As on the printed page the face is on top (`face_up`), so the client's left is on the
    left, as from behind the chair; turned round, it hangs like the front photo. Everything
    is seen, and straight on.
    """

    face_up: bool = True

    def to_skin(self, px: FloatArray) -> FloatArray:
        """Pixels of the page to chart; NaN off the head."""
        chart: FloatArray = (np.asarray(px, dtype=np.float64) - self._middle) / self._scale
        chart[(chart**2).sum(axis=1) > EDGE**2] = np.nan
        return chart

    def to_photo(self, chart: FloatArray) -> FloatArray:
        """Chart to pixels of the page, also beyond its margins."""
        px: FloatArray = np.asarray(chart, dtype=np.float64) * self._scale + self._middle
        return px

    def incidence(self, chart: FloatArray) -> FloatArray:
        """0: the map is no picture taken from somewhere."""
        return np.zeros(len(chart))

    def seen_within(self, _degrees: float) -> MultiPolygon | None:
        """Everything: the map hides nothing."""
        return None

    def ovals(self, _chart: FloatArray) -> FloatArray | None:
        """The chart keeps circles."""
        return None

    def px_per_unit(self, chart: FloatArray) -> FloatArray:
        """The same everywhere."""
        return np.full(len(chart), PX_PER_UNIT)

    @property
    def focus(self) -> FloatArray:
        """The middle of the scalp."""
        return np.zeros((1, 2))

    @property
    def _scale(self) -> float:
        return -PX_PER_UNIT if self.face_up else PX_PER_UNIT

    @property
    def _middle(self) -> FloatArray:
        return np.array([SIDE, BROW if self.face_up else NAPE]) * PX_PER_UNIT
