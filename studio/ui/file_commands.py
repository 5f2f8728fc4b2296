"""What the File menu does: cases opened, saved and closed without losing anything."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.editing.edits.photos import add_photo
from studio.editing.edits.whole import set_client
from studio.model.case import Case, Client
from studio.model.refusal import Refusal
from studio.storage.casefile import SUFFIX
from studio.storage.recovery import Abandoned, find_abandoned
from studio.ui import jobs
from studio.ui.clipboard_images import dropped_paths, image_bytes
from studio.ui.dialogs.add_photos import AddPhotos
from studio.ui.dialogs.client import ask_client
from studio.ui.dialogs.file_names import ask_where, documents, pictures
from studio.ui.dialogs.messages import ask_to_save, tell
from studio.ui.dialogs.recovered import offer_recovered
from studio.ui.importing import Import, photo_from
from studio.ui.workbench import Workbench

CASES = "Hairline Studio (*.hairline)"


MadeCase = Callable[[], tuple[Case, dict[str, bytes]]]
"""Makes a case and its pictures by SHA-256."""


class FileCommands:
    """Commands on files; questions are asked in dialogs that do not stop the program."""

    def __init__(self, window: QWidget, bench: Workbench) -> None:
        self._window = window
        self._bench = bench
        self._photos: Path | None = None

    def new(self) -> None:
        """An empty case."""
        self.when_safe(self._bench.open_case.new)

    def ask_open(self) -> None:
        """Ask for a case file and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, QCoreApplication.translate("Files", "Open a case"), self._folder(), CASES
        )
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a case file."""
        self.when_safe(lambda: self._open(path))

    def open_made(self, make: MadeCase) -> None:
        """Make a case in the background and put it on the desk: the practice case."""

        def made(result: tuple[Case, dict[str, bytes]]) -> None:
            self.when_safe(lambda: self._bench.open_case.show_made(*result))

        def refused(refusal: Refusal) -> None:
            self._bench.said.emit(str(refusal))

        self._bench.said.emit(QCoreApplication.translate("Files", "Opening the practice head"))
        jobs.start(self._bench.pool, make, made, refused)

    def save(self) -> bool:
        """Save to the case's file, or ask for one; False if nothing was saved."""
        path = self._bench.open_case.path
        return self.save_as() if path is None else self._save(path)

    def save_as(self) -> bool:
        """Ask for a file and save to it."""
        start = self._bench.open_case.path or Path(f"{self.case_name()}{SUFFIX}")
        title = QCoreApplication.translate("Files", "Save as")
        path = ask_where(self._window, title, start, SUFFIX, "Hairline Studio")
        return path is not None and self._save(path)

    def case_name(self) -> str:
        """What to call the case where a name is needed and privacy allows none."""
        path = self._bench.open_case.path
        if path is not None:
            return path.stem
        return self._bench.case.client.number or QCoreApplication.translate("Files", "New case")

    def when_safe(self, then: Callable[[], object]) -> None:
        """Do something that replaces the case, after asking what becomes of unsaved work."""
        open_case = self._bench.open_case
        open_case.history.cancel_open()
        if open_case.saved:
            self._try(then)
            return

        def save_first() -> None:
            if self.save():
                self._try(then)

        ask_to_save(self._window, self.case_name(), save_first, lambda: self._try(then))

    def ask_photos(self) -> None:
        """Ask for photo files and take them in."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            QCoreApplication.translate("Files", "Add photos"),
            str(self._photos or pictures()),
            QCoreApplication.translate("Files", "Photos")
            + " (*.jpg *.jpeg *.png *.tif *.tiff *.webp *.heic *.heif *.avif *.bmp);;"
            + QCoreApplication.translate("Files", "All files")
            + " (*)",
        )
        if names:
            self._photos = Path(names[0]).parent
            self.take_in([Path(name) for name in names])

    def take_in(self, paths: list[Path]) -> None:
        """Take in photos, or open a case: one at a time, and not both at once."""
        cases = [path for path in paths if path.suffix.lower() == SUFFIX]
        if cases and len(paths) > 1:
            words = QCoreApplication.translate(
                "Files", "A case is opened alone. Drop one case, or photos for the open one."
            )
            self._bench.said.emit(words)
            return
        if cases:
            self.open(cases[0])
            return
        importing = self._import()
        importing.add_files(paths)
        self._follow(importing)

    def take_in_data(self, data: QMimeData) -> bool:
        """Take in what was dropped or pasted; False if it holds no photos."""
        paths = dropped_paths(data)
        image = data.imageData() if data.hasImage() and not paths else None
        if paths:
            self.take_in(paths)
        elif isinstance(image, QImage) and not image.isNull():
            name = QCoreApplication.translate("Files", "Pasted picture")
            self.take_in_bytes(name, image_bytes(image))
        else:
            return False
        return True

    def take_in_bytes(self, name: str, data: bytes) -> None:
        """Take in one picture from the clipboard."""
        importing = self._import()
        importing.add_bytes(name, data)
        self._follow(importing)

    def ask_client(self) -> None:
        """Ask who the case is about."""

        def done(client: Client) -> None:
            label = QCoreApplication.translate("Steps", "Change client")
            self._bench.apply(label, lambda case: set_client(case, client))

        ask_client(self._window, self._bench.case.client, done)

    def offer_recovery(self, otherwise: Callable[[], object]) -> None:
        """Offer what a killed program left behind; `otherwise` runs if none is opened."""
        found: list[Abandoned] = []
        try:
            found = find_abandoned()
        except Refusal as refusal:
            tell(self._window, QCoreApplication.translate("Files", "Recovery"), str(refusal))
        if found:
            offer_recovered(self._window, self._bench.look, found, self._recover, otherwise)
        else:
            otherwise()

    def _folder(self) -> str:
        """Where cases are looked for: beside the open one."""
        path = self._bench.open_case.path
        return str(path.parent if path is not None else documents())

    def _recover(self, work: Abandoned) -> None:
        self._try(lambda: self._bench.open_case.recover(work))

    def _open(self, path: Path) -> None:
        notes = self._bench.open_case.open(path)
        if notes:
            tell(
                self._window,
                QCoreApplication.translate("Files", "Please look at this"),
                "\n\n".join(notes),
            )

    def _save(self, path: Path) -> bool:
        try:
            self._bench.open_case.save(path)
        except Refusal as refusal:
            tell(self._window, QCoreApplication.translate("Files", "Not saved"), str(refusal))
            return False
        return True

    def _try(self, then: Callable[[], object]) -> None:
        try:
            then()
        except Refusal as refusal:
            tell(
                self._window, QCoreApplication.translate("Files", "That did not work"), str(refusal)
            )

    def _import(self) -> Import:
        return Import(self._bench.pool, [photo.view for photo in self._bench.case.photos])

    def _follow(self, importing: Import) -> None:
        AddPhotos(self._window, self._bench.look, importing, self._add).open()

    def _add(self, importing: Import) -> None:
        known = {photo.sha256 for photo in self._bench.case.photos}
        photos = []
        for row in importing.taken:
            if row.arrival is None:
                continue
            photo = photo_from(row)
            if photo.sha256 in known:
                words = QCoreApplication.translate("Files", "{name} is in the case already.")
                self._bench.said.emit(words.format(name=row.name))
            else:
                known.add(photo.sha256)
                photos.append(photo)
                self._bench.open_case.add_photo_bytes(photo.sha256, row.arrival.intake.stored)
                self._bench.pictures.add(photo.sha256, row.arrival.pyramid)

        def edit(case: Case) -> Case:
            for photo in photos:
                case = add_photo(case, photo)
            return case

        label = QCoreApplication.translate("Steps", "Add photos")
        if photos and self._bench.apply(label, edit):
            self._bench.show_photo(photos[0].id)
