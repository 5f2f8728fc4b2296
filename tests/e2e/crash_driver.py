"""Runs the real program in a process of its own, for a test to kill it and start it again.

`draw CASE.json`: take in a photo, draw, write the case to the file, stay open.
`recover CASE.json`: start again, open what is offered, write the case to the file, end.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from studio.app import begin, make_app, make_window
from studio.storage.codec import to_json
from studio.ui.dialogs.add_photos import AddPhotos
from studio.ui.dialogs.frame import Dialog
from studio.ui.window import Window
from tests.e2e.drawing import PHOTO, draw_design
from tests.ui.studio_window import dialog_of, drop, press_button, words_of

PATIENCE_S = 30.0


def until(true: Callable[[], bool]) -> None:
    """Let the program run until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        QCoreApplication.processEvents()
        if time.monotonic() > end:
            raise TimeoutError(true)
        time.sleep(0.005)


def draw(window: Window) -> None:
    """Steps of every kind, the last one a moment before the end."""
    drop(window, PHOTO)
    dialog = dialog_of(window, AddPhotos)
    until(dialog.go.isEnabled)
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    until(lambda: window.canvas.viewport is not None)
    draw_design(window)


def recover(window: Window) -> None:
    """What a person does who wants the work back."""
    until(lambda: any(d.isVisible() for d in window.findChildren(Dialog)))
    dialog = dialog_of(window, Dialog)
    for words in ("Unsaved work was recovered", "photos 1, variants 1, curves 1, zones 1"):
        if words not in words_of(dialog):
            raise LookupError(words_of(dialog))
    press_button(dialog, "Open recovered")
    until(lambda: bool(window.bench.case.photos))


def main() -> None:
    """See above."""
    what, out = sys.argv[1], Path(sys.argv[2])
    app = make_app(sys.argv[:1])
    window = make_window(app)
    window.resize(1600, 1000)
    window.show()
    begin(window)
    {"draw": draw, "recover": recover}[what](window)
    out.write_bytes(to_json(window.bench.case))
    sys.stdout.write(f"saved={window.bench.open_case.saved}\n")
    sys.stdout.flush()
    if what == "draw":
        app.exec()
    window.bench.pool.waitForDone()
    window.bench.open_case.close()


if __name__ == "__main__":
    main()
