"""The ruler: lengths along the skin between points, with their ±."""

import math

import numpy as np

from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Shape, Spot
from studio.editing.snapping import snap
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.model.chart import Point
from studio.model.translation import QT_TRANSLATE_NOOP
from studio.model.wording import NO_SCALE, quantity_text


class MeasureTool(Idle):
    """Drag from point to point, click for more; nothing is kept in the case."""

    name = "measure"

    def __init__(self) -> None:
        self._reset()

    def _reset(self) -> None:
        self._points: list[Point] = []
        self._grabbed: int | None = None
        self._from: Point = (0.0, 0.0)
        self._chart = ""
        self._done = False
        self._guides: Overlay = ()

    @property
    def hint(self) -> str:
        """What to do, and the keys."""
        return QT_TRANSLATE_NOOP(
            "Editing",
            "Drag along what you want to measure · click to go on · Shift keeps to 45° · "
            "Enter ends · Esc clears",
        )

    @property
    def cursor(self) -> Cursor:
        """A cross."""
        return Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of a mark, or place one."""
        self.refresh(desk)
        self._from = pointer.at
        near = self._near(pointer)
        if near is not None:
            self._grabbed = near
            return True
        if self._done:
            self._points, self._done = [], False
        self._chart = desk.skin.chart
        self._points.append(self._snapped(desk, pointer))
        self._grabbed = len(self._points) - 1
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag the mark; the first one stays and a second one is drawn out of it."""
        if self._grabbed is None:
            return False
        if math.dist(self._from, pointer.at) > DRAG_PX * pointer.px or len(self._points) > 1:
            if len(self._points) == 1:
                self._points.append(self._points[0])
                self._grabbed = 1
            self._points[self._grabbed] = self._snapped(desk, pointer, moving=self._grabbed)
            desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The mark stands."""
        used, self._grabbed = self._grabbed is not None, None
        self._guides = ()
        desk.changed()
        return used

    def double_click(self, desk: Desk, pointer: Pointer) -> bool:
        """End the line."""
        return self.confirm(desk)

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Backspace takes back the last mark."""
        return key == "backspace" and self.take_back(desk)

    def confirm(self, desk: Desk) -> bool:
        """End the line; it stays to be read until the next one is begun."""
        used = bool(self._points) and not self._done
        self._done = True
        return used

    def cancel(self, desk: Desk) -> bool:
        """Clear the ruler."""
        used = bool(self._points)
        self._reset()
        desk.changed()
        return used

    def leave(self, desk: Desk) -> None:
        """Clear the ruler."""
        self.cancel(desk)

    def take_back(self, desk: Desk) -> bool:
        """Take back the last mark of an unfinished line."""
        if not self._points or self._done:
            return False
        self._points.pop()
        self._grabbed = None
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The line, its marks and its length."""
        if not self._points or self._chart != desk.skin.chart:
            return ()
        shapes: list[Shape] = [*self._guides, Line(tuple(self._points), Ink.MEASURE)]
        shapes += [Spot(point, Mark.CROSS) for point in self._points]
        if len(self._points) > 1:
            shapes.append(self._label(desk))
        return tuple(shapes)

    def _label(self, desk: Desk) -> Label:
        length = desk.skin.length(np.array(self._points))
        decimals = 1 if length.known and length.se < 1 else 0
        text = quantity_text(length, "mm", decimals)
        detail = "" if text == NO_SCALE else f"by {desk.skin.method}"
        return Label(self._points[-1], text, detail)

    def _near(self, pointer: Pointer) -> int | None:
        reach = pointer.reach * pointer.px
        distances = [math.dist(point, pointer.at) for point in self._points]
        best = min(range(len(distances)), key=distances.__getitem__, default=None)
        return best if best is not None and distances[best] <= reach else None

    def _snapped(self, desk: Desk, pointer: Pointer, moving: int | None = None) -> Point:
        index = len(self._points) if moving is None else moving
        neighbour = index - 1 if index > 0 else 1
        anchor = self._points[neighbour] if neighbour < len(self._points) else None
        found = snap(desk, pointer, anchor=anchor)
        self._guides = found.guides
        return found.at

    def refresh(self, desk: Desk) -> None:
        if self._points and self._chart != desk.skin.chart:
            self._reset()
