"""Pages made in the worker process: asks it now and then how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from studio.render.worker import Done, Failed, ProcessRunner, Progressed, Runner, Work

POLL_MS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be told when a job ends."""

    done: Callable[[Path], object]
    failed: Callable[[str], object]


class PageJobs(QObject):
    """One worker process for all pages; the newest job wins.

    `progressed` tells share and words, `idle` that nothing is under way any more.
    """

    progressed = Signal(float, str)
    idle = Signal()

    def __init__(self, runner: Runner | None = None) -> None:
        super().__init__()
        self._runner = runner or ProcessRunner()
        self._asked: dict[int, Asked] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return bool(self._asked)

    def start(
        self, work: Work, done: Callable[[Path], object], failed: Callable[[str], object]
    ) -> None:
        """Begin a job; what was under way is given up."""
        number = self._runner.start(work)
        self._asked = {number: Asked(done, failed)}
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is under way."""
        self._runner.cancel()
        self._asked.clear()
        self._rest()

    def close(self) -> None:
        """End the process."""
        self._runner.close()
        self._asked.clear()
        self._timer.stop()

    def _poll(self) -> None:
        for message in self._runner.poll():
            asked = self._asked.get(message.number)
            if asked is None:
                continue
            if isinstance(message, Progressed):
                self.progressed.emit(message.share, message.words)
                continue
            del self._asked[message.number]
            if not self._asked:
                self._rest()
            self._tell(asked, message)

    def _tell(self, asked: Asked, message: Done | Failed) -> None:
        if isinstance(message, Done):
            asked.done(message.path)
        else:
            asked.failed(message.words)

    def _rest(self) -> None:
        self._timer.stop()
        self.idle.emit()
