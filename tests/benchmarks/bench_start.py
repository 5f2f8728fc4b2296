"""From starting the process to the window's first paint, warm."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 5


def run() -> dict[str, dict[str, float]]:
    """`start_to_first_paint`, and beside it a bare interpreter with Qt as the floor."""
    with tempfile.TemporaryDirectory() as home:
        # warm is with compiled modules, as pip leaves them; the first start writes them
        environment = {
            **os.environ,
            "HAIRLINE_STUDIO_HOME": home,
            "PYTHONPYCACHEPREFIX": home,
            "PYTHONDONTWRITEBYTECODE": "",
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        }
        studio = [
            _seconds(["-m", "studio.app", "--time-start"], environment) for _ in range(RUNS + 1)
        ]
        floor = [_seconds(["-c", BARE], environment) for _ in range(RUNS + 1)]
    return {
        "start_to_first_paint": {"median_ms": 1000 * statistics.median(studio[1:])},
        "start_floor_empty_qt_window": {"median_ms": 1000 * statistics.median(floor[1:])},
    }


BARE = """
from PySide6.QtWidgets import QApplication, QWidget
from PySide6.QtCore import QTimer
import json, sys
app = QApplication([])
w = QWidget()
w.resize(1600, 1000)
w.show()
def tell():
    sys.stdout.write(json.dumps({"first_paint_ms": 0}) + "\\n")
    sys.stdout.flush()
    app.quit()
QTimer.singleShot(0, tell)
app.exec()
"""


def _seconds(arguments: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        if process.stdout is None:
            raise RuntimeError("no output to read")
        line = process.stdout.readline()
        seconds = time.perf_counter() - started
        json.loads(line)
        process.wait(30)
    return seconds
