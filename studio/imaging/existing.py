"""From a photo of a case to the hair that is there already, in coordinates of its chart."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon

from studio.imaging.follicles import FINEST, USUAL, Hair, find_follicles, scale_at
from studio.imaging.stubble import coverage
from studio.model.arrays import BoolArray, ByteArray, FloatArray
from studio.model.chart import ChartId, Point, Ring, rounded
from studio.model.existing import ExistingHair
from studio.model.ids import Id
from studio.model.photo import Photo
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.skin.head.headmap import HeadMap
from studio.skin.skinmap import SkinMap

COUNTED = 60.0
"""Degrees of incidence up to which follicles are looked for."""

STRAIGHT = 45.0
"""Degrees of incidence up to which the finder's error was measured (issue 4)."""

COUNT_SE, COUNT_SE_SLANT = 0.34, 0.5
"""Relative standard error of a count in 2 cm2 up to STRAIGHT and beyond it. Two thirds of the
patches drawn under any conditions lie within the first (packaging/stubble/evaluate.py); the
second is half as large again, by judgement: nothing was measured there."""

_GRID = 8


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """One run of the finder: what it found, laid on the photo's chart, at every threshold.

    `points` (n, 2) are chart points in order of falling `strength` (n,).
    """

    photo: Id
    chart: ChartId
    searched: tuple[Ring, ...]
    points: tuple[Point, ...]
    strength: FloatArray
    hair: Hair
    count_se: float

    def existing(self, threshold: float = USUAL) -> ExistingHair:
        """The hair at a threshold, without corrections by hand."""
        return ExistingHair(
            photo=self.photo,
            chart=self.chart,
            searched=self.searched,
            threshold=threshold,
            found=self.points[: int(np.count_nonzero(self.strength >= threshold))],
            count_se=self.count_se,
        )


def search(
    pixels: ByteArray,
    photo: Photo,
    skin: SkinMap,
    rings: tuple[Ring, ...],
    hair: Hair | None = None,
) -> Search:
    """Look for follicles within rings of the photo's chart, seconds for a photo of 12 megapixels.

    Only what the photo shows turned by up to COUNTED degrees with FINEST pixels per mm is
    searched; `searched` tells what that was. Raises Refusal without a scale, and where nothing
    is left to look at.
    """
    if not skin.scaled:
        raise Refusal("This photo has no scale yet. Measure something in it, then look for hair.")
    mask = _mask(pixels.shape[:2], skin, rings)
    if not mask.any():
        raise Refusal(
            "The photo shows nothing of this place straight enough to look for hair. "
            "Choose a photo that faces it."
        )

    def scale(px: FloatArray) -> FloatArray:
        return px_per_mm(skin, skin.to_skin(px))

    found = find_follicles(pixels, scale, mask, hair)
    fine = mask & (scale_at(pixels.shape[:2], scale) >= FINEST)
    chart = on_chart(skin, found.points)
    there = np.isfinite(chart).all(axis=1)
    slant = float(np.nanmedian(skin.incidence(chart[there]))) if there.any() else 0.0
    return Search(
        photo.id,
        skin.chart,
        _rings(fine, skin),
        tuple(rounded((x, y)) for x, y in chart[there].tolist()),
        found.strength[there],
        found.hair,
        COUNT_SE if slant <= STRAIGHT else COUNT_SE_SLANT,
    )


def search_or_cover(
    pixels: ByteArray, photo: Photo, skin: SkinMap, rings: tuple[Ring, ...]
) -> Search | Quantity:
    """Follicles as `search` finds them, or where all of it is coarser than FINEST the mean share
    of the skin's light that hair takes away. Raises Refusal as `search` and `coverage` do.
    """

    def scale(px: FloatArray) -> FloatArray:
        return px_per_mm(skin, skin.to_skin(px))

    mask = _mask(pixels.shape[:2], skin, rings)
    if not skin.scaled or not mask.any():
        return search(pixels, photo, skin, rings)
    if (scale_at(pixels.shape[:2], scale)[mask] >= FINEST).any():
        return search(pixels, photo, skin, rings)
    told = coverage(pixels, scale, mask)
    return Quantity(float(np.nanmean(told.share)), float(np.nanmean(told.se)))


def px_per_mm(skin: SkinMap, chart: FloatArray) -> FloatArray:
    """Photo pixels per mm of skin at chart points (n, 2), (n,); NaN off the skin."""
    there = np.isfinite(chart).all(axis=1)
    scale = np.full(len(chart), np.nan)
    on = chart[there]
    scale[there] = skin.px_per_unit(on) / np.sqrt(skin.area_scale(on))
    return scale


def on_chart(skin: SkinMap, px: FloatArray) -> FloatArray:
    """Photo pixels as chart points to be stored; NaN off the skin."""
    return skin.exact_to_skin(px) if isinstance(skin, HeadMap) else skin.to_skin(px)


def _mask(size: tuple[int, ...], skin: SkinMap, rings: tuple[Ring, ...]) -> BoolArray:
    """Where in a photo (h, w) to look, in blocks of _GRID pixels."""
    height, width = size[:2]
    rows, columns = -(-height // _GRID), -(-width // _GRID)
    ys, xs = (np.arange(n) * _GRID + (_GRID - 1) / 2 for n in (rows, columns))
    chart = skin.to_skin(np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2))
    inside: BoolArray = np.asarray(np.isfinite(chart).all(axis=1), np.bool_)
    shape = shapely.union_all([shapely.make_valid(Polygon(ring)) for ring in rings])
    shapely.prepare(shape)
    at = np.flatnonzero(inside)
    inside[at] = shapely.contains_xy(shape, chart[at, 0], chart[at, 1])
    at = np.flatnonzero(inside)
    inside[at] = skin.incidence(chart[at]) <= COUNTED
    blocks = inside.reshape(rows, columns)
    whole = blocks.repeat(_GRID, axis=0).repeat(_GRID, axis=1)
    return np.ascontiguousarray(whole[:height, :width])


def _rings(mask: BoolArray, skin: SkinMap) -> tuple[Ring, ...]:
    """The outlines of a mask in chart coordinates, holes among them."""
    import cv2  # noqa: PLC0415

    contours, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = []
    for contour in contours:
        line = cv2.approxPolyDP(contour, 2.0, closed=True)
        chart = on_chart(skin, line.reshape(-1, 2).astype(np.float64))
        chart = chart[np.isfinite(chart).all(axis=1)]
        if len(chart) >= 3:
            rings.append(tuple(rounded((x, y)) for x, y in chart.tolist()))
    return tuple(rings)
