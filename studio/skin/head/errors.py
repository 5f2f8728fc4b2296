"""How sure the fit is: other heads that the marks allow as well, and what they would measure."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from studio.model.arrays import FloatArray, IntArray
from studio.model.photo import View
from studio.skin.head.camera import Camera
from studio.skin.head.fit import HeadFit
from studio.skin.head.harmonics import series_gradient
from studio.skin.head.prior import sphere
from studio.skin.head.scale import readings, weighted
from studio.skin.head.surface import Surface
from studio.skin.head.together import LENGTH_SHARE

DRAWS = 24
NODES = 700
LOWEST = -0.9
"""Nodes lie above this height on the unit sphere."""

SEEN = math.cos(math.radians(75))
DRAWN_SHARE = 0.7
"""Draws spread this much wider than the fit errs: the prior allows more than heads do."""

CRANIUM_AREA, NAPE_AREA = 0.014, 0.12
"""What a surface of degree 8 and its prior miss of an area, as a share: on the cranium and
lowest at the nape, where the neck begins and no photo shows how deep the skin lies behind the
ears. `DRAWN_SHARE` and these are such that 95 % intervals hold the truth in 90 to 98 % of the
trials of packaging/head_coverage.py, found on made heads, the practice head and the
photographed one together."""

NAPE_BEGINS, NAPE_LOWEST = math.sin(math.radians(-24)), math.sin(math.radians(-48))
"""Heights on the unit sphere."""


@dataclass(frozen=True, eq=False)
class Errors:
    """What `len(area)` draws say about skin measured in the photo that faces it.

    `nodes` (n, 3) are directions of the head frame, `area` (draws, n) the logarithm of
    area in a draw over area in the fit, where the same pixels are looked at. `size_se` is
    what of the error of a length is the head's size, 0 while no length is known.
    """

    nodes: FloatArray
    area: FloatArray
    size_se: float

    def sigma(self, u: FloatArray) -> FloatArray:
        """Relative standard error of a length at each direction, (n,)."""
        drawn = DRAWN_SHARE**2 * (self._at(u) ** 2).mean(axis=0) - (2 * self.size_se) ** 2
        shape = np.hypot(np.sqrt(np.maximum(drawn, 0)), own_error(u))
        result: FloatArray = np.hypot(self.size_se, LENGTH_SHARE * shape)
        return result

    def _at(self, u: FloatArray) -> FloatArray:
        """Draws at any directions, (draws, n): the mean of the nearest nodes, nearer ones more."""
        from scipy.spatial import cKDTree  # noqa: PLC0415

        distance, index = cKDTree(self.nodes).query(u, k=3)
        weight = 1 / np.maximum(distance, 1e-6) ** 2
        weight /= weight.sum(axis=1, keepdims=True)
        found: FloatArray = (self.area[:, index] * weight).sum(axis=2)
        return found


def own_error(u: FloatArray) -> FloatArray:
    """What a surface of degree 8 and its prior miss of an area there, as a share, (n,)."""
    return CRANIUM_AREA + (NAPE_AREA - CRANIUM_AREA) * napeness(u)


def napeness(u: FloatArray) -> FloatArray:
    """0 on the cranium to 1 on the nape, (n,)."""
    fall = np.clip((NAPE_BEGINS - u[:, 2]) / (NAPE_BEGINS - NAPE_LOWEST), 0, 1)
    result: FloatArray = fall * fall * (3 - 2 * fall)
    return result


def errors(fit: HeadFit, seed: int = 1) -> Errors:
    """Draws from what the marks allow. The same fit and seed give the same."""
    grid = sphere(NODES)
    grid = grid[grid[:, 2] > LOWEST]
    best = _facing_view(fit, grid)
    views = list(fit.cameras)
    pixels = []
    for i, camera in enumerate(fit.cameras.values()):
        px, depth = camera.project(fit.surface.points(grid[best == i]))
        pixels.append((px, depth - np.linalg.norm(camera.position)))
    base = _areas(fit.surface, fit.cameras, views, pixels)
    area = [
        np.log(_areas(surface, cameras, views, pixels) / base)
        for surface, cameras in _heads(fit, seed)
    ]
    order = np.concatenate([np.flatnonzero(best == i) for i in range(len(views))])
    return Errors(grid[order], np.array(area), _size_se(fit))


def _facing_view(fit: HeadFit, grid: FloatArray) -> IntArray:
    """Which view faces each direction most, (n,)."""
    x, normal = fit.surface.points(grid), fit.surface.normals(grid)
    facing = []
    for camera in fit.cameras.values():
        way = camera.position - x
        facing.append((way * normal).sum(axis=1) / np.linalg.norm(way, axis=1))
    best: IntArray = np.array(facing).argmax(axis=0)
    return best


def _heads(fit: HeadFit, seed: int) -> Iterator[tuple[Surface, dict[View, Camera]]]:
    """Heads and cameras in mm that the marks and lengths allow, drawn from the information."""
    from scipy.linalg import cholesky, solve_triangular  # noqa: PLC0415

    solution = fit.solution
    problem, state = solution.problem, solution.state
    root = cholesky(solution.information)
    rng = np.random.default_rng(seed)
    shape, points = len(state.coefficients), state.points.size
    known = _size_se(fit)
    marks = dict(zip(problem.names, state.points, strict=False))
    for _ in range(DRAWS):
        free = solve_triangular(root, rng.normal(size=len(root)))
        drawn = state.moved(np.concatenate([free[:shape], np.zeros(points), free[shape:]]))
        surface, cameras = Surface(drawn.coefficients), problem.cameras(drawn)
        ratio, _ = weighted(readings(fit.lengths, surface, cameras, marks))
        factor = math.exp(ratio + known * rng.normal())
        yield surface.scaled(factor), {v: c.scaled(factor) for v, c in cameras.items()}


def _size_se(fit: HeadFit) -> float:
    return fit.scale_se if fit.scaled else 0.0


def _areas(
    surface: Surface,
    cameras: Mapping[View, Camera],
    views: list[View],
    pixels: list[tuple[FloatArray, FloatArray]],
) -> FloatArray:
    """Skin per pixel at the given pixels of each view, views one after the other.

    With each pixel comes about how much deeper the skin is there than the head's middle.
    """
    found = []
    for view, (px, deeper) in zip(views, pixels, strict=True):
        camera = cameras[view]
        place, rays = camera.rays(px)
        depth = deeper + np.linalg.norm(place)
        found.append((np.tile(place, (len(px), 1)), rays, depth, np.full(len(px), camera.focal_px)))
    # all views at once: on some hundred pixels numpy costs by the call
    origin, rays, t, focal = (np.concatenate(parts) for parts in zip(*found, strict=True))
    normal = rays
    for _ in range(4):
        x = origin + t[:, None] * rays
        r = np.linalg.norm(x, axis=1)
        u = x / r[:, None]
        value, slope = series_gradient(u, surface.coefficients)
        normal = u - slope
        rate = (normal * rays).sum(axis=1) / r
        # where the skin hardly faces the camera a full step would run away
        t = t - np.clip((np.log(r) - value) / np.minimum(rate, -SEEN / 400), -15, 15)
    normal = normal / np.linalg.norm(normal, axis=1, keepdims=True)
    return _skin(t, rays, normal, focal)


def _skin(t: FloatArray, rays: FloatArray, normal: FloatArray, focal_px: FloatArray) -> FloatArray:
    """Skin per pixel, beyond 78 degrees as at 78."""
    steepest = math.cos(math.radians(78))
    length = np.linalg.norm(rays, axis=1)
    facing = np.maximum(-(rays * normal).sum(axis=1) / length, steepest)
    area: FloatArray = t**2 / (length * focal_px**2 * facing)
    return area
