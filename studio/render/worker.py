"""Long painting in one spawned process, with progress and cancel; the window never waits."""

import contextlib
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Protocol

from studio.model.refusal import Refusal

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done."""

Work = Callable[[Progress], Path]
"""What a request does: write a file, tell how far it is, give the file's path.

It must pickle: a function of a module, or a `functools.partial` of one.
"""

STOPPED = (
    "The page writer stopped in the middle. Nothing was written. Try again; "
    "if it happens twice, restart Hairline Studio."
)
FAULT = (
    "The pages could not be written because of a fault in Hairline Studio. Nothing was written. "
    "Your case is not affected."
)


@dataclass(frozen=True, slots=True)
class Request:
    """Something to write. `number` is told by the messages about it."""

    number: int
    work: Work


@dataclass(frozen=True, slots=True)
class Progressed:
    """How far a request is."""

    number: int
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class Done:
    """A request is finished; the file is there."""

    number: int
    path: Path


@dataclass(frozen=True, slots=True)
class Failed:
    """A request ended without its file; `words` are for the person at the desk.

    `detail` is a traceback without values, empty when the reason is in the words.
    """

    number: int
    words: str
    detail: str = ""


Message = Progressed | Done | Failed


class Runner(Protocol):
    """Takes requests, the newest wins, and is asked now and then for messages."""

    def start(self, work: Work) -> int:
        """Begin; what is under way is given up. Gives the request's number."""
        ...

    def poll(self) -> list[Message]:
        """Messages since the last call, never waiting."""
        ...

    def cancel(self) -> None:
        """Give up what is under way; there will be no more messages about it."""
        ...

    def close(self) -> None:
        """Give up everything and end."""
        ...


class ProcessRunner:
    """A `Runner` in a spawned process that stays warm between requests."""

    def __init__(self) -> None:
        """Nothing is spawned until it is needed."""
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._sender: threading.Thread | None = None
        self._busy: int | None = None
        self._count = 0

    def warm(self) -> None:
        """Spawn the process ahead of the first request."""
        if self._process is not None and self._process.is_alive():
            return
        self._drop()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=serve, args=(theirs,), name="hairline-studio-pages", daemon=True
        )
        self._process.start()
        theirs.close()

    def start(self, work: Work) -> int:
        """Begin; what is under way is given up with its process."""
        if self._busy is not None:
            self._drop()
        self.warm()
        self._count += 1
        self._busy = self._count
        if self._pipe is None:
            raise RuntimeError("the process was not spawned")
        # a process that is just starting does not read yet, and photos overfill a pipe
        self._sender = threading.Thread(
            target=_send, args=(self._pipe, Request(self._count, work)), daemon=True
        )
        self._sender.start()
        return self._count

    def poll(self) -> list[Message]:
        """Messages since the last call, never waiting; a crash is one of them."""
        found: list[Message] = []
        try:
            while self._busy is not None and self._pipe is not None and self._pipe.poll():
                message: Message = self._pipe.recv()
                found.append(message)
                if not isinstance(message, Progressed):
                    self._busy = None
        except (EOFError, OSError):
            if self._busy is not None:
                found.append(Failed(self._busy, STOPPED))
            self._drop()
        return found

    def cancel(self) -> None:
        """Give up what is under way by ending its process."""
        if self._busy is not None:
            self._drop()

    def close(self) -> None:
        """End the process."""
        self._drop()

    def _drop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.join(5)
        if self._sender is not None:
            self._sender.join(5)
            self._sender = None
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = self._busy = None


def run(request: Request, tell: Callable[[Message], None]) -> None:
    """Do one request and tell how it goes; nothing is raised."""

    def progress(share: float, words: str) -> None:
        tell(Progressed(request.number, share, words))

    try:
        path = request.work(progress)
    except Refusal as refusal:
        tell(Failed(request.number, str(refusal)))
    except Exception as error:  # noqa: BLE001  whatever it was, the window must hear of it
        places = "".join(traceback.format_tb(error.__traceback__))
        tell(Failed(request.number, FAULT, f"{type(error).__name__}\n{places}"))
    else:
        tell(Done(request.number, path))


def _send(pipe: Connection, request: Request) -> None:
    """Hand a request over; of a process that is gone, poll() tells."""
    with contextlib.suppress(OSError):
        pipe.send(request)


def serve(pipe: Connection) -> None:
    """The spawned process: requests in, messages out, until the other end is gone."""
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            request: Request = pipe.recv()
            run(request, pipe.send)
