"""The scalp map page: the head from above by tape, half size, face up."""

import math
from dataclasses import replace

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry import LineString
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import box as rectangle

from studio.model.chart import Point
from studio.model.zone import Purpose
from studio.render.pages.content import Identity, MapLabel, PlateZone, ScalpPage
from studio.render.pages.frame import (
    BODY,
    HAIR_RULE,
    SMALL,
    SMALL_MEDIUM,
    TABLE_RULE,
    TOP,
    WIDTH,
    WORK_BOLD,
    WORK_SEMIBOLD,
    cells,
    footer,
    header,
    paragraph,
    rule,
    side_mark,
)
from studio.render.pages.plate import (
    ARROW,
    DISC,
    OTHER_CURVE,
    draw_texture,
    letter_disc,
    parts,
    polygon_rings,
)
from studio.render.sheet import (
    BLACK,
    HAIRLINE,
    WHITE,
    Align,
    Ink,
    Role,
    Sheet,
    Stroke,
    moved,
)
from studio.render.typeface import Type, shorten, text_width

CENTRE: Point = (90.0, 107.0)
"""Where the vertex lies in the block."""

NET = Stroke(0.1)
SPOKE = Stroke(0.1)
MIDLINE = Stroke(0.18)
OUTLINE = Stroke(0.35)
HAIR = Stroke(1.0, HAIRLINE, casing=0.35, round=True)
HOUR = WORK_BOLD
NAME = WORK_SEMIBOLD
EAR = (14.0, 8.0)
"""Half its height along the rim, and how far it stands out, mm of the page."""

NOSE = (4.2, 6.5)
TABLE_TOP = 210.6
COLUMNS = ((0.0, 57.3), (61.3, 118.7), (122.7, 180.0))
LABEL = (10.2, 1.4)
"""Height of a zone's two lines, and their distance from the disc."""

ROOM = rectangle(0.5, 27.0, WIDTH - 0.5, 204.0)
"""Where words may stand."""

GRID = 4.0
"""Spacing in mm of the places that are tried for a zone's words."""

LONGEST = 44.0
"""Widest name beside a disc, mm."""

CROSSED = 30.0
"""Length in mm that crossing another zone or the hairline adds to a leader."""


def scalp_page(sheet: Sheet, identity: Identity, page: ScalpPage, label: str, place: str) -> None:
    """Set the scalp map in block millimetres."""
    header(sheet, identity, label, "Scalp map", page.line)
    letters = ", ".join(zone.letter for zone in page.zones)
    alt = f"The head by tape from the vertex, face up, with zones {letters}. The table has places."
    with sheet.tagged(Role.FIGURE, alt):
        with sheet.transformed(moved(*CENTRE)):
            _ears_and_nose(sheet, page)
            _net(sheet, page)
            _design(sheet, page)
        _sides(sheet)
        taken = [*_hours(sheet, page), *_ring_words(sheet, page)]
        _zone_words(sheet, page, taken)
    _table(sheet, page)
    paragraph(sheet, (0, 237.6), page.vertex_words, SMALL, 86)
    paragraph(sheet, (92, 237.6), page.stretch_words, SMALL, 88)
    footer(sheet, page.foot, place)


def _ears_and_nose(sheet: Sheet, page: ScalpPage) -> None:
    """What shows how the head lies: ears beside the rim, the nose on it."""
    turn = np.linspace(0.0, math.pi, 25)
    for (x, y), (dx, dy) in page.ears:
        along = EAR[0] * np.cos(turn)
        out = EAR[1] * np.sin(turn) ** 0.6 - 1.5
        shape = np.stack([x - along * dy + out * dx, y + along * dx + out * dy], axis=1)
        sheet.line(shape, OUTLINE)
    low = float(page.rim[:, 1].min())
    half, high = NOSE
    sheet.line(
        [
            (-half, low + 0.3),
            (-half + 1.2, low - 3.0),
            (0, low - high),
            (half - 1.2, low - 3.0),
            (half, low + 0.3),
        ],
        OUTLINE,
    )
    sheet.polygon([page.rim], fill=WHITE, stroke=OUTLINE)


def _net(sheet: Sheet, page: ScalpPage) -> None:
    for _, pieces in page.rings:
        for piece in pieces:
            sheet.line(piece, NET)
    for number, spoke in enumerate(page.spokes):
        sheet.line(spoke, MIDLINE if number in {0, 6} else SPOKE)
    with sheet.true_size("map_100_mm_tape", 0.0, 50.0):
        sheet.line([(0, -50), (0, 0)], MIDLINE)


def _design(sheet: Sheet, page: ScalpPage) -> None:
    for zone in page.zones:
        if not zone.shape.is_empty:
            draw_texture(sheet, zone, spread=1.0)
    for zone in page.zones:
        for polygon in parts(zone.shape):
            for ring in polygon_rings(polygon):
                sheet.line(ring, Stroke(0.35, casing=0.3), closed=True)
    for curve in page.curves:
        sheet.line(curve, OTHER_CURVE)
    for arrow in page.arrows:
        sheet.line(arrow, ARROW)
    for line in page.hairlines:
        sheet.line(line, HAIR)
    if page.mid is not None:
        x, y = page.mid
        sheet.line([(x, y - 2.8), (x, y + 2.8)], Stroke(0.5))
    sheet.circle((0, 0), 2.1, fill=WHITE, stroke=Stroke(0.5))
    sheet.lines(np.array([[(-3.6, 0), (3.6, 0)], [(0, -3.6), (0, 3.6)]]), Stroke(0.5))


def _sides(sheet: Sheet) -> None:
    """Left and right by letter and word, the face and the nape."""
    y = TOP + 4.0
    for letter, word, x, align in (
        ("L", "left", 0.0, Align.LEFT),
        ("R", "right", WIDTH, Align.RIGHT),
    ):
        left = align is Align.LEFT
        side_mark(sheet, (x if left else x - 8.7, y), letter)
        at = x + 10.2 if left else x - 10.2
        sheet.text((at, y + 3.8), "client’s", SMALL, align=align)
        sheet.text((at, y + 7.8), word, SMALL_MEDIUM, align=align)


def _hours(sheet: Sheet, page: ScalpPage) -> list[Polygon]:
    """The clock round the rim; gives the room it takes."""
    taken = []
    low = float(page.rim[:, 1].min())
    for number, spoke in enumerate(page.spokes):
        turn = number * math.pi / 6
        end = np.asarray(spoke)[1]
        way = np.array([math.sin(turn), -math.cos(turn)])
        x, y = end + (13.0 if number in {3, 9} else 6.0) * way
        while any(zone.shape.dwithin(ShapelyPoint(x, y), 3.5) for zone in page.zones):
            x, y = (x, y) + 1.0 * way
        if number == 0:
            x, y = 8.0, low - NOSE[1] / 2
        if number == 6:
            y = _foot(page) + 5.0
        at = (CENTRE[0] + float(x), CENTRE[1] + float(y) + 0.35 * HOUR.em)
        sheet.text(at, str(number or 12), HOUR, align=Align.CENTRE)
        taken.append(rectangle(at[0] - 4, at[1] - 5, at[0] + 4, at[1] + 1.5))
        if number in {0, 6}:
            words = "FACE" if number == 0 else "NAPE"
            beside = at[0] - (12.0 if number == 0 else 8.0)
            sheet.text((beside, at[1]), words, SMALL_MEDIUM, align=Align.RIGHT)
            taken.append(rectangle(beside - 12, at[1] - 5, beside, at[1] + 1.5))
    return taken


def _foot(page: ScalpPage) -> float:
    """The lowest place of what is drawn."""
    drawn = [piece for _, pieces in page.rings for piece in pieces]
    return max(float(np.asarray(piece)[:, 1].max()) for piece in [page.rim, *drawn])


def _ring_words(sheet: Sheet, page: ScalpPage) -> list[Polygon]:
    """Millimetres of tape beside the rings, in front and behind; gives the room they take."""
    taken = [ShapelyPoint(CENTRE).buffer(4.5)]
    rim_front, foot = float(page.rim[:, 1].min()), _foot(page)
    for mm, _ in page.rings:
        for y, here in ((-mm / 2, mm >= 100), (mm / 2, mm >= 40)):
            if not here or y < rim_front or y > foot + 0.1:
                continue
            at = (CENTRE[0] + 0.7, CENTRE[1] + y + 3.4 if y < 0 else CENTRE[1] + y - 0.6)
            sheet.text(at, str(mm), SMALL, ink=Ink(halo=0.4))
            taken.append(rectangle(at[0] - 1.2, at[1] - 3.4, at[0] + 6.5, at[1] + 0.8))
    return taken


def _zone_words(sheet: Sheet, page: ScalpPage, taken: list[Polygon]) -> None:
    """Letter, name and density of every zone: inside it if it has room, else with a leader."""
    words = {label.letter: label for label in page.labels}
    shown = [_on_block(z) for z in page.zones if not z.shape.is_empty]
    placed = list(taken)
    for zone in shown:
        if zone.purpose is Purpose.KEEP_CLEAR:
            placed += parts(zone.shape)
    for zone in shown:
        if zone.purpose is Purpose.KEEP_CLEAR:
            _clear(sheet, zone, placed)
    told: set[str] = set()
    for zone in shown:
        if zone.purpose is Purpose.KEEP_CLEAR or zone.letter in told:
            continue
        told.add(zone.letter)
        label = words[zone.letter]
        at = _inside(zone, label, placed)
        if at is None:
            _leader(sheet, page, zone, label, (shown, placed))
        else:
            _words(sheet, at, label, right=True)
            placed.append(_box(at, label, right=True))


def _on_block(zone: PlateZone) -> PlateZone:
    """A zone in block millimetres."""
    return replace(zone, shape=shapely.transform(zone.shape, lambda points: points + CENTRE))


def _box(at: Point, label: MapLabel, *, right: bool) -> Polygon:
    """The room of a disc at `at` and the words beside it."""
    x, y = at
    longest = max(text_width(label.name, NAME), text_width(label.density, BODY))
    wide = DISC + LABEL[1] + min(longest, LONGEST) + 0.6
    left, far = (x - DISC - 0.6, x + wide) if right else (x - wide, x + DISC + 0.6)
    return rectangle(left, y - LABEL[0] / 2, far, y + LABEL[0] / 2)


def _inside(zone: PlateZone, label: MapLabel, placed: list[Polygon]) -> Point | None:
    """Where a zone's disc stands with its words inside the zone; None if there is no room."""
    room = shapely.difference(zone.shape.buffer(-0.5), shapely.union_all(placed))
    if room.is_empty:
        return None
    shapely.prepare(room)
    left, top, right, bottom = room.bounds
    middle = zone.shape.centroid
    places = []
    for x in np.arange(left + DISC, right, 2.0).tolist():
        for y in np.arange(top + LABEL[0] / 2, bottom, 2.0).tolist():
            spot = _box((x, y), label, right=True)
            if room.contains(spot):
                places.append((spot.centroid.distance(middle), (x, y)))
    return min(places)[1] if places else None


def _leader(
    sheet: Sheet,
    page: ScalpPage,
    zone: PlateZone,
    label: MapLabel,
    around: tuple[list[PlateZone], list[Polygon]],
) -> None:
    """Words on bare paper with a line to the zone; only the letter if all room is taken."""
    shown, placed = around
    largest = max(parts(zone.shape), key=lambda part: part.area)
    spot = largest.representative_point()
    lines = [LineString(np.asarray(h) + CENTRE).buffer(0.8) for h in page.hairlines]
    rim = LineString(page.rim + CENTRE).buffer(0.4)
    barred = shapely.union_all([*placed, *lines, rim, *(z.shape for z in shown)])
    others = [z.shape for z in shown if z is not zone] + lines + placed
    shapely.prepare(barred)
    best: tuple[float, Point, bool] | None = None
    for x in np.arange(DISC + 1, WIDTH, GRID).tolist():
        for y in np.arange(32.0, 204.0, GRID).tolist():
            for right in (True, False):
                box_ = _box((x, y), label, right=right)
                if not ROOM.contains(box_) or barred.intersects(box_):
                    continue
                line = LineString([(spot.x, spot.y), (x, y)])
                cost = line.length + CROSSED * sum(line.intersects(other) for other in others)
                if best is None or cost < best[0]:
                    best = cost, (x, y), right
    if best is None:
        letter_disc(sheet, (spot.x, spot.y), zone.letter)
        placed.append(spot.buffer(DISC + 0.5))
        return
    _, at, right = best
    sheet.line([(spot.x, spot.y), at], Stroke(0.25, casing=0.25))
    sheet.circle((spot.x, spot.y), 0.6, fill=BLACK)
    _words(sheet, at, label, right=right)
    placed.append(_box(at, label, right=right))


def _words(sheet: Sheet, at: Point, label: MapLabel, *, right: bool) -> None:
    """A zone's disc with its name and density beside it."""
    letter_disc(sheet, at, label.letter)
    x = at[0] + (DISC + LABEL[1] if right else -DISC - LABEL[1])
    align = Align.LEFT if right else Align.RIGHT
    for type_, words, down in ((NAME, label.name, -0.6), (BODY, label.density, 4.4)):
        sheet.text(
            (x, at[1] + down), shorten(words, type_, LONGEST), type_, align=align, ink=Ink(halo=0.5)
        )


def _clear(sheet: Sheet, zone: PlateZone, placed: list[Polygon]) -> None:
    """The black disc of a place to keep clear, beside it."""
    left, top, right, bottom = zone.shape.bounds
    x, y = (left + right) / 2, (top + bottom) / 2
    out = max(right - left, bottom - top) / 2 + DISC + 2.5
    blocked = shapely.union_all([p for p in placed if not p.intersects(zone.shape)])
    turns = [math.radians(k) for k in (0, 180, 45, 135, 225, 315, 90, 270)]
    spots = [(x + out * math.cos(t), y + out * math.sin(t)) for t in turns]
    at = next((s for s in spots if ShapelyPoint(s).distance(blocked) > DISC + 0.5), spots[0])
    sheet.line([(x, y), at], Stroke(0.35, casing=0.3))
    letter_disc(sheet, at, zone.letter, black=True)
    placed.append(ShapelyPoint(at).buffer(DISC + 0.5))


def _table(sheet: Sheet, page: ScalpPage) -> None:
    """Places by clock hour and tape, in three columns."""
    with sheet.tagged(Role.HEADING):
        words = "Find a point: clock hour on the map, then tape from the vertex (mm)"
        sheet.text((0, TABLE_TOP - 2.4), words, SMALL_MEDIUM)
    each = 3
    with sheet.tagged(Role.TABLE):
        for column, (left, right) in enumerate(COLUMNS):
            y = TABLE_TOP - 0.6
            rule(sheet, y, left, right, TABLE_RULE if column == 0 else HAIR_RULE)
            for name, hour, mm in page.points[column * each : (column + 1) * each]:
                figure = right - 13.5
                room = figure - text_width(hour, WORK_BOLD) - 2 - left
                line = [
                    (left, Align.LEFT, *_type_of(name, room)),
                    (figure, Align.RIGHT, WORK_BOLD, hour),
                    (right, Align.RIGHT, WORK_BOLD, mm),
                ]
                cells(sheet, y + 5.6, line)
                y += 7.7
                rule(sheet, y, left, right, HAIR_RULE)


def _type_of(name: str, room: float) -> tuple[Type, str]:
    type_ = BODY if text_width(name, BODY) <= room else Type(10.5, condensed=True)
    return type_, shorten(name, type_, room)
