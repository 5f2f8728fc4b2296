"""A claim on a file that ends with the program, however it ends.

The operating system keeps the claim, so nothing has to be guessed from process ids,
which are given out again.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    # bytes locked on Windows cannot be read by others: lock one far behind the contents
    FAR = 1 << 30

    def _claim(handle: int) -> bool:
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
else:
    import fcntl

    def _claim(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@dataclass
class Hold:
    """A claimed file, open until `release` or the end of the program."""

    path: Path
    handle: int

    def read(self, limit: int = 4096) -> bytes:
        """The first bytes of the file."""
        os.lseek(self.handle, 0, os.SEEK_SET)
        return os.read(self.handle, limit)

    def write(self, data: bytes) -> None:
        """Make `data` the contents of the file."""
        os.ftruncate(self.handle, 0)
        os.lseek(self.handle, 0, os.SEEK_SET)
        os.write(self.handle, data)

    def release(self, *, remove: bool = True) -> None:
        """Give the claim up and remove the file; harmless when already given up."""
        if self.handle < 0:
            return
        handle, self.handle = self.handle, -1
        if sys.platform == "win32":
            # Windows removes no open file
            os.close(handle)
        if remove:
            self.path.unlink(missing_ok=True)
        if sys.platform != "win32":
            os.close(handle)


def hold(path: Path) -> Hold | None:
    """Claim a file, making it if needed; None while another program or window has it.

    Raises OSError where files cannot be made or claimed.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            claimed = _claim(handle)
            # its last holder may have removed the file between opening and claiming
            current = claimed and _is_at(handle, path)
        except BaseException:
            os.close(handle)
            raise
        if current:
            return Hold(path, handle)
        os.close(handle)
        if not claimed:
            return None


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
