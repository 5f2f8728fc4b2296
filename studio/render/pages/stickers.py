"""A page of round scale stickers to print and cut."""

import math
from pathlib import Path

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.sticker import DIAMETER_MM, RADIUS_MM, RING_MM, TARGET_RADIUS_MM
from studio.render.pages.frame import (
    BODY,
    BODY_BOLD,
    HEAD_RULE,
    SMALL,
    STEP,
    TITLE,
    WIDTH,
    WRITE_IN,
    block,
    box,
    code_square,
    footer,
    paragraph,
    rule,
    ruler,
)
from studio.render.pdf_file import Progress, pdf_file, silent
from studio.render.sheet import BLACK, Align, Page, Paper, Role, Sheet, Stroke
from studio.storage.atomic import replace_file

PITCH = 30.0
COLUMNS, ROWS = 6, 5
FIRST: Point = (15.0, 88.0)
"""Centre of the first sticker."""

STEPS = (
    "Print at 100 %, “Actual size”, on plain matt paper or matt label sheets.",
    "Measure the ruler and two stickers, across and down: 20.0 ± 0.1 mm is good.",
    "Cut on the outer edge of the black ring. Stick it flat on the forehead, dry skin.",
    "Let the camera look straight at it. It must be sharp, whole and not in shadow.",
)


def sticker_page(paper: Paper) -> Page:
    """The page of stickers."""

    def draw(sheet: Sheet) -> None:
        with block(sheet, paper):
            _draw(sheet)

    return Page("S1", "Scale stickers", paper, draw)


def write_stickers(path: Path, paper: Paper, progress: Progress = silent) -> Path:
    """Write the page of stickers as PDF; Refusal if the disk does not allow it."""
    data = pdf_file([sticker_page(paper)], "Scale stickers", progress=progress)
    replace_file(path, lambda file: file.write(data))
    return path


def draw_sticker(sheet: Sheet, centre: Point) -> None:
    """One sticker as the finder expects it: ring and two opposite quarters, dark."""
    with sheet.true_size("sticker", DIAMETER_MM, DIAMETER_MM):
        sheet.polygon(
            [_circle(centre, RADIUS_MM), _circle(centre, RADIUS_MM - RING_MM)], fill=BLACK
        )
    for start in (-math.pi / 2, math.pi / 2):
        angles = np.linspace(start, start + math.pi / 2, 24)
        rim = np.stack([np.cos(angles), np.sin(angles)], axis=1) * TARGET_RADIUS_MM + centre
        sheet.polygon([np.vstack([[centre], rim])], fill=BLACK)


def _circle(centre: Point, radius: float) -> FloatArray:
    angles = np.linspace(0, 2 * math.pi, 180, endpoint=False)
    ring: FloatArray = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radius + centre
    return ring


def _draw(sheet: Sheet) -> None:
    code_square(sheet, "S1", outlined=False)
    with sheet.tagged(Role.TITLE):
        sheet.text((16, 5.9), "Scale stickers", TITLE)
    with sheet.tagged(Role.TEXT):
        sheet.text((16, 11.7), "20 mm round. One on the forehead gives the photo its scale.", BODY)
    rule(sheet, 14.9, 0, WIDTH, HEAD_RULE)
    ruler(sheet, (0, 33.0), down=False)
    for mm in range(0, 101, 20):
        align = Align.LEFT if mm == 0 else Align.CENTRE
        sheet.text((mm, 27.9), str(mm), SMALL, align=align)
    sheet.text((104, 32.3), "100.0 ± 0.5 mm is good.", BODY_BOLD)
    box(sheet, (152, 26.0), (28, 7.6), WRITE_IN)
    y = 43.0
    with sheet.tagged(Role.LIST):
        for number, words in enumerate(STEPS, start=1):
            with sheet.tagged(Role.ITEM):
                sheet.text((0, y), str(number), STEP)
            y = paragraph(sheet, (8, y), words, BODY, WIDTH - 8, 5.1) + 2.4
    with sheet.tagged(Role.FIGURE, f"{COLUMNS * ROWS} round stickers of 20 mm."):
        for row in range(ROWS):
            for column in range(COLUMNS):
                centre = (FIRST[0] + column * PITCH, FIRST[1] + row * PITCH + 4)
                draw_sticker(sheet, centre)
                sheet.lines(_cut_ticks(centre), Stroke(0.12))
    footer(
        sheet, "Measure after printing. A wrong sticker makes every millimetre wrong.", "Stickers"
    )


def _cut_ticks(centre: Point) -> FloatArray:
    x, y = centre
    r, t = RADIUS_MM + 0.8, 2.2
    return np.array(
        [
            [(x - r - t, y), (x - r, y)],
            [(x + r, y), (x + r + t, y)],
            [(x, y - r - t), (x, y - r)],
            [(x, y + r), (x, y + r + t)],
        ]
    )
