"""The hairline as a paper strip at true size: cut into tiles that fit a page.

On a plane the hairline already lies flat, so the strip is the curve itself in chart mm. From
the head it comes unrolled (`develop`).
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from shapely import MultiPolygon, Polygon
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.refusal import Refusal
from studio.planning.tape import Side
from studio.render.pages.content import Corner, Tile, Tongue
from studio.render.pages.plate import parts_of

HAIR_SIDE, FACE_SIDE = 12.0, 14.0
"""Width of the strip on both sides of the hairline, mm."""

ENDS = 4.0
"""Paper beyond the ends of the hairline."""

OVERLAP = 20.0
TONGUE = 11.0
DOTS_WITHIN = 10.0
FROM_MID, FROM_CORNER = 15.0, 10.0
"""A join's overlap stays this far from the mid-line and from hair corners."""

FIT = (168.0, 122.0)
"""Room for a tile on a page."""

MOST_TILES = 8
CROSS_LETTERS = "pqrstuvwxyzghijklmno"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hairline:
    """What the strip is made from, in flat mm, y towards the face.

    `path` runs from the client's right to the left. `mid` is the length along it at which
    the mid-line crosses, None if it does not; `brow` is the brow centre. `corners` are hair
    corners with the eye corners they belong to and the words beside them; `dots` the
    planned dots, per diameter. `hair` is 1 if the hair lies on the side of smaller y, else -1.
    `stretch` is the largest share by which the strip is longer or shorter than the head
    beside the hairline, None for one that was flat. `side` is the client's on which all of it
    lies.
    """

    path: FloatArray
    hair: int = 1
    mid: float | None = None
    brow: Point | None = None
    brow_words: str = ""
    corners: tuple[tuple[Point, Point, tuple[str, ...]], ...] = ()
    dots: tuple[tuple[float, FloatArray], ...] = ()
    stretch: float | None = None
    side: Side = Side.MID


def tiles(hairline: Hairline, fit: Point = FIT) -> tuple[Tile, ...]:
    """The strip in as few tiles as fit; Refusal for a hairline no eight pages can hold."""
    length = LineString(hairline.path).length
    for count in range(1, MOST_TILES + 1):
        spans = _spans(hairline, length, count)
        made: list[Tile] = []
        for index in range(count):
            tile = _tile(hairline, spans, index, fit)
            if tile is None:
                break
            made.append(tile)
        else:
            return tuple(made)
    raise Refusal(
        "The hairline is too long for a paper strip. Check the photo’s scale, or draw it shorter."
    )


def band(path: FloatArray, hair: int = 1, *, start: bool = True, end: bool = True) -> Polygon:
    """The strip of paper round a hairline; `start` and `end` add paper beyond it."""
    points = shapely.get_coordinates(LineString(path).simplify(0.005))
    if start:
        points = np.vstack([points[0] - ENDS * _unit(points[1] - points[0]), points])
    if end:
        points = np.vstack([points, points[-1] + ENDS * _unit(points[-1] - points[-2])])
    steps = np.diff(points, axis=0)
    normal = hair * np.stack([steps[:, 1], -steps[:, 0]], axis=1)
    normal /= np.hypot(*normal.T)[:, None]
    a, b = points[:-1], points[1:]
    up, down = HAIR_SIDE * normal, FACE_SIDE * normal
    rings = [np.stack([a + up, b + up, b - down, a - down], axis=1)]
    # the gap that opens outside a bend; its last point twice, to have four as well
    corner = b[:-1]
    rings += [
        np.stack([corner, corner + s[:-1], corner + s[1:], corner + s[1:]], axis=1)
        for s in (up, -down)
    ]
    pieces = np.array([Polygon(ring) for ring in np.concatenate(rings)])
    merged = shapely.union_all(shapely.make_valid(pieces))
    closed = merged.buffer(0.05, join_style="mitre").buffer(-0.05, join_style="mitre")
    whole = max(parts_of(closed), key=lambda piece: piece.area)
    return max(parts_of(Polygon(whole.exterior).simplify(0.02)), key=lambda piece: piece.area)


def _spans(hairline: Hairline, length: float, count: int) -> list[tuple[float, float]]:
    """Stretches of length along the hairline per tile; neighbours share the overlap."""
    joins = [length * k / count for k in range(1, count)]
    keep = [] if hairline.mid is None else [(hairline.mid, FROM_MID + OVERLAP / 2)]
    line = LineString(hairline.path)
    keep += [
        (line.project(shapely.Point(at)), FROM_CORNER + OVERLAP / 2)
        for at, _, _ in hairline.corners
    ]
    joins = [_moved_off(join, keep, length) for join in joins]
    starts = [0.0, *(join - OVERLAP / 2 for join in joins)]
    ends = [*(join + OVERLAP / 2 for join in joins), length]
    return list(zip(starts, ends, strict=True))


def _moved_off(join: float, keep: list[tuple[float, float]], length: float) -> float:
    """The nearest place to `join` that no forbidden stretch covers; `join` if there is none."""
    places = [join, *(c + s * r for c, r in keep for s in (-1, 1))]
    free = [
        p
        for p in places
        if OVERLAP < p < length - OVERLAP and all(abs(p - c) >= r - 1e-9 for c, r in keep)
    ]
    return min(free, key=lambda p: abs(p - join), default=join)


def _tile(
    hairline: Hairline, spans: list[tuple[float, float]], index: int, fit: Point
) -> Tile | None:
    """One tile turned so that it fits, or None."""
    first, last = spans[index]
    start, end = index == 0, index == len(spans) - 1
    line = LineString(hairline.path)
    piece = np.asarray(shapely.ops.substring(line, first, last).coords)
    if len(piece) < 2 or _turn(LineString(piece), hairline.hair, fit) is None:
        return None
    paper = band(piece, hairline.hair, start=start, end=end)
    tongue = _tongue(hairline, first, last)
    outline: Polygon | MultiPolygon = paper
    if tongue is not None:
        joined = parts_of(shapely.union_all([paper, Polygon(tongue.outline)]))
        outline = Polygon(joined[0].exterior)
    turn = _turn(outline, hairline.hair, fit)
    if turn is None:
        return None
    overlap = None
    if not start:
        shared = np.asarray(shapely.ops.substring(line, first, first + OVERLAP).coords)
        overlap = band(shared, hairline.hair, start=False, end=False)
    ticks, labels = _ticks(hairline, first, last)
    return Tile(
        size=turn.size,
        outline=turn.shape(outline),
        curve=turn.points(piece),
        ticks=turn.points(ticks.reshape(-1, 2)).reshape(-1, 2, 2),
        labels=tuple((turn.point(at), words) for at, words in labels),
        crosses=tuple((turn.point(at), w) for at, w in _crosses(hairline, spans, index)),
        overlap=None if overlap is None else turn.shape(overlap),
        dots=_dots(hairline, piece, paper, overlap, turn),
        tongue=None if tongue is None else turn.tongue(tongue),
        corners=_corners(hairline, line, first + (0 if start else OVERLAP), last, turn),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Turn:
    """A rotation followed by a shift that brings a tile's box to 0, 0."""

    matrix: FloatArray
    shift: FloatArray
    size: Point

    def points(self, points: FloatArray) -> FloatArray:
        """Points (n, 2) in tile mm."""
        turned: FloatArray = points @ self.matrix.T + self.shift
        return turned

    def point(self, at: Point) -> Point:
        """One point in tile mm."""
        x, y = self.points(np.array([at]))[0].tolist()
        return (x, y)

    def shape(self, shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
        """A shape in tile mm."""
        turned: Polygon | MultiPolygon = shapely.transform(shape, self.points)
        return turned

    def tongue(self, tongue: Tongue) -> Tongue:
        """The tongue in tile mm; its direction across turns with it."""
        x, y = (self.matrix @ np.array(tongue.across)).tolist()
        return Tongue(
            outline=self.points(tongue.outline),
            start=self.point(tongue.start),
            bar=self.point(tongue.bar),
            across=(x, y),
            words=tongue.words,
        )


def _turn(outline: BaseGeometry, hair: int, fit: Point) -> _Turn | None:
    """As drawn if that fits, else turned to the smallest box, face side as low as can be."""
    points = shapely.get_coordinates(outline)
    box = shapely.get_coordinates(shapely.minimum_rotated_rectangle(outline))
    dx, dy = box[1] - box[0]
    angle = -math.atan2(dy, dx)
    base = 0.0 if hair > 0 else math.pi
    smallest = sorted(
        ((angle + k * math.pi / 2 - base + math.pi) % (2 * math.pi) - math.pi for k in range(4)),
        key=abs,
    )
    for turn in (0.0, *smallest):
        cos, sin = math.cos(turn + base), math.sin(turn + base)
        matrix = np.array([[cos, -sin], [sin, cos]])
        turned = points @ matrix.T
        low, high = turned.min(axis=0), turned.max(axis=0)
        width, height = (high - low).tolist()
        if width <= fit[0] and height <= fit[1]:
            return _Turn(matrix, -low, (width, height))
    return None


def _tongue(hairline: Hairline, first: float, last: float) -> Tongue | None:
    if hairline.mid is None or hairline.brow is None or not first <= hairline.mid <= last:
        return None
    start = np.asarray(LineString(hairline.path).interpolate(hairline.mid).coords[0])
    way = np.asarray(hairline.brow) - start
    along = _unit(way)
    across = np.array([-along[1], along[0]])
    bar = start + way
    half = TONGUE / 2
    outline = np.array(
        [
            start + half * across,
            bar + 2.8 * along + half * across,
            bar + 6.7 * along,
            bar + 2.8 * along - half * across,
            start - half * across,
        ]
    )
    return Tongue(
        outline=outline,
        start=_point(start),
        bar=_point(bar),
        across=_point(across),
        words=hairline.brow_words,
    )


def _ticks(
    hairline: Hairline, first: float, last: float
) -> tuple[FloatArray, list[tuple[Point, str]]]:
    """Ticks each 10 mm from the mid-line, or from the start; every second with its figure."""
    line = LineString(hairline.path)
    origin = hairline.mid if hairline.mid is not None else 0.0
    marks: list[FloatArray] = []
    labels: list[tuple[Point, str]] = []
    for k in range(math.ceil((first - origin) / 10), math.floor((last - origin) / 10) + 1):
        at, normal = _place(line, origin + 10 * k, hairline.hair)
        if k == 0 and hairline.mid is not None:
            continue
        marks.append(np.stack([at, at - 3.0 * normal]))
        if k % 2 == 0 and k:
            labels.append((_point(at - 7.0 * normal), str(abs(10 * k))))
    return np.array(marks).reshape(-1, 2, 2), labels


def _crosses(
    hairline: Hairline, spans: list[tuple[float, float]], index: int
) -> list[tuple[Point, str]]:
    """Four crosses in each overlap, the same on both tiles."""
    found: list[tuple[Point, str]] = []
    line = LineString(hairline.path)
    for join in (index - 1, index):
        if not 0 <= join < len(spans) - 1:
            continue
        begin = spans[join + 1][0]
        letters = iter(CROSS_LETTERS[4 * join : 4 * join + 4])
        for along in (4.5, 15.5):
            at, normal = _place(line, begin + along, hairline.hair)
            found += [(_point(at + out * normal), next(letters)) for out in (7.0, -9.0)]
    return found


def _dots(
    hairline: Hairline, piece: FloatArray, paper: Polygon, overlap: Polygon | None, turn: _Turn
) -> tuple[tuple[float, FloatArray], ...]:
    """Planned dots on the hair side near the hairline; none where the tile lies under another."""
    near = LineString(piece).buffer(DOTS_WITHIN, cap_style="flat")
    room = shapely.intersection(near, paper)
    if overlap is not None:
        room = shapely.difference(room, overlap)
    shapely.prepare(room)
    found = []
    for diameter, centres in hairline.dots:
        inside = centres[shapely.contains_xy(room, centres)]
        if len(inside):
            found.append((diameter, turn.points(inside)))
    return tuple(found)


def _corners(
    hairline: Hairline, line: LineString, first: float, last: float, turn: _Turn
) -> tuple[Corner, ...]:
    found = []
    for at, eye, words in hairline.corners:
        if first <= line.project(shapely.Point(at)) <= last:
            start = np.asarray(at)
            to = start + 24.0 * _unit(np.asarray(eye) - start)
            found.append(Corner(at=turn.point(at), to=turn.point(_point(to)), words=words))
    return tuple(found)


def _place(line: LineString, distance: float, hair: int) -> tuple[FloatArray, FloatArray]:
    """The point at a length along the line and the unit normal towards the hair."""
    here = np.asarray(line.interpolate(distance).coords[0])
    before = np.asarray(line.interpolate(max(distance - 0.5, 0.0)).coords[0])
    after = np.asarray(line.interpolate(min(distance + 0.5, line.length)).coords[0])
    dx, dy = _unit(after - before)
    return here, hair * np.array([dy, -dx])


def _unit(vector: FloatArray) -> FloatArray:
    unit: FloatArray = vector / np.hypot(*vector)
    return unit


def _point(row: FloatArray) -> Point:
    return (float(row[0]), float(row[1]))
