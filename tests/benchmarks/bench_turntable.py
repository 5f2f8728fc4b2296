"""The turntable at 800 x 800 with a design of 10,000 dots: a frame while dragged, and at rest."""

import statistics
import time
from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from studio.model.chart import HEAD
from studio.model.curve import Curve, Node
from studio.render.orbit import Orbit
from studio.render.turntable import Shown, Turntable
from tests.render.test_turntable import on_head
from tests.unit.skin.head.heads import head

ROUNDS = 40
RING = ((-75.0, 40.0), (75.0, 40.0), (75.0, 150.0), (-75.0, 150.0))
LINE = (Node((-75.0, 150.0)), Node((0.0, 150.0)), Node((75.0, 150.0)))


def run() -> dict[str, dict[str, float]]:
    """Median frame times in a drag round the head, and of the picture at rest."""
    app = QGuiApplication.instance() or QGuiApplication([])
    case = on_head(head(1), RING)
    curve = Curve(id="c", name="", chart=HEAD, nodes=LINE)
    table = Turntable(str)
    table.follow(replace(case, variants=(replace(case.variant, curves=(curve,)),)))
    figures = {
        "turntable_frame_800": {"median_ms": _median(table, 2)},
        "turntable_rest_800": {"median_ms": _median(table, 1)},
    }
    del app
    return figures


def _median(table: Turntable, pitch: int) -> float:
    times = []
    for number in range(ROUNDS):
        orbit = Orbit(turn=3.0 * number - 60, rise=0.8 * number)
        start = time.perf_counter()
        table.picture(orbit, (800, 800), Shown(), "#262626", pitch)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
