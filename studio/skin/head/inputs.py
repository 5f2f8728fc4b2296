"""What the fit is given: clicks, outlines and known lengths, as plain values."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.photo import Measurement, View

FITTED_VIEWS = (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK)
"""The views that a head is fitted from."""

LANDMARKS = (
    "glabella", "nasion", "pronasale", "subnasale", "menton",
    "exocanthion_L", "exocanthion_R", "tragus_L", "tragus_R",
    "otobasion_sup_L", "otobasion_sup_R", "superaurale_L", "superaurale_R",
    "subaurale_L", "subaurale_R",
)  # fmt: skip
"""Landmarks that can be clicked; L and R are the subject's."""

SOFT = frozenset(
    {"pronasale", "menton"}
    | {f"{part}_{side}" for part in ("superaurale", "subaurale", "tragus", "otobasion_sup")
       for side in "LR"}
)  # fmt: skip
"""Landmarks whose apparent place moves with the view: nose, chin and ears."""

SOFT_MM = 1.0
CLICK_SHARE = 4 / 4000
TRACE_SHARE = 5 / 4000
"""Standard errors of a click and of a traced outline as shares of the photo's longer side:
4 and 5 pixels of a photo of 12 megapixels (head research, section 4)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class ViewInputs:
    """What was marked in one photo, in its pixels.

    `size` is width, height. `focal_px` is None where the photo does not tell. `landmarks`
    has names of `LANDMARKS`. `dots` has skin-pencil dots by their number, the same one in
    every photo. `outline` (n, 2) are points of the scalp's outline. `hair_mm` is how far
    hair lifts the outline off the skin. The standard errors in pixels are those of a
    usual hand where None.
    """

    view: View
    size: tuple[int, int]
    focal_px: float | None = None
    landmarks: Mapping[str, Point] = field(default_factory=dict)
    dots: Mapping[int, Point] = field(default_factory=dict)
    outline: FloatArray = field(default_factory=lambda: np.empty((0, 2)))
    hair_mm: float = 0.0
    click_se: float | None = None
    trace_se: float | None = None

    @property
    def centre(self) -> Point:
        """Where the optical axis is taken to be: the middle of the photo."""
        return (self.size[0] - 1) / 2, (self.size[1] - 1) / 2

    @property
    def click_px(self) -> float:
        """Standard error of a click."""
        return self.click_se or max(1.0, CLICK_SHARE * max(self.size))

    @property
    def trace_px(self) -> float:
        """Standard error of an outline point."""
        return self.trace_se or max(1.0, TRACE_SHARE * max(self.size))


@dataclass(frozen=True, slots=True)
class Tape:
    """Tape round the head on the hat line: 15 mm above the glabella, over the farthest
    point behind. mm."""

    size_mm: float
    size_se: float


@dataclass(frozen=True, slots=True)
class Marked:
    """Something of known size that was marked in the photo of one view."""

    view: View
    measurement: Measurement


Length = Tape | Marked
"""A length known in mm."""


def focal_px(mm35: float, size: tuple[int, int]) -> float:
    """Focal length in pixels from the 35 mm equivalent, which goes by the diagonal."""
    return mm35 / math.hypot(36, 24) * math.hypot(*size)
