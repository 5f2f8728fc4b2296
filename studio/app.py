"""The window's program: composition root and last line of defence."""

import argparse
import faulthandler
import json
import logging
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from studio import __version__
from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.render.sheet import Paper
from studio.render.tokens import Theme
from studio.storage.places import settings_folder, state_folder
from studio.storage.settings import Paper as WantedPaper
from studio.storage.settings import Settings, load_settings, save_settings
from studio.storage.settings import Theme as Wanted
from studio.ui import theme
from studio.ui.dialogs.messages import tell
from studio.ui.look import Look
from studio.ui.outputs import Outputs
from studio.ui.page_jobs import PageJobs
from studio.ui.stages.all import make_stages
from studio.ui.window import Window
from studio.ui.workbench import Workbench

log = logging.getLogger("studio")

QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the studio in a window; the process's exit code."""
    started = time.perf_counter()
    multiprocessing.freeze_support()
    wanted = _arguments().parse_args(argv)
    _write_log()
    app = make_app(sys.argv[:1])
    window = make_window(app)
    _guard(window)
    if wanted.time_start:
        _TellFirstPaint(window, started)
    window.show()
    QTimer.singleShot(0, lambda: begin(window, wanted.case, practice=wanted.practice))
    return app.exec()


def make_app(arguments: list[str]) -> QApplication:
    """The QApplication with the studio's name, settings, font and no window."""
    app = QApplication(arguments)
    # an icon would stand where a menu shows what is switched on
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    QCoreApplication.setApplicationName("Hairline Studio")
    QCoreApplication.setOrganizationName("Hairline Studio")
    QCoreApplication.setApplicationVersion(__version__)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    scope = QSettings.Scope.UserScope
    QSettings.setPath(QSettings.Format.IniFormat, scope, str(settings_folder()))
    theme.load_fonts()
    return app


def make_window(app: QApplication) -> Window:
    """The whole studio, on an empty case."""
    settings, trouble = _settings()
    look = Look(Theme.LIGHT if settings.theme is Wanted.LIGHT else Theme.DARK)
    theme.apply(app, look.theme)
    bench = Workbench(look)
    outputs = Outputs(bench, PageJobs(), Paper[settings.paper.name])
    stages = partial(make_stages, outputs=outputs)
    window = Window(bench, stages, outputs.commands(), _practice)
    outputs.attach(window)
    window.status.work.cancel_wanted.connect(outputs.cancel)
    outputs.jobs.writing.connect(lambda share, _words: _show_writing(window, outputs, share))
    outputs.jobs.written.connect(window.status.work.hide)
    outputs.full_name = settings.full_names
    window.closed.connect(outputs.jobs.close)
    window.closed.connect(lambda: _remember(settings, look, outputs))
    if trouble:
        QTimer.singleShot(0, lambda: tell(window, "Hairline Studio", trouble))
    return window


def _show_writing(window: Window, outputs: Outputs, share: float) -> None:
    if outputs.jobs.file is not None:
        window.status.work.show_work(outputs.jobs.file, share)


def _practice() -> tuple[Case, dict[str, bytes]]:
    from studio.practice import practice  # noqa: PLC0415

    return practice()


def _settings() -> tuple[Settings, str]:
    """The practice's settings, and a sentence when they could not be read."""
    try:
        return load_settings(), ""
    except Refusal as refusal:
        return Settings(), str(refusal)


def _remember(settings: Settings, look: Look, outputs: Outputs) -> None:
    """Keep the theme and the paper for the next start."""
    chosen = replace(
        settings,
        theme=Wanted.LIGHT if look.theme is Theme.LIGHT else Wanted.DARK,
        paper=WantedPaper[outputs.paper.name],
        full_names=outputs.full_name,
    )
    try:
        save_settings(chosen)
    except Refusal as refusal:
        log.warning("settings not saved: %s", refusal)


def begin(window: Window, case: str | None = None, *, practice: bool = False) -> None:
    """Offer what was left behind; if none is opened, open what was asked for."""
    window.bench.open_case.new()

    def open_wanted() -> None:
        if practice:
            window.actions_by_id["practice"].trigger()
        elif case is not None:
            window.files.take_in([Path(case)])

    window.files.offer_recovery(open_wanted)


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hairline-studio", description="Open the studio.")
    parser.add_argument("case", nargs="?", help="a case file or a photo to open")
    parser.add_argument("--practice", action="store_true", help="open the practice case")
    parser.add_argument("--time-start", action="store_true", help=argparse.SUPPRESS)
    return parser


class _TellFirstPaint(QObject):
    """Prints the time from the start of `main` to the window's first paint, and quits."""

    def __init__(self, window: Window, started: float) -> None:
        super().__init__(window)
        self._started = started
        window.canvas.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the paint event to be over."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        ms = (time.perf_counter() - self._started) * 1000
        sys.stdout.write(json.dumps({"first_paint_ms": ms}) + "\n")
        sys.stdout.flush()
        QCoreApplication.quit()


def _write_log() -> None:
    """Errors go to a file in the state folder; crashes of the interpreter beside it."""
    folder = state_folder()
    logging.basicConfig(
        filename=folder / "studio.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    qInstallMessageHandler(_qt_message)


def _qt_message(kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    log.log(QT_LEVELS[kind], "Qt: %s", words)


def _guard(window: Window) -> None:
    """An error nobody expected ends the gesture, not the program, and is told once."""
    sys.excepthook = _hook(window)


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def _hook(window: Window) -> Hook:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        log.error("not expected", exc_info=(kind, error, trace))
        window.bench.open_case.history.cancel_open()
        window.say(
            "Something went wrong and the last gesture was taken back. Your work is safe; "
            "the details are in the log."
        )

    return hook


if __name__ == "__main__":
    sys.exit(main())
