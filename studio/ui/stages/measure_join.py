"""Joining the views into a head, in the background, and again after each change of the marks."""

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from studio.editing.edits.head import set_head
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.head import Head
from studio.model.ids import Id
from studio.model.photo import LandmarkKind, Photo, View
from studio.model.refusal import Refusal
from studio.ui import jobs
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.skin.head.joining import Joined, Residual

PAUSE_MS = 15
"""While a drag or another fit is going on, after so long it is looked again whether to join."""

HEAD_VIEWS = (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK)
"""The views that a head is joined from, in the order of the buttons."""


def _join(case: Case, before: "Joined | None") -> "Joined":
    from studio.skin.head.joining import join  # noqa: PLC0415

    return join(case, before)


def _expected(head: Head, photo: Id, kind: LandmarkKind) -> Point | None:
    from studio.skin.head.joining import expected  # noqa: PLC0415

    return expected(head, photo, kind)


def _at_hand() -> None:
    """Load what the first fit needs, which takes longer than the fit."""
    import scipy.interpolate  # noqa: PLC0415
    import scipy.linalg  # noqa: PLC0415
    import scipy.spatial  # noqa: F401, PLC0415

    from studio.skin.head.prior import load_prior  # noqa: PLC0415

    load_prior()


def _seen_from(head: Head, photo: Id) -> None:
    """Have the tables of a photo made that its wire frame is drawn by."""
    from studio.skin.head.stored import head_map  # noqa: PLC0415

    skin = head_map(head, photo)
    skin.to_photo(skin.focus)


@dataclass(frozen=True, slots=True)
class Joining:
    """What fits a head from a case, quicker after a fit before; and where it expects a landmark."""

    join: "Callable[[Case, Joined | None], Joined]" = _join
    expected: Callable[[Head, Id, LandmarkKind], Point | None] = _expected


class HeadJoiner(QObject):
    """Keeps the case's head at what is marked. `changed` tells that state or result is new."""

    changed = Signal()

    def __init__(self, bench: Workbench, joining: Joining | None = None) -> None:
        super().__init__()
        self._bench = bench
        self._joining = joining or Joining()
        self._joined: Joined | None = None
        self._known: Joined | None = None
        self._preparing: jobs.Job[Joined | None] | None = None
        self._fitted: Hashable = None
        self._job: jobs.Job[tuple[Joined, Case]] | None = None
        self._wanted = False
        self.refused = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._again)
        bench.open_case.changed.connect(self._case_changed)
        bench.open_case.stepped.connect(self._stepped)
        bench.open_case.replaced.connect(self._forget)

    @property
    def running(self) -> bool:
        """Whether a head is being fitted now."""
        return self._job is not None

    @property
    def joined(self) -> "Joined | None":
        """What the fit said of the case's head; None if the head is not from this session."""
        known = self._joined
        return known if known is not None and known.head is self._bench.case.head else None

    def residuals(self, photo: Id) -> "tuple[Residual, ...]":
        """How far the marks of a photo are from the fitted head."""
        return tuple(r for r in self.joined.residuals if r.photo == photo) if self.joined else ()

    def expected(self, photo: Id, kind: LandmarkKind) -> Point | None:
        """The photo pixel where the head has a landmark; None without a head."""
        head = self._bench.case.head
        if head is None or head.camera(photo) is None:
            return None
        return self._joining.expected(head, photo, kind)

    def begin(self) -> None:
        """Join the views as they are marked now."""
        self._wanted = True
        if self._job is None:
            self._start()

    def prepare(self) -> None:
        """Have at hand what a fit needs: libraries, and where the head of an opened case lies."""
        case = self._bench.case
        if self._known is not None or self._preparing is not None:
            return

        def work() -> "Joined | None":
            _at_hand()
            return self._joining.join(case, None) if case.head is not None else None

        def ready(joined: "Joined | None") -> None:
            self._preparing = None
            self._known = self._known or joined

        def refused(_refusal: Refusal) -> None:
            self._preparing = None  # it is said when the person changes marks or joins

        self._preparing = jobs.start(self._bench.pool, work, ready, refused)

    def _start(self) -> None:
        self._timer.stop()
        case, before, shown = self._bench.case, self._known, self._bench.photo_id
        self.refused = ""
        self._job = jobs.start(
            self._bench.pool,
            lambda: self._work(case, before, shown),
            lambda made: self._arrived(case, *made),
            lambda refusal: self._ended(str(refusal)),
        )
        self.changed.emit()

    def _work(self, case: Case, before: "Joined | None", shown: Id) -> "tuple[Joined, Case]":
        """In the pool: the fit, what is drawn laid onto it, and what the photo shown reads."""
        joined = self._joining.join(case, before)
        after = set_head(case, joined.head)
        if joined.head.camera(shown) is not None:
            _seen_from(joined.head, shown)
        return joined, after

    def _stepped(self) -> None:
        """A step that changed the marks is followed at once."""
        if self._timer.isActive():
            self._again()

    def _again(self) -> None:
        """Follow the marks, but not in the middle of a drag or of another fit."""
        if self._bench.open_case.history.busy or self._job is not None:
            self._timer.start()
        elif self._wanted or self._behind():
            self._start()

    def _arrived(self, case: Case, joined: "Joined", after: Case) -> None:
        if self._bench.open_case.history.busy or self._bench.case is not case:
            # something changed meanwhile: once more, from what is there now
            self._job = None
            if self._wanted or self._behind():
                self._timer.start()
            self.changed.emit()
            return
        asked = self._wanted
        self._job, self._wanted, self.refused = None, False, ""
        self._joined, self._known, self._fitted = joined, joined, marked(case)
        if not self._keep(after, asked):
            self.changed.emit()

    def _keep(self, after: Case, asked: bool) -> bool:
        """The new head as a step, or as a part of the one that changed the marks."""
        open_case, case = self._bench.open_case, self._bench.case
        if case.head is None:
            label = QCoreApplication.translate("Steps", "Join the views")
            return self._bench.apply(label, lambda _case: after)
        label = QCoreApplication.translate("Steps", "Fit the head again")
        before = open_case.history.before
        if asked or before is None or marked(before) == marked(case):
            return self._bench.apply(label, lambda _case: after)
        return open_case.fold(label, lambda _case: after)

    def _behind(self) -> bool:
        """Whether a head has to follow the marks; in the past each step has its own head."""
        case, history = self._bench.case, self._bench.open_case.history
        if case.head is None or history.redo_label:
            return False
        return self.joined is None or self._fitted != marked(case)

    def _ended(self, refused: str) -> None:
        self._job, self._wanted = None, False
        self.refused = refused
        if refused:
            self._bench.said.emit(refused)
        self.changed.emit()

    def _case_changed(self, before: Case, after: Case) -> None:
        same = before.photos is after.photos and before.tape is after.tape
        if not same and marked(before) != marked(after):
            self.refused = ""
            if after.head is not None:
                self._timer.start()  # whether it is behind shows when the step is made
        if before.head is not after.head:
            self.changed.emit()

    def _forget(self) -> None:
        self._timer.stop()
        for job in (self._job, self._preparing):
            if job is not None:
                job.cancelled = True
        self._job, self._preparing = None, None
        self._joined, self._known, self._fitted, self.refused = None, None, None, ""
        self._wanted = False
        self.changed.emit()


def marked(case: Case) -> Hashable:
    """Everything that a head is fitted from."""
    return case.tape, tuple(
        (p.id, p.view, p.landmarks, p.pencil, p.outline, p.hair_mm, p.measurements, p.focal_mm35)
        for p in case.photos
    )


def head_photos(case: Case) -> dict[View, Photo]:
    """The first photo of every view that a head is joined from."""
    found: dict[View, Photo] = {}
    for photo in case.photos:
        if photo.view in HEAD_VIEWS:
            found.setdefault(photo.view, photo)
    return found


def agreement_mm(joined: "Joined") -> float:
    """Root mean square distance of all marks from the head, in mm; 0 without marks."""
    squares = [r.mm**2 for r in joined.residuals]
    return math.sqrt(sum(squares) / len(squares)) if squares else 0.0
