"""What every test stands on: no display, no folders of the person's own, nothing left running."""

import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import hypothesis
import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

REPO = Path(__file__).resolve().parents[1]

hypothesis.settings.register_profile("ci", max_examples=20, deadline=None)
hypothesis.settings.register_profile("nightly", max_examples=1000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--headed", action="store_true", help="show the windows on the display")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--headed"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Settings, recent cases and recovery of this test alone."""
    monkeypatch.setenv("HAIRLINE_STUDIO_HOME", str(tmp_path / "studio-home"))


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    """Fail a test that leaves a worker process running; end it, so that no other test meets it."""
    before = set(multiprocessing.active_children())
    yield
    left = [child for child in multiprocessing.active_children() if child not in before]
    for child in left:
        child.kill()
        child.join()
    assert not left, f"left running: {left}"


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a Qt test that leaves a thread running, which would abort Python at the end."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QThread, QThreadPool  # noqa: PLC0415 - only where a test has Qt
    from shiboken6 import isValid  # noqa: PLC0415

    started: WeakSet[QThread] = WeakSet()
    start = QThread.start

    def noting(
        thread: QThread, priority: QThread.Priority = QThread.Priority.InheritPriority
    ) -> None:
        started.add(thread)
        start(thread, priority)

    request.getfixturevalue("monkeypatch").setattr(QThread, "start", noting)
    yield
    assert QThreadPool.globalInstance().waitForDone(2000), "left running: a pool's job"
    left = [thread for thread in started if isValid(thread) and not thread.wait(2000)]
    assert not left, f"left running: {left}"


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """The application in the shipped type, so that text has the same widths everywhere."""
    from studio.ui import theme  # noqa: PLC0415 - only where a test has Qt

    theme.load_fonts()
    qapp.setFont(theme.font(12))
    return qapp


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of photographs and research beside the clone."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no folder {folder.name} beside the clone")
    return folder
