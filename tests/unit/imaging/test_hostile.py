"""Files that are no photo, broken or made to do harm: one plain sentence each."""

import gzip
import io
import os
import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile, TiffImagePlugin

from studio.imaging import formats, intake
from studio.imaging.formats import PhotoRefused
from studio.imaging.intake import take_in
from tests.unit.imaging import pictures as made

# Pillow warns of damaged metadata before it gives up; the sentence is what counts here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

ROWS = (b"\0" + bytes(96 * 3)) * 64


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as inside:
        inside.writestr("photo.jpg", b"x")
    return file.getvalue()


def oversized_frame() -> bytes:
    data = bytearray(made.encoded(made.quarters(), "JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def oversized_bitmap() -> bytes:
    return b"BM" + struct.pack(
        "<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 40_000, 40_000, 1, 24, *[0] * 6
    )


def flipped(data: bytes, mark: bytes, offset: int) -> bytes:
    broken = bytearray(data)
    broken[data.index(mark) + offset] ^= 0x55
    return bytes(broken)


NOISE = np.random.default_rng(7).bytes
GOOD_PNG = made.png(96, 64, data=ROWS)
TEXT_BOMB = made.png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(30_000_000)))
BIG_PROFILE = made.png_chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(4_000_000)))
BOX = b"\0\0\0\x20ftyp"

REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "file is empty"),
    "random": (b"\x01" + NOISE(4000), "not a photo"),
    "html": (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
    "svg": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG drawing"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "PDF document"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9", "PostScript"),
    "eps with preview": (b"\xc5\xd0\xd3\xc6" + bytes(60), "PostScript"),
    "zip": (archive(), "ZIP archive"),
    "gzip": (gzip.compress(bytes(1000)), "compressed archive"),
    "gif": (made.encoded(made.quarters(), "GIF"), "GIF picture"),
    "video": (BOX + b"isom" + bytes(90), "video"),
    "jpeg of noise": (b"\xff\xd8\xff" + NOISE(200), "JPEG file is damaged"),
    "jpeg without picture": (b"\xff\xd8\xff\xd9", "JPEG file is damaged"),
    "heic of noise": (BOX + b"heic" + NOISE(200), "HEIC file is damaged"),
    "mif1 of noise": (BOX + b"mif1" + NOISE(200), "HEIC file is damaged"),
    "avif of noise": (BOX + b"avif" + NOISE(200), "AVIF file is damaged"),
    "webp of noise": (b"RIFF\x99\0\0\0WEBPVP8 " + NOISE(200), "WebP file is damaged"),
    "tiff of noise": (b"II*\0" + NOISE(200), "TIFF file is damaged"),
    "png of 900 megapixels": (made.png(30_000, 30_000), "900 megapixels, the limit is 150"),
    "png of 2^31": (made.png(2**31 - 1, 2**31 - 1), "megapixels, the limit is 150"),
    "png past 2^31": (made.png(2**31, 3), "megapixels, the limit is 150"),
    "png of nothing": (made.png(0, 0), "PNG file is damaged"),
    "png too wide": (made.png(100_000, 20), "100,000 pixels along one side"),
    "jpeg of 65500": (oversized_frame(), "4,290 megapixels"),
    "bmp of 40000": (oversized_bitmap(), "1,600 megapixels"),
    "text bomb": (made.png(96, 64, TEXT_BOMB, data=ROWS), "oversized block of extra data"),
    "4 MB profile": (made.png(96, 64, BIG_PROFILE, data=ROWS), "oversized block of extra data"),
    "bad header checksum": (flipped(GOOD_PNG, b"IHDR", 17), "PNG file is damaged"),
    "bad data": (flipped(GOOD_PNG, b"IDAT", 12), "PNG file is damaged"),
    "lab colours": (made.encoded(Image.new("LAB", (30, 20)), "TIFF"), "LAB colours"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_plain_words(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(PhotoRefused) as refused:
        take_in(data)
    text = str(refused.value)
    assert words in text
    assert text.startswith("Refused: ")
    assert text.endswith(".")
    assert "\n" not in text


@pytest.mark.parametrize("mark", [b"Exif\0\0\0", b"mime", b"application/rdf+xml"])
def test_heic_item_without_a_readable_type_does_not_crash(mark: bytes) -> None:
    whole = (made.DATA / "with_xmp.heic").read_bytes()
    with pytest.raises(PhotoRefused, match="HEIC file is damaged"):
        take_in(whole.replace(mark, b"\xff" + mark[1:], 1))


KINDS = {
    "jpeg": made.encoded(made.textured(), "JPEG"),
    "progressive": made.encoded(made.textured(), "JPEG", progressive=True),
    "png": made.encoded(made.textured(), "PNG"),
    "tiff": made.encoded(made.textured(), "TIFF"),
    "tiff-lzw": made.encoded(made.textured(), "TIFF", compression="tiff_lzw"),
    "webp": made.encoded(made.textured(), "WEBP"),
    "avif": made.encoded(made.textured(), "AVIF"),
    "bmp": made.encoded(made.textured(), "BMP"),
    "heic": (made.DATA / "turned.heic").read_bytes(),
}


@pytest.mark.parametrize("share", [0.1, 0.5, 0.98])
@pytest.mark.parametrize("kind", KINDS)
def test_cut_off_file_is_refused(kind: str, share: float) -> None:
    whole = KINDS[kind]
    take_in(whole)
    with pytest.raises(PhotoRefused, match=r"stops|damaged"):
        take_in(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("kind", KINDS)
def test_flipped_bytes_give_a_photo_or_a_refusal(kind: str) -> None:
    random = np.random.default_rng(len(kind))
    for _ in range(25):
        data = bytearray(KINDS[kind])
        for at in random.integers(0, len(data), 3):
            data[at] = random.integers(0, 256)
        try:
            taken = take_in(bytes(data))
        except PhotoRefused:
            continue
        assert (intake.decode(taken.stored) == taken.pixels).all()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.3, 0.61, 0.9])
def test_says_how_far_the_picture_goes(kind: str, share: float) -> None:
    whole = made.encoded(made.textured(800, 1000), kind)
    with pytest.raises(PhotoRefused) as refused:
        take_in(whole[: int(len(whole) * share)])
    text = str(refused.value)
    assert text.startswith("Refused: the file stops at ")
    percent = int(text.split(" % ", maxsplit=1)[0].rsplit(" ", 1)[1])
    assert abs(percent - 100 * share) <= 4  # noise is equally dense everywhere


def test_jpeg_without_its_end_mark_is_refused() -> None:
    whole = made.encoded(made.textured(200, 1000), "JPEG")
    with pytest.raises(PhotoRefused, match=r"stops at 9[89] %"):
        take_in(whole[:-2])


def test_trailing_bytes_are_dropped() -> None:
    whole = made.encoded(made.textured(), "JPEG")
    assert take_in(whole + NOISE(5000)).stored == whole


@pytest.mark.parametrize("tags", [{50706: b"\1\4\0\0"}, {254: 1}], ids=["dng", "thumbnail first"])
def test_camera_raw_is_refused(tags: dict[int, object]) -> None:
    directory = TiffImagePlugin.ImageFileDirectory_v2()
    for tag, value in tags.items():
        directory.tagtype[tag] = 1 if isinstance(value, bytes) else 4
        directory[tag] = value
    data = made.encoded(made.quarters(), "TIFF", tiffinfo=directory)
    with pytest.raises(PhotoRefused, match="camera raw"):
        take_in(data)


@pytest.mark.parametrize("name", ["png of 900 megapixels", "jpeg of 65500", "bmp of 40000"])
def test_limits_come_before_decoding(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def decoded(*_: object) -> None:
        pytest.fail("a pixel was decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decoded)
    with pytest.raises(PhotoRefused, match="the limit is 150"):
        take_in(REFUSED[name][0])


def test_100_megapixels_raise_no_pillow_alarm() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        name, picture = formats.open_photo(made.png(10_000, 10_000))
    assert (name, picture.size) == ("PNG", (10_000, 10_000))


def test_pillow_is_left_as_it_was() -> None:
    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, sorted(Image.OPEN))
    take_in(KINDS["heic"])
    with pytest.raises(PhotoRefused):
        take_in(REFUSED["png of 900 megapixels"][0])
    after = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, sorted(Image.OPEN))
    assert before == after


# Files on the disk


def refusal_of(path: Path) -> str:
    with pytest.raises(PhotoRefused) as refused:
        intake.load(path)
    return str(refused.value)


def test_missing_file(tmp_path: Path) -> None:
    assert "not there any more" in refusal_of(tmp_path / "gone.jpg")


def test_folder(tmp_path: Path) -> None:
    assert "this is a folder" in refusal_of(tmp_path)


def test_file_over_the_cap_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(formats.MAX_FILE_MB * 1_000_000 + 1_000_000)  # sparse: takes no room
    assert "301 MB, the limit is 300" in refusal_of(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a matter of Unix")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jpg"
    os.mkfifo(path)
    assert "not a file" in refusal_of(path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "locked.jpg"
    path.write_bytes(KINDS["jpeg"])
    path.chmod(0)
    assert "may not be read" in refusal_of(path)


@pytest.mark.parametrize(
    ("error", "words"),
    [(PermissionError(), "may not be read"), (OSError("I/O error"), "cannot be read from its")],
)
def test_disk_errors(
    error: OSError, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(KINDS["jpeg"])

    def fails(_: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fails)
    assert words in refusal_of(path)


def test_awkward_names(tmp_path: Path) -> None:
    for name in ("no ending", "été 頭.JPG", "a" * 200 + ".png", "-rf.jpg", "%s{0}.heic"):
        path = tmp_path / name
        path.write_bytes(KINDS["jpeg"])
        assert intake.load(path).pixels.shape == (120, 160, 3)
