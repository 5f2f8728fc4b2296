"""The studio: softboxes that travel with the camera, and how much of each a point can see."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .march import Grid
from .solids import Array, Vec, dot


@dataclass(frozen=True, slots=True)
class Softbox:
    """A square light: place from the subject in camera axes (x right, y down, z away), mm."""

    name: str
    place: Vec
    half_side: float
    colour: Vec
    across: int


SOFTBOXES = (
    Softbox("key", (-820, -760, -760), 430, (2.55, 2.47, 2.36), 4),
    Softbox("fill", (1050, -160, -900), 620, (0.36, 0.38, 0.41), 3),
    Softbox("rim", (880, -620, 700), 300, (1.25, 1.30, 1.38), 4),
    Softbox("edge", (-1000, -260, 520), 260, (0.42, 0.44, 0.47), 3),
)
AMBIENT = np.array([0.30, 0.31, 0.33], np.float32)
FLOOR = np.array([0.13, 0.125, 0.12], np.float32)
AMBIENT_RAYS = 40
REACH = 320.0
OFFSET = 2.0


def lamp_points(box: Softbox, jitter: Array) -> Array:
    """Sample points (across², n, 3) on a softbox in camera axes; jitter (across², n, 2) in 0..1."""
    place = np.array(box.place, np.float32)
    ahead = -place / np.linalg.norm(place)
    u = np.cross(np.array([0, 1, 0], np.float32), ahead)
    u /= np.linalg.norm(u)
    v = np.cross(ahead, u)
    i = np.arange(box.across**2)
    cell = np.stack([i % box.across, i // box.across], axis=1)[:, None, :]
    at = ((cell + jitter) / box.across * 2 - 1) * box.half_side
    return np.asarray(place + at[..., :1] * u + at[..., 1:] * v, np.float32)


def blocked(grid: Grid, start: Array, rays: Array) -> Array:
    """1 where a ray (n, 3) from start (n, 3) meets the solid within REACH, else 0."""
    t = np.full(len(start), 0.3, np.float32)
    dark = np.zeros(len(start), np.float32)
    alive = np.arange(len(start))
    for _ in range(28):
        d = grid.at(start[alive] + rays[alive] * t[alive][:, None])
        dark[alive[d < 0]] = 1
        t[alive] += np.maximum(0.9 * d, 0.9)
        alive = alive[(d >= 0) & (t[alive] < REACH) & (d < 60)]
        if not alive.size:
            break
    return dark


def seen_share(
    grid: Grid, points: Array, facing: Array, turn: Array, seed: int
) -> tuple[Array, Array]:
    """Share of each softbox (n, lights) and of the surroundings (n,) that points can see.

    turn: camera-to-world rotation (3, 3).
    """
    rng = np.random.default_rng(seed)
    start = points + facing * np.float32(OFFSET)
    shares = np.empty((len(points), len(SOFTBOXES)), np.float32)
    for k, box in enumerate(SOFTBOXES):
        jitter = rng.random((box.across**2, len(points), 2), np.float32)
        seen, total = np.zeros(len(points), np.float32), np.full(len(points), 1e-4, np.float32)
        for lamp in lamp_points(box, jitter):
            rays = lamp @ turn.T - points
            rays /= np.sqrt(dot(rays, rays))[:, None]
            slope = dot(rays, facing)
            up = np.flatnonzero(slope > -0.15)
            weight = np.maximum(slope[up], 0.05)
            total[up] += weight
            seen[up] += weight * (1 - blocked(grid, start[up], rays[up]))
        shares[:, k] = seen / total
    return shares, _open_share(grid, start, facing, rng)


def _open_share(grid: Grid, start: Array, facing: Array, rng: np.random.Generator) -> Array:
    seen = np.zeros(len(start), np.float32)
    for i in range(AMBIENT_RAYS):
        # cosine-weighted: a point of the unit sphere (jittered lattice) added to the normal
        z = 1 - (2 * i + 1 + rng.random(len(start), np.float32) - 0.5) / AMBIENT_RAYS
        angle = i * 2.399963 + rng.random(len(start), np.float32) * 6.2832
        flat = np.sqrt(np.maximum(1 - z * z, 0))
        rays = facing + np.stack([flat * np.cos(angle), flat * np.sin(angle), z], axis=1)
        rays /= np.sqrt(dot(rays, rays))[:, None] + 1e-6
        seen += 1 - blocked(grid, start, rays)
    return seen / AMBIENT_RAYS


def lamp_light(points: Array, facing: Array, turn: Array) -> Array:
    """Unshadowed light (n, lights) of each softbox on points with normals facing."""
    out = np.empty((len(points), len(SOFTBOXES)), np.float32)
    for k, box in enumerate(SOFTBOXES):
        middle = np.full((9, 1, 2), 0.5, np.float32)
        lamps = lamp_points(replace(box, across=3), middle)[:, 0] @ turn.T
        total = np.zeros(len(points), np.float32)
        for lamp in lamps:
            rays = lamp - points
            far = np.sqrt(dot(rays, rays))
            total += np.maximum(dot(rays, facing) / far, 0) * (
                np.float32(np.dot(lamp, lamp)) / (far * far)
            )
        out[:, k] = total / len(lamps)
    return out


def gloss(points: Array, facing: Array, eye: Array, turn: Array, rough: Array) -> Array:
    """Mirror-like light (n, lights) towards eye (n, 3; unit), before shadow and colour.

    GGX microfacets (Walter et al. 2007) in two lobes, three quarters as rough as given and one
    quarter sharper, as skin has them; Schlick's Fresnel with F0 = 0.028 (n = 1.4).
    """
    out = np.empty((len(points), len(SOFTBOXES)), np.float32)
    lobes = [((part * rough) ** 4, share) for part, share in ((1.0, 0.75), (0.62, 0.25))]
    kk = (rough + 1) ** 2 / 8
    nv = np.maximum(dot(facing, eye), 0.04)
    lit_eye = nv * (1 - kk) + kk
    for k, box in enumerate(SOFTBOXES):
        across = box.across - 1
        middle = np.full((across**2, 1, 2), 0.5, np.float32)
        lamps = lamp_points(replace(box, across=across), middle)[:, 0]
        total = np.zeros(len(points), np.float32)
        for lamp in lamps @ turn.T:
            rays = lamp - points
            rays /= np.sqrt(dot(rays, rays))[:, None]
            nl = np.maximum(dot(facing, rays), 0)
            rays += eye
            rays /= np.sqrt(dot(rays, rays))[:, None]
            nh = dot(facing, rays)
            fresnel = 0.028 + 0.972 * (1 - np.clip(dot(eye, rays), 0, 1)) ** 5
            lobe = sum(share * a2 / (np.pi * (nh * nh * (a2 - 1) + 1) ** 2) for a2, share in lobes)
            total += lobe * fresnel * nl * 0.25 / ((nl * (1 - kk) + kk) * lit_eye)
        out[:, k] = total / len(lamps)
    return out


def ambient_light(up: Array) -> Array:
    """Light (n, 3) of walls, ceiling and floor on a surface whose normal rises by `up` (-1..1)."""
    share = (0.5 + 0.5 * up)[:, None]
    return FLOOR + (AMBIENT - FLOOR) * share
