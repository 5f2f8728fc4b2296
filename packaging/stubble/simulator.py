"""Patches of skin with stubble whose roots are known, as a camera would show them.

Everything is drawn by chance within ranges that are wider than any practice: skin from light to
very dark, hair darker or lighter than it, dots to strokes of 3 mm, one to four hairs to a
follicle, sharp and soft and noisy pictures of 6.5 to 25 px/mm. No photograph goes in.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from studio.model.arrays import ByteArray, FloatArray

FINE = 20.0
"""Pixels per mm in which skin and hair are drawn before the camera sees them."""


SHORTEST = 0.12
"""Length in mm that is seen of a hair cut at the skin: it shines through from beneath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """One kind of head, stubble and camera. Lengths in mm, light linear from 0 to 1.

    `density` are follicles per cm2, `length` and `width` those of a hair as seen, `opacity` the
    optical density across a hair, `spread` and `fan` how far directions stray in radians from
    follicle to follicle and within one, `apart` how far hairs of one leave the skin from each
    other (standard deviation), `gap` the least distance of roots, `gradient` how much denser one
    side of the patch is, `edge` whether hair ends within it. `shade` is the darkening of the skin
    by what lies beneath. `texture`, `pores`, `vellus` and `glints` are contrasts of things that
    are no hair. `sharpness` is the camera's blur in its pixels, `sharpened` what its program puts
    back, `noise` its standard deviation, `quality` that of the JPEG file.
    """

    density: float = 80.0
    hairs: tuple[float, ...] = (0.2, 0.45, 0.3, 0.05)
    length: float = 1.2
    width: float = 0.08
    opacity: float = 1.0
    spread: float = 0.3
    fan: float = 0.3
    apart: float = 0.08
    gap: float = 0.5
    gradient: float = 0.3
    edge: bool = False
    shade: float = 0.1
    skin: float = 0.4
    hair: float = 0.04
    texture: float = 0.02
    pores: float = 0.03
    vellus: float = 0.0
    glints: float = 0.0
    px_per_mm: float = 9.0
    sharpness: float = 0.7
    sharpened: float = 0.3
    noise: float = 0.006
    quality: int = 90


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """A square picture (n, n, 3) of `conditions.px_per_mm`, and its follicles in pixels.

    `roots` (k, 2) are where hair leaves the skin, `middles` (k, 2) the middle of what is seen of
    each follicle's hairs.
    """

    pixels: ByteArray
    roots: FloatArray
    middles: FloatArray
    conditions: Conditions


def any_conditions(rng: np.random.Generator) -> Conditions:
    """Conditions drawn by chance, hair darker than the skin."""
    skin = float(np.exp(rng.uniform(np.log(0.03), np.log(0.75))))
    kind = rng.random()
    length = float(rng.uniform(0.0, 0.25) if kind < 0.25 else rng.uniform(0.2, 3.0))
    few = rng.random() < 0.2
    density = float(np.exp(rng.uniform(np.log(4), np.log(230))))
    if rng.random() < 0.4:
        density = float(rng.uniform(40, 220))
    return Conditions(
        density=float(rng.uniform(0, 6)) if few else density,
        hairs=tuple(rng.dirichlet((1.4, 3.0, 2.1, 0.5))),
        length=length,
        width=float(rng.uniform(0.04, 0.14)),
        opacity=float(rng.uniform(0.45, 2.5)),
        spread=float(rng.uniform(0.05, 0.6)),
        fan=float(rng.uniform(0.05, 0.75)),
        apart=float(rng.uniform(0.02, 0.18)),
        gap=float(rng.uniform(0.0, 0.8)),
        gradient=float(rng.uniform(0, 0.9)),
        edge=bool(rng.random() < 0.2),
        shade=float(rng.uniform(0, 0.4)),
        skin=skin,
        hair=skin * float(rng.uniform(0.02, 0.6)),
        texture=float(np.exp(rng.uniform(np.log(0.004), np.log(0.04)))),
        pores=float(rng.uniform(0, 0.1)),
        vellus=float(rng.uniform(0, 0.25)) if rng.random() < 0.3 else 0.0,
        glints=float(rng.uniform(0, 0.5)) if rng.random() < 0.35 else 0.0,
        px_per_mm=float(np.exp(rng.uniform(np.log(6.5), np.log(25)))),
        sharpness=float(rng.uniform(0.4, 1.3)),
        sharpened=float(rng.uniform(0, 0.9)),
        noise=float(min(np.exp(rng.uniform(np.log(0.001), np.log(0.02))), 0.08 * skin)),
        quality=int(rng.integers(60, 98)),
    )


def render(
    conditions: Conditions, size_mm: float, rng: np.random.Generator, *, clear: bool = False
) -> Patch:
    """A patch of `size_mm` a side under these conditions.

    `clear` evens the skin and the camera's noise out until hair stands out from them: from what
    nobody could see nothing is learnt.
    """
    n = round(size_mm * FINE)
    roots = _roots(conditions, size_mm, rng)
    hair, middles = _hairs(roots, conditions, n, rng)
    detail = _skin(conditions, n, rng)
    if clear and hair.any():
        seen = _contrast(hair, conditions)
        detail *= min(1.0, seen / 2.5 / max(float(detail.std()), 1e-9))
        dark = conditions.skin / (0.1 + conditions.skin) ** 0.5
        conditions = replace(conditions, noise=min(conditions.noise, dark * seen / 2.5))
    skin = conditions.skin * np.exp(detail + _noise(n, 12, rng) * rng.uniform(0, 0.15))
    beneath = _blurred(hair, 0.5 * FINE)
    through = np.exp(-hair)
    light = skin * np.exp(-conditions.shade * beneath) * through
    light += conditions.hair * (1 - through) + conditions.glints * _glints(n, rng) * 0.3
    pixels = photographed(light, conditions, rng)
    scale = conditions.px_per_mm
    return Patch(pixels, roots * scale - 0.5, middles * scale - 0.5, conditions)


def _contrast(hair: FloatArray, conditions: Conditions) -> float:
    """How much darker than the skin hair is where it is, as the camera shows it."""
    seen = _blurred(hair, max(conditions.sharpness / conditions.px_per_mm, 0.04) * FINE)
    usual = float((seen**2).sum() / seen.sum())
    return float(1 - np.exp(-usual)) * abs(1 - conditions.hair / conditions.skin)


def lighter(conditions: Conditions) -> Conditions:
    """The same with hair lighter than the skin: fair or grey on a darker head."""
    return replace(conditions, hair=min(0.9, conditions.skin * 2.5), shade=0.0)


def photographed(light: FloatArray, conditions: Conditions, rng: np.random.Generator) -> ByteArray:
    """Linear light in FINE pixels as an 8-bit sRGB picture (n, n, 3) out of a JPEG file."""
    ratio = FINE / conditions.px_per_mm
    n = round(len(light) / ratio)
    blur = max(conditions.sharpness**2 - 0.1, 0.01) ** 0.5 * ratio
    seen = cv2.GaussianBlur(light, (0, 0), max(blur, 0.05))
    area = cv2.INTER_AREA if ratio > 1 else cv2.INTER_CUBIC
    seen = np.maximum(cv2.resize(seen, (n, n), interpolation=area), 0)
    shot = conditions.noise * np.sqrt(0.1 + seen)
    grain = cv2.GaussianBlur(rng.standard_normal((n, n)), (0, 0), float(rng.uniform(0.3, 0.8)))
    seen = np.clip(seen + shot * grain / max(float(grain.std()), 1e-9), 0, 1)
    levels = 255 * np.where(seen <= 0.0031308, 12.92 * seen, 1.055 * seen ** (1 / 2.4) - 0.055)
    levels += conditions.sharpened * (levels - cv2.GaussianBlur(levels, (0, 0), 1.0))
    tint = np.array([rng.uniform(1.02, 1.15), 1.0, rng.uniform(0.75, 0.95)])
    colour = np.clip(levels[..., None] * tint + 0.5, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(colour).save(file, "JPEG", quality=conditions.quality)
    return np.asarray(Image.open(file).convert("RGB"))


def _roots(conditions: Conditions, size_mm: float, rng: np.random.Generator) -> FloatArray:
    """Places (n, 2) in mm, a margin of 3 mm beyond the patch included."""
    margin, side = 3.0, size_mm + 6.0
    angle = rng.uniform(0, 2 * np.pi)
    along = np.array([np.cos(angle), np.sin(angle)])
    most = conditions.density / 100 * (1 + conditions.gradient)
    wanted = rng.uniform(0, side, (int(rng.poisson(4 * most * side**2)), 2))
    across = (wanted - side / 2) @ along / (side / 2)
    rate = (1 + conditions.gradient * np.clip(across, -1, 1)) / (1 + conditions.gradient)
    if conditions.edge:
        rate = rate * (across > rng.uniform(-0.4, 0.4))
    gap = min(conditions.gap, 0.75 / max(most, 1e-9) ** 0.5)
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    kept: list[tuple[float, float]] = []
    target = rng.poisson(
        conditions.density
        / 100
        * side**2
        * (rate.mean() if len(rate) else 0)
        * (1 + conditions.gradient)
    )
    for (x, y), share in zip(wanted.tolist(), rate.tolist(), strict=True):
        if len(kept) >= target:
            break
        if rng.random() > share:
            continue
        key = (int(x), int(y))
        near = (
            p
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for p in cells.get((key[0] + i, key[1] + j), ())
        )
        if any((x - a) ** 2 + (y - b) ** 2 < gap**2 for a, b in near):
            continue
        cells.setdefault(key, []).append((x, y))
        kept.append((x, y))
    return np.array(kept, dtype=np.float64).reshape(-1, 2) - margin


def _hairs(
    roots: FloatArray, conditions: Conditions, n: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Optical density (n, n) of all hairs in FINE pixels, and the middles (k, 2) in mm."""
    counts = 1 + rng.choice(len(conditions.hairs), size=len(roots), p=conditions.hairs)
    start = np.repeat(roots, counts, axis=0)
    general = rng.uniform(0, 2 * np.pi) + rng.normal(0, 0.05) * roots[:, 0]
    own = np.repeat(general + rng.normal(0, conditions.spread, len(roots)), counts)
    angle = own + rng.normal(0, conditions.fan, len(own))
    start = start + rng.normal(0, conditions.apart, start.shape)
    length = conditions.length * np.exp(rng.normal(0, 0.25, len(own)))
    weight = np.exp(rng.normal(0, 0.3, len(own)))
    curl = rng.normal(0, 0.15, len(own))
    taper = float(rng.uniform(0, 0.6))
    half = start + 0.5 * length[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    owner = np.repeat(np.arange(len(roots)), counts)
    sums = [np.bincount(owner, half[:, axis], len(roots)) for axis in (0, 1)]
    middles = np.stack(sums, axis=1) / np.maximum(counts, 1)[:, None]
    step = 0.04
    pieces = np.maximum(np.ceil(length / step).astype(int), 1)
    which = np.repeat(np.arange(len(own)), pieces)
    share = (np.arange(len(which)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[which]
    turned = angle[which] + curl[which] * share
    far = (share * length[which])[:, None] * np.stack([np.cos(turned), np.sin(turned)], axis=1)
    mass = weight[which] * (1 - taper * share) * np.maximum(length, SHORTEST)[which] / pieces[which]
    field = _splat((start[which] + far) * FINE - 0.5, mass * FINE**2, n)
    own_root = float(rng.uniform(0, 0.08)) if rng.random() < 0.5 else 0.0
    if own_root:
        bulb = _splat(roots * FINE - 0.5, np.full(len(roots), own_root * FINE**2), n)
        field = field + cv2.GaussianBlur(bulb, (0, 0), float(rng.uniform(0.06, 0.15)) * FINE)
    sigma = conditions.width / 2.5
    density = conditions.opacity * conditions.width * _blurred(field, sigma * FINE)
    return density, middles


def _splat(at: FloatArray, mass: FloatArray, n: int) -> FloatArray:
    low = np.floor(at).astype(int)
    part = at - low
    field = np.zeros(n * n)
    for i in (0, 1):
        for j in (0, 1):
            x, y = low[:, 0] + i, low[:, 1] + j
            inside = (x >= 0) & (x < n) & (y >= 0) & (y < n)
            share = np.abs(1 - i - part[:, 0]) * np.abs(1 - j - part[:, 1]) * mass
            field += np.bincount((y * n + x)[inside], share[inside], n * n)
    return field.reshape(n, n)


def _noise(n: int, size_mm: float, rng: np.random.Generator) -> FloatArray:
    """Smooth noise of standard deviation 1 with grains of `size_mm`."""
    stretch = float(np.exp(rng.uniform(-0.5, 0.5)))
    rows, columns = (max(int(n / (size_mm * FINE) * way) + 3, 4) for way in (stretch, 1 / stretch))
    grid = cv2.resize(rng.standard_normal((rows, columns)), (n, n), interpolation=cv2.INTER_CUBIC)
    return np.asarray(grid / max(float(grid.std()), 1e-9), np.float64)


def _skin(conditions: Conditions, n: int, rng: np.random.Generator) -> FloatArray:
    """Logarithm of the skin's light, without hair."""
    layers = [_noise(n, size, rng) * rng.uniform(0.3, 1) for size in (0.12, 0.25, 0.5, 1, 2.5)]
    field: FloatArray = conditions.texture * 0.5 * np.sum(layers, axis=0)
    side = n / FINE
    if conditions.pores:
        spots = rng.uniform(0, side, (int(rng.uniform(0.5, 3) * side**2), 2))
        field -= _marks(
            spots,
            conditions.pores * rng.uniform(0.4, 1, len(spots)),
            float(rng.uniform(0.06, 0.2)),
            n,
        )
    if rng.random() < 0.5:
        blotches = np.maximum(_noise(n, float(rng.uniform(0.12, 0.5)), rng) - 0.7, 0)
        field -= conditions.pores * rng.uniform(0.3, 1) * blotches
    if rng.random() < 0.2:
        spots = rng.uniform(0, side, (int(rng.integers(1, 12)), 2))
        field -= _marks(spots, rng.uniform(0.1, 1, len(spots)), float(rng.uniform(0.15, 0.6)), n)
    if conditions.vellus:
        few = replace(conditions, width=0.04, opacity=conditions.vellus * 1.2, density=0, length=2)
        field -= _hairs(rng.uniform(0, side, (int(0.4 * side**2), 2)), few, n, rng)[0]
    return field


def _marks(at: FloatArray, depth: FloatArray, sigma_mm: float, n: int) -> FloatArray:
    sigma = sigma_mm * FINE
    return _blurred(_splat(at * FINE, depth * 2 * np.pi * sigma**2, n), sigma)


def _glints(n: int, rng: np.random.Generator) -> FloatArray:
    """Specular light: a broad shine broken up by the skin's relief."""
    relief = np.exp(0.8 * _noise(n, 0.2, rng) + 0.5 * _noise(n, 0.6, rng))
    shine: FloatArray = np.clip(_noise(n, 8, rng), 0, 2) * relief * 0.4
    return shine


def _blurred(field: FloatArray, sigma: float) -> FloatArray:
    return np.asarray(cv2.GaussianBlur(field, (0, 0), sigma), np.float64)
