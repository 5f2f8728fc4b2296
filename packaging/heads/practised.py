"""The practice head as a scene: its exact marks, and truth from its grids of depth and area."""

from __future__ import annotations

import itertools
import json
import math
from typing import Any

import numpy as np
from scipy.interpolate import LinearNDInterpolator
from scipy.spatial import cKDTree

from environment import ROOT
from heads.scene import CLICKED, Scene, Shot, in_order
from studio.model.arrays import BoolArray, FloatArray
from studio.model.photo import LandmarkKind, View
from studio.skin.head.camera import Camera
from studio.skin.head.joining import NAMES

FOLDER = ROOT / "resources" / "practice"
CELL, FIRST = 16, 7.5
"""Pixels between the grid's cells, and where the first one lies."""

ENLARGED = 1.25
"""From its pictures of 2400 x 3200 to the trial's 12 megapixels."""

STEEPEST = 60.0
"""Degrees of incidence up to which skin is judged."""

LONGEST_GAP = 120.0
"""Pixels between marks of an outline over which it still runs along the skin."""

HIDDEN_MM = 4.0

NAPE_UP_MM = 10.0
"""Up to so high above the tragi skin counts as nape, as on the test photographs."""


def practised() -> Scene:
    """The scene of the practice head, in pixels of 12 megapixels."""
    marks = json.loads((FOLDER / "marks.json").read_text(encoding="utf-8"))
    raw = {view: json.loads((FOLDER / f"{view.value}.json").read_text()) for view in CLICKED}
    front = raw[View.FRONT]
    ears = np.mean([front["landmarks"][f"tragus_{side}"]["xyz_mm"] for side in "LR"], axis=0)
    cells = {view: _Cells(view, raw[view]) for view in CLICKED}
    hairline = _hairline(cells[View.FRONT], ears + np.array((0.0, 45.0, -15.0)))
    return Scene(
        name="practice",
        shots=tuple(_shot(cells[v], marks["views"][v.value], ears, hairline) for v in CLICKED),
        tape_mm=float(marks["tape_mm"]),
        sticker=_enlarged(np.array(front["stickers"]["sticker_forehead"]["rim_px"])),
        hairline=hairline,
    )


class _Cells:
    """One view's camera in world millimetres, and what its grid knows of the skin it shows."""

    def __init__(self, view: View, raw: dict[str, Any]) -> None:
        self.view, k = view, np.array(raw["K"])
        rotation, centre = np.array(raw["R_world_to_cam"]), np.array(raw["camera_centre_mm"])
        x, y = _enlarged(k[None, :2, 2])[0]
        self.size = (round(raw["width"] * ENLARGED), round(raw["height"] * ENLARGED))
        self.camera = Camera(rotation, -rotation @ centre, ENLARGED * float(k[0, 0]), (x, y))
        with np.load(FOLDER / f"{view.value}_truth.npz") as held:
            row, column = np.nonzero(np.isfinite(held["depth_mm"]))
            self.depth = held["depth_mm"][row, column].astype(np.float64)
            self.skin = held["mm2_per_px2"][row, column].astype(np.float64) / ENLARGED**2
            self.turned = held["incidence_deg"][row, column].astype(np.float64)
            self.scalp: BoolArray = held["scalp"][row, column] > 0
        cell = np.stack([column, row], axis=1).astype(np.float64)
        self.px = _enlarged(cell * CELL + FIRST)
        origin, rays = self.camera.rays(self.px)
        self.xyz = origin + self.depth[:, None] * rays


def _enlarged(px: FloatArray) -> FloatArray:
    """Pixels, their centres at whole numbers, in the enlarged picture."""
    result: FloatArray = (px + 0.5) * ENLARGED - 0.5
    return result


def _shot(cells: _Cells, marks: dict[str, Any], ears: FloatArray, hairline: FloatArray) -> Shot:
    def spot(at: list[float]) -> tuple[float, float]:
        x, y = _enlarged(np.array(at) - 0.5)
        return float(x), float(y)

    chosen = cells.scalp & (cells.turned <= STEEPEST)
    names = {NAMES[LandmarkKind(kind)]: at for kind, at in marks["landmarks"].items()}
    return Shot(
        view=cells.view,
        size=cells.size,
        camera=cells.camera,
        landmarks={name: spot(at) for name, at in names.items()},
        dots={int(number) - 1: spot(at) for number, at in marks["pencil"].items()},
        outline=in_order(_dense(_enlarged(np.array(marks["outline"]) - 0.5))),
        px=cells.px[chosen],
        skin=cells.skin[chosen],
        depth=cells.depth[chosen],
        nape=cells.xyz[chosen, 1] < ears[1] + NAPE_UP_MM,
        hairline_seen=_sees(cells, hairline),
    )


def _dense(contour: FloatArray) -> FloatArray:
    """A contour every 8 pixels or so, smooth between its points; long gaps stay."""
    found = []
    for first, last in itertools.pairwise(contour):
        apart = math.dist(first, last)
        steps = max(1, round(apart / 8)) if apart < LONGEST_GAP else 1
        found.append(first + np.arange(steps)[:, None] / steps * (last - first))
    return np.concatenate([*found, contour[-1:]])


def _sees(cells: _Cells, xyz: FloatArray) -> BoolArray:
    """Whether a view shows these points within 75 degrees."""
    px, depth = cells.camera.project(xyz)
    far, nearest = cKDTree(cells.px).query(px)
    shown = (far < CELL * ENLARGED) & (np.abs(cells.depth[nearest] - depth) < HIDDEN_MM)
    found: BoolArray = shown & (cells.turned[nearest] < 75)
    return found


def _hairline(cells: _Cells, middle: FloatArray) -> FloatArray:
    """A hairline from temple to temple on the true skin, every 1 mm or so."""
    steps = np.radians(np.linspace(-62, 62, 63))
    rise = np.radians(38 - 16 * (np.abs(np.degrees(steps)) / 62) ** 3 + 4 * np.cos(3 * steps))
    away = cells.xyz - middle
    radius = np.linalg.norm(away, axis=1)
    held = (away[:, 2] > 0) & (away[:, 1] > 0) & (cells.turned < 80)
    places = np.stack([np.arctan2(away[:, 0], away[:, 2]), np.arcsin(away[:, 1] / radius)], axis=1)
    size = LinearNDInterpolator(places[held], radius[held])(np.stack([steps, rise], axis=1))
    towards = [np.sin(steps) * np.cos(rise), np.sin(rise), np.cos(steps) * np.cos(rise)]
    line: FloatArray = middle + size[:, None] * np.stack(towards, axis=1)
    return line[np.isfinite(size)]
