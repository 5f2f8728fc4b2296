"""What was measured in a photo: shown, corrected by dragging, and marked point by point."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from studio.editing.edits.measurements import (
    measurement_of,
    put_measurement,
    remove_measurement,
)
from studio.editing.edits.photos import remove_landmark, set_landmark
from studio.editing.gesture import apply
from studio.editing.outlines import as_points
from studio.editing.overlay import Overlay
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.tools.ghosts import ghost
from studio.editing.tools.idle import Idle
from studio.editing.tools.mark import MarkTool
from studio.editing.tools.marks import Marks
from studio.editing.tools.survey_figures import (
    Marking,
    SurveyWords,
    Target,
    Touched,
    points_of,
    survey_overlay,
)
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind
from studio.model.translation import QT_TRANSLATE_NOOP, Phrase
from studio.skin.references import hand_error, references


class SurveyTool(Idle):
    """Shows every measurement and landmark; `ask` has one marked, or several in turn.

    While something is asked for, clicks place its marks; otherwise they take hold of the
    nearest mark. `size_of` gives the true size in mm of what is about to be marked,
    `expected` the photo pixel where a landmark should be seen, if that is known; `under`
    is drawn below.
    """

    name = "survey"

    def __init__(
        self,
        words: SurveyWords,
        size_of: Callable[[MeasurementKind], float],
        expected: Callable[[Id, LandmarkKind], Point | None] = lambda _photo, _kind: None,
        under: Callable[[Desk], Overlay] = lambda _desk: (),
    ) -> None:
        self._words, self._size_of = words, size_of
        self._expected, self._under = expected, under
        self._adjusters: dict[Target, MarkTool] = {}
        self._holding: MarkTool | None = None
        self._touched: Touched | None = None
        self._near = False
        self._px = 0.0
        self._error = hand_error(1.0)
        self._end()

    def _end(self) -> None:
        """Nothing is asked for."""
        self.asked: Target | None = None
        self._asking: MarkTool | None = None
        self._queue: tuple[LandmarkKind, ...] = ()
        self._placed: tuple[LandmarkKind, ...] = ()
        self._insist = False

    @property
    def placed(self) -> int:
        """How many marks of what is asked for are there."""
        return len(self._asking.marks) if self._asking else 0

    @property
    def hint(self) -> str:
        """What to click next, or how to correct."""
        if self._asking is None:
            return QT_TRANSLATE_NOOP(
                "Editing",
                "Drag a mark to correct it · arrow keys nudge by 0.1 mm · Delete removes it",
            )
        if isinstance(self.asked, LandmarkKind):
            source = QT_TRANSLATE_NOOP("Editing", "{hint} · Enter goes on · Esc stops")
        else:
            source = QT_TRANSLATE_NOOP("Editing", "{hint} · Esc stops")
        return Phrase(source, hint=self._asking.hint)

    @property
    def cursor(self) -> Cursor:
        """A cross while marking, a hand over a mark."""
        if self._asking is not None:
            return Cursor.CROSS
        return Cursor.POINT if self._near else Cursor.ARROW

    def ask(
        self,
        desk: Desk,
        target: Target,
        then: tuple[LandmarkKind, ...] = (),
        *,
        insist: bool = False,
    ) -> None:
        """Have a target marked anew, after it the landmarks in `then`.

        `insist` makes a measurement give the scale, whatever else is marked.
        """
        self.stop(desk)
        self._begin(target, then)
        self._insist = insist
        desk.changed()

    def skip(self, desk: Desk) -> None:
        """Go on to the next landmark, or end."""
        rest, placed = self._queue, self._placed
        self._let_go(desk)
        self._end()
        if rest:
            self._begin(rest[0], rest[1:])
            self._placed = placed
        desk.changed()

    def stop(self, desk: Desk) -> None:
        """Ask for nothing any more."""
        self._let_go(desk)
        self._end()
        desk.changed()

    def press(self, desk: Desk, pointer: Pointer) -> bool:
        """Place the next mark, or take hold of the nearest one."""
        self._heed(desk, pointer)
        if self._asking is not None:
            return self._asking.press(desk, pointer)
        self._touched = self._nearest(desk, pointer)
        if self._touched is None:
            desk.changed()
            return False
        self._holding = self._adjuster(self._touched[0])
        return self._holding.press(desk, pointer)

    def move(self, desk: Desk, pointer: Pointer) -> bool:
        """Drag the mark in hand."""
        self._see(desk, pointer)
        if self._asking is not None:
            return self._asking.move(desk, pointer)
        if self._holding is not None:
            return self._holding.move(desk, pointer)
        self._near = self._nearest(desk, pointer) is not None
        return False

    def release(self, desk: Desk, pointer: Pointer) -> bool:
        """The mark stands; what is complete makes a step, and the next one is asked for."""
        if self._asking is None:
            holding, self._holding = self._holding, None
            return holding is not None and holding.release(desk, pointer)
        before = desk.history.case
        used = self._asking.release(desk, pointer)
        if desk.history.case is not before:
            self._marked(desk)
        return used

    def key(self, desk: Desk, key: str, keys: Keys) -> bool:
        """Backspace takes the last mark back, Delete removes, arrows nudge."""
        if self._asking is not None:
            if self._asking.key(desk, key, keys):
                return True
            return key == "backspace" and self._step_back(desk)
        if self._touched is None or self._holding is not None:
            return False
        if key in {"delete", "backspace"}:
            self.remove(desk, self._touched[0])
            return True
        return self._adjuster(self._touched[0]).key(desk, key, keys)

    def confirm(self, desk: Desk) -> bool:
        """Enter: on to the next landmark without this one."""
        if not isinstance(self.asked, LandmarkKind):
            return False
        self.skip(desk)
        return True

    def cancel(self, desk: Desk) -> bool:
        """End the drag, then the marks not complete, then the marking; never the tool."""
        if self._holding is not None:
            self._holding.cancel(desk)
            self._holding = None
        elif self._asking is not None and not self._asking.cancel(desk):
            self._end()
        else:
            self._touched = None
        desk.changed()
        return True

    def take_back(self, desk: Desk) -> bool:
        """Take back a mark that is not in the case yet."""
        return self._asking is not None and self._asking.take_back(desk)

    def refresh(self, desk: Desk) -> None:
        """The case is another one now: let go of a mark that is no more."""
        marked = points_of(desk.history.case.photo(desk.photo_id))
        if self._touched is not None and self._touched[0] not in marked:
            self._touched = None

    def leave(self, desk: Desk) -> None:
        """End drag and marking."""
        self._let_go(desk)
        self._end()
        self._touched = None

    def remove(self, desk: Desk, target: Target) -> None:
        """Take a measurement or landmark out of the photo, as a step."""
        photo = desk.photo_id
        self._touched = None
        label = Phrase(QT_TRANSLATE_NOOP("Editing", "Remove {thing}"), thing=self._thing(target))
        apply(desk, label, lambda case: _without(case, photo, target))
        desk.changed()

    def overlay(self, desk: Desk) -> Overlay:
        """All figures and marks with their names, and what is being marked."""
        photo = desk.history.case.photo(desk.photo_id)
        marking = Marking(self.asked, self._touched)
        shown = self._under(desk) + survey_overlay(photo, desk.skin, self._words, marking)
        if isinstance(self.asked, LandmarkKind) and not self.placed:
            at = self._expected(desk.photo_id, self.asked)
            shown += tuple(ghost(desk, at, self._px, self._words.name(self.asked)))
        return shown + (self._asking.overlay(desk) if self._asking is not None else ())

    def _begin(self, target: Target, then: tuple[LandmarkKind, ...]) -> None:
        """Ask for a target; earlier marks of it are left alone until it is complete."""
        self.asked, self._queue = target, then
        self._touched = None
        self._error = 0.0
        self._asking = self._tool(target, lambda _case, _photo: ())

    def _marked(self, desk: Desk) -> None:
        """What was asked for is in the case now."""
        if isinstance(self.asked, LandmarkKind):
            self._placed = (*self._placed, self.asked)
            self.skip(desk)
        else:
            self._end()
        desk.changed()

    def _step_back(self, desk: Desk) -> bool:
        """Take out the landmark placed last and ask for it again."""
        if not self._placed or not isinstance(self.asked, LandmarkKind):
            return False
        last, earlier, rest = self._placed[-1], self._placed[:-1], (self.asked, *self._queue)
        self.remove(desk, last)
        self._begin(last, rest)
        self._placed = earlier
        desk.changed()
        return True

    def _let_go(self, desk: Desk) -> None:
        """End the drag in hand and drop marks that are not complete."""
        for tool in (self._holding, self._asking):
            if tool is not None:
                tool.leave(desk)
        self._holding = None

    def _adjuster(self, target: Target) -> MarkTool:
        """The tool that drags what is marked already."""
        if target not in self._adjusters:
            self._adjusters[target] = self._tool(
                target, lambda case, photo: points_of(case.photo(photo)).get(target, ())
            )
        return self._adjusters[target]

    def _tool(self, target: Target, read: Callable[[Case, Id], Marks]) -> MarkTool:
        kind = target if isinstance(target, MeasurementKind) else None

        def write(case: Case, photo: Id, marks: Marks) -> Case:
            if isinstance(target, LandmarkKind):
                return set_landmark(case, photo, target, marks[0])
            made = self._measurement(case, photo, target, marks)
            return put_measurement(case, photo, made, insist=self._insist)

        prompts = self._words.prompts(target)
        return MarkTool(self.name, self._thing(target), prompts, read, write, kind)

    def _measurement(
        self, case: Case, photo: Id, kind: MeasurementKind, marks: Marks
    ) -> Measurement:
        """The marks with size and errors; a mark moved by hand is never better than the hand."""
        old = measurement_of(case, photo, kind)
        if old is not None and self.asked is not kind:
            return replace(old, points=marks, click_se=max(old.click_se, self._error))
        return Measurement(
            kind=kind,
            points=marks,
            size_mm=self._size_of(kind),
            size_se=references()[kind].size_se,
            click_se=self._error,
        )

    def _heed(self, desk: Desk, pointer: Pointer) -> None:
        """Note how finely the hand points at this zoom; of a set of marks the coarsest counts."""
        scale = float(desk.skin.px_per_unit(np.array([pointer.at]))[0])
        error = hand_error(pointer.px * scale)
        self._error = max(self._error, error) if self._asking is not None else error

    def _see(self, desk: Desk, pointer: Pointer) -> None:
        """Note the zoom, by which names have room or not."""
        if not math.isclose(pointer.px, self._px, rel_tol=0.02):
            self._px = pointer.px
            desk.changed()

    def _nearest(self, desk: Desk, pointer: Pointer) -> Touched | None:
        photo = desk.history.case.photo(desk.photo_id)
        reach = pointer.reach * pointer.px
        found: Touched | None = None
        for target, marks in points_of(photo).items():
            for index, at in enumerate(as_points(desk.skin.to_skin(np.array(marks)))):
                if math.dist(at, pointer.at) <= reach:
                    reach, found = math.dist(at, pointer.at), (target, index)
        return found

    def _thing(self, target: Target) -> str:
        """The target within the name of a step."""
        name = self._words.name(target)
        return name[:1].lower() + name[1:]


def _without(case: Case, photo: Id, target: Target) -> Case:
    if isinstance(target, LandmarkKind):
        return remove_landmark(case, photo, target)
    return remove_measurement(case, photo, target)
