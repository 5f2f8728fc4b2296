"""Work that a killed program left behind, found and brought back.

Every open case has a folder `recovery/SESSION` with `case.json`, `manifest.json` and
`photos/`, and beside it `SESSION.alive`, which the program holds as long as it runs.
"""

import hashlib
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.storage.casefile import digest, photo_name, read
from studio.storage.codec import from_raw, parse
from studio.storage.hold import Hold, hold
from studio.storage.migrations import FORMAT, upgrade
from studio.storage.places import state_folder

CASE = "case.json"
MANIFEST = "manifest.json"
PHOTOS = "photos"
ALIVE = ".alive"


@dataclass(frozen=True, slots=True)
class Origin:
    """Which file the work began from (None: never saved) and how that file was then."""

    base: str | None
    base_sha256: str | None
    host: str
    since: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Recovered:
    """Work brought back, complete and unsaved.

    `photos` and `damaged` as in a `CaseFile`. `base` is the file it began from;
    `base_changed` that this file is gone or not the same any more, so that the work
    should be opened as a copy.
    """

    case: Case
    photos: dict[str, bytes]
    damaged: frozenset[str]
    base: Path | None
    base_changed: bool


@dataclass
class Abandoned:
    """Work of a program that ended without closing it. Held until one of the endings.

    `name` is that of the file it began from, empty for one never saved.
    """

    folder: Path
    alive: Hold
    base: Path | None
    base_sha256: str | None
    when: datetime
    format: int

    @property
    def name(self) -> str:
        """What to call it on the screen."""
        return self.base.stem if self.base else ""

    def load(self) -> Recovered:
        """The work, complete. Raises Refusal when it cannot be read: then `move_aside`."""
        try:
            raw = parse((self.folder / CASE).read_bytes())
            upgrade(raw, self.format)
            case = from_raw(raw)
            photos = self._copies(case)
        except OSError as error:
            raise Refusal("The recovered work cannot be read from the disk.") from error
        missing = {photo.sha256 for photo in case.photos} - set(photos)
        if missing:
            photos |= {sha: data for sha, data in self._in_base().items() if sha in missing}
        sound = {sha for sha, data in photos.items() if hashlib.sha256(data).hexdigest() == sha}
        damaged = frozenset(p.sha256 for p in case.photos) - sound
        return Recovered(case, photos, damaged, self.base, self._base_changed())

    def later(self) -> None:
        """Leave it for the next start."""
        self.alive.release(remove=False)

    def move_aside(self) -> Path:
        """Keep it out of the way, for somebody to look at; returns where it went."""
        target = made(state_folder() / "recovery-aside") / self.folder.name
        self.folder.rename(target)
        self.alive.release()
        return target

    def discard(self) -> None:
        """Delete it: the person said so, or it lives on in a new recorder."""
        shutil.rmtree(self.folder)
        self.alive.release()

    def _copies(self, case: Case) -> dict[str, bytes]:
        files = {p.sha256: self.folder / PHOTOS / photo_name(p) for p in case.photos}
        return {sha: file.read_bytes() for sha, file in files.items() if file.exists()}

    def _in_base(self) -> dict[str, bytes]:
        """Pictures in the file it began from, for those there was no time to copy."""
        if self.base is None or not self.base.is_file():
            return {}
        try:
            return read(self.base).photos
        except Refusal:
            # the pictures then count as damaged, which is shown
            return {}

    def _base_changed(self) -> bool:
        if self.base is None:
            return False
        return not self.base.is_file() or digest(self.base) != self.base_sha256


def find_abandoned() -> list[Abandoned]:
    """Work that programs on this machine left behind, the newest first.

    What is found is held, so that a second window does not offer it too. Folders in which
    no step was ever written are cleared away. Raises Refusal when the disk cannot be read.
    """
    found: list[Abandoned] = []
    try:
        for entry in sorted(recovery_root().iterdir()):
            if entry.is_dir():
                found.extend(_abandoned(entry))
            elif not entry.with_suffix("").exists():
                _clear_claim(entry)
    except OSError as error:
        raise Refusal("Recovered work cannot be looked for: the disk cannot be read.") from error
    return sorted(found, key=lambda work: work.when, reverse=True)


def _abandoned(folder: Path) -> list[Abandoned]:
    alive = hold(folder.with_name(folder.name + ALIVE))
    if alive is None:
        return []
    origin = _origin(folder)
    case = folder / CASE
    if origin.host not in {"", platform.node()}:
        alive.release(remove=False)
        return []
    if not case.exists():
        # saved, or closed before the first step
        if folder.exists():
            shutil.rmtree(folder)
        alive.release()
        return []
    base = Path(origin.base) if origin.base else None
    when = datetime.fromtimestamp(case.stat().st_mtime, UTC)
    return [Abandoned(folder, alive, base, origin.base_sha256, when, origin.format)]


def _clear_claim(alive: Path) -> None:
    """Remove a claim without a folder, unless a program is just making the folder."""
    claim = hold(alive)
    if claim is not None:
        claim.release(remove=not alive.with_suffix("").exists())


def _origin(folder: Path) -> Origin:
    """Where the work came from; a manifest that cannot be read says nothing."""
    try:
        return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Origin)
    except (FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        return Origin(None, None, "", "")


def recovery_root() -> Path:
    """The folder of all recovery folders."""
    return made(state_folder() / "recovery")


def made(folder: Path) -> Path:
    """The folder, made if it is not there, for this user only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
