"""What leaves the studio: session map, picture, stickers, and paper from the printer.

The rooms that make pages are imported when the first page is wanted: starting is quick.
"""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from studio.model.refusal import Refusal
from studio.render.sheet import Paper
from studio.render.worker import Work
from studio.storage.atomic import clear_half_written
from studio.storage.places import state_folder
from studio.ui.dialogs.file_names import ask_where
from studio.ui.dialogs.messages import tell
from studio.ui.page_jobs import Job, PageJobs
from studio.ui.workbench import Workbench

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from studio.render.pages.job import MapJob

PREVIEW_DPI = 110.0


class Outputs:
    """Commands that write files; long ones run in the worker."""

    def __init__(self, bench: Workbench, jobs: PageJobs, paper: Paper) -> None:
        self._bench = bench
        self.jobs = jobs
        self.paper = paper
        self.full_name = False
        self.dots = True
        self.strip = True
        self._window: QWidget | None = None

    def attach(self, window: QWidget) -> None:
        """Say whose dialogs these are."""
        self._window = window

    def commands(self) -> dict[str, Callable[..., object]]:
        """What runs for the action ids that write files."""
        return {
            "save-map": self.ask_map,
            "print": self.ask_print,
            "save-picture": self.ask_picture,
            "stickers": self.ask_stickers,
        }

    def job(self) -> "MapJob":
        """The session map as it would be printed now."""
        from studio.render.pages.job import MapJob  # noqa: PLC0415

        return MapJob(
            case=self._bench.case,
            photos=dict(self._bench.open_case.photos),
            paper=self.paper,
            full_name=self.full_name,
            dots=self.dots,
            strip=self.strip,
        )

    def preview(
        self,
        done: Callable[[Path], object],
        failed: Callable[[str], object],
        progressed: Callable[[float, str], object],
    ) -> None:
        """Draw all pages in the worker; `done` gets the folder and deletes it."""
        from studio.render.pages.preview import write_previews  # noqa: PLC0415

        folder = preview_folder()
        work = partial(write_previews, folder, self.job(), PREVIEW_DPI)
        self.jobs.start(Job(work, done, failed, progressed))

    def ask_map(self) -> None:
        """Ask for a file and write the session map to it."""
        from studio.render.pages.session_map import write_map  # noqa: PLC0415

        path = self._ask(QCoreApplication.translate("Outputs", "Save session map"), "pdf")
        if path is not None:
            self._write(path, partial(write_map, path, self.job()))

    def ask_picture(self) -> None:
        """Ask for a file and write the photo shown, with its dots."""
        from studio.render.picture import write_picture  # noqa: PLC0415

        photo = self._bench.photo
        if photo is None:
            words = QCoreApplication.translate("Outputs", "Add a photo first.")
            if self._bench.shown is not None:
                words = QCoreApplication.translate(
                    "Outputs", "Show a photo first. The scalp map is a page of the session map."
                )
            self._bench.said.emit(words)
            return
        path = self._ask(QCoreApplication.translate("Outputs", "Save picture"), "png")
        if path is not None:
            case, stored = self._bench.case, self._bench.open_case.photos[photo.sha256]
            self._write(path, partial(write_picture, path, case, photo, stored))

    def ask_stickers(self) -> None:
        """Ask for a file and write a page of stickers."""
        from studio.render.pages.stickers import write_stickers  # noqa: PLC0415

        path = self._ask(QCoreApplication.translate("Outputs", "Save stickers"), "pdf")
        if path is not None and self._try(lambda: write_stickers(path, self.paper)):
            self._written(path)

    def ask_print(self) -> None:
        """Ask for a printer and print the session map at true size."""
        from PySide6.QtPrintSupport import QPrintDialog  # noqa: PLC0415

        from studio.ui.printing import printer_for  # noqa: PLC0415

        printer = printer_for(self.paper)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: self._print(printer))
        QDialog.open(dialog)

    def _print(self, printer: "QPrinter") -> None:
        from studio.render.pages.session_map import map_pages  # noqa: PLC0415
        from studio.ui.printing import print_pages  # noqa: PLC0415

        self._try(lambda: print_pages(printer, map_pages(self.job())))

    def _ask(self, title: str, suffix: str) -> Path | None:
        open_case = self._bench.open_case
        stem = open_case.path.stem if open_case.path else self._bench.case.client.number
        start = f"{stem or 'case'}.{suffix}"
        if open_case.path is not None:
            start = str(open_case.path.with_name(start))
        return ask_where(self._window, title, Path(start), f".{suffix}", suffix.upper())

    def _write(self, path: Path, work: Work) -> None:
        self.jobs.start(Job(work, self._written, self._failed, lambda _share, _words: None, path))

    def cancel(self) -> None:
        """Give up the files being written; nothing is left of them."""
        path = self.jobs.file
        self.jobs.cancel_files()
        if path is not None:
            clear_half_written(path)
        self._bench.said.emit(QCoreApplication.translate("Outputs", "Nothing was written."))

    def _written(self, path: Path) -> None:
        words = QCoreApplication.translate("Outputs", "Written: {name}")
        self._bench.said.emit(words.format(name=path.name))

    def _failed(self, words: str) -> None:
        if self._window is not None:
            tell(self._window, QCoreApplication.translate("Outputs", "Nothing was written"), words)

    def _try(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except Refusal as refusal:
            self._failed(str(refusal))
            return False
        return True


def preview_folder() -> Path:
    """A fresh place for preview pictures; what an earlier program left there goes."""
    folder = state_folder() / "preview"
    if folder.exists():
        shutil.rmtree(folder)
    return folder
