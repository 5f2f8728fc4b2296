"""Files that are either the old ones or the new ones, never half of each."""

import contextlib
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from studio.model.ids import new_id
from studio.model.refusal import Refusal

HALF = ".saving"
"""How the names of half-written files end."""

_BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone tells text from bytes here."""

WORDS = {
    errno.ENOSPC: "the disk is full. Free some space, or save to another disk.",
    errno.EDQUOT: "your share of the disk is used up. Free some space, or save to another disk.",
    errno.EACCES: "this folder or file may not be written to. Save to another folder.",
    errno.EPERM: "this folder or file may not be written to. Save to another folder.",
    errno.EROFS: "this disk is read-only. Save to another disk.",
    errno.ENOENT: "the folder is not there any more. Save to another folder.",
    errno.ENOTDIR: "the folder is not there any more. Save to another folder.",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one.",
    errno.EFBIG: "the disk does not take files this large. Save to another disk.",
}


def replace_file(
    path: Path, write: Callable[[BinaryIO], object], check: Callable[[Path], object] | None = None
) -> None:
    """Write beside `path`, let `check` read it back, then swap it in.

    A link is followed, the permissions of an existing file are kept. Raises Refusal when
    the disk does not allow it, and whatever `write` and `check` raise; then `path` is what
    it was.
    """
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            raise Refusal("Not saved: what has this name is no file. Choose another name.")
        half = target.with_name(f".{target.name}.{new_id()}{HALF}")
        # the mode is what the person's umask makes of it, as for any new file
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    except OSError as error:
        raise not_saved(error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(half)
        _keep_mode(target, half)
        half.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise not_saved(error) from error
    finally:
        half.unlink(missing_ok=True)


def not_saved(error: OSError) -> Refusal:
    """The sentence for a file that could not be written."""
    reason = WORDS.get(error.errno or 0, f"the disk answered “{error.strerror or 'no reason'}”.")
    return Refusal(f"Not saved: {reason}")


def clear_half_written(path: Path) -> None:
    """Remove half-written files that a killed program left beside `path`."""
    target = path.resolve()
    for file in target.parent.iterdir():
        if file.name.startswith(f".{target.name}.") and file.name.endswith(HALF):
            # another program may be clearing up as well
            file.unlink(missing_ok=True)


def _keep_mode(old: Path, new: Path) -> None:
    if not old.exists():
        return
    mode = old.stat().st_mode & 0o777
    if new.stat().st_mode & 0o777 != mode:
        # sticks and shares without permissions refuse this, and need none
        with contextlib.suppress(OSError):
            new.chmod(mode)


def sync_folder(folder: Path) -> None:
    """Have the folder's own entries written to the disk; Windows does that by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # some network shares cannot do this for a folder; the file is safe on them already
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
