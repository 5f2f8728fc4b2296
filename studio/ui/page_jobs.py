"""Pages made in the worker process: asks it now and then how far it is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from studio.render.worker import Done, Failed, ProcessRunner, Progressed, Runner, Work

log = logging.getLogger(__name__)

POLL_MS = 40


@dataclass(frozen=True, slots=True)
class Job:
    """Work for the process, and who is told how far it is and how it ended.

    `file` is what the person asked to have written; None for pictures of the screen.
    """

    work: Work
    done: Callable[[Path], object]
    failed: Callable[[str], object]
    progressed: Callable[[float, str], object]
    file: Path | None = None


class PageJobs(QObject):
    """One worker process for all pages.

    Files are written one after the other. Pictures for the screen wait for them, and newer
    ones take the place of older ones. `writing` tells share and words while a file is being
    written, `written` that none is any more.
    """

    writing = Signal(float, str)
    written = Signal()

    def __init__(self, runner: Runner | None = None) -> None:
        super().__init__()
        self._runner = runner or ProcessRunner()
        self._number = 0
        self._current: Job | None = None
        self._waiting: list[Job] = []
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def file(self) -> Path | None:
        """The file being written now."""
        return self._current.file if self._current else None

    def start(self, job: Job) -> None:
        """Begin a job as soon as its turn comes."""
        if job.file is None:
            self._waiting = [other for other in self._waiting if other.file is not None]
        if self._current is None or (self._current.file is None and job.file is None):
            self._begin(job)
        elif self._current.file is None:
            self._waiting.append(self._current)
            self._begin(job)
        else:
            place = len(self._waiting) if job.file is None else self._files_waiting()
            self._waiting.insert(place, job)

    def cancel_files(self) -> None:
        """Give up every file, the one under way and those that wait."""
        self._waiting = [job for job in self._waiting if job.file is None]
        if self.file is not None:
            self._runner.cancel()
            self._end()

    def close(self) -> None:
        """End the process."""
        self._runner.close()
        self._current, self._waiting = None, []
        self._timer.stop()

    def _files_waiting(self) -> int:
        return sum(job.file is not None for job in self._waiting)

    def _begin(self, job: Job) -> None:
        self._current = job
        self._number = self._runner.start(job.work)
        self._timer.start()
        if job.file is not None:
            self.writing.emit(0.0, "")

    def _end(self) -> None:
        """The current job is over: on to the next."""
        wrote = self.file is not None
        self._current = None
        if self._waiting:
            self._begin(self._waiting.pop(0))
        else:
            self._timer.stop()
        if wrote and self.file is None:
            self.written.emit()

    def _poll(self) -> None:
        for message in self._runner.poll():
            job = self._current
            if job is None or message.number != self._number:
                continue
            if isinstance(message, Progressed):
                job.progressed(message.share, message.words)
                if job.file is not None:
                    self.writing.emit(message.share, message.words)
                continue
            self._end()
            _tell(job, message)


def _tell(job: Job, message: Done | Failed) -> None:
    if isinstance(message, Done):
        job.done(message.path)
    else:
        if message.detail:
            log.error("pages: %s", message.detail)
        job.failed(message.words)
