"""The cases opened last."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from studio.storage.atomic import replace_file
from studio.storage.places import settings_folder

LIMIT = 10


@dataclass(frozen=True, slots=True)
class RecentCase:
    """A case opened before; `missing` when it is not where it was."""

    path: Path
    missing: bool


def recent() -> tuple[RecentCase, ...]:
    """The cases opened last, the newest first, at most ten."""
    return tuple(RecentCase(Path(p), missing=not Path(p).is_file()) for p in _read())


def remember(path: Path) -> None:
    """Put a case on top of the list. Raises Refusal when the list cannot be written."""
    name = str(path.resolve())
    _write([name, *(p for p in _read() if p != name)][:LIMIT])


def forget(path: Path) -> None:
    """Take a case off the list."""
    gone = {str(path), str(path.resolve())}
    _write([p for p in _read() if p not in gone])


def _list() -> Path:
    return settings_folder() / "recent.json"


def _read() -> list[str]:
    try:
        return msgspec.json.decode(_list().read_bytes(), type=list[str])[:LIMIT]
    except FileNotFoundError:
        return []
    except (msgspec.DecodeError, UnicodeDecodeError):
        # only a convenience: a list that cannot be read starts anew
        return []


def _write(names: list[str]) -> None:
    replace_file(_list(), lambda file: file.write(msgspec.json.encode(names)))
