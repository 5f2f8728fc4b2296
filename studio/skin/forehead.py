"""The forehead's frame on a chart, in mm: what a hairline is grown in, and where it is laid.

x runs from the mid-line to the client's left, y up from the glabella. On a plane the frame is
straight; on the fitted head y is the tape along the mid-line and x the tape that squares off
from there.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.geometry.hairline_places import HalfPlaces, Places
from studio.geometry.mirror import across, direction
from studio.geometry.transport import Mapping as Laying
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis
from studio.model.chart import HEAD, ChartId, Point
from studio.model.head import Head
from studio.model.photo import LandmarkKind, Photo, View
from studio.model.refusal import Refusal
from studio.skin.hairline_figures import glabella_above, usual_places
from studio.skin.plane import plane_map

if TYPE_CHECKING:
    from studio.skin.head.fermi import FermiNet

FACES = (View.FRONT, View.BROWS_RAISED)

Marks = Mapping[LandmarkKind, Point]

WORDS = {
    LandmarkKind.GLABELLA: "glabella",
    LandmarkKind.CANTHUS_RIGHT: "eye corner, right",
    LandmarkKind.CANTHUS_LEFT: "eye corner, left",
    LandmarkKind.TRAGUS_RIGHT: "ear, right",
    LandmarkKind.TRAGUS_LEFT: "ear, left",
}

_SIDES = {
    -1.0: (LandmarkKind.CANTHUS_RIGHT, LandmarkKind.TRAGUS_RIGHT, LandmarkKind.EAR_ROOT_RIGHT),
    1.0: (LandmarkKind.CANTHUS_LEFT, LandmarkKind.TRAGUS_LEFT, LandmarkKind.EAR_ROOT_LEFT),
}


_HEIGHTS = (30.0, 45.0, 60.0, 75.0, 90.0, 105.0)
_WAYS = np.arange(20.0, 78.0, 1.0)
"""Heights, and ways off the mid-line, mm, at which the vertical above an eye is looked for."""


@dataclass(frozen=True, eq=False)
class Forehead:
    """The frame on one chart: mm to chart points, back, and the marks of the face in mm.

    Both ways take and give points (n, 2); NaN where the frame does not reach.
    """

    chart: ChartId
    to_chart: Laying
    to_mm: Laying
    places: Places


def forehead(case: Case, chart: ChartId) -> Forehead:
    """The frame on a chart of the case; the same object while nothing it rests on changed.

    Raises Refusal on a photo that does not show the face, or has no mark to begin from.
    """
    if chart == HEAD:
        if case.head is None:
            raise Refusal("There is no fitted head yet. Join the photos first.")
        return _on_head(case.head, case.photos, case.axis(HEAD))
    axis = next((axis for axis in case.axes if axis.chart == chart), None)
    return _on_plane(case.photo(chart), axis)


@lru_cache(maxsize=16)
def _on_plane(photo: Photo, axis: MirrorAxis | None) -> Forehead:
    if photo.view not in (*FACES, View.OTHER):
        raise Refusal("A hairline is grown on a photo that shows the face. Choose the front photo.")
    skin = plane_map(photo)
    marks = {mark.kind: _point(skin.to_skin(np.array([mark.at]))[0]) for mark in photo.landmarks}
    up, side = _upright(marks, axis)
    start, guessed = _glabella(marks, up)
    if axis is not None:
        off = np.linalg.solve(np.stack([side, up], axis=1), start - np.array(axis.at))
        start = start - off[0] * side
    frame = np.stack([side, up], axis=1)
    back = np.linalg.inv(frame)

    def to_chart(mm: FloatArray) -> FloatArray:
        placed: FloatArray = start + np.asarray(mm, dtype=np.float64) @ frame.T
        return placed

    def to_mm(points: FloatArray) -> FloatArray:
        placed: FloatArray = (np.asarray(points, dtype=np.float64) - start) @ back.T
        return placed

    found = {kind: _point(to_mm(np.array([at]))[0]) for kind, at in marks.items()}
    return Forehead(photo.id, to_chart, to_mm, _flat_places(found, guessed))


def _upright(marks: Marks, axis: MirrorAxis | None) -> tuple[FloatArray, FloatArray]:
    """Directions up and to the client's left: by the mirror axis, or else square to the pupils."""
    if axis is not None:
        return np.array(direction(axis)), np.array(across(axis))
    for pair in (
        (LandmarkKind.PUPIL_RIGHT, LandmarkKind.PUPIL_LEFT),
        (LandmarkKind.CANTHUS_RIGHT, LandmarkKind.CANTHUS_LEFT),
    ):
        if all(kind in marks for kind in pair):
            way = np.subtract(marks[pair[1]], marks[pair[0]])
            way = way / np.hypot(*way)
            return np.array([way[1], -way[0]]), way
    return np.array([0.0, -1.0]), np.array([1.0, 0.0])


def _glabella(marks: Marks, up: FloatArray) -> tuple[FloatArray, tuple[LandmarkKind, ...]]:
    """Where the glabella lies on a plane, and what was guessed for it."""
    above_pupils, above_nasion = glabella_above()
    if LandmarkKind.GLABELLA in marks:
        return np.array(marks[LandmarkKind.GLABELLA]), ()
    if LandmarkKind.NASION in marks:
        return np.array(marks[LandmarkKind.NASION]) + above_nasion * up, (LandmarkKind.GLABELLA,)
    pupils = [marks[k] for k in (LandmarkKind.PUPIL_RIGHT, LandmarkKind.PUPIL_LEFT) if k in marks]
    if len(pupils) == 2:
        return np.mean(pupils, axis=0) + above_pupils * up, (LandmarkKind.GLABELLA,)
    raise Refusal(
        "The line is placed by tape from the glabella. Mark the glabella, or both pupils, first."
    )


def _flat_places(found: Marks, guessed: Iterable[LandmarkKind]) -> Places:
    usual = usual_places(taped=False)
    assumed = list(guessed)
    halves = []
    for sign, (eye, ear, root) in _SIDES.items():
        canthus = _outwards(found.get(eye), sign) or usual.canthus
        tragus, top = _outwards(found.get(ear), sign), _outwards(found.get(root), sign)
        assumed += [eye] if eye not in found else []
        assumed += [ear] if tragus is None and top is None else []
        at, ahead = (
            (top, usual.from_ear_root)
            if top is not None
            else (tragus or usual.tragus, usual.from_tragus)
        )
        burn = (at[0] - ahead[0], at[1] + ahead[1])
        halves.append(HalfPlaces(canthus=canthus, plumb=(canthus,), sideburn=burn))
    return _places(found, halves, assumed)


@lru_cache(maxsize=8)
def _on_head(head: Head, photos: tuple[Photo, ...], axis: MirrorAxis) -> Forehead:
    from studio.skin.head.fermi import fermi_net  # noqa: PLC0415
    from studio.skin.head.stored import relief  # noqa: PLC0415

    surface = relief(head).surface
    marks = _marks_on_head(head, photos)
    start, guessed = _start_on_head(marks, axis)
    net = fermi_net(surface, start, axis.angle)
    found = {
        kind: _point(mm)
        for kind, at in marks.items()
        if np.isfinite(mm := net.to_mm(np.array([at]))[0]).all()
    }
    places = _round_places(head, marks, found, guessed, net)
    return Forehead(HEAD, net.to_chart, net.to_mm, places)


def _marks_on_head(head: Head, photos: tuple[Photo, ...]) -> dict[LandmarkKind, Point]:
    """Marks of all joined photos as chart points: from the front if it shows them, as guides
    are drawn there, but ears from where they are seen straightest.
    """
    from studio.skin.head.stored import head_map  # noqa: PLC0415

    best: dict[LandmarkKind, tuple[float, Point]] = {}
    for photo in photos:
        if head.camera(photo.id) is None or not photo.landmarks:
            continue
        skin = head_map(head, photo.id)
        at = skin.to_skin(np.array([mark.at for mark in photo.landmarks]))
        turned = skin.incidence(np.nan_to_num(at))
        for mark, place, angle in zip(photo.landmarks, at, turned.tolist(), strict=True):
            if not np.isfinite(place).all():
                continue
            ear = mark.kind.startswith(("tragus", "ear"))
            worth = angle + (0.0 if ear or photo.view in FACES else 180.0)
            if mark.kind not in best or worth < best[mark.kind][0]:
                best[mark.kind] = (worth, _point(place))
    return {kind: at for kind, (_, at) in best.items()}


def _start_on_head(marks: Marks, axis: MirrorAxis) -> tuple[Point, tuple[LandmarkKind, ...]]:
    """The glabella's foot on the mid-line, and whether it was guessed: straight ahead."""
    from studio.skin.head.chart import to_chart  # noqa: PLC0415

    marked = LandmarkKind.GLABELLA in marks
    ahead = to_chart(np.array([[1.0, 0.0, 0.0]]))[0]
    at = np.array(marks[LandmarkKind.GLABELLA]) if marked else ahead
    way = np.array(direction(axis))
    foot = np.array(axis.at) + ((at - axis.at) @ way) * way
    return _point(foot), () if marked else (LandmarkKind.GLABELLA,)


def _round_places(
    head: Head, marks: Marks, found: Marks, guessed: Iterable[LandmarkKind], net: "FermiNet"
) -> Places:
    usual = usual_places(taped=True)
    assumed = list(guessed)
    halves = []
    for sign, (eye, ear, root) in _SIDES.items():
        canthus = _outwards(found.get(eye), sign)
        assumed += [eye] if canthus is None else []
        canthus = canthus or usual.canthus
        assumed += [ear] if ear not in marks and root not in marks else []
        mark = marks.get(root, marks.get(ear))
        ahead = usual.from_ear_root if root in marks else usual.from_tragus
        burn = _outwards(_sideburn(head, mark, ahead, sign, net.to_mm), sign) or (
            usual.tragus[0] - ahead[0],
            usual.tragus[1] + ahead[1],
        )
        plumb = _plumb(head, marks.get(eye), sign, net.to_chart) or (canthus,)
        halves.append(HalfPlaces(canthus=canthus, plumb=plumb, sideburn=burn))
    return _places(found, halves, assumed)


def _sideburn(
    head: Head, ear: Point | None, way: Point, sign: float, to_mm: Laying
) -> Point | None:
    """So many mm ahead of and above an ear's mark, along the skin; None off the frame."""
    from studio.skin.head.chart import to_chart, to_direction  # noqa: PLC0415
    from studio.skin.head.stored import relief  # noqa: PLC0415
    from studio.skin.head.tapenet import onto  # noqa: PLC0415

    surface = relief(head).surface
    # the head frame begins 45 mm above and 15 mm behind the middle between the tragi
    u = np.array([[15.0, sign * 72.0, -45.0]]) if ear is None else to_direction(np.array([ear]))
    u = u / np.linalg.norm(u)
    at, normal = surface.points(u), surface.normals(u)
    step = np.array([[way[0], 0.0, way[1]]])
    step -= (step * normal).sum() * normal
    step *= math.hypot(*way) / np.linalg.norm(step)
    place = onto(surface, at + step, normal)
    mm = to_mm(to_chart(place / np.linalg.norm(place)))[0]
    return _point(mm) if np.isfinite(mm).all() else None


def _plumb(head: Head, eye: Point | None, sign: float, to_chart: Laying) -> tuple[Point, ...]:
    """The upright plane through an eye's corner, as points of the frame; none without it."""
    from studio.skin.head.chart import to_direction  # noqa: PLC0415
    from studio.skin.head.stored import relief  # noqa: PLC0415

    if eye is None:
        return ()
    surface = relief(head).surface
    out = abs(float(surface.points(to_direction(np.array([eye])))[0, 1]))
    mm = np.stack(np.meshgrid(sign * _WAYS, _HEIGHTS), axis=-1).reshape(-1, 2)
    aside = np.abs(surface.points(to_direction(to_chart(mm)))[:, 1])
    plumb = []
    for height, row in zip(_HEIGHTS, aside.reshape(len(_HEIGHTS), -1), strict=True):
        most = int(row.argmax()) + 1
        if row[0] <= out <= row[most - 1]:
            plumb.append((float(np.interp(out, row[:most], _WAYS[:most])), height))
    return tuple(plumb)


def _places(found: Marks, halves: list[HalfPlaces], assumed: list[LandmarkKind]) -> Places:
    wrinkle = found.get(LandmarkKind.BROW_WRINKLE)
    return Places(
        right=halves[0],
        left=halves[1],
        wrinkle=None if wrinkle is None else wrinkle[1],
        old_mid=found.get(LandmarkKind.OLD_HAIRLINE_MID),
        old_right=found.get(LandmarkKind.OLD_HAIRLINE_RIGHT),
        old_left=found.get(LandmarkKind.OLD_HAIRLINE_LEFT),
        assumed=tuple(WORDS[kind] for kind in assumed),
    )


def _outwards(at: Point | None, sign: float) -> Point | None:
    return None if at is None else (sign * at[0], at[1])


def _point(row: FloatArray) -> Point:
    return (float(row[0]), float(row[1]))
