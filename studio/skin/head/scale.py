"""The head's size from every length that is known. Photos alone only show its shape."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from studio.model.arrays import FloatArray
from studio.model.photo import MeasurementKind, View
from studio.skin.head.camera import Camera
from studio.skin.head.inputs import Length, Marked, Tape
from studio.skin.head.surface import Surface

BROW_MM = 15.0
"""Height of the hat line above the glabella (head research, section 2)."""

TILTS = (-15.0, -10.0, -5.0, 0.0, 5.0, 10.0)
"""Degrees by which the hat line may rise behind."""

FACE_KINDS = (MeasurementKind.IRIS, MeasurementKind.OWN_IPD, MeasurementKind.MEAN_IPD)
DEPTH_MM = {MeasurementKind.STICKER: 1.0, MeasurementKind.RULER: 6.0, MeasurementKind.CARD: 8.0}
"""How far a thing may lie off the skin it is taken to lie on."""
FACE_DEPTH_MM = 6.0
TAPE_SHAPE = 0.004
PUPIL_MM = 10.0
"""How far the pupils lie in front of the outer corners of the eyes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One known length: logarithm of true over modelled size, and its standard error."""

    length: Length
    ratio: float
    se: float


def readings(
    lengths: Sequence[Length],
    surface: Surface,
    cameras: Mapping[View, Camera],
    landmarks: Mapping[str, FloatArray],
) -> tuple[Reading, ...]:
    """What each length says about the size of a model; those that cannot tell are left out."""
    found = []
    for length in lengths:
        if isinstance(length, Tape):
            if "glabella" in landmarks:
                found.append(_tape(length, surface, landmarks["glabella"]))
        elif length.view in cameras:
            reading = _marked(length, surface, cameras[length.view], landmarks)
            if reading is not None:
                found.append(reading)
    return tuple(found)


def weighted(found: Sequence[Reading]) -> tuple[float, float]:
    """Logarithm of the factor of size and its standard error; 0, infinity from nothing."""
    if not found:
        return 0.0, math.inf
    weights = np.array([1 / r.se**2 for r in found])
    ratios = np.array([r.ratio for r in found])
    return float(weights @ ratios / weights.sum()), float(1 / math.sqrt(weights.sum()))


def _tape(tape: Tape, surface: Surface, glabella: FloatArray) -> Reading:
    # 15 mm are 15 mm of the true head, whose size this is about to tell: first about
    about = tape.size_mm / hat_line(surface, glabella, tilts=TILTS[2:3])
    factor = tape.size_mm / hat_line(surface, glabella, BROW_MM / about)
    return Reading(tape, math.log(factor), math.hypot(tape.size_se / tape.size_mm, TAPE_SHAPE))


def hat_line(
    surface: Surface,
    glabella: FloatArray,
    above: float = BROW_MM,
    tilts: Sequence[float] = TILTS,
) -> float:
    """Longest tape in mm through the midline point `above` mm over the glabella.

    Tilted as it is longest, at most 10 degrees up behind or 15 down.
    """
    at = _over(surface, glabella, above)
    u = at / np.linalg.norm(at)
    forward = np.array([u[0], u[1], 0.0]) / math.hypot(u[0], u[1])
    left = np.array([-forward[1], forward[0], 0.0])
    lengths = _girths(surface, at, forward, left, np.radians(tilts))
    best = int(lengths.argmax())
    if best in (0, len(tilts) - 1):
        return float(lengths[best])
    low, middle, high = lengths[best - 1 : best + 2]
    return float(middle - (low - high) ** 2 / (8 * (low - 2 * middle + high)))


def _over(surface: Surface, glabella: FloatArray, above: float) -> FloatArray:
    """Point of the skin `above` mm higher along the midline than the glabella."""
    azimuth = math.atan2(glabella[1], glabella[0])
    low = math.atan2(glabella[2], math.hypot(glabella[0], glabella[1]))
    rise = low + np.linspace(0, 0.5, 101)
    u = np.stack(
        [np.cos(rise) * np.cos(azimuth), np.cos(rise) * np.sin(azimuth), np.sin(rise)], axis=1
    )
    path = surface.points(u)
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    return np.array([np.interp(above, gone, path[:, k]) for k in range(3)])


def _girths(
    surface: Surface, at: FloatArray, forward: FloatArray, left: FloatArray, tilts: FloatArray
) -> FloatArray:
    """Convex perimeters (n,) of the cuts through `at` that rise backwards by `tilts` (n,)."""
    across = np.cos(tilts)[:, None] * forward - np.sin(tilts)[:, None] * (0.0, 0.0, 1.0)
    normal = np.cross(across, left)
    # directions from the origin to a cut: the plane's foot plus a circle in the plane,
    # narrowed, as the foot lies some mm off the origin
    foot = normal * (normal @ at)[:, None]
    angle = np.linspace(0, 2 * math.pi, 150, endpoint=False)
    cosine, sine = np.cos(angle)[:, None], np.sin(angle)[:, None]
    ring = cosine * across[:, None] + sine * left
    off = (foot**2).sum(axis=1)[:, None]
    radius = np.full(ring.shape[:2], 85.0)
    for _ in range(3):
        x = foot[:, None] + radius[:, :, None] * ring
        x /= np.sqrt(off + radius**2)[:, :, None]
        wanted = np.exp(surface.log_radius(x.reshape(-1, 3))).reshape(radius.shape)
        radius = np.sqrt(np.maximum(wanted**2 - off, 1.0))
    flat = radius[:, :, None] * np.concatenate([cosine, sine], axis=1)
    girths: FloatArray = shapely.length(shapely.convex_hull(shapely.linestrings(flat)))
    return girths


def _marked(
    marked: Marked, surface: Surface, camera: Camera, landmarks: Mapping[str, FloatArray]
) -> Reading | None:
    m = marked.measurement
    points = np.array(m.points, np.float64)
    if m.kind is MeasurementKind.STICKER:
        long, centre = 2 * math.dist(points[0], points[1]), points[0]
        clicks = math.sqrt(2) * m.click_se
    else:
        long, centre = math.dist(points[0], points[1]), points[:2].mean(axis=0)
        clicks = math.sqrt(2) * m.click_se
    depth = _face(camera, landmarks) if m.kind in FACE_KINDS else _skin(surface, camera, centre)
    if depth is None or long <= 0:
        return None
    model = long * depth / camera.focal_px
    off = FACE_DEPTH_MM if m.kind in FACE_KINDS else DEPTH_MM[m.kind]
    se = math.hypot(m.size_se / m.size_mm, clicks / long, off / depth)
    return Reading(marked, math.log(m.size_mm / model), se)


def _skin(surface: Surface, camera: Camera, px: FloatArray) -> float | None:
    origin, rays = camera.rays(px[None])
    return surface.depth(origin, rays[0])


def _face(camera: Camera, landmarks: Mapping[str, FloatArray]) -> float | None:
    corners = [x for n, x in landmarks.items() if n.startswith("exocanthion")]
    if not corners:
        return None
    _, depth = camera.project(np.array(corners))
    return float(depth.mean()) - PUPIL_MM
