"""Write what a practitioner would mark on the practice head: `resources/practice/marks.json`.

Exact, in photo pixels from the top left corner.
"""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from environment import ROOT
from heads.scene import CLICKED, hat_line
from practice_head.landmarks import cast, front_point
from practice_head.march import normals
from practice_head.shape import skin
from practice_head.views import VIEWS, Camera, camera
from studio.model.arrays import BoolArray, FloatArray
from studio.model.photo import LandmarkKind, View
from studio.skin.head.joining import KINDS

FOLDER = ROOT / "resources" / "practice"

SPOTS = ((10, 50), (35, 40), (-35, 40), (90, 66), (130, 45), (-130, 45), (180, 50))
"""Directions of the pencil spots from the head's origin, degrees round from the face and up:
in front, two beside it, beside the vertex, two behind, on the crown (head research, section 7)."""

SEEN_TOO = {"front": ("subnasale",), "left": ("subnasale",), "right": ("subnasale",)}
"""What the measure stage asks for beyond what the simulations click."""

TO_HEAD = np.array([(0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)])
"""World (left, up, ahead) to head frame (ahead, left, up)."""

STEEPEST = 72.0
"""Degrees of incidence up to which a spot is marked."""

TURNS, PARTS, ROUNDS = 64, 16, 3
"""Points of an outline before ears and face are left out; parts in which each is sought."""

ON_SKIN_MM, STEPS = 0.02, 90
EAR = (np.array((60.0, -80.0, -130.0)), np.array((120.0, 35.0, -35.0)))
LOWEST_AHEAD, LOWEST_ABOVE, LOWEST_BEHIND = 28.0, 15.0, -95.0
"""Heights in the world down to which the edge is scalp: from ahead or beside, from above,
and behind, with a bit of the neck."""


def main() -> None:
    """Write the file."""
    known = {v.name: json.loads((FOLDER / f"{v.name}.json").read_text()) for v in VIEWS}
    places = {n: np.array(m["xyz_mm"]) for n, m in known["front"]["landmarks"].items()}
    origin = (places["tragus_L"] + places["tragus_R"]) / 2 + (0.0, 45.0, -15.0)
    spots = _spots(origin)
    found: dict[str, Any] = {"tape_mm": round(_tape(known), 1), "views": {}}
    for view in VIEWS:
        cam = camera(view)
        marks = {
            str(KINDS[name].value): _pixel(cam.project(places[name][None])[0])
            for name in (*CLICKED[View(view.name)], *SEEN_TOO.get(view.name, ()))
            if name in places
        }
        found["views"][view.name] = {
            "landmarks": marks,
            "pencil": {
                str(number): _pixel(cam.project(place[None])[0])
                for number, place in spots.items()
                if _seen(cam, place)
            },
            "outline": [_pixel(px) for px in _outline(cam, view.name, origin)],
        }
        print(f"{view.name}: {len(marks)} landmarks of {len(LandmarkKind)}")
    (FOLDER / "marks.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _pixel(at: FloatArray) -> list[float]:
    """From pixel centres at whole numbers to the corner."""
    return [round(float(part) + 0.5, 2) for part in at]


def _spots(origin: FloatArray) -> dict[int, FloatArray]:
    found = {}
    for number, (around, up) in enumerate(SPOTS, start=1):
        a, b = math.radians(around), math.radians(up)
        out = np.array((math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)))
        out = out @ TO_HEAD
        found[number] = cast(origin + 160 * out, -out, 120, skin)
    return found


def _seen(cam: Camera, place: FloatArray) -> bool:
    """Whether a view shows a spot well."""
    ray = place - cam.centre
    far = float(np.linalg.norm(ray))
    ray /= far
    normal = normals(skin, place[None].astype(np.float32), 0.2)[0]
    if -float(normal @ ray) < math.cos(math.radians(STEEPEST)):
        return False
    first = cast(cam.centre + ray * (far - 420), ray, 425, skin)
    return float(np.linalg.norm(first - place)) < 0.8


def _outline(cam: Camera, view: str, origin: FloatArray) -> FloatArray:
    """The edge of the cranium against the wall, in order round it, (n, 2)."""
    middle = cam.project(origin[None])[0]
    turns = np.linspace(0, 2 * math.pi, TURNS, endpoint=False) + math.pi
    ways = np.stack([np.sin(turns), -np.cos(turns)], axis=1)
    low, width = np.full(TURNS, 300.0), 1400.0
    for _ in range(ROUNDS):
        width /= PARTS
        tries = low[:, None] + width * np.arange(1, PARTS + 1)
        away, _ = _closest(cam, (middle + ways[:, None] * tries[..., None]).reshape(-1, 2))
        beyond = away.reshape(tries.shape) > ON_SKIN_MM
        low += width * np.where(beyond.any(axis=1), beyond.argmax(axis=1), PARTS)
    px = middle + ways * (low[:, None] + width / 2)
    _, at = _closest(cam, px)
    _, y, z = at.T
    lowest = LOWEST_ABOVE if view == "top" else LOWEST_AHEAD
    scalp = (y > lowest) | ((z < -100) & (y > LOWEST_BEHIND))
    inside = ((px > 5) & (px < (cam.width - 6, cam.height - 6))).all(axis=1)
    kept: FloatArray = px[scalp & inside & ~_on_ear(at)]
    return kept


def _closest(cam: Camera, px: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How near to the skin each pixel's line of sight comes, mm, and where."""
    rays = cam.rays(px).astype(np.float64)
    far = np.full(len(px), float(np.linalg.norm(cam.centre)) - 350)
    best, place = np.full(len(px), np.inf), np.zeros((len(px), 3))
    for _ in range(STEPS):
        at = cam.centre + rays * far[:, None]
        away = np.asarray(skin(*at.T.astype(np.float64)), np.float64)
        nearer = away < best
        best[nearer], place[nearer] = away[nearer], at[nearer]
        far = far + np.maximum(np.abs(away) * 0.8, 0.3)
    return best, place


def _on_ear(points: FloatArray) -> BoolArray:
    low, high = EAR
    folded = np.abs(points) * (1, 0, 0) + points * (0, 1, 1)
    return np.asarray(((folded > low) & (folded < high)).all(axis=1), np.bool_)


def _tape(known: dict[str, Any]) -> float:
    """The hat line in mm: 15 mm along the skin above the glabella, longest behind."""
    line = np.array([front_point(0.0, float(y)) for y in np.linspace(15.0, 35.0, 9)])
    along = np.concatenate([[0.0], np.linalg.norm(np.diff(line, axis=0), axis=1).cumsum()])
    at = np.array([np.interp(15.0, along, line[:, k]) for k in range(3)])
    cloud = []
    for view in VIEWS:
        k = np.array(known[view.name]["K"])
        with np.load(FOLDER / f"{view.name}_truth.npz") as grids:
            depth = np.asarray(grids["depth_mm"], np.float64)
        row, column = np.nonzero(np.isfinite(depth))
        px = np.stack([column * 16 + 7.5, row * 16 + 7.5], axis=1)
        flat = (px - k[:2, 2]) / k[0, 0]
        seen = np.concatenate([flat, np.ones((len(flat), 1))], axis=1) * depth[row, column, None]
        turned = seen @ np.array(known[view.name]["R_world_to_cam"])
        cloud.append(turned + known[view.name]["camera_centre_mm"])
    points = np.concatenate(cloud)
    left, ahead = np.array((1.0, 0.0, 0.0)), np.array((0.0, 0.0, 1.0))
    return hat_line(points[~_on_ear(points)], at, left, ahead)


if __name__ == "__main__":
    main()
