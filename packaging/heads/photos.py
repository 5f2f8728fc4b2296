"""The head of ../shared/photos as a scene: truth from its landmarks and depth grids."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from environment import ROOT
from heads.scene import CLICKED, Scene, Shot, hat_line, in_order
from studio.model.arrays import BoolArray, FloatArray
from studio.model.photo import View
from studio.skin.head.camera import Camera

FOLDER = ROOT.parent / "shared" / "photos"
GRID = 8
"""Pixels of the 12 megapixel picture between the grid's cells."""


class _Grid:
    """One view's grid of depth, area and normals, with its camera in world millimetres."""

    def __init__(self, view: View) -> None:
        raw = json.loads((FOLDER / "bald_light" / f"{view}.json").read_text())
        self.view, self.raw = view, raw
        k = np.array(raw["K"])
        rotation, centre = np.array(raw["R_world_to_cam"]), np.array(raw["camera_centre_mm"])
        self.size = (raw["width"] * 2, raw["height"] * 2)
        middle = ((self.size[0] - 1) / 2, (self.size[1] - 1) / 2)
        self.camera = Camera(rotation, -rotation @ centre, 2 * float(k[0, 0]), middle)
        with np.load(FOLDER / "truth" / f"{view}_q8.npz") as held:
            self.depth = held["depth_mm"].astype(np.float64)
            self.area = held["area_mm2_per_px2_12MP"].astype(np.float64)
            normal = held["normal"].astype(np.float64)
            self.scalp: BoolArray = held["scalp"] > 0
        self.normal = normal / np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1)
        self.valid: BoolArray = np.isfinite(self.depth) & (self.depth > 0)
        rows, columns = np.indices(self.depth.shape)
        self.px = np.stack([columns, rows], axis=2) * GRID
        origin, rays = self.camera.rays(self.px.reshape(-1, 2))
        self.rays = rays.reshape(*self.depth.shape, 3)
        self.xyz = origin + np.where(self.valid, self.depth, 0)[..., None] * self.rays
        facing = -(self.rays * self.normal).sum(axis=2) / np.linalg.norm(self.rays, axis=2)
        self.facing = np.where(self.valid, facing, 0)

    def marks(self) -> dict[str, FloatArray]:
        return {n: np.array(m["xyz_mm"]) for n, m in self.raw["landmarks"].items()}

    def sees(self, xyz: FloatArray, least: float) -> BoolArray:
        """Whether the grid shows these points at most so far inclined (cosine)."""
        px, depth = self.camera.project(xyz)
        cell = np.rint(px / GRID).astype(int)
        h, w = self.depth.shape
        inside = ((cell >= 0) & (cell < (w, h))).all(axis=1)
        cell = np.clip(cell, 0, (w - 1, h - 1))
        row, column = cell[:, 1], cell[:, 0]
        shown = np.abs(self.depth[row, column] - depth) < 4.0
        found: BoolArray = inside & shown & (self.facing[row, column] > least)
        return found


def photographed(views: tuple[View, ...] = tuple(CLICKED)) -> Scene:
    """The scene of the photographed head."""
    grids = [_Grid(v) for v in views]
    marks = grids[0].marks()
    cloud = np.concatenate([g.xyz[g.valid & (g.facing > 0.3)] for g in grids])
    dots, hairline = _dots(grids, marks), _hairline(grids, marks)
    return Scene(
        name="photographed",
        shots=tuple(_shot(g, marks, dots, hairline) for g in grids),
        tape_mm=_tape(cloud, marks),
        sticker=_sticker(),
        hairline=hairline,
    )


def _shot(
    grid: _Grid, marks: dict[str, FloatArray], dots: FloatArray, hairline: FloatArray
) -> Shot:
    names = CLICKED[grid.view]
    px, _ = grid.camera.project(np.array([marks[n] for n in names]))
    chosen = grid.scalp & grid.valid & (grid.facing >= 0.5)
    dot_px, _ = grid.camera.project(dots)
    seen = grid.sees(dots, np.cos(np.radians(72)))
    nape = grid.xyz[chosen][:, 1] < marks["tragus_L"][1] + 10
    return Shot(
        view=grid.view,
        size=grid.size,
        camera=grid.camera,
        landmarks={n: (float(x), float(y)) for n, (x, y) in zip(names, px, strict=True)},
        dots={i: (float(x), float(y)) for i, (x, y) in enumerate(dot_px) if seen[i]},
        outline=_outline(grid, marks),
        px=grid.px[chosen],
        skin=grid.area[chosen],
        depth=grid.depth[chosen],
        nape=nape,
        hairline_seen=grid.sees(hairline, np.cos(np.radians(75))),
    )


def _outline(grid: _Grid, marks: dict[str, FloatArray]) -> FloatArray:
    """The cranium's silhouette in pixels, dense, in order round the head.

    Where the depth ends or jumps by more than 15 mm between neighbouring cells; the place
    between the two cells follows from how far the last cell still faces the camera, as on
    a ball of 75 mm.
    """
    found = []
    depth = np.where(grid.valid, grid.depth, 1e6)
    eligible = grid.valid & _cranium(grid, marks)
    right, down = grid.camera.rotation[0], grid.camera.rotation[1]
    for axis, way in ((1, 1), (1, -1), (0, 1), (0, -1)):
        beyond = np.roll(depth, -way, axis=axis)
        edge = eligible & (beyond - depth > 15)
        rows, columns = np.nonzero(edge)
        normal = grid.normal[rows, columns]
        flat = np.stack([normal @ right, normal @ down], axis=1)
        flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
        along = flat[:, 0 if axis == 1 else 1] * way
        steep = along > 0.6
        facing = np.clip(grid.facing[rows, columns], 0, 1)
        left = 75 * (1 - np.sqrt(1 - facing**2)) * grid.camera.focal_px / depth[rows, columns]
        reach = np.clip(left / np.maximum(along, 0.6), 0, GRID)
        px = grid.px[rows, columns].astype(float)
        px[:, 0 if axis == 1 else 1] += way * reach
        found.append(px[steep])
    return in_order(np.concatenate(found))


def _cranium(grid: _Grid, marks: dict[str, FloatArray]) -> BoolArray:
    """Where an outline is traced: from the brow round to 25 mm below the nape, no ears."""
    x, y, z = np.moveaxis(grid.xyz, 2, 0)
    ear_top = max(marks["superaurale_L"][1], marks["superaurale_R"][1])
    upper = y > np.where(z > marks["exocanthion_L"][2] - 30, marks["glabella"][1], ear_top + 5)
    behind = (z < marks["tragus_L"][2] - 45) & (y > marks["nape_hairline"][1] - 25)
    found: BoolArray = upper | (behind & (np.abs(x) < 45))
    return found


def _dots(grids: list[_Grid], marks: dict[str, FloatArray]) -> FloatArray:
    """Seven dots: frontal, two fronto-lateral, vertex, two parieto-occipital, crown."""
    middle = (marks["tragus_L"] + marks["tragus_R"]) / 2 + (0, 45, -15)
    towards = [  # left, up, forward
        (0.05, 0.62, 0.80), (0.65, 0.60, 0.55), (-0.65, 0.60, 0.55), (0.0, 1.0, 0.05),
        (0.65, 0.60, -0.45), (-0.65, 0.60, -0.45), (0.05, 0.80, -0.65),
    ]  # fmt: skip
    return np.array([_skin_along(grids, middle, np.array(u)) for u in towards])


def _skin_along(grids: list[_Grid], middle: FloatArray, direction: FloatArray) -> FloatArray:
    """Where the skin lies in a direction: the best facing cell of any view within 1.5 mm."""
    direction = direction / np.linalg.norm(direction)
    best = -1.0
    where: FloatArray | None = None
    for grid in grids:
        offset = grid.xyz - middle
        along = offset @ direction
        aside = np.linalg.norm(offset - along[..., None] * direction, axis=2)
        near = grid.valid & (along > 40) & (aside < 1.5)
        if near.any() and grid.facing[near].max() > best:
            best = float(grid.facing[near].max())
            chosen = near & (grid.facing >= best - 0.02)
            where = grid.xyz[chosen][aside[chosen].argmin()]
    if where is None:
        raise RuntimeError("No photo shows this part of the head.")
    return where


def _hairline(grids: list[_Grid], marks: dict[str, FloatArray]) -> FloatArray:
    """A hairline from temple to temple on the true skin, every 1 mm or so."""
    middle = (marks["tragus_L"] + marks["tragus_R"]) / 2 + (0, 45, -15)
    steps = np.radians(np.linspace(-62, 62, 63))
    rise = np.radians(38 - 16 * (np.abs(np.degrees(steps)) / 62) ** 3 + 4 * np.cos(3 * steps))
    towards = np.stack(
        [np.sin(steps) * np.cos(rise), np.sin(rise), np.cos(steps) * np.cos(rise)], axis=1
    )
    return np.array([_skin_along(grids, middle, u) for u in towards])


def _tape(cloud: FloatArray, marks: dict[str, FloatArray]) -> float:
    at = marks["glabella"]
    above = cloud[(np.abs(cloud[:, 0] - at[0]) < 1.5) & (cloud[:, 2] > at[2] - 25)]
    place = above[np.abs(above[:, 1] - at[1] - 15).argmin()]
    ears = marks["tragus_L"] - marks["tragus_R"]
    left = ears / np.linalg.norm(ears)
    forward = np.cross(left, (0.0, 1.0, 0.0))
    # the tape lies on the skin above and behind the ears, never on them
    ear = marks["superaurale_L"]
    ears_at = (np.abs(cloud[:, 2] - ear[2]) < 40) & (cloud[:, 1] < ear[1] + 6)
    return hat_line(
        cloud[(cloud[:, 1] > at[1] - 60) & ~ears_at],
        place,
        left,
        forward / np.linalg.norm(forward),
    )


def _sticker() -> FloatArray:
    raw: Any = json.loads((FOLDER / "bald_light" / "front.json").read_text())
    return np.array(raw["stickers"]["sticker_forehead"]["rim_px"]) * 2 + 0.5
