"""The worker: progress, results, refusals, faults, cancel, crashes, and the newest wins."""

import importlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from studio.render.worker import (
    STOPPED,
    Done,
    Failed,
    Message,
    ProcessRunner,
    Progressed,
    Request,
    Runner,
    Work,
    run,
)

SOURCE = """
import time
from studio.model.refusal import Refusal

def write(path, progress):
    progress(0.5, "half")
    path.write_text("done")
    return path

def weigh(path, data, progress):
    path.write_text(str(len(data)))
    return path

def refuse(progress):
    raise Refusal("The disk is full.")

def fault(progress):
    secret = "client name"
    raise ValueError(secret)

def sleep(progress):
    progress(0.1, "asleep")
    time.sleep(60)
"""


@pytest.fixture
def works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Functions that a spawned process can import too."""
    (tmp_path / "worker_works.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(tmp_path)
    yield importlib.import_module("worker_works")
    del sys.modules["worker_works"]


@pytest.fixture(scope="module")
def process() -> Iterator[ProcessRunner]:
    runner = ProcessRunner()
    yield runner
    runner.close()


def wait(runner: Runner, until: type[Message] | tuple[type[Message], ...]) -> list[Message]:
    found: list[Message] = []
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found += runner.poll()
        if any(isinstance(m, until) for m in found):
            return found
        time.sleep(0.01)
    raise AssertionError(f"nothing came: {found}")


def told(work: Work) -> list[Message]:
    """What the work says when it is done in this process."""
    messages: list[Message] = []
    run(Request(1, work), messages.append)
    return messages


def test_progress_and_result_are_told(works: ModuleType, tmp_path: Path) -> None:
    messages = told(partial(works.write, tmp_path / "a"))
    assert messages == [Progressed(1, 0.5, "half"), Done(1, tmp_path / "a")]


def test_a_refusal_is_passed_on(works: ModuleType) -> None:
    assert told(works.refuse) == [Failed(1, "The disk is full.")]


def test_a_fault_is_told_without_its_values(works: ModuleType) -> None:
    (message,) = told(works.fault)
    assert isinstance(message, Failed)
    assert "fault in Hairline Studio" in message.words
    assert "ValueError" in message.detail
    assert "client name" not in message.detail.replace(SOURCE, "").split("\n")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="stops by signal")
def test_a_request_larger_than_a_pipe_does_not_wait_for_the_process(
    works: ModuleType, tmp_path: Path, process: ProcessRunner
) -> None:
    process.warm()
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGSTOP)
    number = process.start(partial(works.weigh, tmp_path / "w", bytes(4_000_000)))
    assert process.poll() == []
    os.kill(child.pid, signal.SIGCONT)
    assert wait(process, Done)[-1] == Done(number, tmp_path / "w")
    assert (tmp_path / "w").read_text() == "4000000"
    process.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_process_runs_crashes_and_cancels(
    works: ModuleType, tmp_path: Path, process: ProcessRunner
) -> None:
    number = process.start(partial(works.write, tmp_path / "a"))
    assert wait(process, Done)[-1] == Done(number, tmp_path / "a")
    assert (tmp_path / "a").read_text() == "done"

    number = process.start(works.sleep)
    wait(process, Progressed)
    (child,) = multiprocessing.active_children()
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    assert wait(process, Failed) == [Failed(number, STOPPED)]

    process.start(works.sleep)
    newest = process.start(partial(works.write, tmp_path / "b"))
    messages = wait(process, Done)
    assert {m.number for m in messages} == {newest}

    process.start(works.sleep)
    process.cancel()
    assert process.poll() == []
    assert multiprocessing.active_children() == []
