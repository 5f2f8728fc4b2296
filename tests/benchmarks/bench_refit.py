"""A landmark moved on five joined photos with a design: how long until its new head is shown.

`app_refit` runs from the release of the mark until the Measure stage has painted the new
wire frame, the distances of the marks, the errors and what is wrong; `app_refit_work` is the
part of it that fits the head and lays the design onto it.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from studio.editing.edits.head import set_head
from studio.editing.edits.photos import set_landmark
from studio.headless.inputs import inputs_file, tape_of
from studio.model.case import Case
from studio.model.photo import Landmark, View
from studio.practice import practice
from studio.skin.head.joining import Joined, join
from studio.ui import theme
from studio.ui.canvas_link import CanvasLink
from studio.ui.look import Look
from studio.ui.stages.measure import MeasureStage, make_stage
from studio.ui.workbench import Workbench
from tests.benchmarks.bench_canvas import Watched
from tests.practice_inputs import write_inputs

ROUNDS = 15
STEP_PX = (8.0, -6.0)
LONGEST_S = 20.0


def marked() -> tuple[Case, dict[str, bytes]]:
    """The practice case with a hand's marks: landmarks, pencil spots, outlines and a tape."""
    case, pictures = practice()
    with tempfile.TemporaryDirectory() as folder:
        files = write_inputs(Path(folder))
        given = {view: inputs_file(view, file) for view, file in files.items()}
    photos = tuple(
        replace(
            photo,
            landmarks=given[photo.view].landmarks,
            pencil=given[photo.view].pencil,
            outline=given[photo.view].outline,
        )
        for photo in case.photos
    )
    return replace(case, photos=photos, tape=tape_of(given.values())), pictures


def moved(case: Case, turn: int) -> tuple[str, Landmark]:
    """A landmark of the front or the left photo, moved there or back."""
    photo = next(p for p in case.photos if p.view is (View.FRONT, View.LEFT)[turn // 2 % 2])
    mark = photo.landmarks[turn // 4 % len(photo.landmarks)]
    way = -1 if turn % 2 else 1
    x, y = (a + way * b for a, b in zip(mark.at, STEP_PX, strict=True))
    return photo.id, replace(mark, at=(x, y))


def _with_mark(case: Case, photo: str, mark: Landmark) -> Case:
    return set_landmark(case, photo, mark.kind, mark.at)


def work_ms(case: Case, before: Joined, turns: int) -> list[float]:
    """Milliseconds of the work on every change: what the pool does."""
    found = []
    for turn in range(turns):
        photo, mark = moved(case, turn)
        changed = _with_mark(case, photo, mark)
        start = time.perf_counter()
        after = join(changed, before)
        case = set_head(changed, after.head)
        found.append((time.perf_counter() - start) * 1000)
        before = after
    return found


def shown_ms(case: Case, pictures: dict[str, bytes], turns: int) -> list[float]:
    """Milliseconds from a step that moves a mark until its head is painted."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    look = Look()
    theme.apply(app, look.theme)
    bench, host = Workbench(look), QWidget()
    canvas = Watched(host)
    link = CanvasLink(bench, canvas)
    stage = make_stage(bench, link, {"find-sticker": QAction("Find", host)})
    layout = QHBoxLayout(host)
    for part in (stage.context, canvas, stage.inspector):
        layout.addWidget(part)
    layout.setStretchFactor(canvas, 1)
    host.resize(1600, 900)
    host.show()
    bench.open_case.show_made(case, pictures)
    stage.entered()
    stage.desk.joiner.begin()
    _settle(app, bench, stage)
    found: list[float] = []
    painted: list[int] = []

    def note(before: Case, after: Case) -> None:
        if before.head is not after.head:
            painted.append(canvas.painted)

    bench.open_case.changed.connect(note)
    for turn in range(turns):
        photo, mark = moved(bench.case, turn)
        bench.show_photo(photo)
        _settle(app, bench, stage)
        painted.clear()
        start = time.perf_counter()
        bench.apply("Move mark", partial(_with_mark, photo=photo, mark=mark))
        while not painted or canvas.painted == painted[0]:
            # asleep like the program: a busy loop would take the interpreter from the fit
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            assert time.perf_counter() - start < LONGEST_S
        found.append((time.perf_counter() - start) * 1000)
    bench.open_case.new()
    _settle(app, bench, stage)
    bench.open_case.close()
    host.close()
    app.processEvents()
    return found


def _settle(app: QApplication, bench: Workbench, stage: MeasureStage) -> None:
    """Until nothing is under way."""
    quiet = 0
    while quiet < 10:
        app.processEvents()
        time.sleep(0.01)
        busy = stage.desk.joiner.running or bench.pool.activeThreadCount()
        quiet = 0 if busy else quiet + 1


def run() -> dict[str, dict[str, float]]:
    """Medians over moved marks."""
    case, pictures = marked()
    first = join(case)
    laid = set_head(case, first.head)
    return {
        "app_refit": {"median_ms": statistics.median(shown_ms(laid, pictures, ROUNDS))},
        "app_refit_work": {"median_ms": statistics.median(work_ms(laid, first, ROUNDS))},
    }
