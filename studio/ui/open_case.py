"""The case on the desk: its history, photos, file, lock and recovery, held together."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.editing.history import Edit, History
from studio.editing.selection import EMPTY, Selection
from studio.model.case import Case, empty_case
from studio.model.chart import HEAD
from studio.model.ids import Id, new_id
from studio.model.refusal import Refusal
from studio.skin.maps import scalp_map, skin_map
from studio.skin.skinmap import SkinMap
from studio.storage import casefile, recent
from studio.storage.casefile import CaseFile
from studio.storage.lock import CannotLock, Lock, acquire
from studio.storage.recorder import Recorder
from studio.storage.recovery import Abandoned


class OpenCase(QObject):
    """One open case. Signals:

    `replaced`: another case is open, everything shown must be read anew;
    `changed(before, after)`: an edit, a preview, undo or redo;
    `stepped`: a step was made, taken back, or the file was saved;
    `said(str)`: one sentence for the person.
    """

    replaced = Signal()
    changed = Signal(object, object)
    stepped = Signal()
    said = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.photos: dict[str, bytes] = {}
        self.damaged: frozenset[str] = frozenset()
        self.path: Path | None = None
        self.saved_at = ""
        self._lock: Lock | None = None
        self._recorder: Recorder | None = None
        self.history = History(empty_case(new_id(), new_id()))
        self._listen()

    @property
    def case(self) -> Case:
        """The case as shown."""
        return self.history.case

    @property
    def saved(self) -> bool:
        """Whether the file holds what is shown."""
        return self.history.saved

    def skin(self, photo_id: Id) -> SkinMap:
        """The skin map of a photo or, by `HEAD`, of the whole scalp.

        The same object as long as it is the same map.
        """
        if photo_id == HEAD and self.case.head is not None:
            return scalp_map(self.case.head)
        return skin_map(self.case, self.case.photo(photo_id))

    def apply(self, label: str, edit: Edit, selection: Selection = EMPTY, amend: str = "") -> bool:
        """One edit as one step. A refusal is said and changes nothing."""
        try:
            return self.history.apply(label, edit, selection, amend)
        except Refusal as refusal:
            self.said.emit(str(refusal))
            return False

    def fold(self, label: str, edit: Edit) -> bool:
        """What follows from the last step, as a part of it. A refusal is said."""
        try:
            return self.history.fold(label, edit)
        except Refusal as refusal:
            self.said.emit(str(refusal))
            return False

    def new(self) -> None:
        """Put an empty case on the desk; the one before must have been dealt with."""
        self._take(empty_case(new_id(), new_id()), {}, frozenset(), None, None)

    def open(self, path: Path) -> tuple[str, ...]:
        """Open a file; sentences to show. Refusal leaves the case on the desk alone."""
        if self.path is not None and path.resolve() == self.path.resolve():
            return self._reopen(path)
        notes: tuple[str, ...] = ()
        lock: Lock | None = None
        try:
            lock = acquire(path)
        except CannotLock as refusal:
            notes = (str(refusal),)
        try:
            opened = casefile.read(path)
        except Refusal:
            if lock is not None:
                lock.release()
            raise
        self._take(opened.case, opened.photos, opened.damaged, path, opened)
        self._lock = lock
        self._remember(path)
        return (*notes, *opened.notes)

    def _reopen(self, path: Path) -> tuple[str, ...]:
        """The file that is on the desk, as it was last saved; the lock stays."""
        opened = casefile.read(path)
        lock, self._lock = self._lock, None
        self._take(opened.case, opened.photos, opened.damaged, path, opened)
        self._lock = lock
        return opened.notes

    def show_made(self, case: Case, photos: dict[str, bytes]) -> None:
        """Put a case on the desk that is in no file, and need not be until it is changed."""
        self._take(case, photos, frozenset(), None, None)

    def recover(self, work: Abandoned) -> None:
        """Put recovered work on the desk, unsaved; it lives on in this window's recovery.

        It goes on in the file it began from, unless that changed since.
        """
        found = work.load()
        base = None if found.base_changed else found.base
        lock: Lock | None = None
        if base is not None:
            try:
                lock = acquire(base)
            except CannotLock as refusal:
                self.said.emit(str(refusal))
        self._take(found.case, found.photos, found.damaged, base, None)
        self._lock = lock
        self.history.mark_unsaved()
        self._record(found.case)
        if self._recorder is not None:
            self._recorder.flush()
        work.discard()
        self.stepped.emit()

    def save(self, path: Path) -> None:
        """Save to a file and go on in it. Refusal leaves file and case as they were."""
        case = self.case
        same = self.path is not None and path.resolve() == self.path.resolve()
        lock = self._lock if same else acquire(path)
        try:
            sha = casefile.write(path, case, self.photos, self.damaged)
        except Refusal:
            if lock is not None and lock is not self._lock:
                lock.release()
            raise
        if self._lock is not None and self._lock is not lock:
            self._lock.release()
        self._lock, self.path = lock, path
        self.history.mark_saved(case)
        self.saved_at = time.strftime("%H:%M")
        if self._recorder is not None:
            self._recorder.saved(path, case, sha)
        self._remember(path)
        self.stepped.emit()

    def add_photo_bytes(self, sha: str, data: bytes) -> None:
        """Keep the picture of a photo that an edit is about to add."""
        self.photos[sha] = data

    def close(self) -> None:
        """Let go of file and recovery: the person saved the case or gave it up."""
        if self._recorder is not None:
            self._recorder.close()
            self._recorder = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _take(
        self,
        case: Case,
        photos: dict[str, bytes],
        damaged: frozenset[str],
        path: Path | None,
        opened: CaseFile | None,
    ) -> None:
        self.close()
        self.photos, self.damaged, self.path = dict(photos), damaged, path
        self.saved_at = ""
        self.history = History(case)
        self._listen()
        try:
            self._recorder = Recorder(path, opened, self.said.emit)
        except Refusal as refusal:
            self.said.emit(str(refusal))
        self.replaced.emit()

    def _remember(self, path: Path) -> None:
        """Put the case on the list of recent ones; without it the case is as good."""
        try:
            recent.remember(path)
        except Refusal as refusal:
            self.said.emit(str(refusal))

    def _listen(self) -> None:
        self.history.listeners.append(self.changed.emit)
        self.history.committed.append(self._record)
        self.history.committed.append(lambda _case: self.stepped.emit())

    def _record(self, case: Case) -> None:
        if self._recorder is not None:
            self._recorder.submit(case, dict(self.photos))
