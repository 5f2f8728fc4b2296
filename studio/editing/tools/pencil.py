"""Spots of a skin pencil, marked in every photo that shows them and told apart by number."""

import math
from collections.abc import Callable

import numpy as np

from studio.editing.edits.head_inputs import PENCIL_NUMBERS, remove_pencil, set_pencil
from studio.editing.gesture import Gesture, apply, begin
from studio.editing.outlines import as_points
from studio.editing.overlay import Label, Mark, Overlay, Shape, Spot
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.ghosts import ghost
from studio.editing.tools.idle import DRAG_PX, Idle
from studio.editing.tools.mark import to_photo
from studio.editing.tools.nudging import way
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.ids import Id
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase


class PencilTool(Idle):
    """A click marks the spot with `number`, a press on a mark drags it.

    After a click the next number without a mark in this photo is taken. `expected` gives the
    photo pixel where a spot should be seen, if that is known; `under` is drawn below.
    """

    name = "pencil"

    def __init__(
        self,
        words: Callable[[int], str],
        expected: Callable[[Id, int], Point | None] = lambda _photo, _number: None,
        under: Callable[[Desk], Overlay] = lambda _desk: (),
    ) -> None:
        self._words, self._expected, self._under = words, expected, under
        self.number = 1
        self._near = False
        self._px = 0.0
        self._reset()

    def _reset(self) -> None:
        self._gesture: Gesture | None = None
        self._from: Point = (0.0, 0.0)
        self._off: Point = (0.0, 0.0)
        self._moved = False

    @property
    def hint(self) -> str:
        """What to do."""
        source = QT_TRANSLATE_NOOP(
            "Editing",
            "Click the middle of pencil spot {number} where it is clearly seen · "
            "drag corrects · arrows nudge · Delete removes",
        )
        return Phrase(source, number=str(self.number))

    @property
    def cursor(self) -> Cursor:
        """A hand over a mark, a cross else."""
        return Cursor.POINT if self._near else Cursor.CROSS

    def choose(self, desk: Desk, number: int) -> None:
        """Go on with this number."""
        self.number = number
        desk.changed()

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Take hold of a mark, or put one."""
        held = self._nearest(desk, pointer)
        self._from = pointer.at
        x, y = to_photo(desk, pointer.at)
        if held is None:
            self._gesture = begin(
                desk,
                Phrase(
                    QT_TRANSLATE_NOOP("Editing", "Mark pencil spot {number}"),
                    number=str(self.number),
                ),
            )
            self._off, self._moved = (0.0, 0.0), True
            self._show(desk, (x, y))
        else:
            self.number, (u, v) = held
            self._gesture = begin(
                desk,
                Phrase(
                    QT_TRANSLATE_NOOP("Editing", "Move pencil spot {number}"),
                    number=str(self.number),
                ),
            )
            self._off = u - x, v - y
        desk.changed()
        return True

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag the mark."""
        if not math.isclose(pointer.px, self._px, rel_tol=0.02):
            self._px = pointer.px
            desk.changed()
        if self._gesture is None:
            self._near = self._nearest(desk, pointer) is not None
            return False
        self._moved = self._moved or math.dist(self._from, pointer.at) > DRAG_PX * pointer.px
        if self._moved:
            x, y = to_photo(desk, pointer.at)
            self._show(desk, (x + self._off[0], y + self._off[1]))
        desk.changed()
        return True

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The mark stands; go on to the next number if it is new."""
        if self._gesture is None:
            return False
        self.move(desk, pointer)
        fresh = self.number not in _marks(self._gesture.transaction.base, desk.photo_id)
        gesture = self._gesture
        self._reset()
        if gesture.finish() and fresh:
            self.number = self._following(desk)
        desk.changed()
        return True

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Delete takes the mark out, arrows nudge it."""
        marks = _marks(desk.history.case, desk.photo_id)
        at = marks.get(self.number)
        if self._gesture is not None or at is None:
            return False
        photo, number = desk.photo_id, self.number
        if key in {"delete", "backspace"}:
            label = Phrase(
                QT_TRANSLATE_NOOP("Editing", "Remove pencil spot {number}"), number=str(number)
            )
            return apply(desk, label, lambda case: remove_pencil(case, photo, number))
        dx, dy = way(key, keys)
        if (dx, dy) == (0.0, 0.0):
            return False
        x, y = desk.skin.to_skin(np.array([at]))[0].tolist()
        to = to_photo(desk, (x + dx, y + dy))
        label = Phrase(
            QT_TRANSLATE_NOOP("Editing", "Nudge pencil spot {number}"), number=str(number)
        )
        return apply(desk, label, lambda case: set_pencil(case, photo, number, to), amend=label)

    def cancel(self, desk: Desk) -> bool:
        """End the drag; never the tool."""
        if self._gesture is not None:
            self._gesture.drop()
        self._reset()
        desk.changed()
        return True

    def overlay(self, desk: Desk) -> Overlay:
        """Every mark with its number, and where the one in hand is expected."""
        shapes: list[Shape] = list(self._under(desk))
        marks = _marks(desk.history.case, desk.photo_id)
        for number, at in marks.items():
            place = as_points(desk.skin.to_skin(np.array([at])))[0]
            shapes.append(Spot(place, Mark.SELECTED if number == self.number else Mark.RING))
            shapes.append(Label(place, str(number)))
        if self.number not in marks:
            shapes += ghost(
                desk,
                self._expected(desk.photo_id, self.number),
                self._px,
                self._words(self.number),
            )
        return tuple(shapes)

    def _show(self, desk: Desk, at: Point) -> None:
        photo, number = desk.photo_id, self.number
        if self._gesture is not None:
            self._gesture.show(lambda case: set_pencil(case, photo, number, at))

    def _following(self, desk: Desk) -> int:
        """The next number without a mark here; this one if all have theirs."""
        marks = _marks(desk.history.case, desk.photo_id)
        turn = (*(n for n in PENCIL_NUMBERS if n > self.number), *PENCIL_NUMBERS)
        return next((n for n in turn if n not in marks), self.number)

    def _nearest(self, desk: Desk, pointer: Pointer) -> tuple[int, Point] | None:
        reach = pointer.reach * pointer.px
        found: tuple[int, Point] | None = None
        for number, at in _marks(desk.history.case, desk.photo_id).items():
            away = math.dist(desk.skin.to_skin(np.array([at]))[0].tolist(), pointer.at)
            if away <= reach:
                reach, found = away, (number, at)
        return found


def _marks(case: Case, photo_id: Id) -> dict[int, Point]:
    return {mark.number: mark.at for mark in case.photo(photo_id).pencil}
