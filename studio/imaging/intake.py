"""Photos in: a file's bytes become upright sRGB pixels and the clean copy the case keeps."""

import hashlib
import io
import stat
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, TiffImagePlugin
from PIL.ImageFile import ImageFile

from studio.imaging import colour, formats, jpeg
from studio.imaging.formats import PhotoRefused
from studio.imaging.metadata import Metadata, read_metadata
from studio.model.arrays import ByteArray

UPRIGHT = "Turned upright."
SEVERAL = "The file holds several pictures: the first one was taken."
NO_MEMORY = "there is not enough memory for it. Close other programs."
MEDIA = "image/jpeg"

_QUALITY = 95

_Turn = Image.Transpose
_TURNS = {
    2: _Turn.FLIP_LEFT_RIGHT,
    3: _Turn.ROTATE_180,
    4: _Turn.FLIP_TOP_BOTTOM,
    5: _Turn.TRANSPOSE,
    6: _Turn.ROTATE_270,
    7: _Turn.TRANSVERSE,
    8: _Turn.ROTATE_90,
}
"""EXIF orientation to the turn that undoes it."""


@dataclass(frozen=True, slots=True, eq=False)
class Intake:
    """A photo taken in. `pixels` is (height, width, 3) sRGB, upright, not writeable.

    `stored` is what goes into the case, of media type `media`: decoding it gives `pixels`
    again, and it carries no metadata. `sha256` is of `stored`. `taken` is ISO 8601,
    `focal_mm35` millimetres in 35 mm equivalent. `notices` are sentences to show.
    """

    pixels: ByteArray
    taken: str | None
    focal_mm35: float | None
    notices: tuple[str, ...]
    stored: bytes
    media: str
    sha256: str


def load(path: Path) -> Intake:
    """Take in a photo file. Raises PhotoRefused, also when the file cannot be read."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            formats.check_file_size(status.st_size)
            return take_in(path.read_bytes())
    except OSError as error:
        raise PhotoRefused(_unreadable(error)) from error
    if stat.S_ISDIR(status.st_mode):
        raise PhotoRefused("Refused: this is a folder. Open it and choose the photos inside.")
    raise PhotoRefused(f"Refused: this is not a file. Choose a {formats.READABLE} file.")


def take_in(data: bytes) -> Intake:
    """Take in the bytes of a photo file, whatever its name says. Raises PhotoRefused.

    A JPEG file that is upright and sRGB already is kept as the camera wrote it, less its
    metadata. Everything else is written as JPEG of quality 95 without colour
    subsampling: a lossless copy of a photo is four times as large and slow, for
    differences far below its own noise.
    """
    try:
        return _take_in(data)
    except MemoryError as error:
        raise PhotoRefused(f"Refused: {NO_MEMORY} Or save a smaller copy.") from error


def _take_in(data: bytes) -> Intake:
    name, picture = formats.open_photo(data)
    notices = (SEVERAL,) if _has_more(data, picture) else ()
    if name != "JPEG":
        formats.decode_pixels(name, picture)
    metadata = read_metadata(picture)
    kept = _keep(data, picture, metadata) if name == "JPEG" else None
    if kept is None:
        formats.decode_pixels(name, picture)
        rgb, colour_notices = colour.to_srgb(picture)
        if metadata.orientation in _TURNS:
            rgb = rgb.transpose(_TURNS[metadata.orientation])
            notices = (*notices, UPRIGHT)
        stored = _encode(rgb)
    else:
        stored, colour_notices = kept
    return Intake(
        pixels=_stored_pixels(stored),
        taken=metadata.taken,
        focal_mm35=metadata.focal_mm35,
        notices=(*notices, *metadata.notices, *colour_notices),
        stored=stored,
        media=MEDIA,
        sha256=hashlib.sha256(stored).hexdigest(),
    )


def decode(stored: bytes) -> ByteArray:
    """Pixels (height, width, 3), not writeable, of a photo kept in a case.

    Raises PhotoRefused if it is damaged or does not fit into the memory.
    """
    try:
        return _stored_pixels(stored)
    except MemoryError as error:
        raise PhotoRefused(f"The photo cannot be shown: {NO_MEMORY}") from error
    except PhotoRefused as error:
        raise PhotoRefused(
            "The photo in this case is damaged and cannot be shown. Add the original file again."
        ) from error


def _stored_pixels(stored: bytes) -> ByteArray:
    name, picture = formats.open_photo(stored)
    if name != "JPEG" or picture.mode not in {"L", "RGB"}:
        raise PhotoRefused("Refused: a case keeps photos as plain JPEG only.")
    formats.decode_pixels(name, picture)
    pixels: ByteArray = np.asarray(picture.convert("RGB"))
    return pixels


def _keep(
    data: bytes, picture: ImageFile, metadata: Metadata
) -> tuple[bytes, tuple[str, ...]] | None:
    """A JPEG file less its metadata, and notices, when its picture can stay as it is."""
    if picture.mode not in {"L", "RGB"} or metadata.orientation != 1:
        return None
    how = colour.conversion(picture.info.get("icc_profile"), picture.mode)
    stripped = jpeg.strip(data) if how.transform is None else None
    return None if stripped is None else (stripped, how.notices)


def _encode(rgb: Image.Image) -> bytes:
    bare = Image.new("RGB", rgb.size)  # saving would copy the comment of the original
    bare.paste(rgb)
    file = io.BytesIO()
    bare.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return file.getvalue()


def _has_more(data: bytes, picture: ImageFile) -> bool:
    """Whether a file holds more than one picture; pages of TIFF are not counted to the end."""
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        return getattr(picture, "n_frames", 1) > 1
    pages = TiffImagePlugin.TiffImageFile(io.BytesIO(data))
    try:
        pages.seek(1)
    except Exception:  # noqa: BLE001  there is no second page, or it cannot be read anyway
        return False
    return True


def _unreadable(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "Refused: the file is not there any more. Look for it and add it again."
        case PermissionError():
            return (
                "Refused: the file may not be read by you. "
                "Copy it into your own pictures folder and add it from there."
            )
        case _:
            return (
                "Refused: the file cannot be read from its disk or phone. "
                "Copy it onto this computer and add it again."
            )
