"""The first page: alert, front plate, key figures, sessions, sign-off, check square."""

import numpy as np

from studio.render.pages.content import Identity, Overview
from studio.render.pages.frame import (
    BODY,
    BODY_BOLD,
    CAPTION,
    CODE,
    HAIR_RULE,
    KEY,
    ROW,
    SMALL,
    SMALL_MEDIUM,
    TABLE_RULE,
    WIDTH,
    WORK,
    WORK_BOLD,
    WORK_SEMIBOLD,
    WRITE_IN,
    box,
    cells,
    code_square,
    corners,
    fitting,
    footer,
    paragraph,
    rule,
)
from studio.render.pages.plate import draw_plate
from studio.render.sheet import BLACK, WHITE, Align, Ink, Role, Sheet, Stroke
from studio.render.typeface import Type, Weight, shorten, text_width, wrap

PLATE = (103.2, 102.0)
PLATE_TOP = 31.8
FIGURES_X = 107.2
FIGURE_PITCH = 19.1
SESSIONS_TOP = 146.0
FOOT_TOP = 181.2
SQUARE_AT = (130.0, 178.5)
SIGNED = ("Hairline", "Density", "Tone", "Illustration, no promise")


def overview_page(sheet: Sheet, identity: Identity, page: Overview, label: str, place: str) -> None:
    """Set the overview in block millimetres."""
    _head(sheet, identity, label)
    _alert(sheet, page.alert)
    if page.plate is not None:
        draw_plate(
            sheet,
            page.plate,
            (0, PLATE_TOP),
            "Photo with the hairline and zones. The pages that follow have the figures.",
            small=True,
        )
        caption = shorten(page.caption, CAPTION, PLATE[0])
        sheet.text((0, PLATE_TOP + PLATE[1] + 4.2), caption, CAPTION)
    _figures(sheet, page)
    _sessions(sheet, page)
    _unsigned(sheet, page, identity.code)
    _pages(sheet, page)
    check_square(sheet, SQUARE_AT)
    footer(sheet, page.foot, place)


def _head(sheet: Sheet, identity: Identity, label: str) -> None:
    code_square(sheet, label, outlined=False)
    with sheet.tagged(Role.TITLE):
        sheet.text((16, 9.6), "Session map", KEY)
    room = WIDTH - 16 - text_width("Session map", KEY) - 8
    client = KEY if text_width(identity.client, KEY) <= room else fitting(identity.client, room)
    words = shorten(identity.client, client, room)
    sheet.text((WIDTH, 9.6), words, client, align=Align.RIGHT)
    sheet.line([(0, 14.9), (WIDTH, 14.9)], Stroke(0.7))


def _alert(sheet: Sheet, alert: str) -> None:
    top, height = 17.0, 10.6
    box(sheet, (0, top), (WIDTH, height), Stroke(0.7 if alert else 0.25))
    if not alert:
        sheet.text((4, top + 6.6), "No alert recorded.", BODY)
        return
    sheet.polygon([corners((0, top), (24.4, height))], fill=BLACK)
    sheet.text((12.2, top + 6.7), "ALERT", WORK_BOLD, align=Align.CENTRE, ink=Ink(WHITE))
    with sheet.tagged(Role.TEXT):
        _alert_words(sheet, alert, top)


def _alert_words(sheet: Sheet, alert: str, top: float) -> None:
    """One line of 13 pt, or two of 10.5 pt for a long alert."""
    room = WIDTH - 28 - 3
    if text_width(alert, WORK_SEMIBOLD) <= room:
        sheet.text((28, top + 6.7), alert, WORK_SEMIBOLD)
        return
    small = Type(10.5, Weight.SEMIBOLD)
    lines = wrap(alert, small, room)
    if len(lines) > 2:
        small = Type(9, Weight.SEMIBOLD, condensed=True)
        lines = wrap(alert, small, room)
    if len(lines) > 2:
        lines = [lines[0], shorten(" ".join(lines[1:]), small, room)]
    for line, y in zip(lines, (4.5, 9.0) if len(lines) > 1 else (6.5,), strict=True):
        sheet.text((28, top + y), line, small)


def _figures(sheet: Sheet, page: Overview) -> None:
    y = PLATE_TOP + 9.1
    for value, unit, words in page.figures:
        with sheet.tagged(Role.TEXT):
            sheet.text((FIGURES_X, y), value, KEY)
            after = FIGURES_X + text_width(value, KEY) + 2
            sheet.text(
                (after, y),
                shorten(unit, Type(12, Weight.MEDIUM), WIDTH - after),
                Type(12, Weight.MEDIUM),
            )
            sheet.text((FIGURES_X, y + 5.3), shorten(words, BODY, WIDTH - FIGURES_X), BODY)
        rule(sheet, y + 8.1, FIGURES_X, WIDTH, HAIR_RULE)
        y += FIGURE_PITCH
    y = PLATE_TOP + 9.1 + 4 * FIGURE_PITCH - 5.9
    for index, words in enumerate(page.design):
        y = paragraph(
            sheet, (FIGURES_X, y), words, BODY if index else BODY_BOLD, WIDTH - FIGURES_X, 5.1
        )
    for words in page.warnings:
        if y > PLATE_TOP + PLATE[1] + 4.5:
            break
        y = paragraph(sheet, (FIGURES_X, y), words, BODY_BOLD, WIDTH - FIGURES_X, 5.1)


def _sessions(sheet: Sheet, page: Overview) -> None:
    with sheet.tagged(Role.TABLE):
        head = [
            (0.0, Align.LEFT, SMALL_MEDIUM, "Session"),
            (50.0, Align.LEFT, SMALL_MEDIUM, "Date"),
            (126.0, Align.RIGHT, SMALL_MEDIUM, "At the chair"),
            (152.0, Align.RIGHT, SMALL_MEDIUM, "Dots"),
            (WIDTH, Align.RIGHT, SMALL_MEDIUM, "Total after"),
        ]
        cells(sheet, SESSIONS_TOP, head, Role.HEAD_CELL)
        y = SESSIONS_TOP + 1.75
        rule(sheet, y, 0, WIDTH, TABLE_RULE)
        for row in page.sessions[:3]:
            base = y + 5.9
            line = [
                (0.0, Align.LEFT, WORK_BOLD, row.number),
                (6.0, Align.LEFT, WORK_BOLD, row.name),
                (126.0, Align.RIGHT, WORK, row.hours),
                (152.0, Align.RIGHT, WORK_BOLD, row.dots),
                (WIDTH, Align.RIGHT, WORK, row.share),
            ]
            cells(sheet, base, [cell for cell in line if cell[3]])
            y += ROW
            rule(sheet, y, 0, WIDTH)
        if len(page.sessions) > 3:
            more = len(page.sessions) - 3
            sheet.text((WIDTH, y + 4.2), f"and {more} more", SMALL, align=Align.RIGHT)


def _unsigned(sheet: Sheet, page: Overview, code: str) -> None:
    right = 57.3
    with sheet.tagged(Role.HEADING):
        sheet.text((0, FOOT_TOP), "Signed by the client", SMALL_MEDIUM)
    rule(sheet, FOOT_TOP + 1.75, 0, right, TABLE_RULE)
    y = FOOT_TOP + 1.75
    for words in SIGNED:
        box(sheet, (0, y + 1.9), (4.7, 4.7), WRITE_IN)
        sheet.text((8, y + 5.7), words, BODY)
        y += ROW
        rule(sheet, y, 0, right)
    with sheet.tagged(Role.TEXT):
        sheet.text((0, y + 5.2), "NOT SIGNED", WORK_BOLD)
        sheet.text((right, y + 5.2), page.planned, SMALL, align=Align.RIGHT)
    with sheet.tagged(Role.TEXT):
        sheet.text((0, y + 14), code, CODE)
        sheet.text((0, y + 19.4), "Same code on the screen? If not, stop.", SMALL)


def _pages(sheet: Sheet, page: Overview) -> None:
    left, right = 61.4, 118.7
    with sheet.tagged(Role.HEADING):
        sheet.text((left, FOOT_TOP), "Pages", SMALL_MEDIUM)
    rule(sheet, FOOT_TOP + 1.75, left, right, TABLE_RULE)
    y = FOOT_TOP + 7.3
    with sheet.tagged(Role.LIST):
        for code, words in page.pages:
            with sheet.tagged(Role.ITEM):
                sheet.text((left, y), code, BODY_BOLD)
                for line in wrap(words, BODY, right - left - 14.5):
                    sheet.text((left + 14.5, y), line, BODY)
                    y += 5.1
            y += 0.9
            if y > 247:
                break


def check_square(sheet: Sheet, at: tuple[float, float]) -> None:
    """The 50 mm square that proves the print is true to size."""
    x, y = at
    with sheet.true_size("square50", 50.0, 50.0):
        sheet.polygon([corners(at, (50, 50))], stroke=Stroke(0.18))
    ticks = []
    for mm in range(1, 50):
        tall = 2.6 if mm % 10 == 0 else 1.8 if mm % 5 == 0 else 1.0
        ticks += [[(x + mm, y), (x + mm, y + tall)], [(x, y + mm), (x + tall, y + mm)]]
    sheet.lines(np.array(ticks), Stroke(0.15))
    with sheet.tagged(Role.HEADING):
        sheet.text((x + 4.6, y + 9), "Check square", BODY_BOLD)
    words = (
        "Measure both ways:",
        "50.0 ± 0.3 mm is good.",
        "If not, print again at",
        "100 %, “Actual size”.",
    )
    with sheet.tagged(Role.TEXT):
        for index, line in enumerate(words):
            sheet.text((x + 4.6, y + 14 + 5.0 * index), line, BODY)
    for index, name in enumerate(("Across", "Down")):
        left = x + 4.6 + 22 * index
        sheet.text((left, y + 38.3), name, SMALL)
        box(sheet, (left, y + 39.5), (19.2, 7.6), WRITE_IN)
