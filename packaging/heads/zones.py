"""Whether the stated errors are true: zones and lines drawn on heads that are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import cKDTree

from heads.protocol import area_per_pixel, judge
from heads.scene import Scene, Shot
from studio.model.arrays import FloatArray, IntArray
from studio.model.head import Head
from studio.model.photo import View
from studio.skin.head.chart import to_chart
from studio.skin.head.errors import errors
from studio.skin.head.fit import HeadFit
from studio.skin.head.joining import DIRECTIONS
from studio.skin.head.prior import sphere
from studio.skin.head.stored import errors as stored_errors
from studio.skin.head.together import area_se, length_se

TURNED = 0.1
"""A zone is measured in a photo that faces it nearly as much as any other (cosine)."""

FEWEST = {"zone 8-16": 8, "zone 18-32": 20, "zone 35-60": 40}
RADII = {"zone 8-16": (8, 16), "zone 18-32": (18, 32), "zone 35-60": (35, 60)}
LINES = {"line 20-60": (20, 60), "line 60-160": (60, 160)}
"""Round zones by their radius and straight lines by their length, mm."""

WHOLE, HAIRLINE = "whole view", "hairline"
MOST = 500
"""Pixels of a zone that are judged."""

APART_MM = 7.0
"""A line lies on scalp whose depth is known as near as this."""


@dataclass(frozen=True)
class Drawn:
    """Something drawn in a photo: logarithm of measured over true area or length, the stated
    standard error, and how much of it lies on the nape."""

    kind: str
    error: float
    se: float
    nape: float

    @property
    def held(self) -> bool:
        """Whether the stated 95 % interval holds the truth."""
        return abs(self.error) < 1.96 * self.se

    @property
    def region(self) -> str:
        """`nape` where most of it lies there."""
        return "nape" if self.nape >= 0.5 else "cranium"


SeAt = Callable[[FloatArray, FloatArray], float]
"""Standard error from directions (n, 3) and what each stands for (n,)."""


class Judge:
    """A fitted head against its scene, with the errors that the studio would state."""

    def __init__(self, scene: Scene, fit: HeadFit) -> None:
        self.scene, self.fit = scene, fit
        sigmas = errors(fit).sigma(sphere(DIRECTIONS))
        head = Head(
            coefficients=tuple(fit.surface.coefficients.tolist()),
            cameras=(),
            size_se=fit.scale_se,
            sigmas=tuple(sigmas.tolist()),
        )
        self.sigma = stored_errors(head)

    def area_se(self, u: FloatArray, weights: FloatArray) -> float:
        """Of a zone."""
        return area_se(u, weights, self.sigma(to_chart(u)), self.fit.scale_se)

    def length_se(self, u: FloatArray, weights: FloatArray) -> float:
        """Of a line."""
        return length_se(u, weights, self.sigma(to_chart(u)), self.fit.scale_se)

    def drawn(self, rng: np.random.Generator, each: int) -> Iterator[Drawn]:
        """`each` of every kind in every photo, as many again at its nape; whole views; the
        hairline."""
        for shot in self.scene.shots:
            places = len(np.unique(shot.px, axis=0))
            if shot.view not in self.fit.cameras or places < FEWEST["zone 35-60"]:
                continue
            photo = _Photo(self, shot)
            found = [photo.whole()]
            for parts in (np.arange(len(shot.px)), np.flatnonzero(shot.nape)):
                for middle in rng.choice(parts, each) if len(parts) else ():
                    found += [photo.zone(kind, shot.px[middle], rng) for kind in RADII]
                    found += [photo.line(kind, shot.px[middle], rng) for kind in LINES]
            yield from (one for one in found if one is not None)
        yield from self._hairline()

    def faces(self, view: View, u: FloatArray) -> bool:
        """Whether a photo faces this skin nearly as much as any other."""
        x, normals = self.fit.surface.points(u), self.fit.surface.normals(u)
        facing = {}
        for other, camera in self.fit.cameras.items():
            way = camera.position - x
            facing[other] = ((way * normals).sum(axis=1) / np.linalg.norm(way, axis=1)).mean()
        return bool(facing[view] >= max(facing.values()) - TURNED)

    def lifted(self, view: View, px: FloatArray) -> FloatArray:
        """Where pixels lie on the fitted head, (n, 3); NaN off it."""
        origin, rays = self.fit.cameras[view].rays(px)
        depth, _ = self.fit.surface.hit(origin, rays)
        x: FloatArray = origin + depth[:, None] * rays
        return x

    def _hairline(self) -> Iterator[Drawn]:
        if View.FRONT not in self.fit.cameras:
            return
        front = self.scene.shot(View.FRONT)
        px, _ = front.camera.project(self.scene.hairline[front.hairline_seen])
        x = self.lifted(View.FRONT, px)
        x = x[np.isfinite(x[:, 0])]
        u, steps = _along(x)
        error = math.log1p(judge(self.scene, self.fit.surface, self.fit.cameras).length)
        yield Drawn(HAIRLINE, error, self.length_se(u, steps), 0.0)


class _Photo:
    """One photo of the scene, to draw in."""

    def __init__(self, judge: Judge, shot: Shot) -> None:
        self.judge, self.shot = judge, shot
        self.px_per_mm = shot.camera.focal_px / float(np.median(shot.depth))

    @cached_property
    def depth(self) -> LinearNDInterpolator:
        return LinearNDInterpolator(self.shot.px, self.shot.depth)

    @cached_property
    def near(self) -> cKDTree:
        return cKDTree(self.shot.px)

    def zone(self, kind: str, middle: FloatArray, rng: np.random.Generator) -> Drawn | None:
        """A round zone; None where its photo does not face it or shows too little of it."""
        radius = rng.uniform(*RADII[kind]) * self.px_per_mm
        inside = np.flatnonzero(np.hypot(*(self.shot.px - middle).T) < radius)
        return self._area(kind, inside) if len(inside) >= FEWEST[kind] else None

    def whole(self) -> Drawn | None:
        """All scalp that the photo shows."""
        return self._area(WHOLE, np.arange(len(self.shot.px)))

    def _area(self, kind: str, inside: IntArray) -> Drawn | None:
        chosen = inside[:: -(-len(inside) // MOST)]
        px, view = self.shot.px[chosen], self.shot.view
        x = self.judge.lifted(view, px)
        seen = np.isfinite(x[:, 0])
        if seen.mean() < 0.9:
            return None
        u = x[seen] / np.linalg.norm(x[seen], axis=1, keepdims=True)
        if kind != WHOLE and not self.judge.faces(view, u):
            return None
        fit = self.judge.fit
        measured = area_per_pixel(fit.surface, fit.cameras[view], px)
        error = math.log(measured.mean() / self.shot.skin[chosen].mean())
        se = self.judge.area_se(u, measured[seen])
        return Drawn(kind, error, se, float(self.shot.nape[chosen].mean()))

    def line(self, kind: str, start: FloatArray, rng: np.random.Generator) -> Drawn | None:
        """A line that is straight in the photo; None where it leaves the scalp or turns away."""
        way, length = rng.uniform(0, 2 * math.pi), rng.uniform(*LINES[kind]) * self.px_per_mm
        steps = np.linspace(0, length, 60)[:, None]
        px = start + steps * np.array([math.cos(way), math.sin(way)])
        found = self.near.query(px)
        far, nearest = np.asarray(found[0]), np.asarray(found[1])
        depth = self.depth(px)
        if not np.isfinite(depth).all() or far.max() > APART_MM * self.px_per_mm:
            return None
        x = self.judge.lifted(self.shot.view, px)
        if not np.isfinite(x).all():
            return None
        u, steps = _along(x)
        if not self.judge.faces(self.shot.view, u):
            return None
        origin, rays = self.shot.camera.rays(px)
        true = _along(origin + depth[:, None] * rays)[1].sum()
        nape = float(self.shot.nape[nearest].mean())
        return Drawn(kind, math.log(steps.sum() / true), self.judge.length_se(u, steps), nape)


def _along(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Directions of the middles of a line's steps, and their lengths."""
    middle = x[1:] + x[:-1]
    u: FloatArray = middle / np.linalg.norm(middle, axis=1, keepdims=True)
    return u, np.linalg.norm(np.diff(x, axis=0), axis=1)
