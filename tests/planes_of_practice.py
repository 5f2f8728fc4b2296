"""The practice photos on planes, with a design in the front one, to be lifted onto a head."""

import json
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np

from studio.geometry.bezier import flatten
from studio.imaging.intake import Intake, load
from studio.imaging.photo import photo_of, sticker_in
from studio.model.arrays import FloatArray
from studio.model.case import Case, Client, MirrorAxis, Variant, empty_case
from studio.model.chart import Point, Ring, rounded
from studio.model.curve import Curve, CurveRole, Node
from studio.model.ids import new_id
from studio.model.photo import Landmark, LandmarkKind, Photo, View
from studio.model.resources import resource
from studio.model.zone import Blend, Purpose, Zone
from studio.skin.plane import plane_map

VIEWS = (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK)

LANDMARKS = {
    "glabella": LandmarkKind.GLABELLA,
    "nasion": LandmarkKind.NASION,
    "pupil_R": LandmarkKind.PUPIL_RIGHT,
    "pupil_L": LandmarkKind.PUPIL_LEFT,
    "exocanthion_R": LandmarkKind.CANTHUS_RIGHT,
    "exocanthion_L": LandmarkKind.CANTHUS_LEFT,
    "tragus_R": LandmarkKind.TRAGUS_RIGHT,
    "tragus_L": LandmarkKind.TRAGUS_LEFT,
    "subnasale": LandmarkKind.SUBNASALE,
    "menton": LandmarkKind.MENTON,
}
"""Names in the files of truth beside the pictures."""

# The client's left half of the design in mm from the hairline's mid-point: across, down.
_HAIRLINE = (
    ((0.0, 0.0), (0.0, 0.0), (8.0, 0.0)),
    ((21.0, -1.5), (13.5, -0.8), (28.0, -2.2)),
    ((38.0, -0.5), (35.0, -3.5), (41.0, 3.0)),
    ((48.0, 20.0), (46.0, 12.5), (48.0, 20.0)),
)
_TEMPLE = (
    ((48.0, 20.0), (48.0, 20.0), (49.5, 27.0)),
    ((54.5, 46.0), (53.5, 38.0), (54.5, 46.0)),
)
_TRANSITION_MM, _AT_END_MM = 9.0, 5.0
_FULL_FROM_MM, _FULL_TO = 4.5, 35.0
_FULL_BACK = ((36.0, -10.0), (30.5, -14.5), (21.0, -19.0), (10.5, -22.0), (-0.5, -23.0))
_TEMPLE_BACK = ((60.0, 46.0), (57.0, 33.0), (52.83, 18.71))
_MOLE, _MOLE_MM = (-15.0, -13.0), 2.5


def practice_on_planes() -> tuple[Case, dict[str, bytes]]:
    """The case, in no file, and its pictures by SHA-256.

    The front photo is measured by its sticker as every photo is; landmarks are where the
    mannequin was built to have them. Raises Refusal when a shipped file is missing.
    """
    with ThreadPoolExecutor() as pool:
        intakes = list(pool.map(lambda view: load(resource(f"practice/{view.value}.jpg")), VIEWS))
        photos = tuple(pool.map(_photo, VIEWS, intakes))
    front = photos[0]
    mid = _trichion(front)
    axis = _axis(front, mid)
    case = empty_case(new_id(), new_id())
    design = _design(case.variant, front.id, axis, mid)
    case = replace(
        case,
        client=Client(name="Practice Head", number="0000"),
        planned=datetime.now(UTC).astimezone().date().isoformat(),
        photos=photos,
        variants=(design,),
        axes=(axis,),
    )
    return case, {intake.sha256: intake.stored for intake in intakes}


def _photo(view: View, intake: Intake) -> Photo:
    truth = _truth(view)
    shows = truth["stickers"]["sticker_forehead"]["centre"]["visible"]
    sticker = sticker_in(intake) if shows else None
    measurements = () if sticker is None else (sticker,)
    seen = _seen(view)
    marks = tuple(Landmark(kind, seen[name]) for name, kind in LANDMARKS.items() if name in seen)
    return photo_of(intake, view, measurements, marks)


def _seen(view: View) -> dict[str, Point]:
    """Landmarks that a view shows, in photo pixels (the truth counts from pixel centres)."""
    return {
        name: rounded((mark["px"][0] + 0.5, mark["px"][1] + 0.5))
        for name, mark in _truth(view)["landmarks"].items()
        if mark["visible"]
    }


@cache
def _truth(view: View) -> dict[str, Any]:
    path = resource(f"practice/{view.value}.json")
    truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return truth


def _trichion(front: Photo) -> Point:
    """Where the hairline crosses the mid-line: 65 mm along the skin above the glabella."""
    x, y = plane_map(front).to_skin(np.array([_seen(View.FRONT)["trichion"]]))[0].tolist()
    return (x, y)


def _axis(front: Photo, mid: Point) -> MirrorAxis:
    """The mid-line: from the nose root through the hairline's mid-point."""
    nasion = np.array([_seen(View.FRONT)["nasion"]])
    ((x, y),) = plane_map(front).to_skin(nasion).tolist()
    lean = math.degrees(math.atan2(mid[0] - x, y - mid[1]))
    return MirrorAxis(
        chart=front.id, at=rounded(mid), angle=round(lean, 3), skew=round(front.plane.level, 3)
    )


def _design(variant: Variant, chart: str, axis: MirrorAxis, mid: Point) -> Variant:
    def placed(point: Point) -> Point:
        """From mm beside the mid-line to the chart."""
        lean = math.radians(axis.angle)
        across, down = point
        return rounded(
            (
                mid[0] + across * math.cos(lean) - down * math.sin(lean),
                mid[1] + across * math.sin(lean) + down * math.cos(lean),
            )
        )

    def curve(name: str, role: CurveRole, half: tuple[tuple[Point, Point, Point], ...]) -> Curve:
        nodes = tuple(Node(placed(at), placed(back), placed(ahead)) for at, back, ahead in half)
        return Curve(id=new_id(), name=name, role=role, chart=chart, nodes=nodes, mirrored=True)

    def ring(points: Ring) -> Ring:
        return tuple(placed(point) for point in points)

    return replace(
        variant,
        name="Conservative",
        curves=(
            curve("Hairline", CurveRole.HAIRLINE, _HAIRLINE),
            curve("Temple edge", CurveRole.TEMPLE, _TEMPLE),
        ),
        zones=_zones(chart, ring),
    )


def _zones(chart: str, ring: Callable[[Ring], Ring]) -> tuple[Zone, ...]:
    """Transition, full coverage, temples, and a mole to keep clear of."""
    line = _path(_HAIRLINE)
    back = _points(_inwards(line, _TRANSITION_MM, _AT_END_MM))
    transition = (*_across(_points(line)), *_across(back)[::-1])
    front = _points(_inwards(line, _FULL_FROM_MM, _FULL_FROM_MM))
    full = (*_across(tuple(at for at in front if at[0] < _FULL_TO)), *_FULL_BACK)
    temples = (*_points(_path(_TEMPLE)), *_TEMPLE_BACK)
    turns = np.linspace(0.0, 2 * math.pi, 24, endpoint=False)
    mole = np.stack([np.cos(turns), np.sin(turns)], axis=1) * _MOLE_MM + _MOLE
    fine = Zone(
        id=new_id(),
        letter="A",
        name="Hairline transition",
        purpose=Purpose.TRANSITION,
        chart=chart,
        outline=ring(transition),
        density=70.0,
        feather=4.0,
        dot_mm=0.25,
        dilution=16.0,
        needle="0601RL",
        mirrored=True,
    )
    return (
        fine,
        Zone(
            id=new_id(),
            letter="B",
            name="Full coverage",
            chart=chart,
            outline=ring(full),
            density=115.0,
            feather=4.0,
            mirrored=True,
        ),
        replace(
            fine,
            id=new_id(),
            letter="C",
            name="Temples",
            purpose=Purpose.DENSITY,
            outline=ring(temples),
            density=80.0,
            feather=2.0,
        ),
        Zone(
            id=new_id(),
            letter="D",
            name="Mole",
            purpose=Purpose.KEEP_CLEAR,
            chart=chart,
            outline=ring(_points(mole)),
            blend=Blend.CLEAR,
            density=0.0,
            feather=0.0,
        ),
    )


def _path(half: tuple[tuple[Point, Point, Point], ...]) -> FloatArray:
    return flatten(tuple(Node(at, back, ahead) for at, back, ahead in half))


def _inwards(line: FloatArray, first: float, last: float) -> FloatArray:
    """The line moved to the hair side, by `first` mm at the mid-line and `last` at the end."""
    dx, dy = np.gradient(line, axis=0).T
    normal = np.stack([dy, -dx], axis=1) / np.hypot(dx, dy)[:, None]
    normal[0] = (0.0, -1.0)  # square to the mid-line, so that both halves meet
    moved: FloatArray = line + normal * np.linspace(first, last, len(line))[:, None]
    return moved


def _across(line: Ring) -> Ring:
    """The line begun half a millimetre beyond the mid-line, so that both halves overlap."""
    return ((-0.5, line[0][1]), *line)


def _points(line: FloatArray) -> Ring:
    return tuple((x, y) for x, y in line.tolist())
