"""Guides that lie on the skin: the tape up the midline, ear to ear, the other half mirrored."""

import math

import numpy as np

from studio.geometry.bezier import flatten
from studio.geometry.mirror import direction, mirror_points
from studio.geometry.twins import effective_curves
from studio.model.arrays import FloatArray
from studio.model.chart import HEAD, Point
from studio.model.photo import LandmarkKind
from studio.model.quantity import Quantity
from studio.model.wording import quantity_text
from studio.planning.guide import Guide, GuideKind, GuideLine, GuideNote, Sitting, Stroke
from studio.planning.tape import laid
from studio.planning.trade import trade
from studio.skin.head.chart import to_chart, to_direction
from studio.skin.head.headskin import HeadSkin

TAPE_MM = 120
"""How far up the tape is drawn: beyond any hairline."""

TICK_MM, LONG_TICK_MM = 2.5, 4.5
"""Half lengths of the marks every 5 and every 10 mm, on the skin."""

STEP = 0.5
_ROUNDS = 40
_SIDEWAYS = 1.0
"""Radians to either side within which the line from ear to ear is looked for."""


def tape_scale(at: Sitting) -> Guide:
    """A tape laid from the glabella up the midline, marked every 5 mm along the skin."""
    start = at.place(LandmarkKind.GLABELLA)
    if start is None:
        return Guide(GuideKind.TAPE, missing=(LandmarkKind.GLABELLA,))
    if not at.skin.scaled:
        return Guide(GuideKind.TAPE)
    up = np.array(direction(at.axis))
    line, along = _up(at, start, up)
    across = np.array([-up[1], up[0]])
    lines = [GuideLine(at.skin.to_photo(line), Stroke.MEASURED)]
    notes = []
    for mm in range(0, min(TAPE_MM, int(along[-1])) + 1, 5):
        place = np.array([np.interp(mm, along, line[:, i]) for i in (0, 1)])
        per_mm = 1 / float(np.sqrt(at.skin.area_scale(place[None])[0]))
        half = (LONG_TICK_MM if mm % 10 == 0 else TICK_MM) * per_mm * across
        px = at.skin.to_photo(np.stack([place - half, place + half]))
        if not np.isfinite(px).all():
            continue
        lines.append(GuideLine(px, Stroke.MEASURED))
        if mm and mm % 10 == 0:
            notes.append(
                GuideNote((float(px[1, 0]), float(px[1, 1])), "mm", (f"{mm}",), aside=False)
            )
    return Guide(GuideKind.TAPE, tuple(lines), (*notes, *_heights(at, start)))


def ears(at: Sitting) -> Guide:
    """The line over the head from ear to ear, upright through both tragi."""
    kinds = (LandmarkKind.TRAGUS_RIGHT, LandmarkKind.TRAGUS_LEFT)
    ends = [at.place(kind) for kind in kinds]
    missing = tuple(kind for kind, end in zip(kinds, ends, strict=True) if end is None)
    if missing or at.skin.chart != HEAD or not isinstance(at.skin, HeadSkin):
        return Guide(GuideKind.EARS, missing=missing)
    line = _coronal(at.skin, *(end for end in ends if end is not None))
    px = at.skin.to_photo(line)
    length = at.skin.length(line)
    shown = np.flatnonzero(np.isfinite(px[:, 0]))
    if len(shown) == 0 or not length.known:
        return Guide(GuideKind.EARS, (GuideLine(px, Stroke.MEASURED),))
    middle = px[shown[np.abs(shown - len(px) // 2).argmin()]]
    note = GuideNote((float(middle[0]), float(middle[1])), "ears", (quantity_text(length, "mm"),))
    return Guide(GuideKind.EARS, (GuideLine(px, Stroke.MEASURED),), (note,))


def symmetry(at: Sitting) -> Guide:
    """Each half's lines mirrored onto the other half."""
    axis = at.axis
    lines = [
        GuideLine(
            at.skin.to_photo(mirror_points(flatten(c.nodes, closed=c.closed), axis)), Stroke.GHOST
        )
        for c in effective_curves(at.case.variant, at.case.axis)
        if c.chart == at.skin.chart
    ]
    return Guide(GuideKind.SYMMETRY, tuple(lines))


def _heights(at: Sitting, start: Point) -> list[GuideNote]:
    """Where the tape starts, and what it reads at the hairline."""
    px = at.px(start)
    notes = [GuideNote(px, "glabella")] if px is not None else []
    mid = at.hairline.mid
    mid_px = at.px(mid) if mid is not None else None
    if mid is not None and mid_px is not None:
        length, _ = laid(at.skin, start, mid)
        error = math.hypot(length.se, trade()["landmark_mm"].value)
        told = quantity_text(Quantity(length.value, error), "mm")
        notes.append(GuideNote(mid_px, "hairline", (told,)))
    return notes


def _up(at: Sitting, start: Point, up: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Chart points (n, 2) up the axis' direction from a start, and mm of skin up to each (n,)."""
    scale = float(np.sqrt(at.skin.area_scale(np.array([start]))[0]))
    reach = 1.6 * TAPE_MM / max(scale, 0.1)
    line = np.array(start) + np.arange(0.0, reach, STEP)[:, None] * up
    per_unit = np.sqrt(at.skin.area_scale((line[1:] + line[:-1]) / 2))
    along = np.r_[0.0, np.cumsum(STEP * per_unit)]
    within = along <= TAPE_MM + 5
    return line[within], along[within]


def _coronal(skin: HeadSkin, right: Point, left: Point) -> FloatArray:
    """Chart points (n, 2) of the skin in the upright plane through two places, over the top."""
    ends = to_direction(np.array([right, left]))
    surface = skin.relief.surface
    places = surface.points(ends)
    normal = np.cross(places[1] - places[0], np.array([0.0, 0.0, 1.0]))
    normal /= np.linalg.norm(normal)
    share = np.linspace(0.0, 1.0, 65)[:, None]
    top = np.array([0.0, 0.0, 1.0])
    half = [_between(ends[0], top, 2 * share[:33]), _between(top, ends[1], 2 * share[32:] - 1)]
    course = np.concatenate([half[0], half[1][1:]])
    low = np.full(len(course), -_SIDEWAYS)
    high = np.full(len(course), _SIDEWAYS)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        u = np.cos(middle)[:, None] * course + np.sin(middle)[:, None] * normal
        ahead = (surface.points(u) - places[0]) @ normal > 0
        low, high = np.where(ahead, low, middle), np.where(ahead, middle, high)
    return to_chart(np.cos(low)[:, None] * course + np.sin(low)[:, None] * normal)


def _between(start: FloatArray, end: FloatArray, share: FloatArray) -> FloatArray:
    mixed = (1 - share) * start + share * end
    directions: FloatArray = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    return directions
