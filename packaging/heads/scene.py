"""One head with everything known, as its photos show it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import ConvexHull

from studio.model.arrays import BoolArray, FloatArray
from studio.model.photo import View
from studio.skin.head.camera import Camera

FRONT = (
    "glabella", "nasion", "pronasale", "menton", "exocanthion_L", "exocanthion_R",
    "superaurale_L", "superaurale_R", "subaurale_L", "subaurale_R",
)  # fmt: skip
PROFILE = ("glabella", "nasion", "pronasale", "menton")
SIDE = ("exocanthion", "tragus", "otobasion_sup", "superaurale", "subaurale")
CLICKED = {
    View.FRONT: FRONT,
    View.LEFT: PROFILE + tuple(f"{n}_L" for n in SIDE),
    View.RIGHT: PROFILE + tuple(f"{n}_R" for n in SIDE),
    View.TOP: ("pronasale", "superaurale_L", "superaurale_R"),
    View.BACK: ("superaurale_L", "superaurale_R", "subaurale_L", "subaurale_R"),
}
"""What anatomy offers in each view (head research, sections 4 and 7)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Shot:
    """One photo of a scene: its camera in the scene's own frame, in pixels of 12 megapixels.

    `outline` is the true contour, dense and in order. `dots` are those seen within 72
    degrees. `px` (n, 2) are places on scalp seen within 60 degrees, `skin` (n,) the true
    mm2 per pixel there, `depth` (n,) how far off along the optical axis, `nape` marks those
    of the nape. `hairline_seen` tells for each point of the hairline whether this photo shows
    it within 75 degrees.
    """

    view: View
    size: tuple[int, int]
    camera: Camera
    landmarks: dict[str, tuple[float, float]]
    dots: dict[int, tuple[float, float]]
    outline: FloatArray
    px: FloatArray
    skin: FloatArray
    depth: FloatArray
    nape: BoolArray
    hairline_seen: BoolArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """A head and its photos. `hairline` (n, 3) lies on the true skin, mm."""

    name: str
    shots: tuple[Shot, ...]
    tape_mm: float
    sticker: FloatArray
    hairline: FloatArray

    def shot(self, view: View) -> Shot:
        """The photo of a view."""
        return next(s for s in self.shots if s.view is view)


def hat_line(points: FloatArray, at: FloatArray, left: FloatArray, forward: FloatArray) -> float:
    """Longest tape through `at` over a cloud of skin points, tilted up to 10
    degrees up behind or 15 down, mm.

    Convex hull of the points within 1.2 mm of each plane that holds `at` and `left`.
    """
    longest = 0.0
    for tilt in np.radians(np.arange(-10, 16.1, 1.0)):
        up = np.cross(forward, left)
        across = np.cos(tilt) * forward + np.sin(tilt) * up
        normal = np.cross(across, left)
        near = points[np.abs((points - at) @ normal) < 1.2] - at
        flat = np.stack([near @ across, near @ left], axis=1)
        longest = max(longest, float(ConvexHull(flat).area))
    return longest


def in_order(px: FloatArray) -> FloatArray:
    """Points of a contour sorted round their middle, beginning after the widest gap."""
    middle = (px.max(axis=0) + px.min(axis=0)) / 2
    angle = np.arctan2(*(px - middle).T[::-1])
    order = np.argsort(angle)
    gaps = np.diff(np.concatenate([angle[order], angle[order][:1] + 2 * np.pi]))
    result: FloatArray = px[np.roll(order, -(int(gaps.argmax()) + 1))]
    return result
