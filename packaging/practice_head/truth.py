"""What is known exactly about each picture: camera, landmarks, sticker, sizes, and the grid."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import march, sticker
from .landmarks import Points, cast
from .shape import CENTRE_Y, CENTRE_Z, is_cloth, solid
from .shape import skin as skin_field
from .views import FOCAL_35, Camera, View

HAIRLINE = np.array([
    (0, 76), (20, 74), (34, 79), (44, 66), (54, 38), (64, 16), (74, 0), (81, -4), (86, 14),
    (106, 15), (113, -8), (120, -36), (135, -56), (152, -76), (180, -82),
], float)  # fmt: skip
"""Lower edge of the scalp: degrees round the vertical axis from straight ahead, height y in mm."""
CELL = 16


def is_scalp(points: Points) -> NDArray[np.bool_]:
    """Which points (n, 3) of the skin lie above the hairline."""
    degrees = np.degrees(np.arctan2(np.abs(points[:, 0]), points[:, 2] - CENTRE_Z))
    return np.asarray(points[:, 1] > np.interp(degrees, HAIRLINE[:, 0], HAIRLINE[:, 1]))


def sizes(at: dict[str, Points]) -> dict[str, float]:
    """Measured sizes of the mannequin: distances in mm, scalp area in cm2."""

    def apart(a: str, b: str) -> float:
        return float(np.linalg.norm(at[a] - at[b]))

    ahead = at["glabella"] - at["opisthocranion"]
    centre = (at["glabella"] + at["opisthocranion"]) / 2
    ahead /= np.linalg.norm(ahead)
    ring = []
    for a in np.radians(np.arange(0.0, 360.0, 2.0)):
        out = math.cos(a) * ahead + math.sin(a) * np.array([1.0, 0.0, 0.0])
        ring.append(cast(centre + 150 * out, -out, 140))
    loop = np.array([*ring, ring[0]])
    found = {
        "ipd": apart("pupil_R", "pupil_L"),
        "head_breadth": apart("euryon_R", "euryon_L"),
        "head_length": apart("glabella", "opisthocranion"),
        "bitragion": apart("tragus_R", "tragus_L"),
        "nasion_menton": apart("nasion", "menton"),
        "circumference": float(np.linalg.norm(np.diff(loop, axis=0), axis=1).sum()),
        "scalp_area_cm2": _scalp_area(),
    }
    return {k: round(v, 2) for k, v in found.items()}


def _scalp_area() -> float:
    """Area in cm2, summing r² dΩ / cos(tilt) over directions from the middle of the braincase."""
    height = (np.arange(240) + 0.5) / 120 - 1
    turn = (np.arange(480) + 0.5) * 2 * math.pi / 480
    h, t = (a.ravel() for a in np.meshgrid(height, turn, indexing="ij"))
    flat = np.sqrt(1 - h * h)
    rays = np.column_stack([flat * np.sin(t), h, flat * np.cos(t)])
    centre = np.array([0.0, CENTRE_Y, CENTRE_Z])
    low, high = np.full(len(rays), 40.0), np.full(len(rays), 150.0)
    for _ in range(24):
        mid = (low + high) / 2
        inside = skin_field(*(centre + rays * mid[:, None]).T) < 0
        low, high = np.where(inside, mid, low), np.where(inside, high, mid)
    points = centre + rays * low[:, None]
    out = march.normals(skin_field, points.astype(np.float32), 0.2)
    solid_angle = 4 * math.pi / len(rays)
    area = low**2 * solid_angle / np.maximum((out * rays).sum(axis=1), 0.05)
    return float(area[is_scalp(points)].sum() / 100)


def _seen(cam: Camera, p: Points) -> bool:
    """Whether the camera sees p: nothing lies before it and it is inside the picture."""
    px = cam.project(p[None])[0]
    if not (0 <= px[0] <= cam.width - 1 and 0 <= px[1] <= cam.height - 1):
        return False
    far = float(np.linalg.norm(p - cam.centre))
    ray = (p - cam.centre) / far
    try:
        first = cast(cam.centre + ray * (far - 420), ray, 425)
    except ValueError:
        return False
    return bool(np.linalg.norm(first - p) < 0.8)


def _entry(cam: Camera, p: Points) -> dict[str, Any]:
    return {
        "px": [round(float(a), 2) for a in cam.project(p[None])[0]],
        "visible": _seen(cam, p),
        "xyz_mm": [round(float(a), 3) for a in p],
    }


def describe(
    view: View,
    cam: Camera,
    at: dict[str, Points],
    laid: sticker.Sticker,
    measured: dict[str, float],
) -> dict[str, Any]:
    """The JSON beside a picture."""
    edge = sticker.rim(laid)
    return {
        "view": view.name, "width": cam.width, "height": cam.height,
        "units": "mm; x=subject left,y=up,z=forward", "face_direction": view.facing,
        "K": cam.k.tolist(), "R_world_to_cam": cam.r.tolist(),
        "camera_centre_mm": cam.centre.tolist(), "focal_35mm_equiv": FOCAL_35,
        "landmarks": {name: _entry(cam, p) for name, p in at.items()},
        "stickers": {"sticker_forehead": {
            "centre": _entry(cam, laid.centre), "diameter_mm": 2 * sticker.RADIUS,
            "rim_px": np.round(cam.project(edge), 2).tolist(),
            "rim_xyz_mm": np.round(edge, 3).tolist(),
        }},
        "true_sizes_mm": measured,
    }  # fmt: skip


def grid_truth(cam: Camera, grid: march.Grid) -> dict[str, NDArray[Any]]:
    """Arrays on a 1/16 grid; cell (i, j) is the pixel position (16 j + 7.5, 16 i + 7.5).

    mm2_per_px2: area of the surface seen by one pixel there, measured between rays 2 pixels to
    either side; incidence_deg: angle between the surface normal and the line of sight; depth_mm:
    distance along the optical axis; scalp: 1 on the scalp. NaN (and 0) where no skin is seen.
    """
    rows, columns = cam.height // CELL, cam.width // CELL
    v, u = np.mgrid[0:rows, 0:columns] * float(CELL) + (CELL - 1) / 2
    px = np.column_stack([u.ravel(), v.ravel()])
    origin = cam.centre.astype(np.float32)

    def meet(shift: tuple[float, float]) -> tuple[Points, NDArray[np.float32]]:
        rays = cam.rays(px + shift)
        far = march.trace(solid, grid, origin, rays)
        return cam.centre + rays.astype(np.float64) * far[:, None].astype(np.float64), far

    with np.errstate(invalid="ignore"):
        p, far = meet((0, 0))
        across = meet((2, 0))[0] - meet((-2, 0))[0]
        down = meet((0, 2))[0] - meet((0, -2))[0]
        area = np.linalg.norm(np.cross(across, down), axis=1) / 16
    hit = np.flatnonzero(np.isfinite(far) & np.isfinite(area))
    q = p[hit].astype(np.float32)
    x, y, z = q.T
    bare = ~is_cloth(x, y, z)
    hit, q = hit[bare], q[bare]
    n = march.normals(solid, q, 0.2)
    sight = (cam.centre - p[hit]) / np.linalg.norm(cam.centre - p[hit], axis=1, keepdims=True)
    out = {name: np.full(len(px), np.nan) for name in ("mm2_per_px2", "incidence_deg", "depth_mm")}
    out["mm2_per_px2"][hit] = area[hit]
    out["incidence_deg"][hit] = np.degrees(np.arccos(np.clip((n * sight).sum(axis=1), 0, 1)))
    out["depth_mm"][hit] = np.round((p[hit] - cam.centre) @ cam.r[2], 2)
    scalp = np.zeros(len(px), np.uint8)
    scalp[hit] = is_scalp(p[hit])
    kinds = {"mm2_per_px2": np.float16, "incidence_deg": np.float16, "depth_mm": np.float32}
    shaped = {k: a.astype(kinds[k]).reshape(rows, columns) for k, a in out.items()}
    return shaped | {"scalp": scalp.reshape(rows, columns)}
