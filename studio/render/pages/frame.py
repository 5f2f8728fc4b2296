"""What all pages share: the block, header and footer, type sizes, small furniture."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.render.pages.content import Identity
from studio.render.sheet import (
    BLACK,
    WHITE,
    Align,
    Colour,
    Ink,
    Page,
    Paper,
    Role,
    Sheet,
    Stroke,
    moved,
)
from studio.render.typeface import Type, Weight, shorten, text_width, wrap

WIDTH, HEIGHT = 180.0, 255.0
"""The block in mm; centred on either sheet, never scaled."""

LINE = 4.25
"""Line grid."""

ROW = 8.5
CODE_BOX = 12.75
TOP = 17.0
"""Where the content begins, under the header rule."""

BOTTOM = 249.0

SMALL = Type(9)
SMALL_MEDIUM = Type(9, Weight.MEDIUM)
CAPTION = Type(9, condensed=True)
BODY = Type(10.5)
BODY_MEDIUM = Type(10.5, Weight.MEDIUM)
BODY_BOLD = Type(10.5, Weight.BOLD)
WORK = Type(13)
WORK_SEMIBOLD = Type(13, Weight.SEMIBOLD)
WORK_BOLD = Type(13, Weight.BOLD)
STEP = Type(16, Weight.BOLD)
TITLE = Type(18, Weight.BOLD)
CODE = Type(20, Weight.BOLD)
KEY = Type(28, Weight.BOLD)

HAIR_RULE = Stroke(0.12)
WRITE_IN = Stroke(0.25)
TABLE_RULE = Stroke(0.35)
HEAD_RULE = Stroke(0.5)


def page(identity: Identity, label: str, title: str, draw: Callable[[Sheet], None]) -> Page:
    """A page whose `draw` works in block millimetres."""

    def placed(sheet: Sheet) -> None:
        with block(sheet, identity.paper):
            draw(sheet)

    return Page(label, title, identity.paper, placed)


def block(sheet: Sheet, paper: Paper) -> AbstractContextManager[None]:
    """The block's coordinates: its top left corner is 0, 0."""
    width, height = paper.value
    return sheet.transformed(moved((width - WIDTH) / 2, (height - HEIGHT) / 2))


def header(
    sheet: Sheet, identity: Identity, label: str, title: str, line: str, *, outlined: bool = False
) -> None:
    """Page code, title and one line; on the right whose map it is and which design."""
    code_square(sheet, label, outlined=outlined)
    photo = 0.0 if identity.thumb is None else CODE_BOX + 2.8
    right = WIDTH - photo
    client_type = fitting(identity.client, 70)
    client = shorten(identity.client, client_type, 70)
    design = f"{identity.variant}   {identity.code}"
    room = right - max(text_width(client, client_type), text_width(design, BODY_MEDIUM)) - 16 - 6
    with sheet.tagged(Role.TITLE):
        sheet.text((16, 5.9), shorten(title, TITLE, room), TITLE)
    with sheet.tagged(Role.TEXT):
        sheet.text((16, 11.7), shorten(line, BODY, min(105, room)), BODY)
    sheet.text((right, 5.9), client, client_type, align=Align.RIGHT)
    sheet.text((right, 11.7), design, BODY_MEDIUM, align=Align.RIGHT)
    if identity.thumb is not None:
        sheet.image(identity.thumb, (WIDTH - CODE_BOX, 0), (CODE_BOX, CODE_BOX))
        box(sheet, (WIDTH - CODE_BOX, 0), (CODE_BOX, CODE_BOX), Stroke(0.18))
    sheet.line([(0, 14.9), (WIDTH, 14.9)], HEAD_RULE)


def fitting(client: str, room: float) -> Type:
    """The largest type in which a client's id fits; a cut number could be another client's."""
    types = (TITLE, Type(15, Weight.BOLD), WORK_BOLD, Type(10.5, Weight.BOLD))
    return next((t for t in types if text_width(client, t) <= room), types[-1])


def code_square(sheet: Sheet, label: str, *, outlined: bool) -> None:
    """The square that is found with a thumb: black, or outlined for mirrored pages."""
    inset = 0.25 if outlined else 0.0
    rectangle = corners((inset, inset), (CODE_BOX - 2 * inset, CODE_BOX - 2 * inset))
    fill, colour = (WHITE, BLACK) if outlined else (BLACK, WHITE)
    sheet.polygon([rectangle], fill=fill, stroke=Stroke(0.5) if outlined else None)
    type_ = STEP if len(label) > 2 else TITLE
    at = (CODE_BOX / 2, CODE_BOX / 2 + 0.35 * type_.em)
    sheet.text(at, label, type_, align=Align.CENTRE, ink=Ink(colour))


def footer(sheet: Sheet, words: str, place: str) -> None:
    """Left the ± and units of the page, right where it belongs."""
    sheet.line([(0, 250.4), (WIDTH, 250.4)], HAIR_RULE)
    room = WIDTH - text_width(place, SMALL_MEDIUM) - 6
    sheet.text((0, 254.2), shorten(words, SMALL, room), SMALL)
    sheet.text((WIDTH, 254.2), place, SMALL_MEDIUM, align=Align.RIGHT)


def corners(at: Point, size: Point) -> FloatArray:
    """The four corners of a rectangle."""
    (x, y), (w, h) = at, size
    return np.array([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])


def box(
    sheet: Sheet, at: Point, size: Point, stroke: Stroke = WRITE_IN, fill: Colour | None = None
) -> None:
    """A rectangle whose outer edges are those given: the stroke lies inside."""
    half = stroke.width / 2
    inner = corners((at[0] + half, at[1] + half), (size[0] - stroke.width, size[1] - stroke.width))
    sheet.polygon([inner], fill=fill, stroke=stroke)


def rule(sheet: Sheet, y: float, left: float, right: float, stroke: Stroke = HAIR_RULE) -> None:
    """A horizontal line."""
    sheet.line([(left, y), (right, y)], stroke)


def paragraph(
    sheet: Sheet, at: Point, words: str, type_: Type, width: float, leading: float = LINE
) -> float:
    """Text broken to `width`; gives the base line below the last line."""
    x, y = at
    with sheet.tagged(Role.TEXT):
        for line in wrap(words, type_, width):
            sheet.text((x, y), line, type_)
            y += leading
    return y


def cells(
    sheet: Sheet,
    y: float,
    texts: Sequence[tuple[float, Align, Type, str]],
    role: Role = Role.CELL,
) -> None:
    """One row of a table on one base line: per cell the anchor, its side, the type, the text."""
    with sheet.tagged(Role.ROW):
        for x, align, type_, text in texts:
            with sheet.tagged(role):
                sheet.text((x, y), text, type_, align=align)


def ruler(sheet: Sheet, at: Point, *, down: bool, length: int = 100) -> None:
    """A ruler of `length` mm from `at`, ticks each mm; its base line is exactly that long."""
    x0, y0 = at
    ticks = []
    for mm in range(length + 1):
        tall = 4.2 if mm % 10 == 0 else 3.0 if mm % 5 == 0 else 2.0
        if down:
            ticks.append([(x0, y0 + mm), (x0 - tall, y0 + mm)])
        else:
            ticks.append([(x0 + mm, y0), (x0 + mm, y0 - tall)])
    name, size = ("vruler_100", (0.0, 100.0)) if down else ("ruler_100", (100.0, 0.0))
    end = (x0, y0 + length) if down else (x0 + length, y0)
    with sheet.true_size(name, *size):
        sheet.line([at, end], Stroke(0.25))
    sheet.lines(np.array(ticks, dtype=np.float64), Stroke(0.18))


def side_mark(sheet: Sheet, at: Point, letter: str, *, size: float = 8.7) -> None:
    """L is a black square, R an open one."""
    x, y = at
    black = letter == "L"
    box(sheet, at, (size, size), Stroke(0.4), fill=BLACK if black else WHITE)
    sheet.text(
        (x + size / 2, y + size / 2 + 0.35 * WORK_BOLD.em),
        letter,
        WORK_BOLD,
        align=Align.CENTRE,
        ink=Ink(WHITE if black else BLACK),
    )
