"""Guides over a photo: what is known of faces and of this head, never a rule that blocks.

A guide's lines are photo pixels, for some run on the skin and some only in the picture. What
is said of it names which: a tape along the skin, or a distance in the photo.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis
from studio.model.chart import HEAD, ChartId, Point
from studio.model.photo import LandmarkKind, Photo
from studio.planning.tape import FACES, HairlinePoints, hairline_points
from studio.skin.skinmap import SkinMap

LEAN_PX = 100.0
"""Photo pixels above the eyes by which their lean is carried over to the plane."""


class GuideKind(StrEnum):
    """What can be laid over a photo, each switched on its own."""

    MIDLINE = "midline"
    TAPE = "tape"
    BAND = "band"
    THIRDS = "thirds"
    CANTHUS = "canthus"
    GRID = "grid"
    BROWS = "brows"
    TEMPLE = "temple"
    EARS = "ears"
    SYMMETRY = "symmetry"


class Stroke(StrEnum):
    """How a guide's line is meant: measured, suggested, an upright, another half's ghost."""

    MEASURED = "measured"
    SUGGESTED = "suggested"
    UPRIGHT = "upright"
    GHOST = "ghost"


@dataclass(frozen=True, slots=True, eq=False)
class GuideLine:
    """A polyline in photo pixels (n, 2), NaN where the photo does not show it."""

    px: FloatArray
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class GuideNote:
    """Words at a photo pixel: `key` names the sentence, `values` are written numbers for it.

    An `aside` note stands in the margin with a leader, others at their place.
    """

    px: Point
    key: str
    values: tuple[str, ...] = ()
    aside: bool = True


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide as it lies on one photo; `missing` are landmarks without which it is not there."""

    kind: GuideKind
    lines: tuple[GuideLine, ...] = ()
    notes: tuple[GuideNote, ...] = ()
    missing: tuple[LandmarkKind, ...] = ()


@dataclass(frozen=True, eq=False)
class Sitting:
    """The photo that guides are laid over: its landmarks, its skin map, and those of the case."""

    case: Case
    photo: Photo
    skin: SkinMap
    maps: Mapping[ChartId, SkinMap]
    marks: dict[LandmarkKind, Point] = field(default_factory=dict)

    @property
    def axis(self) -> MirrorAxis:
        """The mirror axis of the photo's chart."""
        return self.case.axis(self.skin.chart)

    @property
    def upright(self) -> FloatArray:
        """Unit vector (2,) up the face in photo pixels: square to the eyes, else to the picture."""
        for right, left in (
            (LandmarkKind.PUPIL_RIGHT, LandmarkKind.PUPIL_LEFT),
            (LandmarkKind.CANTHUS_RIGHT, LandmarkKind.CANTHUS_LEFT),
        ):
            if right in self.marks and left in self.marks and self.photo.view in FACES:
                x, y = np.subtract(self.marks[left], self.marks[right]).tolist()
                square: FloatArray = np.array([y, -x]) / np.hypot(x, y)
                return square
        return np.array([0.0, -1.0])

    def place(self, kind: LandmarkKind) -> Point | None:
        """Where a landmark lies on the photo’s chart, from the photo that it faces best."""
        found: list[tuple[float, Point]] = []
        for photo in self.case.photos:
            skin = self.maps[photo.id]
            marks = [mark.at for mark in photo.landmarks if mark.kind is kind]
            if skin.chart != self.skin.chart or not marks:
                continue
            chart = skin.to_skin(np.array(marks[:1]))
            if np.isfinite(chart).all():
                x, y = chart[0].tolist()
                found.append((float(skin.incidence(chart)[0]), (x, y)))
        return min(found)[1] if found else None

    def px(self, chart: Point) -> Point | None:
        """A chart point in photo pixels; None where the photo does not show it."""
        at = self.skin.to_photo(np.array([chart]))[0]
        return (float(at[0]), float(at[1])) if np.isfinite(at).all() else None

    @cached_property
    def hairline(self) -> HairlinePoints:
        """Mid-point, corners and temples of the hairline on the photo's chart."""
        return hairline_points(self.case, self.case.variant, self.skin)

    @property
    def lean(self) -> float | None:
        """Degrees clockwise by which what is upright on the face leans on the photo's own plane.

        None without both pupils or eye corners, and on the head, whose midline was fitted.
        """
        eyes = (LandmarkKind.PUPIL_RIGHT, LandmarkKind.PUPIL_LEFT)
        corners = (LandmarkKind.CANTHUS_RIGHT, LandmarkKind.CANTHUS_LEFT)
        pair = next((kinds for kinds in (eyes, corners) if not self.lacking(*kinds)), None)
        if pair is None or self.skin.chart == HEAD or self.photo.view not in FACES:
            return None
        middle = np.mean([self.marks[kind] for kind in pair], axis=0)
        low, high = self.skin.to_skin(np.stack([middle, middle + LEAN_PX * self.upright]))
        return math.degrees(math.atan2(high[0] - low[0], low[1] - high[1]))

    def lacking(self, *kinds: LandmarkKind) -> tuple[LandmarkKind, ...]:
        """Those of the landmarks that are not marked in this photo."""
        return tuple(kind for kind in kinds if kind not in self.marks)


def sitting(case: Case, photo: Photo, skin: SkinMap, maps: Mapping[ChartId, SkinMap]) -> Sitting:
    """The photo with its landmarks by kind."""
    return Sitting(case, photo, skin, maps, {mark.kind: mark.at for mark in photo.landmarks})
