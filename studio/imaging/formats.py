"""Photo files recognised by content: the header read, the caps checked, then decoded."""

import io
from collections.abc import Callable
from typing import NoReturn

from PIL import AvifImagePlugin, BmpImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin
from PIL import WebPImagePlugin as WebP
from PIL.ImageFile import ImageFile

from studio.imaging.heif import open_heif
from studio.model.refusal import Refusal

MAX_MEGAPIXELS = 150
MAX_FILE_MB = 300
MAX_SIDE = 30_000
"""Painting goes no further than 32,767 pixels along a side."""

READABLE = "JPEG, PNG, HEIC, TIFF, WebP, AVIF or BMP"

_Opener = Callable[[io.BytesIO], ImageFile]


class PhotoRefused(Refusal):
    """A file that cannot become a photo; the text says why and what to do instead."""


# The classes are called directly: Image.open would apply Pillow's process-wide pixel limit,
# and opening multi-picture JPEG files in full is not wanted.
_OPENERS: dict[str, _Opener] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "TIFF": TiffImagePlugin.TiffImageFile,
    "WebP": WebP.WebPImageFile,
    "AVIF": AvifImagePlugin.AvifImageFile,
    "HEIC": open_heif,
    "BMP": BmpImagePlugin.BmpImageFile,
}

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_EITHER_BRANDS = {b"mif1", b"msf1"}
_TIFF_STARTS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_NOT_A_PHOTO: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"%pdf",), "a PDF document. Save the picture in it as JPEG or PNG"),
    ((b"%!ps", b"\xc5\xd0\xd3\xc6"), "a PostScript drawing. Save it as JPEG or PNG"),
    ((b"pk\x03\x04", b"pk\x05\x06"), "a ZIP archive. Unpack it and add the photos inside"),
    ((b"\x1f\x8b",), "a compressed archive. Unpack it and add the photos inside"),
    ((b"gif8",), "a GIF picture. Save the original photo as JPEG or PNG"),
    ((b"\xff\x0a", b"\0\0\0\x0cjxl "), "a JPEG XL picture. Save it as JPEG or PNG"),
    ((b"\0\0\0\x0cjp",), "a JPEG 2000 picture. Save it as JPEG or PNG"),
    ((b"8bps",), "a Photoshop document. Save it as JPEG or PNG"),
)
_MARKUP = (
    (b"<svg", "an SVG drawing. Save it as JPEG or PNG"),
    (b"<html", "a web page. Save the photo itself and add that file"),
    (b"<!doctype html", "a web page. Save the photo itself and add that file"),
)


def open_photo(data: bytes) -> tuple[str, ImageFile]:
    """Format and header of a photo file; no pixel is decoded. Raises PhotoRefused."""
    if not data:
        raise PhotoRefused(
            "Refused: the file is empty. Copy it from the phone or the camera again."
        )
    check_file_size(len(data))
    formats = _formats_of(data[:16])
    if not formats:
        _refuse_unknown(data)
    for name in formats[:-1]:
        try:
            return name, _header(name, data)
        except SyntaxError:  # a container that either of two formats may use
            continue
    return formats[-1], _header_or_refuse(formats[-1], data)


def check_file_size(size: int) -> None:
    """Raises PhotoRefused for a file of more than MAX_FILE_MB megabytes; `size` in bytes."""
    megabytes = size / 1e6
    if megabytes > MAX_FILE_MB:
        raise PhotoRefused(
            f"Refused: the file has {megabytes:.0f} MB, the limit is {MAX_FILE_MB}. "
            "Save a smaller copy as JPEG."
        )


def decode_pixels(name: str, picture: ImageFile) -> None:
    """Decode the first picture of an opened file in place. Raises PhotoRefused, MemoryError."""
    try:
        picture.load()
    except MemoryError:
        raise
    except Exception as error:
        raise PhotoRefused(_damage(name, picture, error)) from error


def _formats_of(head: bytes) -> tuple[str, ...]:
    """Formats whose signature the first 16 bytes carry, the likelier first."""
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    found = {
        "JPEG": head.startswith(b"\xff\xd8\xff"),
        "PNG": head.startswith(b"\x89PNG\r\n\x1a\n"),
        "TIFF": head.startswith(_TIFF_STARTS),
        "WebP": head.startswith(b"RIFF") and head[8:12] == b"WEBP",
        "AVIF": brand in {b"avif", b"avis"} | _EITHER_BRANDS,
        "HEIC": brand in _HEIC_BRANDS | _EITHER_BRANDS,
        "BMP": head.startswith(b"BM"),
    }
    return tuple(name for name, is_so in found.items() if is_so)


def _refuse_unknown(data: bytes) -> NoReturn:
    head = data[:16].lower()
    text = data[:1000].lower()
    for starts, what in _NOT_A_PHOTO:
        if head.startswith(starts):
            raise PhotoRefused(f"Refused: this is {what}.")
    for mark, what in _MARKUP:
        if mark in text:
            raise PhotoRefused(f"Refused: this is {what}.")
    if head[4:8] == b"ftyp":
        raise PhotoRefused("Refused: this is a video. Take a photo, or save one frame as JPEG.")
    raise PhotoRefused(f"Refused: this is not a photo. Choose a {READABLE} file.")


def _header(name: str, data: bytes) -> ImageFile:
    picture = _OPENERS[name](io.BytesIO(data))
    _check_dimensions(*picture.size)
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        _check_not_raw(picture, data)
    return picture


def _header_or_refuse(name: str, data: bytes) -> ImageFile:
    try:
        return _header(name, data)
    except PhotoRefused:
        raise
    except Exception as error:
        raise PhotoRefused(_header_damage(name, error)) from error


def _header_damage(name: str, error: Exception) -> str:
    if isinstance(error, ValueError) and "too large" in str(error).lower():
        return (
            f"Refused: the {name} file carries an oversized block of extra data. "
            "Open it in a picture program and save a plain JPEG copy."
        )
    return (
        f"Refused: the {name} file is damaged or incomplete. "
        "Copy it from the phone or the camera again."
    )


def _check_dimensions(width: int, height: int) -> None:
    megapixels = width * height / 1e6
    if megapixels > MAX_MEGAPIXELS:
        raise PhotoRefused(
            f"Refused: {megapixels:,.0f} megapixels, the limit is {MAX_MEGAPIXELS}. "
            "Save a smaller copy, 12 to 50 megapixels is best."
        )
    if max(width, height) > MAX_SIDE:
        raise PhotoRefused(
            f"Refused: {max(width, height):,} pixels along one side, the limit is "
            f"{MAX_SIDE:,}. Save a smaller copy, 12 to 50 megapixels is best."
        )


def _check_not_raw(picture: TiffImagePlugin.TiffImageFile, data: bytes) -> None:
    """Camera raw files are TIFF files that show a thumbnail first; that must not be taken."""
    dng_version, subfile_type, reduced = 50706, 254, 1
    tags = picture.tag_v2
    is_preview = bool(tags.get(subfile_type, 0) & reduced)
    if data[8:10] == b"CR" or dng_version in tags or is_preview:
        raise PhotoRefused("Refused: this is a camera raw file. Save it as JPEG or TIFF first.")


def _damage(name: str, picture: ImageFile, error: Exception) -> str:
    again = "Copy it from the phone or the camera again."
    if "truncated" not in str(error).lower():
        return f"Refused: the {name} file is damaged inside. {again}"
    percent = _percent_decoded(picture)
    if percent is None:
        return f"Refused: the file stops before the picture is complete. {again}"
    return f"Refused: the file stops at {percent} % of the picture. {again}"


def _percent_decoded(picture: ImageFile) -> int | None:
    """How far down a picture was decoded before its file ended; None when that cannot be said.

    Rows are decoded from the top into memory that starts as zeros, so the last row with
    anything in it tells. Progressive and interlaced files show nothing before the end.
    """
    interlaced = "progressive" in picture.info or bool(picture.info.get("interlace"))
    if interlaced or picture.format not in {"JPEG", "PNG"}:
        return None
    picture.tile = []
    box = picture.getbbox(alpha_only=False)
    percent = 0 if box is None else round(100 * box[3] / picture.height)
    return min(percent, 99) or None
