"""A photo plate: the grey picture, zones with letters and textures, hairline, tapes, scale."""

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import box as rectangle
from shapely.geometry.base import BaseGeometry

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.zone import Purpose
from studio.render.hatch import DOT_MM, ON_PHOTO, RING_MM, hatch
from studio.render.pages.content import Plate, PlateZone
from studio.render.pages.frame import (
    BODY_MEDIUM,
    SMALL,
    SMALL_MEDIUM,
    WORK_BOLD,
    corners,
    side_mark,
)
from studio.render.sheet import (
    BLACK,
    HAIRLINE,
    WHITE,
    Align,
    Ink,
    Path,
    Role,
    Sheet,
    Stroke,
    moved,
)
from studio.render.typeface import Type, Weight, text_width

OUTLINE = Stroke(0.35, casing=0.3)
STEEP = Stroke(0.35, dash=(0.9, 0.7), casing=0.3)
TEXTURE = Stroke(0.14)
NET = Stroke(0.1)
HAIR = Stroke(0.9, HAIRLINE, casing=0.35, round=True)
OTHER_CURVE = Stroke(0.5, casing=0.3, round=True)
ARROW = Stroke(0.25, casing=0.3, round=True)
TAPE = Stroke(0.3, dash=(1.6, 1.0), casing=0.35)
DISC = 2.9
"""Radius of a letter disc."""

SMALL_ZONE = 60.0
"""A zone on the plate with less mm2 carries its disc beside it, with a leader."""

LABEL = Type(12, Weight.BOLD)
LETTER_HALO = 0.45


def draw_plate(sheet: Sheet, plate: Plate, at: Point, alt: str, *, small: bool = False) -> None:
    """Draw a plate with its top left corner at `at`; `small` leaves out words and scale bar."""
    with sheet.tagged(Role.FIGURE, alt), sheet.transformed(moved(*at)):
        frame = corners((0, 0), plate.size)
        if plate.picture is not None:
            sheet.image(plate.picture, (0, 0), plate.size)
        with sheet.clipped([frame]):
            draw_design(sheet, plate, textures=plate.picture is not None)
        sheet.line(frame, Stroke(0.18), closed=True)
        if plate.ten_mm is not None:
            _ticks(sheet, plate.size, plate.ten_mm)
        _sides(sheet, plate, words=not small)
        if not small:
            _scale(sheet, plate)
        places = disc_places(plate)
        _letters(sheet, plate, places)
        _tapes(sheet, plate, places)
        with sheet.clipped([frame]):
            for diameter, centres in plate.dots:
                sheet.dots(centres, diameter)


def _letters(sheet: Sheet, plate: Plate, places: list[Point]) -> None:
    """The zones' letters; those that keep clear last, for their leaders cross other zones."""
    for last in (False, True):
        for zone, at in zip(plate.zones, places, strict=True):
            if (zone.purpose is Purpose.KEEP_CLEAR) is last:
                _disc(sheet, zone, at)


def draw_design(sheet: Sheet, plate: Plate, *, textures: bool = True) -> None:
    """Zones and curves of a plate, without letters."""
    if textures:
        for zone in plate.zones:
            draw_texture(sheet, zone)
    for line in plate.net:
        sheet.line(line, NET)
    for zone in plate.zones:
        _outline(sheet, zone, plate.straight)
    for curve in plate.curves:
        sheet.line(curve, OTHER_CURVE)
    for arrow in plate.arrows:
        sheet.line(arrow, ARROW)
    for tape in plate.tapes:
        sheet.line(tape.path, TAPE)
    for line in plate.hairlines:
        sheet.line(line, HAIR)


def _outline(sheet: Sheet, zone: PlateZone, straight: Polygon | MultiPolygon | None) -> None:
    """A zone's outline, dotted where the skin turns away from the camera."""
    if straight is None:
        for polygon in parts(zone.shape):
            for ring in polygon_rings(polygon):
                sheet.line(ring, STEEP if zone.steep else OUTLINE, closed=True)
        return
    for polygon in parts(zone.shape):
        away = shapely.difference(polygon.boundary, straight)
        near = shapely.intersection(polygon.boundary, straight)
        for pieces, stroke in ((away, STEEP), (near, OUTLINE)):
            for piece in shapely.get_parts(shapely.line_merge(pieces)):
                if isinstance(piece, LineString) and piece.length > 0:
                    sheet.line(shapely.get_coordinates(piece), stroke)


def draw_texture(sheet: Sheet, zone: PlateZone, spread: float = ON_PHOTO) -> None:
    """The zone's texture; keep clear becomes white with a cross."""
    if zone.purpose is Purpose.KEEP_CLEAR:
        for polygon in parts(zone.shape):
            sheet.polygon(polygon_rings(polygon), fill=WHITE)
            sheet.lines(hatch(polygon, zone.purpose).lines, Stroke(0.5))
        return
    marks = hatch(zone.shape, zone.purpose, angle=zone.angle, spread=spread)
    sheet.lines(marks.lines, TEXTURE)
    sheet.dots(marks.dots, DOT_MM)
    for x, y in marks.rings.tolist():
        sheet.circle((x, y), RING_MM / 2, stroke=TEXTURE)


def letter_disc(sheet: Sheet, at: Point, letter: str, *, black: bool = False) -> None:
    """A zone's letter in its disc."""
    halo = Stroke(2 * LETTER_HALO + 0.4, WHITE)
    sheet.circle(at, DISC - 0.2, stroke=halo)
    sheet.circle(at, DISC - 0.2, fill=BLACK if black else WHITE, stroke=Stroke(0.4))
    size = LABEL if text_width(letter, LABEL) < 2 * DISC - 1.6 else SMALL_MEDIUM
    at_base = (at[0], at[1] + 0.35 * size.em)
    sheet.text(at_base, letter, size, align=Align.CENTRE, ink=Ink(WHITE if black else BLACK))


def parts(shape: Polygon | MultiPolygon) -> list[Polygon]:
    """The polygons of a shape."""
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]


def polygon_rings(polygon: Polygon) -> list[Path]:
    """Outline and holes as points, without the repeated end."""
    return [np.asarray(r.coords)[:-1] for r in (polygon.exterior, *polygon.interiors)]


def disc_places(plate: Plate) -> list[Point]:
    """Where each zone's letter goes: inside it, clear of the other letters; keep clear beside."""
    barred = [z.shape.buffer(DISC + 0.5) for z in plate.zones if z.purpose is Purpose.KEEP_CLEAR]
    tapes = shapely.union_all([LineString(t.path) for t in plate.tapes])
    places: dict[int, Point] = {}
    order = sorted(range(len(plate.zones)), key=lambda i: plate.zones[i].shape.area)
    for index in order:
        zone = plate.zones[index]
        aside = zone.purpose is Purpose.KEEP_CLEAR or zone.shape.area < SMALL_ZONE
        taken = shapely.union_all(
            [*barred, *(ShapelyPoint(p).buffer(DISC) for p in places.values())]
        )
        places[index] = _beside(zone, plate, taken) if aside else _inside(zone, plate, taken, tapes)
    return [places[i] for i in range(len(plate.zones))]


def _inside(zone: PlateZone, plate: Plate, taken: BaseGeometry, tapes: BaseGeometry) -> Point:
    """The roomiest place of a zone near its middle, off tapes and other letters."""
    window = rectangle(DISC + 1, DISC + 1, plate.size[0] - DISC - 1, plate.size[1] - DISC - 1)
    seen = parts_of(shapely.intersection(zone.shape, window))
    largest = max(seen or parts(zone.shape), key=lambda p: p.area).simplify(0.2)
    left, top, right, bottom = largest.bounds
    grid = np.stack(
        np.meshgrid(np.linspace(left, right, 31), np.linspace(top, bottom, 17)), axis=-1
    ).reshape(-1, 2)
    inside = grid[shapely.contains_xy(largest, grid)]
    if len(inside) == 0:
        spot = largest.representative_point()
        return (float(spot.x), float(spot.y))
    points = shapely.points(inside)
    room = np.minimum(shapely.distance(points, largest.boundary), DISC + 1.5)
    for things, weight in ((tapes, 0.8), (taken, 1.5)):
        if not things.is_empty:
            room += weight * np.minimum(shapely.distance(points, things), DISC + 1)
    centre = inside.mean(axis=0)
    away = np.hypot(*(inside - centre).T) / max(right - left, bottom - top, 1.0)
    x, y = inside[int((room - 2.5 * away).argmax())].tolist()
    return (x, y)


def _beside(zone: PlateZone, plate: Plate, taken: BaseGeometry) -> Point:
    """The nearest free place for a disc outside a zone, on the plate."""
    left, top, right, bottom = zone.shape.bounds
    x, y = (left + right) / 2, (top + bottom) / 2
    out = DISC + 2.5
    wide, high = (right - left) / 2 + out, (bottom - top) / 2 + out
    window = rectangle(DISC + 1, DISC + 1, plate.size[0] - DISC - 1, plate.size[1] - DISC - 1)
    places = [
        (x + a * wide, y + b * high)
        for a, b in ((1, 0), (-1, 0), (0.8, 0.8), (-0.8, 0.8), (0, 1), (0, -1), (0.8, -0.8))
    ]
    own = zone.shape.buffer(DISC + 0.5)
    others = shapely.difference(taken, own)
    for place in places:
        spot = ShapelyPoint(place)
        if window.contains(spot) and spot.distance(others) > DISC:
            return place
    inside = window.intersection(rectangle(x + wide, y, x + wide + 0.1, y + 0.1))
    return places[0] if not inside.is_empty else places[1]


def parts_of(shape: BaseGeometry) -> list[Polygon]:
    """The polygons in any geometry."""
    return [g for g in shapely.get_parts(shape) if isinstance(g, Polygon) and not g.is_empty]


def _disc(sheet: Sheet, zone: PlateZone, at: Point) -> None:
    """A letter, with a leader where it stands outside its zone."""
    keep_clear = zone.purpose is Purpose.KEEP_CLEAR
    if not zone.shape.intersects(ShapelyPoint(at)):
        spot = zone.shape.representative_point()
        sheet.line([(spot.x, spot.y), at], Stroke(0.35, casing=0.3))
        if not keep_clear:
            sheet.circle((spot.x, spot.y), 0.5, fill=BLACK)
    letter_disc(sheet, at, zone.letter, black=keep_clear)


def _ticks(sheet: Sheet, size: Point, ten_mm: float) -> None:
    """Frame ticks each 10 mm of skin from the middle; every fifth is long."""
    width, height = size
    marks: list[FloatArray] = []
    for length, horizontal in ((width, True), (height, False)):
        count = int(length / 2 / ten_mm)
        for k in range(-count, count + 1):
            p = length / 2 + k * ten_mm
            long = 2.2 if k % 5 == 0 else 1.1
            ends = [(p, 0.0, p, long), (p, height - long, p, height)]
            if not horizontal:
                ends = [(0.0, p, long, p), (width - long, p, width, p)]
            marks += [np.array(e).reshape(2, 2) for e in ends]
    sheet.lines(np.array(marks), Stroke(0.18))


def _sides(sheet: Sheet, plate: Plate, *, words: bool) -> None:
    """Left and right of the client, front and back of a side view, and what is on top."""
    width = plate.size[0]
    inset = 4.0 if words else 3.0
    for name, on_left in ((plate.left, True), (plate.right, False)):
        align = Align.LEFT if on_left else Align.RIGHT
        edge = inset if on_left else width - inset
        mark, _, word = name.partition(" ") if name[:2].strip() in {"L", "R"} else ("", "", name)
        low = inset + 5.5
        if mark:
            side_mark(sheet, (edge if on_left else edge - 8.7, inset), mark)
            low = inset + 13.0
        if mark and words:
            x = edge + (10.2 if on_left else -10.2)
            side = "left" if mark == "L" else "right"
            sheet.text((x, inset + 3.8), "client’s", SMALL, align=align, ink=Ink(halo=0.4))
            sheet.text((x, inset + 7.8), side, SMALL_MEDIUM, align=align, ink=Ink(halo=0.4))
        if word and words:
            sheet.text((edge, low), word, BODY_MEDIUM, align=align, ink=Ink(halo=0.4))
    if plate.up and words:
        label = text_width(plate.up, SMALL_MEDIUM)
        x, y = (width - label - 4.7) / 2, inset + 3.6
        sheet.polygon([[(x, y), (x + 3.2, y), (x + 1.6, y - 3.0)]], fill=BLACK)
        sheet.text((x + 4.7, y), plate.up, SMALL_MEDIUM, ink=Ink(halo=0.4))


def _scale(sheet: Sheet, plate: Plate) -> None:
    """The 50 mm bar and the scale in words, in the white foot of the plate."""
    width, height = plate.size
    y = height - 4.3
    sheet.text((width - 4, y + 1.1), plate.scale_words, SMALL, align=Align.RIGHT, ink=Ink(halo=0.4))
    if plate.ten_mm is None:
        return
    length = 5 * plate.ten_mm
    sheet.line([(4, y), (4 + length, y)], Stroke(0.7, casing=0.3))
    ticks = [[(4 + k * plate.ten_mm, y), (4 + k * plate.ten_mm, y - 1.2)] for k in range(6)]
    sheet.lines(np.array(ticks), Stroke(0.25))
    sheet.text((4 + length + 1.6, y + 1.1), "50 mm on the head", SMALL_MEDIUM, ink=Ink(halo=0.4))


def _tapes(sheet: Sheet, plate: Plate, discs: list[Point]) -> None:
    """Ends and labels of the tape distances; the lines lie under the hairline already."""
    with sheet.clipped([corners((0, 0), plate.size)]):
        for tape in plate.tapes:
            for end in tape.path[[0, -1]].tolist():
                sheet.circle((end[0], end[1]), 0.9, fill=WHITE, stroke=Stroke(0.35))
    taken = [ShapelyPoint(at).buffer(DISC + 0.6) for at in discs]
    for tape in plate.tapes:
        at, spot = _label_place(tape.path, text_width(tape.label, WORK_BOLD), plate, taken)
        taken.append(spot)
        sheet.text(at, tape.label, WORK_BOLD, ink=Ink(halo=LETTER_HALO))


def _label_place(
    path: FloatArray, width: float, plate: Plate, taken: list[Polygon]
) -> tuple[Point, Polygon]:
    """A free place beside a tape for its label: base line start, and the room it takes."""
    line = LineString(path)
    blocked = shapely.union_all(taken)
    hair = shapely.union_all([LineString(h).buffer(1.0) for h in plate.hairlines])
    tapes = shapely.union_all([LineString(t.path) for t in plate.tapes])
    edges = shapely.union_all([z.shape.boundary for z in plate.zones])
    frame = rectangle(2, 14, plate.size[0] - 2, plate.size[1] - 9)

    def cost(at: Point, share: float, rank: int) -> float:
        spot = _room(at, width)
        hidden = spot.intersection(blocked).area + 2 * spot.intersection(hair).area
        crossed = spot.intersection(tapes).length + 0.3 * spot.intersection(edges).length
        return abs(share - 0.5) + 0.2 * rank + hidden + crossed + spot.difference(frame).area

    places = []
    for share in (0.5, 0.6, 0.4, 0.7, 0.3, 0.8, 0.2):
        x, y = line.interpolate(share, normalized=True).coords[0]
        around = [(x - 1.6 - width, y + 1.6), (x + 1.6, y + 1.6)]
        around += [(x - width / 2, y + 5.4), (x - width / 2, y - 2.2)]
        places += [(cost(at, share, rank), at) for rank, at in enumerate(around)]
    at = min(places)[1]
    return at, _room(at, width)


def _room(at: Point, width: float) -> Polygon:
    """What a label of 13 pt takes up."""
    return rectangle(at[0] - 0.4, at[1] - 3.8, at[0] + width + 0.4, at[1] + 1.0)
