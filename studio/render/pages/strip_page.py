"""Strip pages: the hairline at true size, plain and mirrored for transfer paper."""

import numpy as np
from shapely import LineString
from shapely import Point as ShapelyPoint
from shapely.geometry import box as rectangle

from studio.model.chart import Point
from studio.model.zone import Purpose
from studio.render.hatch import hatch
from studio.render.pages.content import Corner, Identity, Strip, Tile, Tongue
from studio.render.pages.frame import (
    BODY,
    BODY_BOLD,
    BOTTOM,
    SMALL,
    SMALL_MEDIUM,
    STEP,
    TABLE_RULE,
    WIDTH,
    WORK_BOLD,
    WRITE_IN,
    box,
    footer,
    header,
    paragraph,
    rule,
    ruler,
)
from studio.render.pages.plate import parts, polygon_rings
from studio.render.sheet import (
    BLACK,
    HAIRLINE,
    WHITE,
    Align,
    Ink,
    Role,
    Sheet,
    Stroke,
    Transform,
)
from studio.render.typeface import Type, Weight, text_width

AREA = (12.0, 40.0)
"""Corner of the room for a tile; it is `unroll.FIT` large."""

CUT = Stroke(0.25, dash=(3.0, 1.2))
EDGE = Stroke(0.18, dash=(1.0, 0.8))
FIRST_STEP = 154.9
INDENT, STEP_X = 24.0, 32.1
CUT_OUT = (
    "Cut on the broken line. The heavy line is the front edge of the hair; "
    "the dots are the planned dots, true size."
)
ALLOWED = (
    "Allowed: 2 mm on the mid-line, 3 mm elsewhere. "
    "More: trust the tape, not the paper, and draw again."
)
FOOT = "Never “Fit to page”. Crosses 4 mm, overlap 20 mm, one side of the paper only."


def strip_page(
    sheet: Sheet, identity: Identity, strip: Strip, index: int, at: tuple[str, str]
) -> None:
    """Set one tile of the plain strip; `at` is the page's label and place."""
    _head(sheet, identity, strip, index, at[0], mirrored=False)
    tile = strip.tiles[index]
    low = _tile(sheet, tile, mirrored=False)
    steps = [
        CUT_OUT,
        _lay_together(strip),
        _set_on_head(strip),
        _check(strip),
    ]
    y = _steps(sheet, low, [s for s in steps if s])
    if index == 0 and strip.pencil:
        y = _pencil(sheet, y + 3, strip)
    if strip.note and y < BOTTOM - 12:
        paragraph(sheet, (INDENT, y + 3), strip.note, BODY, WIDTH - INDENT, 5.1)
    footer(sheet, FOOT, at[1])


def mirrored_page(
    sheet: Sheet, identity: Identity, strip: Strip, index: int, at: tuple[str, str]
) -> None:
    """Set one tile reversed, for transfer paper: no dots; page text stays readable."""
    _head(sheet, identity, strip, index, at[0], mirrored=True)
    low = _tile(sheet, strip.tiles[index], mirrored=True)
    steps = [
        "Load one transfer sheet, print this page alone at 100 %, one side only.",
        "The strip is reversed here and reads correctly on the skin. Planned dots are left out.",
        f"Cut on the broken line. {_lay_together(strip)}".strip(),
        f"Clean, dry skin. {_set_on_head(strip)} Press the heavy line only.",
        "Check with tape and mirror before the needle.",
    ]
    _steps(sheet, low, steps)
    footer(sheet, FOOT, at[1])


def _head(
    sheet: Sheet, identity: Identity, strip: Strip, index: int, label: str, *, mirrored: bool
) -> None:
    name = "Mirrored strip" if mirrored else "Hairline strip"
    title = f"{name}  {strip.numbered(index)}"
    line = (
        "Transfer paper only. Printed side to the skin."
        if mirrored
        else "Plain paper. Printed side towards you."
    )
    line = f"{strip.title}. {line}"
    header(sheet, identity, label, title, line, outlined=mirrored)
    left = "MIRROR IMAGE, TRUE SIZE 1 : 1" if mirrored else "TRUE SIZE 1 : 1"
    colour = BLACK if mirrored else WHITE
    fill = WHITE if mirrored else BLACK
    box(sheet, (0, 16.9), (WIDTH, 9.4), Stroke(0.7), fill=fill)
    type_ = Type(10.5, Weight.SEMIBOLD)
    words = f"{left}     Measure both rulers: 100.0 ± 0.5 mm is good."
    with sheet.tagged(Role.TEXT):
        sheet.text((WIDTH / 2, 22.9), words, type_, align=Align.CENTRE, ink=Ink(colour))
    _rulers(sheet)


def _rulers(sheet: Sheet) -> None:
    left, base = 13.9, 36.6
    ruler(sheet, (left, base), down=False)
    for mm in range(0, 101, 20):
        sheet.text((left + mm, base - 5.1), str(mm), SMALL, align=Align.CENTRE)
    sheet.text((left + 104, base - 0.9), "across, mm", BODY)
    x = left + 104 + text_width("across, mm", BODY) + 1.6
    box(sheet, (x, base - 5.9), (19.2, 7.4), WRITE_IN)
    ruler(sheet, (4.3, 44.0), down=True)
    sheet.text((0, 150.0), "down, mm", SMALL)
    box(sheet, (0, 151.4), (19.2, 7.4), WRITE_IN)


def _tile(sheet: Sheet, tile: Tile, *, mirrored: bool) -> float:
    """Draw a tile in the room for it; gives the y under which the page is free."""
    width, height = tile.size
    x = AREA[0] + (WIDTH - AREA[0] - width) / 2
    y = AREA[1] + 1.5
    placed = Transform(-1, 0, 0, 1, x + width, y) if mirrored else Transform(e=x, f=y)
    alt = "The hairline strip at true size, cut along the broken line."
    with sheet.tagged(Role.FIGURE, alt), sheet.transformed(placed):
        _paper(sheet, tile)
        if not mirrored:
            for diameter, centres in tile.dots:
                sheet.dots(centres, diameter)
        _curve(sheet, tile, mirrored=mirrored)
        _crosses(sheet, tile)
        low = max([height, *(_corner(sheet, corner, tile) for corner in tile.corners)])
        if tile.tongue is not None:
            _tongue(sheet, tile.tongue)
    return y + low


def _paper(sheet: Sheet, tile: Tile) -> None:
    """Outline to cut, and the hatched part that the next tile covers."""
    if tile.overlap is not None:
        marks = hatch(tile.overlap, Purpose.FULL, angle=45.0, spread=1.4)
        sheet.lines(marks.lines, Stroke(0.14))
        for polygon in parts(tile.overlap):
            for ring in polygon_rings(polygon):
                sheet.line(ring, EDGE, closed=True)
    left, top, right, bottom = tile.outline.bounds
    with sheet.true_size("hairline_tile", right - left, bottom - top):
        for polygon in parts(tile.outline):
            for ring in polygon_rings(polygon):
                sheet.line(ring, CUT, closed=True)


def _curve(sheet: Sheet, tile: Tile, *, mirrored: bool) -> None:
    width, height = np.ptp(tile.curve, axis=0).tolist()
    colour = BLACK if mirrored else HAIRLINE
    with sheet.true_size("hairline", width, height):
        sheet.line(tile.curve, Stroke(0.7, colour))
    sheet.lines(tile.ticks, Stroke(0.25))
    arrows = [LineString([corner.at, corner.to]) for corner in tile.corners]
    for (x, y), words in tile.labels:
        if any(arrow.distance(ShapelyPoint(x, y)) < 3.2 for arrow in arrows):
            continue
        if any(abs(x - cx) < 6 and abs(y - cy) < 5 for (cx, cy), _ in tile.crosses):
            continue
        at = (x, y + 0.35 * SMALL.em)
        sheet.text(at, words, SMALL, align=Align.CENTRE, ink=Ink(halo=0.5))


FURTHEST = 46.0
"""Most mm that the words at a corner stand below its arrow."""


def _crosses(sheet: Sheet, tile: Tile) -> None:
    for index, ((x, y), letter) in enumerate(tile.crosses):
        with sheet.true_size(f"reg_{index}", 4.0, 4.0):
            arms = np.array([[(x - 2, y), (x + 2, y)], [(x, y - 2), (x, y + 2)]])
            sheet.lines(arms, Stroke(0.18, casing=0.3))
        sheet.circle((x, y), 1.2, stroke=Stroke(0.18))
        sheet.text((x + 2.3, y - 0.6), letter, SMALL, ink=Ink(halo=0.5))


def _corner(sheet: Sheet, corner: Corner, tile: Tile) -> float:
    """Arrow from the hair corner to the eye, its words on the side with room; their foot."""
    _arrow(sheet, corner.at, corner.to)
    sheet.circle(corner.at, 1.0, fill=WHITE, stroke=Stroke(0.4))
    types = [BODY_BOLD] + [BODY] * (len(corner.words) - 1)
    longest = max(text_width(w, t) for w, t in zip(corner.words, types, strict=True))
    x, y, right = _room_for(corner, tile, longest)
    room = 5.1 * len(corner.words)
    if y > corner.to[1] + 6.0:
        sheet.line([corner.to, (x, y - 4.0)], Stroke(0.18, casing=0.3))
    align = Align.LEFT if right else Align.RIGHT
    for index, (words, type_) in enumerate(zip(corner.words, types, strict=True)):
        at = (x - 2 if right else x + 2, y + 5.1 * index)
        sheet.text(at, words, type_, align=align, ink=Ink(halo=0.6))
    return y + room - 4


def _room_for(corner: Corner, tile: Tile, longest: float) -> tuple[float, float, bool]:
    """Where a corner's words stand: as near its arrow as they lie on no strip; right of it or left.

    Gives the arrow's x, the first base line, and whether the words run to the right.
    """
    x, room = corner.to[0], 5.1 * len(corner.words)
    places: list[tuple[float, float, bool]] = []
    for down in np.arange(0.0, FURTHEST, 2.0).tolist():
        y = corner.to[1] + 5.5 + down
        for right, left_edge in ((True, x - 2), (False, x + 2 - longest)):
            if not 0 <= left_edge + AREA[0] <= WIDTH - longest:
                continue
            spot = rectangle(left_edge, y - 4, left_edge + longest, y + room - 4)
            places.append((round(spot.intersection(tile.outline).area, 1), down, right))
    _, down, right = min(places, key=lambda place: place[:2])
    return x, corner.to[1] + 5.5 + down, right


def _arrow(sheet: Sheet, start: Point, end: Point) -> None:
    way = np.asarray(end) - start
    along = way / np.hypot(*way)
    across = np.array([-along[1], along[0]])
    tip = np.asarray(end)
    sheet.line([start, tuple(tip - 2 * along)], Stroke(0.35, casing=0.3))
    head = np.stack([tip, tip - 3 * along + 1.4 * across, tip - 3 * along - 1.4 * across])
    sheet.polygon([head], fill=BLACK)


def _tongue(sheet: Sheet, tongue: Tongue) -> None:
    """Mid-line, the bar at the brow centre, and what to do with them."""
    start, bar = np.asarray(tongue.start), np.asarray(tongue.bar)
    along = (bar - start) / np.hypot(*(bar - start))
    across = np.asarray(tongue.across)
    span = np.abs(bar - start).tolist()
    with sheet.true_size("midline_tongue", span[0], span[1]):
        sheet.line([tongue.start, tongue.bar], Stroke(0.4))
    sheet.line(np.stack([bar - 5.5 * across, bar + 5.5 * across]), Stroke(0.7))
    above = start - 10 * along
    head = np.stack([start - 7 * along, above + 2 * across, above - 2 * across])
    sheet.line(np.stack([start - 8 * along, start]), Stroke(0.4))
    sheet.polygon([head], fill=BLACK)
    turn = float(np.degrees(np.arctan2(along[1], -along[0])))
    side = across if across[0] < 0 else -across
    foot = bar - 3 * along + 1.6 * side
    sheet.text((float(foot[0]), float(foot[1])), tongue.words, SMALL_MEDIUM, ink=Ink(turn=turn))
    beside = bar - 8.5 * side
    sheet.text(
        (float(beside[0]), float(beside[1])), "brow centre here", BODY_BOLD, ink=Ink(halo=0.5)
    )
    sheet.text(
        (float(beside[0]), float(beside[1]) + 4.8), "tongue: tape a", SMALL, ink=Ink(halo=0.5)
    )


def _check(strip: Strip) -> str:
    tape = (
        "Check with a tape, right and left. Then the mirror."
        if strip.pencil
        else "Check in the mirror."
    )
    return f"{tape} Then draw along the heavy line."


def _lay_together(strip: Strip) -> str:
    if len(strip.tiles) == 1:
        return ""
    if len(strip.tiles) == 2:
        upper, lower = strip.first, strip.first + 1
        return f"Lay strip {upper} on strip {lower}, crosses p q r s on p q r s, and tape."
    return "Lay each strip on the next, crosses on the crosses of the same letter, and tape."


def _set_on_head(strip: Strip) -> str:
    if any(tile.tongue is not None for tile in strip.tiles):
        return "Tongue on the mid-line, its bar on the brow centre."
    return "Lay the heavy line where the photo’s page shows it."


def _steps(sheet: Sheet, low: float, steps: list[str]) -> float:
    """Numbered instructions below the tile; gives the next free base line."""
    y = max(FIRST_STEP, low + 9)
    with sheet.tagged(Role.LIST):
        for number, words in enumerate(steps, start=1):
            with sheet.tagged(Role.ITEM):
                sheet.text((INDENT, y), str(number), STEP)
            y = paragraph(sheet, (STEP_X, y), words, BODY, WIDTH - STEP_X, 5.1) + 2.9
    return y


def _pencil(sheet: Sheet, top: float, strip: Strip) -> float:
    """Boxes for the pencil line as measured, with the plan's figures; the next free base line."""
    with sheet.tagged(Role.HEADING):
        sheet.text((INDENT, top), "The pencil line, measured in mm", SMALL_MEDIUM)
    rule(sheet, top + 1.75, INDENT, WIDTH, TABLE_RULE)
    gap = 3.0
    width = (WIDTH - INDENT + gap) / max(len(strip.pencil), 3) - gap
    for index, (name, plan) in enumerate(strip.pencil):
        x = INDENT + index * (width + gap)
        sheet.text((x, top + 7.6), name, WORK_BOLD)
        sheet.text((x + width, top + 7.6), plan, SMALL, align=Align.RIGHT)
        box(sheet, (x, top + 9.2), (width, 9.4), WRITE_IN)
    return paragraph(sheet, (INDENT, top + 23.8), ALLOWED, BODY, WIDTH - INDENT, 5.1)
