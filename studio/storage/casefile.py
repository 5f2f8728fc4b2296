"""`NAME.hairline`: one ZIP with a manifest, the case and its photos.

| member | what |
| --- | --- |
| `manifest.json` | first; `format`, `app` and `id` of the case: all formats have these |
| `case.json` | the case, keys sorted |
| `photos/SHA256.jpg` | the photos as they were taken in, not packed again |
"""

import hashlib
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from studio import __version__
from studio.model.case import Case
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.storage import archive
from studio.storage.archive import NotACase
from studio.storage.atomic import not_saved, replace_file
from studio.storage.codec import from_raw, parse, to_json
from studio.storage.migrations import FORMAT, upgrade

SUFFIX = ".hairline"

_EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png"}
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Member dates say nothing, so that equal cases give equal files."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What every format of the case file says of itself."""

    format: int
    app: str
    id: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case file as read.

    `photos` are the pictures' bytes by SHA-256. Those in `damaged` are not what was once
    saved, or missing from `photos`; hand `damaged` to `write` to keep what is left of
    them. `notes` are sentences to show. `digest` is the SHA-256 of the file.
    """

    case: Case
    photos: dict[str, bytes]
    notes: tuple[str, ...]
    damaged: frozenset[str]
    digest: str


class NewerFormat(NotACase):
    """The file was written by a later studio."""


def read(path: Path) -> CaseFile:
    """Read a case file. A damaged photo is noted and kept, anything else damaged refused.

    Raises NotACase, NewerFormat or another Refusal, each with one plain sentence.
    """
    with archive.opened(path) as opened:
        manifest = _manifest(opened)
        raw = parse(archive.member(opened, archive.CASE))
        migrated = upgrade(raw, manifest.format)
        case = from_raw(raw)
        photos, strangers = _photos(opened, case)
    damaged = frozenset(p.sha256 for p in case.photos if not _intact(p, photos))
    notes = (*migrated, *_notes(case, photos, damaged), *strangers)
    return CaseFile(case, photos, notes, damaged, digest(path))


def write(
    path: Path,
    case: Case,
    photos: Mapping[str, bytes],
    damaged: frozenset[str] = frozenset(),
) -> str:
    """Save a case with the pictures of its photos; returns the file's SHA-256.

    The new file is written beside the old one, read back, and swapped in. A file of an
    older format is kept as `NAME.hairline~`. Raises Refusal if anything is wrong: a full
    disk, a photo of the case that is not in `photos` (unless in `damaged`); the old file
    is then untouched.
    """
    data = to_json(case)
    missing = {p.sha256 for p in case.photos if not _intact(p, photos)} - damaged
    if missing:
        raise Refusal(f"Not saved: {len(missing)} photos of the case are lost. Add them again.")
    _keep_older(path)
    replace_file(
        path,
        lambda file: _pack(file, case, data, photos),
        lambda half: _compare(half, case, photos),
    )
    return digest(path)


def digest(path: Path) -> str:
    """SHA-256 of a file, to see whether somebody else changed it."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NotACase("The file cannot be read any more. Look for it and open it.") from error


def photo_name(photo: Photo) -> str:
    """File name under which a photo is kept."""
    return photo.sha256 + _EXTENSIONS.get(photo.media, ".bin")


def _manifest(opened: zipfile.ZipFile) -> Manifest:
    raw = parse(archive.member(opened, archive.MANIFEST))
    try:
        manifest = msgspec.convert(raw, type=Manifest)
    except msgspec.ValidationError as error:
        raise NotACase("This is not a case file of Hairline Studio.") from error
    if manifest.format > FORMAT:
        raise NewerFormat(
            f"This case was saved by a newer Hairline Studio (file format {manifest.format}; "
            f"this one reads up to {FORMAT}). Update this one to open it."
        )
    if manifest.format < 1:
        raise NotACase("This is not a case file of Hairline Studio.")
    return manifest


def _photos(opened: zipfile.ZipFile, case: Case) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Pictures of the case's photos, and a note on members that are none of its business."""
    wanted = {photo.sha256 for photo in case.photos}
    photos: dict[str, bytes] = {}
    strangers = 0
    for info in opened.infolist():
        match = archive.PHOTO.fullmatch(info.filename)
        if match and match[1] in wanted:
            photos[match[1]] = archive.salvage(opened, info)
        elif info.filename not in {archive.MANIFEST, archive.CASE} and not info.is_dir():
            strangers += 1
    if not strangers:
        return photos, ()
    return photos, (f"{strangers} other files inside are not part of the case and were left out.",)


def _notes(case: Case, photos: dict[str, bytes], damaged: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        f"Photo {number} ({photo.view.value}) is "
        + ("damaged; what is left of it is kept." if photo.sha256 in photos else "missing.")
        + " Add the original again."
        for number, photo in enumerate(case.photos, start=1)
        if photo.sha256 in damaged
    )


def _intact(photo: Photo, photos: Mapping[str, bytes]) -> bool:
    data = photos.get(photo.sha256)
    return data is not None and hashlib.sha256(data).hexdigest() == photo.sha256


def _pack(file: BinaryIO, case: Case, data: bytes, photos: Mapping[str, bytes]) -> None:
    manifest = msgspec.json.encode(Manifest(FORMAT, __version__, case.id))
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(_entry(archive.MANIFEST), manifest)
        packed.writestr(_entry(archive.CASE), data, zipfile.ZIP_DEFLATED, 6)
        for name, sha in {f"photos/{photo_name(p)}": p.sha256 for p in case.photos}.items():
            if sha in photos:
                packed.writestr(_entry(name), photos[sha], zipfile.ZIP_STORED)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.external_attr = 0o100644 << 16
    entry.create_system = 3
    return entry


def _compare(half: Path, case: Case, photos: Mapping[str, bytes]) -> None:
    """Read back what was written. Raises Refusal unless it is all there."""
    back = read(half)
    kept = {p.sha256: photos[p.sha256] for p in case.photos if p.sha256 in photos}
    if back.case != case or back.photos != kept:
        raise Refusal("Not saved: the disk gave back other data. Save to another disk.")


def _keep_older(path: Path) -> None:
    """Copy a file that is about to change its format to `NAME.hairline~`."""
    try:
        with archive.opened(path) as opened:
            old = _manifest(opened).format < FORMAT
    except NewerFormat:
        raise
    except NotACase:
        # nothing of ours to keep
        return
    if old:
        try:
            shutil.copy2(path, path.with_name(path.name + "~"))
        except OSError as error:
            raise not_saved(error) from error
