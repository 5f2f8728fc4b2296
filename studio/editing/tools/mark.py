"""Guided marking: places named points in a photo, one after another, and corrects them."""

import math
from collections.abc import Callable

import numpy as np

from studio.editing.gesture import Gesture, apply, begin
from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Shape, Spot
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.editing.tools.marks import Marks, adjusted, figure
from studio.editing.tools.nudging import way
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import Point, rounded
from studio.model.ids import Id
from studio.model.photo import MeasurementKind
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase

Read = Callable[[Case, Id], Marks]
"""Case and photo give the marks made already, in photo pixels."""

Write = Callable[[Case, Id, Marks], Case]
"""Case, photo and a full set of marks give the case with them."""


class MarkTool(Idle):
    """Asks for one point per prompt; the last one makes a step. All can be dragged after.

    Marks are photo pixels, so they stay where they are when the scale changes under them.
    """

    def __init__(
        self,
        name: str,
        thing: str,
        prompts: tuple[str, ...],
        read: Read,
        write: Write,
        kind: MeasurementKind | None = None,
    ) -> None:
        self.name = name
        self._thing, self._prompts = thing, prompts
        self._read, self._write, self._kind = read, write, kind
        self._chosen = 0
        self._photo: Id = ""
        self._marks: Marks = ()
        self._reset()

    def _reset(self) -> None:
        """No button is down; marks made so far stay."""
        self._grabbed: int | None = None
        self._still: Point | None = None
        self._held_off: Point = (0.0, 0.0)
        self._gesture: Gesture | None = None
        self._near = False

    @property
    def marks(self) -> Marks:
        """The marks made so far, in photo pixels."""
        return self._marks

    @property
    def hint(self) -> str:
        """What to click next, or how to correct."""
        count = len(self._prompts)
        if len(self._marks) == count:
            return QT_TRANSLATE_NOOP(
                "Editing", "Drag the marks to correct them · arrows nudge by 0.1 mm"
            )
        prompt = self._prompts[len(self._marks)]
        if count == 1:
            alone = QT_TRANSLATE_NOOP("Editing", "{prompt} · Backspace takes the last one back")
            return Phrase(alone, prompt=prompt)
        source = QT_TRANSLATE_NOOP(
            "Editing", "{prompt} · {step} of {all} · Backspace takes the last one back"
        )
        return Phrase(source, prompt=prompt, step=str(len(self._marks) + 1), all=str(count))

    @property
    def cursor(self) -> Cursor:
        """A cross; a point over a mark."""
        return Cursor.POINT if self._near else Cursor.CROSS

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of a mark, or place the next one."""
        self.refresh(desk)
        near = self._nearest(desk, pointer)
        full = len(self._marks) == len(self._prompts)
        if near is None and full:
            return False
        if near is None:
            self._marks = (*self._marks, to_photo(desk, pointer.at))
            near = len(self._marks) - 1
        else:
            self._take_hold(desk, pointer, near)
        self._grabbed = self._chosen = near
        if full:
            self._gesture = begin(
                desk, Phrase(QT_TRANSLATE_NOOP("Editing", "Adjust {thing}"), thing=self._thing)
            )
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag the mark; a complete set takes effect at once."""
        if self._grabbed is None:
            self.refresh(desk)
            self._near = self._nearest(desk, pointer) is not None
            return False
        if self._still and math.dist(self._still, pointer.at) <= DRAG_PX * pointer.px:
            return True
        self._still = None
        x, y = to_photo(desk, pointer.at)
        to = x + self._held_off[0], y + self._held_off[1]
        self._marks = adjusted(self._kind, self._marks, self._grabbed, to)
        self._preview(desk)
        desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The mark stands; the last missing one makes the step."""
        if self._grabbed is None:
            return False
        self.move(desk, pointer)
        if self._gesture is not None:
            self._gesture.finish()
        elif len(self._marks) == len(self._prompts) and not self._apply(
            desk, Phrase(QT_TRANSLATE_NOOP("Editing", "Mark {thing}"), thing=self._thing)
        ):
            self._marks = self._marks[:-1]
        self._reset()
        self.refresh(desk)
        desk.changed()
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Backspace takes the last mark back; arrows nudge the mark touched last."""
        self.refresh(desk)
        if self._grabbed is not None:
            return False
        if key == "backspace":
            return self.take_back(desk)
        dx, dy = way(key, keys)
        if (dx, dy) == (0.0, 0.0) or len(self._marks) <= self._chosen:
            return False
        x, y = self._on_chart(desk)[self._chosen].tolist()
        to = to_photo(desk, (x + dx, y + dy))
        self._marks = adjusted(self._kind, self._marks, self._chosen, to)
        if len(self._marks) == len(self._prompts):
            label = Phrase(QT_TRANSLATE_NOOP("Editing", "Nudge {thing}"), thing=self._thing)
            self._apply(desk, label, amend=label)
        self.refresh(desk)
        desk.changed()
        return True

    def cancel(self, desk: Desk) -> bool:
        """End the drag; then let go of marks that are not complete."""
        dragging = self._gesture is not None
        unfinished = 0 < len(self._marks) < len(self._prompts)
        if self._gesture is not None:
            self._gesture.drop()
        elif not unfinished:
            return False
        self._reset()
        self._marks = self._read(desk.history.case, desk.photo_id)
        desk.changed()
        return dragging or unfinished

    def leave(self, desk: Desk) -> None:
        """End the drag and let go of marks that are not complete."""
        self.cancel(desk)
        self._marks = ()
        self._photo = ""

    def take_back(self, desk: Desk) -> bool:
        """Take back the last mark of a set that is not complete."""
        self.refresh(desk)
        if not 0 < len(self._marks) < len(self._prompts):
            return False
        self._marks = self._marks[:-1]
        self._reset()
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """The marks, the figure they make, and the prompt's number at each."""
        self.refresh(desk)
        if not self._marks:
            return ()
        shapes: list[Shape] = []
        line = figure(self._kind, self._marks)
        if len(line) > 1:
            shapes.append(Line(as_points(desk.skin.to_skin(line)), Ink.MEASURE))
        for i, at in enumerate(as_points(self._on_chart(desk))):
            shapes.append(Spot(at, Mark.SELECTED if i == self._chosen else Mark.CROSS))
            if len(self._prompts) > 1:
                shapes.append(Label(at, str(i + 1)))
        return tuple(shapes)

    def _take_hold(self, desk: Desk, pointer: Pointer, index: int) -> None:
        """A mark goes with the pointer from where it was grabbed; a click leaves it alone."""
        (x, y), (px, py) = self._marks[index], to_photo(desk, pointer.at)
        self._still, self._held_off = pointer.at, (x - px, y - py)

    def refresh(self, desk: Desk) -> None:
        """Take the marks from the case, unless some are being made."""
        if desk.photo_id != self._photo:
            self._photo, self._marks, self._chosen = desk.photo_id, (), 0
        if self._grabbed is None and not 0 < len(self._marks) < len(self._prompts):
            self._marks = self._read(desk.history.case, desk.photo_id)

    def _preview(self, desk: Desk) -> None:
        if self._gesture is not None:
            photo, marks = desk.photo_id, self._marks
            self._gesture.show(lambda case: self._write(case, photo, marks))

    def _apply(self, desk: Desk, label: str, amend: str = "") -> bool:
        photo, marks = desk.photo_id, tuple(rounded(mark) for mark in self._marks)
        return apply(desk, label, lambda case: self._write(case, photo, marks), amend=amend)

    def _nearest(self, desk: Desk, pointer: Pointer) -> int | None:
        if not self._marks:
            return None
        reach = pointer.reach * pointer.px
        distances = np.hypot(*(self._on_chart(desk) - pointer.at).T)
        best = int(distances.argmin())
        return best if distances[best] <= reach else None

    def _on_chart(self, desk: Desk) -> FloatArray:
        return desk.skin.to_skin(np.array(self._marks, dtype=np.float64))


def to_photo(desk: Desk, at: Point) -> Point:
    """Photo pixels of a chart point."""
    x, y = desk.skin.to_photo(np.array([at], dtype=np.float64))[0].tolist()
    return x, y
