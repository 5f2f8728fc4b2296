"""From a photo and its design to a plate: scale, place, and everything in plate mm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.model.arrays import ByteArray, FloatArray
from studio.model.chart import Point
from studio.model.curve import Curve, CurveRole
from studio.model.photo import LandmarkKind, Photo, View
from studio.model.wording import percent_text
from studio.model.zone import Purpose, Zone
from studio.planning.tape import Tape
from studio.render.hatch import full_angles
from studio.render.pages import facing
from studio.render.pages.content import NO_SCALE, Plate, PlateZone
from studio.render.pages.plate import parts_of
from studio.render.pages.tone import grey_plate
from studio.skin.head.headmap import HeadMap
from studio.skin.skinmap import SkinMap

SIZE: Point = (180.0, 144.5)
RATIOS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
"""Scales of a plate; the first four hold any head, the rest a scale gone wrong."""

HEAD_MM = {
    View.FRONT: (195.0, 165.0),
    View.BROWS_RAISED: (195.0, 165.0),
    View.BACK: (195.0, 165.0),
    View.LEFT: (235.0, 190.0),
    View.RIGHT: (235.0, 190.0),
    View.TOP: (190.0, 205.0),
}
"""What of a head a plate should hold, as far as the photo shows it."""

ABOVE, LEAST_ABOVE, BELOW, ASIDE = 30.0, 14.0, 17.0, 12.0
"""Plate mm kept free round the design: L and R and the crown above, the scale bar below."""

STEEP_DEG = 70.0
"""Skin turned further from the camera is not counted on (domain research 4.6)."""

WHERE = {
    View.FRONT: "at the hairline",
    View.BROWS_RAISED: "at the hairline",
    View.LEFT: "at the side of the head",
    View.RIGHT: "at the side of the head",
    View.TOP: "on top of the head",
    View.BACK: "at the back of the head",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """What of the design lies on one photo: twins spelt out, hidden things left out.

    On the head all joined photos share everything, each shows its part; `tapes` are then
    those of the photo that shows the face, and `net` the tape rings and spokes on the chart.
    """

    photo: Photo
    skin: SkinMap
    zones: tuple[Zone, ...]
    curves: tuple[Curve, ...]
    tapes: tuple[Tape, ...] = ()
    net: tuple[FloatArray, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """How a photo lies on its plate.

    `corner` is the plate's top left in photo pixels, `scale` plate mm per photo pixel,
    `ratio` n of 1 : n, None without scale. `turned` puts the photo upside down: face up.
    """

    corner: Point
    scale: float
    ratio: float | None
    turned: bool = False

    def place(self, px: FloatArray) -> FloatArray:
        """Photo pixels (n, 2) to plate mm."""
        placed: FloatArray = (np.asarray(px, dtype=np.float64) - self.corner) * self.scale
        return np.asarray(SIZE) - placed if self.turned else placed


def framing(design: Design, extra: FloatArray) -> Framing:
    """The largest scale that holds the head as far as it is seen; `extra` (n, 2) pixels too.

    A photo on which nothing is drawn is shown whole.
    """
    points = np.vstack([design_pixels(design), extra])
    photo = design.photo
    if isinstance(design.skin, HeadMap) and len(points) == 0:
        points = facing.cranium(design.skin)
    elif not design.zones and not design.curves:
        points = np.array([(0.0, 0.0), (photo.width, photo.height)])
    low, high = points.min(axis=0), points.max(axis=0)
    if design.skin.scaled:
        per_mm = facing.px_per_mm_at(design.skin, scale_at(design))
        ratio = _ratio(design, low, high, per_mm)
        scale = 1 / (per_mm * ratio)
    else:
        room = np.array(SIZE) - (2 * ASIDE, ABOVE + BELOW)
        scale = min(float((room / (high - low)).min()), 1.4 * SIZE[0] / photo.width)
        ratio = None
    turned = face_is_down(design)
    if isinstance(design.skin, HeadMap):
        low, high = facing.with_cranium(design.skin, size_of(photo), low, high)
    corner = _corner(low, high, scale, turned=turned)
    return Framing(corner=corner, scale=scale, ratio=ratio, turned=turned)


def _ratio(design: Design, low: FloatArray, high: FloatArray, per_mm: float) -> float:
    """The n of 1 : n that holds the design with room round it, and the head."""
    head_low, head_high = low, high
    if isinstance(design.skin, HeadMap):
        size = size_of(design.photo)
        head_low, head_high = facing.with_cranium(design.skin, size, low, high)
    elif design.photo.view in HEAD_MM:
        head_low, head_high = _with_head(design, low, high, per_mm)
    head = (head_high - head_low) / per_mm / (SIZE[0], SIZE[1] - 8)
    drawn = (high - low) / per_mm / (SIZE[0] - 2 * ASIDE, SIZE[1] - LEAST_ABOVE - BELOW)
    wanted = float(np.maximum(head, drawn).max())
    return next((ratio for ratio in RATIOS if ratio >= wanted), wanted)


def plate(design: Design, frame: Framing, pixels: ByteArray | None) -> Plate:
    """The plate of a photo, tapes left out; white where the photo cannot be shown."""
    picture = np.full((9, 12), 255, np.uint8)
    if pixels is not None:
        head = head_pixels(design)
        seeds = head if len(head) > 2 else None
        picture = grey_plate(pixels, frame.corner, frame.scale, SIZE, seeds)
        picture = np.ascontiguousarray(np.rot90(picture, 2)) if frame.turned else picture
    zones = plate_zones(design, frame)
    hairlines: list[FloatArray] = []
    others: list[FloatArray] = []
    for curve in design.curves:
        kind = hairlines if curve.role is CurveRole.HAIRLINE else others
        kind += [frame.place(path) for path in curve_pixels(design, curve)]
    left, right, up = _sides(design)
    return Plate(
        size=SIZE,
        picture=picture,
        zones=zones,
        hairlines=tuple(hairlines),
        curves=tuple(others),
        ten_mm=None if frame.ratio is None else 10 / frame.ratio,
        straight=_straight(design, frame),
        net=tuple(
            frame.place(facing.pixels(design.skin, run))
            for line in design.net
            for run in facing.runs(design.skin, line, facing.NET_EDGE)
        ),
        scale_words=_scale_words(design, frame),
        left=left,
        right=right,
        up=up,
    )


def plate_zones(design: Design, frame: Framing) -> tuple[PlateZone, ...]:
    """The zones that the plate shows, in plate mm, cut to it."""
    window = box(0, 0, *SIZE)
    shapes = [_cut(_placed(zone, design.skin, frame), window) for zone in design.zones]
    full = [z.purpose is Purpose.FULL for z in design.zones]
    angles = iter(full_angles([s for s, f in zip(shapes, full, strict=True) if f]))
    found = []
    for zone, shape, is_full in zip(design.zones, shapes, full, strict=True):
        angle = next(angles) if is_full else 45.0
        if shape.is_empty or not facing.worth_showing(design.skin, polygon_of(zone)):
            continue
        middle = np.array([polygon_of(zone).representative_point().coords[0]])
        found.append(
            PlateZone(
                letter=zone.letter,
                purpose=zone.purpose,
                shape=shape,
                angle=angle,
                steep=bool(design.skin.incidence(middle)[0] > STEEP_DEG),
            )
        )
    return tuple(found)


def reduced(source: Plate, size: Point) -> Plate:
    """A plate made smaller to `size`, its sides cut evenly; for the overview."""
    factor = size[1] / source.size[1]
    middle = _middle(source)
    left = min(max(middle - size[0] / factor / 2, 0.0), source.size[0] - size[0] / factor)

    def place(points: FloatArray) -> FloatArray:
        moved: FloatArray = (np.asarray(points) - (left, 0.0)) * factor
        return moved

    picture = source.picture
    if picture is not None:
        per_mm = picture.shape[1] / source.size[0]
        first, last = round(left * per_mm), round((left + size[0] / factor) * per_mm)
        picture = np.ascontiguousarray(picture[:, first:last])
    window = box(0, 0, *size)
    zones = []
    for zone in source.zones:
        shape = _cut(shapely.transform(zone.shape, place), window)
        if not shape.is_empty:
            zones.append(replace(zone, shape=shape))
    return replace(
        source,
        size=size,
        picture=picture,
        zones=tuple(zones),
        hairlines=tuple(place(line) for line in source.hairlines),
        curves=tuple(place(line) for line in source.curves),
        tapes=(),
        net=(),
        arrows=(),
        straight=None if source.straight is None else _moved(source.straight, place),
        ten_mm=None if source.ten_mm is None else source.ten_mm * factor,
    )


def design_pixels(design: Design) -> FloatArray:
    """All points of the design and the landmarks that the photo shows, in photo pixels."""
    found = [_zone_pixels(design, zone) for zone in design.zones]
    found += [path for curve in design.curves for path in curve_pixels(design, curve)]
    found.append(np.array([mark.at for mark in design.photo.landmarks]).reshape(-1, 2))
    points = np.vstack(found)
    inside: FloatArray = points[np.isfinite(points).all(axis=1)]
    return inside


def head_pixels(design: Design) -> FloatArray:
    """Points that are known to lie on the head, in photo pixels."""
    return (
        facing.cranium(design.skin) if isinstance(design.skin, HeadMap) else design_pixels(design)
    )


def curve_pixels(design: Design, curve: Curve) -> list[FloatArray]:
    """The stretches of a curve that the photo shows, in photo pixels."""
    line = flatten(curve.nodes, closed=curve.closed)
    return [facing.pixels(design.skin, run) for run in facing.runs(design.skin, line)]


def _zone_pixels(design: Design, zone: Zone) -> FloatArray:
    if not isinstance(design.skin, HeadMap):
        return design.skin.to_photo(np.asarray(zone.outline))
    shape = facing.shown(design.skin, polygon_of(zone))
    return facing.pixels(design.skin, shapely.get_coordinates(shape))


def scale_at(design: Design) -> FloatArray:
    """The place (1, 2) in the chart at which a plate's scale is exact."""
    for curve in design.curves:
        if curve.role is CurveRole.HAIRLINE:
            line = flatten(curve.nodes, closed=curve.closed)
            if isinstance(design.skin, HeadMap):
                facing_most: FloatArray = line[int(design.skin.incidence(line).argmin())][None]
                if float(design.skin.incidence(facing_most)[0]) <= STEEP_DEG:
                    return facing_most
                break
            middle: FloatArray = line[len(line) // 2][None]
            return middle
    if isinstance(design.skin, HeadMap):
        return design.skin.focus
    if design.zones:
        spot = polygon_of(design.zones[0]).representative_point()
        return np.array([[spot.x, spot.y]])
    return design.skin.to_skin(np.array([[design.photo.width / 2, design.photo.height / 2]]))


def face_is_down(design: Design) -> bool:
    """Whether a picture from above has the face at its foot, as far as can be told."""
    if design.photo.view is not View.TOP:
        return False
    below = _face_below(design)
    return below is not None and below


def _face_below(design: Design) -> bool | None:
    """Whether the face lies below the zones in the photo.

    Told by the fitted head, else by a landmark, else by the hairline.
    """
    if isinstance(design.skin, HeadMap):
        return facing.face_is_below(design.skin)
    zones = [design.skin.to_photo(np.asarray(zone.outline)) for zone in design.zones]
    lines = [
        design.skin.to_photo(flatten(c.nodes, closed=c.closed))
        for c in design.curves
        if c.role is CurveRole.HAIRLINE
    ]
    marks = [np.array([m.at]) for m in design.photo.landmarks if m.kind is not LandmarkKind.MENTON]
    front = marks or lines
    if not zones or not front:
        return None
    return bool(np.vstack(front)[:, 1].mean() > np.vstack(zones)[:, 1].mean())


def _placed(zone: Zone, skin: SkinMap, frame: Framing) -> Polygon | MultiPolygon:
    def place(points: FloatArray) -> FloatArray:
        return frame.place(facing.pixels(skin, points))

    dense = shapely.segmentize(facing.shown(skin, polygon_of(zone)), 2.0)
    return _polygons(shapely.make_valid(shapely.transform(dense, place)))


def size_of(photo: Photo) -> Point:
    """Width and height of a photo in pixels."""
    return float(photo.width), float(photo.height)


def _straight(design: Design, frame: Framing) -> Polygon | MultiPolygon | None:
    """Where on the plate the skin faces the camera well enough to count."""
    seen = facing.straight(design.skin)
    if seen is None:
        return None
    return _moved(seen, lambda points: frame.place(facing.pixels(design.skin, points)))


def _moved(
    shape: Polygon | MultiPolygon, place: Callable[[FloatArray], FloatArray]
) -> Polygon | MultiPolygon:
    return _polygons(shapely.make_valid(shapely.transform(shape, place)))


def _cut(shape: Polygon | MultiPolygon, window: Polygon) -> Polygon | MultiPolygon:
    return _polygons(shape.intersection(window))


def _polygons(shape: BaseGeometry) -> Polygon | MultiPolygon:
    pieces = parts_of(shape)
    return pieces[0] if len(pieces) == 1 else MultiPolygon(pieces)


def _corner(low: FloatArray, high: FloatArray, scale: float, *, turned: bool) -> Point:
    """The plate's top left in pixels so that the design sits in the middle, rather high."""
    free = SIZE[1] / scale - float(high[1] - low[1])
    above = max(min(ABOVE / scale, free - BELOW / scale), min(LEAST_ABOVE / scale, free / 2))
    x = float(low[0] + high[0]) / 2 - SIZE[0] / scale / 2
    return (x, float(low[1]) - (free - above if turned else above))


def _with_head(
    design: Design, low: FloatArray, high: FloatArray, per_mm: float
) -> tuple[FloatArray, FloatArray]:
    """The design's box widened to a head's size, no further than the photo goes."""
    photo = design.photo
    size = np.array(HEAD_MM[photo.view]) * per_mm
    middle = (low + high) / 2
    wide_low = np.maximum(np.minimum(low, middle - size / 2), 0)
    wide_high = np.minimum(np.maximum(high, middle + size / 2), (photo.width, photo.height))
    return np.minimum(wide_low, low), np.maximum(wide_high, high)


def _sides(design: Design) -> tuple[str, str, str]:
    """What lies left, right and on top of the plate; left and right are the client's."""
    match design.photo.view:
        case View.FRONT | View.BROWS_RAISED:
            return "R", "L", "crown"
        case View.BACK:
            return "L", "R", "crown"
        case View.LEFT:
            return "front", "L back", "crown"
        case View.RIGHT:
            return "R back", "front", "crown"
        case View.TOP:
            below = _face_below(design)
            return ("", "", "") if below is None else ("L", "R", "face")
        case _:
            return "", "", ""


def _scale_words(design: Design, frame: Framing) -> str:
    if frame.ratio is None:
        return NO_SCALE
    where = WHERE.get(design.photo.view, "in the middle")
    sigma = float(design.skin.sigma(scale_at(design))[0])
    ratio = f"{frame.ratio:.2f}".rstrip("0").rstrip(".")
    return f"1 : {ratio} {where} (± {percent_text(sigma)})"


def _middle(source: Plate) -> float:
    """The middle of the design across the plate."""
    lines: Sequence[FloatArray] = source.hairlines
    bounds = [(line[:, 0].min(), line[:, 0].max()) for line in lines]
    bounds += [(z.shape.bounds[0], z.shape.bounds[2]) for z in source.zones]
    if not bounds:
        return source.size[0] / 2
    return float(min(b[0] for b in bounds) + max(b[1] for b in bounds)) / 2
