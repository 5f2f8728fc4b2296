"""Guides over the photo: their lines, and their words in the margins with leaders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from studio.editing.overlay import Ink
from studio.model.case import Case
from studio.model.photo import Photo
from studio.planning.guide import Guide, GuideKind, GuideNote, Stroke, sitting
from studio.planning.guides import guides
from studio.render.course import Course, courses, stroke
from studio.render.guide_words import guide_words
from studio.render.hud import on_photo
from studio.render.lettering import Lettering, halo_text, plain_text, text_size
from studio.render.overlay_painter import STROKES, line_pen
from studio.render.viewport import Viewport
from studio.skin.maps import skin_maps
from studio.skin.skinmap import SkinMap

INKS = {
    Stroke.MEASURED: Ink.GUIDE,
    Stroke.SUGGESTED: Ink.SUGGESTED,
    Stroke.UPRIGHT: Ink.UPRIGHT,
    Stroke.GHOST: Ink.GHOST,
}

NAME, DETAIL, FIGURE = Lettering(12, 600), Lettering(11, 400), Lettering(11, 500)
MARGIN, ROW, GAP = 24.0, 16.0, 8.0
LEADER = 10.0
"""View pixels: free at the sides, of a line of words, between notes, from words to leader."""

NEAR_MIDDLE = 24.0
"""Notes within so many view pixels of the view's midline stand on the right."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note as it stands: its words from `at` (baseline), and where its leader runs."""

    words: tuple[str, str]
    at: QPointF
    leader: tuple[QPointF, QPointF] | None
    box: QRectF


class GuideLayer:
    """Follows the case and paints the wanted guides.

    Lines are kept in view pixels from the photo's corner, so that a pan only shifts them.
    """

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._guides: tuple[Guide, ...] = ()
        self._viewport: Viewport | None = None
        self._corner: Viewport | None = None
        self._lines: list[tuple[Stroke, Course]] = []
        self._ticks: list[QLineF] = []
        self._notes: list[Placed] = []
        self._box, self._barred = QRectF(), QRectF()

    def follow(
        self,
        case: Case,
        photo: Photo,
        skin: SkinMap,
        viewport: Viewport,
        wanted: frozenset[GuideKind],
        barred: QRectF,
    ) -> tuple[QRectF, QRectF]:
        """Take a case and a view; gives the boxes in which lines and words look different now.

        No words in the margins stand in the `barred` box of view pixels. Lines that only moved
        with the photo are not among those that changed.
        """
        rest = skin, case.axes, case.photos, case.head, case.client
        key = photo.id, wanted, *rest, *case.variant.curves
        same = len(key) == len(self._key) and all(
            a is b or (isinstance(a, str | frozenset) and a == b)
            for a, b in zip(key, self._key, strict=True)
        )
        if same and viewport == self._viewport and barred == self._barred:
            return QRectF(), QRectF()
        lines = QRectF() if same else _span(self._lines, self._ticks, viewport)
        if not same:
            self._key = key
            at = sitting(case, photo, skin, skin_maps(case))
            self._guides = guides(at, wanted)
        corner = replace(viewport, offset=(0.0, 0.0))
        if not same or corner != self._corner:
            self._corner = corner
            self._lines, self._ticks = _laid(self._guides, corner)
        if not same:
            lines |= _span(self._lines, self._ticks, viewport)
        self._viewport, self._barred = viewport, barred
        before = self._box
        self._notes = _placed([n for one in self._guides for n in one.notes], viewport, barred)
        self._box = QRectF()
        for note in self._notes:
            self._box |= note.box
        return lines, before | self._box

    def paint_lines(self, painter: QPainter, viewport: Viewport, box: QRect) -> None:
        """Draw the lines in `box`, device pixels of the view; so are the painter's units."""
        ratio, (left, top) = viewport.ratio, viewport.offset
        seen = QRectF(box.x() / ratio, box.y() / ratio, box.width() / ratio, box.height() / ratio)
        seen.translate(-left, -top)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(ratio, ratio)
        painter.translate(left, top)
        for halo in (True, False):
            for kind, line in self._lines:
                if line.bounds.intersects(seen):
                    stroke(painter, line, line_pen(STROKES[INKS[kind]], halo=halo), seen)
            painter.setPen(line_pen(STROKES[Ink.GUIDE], halo=halo))
            painter.drawLines(self._ticks)
        painter.restore()

    def paint_words(self, painter: QPainter, seen: QRectF, *, light: bool) -> None:
        """Draw the words in `seen`; the painter's units are view pixels.

        On a `light` backdrop words beside the photo are dark and have no halo.
        """
        notes = [note for note in self._notes if note.box.intersects(seen)]
        for halo in (True, False):
            painter.setPen(line_pen(STROKES[Ink.GUIDE], halo=halo))
            painter.drawLines([QLineF(*note.leader) for note in notes if note.leader is not None])
        for note in notes:
            if self._viewport is not None:
                bare = light and not on_photo(_text_box(note), self._viewport)
                _letter(painter, note, plain_text if bare else halo_text)


Write = Callable[[QPainter, QPointF, str, Lettering], None]
"""Letters with a halo, or without."""


def _letter(painter: QPainter, note: Placed, write: Write) -> None:
    name, detail = note.words
    if note.leader is None and not detail:
        write(painter, note.at, name, FIGURE)
        return
    write(painter, note.at, name, NAME)
    if detail:
        write(painter, note.at + QPointF(0, ROW), detail, DETAIL)


def _text_box(note: Placed) -> QRectF:
    name, detail = note.words
    width = max(text_size(name, NAME)[0], text_size(detail, DETAIL)[0])
    return QRectF(note.at.x(), note.at.y() - ROW + 4, width, ROW * (2 if detail else 1))


def _placed(notes: Sequence[GuideNote], viewport: Viewport, barred: QRectF) -> list[Placed]:
    """Notes in sight: those aside in two columns, the others beside their place."""
    view = QRectF(0, 0, viewport.width, viewport.height)
    inside: list[Placed] = []
    columns: dict[bool, list[tuple[QPointF, tuple[str, str]]]] = {True: [], False: []}
    for note in notes:
        x, y = viewport.to_view(np.array([note.px]))[0].tolist()
        if not view.contains(x, y):
            continue
        words = guide_words(note)
        if note.aside:
            columns[x > viewport.width / 2 - NEAR_MIDDLE].append((QPointF(x, y), words))
        else:
            stands = _beside(QPointF(x, y), words)
            if not any(stands.box.intersects(other.box) for other in inside):
                inside.append(stands)
    for right, entries in columns.items():
        inside += _column(entries, viewport, barred, right=right)
    return inside


def _beside(at: QPointF, words: tuple[str, str]) -> Placed:
    width = max(text_size(words[0], NAME)[0], text_size(words[1], DETAIL)[0])
    start = at + QPointF(6, 4)
    return Placed(
        words,
        start,
        None,
        QRectF(start.x() - 3, at.y() - 9, width + 6, ROW * (2 if words[1] else 1)),
    )


def _column(
    entries: list[tuple[QPointF, tuple[str, str]]],
    viewport: Viewport,
    barred: QRectF,
    *,
    right: bool,
) -> list[Placed]:
    """Notes one below the other in the margin, each as near the height of its place as it can."""
    entries = sorted(entries, key=lambda entry: entry[0].y())
    widths = [max(text_size(a, NAME)[0], text_size(b, DETAIL)[0]) for _, (a, b) in entries]
    edge = viewport.width - MARGIN - max(widths, default=0.0) if right else MARGIN
    placed, top = [], MARGIN
    for (at, words), width in zip(entries, widths, strict=True):
        height = ROW * (2 if words[1] else 1)
        top = max(top, at.y() - ROW / 2)
        if barred.intersects(QRectF(edge, top, width, height)):
            top = barred.bottom() + GAP
        start = QPointF(edge, top + 12)
        end = start.x() - LEADER if right else start.x() + width + LEADER
        turn = QPointF(end, top + 8)
        box = QRectF(at, turn).normalized() | QRectF(edge, top, width, height)
        placed.append(Placed(words, start, (turn, at), box.adjusted(-4, -4, 4, 4)))
        top += height + GAP
    return placed


def _laid(
    laid: Sequence[Guide], corner: Viewport
) -> tuple[list[tuple[Stroke, Course]], list[QLineF]]:
    """Lines of guides as courses, and those of two points that are plain, to be drawn at once."""
    lines: list[tuple[Stroke, Course]] = []
    ticks: list[QLineF] = []
    for line in (line for one in laid for line in one.lines):
        for course in courses(corner.to_view(line.px)):
            if line.stroke is Stroke.MEASURED and len(course.points) == 2:
                ticks.append(QLineF(*course.points))
            else:
                lines.append((line.stroke, course))
    return lines, ticks


def _span(
    lines: Sequence[tuple[Stroke, Course]], ticks: Sequence[QLineF], viewport: Viewport
) -> QRectF:
    """The view pixels round all lines."""
    box = QRectF()
    for _, line in lines:
        box |= line.bounds.adjusted(-3, -3, 3, 3)
    for tick in ticks:
        box |= QRectF(tick.p1(), tick.p2()).normalized().adjusted(-3, -3, 3, 3)
    return box.translated(*viewport.offset)
