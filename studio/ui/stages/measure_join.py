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
from studio.ui import jobs
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from studio.skin.head.joining import Joined, Residual

PAUSE_MS = 300
"""After the last change of the marks the views are joined again."""

HEAD_VIEWS = (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK)
"""The views that a head is joined from, in the order of the buttons."""


def _join(case: Case, before: "Joined | None") -> "Joined":
    from studio.skin.head.joining import join  # noqa: PLC0415

    return join(case, before)


def _expected(head: Head, photo: Id, kind: LandmarkKind) -> Point | None:
    from studio.skin.head.joining import expected  # noqa: PLC0415

    return expected(head, photo, kind)


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
        self._job: jobs.Job[tuple[Joined, Case]] | None = None
        self._wanted = False
        self.refused = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._again)
        bench.open_case.changed.connect(self._case_changed)
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

    def _start(self) -> None:
        self._timer.stop()
        case, before = self._bench.case, self.joined
        self.refused = ""
        self._job = jobs.start(
            self._bench.pool,
            lambda: self._work(case, before),
            lambda made: self._arrived(case, *made),
            lambda refusal: self._ended(str(refusal)),
        )
        self.changed.emit()

    def _work(self, case: Case, before: "Joined | None") -> "tuple[Joined, Case]":
        """In the pool: the fit, and what is drawn laid onto it."""
        joined = self._joining.join(case, before)
        return joined, set_head(case, joined.head)

    def _again(self) -> None:
        """After a pause; not in the middle of a drag or of another fit."""
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
        label = (
            QCoreApplication.translate("Steps", "Join the views")
            if case.head is None
            else QCoreApplication.translate("Steps", "Fit the head again")
        )
        self._joined = joined
        self._bench.apply(label, lambda _case: after)
        self._ended("")

    def _behind(self) -> bool:
        """Whether a head has to follow the marks; in the past each step has its own head."""
        return self._bench.case.head is not None and not self._bench.open_case.history.redo_label

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
        if self._job is not None:
            self._job.cancelled = True
        self._job, self._joined, self.refused = None, None, ""
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
