"""The outline of the scalp in a photo: points dragged, added, deleted, or pushed by a brush."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from studio.editing.edits.head_inputs import set_outline
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Shape, Spot
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.editing.tools.mark import to_photo
from studio.editing.tools.nudging import way
from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.translation import QT_TRANSLATE_NOOP

BRUSH_PX = 48.0
"""Reach of the brush in screen pixels."""

GAP = 3.5
"""Usual distances between neighbours above which the outline has a gap, as at an ear."""

Trace = tuple[Point, ...]


class OutlineTool(Idle):
    """Works on the photo's outline. Points are photo pixels.

    A press on a point drags it, elsewhere it puts a new one where the outline grows least.
    With `brush` on, a drag pushes all points near the pointer along. `under` is drawn below.
    """

    name = "outline"

    def __init__(
        self,
        words: Callable[[int], tuple[str, str]],
        under: Callable[[Desk], Overlay] = lambda _desk: (),
    ) -> None:
        self._words, self._under = words, under
        self.brush = False
        self._near: int | None = None
        self._chosen: int | None = None
        self._reset()

    def _reset(self) -> None:
        self._gesture: Gesture | None = None
        self._from: Point = (0.0, 0.0)
        self._start: Trace = ()
        self._moved = False
        self._at: Pointer | None = None

    @property
    def hint(self) -> str:
        """What to do."""
        if self.brush:
            return QT_TRANSLATE_NOOP("Editing", "Drag to push the outline · B back to points")
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Drag points onto the edge of the scalp · click to add · Delete removes · "
            "arrows nudge · B takes the brush",
        )

    @property
    def cursor(self) -> Cursor:
        """A hand over a point, a cross else."""
        if self.brush:
            return Cursor.CROSS
        return Cursor.POINT if self._near is not None else Cursor.ADD

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of a point, put a new one, or begin to push."""
        self._start = _trace(desk)
        self._from = to_photo(desk, pointer.at)
        self._at = pointer
        if self.brush:
            if not self._start:
                desk.say(
                    QT_TRANSLATE_NOOP(
                        "Editing", "There is no outline yet. Find it or click points first."
                    )
                )
                return True
            self._gesture = begin(desk, QT_TRANSLATE_NOOP("Editing", "Push outline"))
            return True
        self._chosen = self._nearest(desk, pointer)
        if self._chosen is None:
            self._chosen = _place_for(self._start, self._from)
            self._start = (*self._start[: self._chosen], self._from, *self._start[self._chosen :])
            self._gesture = begin(desk, QT_TRANSLATE_NOOP("Editing", "Add outline point"))
            self._moved = True
            self._show(desk, self._start)
        else:
            self._gesture = begin(desk, QT_TRANSLATE_NOOP("Editing", "Move outline point"))
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag the point, or push."""
        before, self._at = self._at, pointer
        if self._gesture is None:
            near = None if self.brush else self._nearest(desk, pointer)
            changed, self._near = near != self._near or self.brush, near
            if changed:
                desk.changed()
            return changed
        here = to_photo(desk, pointer.at)
        if self.brush and before is not None:
            self._start = _pushed(
                self._start, to_photo(desk, before.at), here, BRUSH_PX * _photo_px(desk, pointer)
            )
            self._show(desk, self._start)
        elif self._chosen is not None:
            reach = DRAG_PX * _photo_px(desk, pointer)
            self._moved = self._moved or math.dist(self._from, here) > reach
            if self._moved:
                x, y = self._start[self._chosen]
                to = x + here[0] - self._from[0], y + here[1] - self._from[1]
                rest = self._start[self._chosen + 1 :]
                self._show(desk, (*self._start[: self._chosen], to, *rest))
        desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The gesture makes a step."""
        if self._gesture is None:
            return False
        self.move(desk, pointer)
        gesture = self._gesture
        self._reset()
        self._at = pointer
        gesture.finish()
        desk.changed()
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Delete takes the point out, arrows nudge it, B takes or drops the brush."""
        if self._gesture is not None:
            return False
        if key == "b":
            self.brush = not self.brush
            self._near = None
            desk.changed()
            return True
        trace = _trace(desk)
        i = self._chosen
        if i is None or i >= len(trace):
            return False
        photo = desk.photo_id
        if key in {"delete", "backspace"}:
            rest = (*trace[:i], *trace[i + 1 :])
            self._chosen = min(i, len(rest) - 1) if rest else None
            return apply(
                desk,
                QT_TRANSLATE_NOOP("Editing", "Delete outline point"),
                lambda case: set_outline(case, photo, rest),
            )
        dx, dy = way(key, keys)
        if (dx, dy) == (0.0, 0.0):
            return False
        x, y = desk.skin.to_skin(np.array([trace[i]]))[0].tolist()
        moved = (*trace[:i], to_photo(desk, (x + dx, y + dy)), *trace[i + 1 :])
        label = QT_TRANSLATE_NOOP("Editing", "Nudge outline point")
        return apply(desk, label, lambda case: set_outline(case, photo, moved), amend=label)

    def cancel(self, desk: Desk) -> bool:
        """End the drag, then let go of the point; never the tool."""
        if self._gesture is not None:
            self._gesture.drop()
        self._reset()
        self._chosen = None
        desk.changed()
        return True

    def leave(self, desk: Desk) -> None:
        """End the drag."""
        self.cancel(desk)
        self._near = None

    def overlay(self, desk: Desk) -> Overlay:
        """The line, its points, what it is called, and the brush."""
        shapes: list[Shape] = list(self._under(desk))
        trace = _trace(desk)
        if trace:
            at = as_points(desk.skin.to_skin(np.array(trace)))
            shapes += outline_lines(desk)
            for i, place in enumerate(at):
                chosen = i == self._chosen and not self.brush
                shapes.append(Spot(place, Mark.SELECTED if chosen else Mark.CORNER))
            right = int(np.array(trace)[:, 0].argmax())
            shapes.append(Label(at[right], *self._words(len(trace))))
        if self.brush and self._at is not None:
            turn = np.linspace(0, 2 * np.pi, 49)
            ring = BRUSH_PX * self._at.px * np.stack([np.cos(turn), np.sin(turn)], axis=1)
            shapes.append(Line(as_points(ring + np.array(self._at.at)), Ink.GUIDE))
        return tuple(shapes)

    def _show(self, desk: Desk, trace: Trace) -> None:
        photo = desk.photo_id
        if self._gesture is not None:
            self._gesture.show(lambda case: set_outline(case, photo, trace))

    def _nearest(self, desk: Desk, pointer: Pointer) -> int | None:
        trace = _trace(desk)
        if not trace:
            return None
        away = np.hypot(*(desk.skin.to_skin(np.array(trace)) - pointer.at).T)
        best = int(away.argmin())
        return best if away[best] <= pointer.reach * pointer.px else None


def outline_lines(desk: Desk) -> list[Shape]:
    """The outline of the photo on the desk as lines, one between each two gaps."""
    trace = _trace(desk)
    if len(trace) < 2:
        return []
    at = as_points(desk.skin.to_skin(np.array(trace)))
    return [Line(part, Ink.CURVE) for part in _parts(trace, at) if len(part) > 1]


def _trace(desk: Desk) -> Trace:
    return desk.history.case.photo(desk.photo_id).outline


def _photo_px(desk: Desk, pointer: Pointer) -> float:
    """Photo pixels under one screen pixel."""
    return pointer.px * float(desk.skin.px_per_unit(np.array([pointer.at]))[0])


def _place_for(trace: Trace, at: Point) -> int:
    """Where in the order a new point makes the line least longer."""
    if len(trace) < 2:
        return len(trace)
    line = np.array(trace)
    away = np.hypot(*(line - at).T)
    steps = np.hypot(*np.diff(line, axis=0).T)
    longer = np.concatenate([away[:1], away[:-1] + away[1:] - steps, away[-1:]])
    return int(longer.argmin())


def _pushed(trace: Trace, before: Point, after: Point, reach: float) -> Trace:
    """Points near `before` moved along with the brush, the nearer the more."""
    line = np.array(trace)
    share = np.clip(1 - ((line - before) ** 2).sum(axis=1) / reach**2, 0, 1) ** 2
    moved: FloatArray = line + share[:, None] * (np.array(after) - before)
    return as_points(moved)


def _parts(trace: Trace, at: tuple[Point, ...]) -> list[tuple[Point, ...]]:
    """The line's parts between gaps."""
    if len(trace) < 3:
        return [at]
    steps = np.hypot(*np.diff(np.array(trace), axis=0).T)
    cuts = np.flatnonzero(steps > GAP * np.median(steps)) + 1
    ends = [0, *cuts.tolist(), len(at)]
    return [at[a:b] for a, b in pairwise(ends)]
