"""The head laid out by tape: every place at its tape distance and clock hour from the vertex."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

from studio.geometry.mirror import direction, onto_axis
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis
from studio.model.chart import HEAD, Point
from studio.model.head import Head
from studio.model.ids import Id
from studio.model.photo import Landmark, LandmarkKind, Photo, Plane, View
from studio.skin.head.chart import to_chart, to_direction
from studio.skin.head.headmap import HeadMap
from studio.skin.head.headskin import HeadSkin
from studio.skin.head.prior import load_prior
from studio.skin.head.relief import Relief
from studio.skin.head.tapenet import HOURS, STEP_MM, TapeNet, tape_net
from studio.skin.maps import skin_maps

VERTEX_MM = 150.0
"""Tape from the brow centre back along the mid-line to the vertex (print design, 7.1)."""

RING_MM = 20.0
SPOKES = 360
NEAR_MM = 4.0
"""How far a place may lie from the net's nearest: it is at most 1.9 mm inside its reach."""

REACH_MM = 240.0
"""How far tapes are followed: beyond the nape's hair, and not yet under the chin."""

HAT_LINE_MM = 15.0
"""Height above the brow centre at which a tape goes round the head."""

LOWEST_TILT = 15.0
"""Degrees by which that tape may fall towards the back: the nape is no occiput."""

BROW = "glabella"


@dataclass(frozen=True, eq=False)
class TapeMap:
    """A head laid out from its vertex. Flat points are (n, 2) mm of tape, face up.

    x runs to the client's right, y away from the face: as seen from behind the chair.
    """

    relief: Relief
    vertex: Point

    @cached_property
    def net(self) -> TapeNet:
        """The tapes."""
        return tape_net(self.relief.surface, self.vertex, REACH_MM, SPOKES)

    def flat(self, chart: FloatArray) -> FloatArray:
        """Chart points (n, 2) laid out; NaN beyond the reach of the tapes.

        Each goes by the nearest place of the net, from which it lies so much further along
        the tape and so much beside it; good to 0.02 mm, for tapes are half a degree from it
        at most.
        """
        chart = np.asarray(chart, dtype=np.float64)
        laid = np.full((len(chart), 2), np.nan)
        places = self.relief.surface.points(to_direction(np.nan_to_num(chart)))
        away, nearest = self._tree.query(places, distance_upper_bound=NEAR_MM)
        held = np.isfinite(away) & np.isfinite(chart).all(axis=1)
        spoke, step = np.divmod(np.asarray(nearest)[held], self._places.shape[1])
        off = places[held] - self._places[spoke, step]
        ahead, beside, turn_per_mm = (part[spoke, step] for part in self._axes)
        mm = step * STEP_MM + (off * ahead).sum(axis=1)
        turn = spoke * (2 * math.pi / SPOKES) + (off * beside).sum(axis=1) * turn_per_mm
        laid[held] = np.stack([mm * np.sin(turn), -mm * np.cos(turn)], axis=1)
        # at the vertex itself all spokes are as near
        first = np.flatnonzero(held)[step == 0]
        right = self._axes[0][SPOKES // 4, 0]
        down = -self._axes[0][0, 0]
        laid[first] = np.stack([off[step == 0] @ right, off[step == 0] @ down], axis=1)
        return laid

    def address(self, at: Point) -> tuple[float, float]:
        """Clock hour, 0 to 12, and mm of tape of a chart point."""
        x, y = self.flat(np.array([at]))[0].tolist()
        return math.atan2(x, -y) * HOURS / (2 * math.pi) % HOURS, math.hypot(x, y)

    def stretch(self, mm: float) -> float:
        """How much longer the ring at a distance is on the map than on the head, as a share."""
        ring = self.net.ring(mm)
        return 2 * math.pi * mm / float(self.relief.length(ring).sum()) - 1

    @cached_property
    def _places(self) -> FloatArray:
        """The net's places on the skin, (spokes, steps, 3); far away where there are none."""
        courses = self.net.courses
        places = self.relief.surface.points(to_direction(courses.reshape(-1, 2)))
        found: FloatArray = np.nan_to_num(places, nan=1e6).reshape(*courses.shape[:2], 3)
        return found

    @cached_property
    def _axes(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Unit vectors along and beside the tapes, and their turning in radians per mm beside."""
        ahead = np.gradient(self._places, axis=1)
        around = np.concatenate([self._places[-1:], self._places, self._places[:1]])
        beside = around[2:] - around[:-2]
        width = np.linalg.norm(beside, axis=2)
        with np.errstate(divide="ignore", invalid="ignore"):
            ahead /= np.linalg.norm(ahead, axis=2, keepdims=True)
            beside /= width[..., None]
            turn = 2 * (2 * math.pi / SPOKES) / width
        # all tapes begin in one place, where nothing lies beside them
        beside[:, 0], turn[:, 0] = 0.0, 0.0
        return ahead, beside, turn

    @cached_property
    def _tree(self) -> "cKDTree":
        from scipy.spatial import cKDTree  # noqa: PLC0415

        return cKDTree(self._places.reshape(-1, 3))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """Named places of a fitted head, chart points.

    `marked` says whether the brow centre was marked in a photo, not taken from other heads.
    `rim` (n, 2) is where a tape goes round the head; `occiput` is its farthest point.
    """

    brow: Point
    vertex: Point
    marked: bool
    occiput: Point
    rim: FloatArray
    ears: dict[str, Point]
    ear_tops: dict[str, Point]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Laid:
    """The fitted head laid out by tape, with its named places."""

    tape_map: TapeMap
    places: Places


def laid_out(case: Case) -> Laid:
    """The case's head, which must be there; the same object until head, mid-line or marks change.

    The first call takes a tenth of a second, the others next to nothing.
    """
    if case.head is None:
        raise ValueError("without a fitted head there is nothing to lay out")
    marked = tuple((photo.id, photo.view, photo.landmarks) for photo in case.photos)
    return _laid_out(case.head, case.axis(HEAD), marked)


@lru_cache(maxsize=4)
def _laid_out(
    head: Head, axis: MirrorAxis, marked: tuple[tuple[Id, View, tuple[Landmark, ...]], ...]
) -> Laid:
    """All of a case that the places depend on, so that nothing else makes them anew."""
    photos = tuple(
        Photo(
            id=photo,
            view=view,
            sha256="",
            media="",
            width=1,
            height=1,
            plane=_NO_PLANE,
            landmarks=landmarks,
        )
        for photo, view, landmarks in marked
    )
    case = Case(id="", photos=photos, variants=(), chosen="", axes=(axis,), head=head)
    found = places(case)
    skin = skin_maps(case)[HEAD]
    if not isinstance(skin, HeadSkin):
        raise TypeError("the map of the scalp is that of a head")
    return Laid(tape_map=TapeMap(skin.relief, found.vertex), places=found)


_NO_PLANE = Plane(matrix=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), sigma=0.0)


def places(case: Case) -> Places:
    """The places of the case's head, which must be there."""
    maps = skin_maps(case)
    skin = maps[HEAD]
    if not isinstance(skin, HeadSkin):
        raise TypeError("the map of the scalp is that of a head")
    relief = skin.relief
    axis = case.axis(HEAD)
    seen = _marks(case)
    brow = onto_axis(seen.get(LandmarkKind.GLABELLA) or _usual(BROW), axis)
    rim, occiput = _round_the_head(relief, brow, axis)
    return Places(
        brow=brow,
        vertex=along_midline(relief, brow, axis, VERTEX_MM),
        marked=LandmarkKind.GLABELLA in seen,
        occiput=occiput,
        rim=rim,
        ears={
            "R": seen.get(LandmarkKind.TRAGUS_RIGHT) or _usual("tragus_R"),
            "L": seen.get(LandmarkKind.TRAGUS_LEFT) or _usual("tragus_L"),
        },
        ear_tops={
            side: seen[kind]
            for side, kind in (("R", LandmarkKind.EAR_TOP_RIGHT), ("L", LandmarkKind.EAR_TOP_LEFT))
            if kind in seen
        },
    )


def along_midline(relief: Relief, start: Point, axis: MirrorAxis, mm: float) -> Point:
    """The chart point so many mm of tape back from one on the mid-line, along it."""
    back = np.array(direction(axis))
    line = np.asarray(start) + np.arange(0.0, 6 * mm, 1.0)[:, None] * back
    line = line[np.isfinite(relief.points(line)).all(axis=1)]
    along = np.concatenate([[0.0], np.cumsum(relief.length(line))])
    x, y = (float(np.interp(mm, along, line[:, k])) for k in (0, 1))
    return (x, y)


def _marks(case: Case) -> dict[LandmarkKind, Point]:
    """Landmarks on the chart, each from the photo that it faces best; from the front first."""
    maps = skin_maps(case)
    found: dict[LandmarkKind, tuple[float, Point]] = {}
    for photo in case.photos:
        skin = maps[photo.id]
        if not isinstance(skin, HeadMap):
            continue
        for mark in photo.landmarks:
            at = skin.to_skin(np.array([mark.at]))
            if not np.isfinite(at).all():
                continue
            turned = float(skin.incidence(at)[0]) - (90.0 if _tells(photo.view, mark.kind) else 0.0)
            if turned < found.get(mark.kind, (math.inf, (0.0, 0.0)))[0]:
                found[mark.kind] = turned, (float(at[0, 0]), float(at[0, 1]))
    return {kind: at for kind, (_, at) in found.items()}


def _tells(view: View, kind: LandmarkKind) -> bool:
    """Whether a view is the one to find a landmark in: the brow centre from the front."""
    return kind is LandmarkKind.GLABELLA and view in {View.FRONT, View.BROWS_RAISED}


def _usual(name: str) -> Point:
    """Where a landmark lies on other heads."""
    place = load_prior().landmarks[name][0]
    x, y = to_chart((place / np.linalg.norm(place))[None])[0].tolist()
    return (x, y)


def _round_the_head(relief: Relief, brow: Point, axis: MirrorAxis) -> tuple[FloatArray, Point]:
    """The line on which a tape goes round over the brows and the farthest place at the back.

    Chart points (n, 2), and that place.
    """
    surface = relief.surface
    front = along_midline(relief, brow, axis, HAT_LINE_MM)
    line = np.asarray(front) + np.arange(0.0, 700.0, 1.0)[:, None] * np.array(direction(axis))
    midline = relief.points(line)
    start = midline[0]
    way = midline - start
    flat = -way[:, 2] <= np.tan(np.radians(LOWEST_TILT)) * np.hypot(way[:, 0], way[:, 1])
    held = flat & np.isfinite(midline).all(axis=1)
    farthest = int(np.where(held, np.linalg.norm(way, axis=1), 0.0).argmax())
    end = midline[farthest]
    middle = (start + end) / 2
    along = (end - start) / np.linalg.norm(end - start)
    across = np.array([0.0, 1.0, 0.0]) - along[1] * along
    across /= np.linalg.norm(across)
    turn = np.linspace(0.0, 2 * np.pi, 181)
    ray = np.outer(np.cos(turn), along) + np.outer(np.sin(turn), across)
    near, far = np.zeros(len(turn)), np.full(len(turn), 200.0)
    for _ in range(40):
        half = (near + far) / 2
        outside = surface.implicit(middle + half[:, None] * ray) > 0
        near, far = np.where(outside, near, half), np.where(outside, half, far)
    ring = middle + near[:, None] * ray
    rim = to_chart(ring / np.linalg.norm(ring, axis=1, keepdims=True))
    return rim, (float(line[farthest, 0]), float(line[farthest, 1]))


def hour_text(hour: float) -> str:
    """`9:10`, to one minute of the clock's face; 12:00 is towards the face."""
    minutes = round(hour * 60) % 720
    return f"{minutes // 60 or 12}:{minutes % 60:02d}"


def finite(lines: Iterable[FloatArray]) -> list[FloatArray]:
    """The stretches of lines (n, 2) without gaps; those of one point are left out."""
    found = []
    for line in lines:
        held = np.isfinite(line).all(axis=1)
        cuts = np.flatnonzero(np.diff(held.astype(np.int8))) + 1
        found += [
            part for part in np.split(line, cuts) if len(part) > 1 and np.isfinite(part).all()
        ]
    return found
