"""The tables under a plate: zones with their figures, tape distances with tick boxes."""

from shapely.geometry import box as rectangle

from studio.model.zone import Purpose
from studio.render.pages.content import NO_SCALE, PlateZone, TapeRow, ZoneRow
from studio.render.pages.frame import (
    BODY,
    CAPTION,
    HAIR_RULE,
    LINE,
    ROW,
    SMALL,
    SMALL_MEDIUM,
    TABLE_RULE,
    WORK,
    WORK_BOLD,
    WORK_SEMIBOLD,
    WRITE_IN,
    box,
    cells,
    rule,
)
from studio.render.pages.plate import draw_texture
from studio.render.sheet import WHITE, Align, Role, Sheet, Stroke, moved
from studio.render.typeface import Type, Weight, shorten, text_width, wrap

ZONES_WIDTH = 118.7
TAPE_LEFT = 122.7
TAPE_RIGHT = 180.0
R_RIGHT = 160.5
"""Right edge of the figures of the right side."""

SWATCH = (9.0, 6.2)
HEAD = 3.5
"""From the head's base line to its rule: 1.8 mm."""

NAME_X = 11.6
DENSITY_X = 56.5
APART_X = 66.5
TOTAL_X = ZONES_WIDTH
SESSION_TYPE = Type(10.5, condensed=True)
FIRST, SECOND = 4.1, 7.55
"""Base lines of a row's two lines."""

NAME = Type(12, Weight.SEMIBOLD)
FIGURE = Type(12)
FIGURE_BOLD = Type(12, Weight.BOLD)


def zone_table(sheet: Sheet, top: float, rows: tuple[ZoneRow, ...], sessions: int) -> float:
    """Draw the zone table with its head at `top`; gives the y of the last rule."""
    columns = session_columns(sessions)
    with sheet.tagged(Role.TABLE):
        head = [
            (0.0, Align.LEFT, SMALL_MEDIUM, "Zone"),
            (DENSITY_X, Align.RIGHT, SMALL_MEDIUM, "/cm²"),
            (APART_X, Align.RIGHT, SMALL_MEDIUM, "apart"),
            *((x, Align.RIGHT, SMALL_MEDIUM, f"S{i + 1}") for i, x in enumerate(columns)),
            (TOTAL_X, Align.RIGHT, SMALL_MEDIUM, "dots, area"),
        ]
        cells(sheet, top, head, Role.HEAD_CELL)
        y = top + 1.75
        rule(sheet, y, 0, ZONES_WIDTH, TABLE_RULE)
        for row in rows:
            _zone_row(sheet, y, row, columns)
            y += ROW
            rule(sheet, y, 0, ZONES_WIDTH, HAIR_RULE)
    return y


def session_columns(sessions: int) -> list[float]:
    """Right edges of the sessions' columns, between `apart` and the total."""
    last, first = TOTAL_X - 17.5, APART_X + 11.5
    if sessions <= 1:
        return [last] * sessions
    return [first + (last - first) * i / (sessions - 1) for i in range(sessions)]


def swatch(sheet: Sheet, at: tuple[float, float], row: ZoneRow) -> None:
    """The zone's texture in a box, its letter on a clear ground."""
    width, height = SWATCH
    with sheet.transformed(moved(*at)):
        shape = rectangle(0, 0, width, height)
        sample = PlateZone(letter=row.letter, purpose=row.purpose, shape=shape, angle=row.angle)
        draw_texture(sheet, sample, spread=1.0)
        clear = max(text_width(row.letter, WORK_BOLD) / 2 + 0.7, 1.9)
        sheet.polygon(
            [
                [
                    (width / 2 - clear, 0.9),
                    (width / 2 + clear, 0.9),
                    (width / 2 + clear, height - 0.9),
                    (width / 2 - clear, height - 0.9),
                ]
            ],
            fill=WHITE,
        )
        box(sheet, (0, 0), SWATCH, Stroke(0.25))
        at_base = (width / 2, height / 2 + 0.35 * WORK_BOLD.em)
        sheet.text(at_base, row.letter, WORK_BOLD, align=Align.CENTRE)


def _zone_row(sheet: Sheet, y: float, row: ZoneRow, columns: list[float]) -> None:
    swatch(sheet, (0, y + 1.1), row)
    if row.purpose is Purpose.KEEP_CLEAR and not row.refer:
        name = shorten(row.name, WORK_SEMIBOLD, 46)
        words = f"No dots inside the line.{_area(row)}"
        cells(sheet, y + 5.6, [(NAME_X, Align.LEFT, WORK_SEMIBOLD, name)])
        x = NAME_X + text_width(name, WORK_SEMIBOLD) + 3
        cells(sheet, y + 5.6, [(x, Align.LEFT, BODY, shorten(words, BODY, ZONES_WIDTH - x))])
        return
    if row.refer:
        name = shorten(row.name, WORK_SEMIBOLD, 60)
        cells(sheet, y + 5.6, [(NAME_X, Align.LEFT, WORK_SEMIBOLD, name)])
        cells(sheet, y + 5.6, [(ZONES_WIDTH, Align.RIGHT, BODY, row.refer)])
        return
    density = FIGURE_BOLD if text_width(row.density, FIGURE_BOLD) < 21 else Type(10, Weight.BOLD)
    room = DENSITY_X - max(text_width(row.density, density), 8) - 2 - NAME_X
    figures = [(x, SESSION_TYPE, dots) for x, dots in zip(columns, row.sessions, strict=False)]
    line = [
        (NAME_X, Align.LEFT, NAME, shorten(row.name, NAME, room)),
        (DENSITY_X, Align.RIGHT, density, row.density),
        (APART_X, Align.RIGHT, FIGURE, row.apart),
        *((x, Align.RIGHT, type_, dots) for x, type_, dots in figures),
        (TOTAL_X, Align.RIGHT, FIGURE_BOLD, row.total or NO_SCALE),
    ]
    cells(sheet, y + FIRST, [cell for cell in line if cell[3]])
    tool = shorten(f"{row.needle}   {row.dilution}", SMALL, 40)
    for more in (row.hair, row.unseen):
        if more:
            tool = shorten(f"{tool}   {more}", SMALL, 78)
    second = [
        (NAME_X, Align.LEFT, SMALL, tool),
        (TOTAL_X, Align.RIGHT, SMALL, row.area if row.total else ""),
    ]
    cells(sheet, y + SECOND, [cell for cell in second if cell[3]])


def _area(row: ZoneRow) -> str:
    return "" if row.area == NO_SCALE else f" {row.area}."


def _fitting(name: str, room: float) -> Type:
    """The largest type in which a tape's name has room, down to what is still read at the chair."""
    sizes = (Type(10.5, condensed=True), Type(9.5, condensed=True))
    return next((size for size in sizes if text_width(name, size) <= room), sizes[-1])


def tape_table(sheet: Sheet, top: float, rows: tuple[TapeRow, ...], note: str) -> float:
    """Draw the tape table on the right with its head at `top`; gives the lowest base line."""
    with sheet.tagged(Role.TABLE):
        head = [
            (TAPE_LEFT, Align.LEFT, SMALL_MEDIUM, "Tape on skin, mm"),
            (R_RIGHT, Align.RIGHT, SMALL_MEDIUM, "R"),
            (171.5, Align.RIGHT, SMALL_MEDIUM, "L"),
            (TAPE_RIGHT, Align.RIGHT, SMALL_MEDIUM, "ok"),
        ]
        cells(sheet, top, head, Role.HEAD_CELL)
        y = top + 1.75
        rule(sheet, y, TAPE_LEFT, TAPE_RIGHT, TABLE_RULE)
        for row in rows:
            figures = WORK_BOLD if row.drawn else WORK
            room = R_RIGHT - text_width(row.right, figures) - 1.5 - (TAPE_LEFT + 4.6)
            label = _fitting(row.name, room)
            line = [
                (TAPE_LEFT, Align.LEFT, WORK_BOLD, row.letter),
                (TAPE_LEFT + 4.6, Align.LEFT, label, shorten(row.name, label, room)),
                (R_RIGHT, Align.RIGHT, figures, row.right),
                (171.5, Align.RIGHT, figures, row.left),
            ]
            cells(sheet, y + 5.6, [cell for cell in line if cell[3]])
            box(sheet, (TAPE_RIGHT - 5.6, y + 1.45), (5.6, 5.6), WRITE_IN)
            y += ROW
            rule(sheet, y, TAPE_LEFT, TAPE_RIGHT)
    y += LINE
    with sheet.tagged(Role.TEXT):
        for line_words in wrap(note, CAPTION, TAPE_RIGHT - TAPE_LEFT) if note else []:
            sheet.text((TAPE_LEFT, y), line_words, CAPTION)
            y += LINE
    return y
