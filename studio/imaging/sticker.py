"""Find the round sticker in a photo: saddles of brightness, rays to the ring, then the fit."""

import math
from dataclasses import dataclass

import numpy as np

from studio.imaging.ring import Ellipse, Ring, fit_ring
from studio.model.arrays import BoolArray, ByteArray, Float32Array, FloatArray, IntArray
from studio.model.chart import Point

MAX_TILT = 63.0
"""Degrees between sticker and camera; beyond, a head's curving spoils the ellipse."""

_FINEST_MEGAPIXELS = 6.5
"""Centres are looked for in levels up to this size: the whole photo up to a 6 MP one."""

_SADDLES = 80
"""The strongest in each level; on the test photos the sticker's is among the first ten."""

_WEAKEST_SADDLE = 150.0
"""In squared grey levels; a sticker in deep shade (15 on 110) still has 2,000."""

_CANDIDATES = 4
"""Ellipses per level that are fitted."""

_ENOUGH_RAYS = 0.5
"""Share of rays on one ellipse: 1 for a clear sticker, about 0.55 for the smallest."""

_RAYS = 32
_ANGLES = 2 * math.pi / _RAYS * np.arange(_RAYS)
_DIRECTIONS = np.stack((np.cos(_ANGLES), np.sin(_ANGLES)), axis=1)
_RADII = 1.5 * 2.0 ** (np.arange(74) / 12)
"""Where rays are sampled, in pixels: 1.5 to 100, each 6 % further, so that the proportions of
the design are the same number of samples at any size."""

_CLEAR_RING = 12.0
"""Grey levels by which the ring must be darker than the white disc."""

_FAINTER = 2.5
"""Skin may be nearer to the ring than white by this factor."""

_QUARTERED = 0.45
"""Share of the target's variance along a circle that twice-around light and dark must have;
a perfect change between four quarters has 0.81."""


@dataclass(frozen=True, slots=True)
class StickerFound:
    """The outer edge of the sticker's ring as an ellipse in photo pixels.

    (0, 0) is the top left corner of the photo, so the middle of its first pixel is
    (0.5, 0.5). `major_end` and `minor_end` are ends of the half axes. `sigma_px` is the
    standard error of the long half axis; `confidence`, 0 to 1, the likeness to the design.
    """

    centre: Point
    major_end: Point
    minor_end: Point
    sigma_px: float
    confidence: float


def find_sticker(pixels: ByteArray) -> StickerFound | None:
    """Search a photo (h, w, 3) in sRGB; None unless something is surely the sticker.

    The quarters in its middle meet in a saddle of brightness, whatever the turn, tilt or
    blur. From the strongest saddles rays look outward for white, dark, lighter; the
    ellipse through most of the ray ends is fitted and compared with the whole design. Small
    copies of the photo are searched first, so of several stickers the largest is taken.
    """
    levels = _levels(pixels)
    finest = next(k for k, level in enumerate(levels) if level.size <= _FINEST_MEGAPIXELS * 1e6)
    for k in range(len(levels) - 1, finest - 1, -1):
        finer = max(k - 1, 0)
        centres = (_saddles(levels[k]) + 0.5) * 2 ** (k - finer)
        for guess in _guesses(levels[finer], centres, 2**finer):
            ring = fit_ring(levels[0], guess)
            if ring is not None and _faces_camera(ring):
                return _found(ring)
    return None


def _levels(pixels: ByteArray) -> list[ByteArray]:
    """The photo in grey, and ever smaller."""
    import cv2  # noqa: PLC0415

    levels = [np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)]
    while min(levels[-1].shape) > 60:
        height, width = levels[-1].shape
        half = levels[-1][: height // 2 * 2, : width // 2 * 2]
        size = (width // 2, height // 2)
        levels.append(np.asarray(cv2.resize(half, size, interpolation=cv2.INTER_AREA), np.uint8))
    return levels


def _saddles(grey: ByteArray) -> FloatArray:
    """Pixels (n, 2), to a fraction, where brightness rises one way and falls across it."""
    import cv2  # noqa: PLC0415

    soft = cv2.GaussianBlur(grey, (0, 0), 0.8).astype(np.float32)
    xx, xy, yy = (cv2.Sobel(soft, cv2.CV_32F, *order) for order in ((2, 0), (1, 1), (0, 2)))
    strength = xy * xy - xx * yy
    highest = cv2.dilate(strength, np.ones((5, 5), np.uint8))
    edge = 3
    inside = np.s_[edge:-edge, edge:-edge]
    peak = (strength == highest)[inside] & (strength > _WEAKEST_SADDLE)[inside]
    rows, columns = (place + edge for place in np.nonzero(peak))
    strongest = np.argsort(-strength[rows, columns])[:_SADDLES]
    return _level_places(soft, columns[strongest], rows[strongest])


def _level_places(soft: Float32Array, x: IntArray, y: IntArray) -> FloatArray:
    """Where within a pixel the slope vanishes (one Newton step, at most a pixel)."""
    around = {(i, j): soft[y + j, x + i].astype(np.float64) for i in (-1, 0, 1) for j in (-1, 0, 1)}
    slope_x = (around[1, 0] - around[-1, 0]) / 2
    slope_y = (around[0, 1] - around[0, -1]) / 2
    xx = around[1, 0] - 2 * around[0, 0] + around[-1, 0]
    yy = around[0, 1] - 2 * around[0, 0] + around[0, -1]
    xy = (around[1, 1] - around[1, -1] - around[-1, 1] + around[-1, -1]) / 4
    determinant = np.minimum(xx * yy - xy * xy, -1e-3)
    step_x = (xy * slope_y - yy * slope_x) / determinant
    step_y = (xy * slope_x - xx * slope_y) / determinant
    return np.stack((x + np.clip(step_x, -1, 1), y + np.clip(step_y, -1, 1)), axis=1)


def _guesses(grey: ByteArray, centres: FloatArray, factor: int) -> list[Ellipse]:
    """The best ellipses about centres in a level, in pixels of the photo, best first."""
    if len(centres) == 0:
        return []
    rays = _along_rays(grey, centres)
    guesses = []
    likely = np.flatnonzero(rays.clear.mean(axis=1) >= _ENOUGH_RAYS)
    for i in likely:
        agreeing, quadric = _ellipse_of(rays.reach[i], rays.clear[i])
        if agreeing >= _ENOUGH_RAYS and _is_ellipse(quadric):
            a, b, c = quadric
            unit = np.linalg.cholesky(np.array([[a, b], [b, c]])).T
            if _is_quartered(unit, rays.middle[i]):
                guesses.append((agreeing, Ellipse(centres[i] * factor, unit / factor)))
    guesses.sort(key=lambda guess: -guess[0])
    return [ellipse for _, ellipse in guesses[:_CANDIDATES]]


@dataclass(frozen=True, slots=True, eq=False)
class _Rays:
    """What rays (n, 32) from n centres met: radius of the ring's outer edge, whether there is
    a clear ring, and the light half-way to the end of the target.
    """

    reach: FloatArray
    clear: BoolArray
    middle: FloatArray


def _along_rays(grey: ByteArray, centres: FloatArray) -> _Rays:
    import cv2  # noqa: PLC0415

    rays = centres[:, None, None] - 0.5 + _DIRECTIONS[:, None] * _RADII[:, None]
    places = rays.reshape(-1, len(_RADII), 2).astype(np.float32)
    values = cv2.remap(
        grey, places[..., 0], places[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    ).reshape(len(centres), _RAYS, -1)
    total = np.cumsum(values, axis=2, dtype=np.float32)
    edge = np.arange(22, len(_RADII) - 4)

    def mean(first: int, last: int) -> Float32Array:
        """Mean of the samples `first` to `last` from the edge, as seen from each place."""
        sums: Float32Array = total[..., edge + last] - total[..., edge + first - 1]
        return sums / np.float32(last - first + 1)

    white, ring, skin = mean(-9, -5), mean(-2, -1), mean(1, 3)
    depth = np.minimum(white - ring, _FAINTER * (skin - ring))
    best = depth.argmax(axis=2)[..., None]
    clear: BoolArray = np.take_along_axis(depth, best, axis=2)[..., 0] > _CLEAR_RING
    middle = np.take_along_axis(mean(-21, -16), best, axis=2)[..., 0]
    return _Rays(_RADII[edge][best[..., 0]], clear, middle.astype(np.float64))


def _is_quartered(unit: FloatArray, middle: FloatArray) -> bool:
    """Whether light on a circle about the centre changes twice around, tilt undone."""
    x, y = (_DIRECTIONS @ unit.T).T
    wave = np.exp(2j * np.arctan2(y, x))
    swing = middle - middle.mean()
    power = 2 * abs((swing * wave).sum()) ** 2 / (_RAYS * max(float(swing @ swing), 1e-9))
    return bool(power > _QUARTERED)


def _triples() -> IntArray:
    """Triples of rays, well spread over half a turn, from which ellipses are guessed."""
    chosen = np.array([np.random.default_rng(i).permutation(_RAYS)[:3] for i in range(240)])
    turned = np.sort(_ANGLES[chosen] % math.pi, axis=1)
    gaps = np.diff(np.column_stack((turned, turned[:, 0] + math.pi)), axis=1)
    return np.asarray(chosen[gaps.min(axis=1) > 0.5], np.int64)


_TRIPLES = _triples()
_TERMS = np.stack(
    (_DIRECTIONS[:, 0] ** 2, 2 * _DIRECTIONS[:, 0] * _DIRECTIONS[:, 1], _DIRECTIONS[:, 1] ** 2), 1
)
"""1 / radius^2 of an ellipse about its centre is linear in these with coefficients a, b, c."""
_SOLVERS = np.linalg.inv(_TERMS[_TRIPLES])


def _ellipse_of(radii: FloatArray, usable: BoolArray) -> tuple[float, FloatArray]:
    """Share of rays that agree on one ellipse, and its a, b, c (consensus of triples)."""
    inverse = 1 / radii**2
    quadrics = np.einsum("tij,tj->ti", _SOLVERS, inverse[_TRIPLES])
    expected = 1 / np.sqrt(np.maximum(quadrics @ _TERMS.T, 1e-12))
    agreed = usable & (np.abs(expected - radii) < np.maximum(0.1 * radii, 0.8))
    chosen = agreed[agreed.sum(axis=1).argmax()]
    weighted = _TERMS[chosen] * radii[chosen, None] ** 2
    quadric, *_ = np.linalg.lstsq(weighted, np.ones(len(weighted)), rcond=None)
    return float(chosen.mean()), quadric


def _is_ellipse(quadric: FloatArray) -> bool:
    """Whether a, b, c are an ellipse that may still turn out to be tilted little enough."""
    a, b, c = quadric
    flattest = math.cos(math.radians(MAX_TILT + 5)) ** 2
    return bool(a > 0 and a * c - b * b > flattest / (1 + flattest) ** 2 * (a + c) ** 2)


def _faces_camera(ring: Ring) -> bool:
    long, short = (float(np.hypot(*axis)) for axis in ring.outer.half_axes())
    return short >= long * math.cos(math.radians(MAX_TILT))


def _found(ring: Ring) -> StickerFound:
    long, short = ring.outer.half_axes()
    centre = ring.outer.centre
    return StickerFound(
        centre=_point(centre),
        major_end=_point(centre + long),
        minor_end=_point(centre + short),
        sigma_px=ring.sigma,
        confidence=ring.likeness,
    )


def _point(place: FloatArray) -> Point:
    return (float(place[0]), float(place[1]))
