"""Hair that was found, put right by hand: a click marks a follicle, a brush takes marks out."""

import math

import numpy as np

from studio.editing.edits.existing import add_follicle, remove_follicles, restore_follicles
from studio.editing.gesture import apply
from studio.editing.overlay import Ink, Line, Overlay
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase
from studio.model.wording import number_text

SIZES_MM = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
"""Radii of the brush."""

CORNERS = 40


class FollicleTool(Idle):
    """A click adds a mark; a drag, or a click with Alt, takes out; a drag with Shift restores."""

    name = "follicles"

    def __init__(self) -> None:
        self.radius_mm = 2.0
        self._at: Point | None = None
        self._path: list[Point] = []
        self._keys = Keys.NONE
        self._dragged = False

    @property
    def hint(self) -> str:
        """What to do."""
        source = QT_TRANSLATE_NOOP(
            "Editing",
            "Click marks a follicle · drag takes marks out · Shift+drag brings back · "
            "Alt+click takes out · [ ] brush, {radius} mm",
        )
        return Phrase(source, radius=number_text(self.radius_mm, 1))

    @property
    def cursor(self) -> Cursor:
        """A cross."""
        return Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Begin a click or a stroke."""
        self._path, self._keys, self._dragged = [pointer.at], pointer.keys, False
        if pointer.eraser:
            self._keys |= Keys.ALT
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Go on with the stroke; the brush shows where the pointer is."""
        self._at = pointer.at
        if self._path:
            away = math.dist(self._path[0], pointer.at)
            self._dragged = self._dragged or away > DRAG_PX * pointer.px
            if self._dragged:
                self._path.append(pointer.at)
        desk.changed()
        return bool(self._path)

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """One step for the click or the stroke."""
        if not self._path:
            return False
        self.move(desk, pointer)
        path, keys, dragged = tuple(self._path), self._keys, self._dragged
        self.cancel(desk)
        photo, skin, radius = desk.photo_id, desk.skin, self.radius_mm

        def taken_out(case: Case) -> Case:
            return remove_follicles(case, photo, path, radius, skin)

        def brought_back(case: Case) -> Case:
            return restore_follicles(case, photo, path, radius, skin)

        if keys & Keys.SHIFT:
            apply(desk, QT_TRANSLATE_NOOP("Editing", "Bring follicles back"), brought_back)
        elif dragged or keys & Keys.ALT:
            apply(desk, QT_TRANSLATE_NOOP("Editing", "Take follicles out"), taken_out)
        else:
            label = QT_TRANSLATE_NOOP("Editing", "Mark a follicle")
            apply(desk, label, lambda case: add_follicle(case, photo, path[0]))
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """`[` and `]` make the brush smaller and larger."""
        if key not in {"[", "]"}:
            return False
        at = SIZES_MM.index(self.radius_mm) + (1 if key == "]" else -1)
        self.radius_mm = SIZES_MM[min(max(at, 0), len(SIZES_MM) - 1)]
        desk.changed()
        return True

    def cancel(self, desk: Desk) -> bool:
        """Give up the stroke; without one the tool is put down."""
        held = bool(self._path)
        self._path, self._dragged = [], False
        desk.changed()
        return held

    def overlay(self, desk: Desk) -> Overlay:
        """The brush, and the way it went."""
        if self._at is None:
            return ()
        ink = Ink.GOOD if self._keys & Keys.SHIFT and self._path else Ink.REFUSED
        shapes = [Line(self._circle(desk, self._at), ink if self._dragged else Ink.MEASURE, True)]
        if self._dragged:
            shapes.append(Line(tuple(self._path), ink))
        return tuple(shapes)

    def _circle(self, desk: Desk, at: Point) -> tuple[Point, ...]:
        """The brush's edge in chart units."""
        reach = self.radius_mm / math.sqrt(float(desk.skin.area_scale(np.array([at]))[0]))
        turns = (2 * math.pi * n / CORNERS for n in range(CORNERS))
        return tuple((at[0] + reach * math.cos(t), at[1] + reach * math.sin(t)) for t in turns)
