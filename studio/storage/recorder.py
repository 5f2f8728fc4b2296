"""Work that survives the program: each step is on the disk within two seconds."""

import platform
import shutil
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from studio.model.case import Case
from studio.model.ids import new_id
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.storage.atomic import not_saved, replace_file
from studio.storage.casefile import CaseFile, photo_name
from studio.storage.codec import to_json
from studio.storage.hold import Hold, hold
from studio.storage.recovery import ALIVE, CASE, MANIFEST, PHOTOS, Origin, made, recovery_root

DELAY_S = 0.8
"""Steps within this time are written as one; the promise is two seconds."""


class Recorder:
    """Writes the open case to its recovery folder, on a thread of its own.

    `base` is the file that was opened and `opened` what was in it. `tell` is called on
    that thread with one sentence whenever writing failed.
    """

    def __init__(
        self,
        base: Path | None = None,
        opened: CaseFile | None = None,
        tell: Callable[[str], object] = str,
    ) -> None:
        """Claim a recovery folder. Raises Refusal when the disk does not allow it."""
        self._tell = tell
        self._in_base = frozenset(opened.photos if opened else ())
        self._on_disk: set[str] = set()
        self._wake = threading.Condition()
        self._waiting: tuple[Case, Mapping[str, bytes]] | None = None
        self._latest: Case | None = None
        self._busy = self._hurry = self._closed = False
        try:
            self._folder, self._alive = _new_folder()
        except OSError as error:
            raise not_saved(error) from error
        self._note_origin(base, opened.digest if opened else None)
        self._thread = threading.Thread(target=self._run, name="recovery", daemon=True)
        self._thread.start()

    def submit(self, case: Case, photos: Mapping[str, bytes]) -> None:
        """Have a step written soon; `photos` holds all pictures of the case. Never waits."""
        with self._wake:
            self._waiting = (case, photos)
            self._latest = case
            self._wake.notify_all()

    def flush(self) -> None:
        """Wait until the last step submitted is on the disk, or its failure was told."""
        with self._wake:
            self._hurry = True
            self._wake.notify_all()
            self._wake.wait_for(lambda: self._waiting is None and not self._busy)
            self._hurry = False

    def saved(self, base: Path, case: Case, sha256: str) -> None:
        """This very case is in the file `base` now, whose SHA-256 is given.

        Nothing is left to recover, unless steps were submitted after it.
        """
        with self._wake:
            if self._latest is None or self._latest is case:
                self._waiting = None
                self._wake.wait_for(lambda: not self._busy)
                (self._folder / CASE).unlink(missing_ok=True)
            self._in_base = frozenset(photo.sha256 for photo in case.photos)
            self._note_origin(base, sha256)
            self._wake.notify_all()

    def close(self, *, keep: bool = False) -> None:
        """End recording. The folder is removed (the work is saved, or was given up in words)
        unless `keep`: then the last step is written and offered at the next start.
        """
        if keep:
            self.flush()
        with self._wake:
            self._closed, self._waiting = True, None
            self._wake.notify_all()
        self._thread.join()
        try:
            if not keep and self._folder.exists():
                shutil.rmtree(self._folder)
        except OSError as error:
            raise Refusal("The recovery copy of this case could not be removed.") from error
        finally:
            self._alive.release(remove=not keep)

    def _note_origin(self, base: Path | None, sha256: str | None) -> None:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        origin = Origin(str(base.resolve()) if base else None, sha256, platform.node(), since)
        _write(self._folder / MANIFEST, msgspec.json.encode(origin))

    def _run(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._waiting is not None or self._closed)
                self._wake.wait_for(lambda: self._hurry or self._closed, DELAY_S)
                if self._closed:
                    return
                step, self._waiting = self._waiting, None
                self._busy = step is not None
            if step is not None:
                self._record(*step)

    def _record(self, case: Case, photos: Mapping[str, bytes]) -> None:
        try:
            # a photo that is nowhere else comes before the case that speaks of it
            self._copy([p for p in case.photos if p.sha256 not in self._in_base], photos)
            _write(self._folder / CASE, to_json(case))
            self._copy(case.photos, photos)
        except Refusal as refusal:
            self._tell(f"Recovery: {refusal}")
        except Exception as error:  # noqa: BLE001 (one bad step must not end the recording)
            self._tell(f"Recovery: not saved ({type(error).__name__}). Save the case now.")
        finally:
            with self._wake:
                self._busy = False
                self._wake.notify_all()

    def _copy(self, wanted: tuple[Photo, ...] | list[Photo], photos: Mapping[str, bytes]) -> None:
        for photo in wanted:
            data = photos.get(photo.sha256)
            if data is not None and photo.sha256 not in self._on_disk:
                _write(self._folder / PHOTOS / photo_name(photo), data)
                self._on_disk.add(photo.sha256)


def _new_folder() -> tuple[Path, Hold]:
    """The claim comes first: a folder that nobody holds is abandoned."""
    name = new_id()
    alive = hold(recovery_root() / (name + ALIVE))
    assert alive is not None, "ids are unique"
    return made(recovery_root() / name), alive


def _write(path: Path, data: bytes) -> None:
    made(path.parent)
    replace_file(path, lambda file: file.write(data))
