"""Fit the sticker's ring in a photo to a small part of a pixel, and judge its likeness."""

import math
from dataclasses import dataclass

import numpy as np

from studio.imaging import ring_model as model
from studio.model.arrays import ByteArray, Float32Array, FloatArray
from studio.model.sticker import DISC_SHARE, TARGET_SHARE

SURE = 0.65
"""Likeness to the design from which a ring is believed to be the sticker's."""

_REACH = 1.3
"""Pixels up to this many radii from the centre take part."""

_CORRELATED = 2.0
"""Neighbouring pixels share noise (colour mosaic, JPEG): errors are this much larger."""

_SECTORS = 12
_STRAYING = 0.04
"""Share of the radius by which the edge may be elsewhere in a sector than fitted."""

_STRAY_SECTORS = 2
"""As many sectors may stray: a hair, a fold, shine."""


@dataclass(frozen=True, slots=True, eq=False)
class Ellipse:
    """The points p with |unit @ (p - centre)| = 1, in pixels; `unit` is upper triangular."""

    centre: FloatArray
    unit: FloatArray

    def half_axes(self) -> tuple[FloatArray, FloatArray]:
        """Vectors from the centre to an end of the long and to an end of the short axis."""
        _, stretch, directions = np.linalg.svd(self.unit)
        return directions[1] / stretch[1], directions[0] / stretch[0]

    def lengths(self) -> tuple[float, float]:
        """Long and short half axis in pixels."""
        stretch = np.linalg.svd(self.unit, compute_uv=False)
        return float(1 / stretch[1]), float(1 / stretch[0])


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A fitted ring in photo pixels: its outer edge, its blur (a standard deviation),
    the standard error of the long half axis, and the likeness from 0 to 1 to the design.
    """

    outer: Ellipse
    blur: float
    sigma: float
    likeness: float


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """Pixels about a ring: places (n, 2) and linear light (n,) at 1/`factor` size."""

    at: FloatArray
    light: FloatArray
    corner: FloatArray
    factor: int


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """A fit in pixels of a patch: the model's parameters, the standard error of the long half
    axis, and by how much the edge lies farther out than fitted in each sector.
    """

    values: FloatArray
    axis_error: float
    shifts: FloatArray

    @property
    def outer(self) -> Ellipse:
        """The outer edge."""
        return Ellipse(self.values[model.CENTRE], _matrix(self.values[model.UNIT]))

    @property
    def blur(self) -> float:
        """One standard deviation."""
        return math.exp(self.values[model.BLUR])


def fit_ring(grey: ByteArray, guess: Ellipse) -> Ring | None:
    """Fit the ring near a guess in a grey photo (h, w); None unless it is surely a sticker's.

    The model is the printed design seen through a Gaussian blur: white disc and skin
    with a slope of brightness each, ring of one darkness. It is fitted in linear light,
    where a lens blurs; in encoded values every edge would move towards its dark side.
    """
    rough_patch = _patch_about(grey, guess, radius=24)
    rough = _fit(rough_patch, guess, blur=1.0) if rough_patch else None
    if rough_patch is None or rough is None:
        return None
    likeness = _likeness(rough_patch, rough)
    if likeness < SURE:
        return None
    outer = _in_photo(rough_patch, rough.outer)
    patch = _patch_about(grey, outer, radius=48)
    fit = _fit(patch, outer, rough.blur * rough_patch.factor / patch.factor) if patch else None
    if patch is None or fit is None or _strays(fit):
        return None
    blur = fit.blur * patch.factor
    spread = float(np.median(np.abs(fit.shifts))) / 0.6745 / math.sqrt(_SECTORS / 4)
    noise = math.hypot(_CORRELATED * fit.axis_error, spread) * patch.factor
    sigma = math.hypot(noise, model.EDGE_ERROR * blur)
    return Ring(_in_photo(patch, fit.outer), blur, sigma, likeness)


def _strays(fit: _Fit) -> bool:
    allowed = _STRAYING * fit.outer.lengths()[1] + 0.3
    return int((np.abs(fit.shifts) > allowed).sum()) > _STRAY_SECTORS


def _patch_about(grey: ByteArray, ellipse: Ellipse, radius: int) -> _Patch | None:
    """The surroundings, reduced until the long half axis has `radius` pixels at most.

    None when the ring is not whole within the photo.
    """
    import cv2  # noqa: PLC0415

    extent = np.hypot(*ellipse.half_axes())
    size = np.array(grey.shape[::-1])
    if (ellipse.centre - extent < 0).any() or (ellipse.centre + extent > size).any():
        return None
    factor = max(1, math.ceil(ellipse.lengths()[0] / radius))
    low = np.maximum(np.floor(ellipse.centre - _REACH * extent - 2), 0).astype(int)
    high = np.minimum(np.ceil(ellipse.centre + _REACH * extent + 2), size).astype(int)
    width, height = ((high - low) // factor).tolist()
    part = grey[low[1] : low[1] + height * factor, low[0] : low[0] + width * factor]
    light = np.asarray(_LINEAR[part], np.float32)
    if factor > 1:
        light = np.asarray(
            cv2.resize(light, (width, height), interpolation=cv2.INTER_AREA), np.float32
        )
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    places = np.stack((columns.ravel(), rows.ravel()), axis=1)
    return _Patch(places, light.ravel().astype(np.float64), low.astype(np.float64), factor)


def _in_photo(patch: _Patch, ellipse: Ellipse) -> Ellipse:
    return Ellipse(ellipse.centre * patch.factor + patch.corner, ellipse.unit / patch.factor)


def _fit(patch: _Patch, guess: Ellipse, blur: float) -> _Fit | None:
    """Fit about a guess (photo pixels) that is off by a tenth at most, and a blur in pixels of
    the patch; None if it runs away.
    """
    start = Ellipse((guess.centre - patch.corner) / patch.factor, guess.unit * patch.factor)
    radius = np.linalg.norm((patch.at - start.centre) @ start.unit.T, axis=1)
    near = (radius > 1.2 * TARGET_SHARE) & (radius < _REACH)
    at, light = patch.at[near], patch.light[near]
    if len(light) < 3 * model.PARAMETERS:
        return None
    first = _first_values(start, light, radius[near])
    first[model.BLUR] = math.log(blur)
    values, covariance = model.least_squares(first, at, light)
    if not _is_sound(values, start):
        return None
    outer = Ellipse(values[model.CENTRE], _matrix(values[model.UNIT]))
    return _Fit(
        values=values,
        axis_error=_axis_error(outer, covariance[model.UNIT, model.UNIT]),
        shifts=model.edge_shifts(values, at, light, start.centre, _SECTORS),
    )


def _matrix(entries: FloatArray) -> FloatArray:
    return np.array([[entries[0], entries[1]], [0.0, entries[2]]])


def _first_values(start: Ellipse, light: FloatArray, radius: FloatArray) -> FloatArray:
    values = np.zeros(model.PARAMETERS)
    values[model.CENTRE] = start.centre
    values[model.UNIT] = start.unit[[0, 0, 1], [0, 1, 1]]
    values[model.WHITE.start] = _median(light[radius < DISC_SHARE - 0.05])
    values[model.RING] = _median(light[(radius > DISC_SHARE + 0.03) & (radius < 0.97)])
    values[model.SKIN.start] = _median(light[radius > 1.1])
    values[model.DISC] = DISC_SHARE
    return values


def _median(values: FloatArray) -> float:
    return float(np.median(values)) if len(values) else 0.0


def _is_sound(values: FloatArray, start: Ellipse) -> bool:
    """Whether the fit stayed near its start and found a ring darker than its two sides."""
    unit = _matrix(values[model.UNIT])
    size = abs(float(np.linalg.det(unit)))
    if not np.isfinite(values).all() or size < 1e-9:
        return False
    grown = math.sqrt(abs(float(np.linalg.det(start.unit))) / size)
    strayed = float(np.linalg.norm(start.unit @ (values[model.CENTRE] - start.centre)))
    ring, skin, white = values[[model.RING, model.SKIN.start, model.WHITE.start]]
    usual = abs(values[model.DISC] - DISC_SHARE) < 0.05
    return bool(1 / 1.4 < grown < 1.4 and strayed < 0.4 and usual and ring < min(skin, white))


def _axis_error(outer: Ellipse, covariance: FloatArray) -> float:
    """Standard error of the long half axis, from that of the unit matrix's entries."""
    long, _ = outer.lengths()
    step = 1e-6 * abs(outer.unit[0, 0])
    slopes = np.empty(3)
    for i, place in enumerate(((0, 0), (0, 1), (1, 1))):
        changed = outer.unit.copy()
        changed[place] += step
        slopes[i] = (Ellipse(outer.centre, changed).lengths()[0] - long) / step
    return math.sqrt(max(float(slopes @ covariance @ slopes), 0.0))


def _likeness(patch: _Patch, fit: _Fit) -> float:
    """Share of the light's variance that the whole design explains, 0 to 1.

    The lesser of two: over sticker and skin, and over the white disc with its target alone.
    """
    disc = (patch.at - fit.outer.centre) @ fit.outer.unit.T
    radius = np.linalg.norm(disc, axis=1)
    dark = _target(patch, fit, disc, radius)
    if dark is None:
        return 0.0
    past_disc, skin = model.edges(fit.values, patch.at).share
    white = (1 - past_disc) * (1 - dark)
    ramp = np.column_stack((np.ones(len(disc)), disc))
    design = np.column_stack((1 - white - skin, ramp * white[:, None], ramp * skin[:, None]))
    near = radius < 1.2
    light = patch.light[near]
    best, *_ = np.linalg.lstsq(design[near], light, rcond=None)
    if best[0] > _PALEST_INK * best[1]:
        return 0.0
    miss = light - design[near] @ best
    middle = radius[near] < DISC_SHARE - 0.05
    return min(_explained(light, miss), _explained(light[middle], miss[middle]))


_PALEST_INK = 0.6
"""Light from the dark parts as a share of that from the white ones, at most."""


def _target(patch: _Patch, fit: _Fit, disc: FloatArray, radius: FloatArray) -> FloatArray | None:
    """Share of each pixel that the dark quarters cover, turned as the light has them."""
    from scipy.special import ndtr  # noqa: PLC0415

    target = (radius > 0.15) & (radius < 0.9 * TARGET_SHARE)
    if target.sum() < 8:
        return None
    twice_around = ((disc[target] @ (1, 1j)) / radius[target]) ** 2
    wave = ((patch.light[target] - patch.light[target].mean()) * twice_around).sum()
    border = np.angle(wave) / 2 - math.pi / 4
    sides = np.ones(len(disc))
    for turn in (border, border + math.pi / 2):
        across = np.array([math.cos(turn), math.sin(turn)])
        steepness = np.linalg.norm(fit.outer.unit.T @ across)
        sides *= 2 * ndtr(disc @ across / steepness / fit.blur) - 1
    steepness = np.linalg.norm(disc @ fit.outer.unit, axis=1) / (radius + 1e-9) + 1e-9
    within = ndtr((TARGET_SHARE - radius) / steepness / fit.blur)
    dark: FloatArray = within * (1 - sides) / 2
    return dark


def _explained(light: FloatArray, miss: FloatArray) -> float:
    total = float(((light - light.mean()) ** 2).sum())
    return max(1 - float((miss**2).sum()) / max(total, 1e-12), 0.0)


def _linear_light() -> Float32Array:
    """The sRGB transfer function (IEC 61966-2-1) for values 0 to 255."""
    coded = np.arange(256, dtype=np.float32) / 255
    curve = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return curve.astype(np.float32)


_LINEAR = _linear_light()
