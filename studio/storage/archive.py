"""The ZIP around a case: what may be in it, and how large."""

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from studio.model.refusal import Refusal

MANIFEST = "manifest.json"
CASE = "case.json"
PHOTO = re.compile(r"photos/([0-9a-f]{64})\.[a-z0-9]{1,5}")

MEMBERS = 1000
TOTAL_BYTES = 2_000_000_000
LARGEST = {MANIFEST: 65_536, CASE: 64_000_000}
LARGEST_PHOTO = 300_000_000
"""What imaging takes in as well."""

_ENCRYPTED = 0x1
_LOCAL_HEADER = 30
_CHUNK = 65_536

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What zipfile raises on hostile bytes."""


class NotACase(Refusal):
    """The file is no case file, or one that cannot be opened safely."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP at `path` with only harmless members in it. Raises NotACase."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotACase(_NO_FILE if not stat.S_ISDIR(status.st_mode) else _FOLDER)
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise NotACase(_unreadable(error)) from error
    except BROKEN as error:
        raise NotACase(_not_a_zip(path)) from error
    try:
        with archive:
            _check(archive, status.st_size)
            yield archive
    except OSError as error:
        raise NotACase(_unreadable(error)) from error


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """A small member in full. Raises NotACase when it is missing or damaged."""
    try:
        return archive.read(name)
    except KeyError as error:
        raise NotACase("This is not a case file of Hairline Studio.") from error
    except BROKEN as error:
        raise NotACase(
            "The case file is damaged. Open a copy of it, such as the last backup."
        ) from error


def salvage(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """What is left of a member, whatever its check sum says; all of it if it is sound."""
    try:
        return archive.read(info)
    except BROKEN:
        # the caller compares the SHA-256 and says what is damaged
        return _raw(archive, info)


def _raw(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    file = archive.fp
    assert file is not None, "the archive is open"
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER:
        return b""
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(info.header_offset + _LOCAL_HEADER + names)
    packed = file.read(info.compress_size)
    if info.compress_type == zipfile.ZIP_STORED:
        return packed
    return _inflated(packed, info.file_size)


def _inflated(packed: bytes, limit: int) -> bytes:
    """As much as can be unpacked before the first damaged place."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    size = 0
    with contextlib.suppress(zlib.error):
        for start in range(0, len(packed), _CHUNK):
            parts.append(unpacker.decompress(packed[start : start + _CHUNK], limit - size + 1))
            size += len(parts[-1])
            if size > limit:
                break
    return b"".join(parts)[:limit]


def _check(archive: zipfile.ZipFile, file_size: int) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if MANIFEST not in names:
        raise NotACase("This is not a case file of Hairline Studio.")
    if len(infos) > MEMBERS or len(set(names)) < len(names):
        raise NotACase(_UNSAFE.format("it holds too many parts, or one twice"))
    for info in infos:
        _check_member(info)
    packed, unpacked = sum(i.compress_size for i in infos), sum(i.file_size for i in infos)
    if unpacked > TOTAL_BYTES:
        raise NotACase(_UNSAFE.format(f"it unpacks to {unpacked / 1e9:.1f} GB"))
    if packed > file_size:
        raise NotACase(_UNSAFE.format("its parts overlap"))


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if name.startswith(("/", "\\")) or ":" in name or ".." in re.split(r"[/\\]", name):
        raise NotACase(_UNSAFE.format("a part of it points outside"))
    if stat.S_ISLNK(info.external_attr >> 16):
        raise NotACase(_UNSAFE.format("a part of it is a link"))
    if info.flag_bits & _ENCRYPTED:
        raise NotACase("The file is locked with a ZIP password. Unlock it first.")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise NotACase(_UNSAFE.format("it is packed in an unusual way"))
    if info.file_size > LARGEST.get(name, LARGEST_PHOTO):
        raise NotACase(_UNSAFE.format("a part of it is far too large"))


_FOLDER = "This is a folder. Open the case file inside."
_NO_FILE = "This is not a file. Open a case file."
_UNSAFE = "The file was not opened: {}. It was not made by Hairline Studio."


def _not_a_zip(path: Path) -> str:
    with contextlib.suppress(OSError):
        size = path.stat().st_size
        if size == 0:
            return "The file is empty. Open a copy of it, such as the last backup."
        with path.open("rb") as file:
            if file.read(4) == b"PK\x03\x04":
                return (
                    "The case file is damaged: its end is missing. "
                    "Copy it again from where it came, or open a backup."
                )
    return "This is not a case file of Hairline Studio."


def _unreadable(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "The file is not there any more. Look for it and open it again."
        case PermissionError():
            return "The file may not be read by you. Ask whoever keeps it."
        case _:
            return "The file cannot be read from its disk. Copy it to this computer and open it."
