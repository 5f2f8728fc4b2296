"""One move of a hairline's slider as the program does it: value told, canvas painted.

The real window on the practice head, its own design lying there too. `run()` gives
{name: {"median_ms": x, ...}}.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
import time
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QSlider

from studio.app import make_app, make_window
from studio.model.case import Case
from studio.ui.panels.hairline_section import HairlineSection
from studio.ui.window import Window
from tests.heads_of_practice import practice_on_head
from tests.planes_of_practice import practice_on_planes

ROUNDS = 60
STEP = 20
"""Positions of 1000 in one move: 1.4 mm of height, 0.1 mm of large waves."""

SETTLED_S, PATIENCE_S = 1.0, 5.0


class Paints(QObject):
    """Counts what is painted of one widget."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def run() -> dict[str, dict[str, float]]:
    """Height and large waves, on the head and on a plane."""
    made = QApplication.instance()
    app = made if isinstance(made, QApplication) else make_app(["bench"])
    found: dict[str, dict[str, float]] = {}
    for place, (case, photos) in (
        ("", practice_on_head()),
        ("_plane", practice_on_planes()),
    ):
        window = make_window(app)
        window.resize(1600, 1000)
        window.show()
        window.bench.open_case.show_made(bare(case), dict(photos))
        window.show_stage("design")
        settle(app)
        window.hairlines.grow()
        settle(app)
        found[f"hairline_slider_app{place}"] = slid(app, window, "Height")
        found[f"hairline_waves_app{place}"] = slid(app, window, "Large waves")
        window.bench.open_case.history.mark_saved(window.bench.case)
        window.bench.pool.waitForDone(10000)
        window.close()
    return found


def bare(case: Case) -> Case:
    """The photos with nothing drawn."""
    return replace(case, variants=(replace(case.variant, curves=(), zones=()),))


def settle(app: QApplication) -> None:
    """Until pictures, figures and notes are there."""
    end = time.perf_counter() + SETTLED_S
    while time.perf_counter() < end:
        app.processEvents()


def slid(app: QApplication, window: Window, name: str) -> dict[str, float]:
    """The slider dragged up over two fifths of its range, again and again."""
    section = window.findChildren(HairlineSection)[0]
    slider = next(s for s in section.findChildren(QSlider) if s.accessibleName() == name)
    paints = Paints()
    window.canvas.installEventFilter(paints)
    slider.setSliderDown(True)
    first, times = slider.value(), []
    for turn in range(ROUNDS + 5):
        before = paints.count
        start = time.perf_counter()
        slider.setValue(first - 200 + STEP * (turn % 20 + 1))
        while paints.count == before:
            app.processEvents()
            if time.perf_counter() - start > PATIENCE_S:
                raise TimeoutError(f"the canvas was not painted after {name} was moved")
        times.append((time.perf_counter() - start) * 1000)
    slider.setSliderDown(False)
    settle(app)
    times = sorted(times[5:])
    return {"median_ms": statistics.median(times), "p90_ms": times[int(0.9 * len(times))]}
