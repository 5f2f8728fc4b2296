"""Designs of known size on flat skin."""

import math
from dataclasses import replace

from studio.model.case import Case, Variant, empty_case
from studio.model.chart import Ring
from studio.model.curve import Curve, CurveRole, Node
from studio.model.photo import Landmark, LandmarkKind, MeasurementKind, Photo, Plane, View
from studio.model.zone import Zone
from studio.skin.plane import PlaneMap, plane_map

PX = 10.0
"""Photo pixels per mm; the chart's origin is at pixel (1000, 1000)."""


def plane(sigma: float = 0.01, *, scaled: bool = True) -> Plane:
    """An upright plane of 10 px/mm."""
    method = MeasurementKind.STICKER if scaled else None
    matrix = (1 / PX, 0.0, -100.0, 0.0, 1 / PX, -100.0, 0.0, 0.0, 1.0)
    return Plane(matrix=matrix, sigma=sigma, method=method)


def front(landmarks: dict[LandmarkKind, tuple[float, float]] | None = None) -> Photo:
    """The photo `front`; landmarks in chart mm."""
    marks = (landmarks or {}).items()
    return Photo(
        id="front",
        view=View.FRONT,
        sha256="0" * 64,
        media="image/jpeg",
        width=2000,
        height=2000,
        plane=plane(),
        landmarks=tuple(Landmark(k, (1000 + PX * x, 1000 + PX * y)) for k, (x, y) in marks),
    )


def on_front(sigma: float = 0.01, *, scaled: bool = True) -> PlaneMap:
    """The skin map of such a photo."""
    return plane_map(replace(front(), plane=plane(sigma, scaled=scaled)))


def square(side: float, x: float = 0.0, y: float = 0.0) -> Ring:
    """A square with its corner at x, y."""
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def circle(radius: float, x: float = 0.0, y: float = 0.0) -> Ring:
    """A polygon of 360 corners."""
    turns = [math.radians(k) for k in range(360)]
    return tuple((x + radius * math.cos(t), y + radius * math.sin(t)) for t in turns)


def zone(letter: str, outline: Ring, **settings: object) -> Zone:
    """A zone with a hard edge unless told otherwise."""
    base = Zone(id=letter, letter=letter, name="", chart="front", outline=outline, feather=0.0)
    return replace(base, **settings)  # type: ignore[arg-type] # passed through to the dataclass


def line(
    points: list[tuple[float, float]],
    *,
    role: CurveRole = CurveRole.HAIRLINE,
    mirrored: bool = False,
) -> Curve:
    """A polygon line."""
    nodes = tuple(Node(at, smooth=False) for at in points)
    return Curve(
        id=f"{role}{points[0]}", name="", role=role, chart="front", nodes=nodes, mirrored=mirrored
    )


def case_of(
    *zones: Zone, curves: tuple[Curve, ...] = (), photos: tuple[Photo, ...] = ()
) -> tuple[Case, Variant]:
    """A case and its only variant."""
    case = empty_case("case", "variant")
    variant = replace(case.variant, zones=zones, curves=curves)
    return replace(case, variants=(variant,), photos=photos or (front(),)), variant
