"""The little that is kept of a photo's metadata: how to turn it, when it was taken, the lens."""

import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from PIL import ExifTags
from PIL.ImageFile import ImageFile

UNREADABLE = "The camera's notes in the file are damaged: time and orientation were not taken."
LOCATION = "Location removed."

_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the camera wrote. `orientation` is the EXIF one, 1 (upright) to 8.

    `taken` is ISO 8601 local time, with its offset where the camera knew it;
    `focal_mm35` is millimetres in 35 mm equivalent.
    """

    orientation: int = 1
    taken: str | None = None
    focal_mm35: float | None = None
    notices: tuple[str, ...] = ()


def read_metadata(picture: ImageFile) -> Metadata:
    """Read the metadata of an opened picture; a damaged block gives a notice, never an error.

    Decode first, except JPEG: PNG may carry metadata behind the picture, and TIFF is turned
    upright while it is decoded, after which its orientation reads 1.
    """
    try:
        exif = picture.getexif()
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        located = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
        orientation = exif.get(ExifTags.Base.Orientation, 1)
    except Exception:  # noqa: BLE001  Pillow's reader fails in a dozen ways on garbage
        return Metadata(notices=(UNREADABLE,))
    if not exif and not _is_blank(picture.info.get("exif") or b""):
        # Pillow met garbage while opening and kept quiet
        return Metadata(notices=(UNREADABLE,))
    return Metadata(
        orientation=orientation if orientation in range(1, 9) else 1,
        taken=_taken(camera),
        focal_mm35=_focal(camera),
        notices=(LOCATION,) if located else (),
    )


def _is_blank(block: bytes) -> bool:
    """Whether an EXIF block is absent or a sound list of no entries (EXIF 2.32, 4.5)."""
    tiff = block.removeprefix(b"Exif\0\0")
    if not tiff:
        return True
    order: Literal["little", "big"] = "little" if tiff[:2] == b"II" else "big"
    at = int.from_bytes(tiff[4:8], order)
    return tiff[:4] in {b"II*\0", b"MM\0*"} and tiff[at : at + 2] == b"\0\0"


def _taken(camera: dict[int, Any]) -> str | None:
    for tag, offset_tag in (
        (ExifTags.Base.DateTimeOriginal, ExifTags.Base.OffsetTimeOriginal),
        (ExifTags.Base.DateTimeDigitized, ExifTags.Base.OffsetTimeDigitized),
    ):
        text = str(camera.get(tag, "")).strip("\0 ")
        try:
            moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  camera's own time
        except ValueError:  # absent, or the "0000:00:00" of a camera whose clock was never set
            continue
        offset = str(camera.get(offset_tag, "")).strip("\0 ")
        return moment.isoformat() + (offset if _OFFSET.fullmatch(offset) else "")
    return None


def _focal(camera: dict[int, Any]) -> float | None:
    """Focal length in 35 mm equivalent; cameras write 0 for unknown."""
    try:
        focal = float(camera.get(ExifTags.Base.FocalLengthIn35mmFilm, 0))
    except (TypeError, ValueError):
        return None
    return focal if math.isfinite(focal) and 5 <= focal <= 2000 else None
