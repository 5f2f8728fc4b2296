"""One page per photo: the plate, the zones' figures, the tape, checks and notes."""

from studio.render.pages.content import DotsPage, Identity, PhotoPage, ZoneRow
from studio.render.pages.frame import (
    BODY,
    BOTTOM,
    ROW,
    SMALL_MEDIUM,
    TABLE_RULE,
    TOP,
    WRITE_IN,
    box,
    footer,
    header,
    paragraph,
    rule,
)
from studio.render.pages.plate import draw_plate
from studio.render.pages.tables import ZONES_WIDTH, tape_table, zone_table
from studio.render.sheet import Role, Sheet

PLATE = (180.0, 144.5)
TABLE_TOP = 169.4
FIT = 8
"""Rows of the zone table that fit under a plate; the rest go on a page of their own."""

FIT_ALONE = 25
CHECK_ROW = 7.2


def photo_page(sheet: Sheet, identity: Identity, page: PhotoPage, label: str, place: str) -> None:
    """Set a photo's page in block millimetres."""
    header(sheet, identity, label, page.title, page.line)
    draw_plate(sheet, page.plate, (0, TOP), _alt(page))
    rows = page.zones[:FIT]
    sessions = max((len(r.sessions) for r in page.zones), default=0)
    y = zone_table(sheet, TABLE_TOP, rows, sessions)
    if page.tapes:
        tape_table(sheet, TABLE_TOP, page.tapes, page.note)
    if page.checks and BOTTOM - y >= 6.5 + 2 * CHECK_ROW:
        _checks(sheet, y + 6.6, page.checks)
    else:
        notes(sheet, y + 5)
    footer(sheet, page.foot, place)


def more_zones(
    sheet: Sheet,
    identity: Identity,
    page: PhotoPage,
    rows: tuple[ZoneRow, ...],
    at: tuple[str, str],
) -> None:
    """Set the zones that did not fit under the plate; `at` is the page's label and place."""
    header(sheet, identity, at[0], f"{page.title}, more zones", page.line)
    sessions = max((len(r.sessions) for r in page.zones), default=0)
    y = zone_table(sheet, TOP + 4, rows, sessions)
    notes(sheet, y + 5)
    footer(sheet, page.foot, at[1])


def dots_page(sheet: Sheet, identity: Identity, page: DotsPage, label: str, place: str) -> None:
    """Set every planned dot of a photo, with outlines and without textures."""
    header(sheet, identity, label, page.title, page.line)
    draw_plate(sheet, page.plate, (0, TOP), f"{page.title}. The page before has the figures.")
    y = TABLE_TOP
    for words in page.words:
        y = paragraph(sheet, (0, y), words, BODY, ZONES_WIDTH, 5.3) + 1.5
    notes(sheet, y + 3)
    footer(sheet, page.foot, place)


def notes(sheet: Sheet, top: float) -> None:
    """Lines to write on, down to the foot."""
    if top + ROW > BOTTOM:
        return
    with sheet.tagged(Role.HEADING):
        sheet.text((0, top), "Notes", SMALL_MEDIUM)
    y = top + ROW + 1
    while y <= BOTTOM - 3:
        rule(sheet, y, 0, ZONES_WIDTH)
        y += ROW


def _checks(sheet: Sheet, top: float, checks: tuple[str, ...]) -> None:
    with sheet.tagged(Role.HEADING):
        sheet.text((0, top), "Pencil line, before the needle", SMALL_MEDIUM)
    rule(sheet, top + 1.75, 0, ZONES_WIDTH, TABLE_RULE)
    y = top + 2.6
    with sheet.tagged(Role.LIST):
        for check in checks:
            if y + CHECK_ROW > BOTTOM + 0.5:
                break
            box(sheet, (0, y), (5.4, 5.4), WRITE_IN)
            with sheet.tagged(Role.ITEM):
                sheet.text((8, y + 4.1), check, BODY)
            y += CHECK_ROW


def _alt(page: PhotoPage) -> str:
    letters = ", ".join(zone.letter for zone in page.plate.zones)
    zones = f" with zones {letters}" if letters else ""
    return f"{page.title}: photo with the hairline{zones}. The table has the figures."
