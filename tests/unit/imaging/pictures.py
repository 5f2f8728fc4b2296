"""Test pictures, profiles and file parts, made from formulas."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

DATA = Path(__file__).parent / "data"
"""`quarters` as HEIC, which cannot be written here: turned.heic with EXIF orientation 6 and an
irot box, ten_bit.heic with 10 bits per channel, with_xmp.heic clear towards the left, with XMP
orientation 3, an irot box and a cut-off colour profile; all by libheif's encoder."""

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (240, 240, 240)

# Primaries of sRGB and Display P3 adapted to D50 (ICC registry), columns R, G, B.
SRGB_D50 = np.array(
    [[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]]
)
P3_D50 = np.array(
    [[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]]
)


def quarters(width: int = 96, height: int = 64) -> Image.Image:
    """Red, green above blue, white: every turn of it looks different."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[: height // 2, : width // 2] = RED
    pixels[: height // 2, width // 2 :] = GREEN
    pixels[height // 2 :, : width // 2] = BLUE
    pixels[height // 2 :, width // 2 :] = WHITE
    return Image.fromarray(pixels)


def textured(width: int = 160, height: int = 120) -> Image.Image:
    """A picture with something in every row, for files that are to be cut off."""
    noise = np.random.default_rng(1).integers(90, 170, (height, width, 3), np.uint8)
    return Image.fromarray(noise)


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def exif(orientation: int | None = None, *, located: bool = False) -> Image.Exif:
    """A camera's notes: taken at a time, with a lens of 26 mm equivalent."""
    notes = Image.Exif()
    if orientation is not None:
        notes[0x0112] = orientation
    notes[0x010F] = "SecretPhone"
    camera = notes.get_ifd(0x8769)
    camera[0x9003] = "2026:11:20 14:32:05"
    camera[0x9011] = "+01:00"
    camera[0xA405] = 26
    if located:
        notes.get_ifd(0x8825)[1] = "N"
    return notes


def profile(primaries: np.ndarray, gamma: float) -> bytes:
    """A minimal matrix ICC profile (version 2.1) with one gamma for all channels."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (x, y, z)))

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78)
    tags = {b"desc": text, b"cprt": b"text\0\0\0\0none", b"wtpt": xyz(0.9642, 1.0, 0.8249)}
    for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries.T, strict=True):
        tags[name] = xyz(*column)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(
        ">I4sI4s4s4s", start + len(body), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ "
    )
    head += bytes(12) + b"acsp" + bytes(28) + xyz(0.9642, 1.0, 0.8249)[8:]
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def png_chunk(name: bytes, content: bytes, checksum: int | None = None) -> bytes:
    """One chunk of a PNG file; a wrong checksum can be given."""
    right = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum or right)


def png(width: int, height: int, *extra: bytes, data: bytes = b"", depth: int = 8) -> bytes:
    """A PNG file of RGB with chosen dimensions and extra chunks before the data."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0))
    body = png_chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + body + png_chunk(b"IEND", b"")
