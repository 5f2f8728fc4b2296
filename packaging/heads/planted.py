"""Faults planted into good marks, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from heads.protocol import inputs, lengths
from heads.scene import Scene
from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.photo import View
from studio.skin.head.camera import Camera
from studio.skin.head.faults import FaultKind
from studio.skin.head.inputs import Length, Tape, ViewInputs

Marks = tuple[list[ViewInputs], list[Length]]


@dataclass(frozen=True)
class Planted:
    """A fault: its name, how it is planted, and which findings tell it rightly."""

    name: str
    plant: Callable[[Scene, np.random.Generator, int], Marks]
    told: frozenset[FaultKind]


def good(scene: Scene, rng: np.random.Generator, dots: int = 7) -> Marks:
    """Marks without a fault."""
    return inputs(scene, rng, dots=dots), lengths(scene, rng)


def _changed(marks: Marks, view: View, change: Callable[[ViewInputs], ViewInputs]) -> Marks:
    views, known = marks
    return [change(v) if v.view is view else v for v in views], known


def swapped(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """The left photo called right and the right one left, marked by what they are called."""
    views, known = good(scene, rng, dots)
    other = {View.LEFT: View.RIGHT, View.RIGHT: View.LEFT}

    def renamed(view: ViewInputs) -> ViewInputs:
        return replace(view, view=other[view.view], landmarks=_twins(view.landmarks))

    return [renamed(v) if v.view in other else v for v in views], known


def _twins(landmarks: Mapping[str, Point]) -> dict[str, Point]:
    turned = {"_L": "_R", "_R": "_L"}
    return {n[:-2] + turned.get(n[-2:], n[-2:]): at for n, at in landmarks.items()}


def mirrored(view: View) -> Callable[[Scene, np.random.Generator, int], Marks]:
    """One photo mirrored, its landmarks named as if it were not."""

    def plant(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
        def change(v: ViewInputs) -> ViewInputs:
            width = v.size[0] - 1
            paired = view in (View.FRONT, View.TOP, View.BACK)
            named = _twins(v.landmarks) if paired else dict(v.landmarks)
            return replace(
                v,
                landmarks={n: (width - x, y) for n, (x, y) in named.items()},
                dots={n: (width - x, y) for n, (x, y) in v.dots.items()},
                outline=v.outline * (-1, 1) + (width, 0),
            )

        return _changed(good(scene, rng, dots), view, change)

    return plant


def misplaced(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """One landmark 18 to 30 mm off, on another feature."""
    view = (View.FRONT, View.LEFT, View.RIGHT)[rng.integers(3)]

    def change(v: ViewInputs) -> ViewInputs:
        name = list(v.landmarks)[rng.integers(len(v.landmarks))]
        way = rng.uniform(0, 2 * np.pi)
        away = rng.uniform(18, 30) * 8
        x, y = v.landmarks[name]
        moved = (x + away * np.cos(way), y + away * np.sin(way))
        return replace(v, landmarks={**v.landmarks, name: moved})

    return _changed(good(scene, rng, dots), view, change)


def shirt(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """The outline of a profile runs on down the collar, a quarter of its points."""
    view = (View.LEFT, View.RIGHT)[rng.integers(2)]

    def change(v: ViewInputs) -> ViewInputs:
        outline = v.outline.copy()
        low = outline[:, 1] > np.percentile(outline[:, 1], 72)
        away = -1 if outline[low, 0].mean() < outline[:, 0].mean() else 1
        down = np.linspace(0, 1, int(low.sum()))
        order = np.argsort(outline[low, 1])
        shift = np.zeros((int(low.sum()), 2))
        shift[order, 0] = away * down * 55 * 8
        shift[order, 1] = down * 40 * 8
        outline[low] += shift
        return replace(v, outline=outline)

    return _changed(good(scene, rng, dots), view, change)


def over_hair(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """Every outline 5 mm outside the skin, but for brow and forehead; the tape lies on the skin."""
    views, known = good(scene, rng, dots)
    return [replace(v, outline=lifted(v.outline, 5 * 8.0)) for v in views], known


def lifted(outline: FloatArray, by: float) -> FloatArray:
    """An outline moved outwards."""
    ahead, behind = np.roll(outline, -1, axis=0), np.roll(outline, 1, axis=0)
    ahead[-1], behind[0] = outline[-1], outline[0]
    along = ahead - behind
    across = np.stack([along[:, 1], -along[:, 0]], axis=1)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    middle = (outline.max(axis=0) + outline.min(axis=0)) / 2
    across *= np.sign((across * (outline - middle)).sum(axis=1))[:, None]
    return outline + by * across


def other_person(other: Scene) -> Callable[[Scene, np.random.Generator, int], Marks]:
    """One side and the top are of somebody else."""

    def plant(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
        views, known = good(scene, rng, dots)
        strange, _ = good(other, rng, dots)
        away = {v.view: v for v in strange}
        return [away[v.view] if v.view in (View.LEFT, View.TOP) else v for v in views], known

    return plant


def wrong_tape(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """The tape read 6 per cent too long or short."""
    views, known = good(scene, rng, dots)
    factor = 1 + 0.06 * (1 if rng.random() < 0.5 else -1)
    return views, [Tape(n.size_mm * factor, n.size_se) if isinstance(n, Tape) else n for n in known]


def only(*kept: View) -> Callable[[Scene, np.random.Generator, int], Marks]:
    """Some of the photos only."""

    def plant(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
        views, known = good(scene, rng, dots)
        return [v for v in views if v.view in kept], known

    return plant


def near(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """The front photo taken from 35 cm by a phone."""

    def taken(view: ViewInputs) -> ViewInputs:
        shot = scene.shot(View.FRONT)
        focal = 26 / np.hypot(36, 24) * np.hypot(*view.size)
        scale = 350 / np.linalg.norm(shot.camera.position)
        camera = Camera(
            shot.camera.rotation, shot.camera.translation * scale, focal, shot.camera.centre
        )
        rays = shot.camera.rays(np.array(list(view.landmarks.values())))[1]
        depth = _depths(scene, list(view.landmarks))
        points = shot.camera.position + depth[:, None] * rays
        px, _ = camera.project(points)
        rays = shot.camera.rays(view.outline)[1]
        far = np.full(len(rays), float(np.linalg.norm(shot.camera.position)))
        outline, _ = camera.project(shot.camera.position + far[:, None] * rays)
        named = zip(view.landmarks, px, strict=True)
        return replace(
            view,
            focal_px=float(focal),
            landmarks={n: (float(x), float(y)) for n, (x, y) in named},
            dots={},
            outline=outline,
        )

    return _changed(good(scene, rng, dots), View.FRONT, taken)


def _depths(scene: Scene, names: list[str]) -> FloatArray:
    """About how far from the front camera landmarks lie: the face is nearer than the ears."""
    far = float(np.linalg.norm(scene.shot(View.FRONT).camera.position))
    return np.array(
        [far - (10.0 if n.endswith(("_L", "_R")) and "exo" not in n else 100.0) for n in names]
    )


def small(scene: Scene, rng: np.random.Generator, dots: int) -> Marks:
    """All photos of 1 megapixel."""
    share = np.sqrt(1 / 12)
    views, known = good(scene, rng, dots)

    def shrunk(v: ViewInputs) -> ViewInputs:
        def at(p: tuple[float, float]) -> tuple[float, float]:
            x, y = np.rint(np.array(p) * share)
            return float(x), float(y)

        return replace(
            v,
            size=(int(v.size[0] * share), int(v.size[1] * share)),
            focal_px=None if v.focal_px is None else v.focal_px * share,
            landmarks={n: at(p) for n, p in v.landmarks.items()},
            dots={n: at(p) for n, p in v.dots.items()},
            outline=np.rint(v.outline * share),
        )

    return [shrunk(v) for v in views], [n for n in known if isinstance(n, Tape)]


def every(other: Scene) -> tuple[Planted, ...]:
    """All faults; `other` is the second person."""
    kind = FaultKind
    any_side = frozenset({kind.SWAPPED, kind.MIRRORED})
    strange = frozenset({kind.PEOPLE, kind.LANDMARK, kind.OUTLINE, kind.HAIR, kind.LENGTHS})
    return (
        Planted("left and right swapped", swapped, frozenset({kind.SWAPPED})),
        Planted("left photo mirrored", mirrored(View.LEFT), any_side),
        Planted("front photo mirrored", mirrored(View.FRONT), any_side),
        Planted("landmark on the wrong feature", misplaced, frozenset({kind.LANDMARK})),
        Planted("outline over the shirt", shirt, frozenset({kind.OUTLINE})),
        Planted("outline over 5 mm of hair", over_hair, frozenset({kind.HAIR, kind.LENGTHS})),
        Planted("two people", other_person(other), strange),
        Planted("contradicting lengths", wrong_tape, frozenset({kind.LENGTHS})),
        Planted("a single photo", only(View.FRONT), frozenset({kind.VIEWS})),
        Planted("no front photo", only(View.LEFT, View.TOP, View.BACK), frozenset({kind.NO_FRONT})),
        Planted("taken from 35 cm", near, frozenset({kind.NEAR})),
        Planted("1 megapixel", small, frozenset({kind.SMALL})),
    )
