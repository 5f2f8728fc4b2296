"""Opening HEIC photos: the check of the file that its decoder leaves out."""

import io
import re
from collections.abc import Iterator

from PIL.ImageFile import ImageFile

_ITEM = re.compile(b"infe")
_TEXT_AT = 8
"""Where texts begin after the name of an item's box: version, flags, number, protection first."""


def open_heif(file: io.BytesIO) -> ImageFile:
    """The header of a HEIC file. Raises SyntaxError, ValueError or OSError for a damaged one.

    pi_heif (seen in 1.4.0) takes the type and content type of each item to be UTF-8 and
    crashes the whole program where they are not, so they are read here before.
    """
    # late: few photos need it; no types are published for it
    from pi_heif import HeifImageFile  # type: ignore[import-untyped] # noqa: PLC0415

    for text in _item_texts(file.getbuffer()):
        try:
            text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise SyntaxError("an item of the file has no readable type") from error
    picture: ImageFile = HeifImageFile(file)
    return picture


def _item_texts(data: memoryview) -> Iterator[bytes]:
    """Type, name and content type of the items listed in the `meta` boxes (ISO 14496-12)."""
    for name, body in _boxes(data):
        if name == b"meta":
            for item in _ITEM.finditer(body):
                size = int.from_bytes(body[item.start() - 4 : item.start()], "big")
                yield bytes(body[item.end() + _TEXT_AT : item.start() - 4 + size])


def _boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Name and content of each box at the top level of a file."""
    at = 0
    while at + 8 <= len(data):
        size, start = int.from_bytes(data[at : at + 4], "big"), at + 8
        if size == 1:  # the size follows in 64 bits
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = len(data) if size == 0 else at + size
        yield bytes(data[at + 4 : at + 8]), data[start:end]
        if end <= at:
            return
        at = end
