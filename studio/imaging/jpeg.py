"""Strip a JPEG file of everything but its picture, without touching the picture."""

import re

_END, _SCAN = 0xD9, 0xDA
_JFIF, _ADOBE = 0xE0, 0xEE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD})
_DROPPED = frozenset(range(0xE0, 0xF0)) | {0xFE}

_PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
_ADOBE_LENGTH = 12

# Inside a scan FF stands for itself only before 00; FF D0 to FF D7 are restart marks.
_NEXT_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")


def strip(data: bytes) -> bytes | None:
    """The same picture without EXIF, XMP, profile, thumbnail, comment and trailing bytes.

    Kept are tables, frame, scans and the two marks that say how colours are coded (JFIF,
    Adobe), rewritten without what else they carry. None when the file is not laid out
    as a complete, ordinary JPEG file.
    """
    kept = [data[:2]]
    at = 2
    while (marker := _marker(data, at)) is not None:
        if marker == _END:
            return b"".join((*kept, b"\xff\xd9"))
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        payload = data[at + 4 : end]
        if end > len(data) or end < at + 4:
            return None
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, end)
            if following is None:
                return None
            end = following.start()
        if marker in _FRAMES | _TABLES or marker == _SCAN:
            kept.append(data[at:end])
        elif marker == _JFIF and payload.startswith(b"JFIF\0"):
            kept.append(_PLAIN_JFIF)
        elif marker == _ADOBE and payload.startswith(b"Adobe") and len(payload) >= _ADOBE_LENGTH:
            kept.append(b"\xff\xee\x00\x0e" + payload[:_ADOBE_LENGTH])
        elif marker not in _DROPPED:
            return None
        at = end
    return None


def _marker(data: bytes, at: int) -> int | None:
    """The marker at a place; None where there is none."""
    return data[at + 1] if data[at : at + 1] == b"\xff" and at + 2 <= len(data) else None
