"""Work off the window's thread: jobs in a pool, their results back by signal."""

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from studio.model.refusal import Refusal

T = TypeVar("T")

log = logging.getLogger(__name__)


class _Relay(QObject):
    done = Signal(object, object)


class Job(QRunnable, Generic[T]):
    """One call in the pool. `then` gets the result, `refused` a Refusal's sentence.

    Both run on the window's thread, unless the job was cancelled. Any other error is
    raised there too, so that it reaches the program's last line of defence.
    """

    def __init__(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        refused: Callable[[Refusal], object],
    ) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._work, self._then, self._refused = work, then, refused
        self._relay = _Relay()
        self._relay.done.connect(self._deliver)
        self.cancelled = False

    def run(self) -> None:
        """Called by the pool."""
        if self.cancelled:
            self._relay.done.emit(None, None)
            return
        result: T | None = None
        failure: BaseException | None = None
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001 - handed on to the window's thread
            failure = error
        self._relay.done.emit(result, failure)

    def _deliver(self, result: T, failure: BaseException | None) -> None:
        RUNNING.discard(self)
        then, refused = self._then, self._refused
        # Qt's pool keeps a runnable for ever; what it works with must not stay too
        del self._work, self._then, self._refused
        if self.cancelled:
            return
        if isinstance(failure, Refusal):
            refused(failure)
        elif failure is not None:
            raise failure
        else:
            then(result)


RUNNING: set[Job[object]] = set()
"""Keeps jobs alive until their result is delivered."""


def start(
    pool: QThreadPool,
    work: Callable[[], T],
    then: Callable[[T], object],
    refused: Callable[[Refusal], object],
) -> Job[T]:
    """Run `work` in the pool."""
    job = Job(work, then, refused)
    RUNNING.add(job)  # type: ignore[arg-type]  # the set only keeps it alive
    pool.start(job)
    return job
