"""Photos on their way in: read, decoded and searched for the sticker in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from studio.imaging.intake import Intake, load, take_in
from studio.imaging.photo import photo_of, sticker_in
from studio.imaging.pyramid import Pyramid, build
from studio.model.photo import Measurement, Photo, View
from studio.model.refusal import Refusal
from studio.ui import jobs

ORDER = (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK, View.BROWS_RAISED, View.CLOSE_UP)


class State(StrEnum):
    """How far a photo has come."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One photo read: the clean copy, its pyramid, and the sticker if one was found."""

    intake: Intake
    pyramid: Pyramid
    sticker: Measurement | None


@dataclass
class Incoming:
    """One file of an import. `words` is the notice or the refusal to show."""

    name: str
    view: View
    state: State = State.WAITING
    words: str = ""
    arrival: Arrival | None = None


class Import(QObject):
    """One import of several photos. `progressed` tells the index of a row that changed."""

    progressed = Signal(int)

    def __init__(self, pool: QThreadPool, taken_views: Sequence[View]) -> None:
        super().__init__()
        self._pool = pool
        self._taken = list(taken_views)
        self.rows: list[Incoming] = []
        self._jobs: list[jobs.Job[Arrival]] = []

    @property
    def done(self) -> bool:
        """Whether no row is waiting any more."""
        return all(row.state is not State.WAITING for row in self.rows)

    @property
    def taken(self) -> list[Incoming]:
        """The rows that can go into the case."""
        return [row for row in self.rows if row.state is State.TAKEN]

    def add_files(self, paths: Sequence[Path]) -> None:
        """Begin to read files."""
        for path in paths:
            self._begin(path.name, partial(load, path))

    def add_bytes(self, name: str, data: bytes) -> None:
        """Begin to decode a pasted picture."""
        self._begin(name, partial(take_in, data))

    def replace_file(self, index: int, path: Path) -> None:
        """Read another file in place of one that was refused."""
        self.rows[index] = Incoming(path.name, self.rows[index].view)
        self._run(index, partial(load, path))
        self.progressed.emit(index)

    def cancel(self) -> None:
        """Stop: what is still being read is dropped."""
        for job in self._jobs:
            job.cancelled = True

    def _begin(self, name: str, read: Callable[[], Intake]) -> None:
        view = guess_view(name, self._taken)
        self._taken.append(view)
        self.rows.append(Incoming(name, view))
        self._run(len(self.rows) - 1, read)

    def _run(self, index: int, read: Callable[[], Intake]) -> None:
        def arrived(arrival: Arrival) -> None:
            row = self.rows[index]
            row.state, row.arrival = State.TAKEN, arrival
            row.words = " ".join(arrival.intake.notices)
            self.progressed.emit(index)

        def refused(refusal: Refusal) -> None:
            row = self.rows[index]
            row.state, row.words = State.REFUSED, str(refusal)
            self.progressed.emit(index)

        self._jobs.append(jobs.start(self._pool, lambda: _arrive(read()), arrived, refused))


def _arrive(intake: Intake) -> Arrival:
    return Arrival(intake, build(intake.pixels), sticker_in(intake))


def guess_view(name: str, taken: Sequence[View]) -> View:
    """The view that a file's name speaks of, else the first that is still missing."""
    low = name.lower()
    for view in ORDER:
        if view.value.split("-", maxsplit=1)[0] in low:
            return view
    return next((view for view in ORDER if view not in taken), View.OTHER)


def photo_from(row: Incoming) -> Photo:
    """The photo of a row that was taken in, with its plane."""
    if row.arrival is None:
        raise ValueError("only a row that was taken in makes a photo")
    sticker = row.arrival.sticker
    return photo_of(row.arrival.intake, row.view, (sticker,) if sticker else ())
