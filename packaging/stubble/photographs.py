"""The finder against the follicles of ../shared/photos, whose places are known.

python packaging/stubble/photographs.py
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import cv2
import numpy as np
from PIL import Image

from studio.imaging.follicles import FINEST, Found, find_follicles
from studio.model.arrays import BoolArray, ByteArray, Float32Array, FloatArray

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "photos"
VIEWS = ("left", "top", "back")
STEP = 8
"""Pixels between the cells of the grids of truth."""

PATCH_MM = 14.142
"""Side of a patch of 2 cm2."""


@dataclass(frozen=True, slots=True, eq=False)
class Photographed:
    """One view: the picture, its visible follicles (n, 2) in pixels, and grids (h, w) of truth:
    px per mm (0 off the scalp) and degrees of incidence.
    """

    pixels: ByteArray
    follicles: FloatArray
    px_per_mm: Float32Array
    incidence: FloatArray

    def mask(self, degrees: float) -> BoolArray:
        """The pixels of the scalp that are turned by up to so many degrees."""
        inside = ((self.px_per_mm > 0) & (self.incidence <= degrees)).astype(np.float32)
        return self._whole(inside) > 0.99

    def find(self, degrees: float = 60.0) -> Found:
        """What the finder finds with the true scale."""
        scale = self._whole(self.px_per_mm)

        def at(px: FloatArray) -> FloatArray:
            x, y = np.round(px).astype(int).T
            height, width = scale.shape
            read = scale[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)]
            return np.asarray(read, np.float64)

        return find_follicles(self.pixels, at, self.mask(degrees))

    def densities(self, marks: FloatArray, least: float, most: float) -> FloatArray:
        """True and found follicles per cm2, (n, 2), in square patches of about 2 cm2 between
        two incidences where the picture is fine enough.
        """
        held = self.px_per_mm >= FINEST
        held &= (self.incidence >= least) & (self.incidence <= most)
        if not held.any():
            return np.empty((0, 2))
        side = round(PATCH_MM * float(np.median(self.px_per_mm[held])) / STEP)
        area = np.where(held, STEP**2 / np.maximum(self.px_per_mm, 1) ** 2 / 100, 0)
        tables = [area, *(self._counted(points) * held for points in (self.follicles, marks))]
        patches = []
        for top in range(0, held.shape[0], side):
            for left in range(0, held.shape[1], side):
                box = np.s_[top : top + side, left : left + side]
                if held[box].sum() >= 0.8 * side**2:
                    cm2, real, found = (float(table[box].sum()) for table in tables)
                    patches.append((real / cm2, found / cm2))
        return np.array(patches).reshape(-1, 2)

    def _counted(self, points: FloatArray) -> FloatArray:
        height, width = self.px_per_mm.shape
        cell = np.clip(np.round(points / STEP).astype(int), 0, (width - 1, height - 1))
        number = np.bincount(cell[:, 1] * width + cell[:, 0], minlength=height * width)
        return number.reshape(height, width).astype(np.float64)

    def _whole(self, grid: Float32Array) -> Float32Array:
        height, width = grid.shape
        large = cv2.resize(grid, (width * STEP, height * STEP), interpolation=cv2.INTER_LINEAR)
        return np.asarray(large[: self.pixels.shape[0], : self.pixels.shape[1]], np.float32)


def photographed(view: str) -> Photographed:
    """One view of the head with the fringe, in 12 megapixels."""
    folder = FOLDER / "norwood6_light_12mp"
    pixels = np.asarray(Image.open(folder / f"{view}.jpg").convert("RGB"))
    told = json.loads((folder / f"{view}.json").read_text())
    k, rotation, centre = (np.array(told[n]) for n in ("K", "R_world_to_cam", "camera_centre_mm"))
    with np.load(FOLDER / "truth" / f"{view}_q8.npz") as held:
        depth, scalp = held["depth_mm"].astype(np.float64), held["scalp"] > 0
        area = held["area_mm2_per_px2_12MP"].astype(np.float64)
        normal = held["normal"].astype(np.float64) / 127
    scale = np.where(scalp & (area > 0), 1 / np.sqrt(np.where(area > 0, area, 1)), 0)
    rows, columns = np.indices(depth.shape) * STEP
    rays = np.stack([columns, rows, np.ones_like(rows)], axis=2) @ np.linalg.inv(k).T
    rays /= np.linalg.norm(rays, axis=2, keepdims=True)
    facing = -((normal @ rotation.T) * rays).sum(axis=2)
    with np.load(FOLDER / "truth" / "follicles_norwood6_light.npz") as held:
        places, upright = held["xyz_mm"].astype(np.float64), held["normal"]
    seen = (places - centre) @ rotation.T
    shown = seen @ k.T
    px = shown[:, :2] / shown[:, 2:]
    cell = np.clip(np.round(px / STEP).astype(int), 0, (depth.shape[1] - 1, depth.shape[0] - 1))
    near = np.abs(depth[cell[:, 1], cell[:, 0]] - seen[:, 2]) < 3
    visible = near & (((centre - places) * upright).sum(axis=1) > 0)
    angle = np.degrees(np.arccos(np.clip(np.nan_to_num(facing, nan=-1), -1, 1)))
    return Photographed(pixels, px[visible], scale.astype(np.float32), angle)


def main() -> None:
    """Print the table."""
    print("| view | incidence | patches | true per cm2 | median | p90 | bias |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for view in VIEWS:
        shot = photographed(view)
        marks = shot.find().marked
        for least, most in ((0, 45), (45, 60)):
            patches = shot.densities(marks, least, most)
            haired = patches[patches[:, 0] >= 10]
            bare = patches[patches[:, 0] < 10]
            if len(haired):
                errors = haired[:, 1] / haired[:, 0] - 1
                size = np.abs(errors)
                print(
                    f"| {view} | {least}-{most} | {len(haired)} | {np.median(haired[:, 0]):.0f} | "
                    f"{np.median(size):.1%} | {np.quantile(size, 0.9):.1%} | "
                    f"{np.median(errors):+.1%} |"
                )
            if len(bare):
                real, found = bare.mean(axis=0)
                start = f"| {view}, bare | {least}-{most} | {len(bare)}"
                print(f"{start} | {real:.1f} | {found:.1f} found | | |", flush=True)


if __name__ == "__main__":
    main()
