"""The note beside an open case that says who has it."""

import getpass
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from studio.model.refusal import Refusal
from studio.storage.atomic import clear_half_written
from studio.storage.hold import Hold, hold


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a case open, on which machine, since when (ISO 8601, UTC)."""

    user: str
    host: str
    since: str


class LockedBy(Refusal):
    """The case is open elsewhere."""

    def __init__(self, holder: Holder) -> None:
        """Words for the person who wants it too."""
        super().__init__(
            f"This case is open: {holder.user} on {holder.host}, since {_local(holder.since)}. "
            "Close it there first, or open a copy."
        )
        self.holder = holder


class CannotLock(Refusal):
    """The folder takes no note: the case can be looked at, others are not warned."""


@dataclass
class Lock:
    """A case held open by this window."""

    claim: Hold

    def release(self) -> None:
        """Let others open the case; harmless when already released."""
        self.claim.release()


def acquire(path: Path, *, take_over: bool = False) -> Lock:
    """Hold the case `path` for this window.

    A note left behind by a killed program on this machine counts for nothing. One from
    another machine is respected unless `take_over`, which the person must have asked for.
    Half-written saves lying beside the case are removed. Raises LockedBy, or CannotLock
    where the folder cannot be written to.
    """
    target = path.resolve()
    note = target.with_name(f".{target.name}.lock")
    try:
        claim = hold(note)
        if claim is None:
            raise LockedBy(_holder(note.read_bytes()[:LIMIT]) or UNKNOWN)
        before = _holder(claim.read())
        if before and before.host != platform.node() and not take_over:
            claim.release(remove=False)
            raise LockedBy(before)
        claim.write(msgspec.json.encode(Holder(_user(), platform.node(), _now())))
        clear_half_written(target)
    except OSError as error:
        other = _left_by_other(note)
        if other is not None and not take_over:
            raise LockedBy(other) from error
        raise CannotLock(
            "This folder cannot be written to, so nobody is warned that the case is open. "
            "To change the case, save it to another folder."
        ) from error
    return Lock(claim)


LIMIT = 4096
UNKNOWN = Holder("another window", "this machine", "a moment ago")


def _holder(data: bytes) -> Holder | None:
    """Who wrote the note; None for an empty or unreadable one."""
    try:
        return msgspec.json.decode(data, type=Holder)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _left_by_other(note: Path) -> Holder | None:
    """Who wrote a note that this person may read but not change."""
    try:
        return _holder(note.read_bytes()[:LIMIT])
    except OSError:
        return None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _local(since: str) -> str:
    """`2026-08-01 14:05` on the person's own clock; other text stays as it is."""
    try:
        return f"{datetime.fromisoformat(since).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return since


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="minutes")
