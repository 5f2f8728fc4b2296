"""A photograph of the practice head: tracing, light, skin depth, edges, background and film."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from . import light, march, skin
from .shape import is_cloth, solid
from .solids import Array, dot
from .views import Camera

LOW_FACTOR = 4
SCATTER = ((0.55, 2.6, 0.5), (0.42, 1.1, 0.45), (0.3, 0.6, 0.4))
"""Per colour: narrow and wide blur in mm, and the share of the wide one (light inside silicone)."""
SUBPIXELS = ((-0.375, -0.125), (-0.125, 0.375), (0.125, -0.375), (0.375, 0.125))
NOTHING = 5e3
"""Range of the background, mm."""
CLOTH_GAP = 60.0
"""How much farther cloth counts when edges are sought, so that its thin rim is an edge too."""
EXPOSURE = 1.22


@dataclass(frozen=True, slots=True)
class Hits:
    """Pixels that see the mannequin: flat index, point, normal; range (H, W), inf elsewhere."""

    index: NDArray[np.intp]
    points: Array
    normals: Array
    far: Array


def pixel_grid(cam: Camera) -> NDArray[np.float64]:
    """All pixel centres (H * W, 2)."""
    v, u = np.mgrid[0 : cam.height, 0 : cam.width]
    return np.column_stack([u.ravel(), v.ravel()]).astype(np.float64)


def shoot(cam: Camera, grid: march.Grid, near: Array | None, reach: float) -> Hits:
    """Trace every pixel; near (H, W) is a distance before the surface, inf where nothing is."""
    origin = cam.centre.astype(np.float32)
    rays = cam.rays(pixel_grid(cam))
    far = np.full(len(rays), np.inf, np.float32)
    look = np.arange(len(rays)) if near is None else np.flatnonzero(np.isfinite(near.ravel()))
    start = None if near is None else near.ravel()[look]
    far[look] = march.trace(solid, grid, origin, rays[look], start)
    index = np.flatnonzero(np.isfinite(far))
    points = origin + rays[index] * far[index][:, None]
    normals = march.normals(solid, points, reach)
    return Hits(index, points, normals, far.reshape(cam.height, cam.width))


def nearer(hits: Hits, cam: Camera, factor: int) -> Array:
    """Start distances for a picture `factor` times finer: the least range round each pixel."""
    least = ndimage.minimum_filter(hits.far, size=3) - np.float32(2.5)
    return np.asarray(np.kron(least, np.ones((factor, factor), np.float32)))[
        : cam.height, : cam.width
    ]


def _smoothed(values: Array, hits: Hits) -> Array:
    """Per-point values (n, c) spread over the picture, averaged with neighbours of like depth."""
    h, w = hits.far.shape
    plane = np.zeros((h * w, values.shape[1]), np.float32)
    plane[hits.index] = values
    plane = plane.reshape(h, w, -1)
    far = np.where(np.isfinite(hits.far), hits.far, 1e6).astype(np.float32)
    total, weight = np.zeros_like(plane), np.full((h, w), 1e-6, np.float32)
    for dv in range(-2, 3):
        for du in range(-2, 3):
            other = np.roll(far, (dv, du), (0, 1))
            share = np.exp(-(dv * dv + du * du) / 4.5 - ((other - far) / 4.0) ** 2)
            total += np.roll(plane, (dv, du), (0, 1)) * share[..., None]
            weight += share
    return total / weight[..., None]


def _spread(plane: Array, low: Hits, high: Hits, factor: int) -> Array:
    """Values (n, c) at the fine picture's points from a coarse plane, kept to like depths."""
    v, u = np.divmod(high.index, high.far.shape[1])
    y = (v - (factor - 1) / 2) / factor
    x = (u - (factor - 1) / 2) / factor
    y0, x0 = np.floor(y).astype(int), np.floor(x).astype(int)
    far = high.far.ravel()[high.index]
    total = np.zeros((len(u), plane.shape[2]), np.float32)
    weight = np.zeros(len(u), np.float32)
    lh, lw = low.far.shape
    for dv in (0, 1):
        for du in (0, 1):
            yy, xx = np.clip(y0 + dv, 0, lh - 1), np.clip(x0 + du, 0, lw - 1)
            share = (1 - np.abs(y - y0 - dv)) * (1 - np.abs(x - x0 - du))
            gap = np.minimum(np.abs(low.far[yy, xx] - far), 1e3)
            share = (share * np.exp(-gap / 2.0) + 1e-6 / (1 + gap)).astype(np.float32)
            total += plane[yy, xx] * share[:, None]
            weight += share
    return total / weight[:, None]


def _scatter(light_in: Array, hits: Hits, soft: Array, per_mm: float) -> Array:
    """Light (n, 3) after wandering under the skin: each colour blurred by its own depth."""
    h, w = hits.far.shape
    mask = np.zeros(h * w, np.float32)
    mask[hits.index] = np.maximum(soft, 1e-3)
    mask = mask.reshape(h, w)
    out = np.empty_like(light_in)
    for c, (narrow, wide, share) in enumerate(SCATTER):
        plane = np.zeros(h * w, np.float32)
        plane[hits.index] = light_in[:, c] * np.maximum(soft, 1e-3)
        plane = plane.reshape(h, w)
        mixed = np.zeros(len(hits.index), np.float32)
        for sigma, part in ((narrow, 1 - share), (wide, share)):
            blurred = cv2.GaussianBlur(plane, (0, 0), sigma * per_mm)
            base = cv2.GaussianBlur(mask, (0, 0), sigma * per_mm)
            mixed += part * (
                blurred.ravel()[hits.index] / np.maximum(base.ravel()[hits.index], 1e-5)
            )
        out[:, c] = mixed
    return light_in + soft[:, None] * (out - light_in)


def shade(
    cam: Camera, low: Hits, high: Hits, grid: march.Grid, m: skin.Materials, factor: int
) -> Array:
    """Linear light (n, 3) leaving the fine picture's points towards the camera."""
    turn = cam.r.T.astype(np.float32)
    shares, opened = light.seen_share(grid, low.points, low.normals, turn, skin.SEED)
    seen = _spread(_smoothed(np.column_stack([shares, opened]), low), low, high, factor)
    p, n = high.points, high.normals
    per_mm = float(cam.k[0, 0] / np.median(high.far[np.isfinite(high.far)]))
    s = skin.surface(m, p, n, 1.2 / per_mm)
    tight = _tight(p, n)
    colours = np.array([b.colour for b in light.SOFTBOXES], np.float32)
    lamps = light.lamp_light(p, n, turn) * seen[:, :-1]
    opened = seen[:, -1] * tight
    up = -(n @ cam.r[1].astype(np.float32))
    bounce = opened[:, None] / (1 - 0.75 * s.albedo * (1 - opened[:, None]))
    falling = (lamps * (0.35 + 0.65 * tight[:, None])) @ colours + light.ambient_light(up) * bounce
    inside = _scatter(falling, high, s.soft, per_mm)
    eye = cam.centre.astype(np.float32) - p
    eye /= np.sqrt(dot(eye, eye))[:, None]
    shiny = (light.gloss(p, s.fine, eye, turn, s.rough) * seen[:, :-1]) @ colours
    rim = (1 - np.clip(dot(n, eye), 0, 1)) ** 4
    shiny += (0.05 * rim * opened)[:, None] * light.AMBIENT
    return s.albedo * inside * (1 / np.pi) * 1.35 + shiny * s.shine[:, None] * tight[:, None]


def _tight(p: Array, n: Array) -> Array:
    """Share of light left in folds too small for the grid, from the field itself (n,)."""
    dark = np.zeros(len(p), np.float32)
    for reach, part in ((0.7, 0.25), (1.6, 0.3), (3.2, 0.3)):
        dark += part * np.clip(1 - march.evaluate(solid, p + n * np.float32(reach)) / reach, 0, 1)
    return np.asarray(np.clip(1 - 1.1 * dark, 0.05, 1))


def background(cam: Camera) -> Array:
    """A grey seamless paper, lighter on the side away from the key (H, W, 3), linear."""
    v, u = np.mgrid[0 : cam.height, 0 : cam.width].astype(np.float32)
    v, u = v / cam.height, u / cam.width
    glow = np.exp(-(((u - 0.60) / 0.52) ** 2) - ((v - 0.52) / 0.50) ** 2)
    level = 0.105 + 0.155 * glow
    return np.asarray(level[..., None] * np.array([0.985, 1.0, 1.02], np.float32))


def _mend_edges(cam: Camera, grid: march.Grid, hits: Hits, image: Array) -> None:
    """Anti-alias depth edges in place: sub-pixel rays pick the neighbour of the nearest depth."""
    far = np.where(np.isfinite(hits.far), hits.far, NOTHING).astype(np.float32)
    far.ravel()[hits.index] += CLOTH_GAP * is_cloth(*np.ascontiguousarray(hits.points.T))
    step = ndimage.maximum_filter(far, 3) - ndimage.minimum_filter(far, 3)
    inner = (slice(1, -1), slice(1, -1))
    v, u = (a + 1 for a in np.nonzero(step[inner] > 6))
    near = ndimage.minimum_filter(far, 5)[v, u] - CLOTH_GAP - 15
    total = np.zeros((len(v), 3), np.float32)
    for dy, dx in SUBPIXELS:
        depth = _depth_between(cam, grid, np.column_stack([u + dx, v + dy]), near)
        total += _of_like_depth(image, far, (v, u), depth)
    image[v, u] = total / len(SUBPIXELS)


def _depth_between(cam: Camera, grid: march.Grid, px: NDArray[np.float64], near: Array) -> Array:
    """Range at pixels (n, 2) between the traced ones, cloth counted farther by CLOTH_GAP."""
    rays = cam.rays(px)
    origin = cam.centre.astype(np.float32)
    depth = march.trace(solid, grid, origin, rays, near)
    hit = np.flatnonzero(np.isfinite(depth))
    depth[hit] += CLOTH_GAP * is_cloth(*(origin + rays[hit] * depth[hit][:, None]).T)
    return np.where(np.isfinite(depth), depth, np.float32(NOTHING))


def _of_like_depth(
    image: Array, far: Array, at: tuple[NDArray[np.intp], NDArray[np.intp]], depth: Array
) -> Array:
    """Colours (n, 3) of those of the nine pixels round `at` whose range is nearest to depth."""
    best = np.full(len(depth), np.inf, np.float32)
    colour = np.zeros((len(depth), 3), np.float32)
    for b in (-1, 0, 1):
        for a in (-1, 0, 1):
            beside = at[0] + b, at[1] + a
            gap = np.abs(far[beside] - depth) + 0.3 * (abs(a) + abs(b))
            better = gap < best
            best[better] = gap[better]
            colour[better] = image[beside][better]
    return colour


def develop(linear: Array, seed: int) -> NDArray[np.uint8]:
    """Film: soft shoulder, slight lens softness, falloff to the corners, grain, sRGB bytes."""
    h, w = linear.shape[:2]
    soft = cv2.GaussianBlur(linear, (0, 0), 0.6)
    veil = cv2.GaussianBlur(
        cv2.resize(linear, (w // 8, h // 8), interpolation=cv2.INTER_AREA), (0, 0), w / 260
    )
    soft = 0.975 * soft + 0.025 * cv2.resize(veil, (w, h), interpolation=cv2.INTER_LINEAR)
    v, u = np.mgrid[-1 : 1 : h * 1j, -0.75 : 0.75 : w * 1j].astype(np.float32)
    soft *= (1 - 0.11 * (v * v + u * u))[..., None] * np.float32(EXPOSURE)
    knee = 0.62
    over = np.maximum(soft - knee, 0)
    soft = np.minimum(soft, knee) + (1 - knee) * (1 - np.exp(-over / (1 - knee)))
    coded = np.where(
        soft <= 0.0031308, soft * 12.92, 1.055 * np.maximum(soft, 1e-6) ** (1 / 2.4) - 0.055
    )
    rng = np.random.default_rng(seed)
    grain = cv2.GaussianBlur(rng.standard_normal((h, w), np.float32), (0, 0), 0.8) * 2.0
    amount = 1.0 / 255 * (0.5 + 1.0 * np.sqrt(np.clip(1 - coded.mean(axis=2), 0, 1)))
    coded = coded + (grain * amount)[..., None]
    return np.asarray(np.clip(coded * 255 + 0.5, 0, 255), np.uint8)


def photograph(cam: Camera, grid: march.Grid, m: skin.Materials, seed: int) -> NDArray[np.uint8]:
    """The finished picture (H, W, 3) of a camera."""
    low_cam = cam.scaled(LOW_FACTOR)
    low = shoot(low_cam, grid, None, 0.5)
    high = shoot(cam, grid, nearer(low, cam, LOW_FACTOR), 0.2)
    image = background(cam)
    flat = image.reshape(-1, 3)
    flat[high.index] = shade(cam, low, high, grid, m, LOW_FACTOR)
    _mend_edges(cam, grid, high, image)
    return develop(image, seed)
