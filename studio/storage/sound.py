"""What must be true of a case before the rest of the studio may trust it."""

import re
from collections.abc import Iterable, Iterator

import numpy as np

from studio.model.case import Case, Variant
from studio.model.chart import Point
from studio.model.curve import Curve
from studio.model.existing import ExistingHair
from studio.model.photo import Photo
from studio.model.strokes import DensityStroke
from studio.model.zone import Zone

REACH = 1e6
"""No coordinate is larger: chart units, or pixels of the largest photo taken in."""

DENSEST = 1e4
"""No density is larger: dots of 0.1 mm side by side."""

SESSIONS = 12

SHA256 = re.compile(r"[0-9a-f]{64}")


def faults(case: Case) -> Iterator[str]:
    """What makes the case unusable, each as half a sentence; none for a sound case.

    Only what no edit can produce is a fault: the case is refused for it.
    """
    if case.chosen not in {variant.id for variant in case.variants}:
        yield "the chosen variant is missing"
    yield from _twice("photo", (photo.id for photo in case.photos))
    yield from _twice("variant", (variant.id for variant in case.variants))
    for photo in case.photos:
        yield from _photo(photo)
    for variant in case.variants:
        yield from _variant(variant)
    yield from _shares(case.shares)
    yield from _far("mirror axis", (axis.at for axis in case.axes))
    yield from _far("placement of the dots", (case.placement.offset,))
    yield from _twice("photo with existing hair", (hair.photo for hair in case.existing))
    for hair in case.existing:
        yield from _existing(hair)
    for ghost in case.ghosts:
        yield from _far("old photo", (*ghost.old, *ghost.here))


def _existing(hair: ExistingHair) -> Iterator[str]:
    places = (*hair.found, *hair.added, *hair.removed)
    yield from _far("existing hair", (*(p for ring in hair.searched for p in ring), *places))
    if not 0 <= hair.threshold <= 1 or not hair.count_se >= 0:
        yield "the existing hair has impossible numbers"


def _photo(photo: Photo) -> Iterator[str]:
    if not SHA256.fullmatch(photo.sha256):
        yield "a photo has no proper SHA-256"
    if not (0 < photo.width < REACH and 0 < photo.height < REACH):
        yield "a photo has no size"
    matrix = np.array(photo.plane.matrix).reshape(3, 3)
    determinant = float(np.linalg.det(matrix)) if np.isfinite(matrix).all() else 0.0
    if not (determinant != 0 and photo.plane.sigma >= 0):
        yield "the skin map of a photo is unusable"
    marks = [m.at for m in photo.landmarks]
    yield from _far("photo", (photo.plane.centre, *marks))
    for measurement in photo.measurements:
        yield from _far("measurement", measurement.points)


def _variant(variant: Variant) -> Iterator[str]:
    ids = [curve.id for curve in variant.curves] + [zone.id for zone in variant.zones]
    yield from _twice("curve or zone", ids)
    for curve in variant.curves:
        yield from _curve(curve)
    for zone in variant.zones:
        yield from _zone(zone)
    for stroke in variant.growth:
        yield from _far("direction of growth", stroke.path)


def _curve(curve: Curve) -> Iterator[str]:
    if not curve.nodes:
        yield f"curve “{curve.name}” has no points"
    points = [p for node in curve.nodes for p in (node.at, node.back, node.ahead) if p is not None]
    yield from _far(f"curve “{curve.name}”", points)


def _zone(zone: Zone) -> Iterator[str]:
    rings = (zone.outline, *zone.holes)
    if any(len(ring) < 3 for ring in rings):
        yield f"zone {zone.letter} has an outline of fewer than three points"
    yield from _far(f"zone {zone.letter}", (point for ring in rings for point in ring))
    ranges = (
        ("density", zone.density, DENSEST),
        ("feather", zone.feather, REACH),
        ("dot size", zone.dot_mm, REACH),
        ("dilution", zone.dilution, REACH),
        ("margin", zone.margin, REACH),
        *(("feather", feather, REACH) for feather in zone.feathers),
    )
    for name, value, most in ranges:
        if not 0 <= value <= most:
            yield f"zone {zone.letter} has an impossible {name}"
    if len(zone.feathers) not in {0, len(zone.outline)}:
        yield f"zone {zone.letter} has a feather for other corners than its own"
    if zone.gradient is not None:
        yield from _far(f"zone {zone.letter}", (zone.gradient.start, zone.gradient.end))
        if not 0 <= min(zone.gradient.at_start, zone.gradient.at_end) <= DENSEST:
            yield f"zone {zone.letter} has an impossible gradient"
    for stroke in zone.strokes:
        yield from _stroke(stroke, zone.letter)


def _stroke(stroke: DensityStroke, letter: str) -> Iterator[str]:
    yield from _far(f"zone {letter}", stroke.path)
    sized = 0 < stroke.radius <= REACH and 0 <= stroke.softness <= 1 and abs(stroke.amount) <= 1
    pressed = all(0 <= pressure <= 1 for pressure in stroke.pressures)
    if not (sized and pressed and len(stroke.pressures) in {0, len(stroke.path)}):
        yield f"zone {letter} has an impossible brush stroke"


def _shares(shares: tuple[float, ...]) -> Iterator[str]:
    rising = all(a < b for a, b in zip((0.0, *shares), shares, strict=False))
    if not (0 < len(shares) <= SESSIONS and rising and shares[-1] == 1):
        yield "the shares of the sessions do not rise to 100 %"


def _twice(what: str, ids: Iterable[str]) -> Iterator[str]:
    found = list(ids)
    if len(set(found)) < len(found):
        yield f"a {what} is there twice"


def _far(what: str, points: Iterable[Point]) -> Iterator[str]:
    if not (np.abs(list(points)) <= REACH).all():
        yield f"{what}: a point lies nowhere"
