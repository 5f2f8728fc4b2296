"""Heads of our own making: skulls of random shape with necks and faces, as scenes.

They share nothing with the fit's model: a skull is a superellipsoid whose front and back
differ, with bumps, skew, ridge and texture, blended with a neck and a face.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from heads.scene import CLICKED, Scene, Shot, hat_line, in_order
from studio.model.arrays import BoolArray, FloatArray, IntArray
from studio.model.photo import View
from studio.skin.head.camera import Camera, skin_per_pixel
from studio.skin.head.prior import sphere
from studio.skin.head.start import NOMINAL
from studio.skin.head.state import turn

SIZE = (3000, 4000)
FOCAL = 85 / math.hypot(36, 24) * math.hypot(*SIZE)

PLACES = {
    "exocanthion": (85.0, 44.0, -20.0), "tragus": (14.0, 74.0, -45.0),
    "otobasion_sup": (17.0, 75.0, -19.0), "superaurale": (5.0, 82.0, -14.0),
    "subaurale": (13.0, 75.0, -69.0), "pronasale": (126.0, 0.0, -52.0),
    "subnasale": (112.0, 0.0, -65.0), "menton": (88.0, 0.0, -124.0),
}  # fmt: skip
"""Usual places of landmarks on a head of usual size, mm, left side."""

EDGE = np.array(
    [(0, 38), (40, 36), (62, 20), (80, 6), (100, 0), (118, -12), (138, -42), (160, -52), (180, -54)]
)
"""Where the scalp ends: azimuth from the face and elevation, degrees."""


@dataclass(frozen=True, eq=False)
class Skull:
    """A made head: its radius in every direction about the origin of the head frame."""

    front: float
    back: float
    side: float
    up: float
    down: float
    power: float
    bumps: tuple[tuple[float, float, float, float, float], ...]
    skew: float
    ridge: float
    waves: FloatArray
    neck: tuple[float, float, float, float]
    face: tuple[float, float, float, float]

    def radius(self, u: FloatArray) -> FloatArray:
        """mm, (n,), in unit directions (n, 3)."""
        x, y, z = u.T
        ahead = 1 / (1 + np.exp(-7 * x))
        above = 1 / (1 + np.exp(-7 * z))
        a = self.back + (self.front - self.back) * ahead
        c = self.down + (self.up - self.down) * above
        p = self.power
        r = (np.abs(x / a) ** p + np.abs(y / self.side) ** p + np.abs(z / c) ** p) ** (-1 / p)
        swell = 1 + self.skew * x * y * above
        for bx, by, bz, height, width in self.bumps:
            swell = swell + height * np.exp((u @ (bx, by, bz) - 1) / width**2)
        swell = swell + self.ridge * np.exp(-((y / 0.12) ** 2)) * above
        swell = swell + 0.0025 * np.sin(u @ self.waves[0] + self.waves[1, 0]) * np.sin(
            u @ self.waves[2] + self.waves[1, 1]
        )
        parts = np.stack([np.log(r * swell), self._neck(u), self._face(u)])
        blended: FloatArray = np.exp(np.log(np.exp(22 * (parts - 4.4)).sum(axis=0)) / 22 + 4.4)
        return blended

    def _neck(self, u: FloatArray) -> FloatArray:
        """Logarithm of the distance to the wall of a slanting cylinder, capped."""
        lean, offset, thick, wide = self.neck
        axis = np.array([math.sin(lean), 0.0, -math.cos(lean)])
        squeeze = np.array([1.0, thick / wide, 1.0])
        d = u * squeeze
        d = d - (d @ axis)[:, None] * axis
        o = np.array([-offset, 0.0, 0.0])
        o = o - (o @ axis) * axis
        # |d t - o| = thick
        dd, do = (d**2).sum(axis=1), d @ o
        t = (do + np.sqrt(np.maximum(do**2 + dd * (thick**2 - o @ o), 0))) / np.maximum(dd, 1e-6)
        down = u @ axis
        capped = np.minimum(t, 230.0) * np.clip(0.55 + down, 0.05, 1.0) ** 0.35
        result: FloatArray = np.log(np.where(down > -0.3, capped, 1.0))
        return result

    def _face(self, u: FloatArray) -> FloatArray:
        """Logarithm of the far side of a ball in front of and below the origin."""
        x, z, size, flat = self.face
        d = u * (1.0, flat, 1.0)
        o = np.array([x, 0.0, z])
        dd, do = (d**2).sum(axis=1), d @ o
        inner = do**2 - dd * (o @ o - size**2)
        t = (do + np.sqrt(np.maximum(inner, 0))) / dd
        result: FloatArray = np.log(np.where((inner > 0) & (do > 0), t, 1.0))
        return result

    def points(self, u: FloatArray) -> FloatArray:
        """The skin in directions u."""
        return u * self.radius(u)[:, None]

    def normals(self, u: FloatArray) -> FloatArray:
        """Outward unit normals, by differences."""
        first = np.cross(u, np.where(np.abs(u[:, 2:]) < 0.9, (0.0, 0, 1), (1.0, 0, 0)))
        first /= np.linalg.norm(first, axis=1, keepdims=True)
        second = np.cross(u, first)

        def slope(way: FloatArray) -> FloatArray:
            ends = []
            for s in (1e-4, -1e-4):
                v = u + s * way
                ends.append(self.points(v / np.linalg.norm(v, axis=1, keepdims=True)))
            found: FloatArray = ends[0] - ends[1]
            return found

        normal = np.cross(slope(first), slope(second))
        normal /= np.linalg.norm(normal, axis=1, keepdims=True)
        normal *= np.sign((normal * u).sum(axis=1))[:, None]
        return normal

    def outside(self, x: FloatArray) -> FloatArray:
        """Logarithm of how far out points (n, 3) are: above zero off the skin."""
        r = np.linalg.norm(x, axis=1)
        result: FloatArray = np.log(r / self.radius(x / r[:, None]))
        return result


def skull(rng: np.random.Generator) -> Skull:
    """A random one, adult sizes: breadth 138 to 168, length 178 to 215 mm or so."""
    size = math.exp(rng.normal(0, 0.03))

    def about(mean: float, sd: float) -> float:
        return float(size * (mean + sd * rng.normal()))

    bumps = [(-0.93, 0.0, -0.36, rng.normal(0.02, 0.02), rng.uniform(0.3, 0.5))]
    for sign in (1, -1):
        bumps.append((-0.35, sign * 0.75, 0.56, rng.normal(0.02, 0.015), rng.uniform(0.3, 0.5)))
        bumps.append((0.75, sign * 0.35, 0.56, rng.normal(0.015, 0.01), rng.uniform(0.25, 0.4)))
    for _ in range(4):
        way = rng.normal(size=3)
        x, y, z = way / np.linalg.norm(way)
        bumps.append((x, y, z, rng.normal(0, 0.012), rng.uniform(0.3, 0.6)))
    unusual = rng.random()
    return Skull(
        front=about(104, 4),
        back=about(94, 4.5),
        side=about(74.5, 3),
        up=about(93, 3.5),
        down=about(86, 4),
        power=float(rng.uniform(2.0, 2.45)),
        bumps=tuple((float(a), float(b), float(c), float(h), float(w)) for a, b, c, h, w in bumps),
        skew=float(rng.normal(0, 0.02) + (0.07 if unusual < 0.12 else 0)),
        ridge=float(0.025 if unusual > 0.9 else max(0, rng.normal(0, 0.004))),
        waves=rng.uniform(-14, 14, (3, 3)),
        neck=(float(rng.normal(0.12, 0.08)), about(28, 4), about(52, 3), about(57, 4)),
        face=(about(52, 3), about(-62, 4), about(54, 2), float(rng.uniform(0.85, 1.0))),
    )


@dataclass(frozen=True, eq=False)
class _Truth:
    """A head and what lies on it."""

    head: Skull
    marks: dict[str, FloatArray]
    dots: FloatArray
    hairline: FloatArray


def made(seed: int) -> Scene:
    """A made head photographed from five sides; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    head = skull(rng)
    marks = _landmarks(head, rng)
    dots = head.points(_towards(DOTS))
    hairline = head.points(_hairline())
    sticker = _sticker(head)
    truth = _Truth(head, marks, dots, hairline)
    cloud = head.points(sphere(60000))
    shots = []
    sticker_px = np.empty((0, 2))
    for view in CLICKED:
        camera = _camera(view, rng)
        shots.append(_shot(view, camera, truth, rng))
        if view is View.FRONT:
            sticker_px = camera.project(sticker)[0]
    above = _above(head, marks["glabella"])
    tape = hat_line(cloud[cloud[:, 2] > -45], above, np.array([0.0, 1, 0]), np.array([1.0, 0, 0]))
    return Scene(
        name=f"made {seed}",
        shots=tuple(shots),
        tape_mm=tape,
        sticker=sticker_px,
        hairline=hairline,
    )


DOTS = (
    (0.80, 0.05, 0.62), (0.55, 0.65, 0.60), (0.55, -0.65, 0.60), (0.05, 0.0, 1.0),
    (-0.45, 0.65, 0.60), (-0.45, -0.65, 0.60), (-0.65, 0.05, 0.80),
)  # fmt: skip


def _towards(ways: tuple[tuple[float, float, float], ...]) -> FloatArray:
    u = np.array(ways)
    result: FloatArray = u / np.linalg.norm(u, axis=1, keepdims=True)
    return result


def _hairline() -> FloatArray:
    steps = np.radians(np.linspace(-62, 62, 63))
    rise = np.radians(38 - 16 * (np.abs(np.degrees(steps)) / 62) ** 3 + 4 * np.cos(3 * steps))
    return np.stack(
        [np.cos(steps) * np.cos(rise), np.sin(steps) * np.cos(rise), np.sin(rise)], axis=1
    )


def _landmarks(head: Skull, rng: np.random.Generator) -> dict[str, FloatArray]:
    """Glabella and nasion on the skin, the rest where faces have them, all a little aside."""
    size = head.side / 74.5 * 0.5 + head.front / 104 * 0.5
    found: dict[str, FloatArray] = {}
    for name, low in (("glabella", rng.normal(-1, 3)), ("nasion", rng.normal(-16, 3))):
        u = _towards(((105.0, float(rng.normal(0, 1)), float(low)),))
        found[name] = head.points(u)[0] - (0.0 if name == "glabella" else 4.0, 0, 0)
    for name, place in PLACES.items():
        aside = np.array([rng.normal(0, 4), rng.normal(0, 2.5), rng.normal(0, 4)])
        sides = ("",) if place[1] == 0 else ("_L", "_R")
        for side in sides:
            sign = -1 if side == "_R" else 1
            own = rng.normal(0, 1.5, 3)
            found[name + side] = (np.array(place) * size + aside + own) * (1, sign, 1)
            if not side:
                found[name] = found[name] * (1, 0, 1) + (0, own[1], 0)
    return found


def _camera(view: View, rng: np.random.Generator) -> Camera:
    away = float(rng.uniform(1000, 1300) * math.exp(rng.normal(0, 0.04)))
    tilt = rng.normal(0, math.radians(4), 3)
    if view is View.TOP:
        tilt = tilt + np.array([math.radians(rng.uniform(-20, -3)), 0, 0])
    rotation = turn(tilt) @ NOMINAL[view]
    aim = rotation @ np.array([-5.0, 0, -5.0]) + rng.normal(0, 8, 3) * (1, 1, 0)
    middle = ((SIZE[0] - 1) / 2, (SIZE[1] - 1) / 2)
    return Camera(rotation, np.array([0.0, 0, away]) - aim, FOCAL, middle)


def _shot(
    view: View,
    camera: Camera,
    truth: _Truth,
    rng: np.random.Generator,
) -> Shot:
    head, marks, dots, hairline = truth.head, truth.marks, truth.dots, truth.hairline
    names, grid = CLICKED[view], sphere(9000)
    px, _ = camera.project(np.array([marks[n] for n in names]))
    dot_px, _ = camera.project(dots)
    dot_seen = _facing(head, camera, dots) > math.cos(math.radians(72))
    scalp = grid[on_scalp(grid)]
    x = head.points(scalp)
    facing = _facing(head, camera, x)
    x, scalp = x[facing >= 0.5], scalp[facing >= 0.5]
    at, depth = camera.project(x)
    rays = camera.rays(at)[1]
    skin = skin_per_pixel(depth, rays, head.normals(scalp), FOCAL)
    # directions are even; pixels shall be: keep each as often as it has pixels
    share = head.radius(scalp) ** 2 / skin
    kept = _weighted(rng, share)
    return Shot(
        view=view,
        size=SIZE,
        camera=camera,
        landmarks={n: (float(a), float(b)) for n, (a, b) in zip(names, px, strict=True)},
        dots={i: (float(a), float(b)) for i, (a, b) in enumerate(dot_px) if dot_seen[i]},
        outline=_outline(head, camera, marks),
        px=at[kept],
        skin=skin[kept],
        depth=depth[kept],
        nape=x[kept][:, 2] < -35,
        hairline_seen=_facing(head, camera, hairline) > math.cos(math.radians(75)),
    )


def _weighted(rng: np.random.Generator, share: FloatArray, count: int = 1500) -> IntArray:
    """Indices drawn in proportion to `share`; none from nothing."""
    if len(share) == 0:
        return np.empty(0, np.int64)
    return rng.choice(len(share), count, p=share / share.sum())


def on_scalp(u: FloatArray) -> BoolArray:
    """Whether directions lie on the scalp."""
    azimuth = np.degrees(np.abs(np.arctan2(u[:, 1], u[:, 0])))
    elevation = np.degrees(np.arcsin(np.clip(u[:, 2], -1, 1)))
    found: BoolArray = elevation > np.interp(azimuth, EDGE[:, 0], EDGE[:, 1])
    return found


def _facing(head: Skull, camera: Camera, x: FloatArray) -> FloatArray:
    """Cosine of the incidence at skin points; -1 where the head itself is in the way."""
    to_camera = camera.position - x
    to_camera /= np.linalg.norm(to_camera, axis=1, keepdims=True)
    u = x / np.linalg.norm(x, axis=1, keepdims=True)
    facing: FloatArray = (head.normals(u) * to_camera).sum(axis=1)
    for step in (4.0, 10.0, 20.0, 40.0, 70.0):
        facing = np.where(head.outside(x + step * to_camera) < 0, -1.0, facing)
    return facing


def _outline(head: Skull, camera: Camera, marks: dict[str, FloatArray]) -> FloatArray:
    """The cranium's silhouette by bisection, from brow to 25 mm below the nape, no ears."""
    middle, depth = camera.project(np.zeros((1, 3)))
    ways = np.radians(np.arange(0.0, 360.0))
    unit = np.stack([np.cos(ways), np.sin(ways)], axis=1)
    low, high = np.full(len(ways), 200.0), np.full(len(ways), 260 * FOCAL / depth[0])
    touch = np.zeros((len(ways), 3))
    for _ in range(14):
        half = (low + high) / 2
        least, touch = _least(head, camera, middle + half[:, None] * unit)
        low, high = np.where(least < 0, half, low), np.where(least < 0, high, half)
    x, y, z = touch.T
    ear_top = max(marks["superaurale_L"][2], marks["superaurale_R"][2])
    upper = z > np.where(x > 50, marks["glabella"][2], ear_top + 5)
    back = np.degrees(np.arctan2(z, np.hypot(x, y))) > EDGE[-1, 1] - 10
    wanted = upper | (back & (x < -45) & (np.abs(y) < 45))
    px = middle + low[:, None] * unit
    return in_order(px[wanted])


def _least(head: Skull, camera: Camera, px: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The least height above the skin along each pixel's ray, and where."""
    origin, rays = camera.rays(px)
    t = -(rays @ origin) / (rays**2).sum(axis=1)
    row = np.arange(len(t))
    values, best = np.empty(0), t
    for reach, count in ((110.0, 17), (14.0, 7)):
        tries = best[:, None] + np.linspace(-reach, reach, count)
        x = origin + tries[..., None] * rays[:, None]
        values = head.outside(x.reshape(-1, 3)).reshape(tries.shape)
        best = tries[row, values.argmin(axis=1)]
    return values.min(axis=1), origin + best[:, None] * rays


def _sticker(head: Skull) -> FloatArray:
    u = _towards(((0.96, 0.05, 0.27),))
    at, normal = head.points(u)[0], head.normals(u)[0]
    first = np.cross(normal, (0.0, 0, 1))
    first /= np.linalg.norm(first)
    second = np.cross(normal, first)
    angle = np.radians(np.arange(0, 360, 5.0))
    rim: FloatArray = at + 10 * (np.outer(np.cos(angle), first) + np.outer(np.sin(angle), second))
    return rim


def _above(head: Skull, glabella: FloatArray) -> FloatArray:
    """15 mm up the midline from the glabella, along the skin."""
    low = math.atan2(glabella[2], glabella[0])
    rise = low + np.linspace(0, 0.4, 200)
    path = head.points(np.stack([np.cos(rise), np.zeros_like(rise), np.sin(rise)], axis=1))
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    above: FloatArray = path[int(np.searchsorted(gone, 15.0))]
    return above
