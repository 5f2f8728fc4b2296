"""Photos in: kinds of file, turning, colours, what is kept and what is dropped."""

import hashlib
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageFile

from studio.imaging import colour, intake
from studio.imaging.formats import PhotoRefused
from studio.imaging.intake import take_in
from studio.imaging.metadata import LOCATION, UNREADABLE
from tests.unit.imaging import pictures as made

Corners = tuple[tuple[int, int, int], ...]
UPRIGHT: Corners = (made.RED, made.GREEN, made.BLUE, made.WHITE)
LOSSY = 4


def corners(pixels: np.ndarray) -> np.ndarray:
    """Colours near the four corners: top left, top right, bottom left, bottom right."""
    return pixels[[5, 5, -6, -6], [5, -6, 5, -6]].astype(int)


def assert_shows(pixels: np.ndarray, expected: Corners, within: int = LOSSY) -> None:
    assert pixels.dtype == np.uint8
    assert pixels.shape[2] == 3
    assert np.abs(corners(pixels) - np.array(expected)).max() <= within


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(made.encoded(made.quarters(), "JPEG", quality=95), id="jpeg"),
        pytest.param(made.encoded(made.quarters(), "JPEG", progressive=True), id="progressive"),
        pytest.param(made.encoded(made.quarters(), "PNG"), id="png"),
        pytest.param(made.encoded(made.quarters().quantize(8), "PNG"), id="palette"),
        pytest.param(made.encoded(made.quarters(), "TIFF"), id="tiff"),
        pytest.param(made.encoded(made.quarters(), "TIFF", compression="tiff_lzw"), id="tiff-lzw"),
        pytest.param(made.encoded(made.quarters(), "WEBP", lossless=True), id="webp"),
        pytest.param(made.encoded(made.quarters(), "AVIF", quality=95), id="avif"),
        pytest.param(made.encoded(made.quarters(), "BMP"), id="bmp"),
        pytest.param((made.DATA / "ten_bit.heic").read_bytes(), id="heic-10-bit"),
    ],
)
def test_reads_every_kind_by_content(data: bytes) -> None:
    taken = take_in(data)
    assert taken.pixels.shape == (64, 96, 3)
    assert_shows(taken.pixels, UPRIGHT)
    assert taken.notices == ()


def test_file_name_means_nothing(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(made.encoded(made.quarters(), "PNG"))
    assert_shows(intake.load(path).pixels, UPRIGHT)


def camera_writes(orientation: int) -> Image.Image:
    """The picture as the sensor saw it, so that turning it by the EXIF rule makes it upright.

    EXIF 2.32 names where row 0 and column 0 of the file lie in the upright picture.
    """
    upright = np.asarray(made.quarters())
    file = upright.swapaxes(0, 1) if orientation >= 5 else upright
    file = file[::-1] if orientation in {3, 4, 6, 7} else file  # row 0 lies below or right
    file = file[:, ::-1] if orientation in {2, 3, 7, 8} else file  # column 0 right or below
    return Image.fromarray(np.ascontiguousarray(file))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_turned_exactly_once(kind: str, orientation: int) -> None:
    options = {"quality": 95} if kind in {"JPEG", "WEBP", "AVIF"} else {}
    data = made.encoded(camera_writes(orientation), kind, exif=made.exif(orientation), **options)
    taken = take_in(data)
    assert_shows(taken.pixels, UPRIGHT, within=8)
    assert_shows(take_in(taken.stored).pixels, UPRIGHT, within=8)


def test_heic_with_both_kinds_of_orientation_turns_once() -> None:
    data = (made.DATA / "turned.heic").read_bytes()
    assert b"irot" in data
    taken = take_in(data)
    assert_shows(taken.pixels, (made.BLUE, made.RED, made.WHITE, made.GREEN))
    assert taken.taken == "2026-11-20T14:32:05"
    assert taken.focal_mm35 == 26


def test_heic_exif_orientation_alone_does_not_turn() -> None:
    """The HEIF standard (ISO 23008-12) makes the irot box the only one that counts."""
    data = bytearray((made.DATA / "turned.heic").read_bytes())
    data[data.index(b"irot") + 4] = 0
    assert_shows(take_in(bytes(data)).pixels, UPRIGHT)


def test_heic_with_alpha_and_orientation_in_xmp_too() -> None:
    """Turned by half by its irot box, once; what was clear on the left is white on the right."""
    data = (made.DATA / "with_xmp.heic").read_bytes()
    assert b"irot\2" in data
    assert b'Orientation="3"' in data
    taken = take_in(data)
    white = (255, 255, 255)
    assert_shows(taken.pixels, (made.WHITE, white, made.GREEN, white), within=40)
    assert taken.notices == (colour.BROKEN_PROFILE, colour.TRANSPARENCY)


@pytest.mark.parametrize("orientation", [None, 1])
def test_camera_notes_without_entries_are_not_damaged(orientation: int | None) -> None:
    notes = Image.Exif()
    if orientation:
        notes[0x0112] = orientation
    data = made.encoded(made.quarters(), "JPEG", exif=notes.tobytes())
    assert take_in(data).notices == ()


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_impossible_orientation_is_upright(orientation: int) -> None:
    data = made.encoded(made.quarters(), "JPEG", exif=made.exif(orientation), quality=95)
    assert_shows(take_in(data).pixels, UPRIGHT)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("start", [b"Exif\0\0", b"Exif\0\0II*\0\x08\0\0\0\xff\xff"])
def test_garbage_exif_gives_a_notice_and_a_photo(kind: str, start: bytes) -> None:
    noise = np.random.default_rng(3).bytes(300)
    taken = take_in(made.encoded(made.quarters(), kind, exif=start + noise))
    assert_shows(taken.pixels, UPRIGHT, within=12)
    assert (taken.taken, taken.focal_mm35) == (None, None)
    assert taken.notices == (UNREADABLE,)


def test_keeps_time_and_focal_length_and_drops_the_rest() -> None:
    data = made.encoded(made.quarters(), "JPEG", exif=made.exif(1, located=True), comment=b"Anna")
    taken = take_in(data + b"trailing Anna")
    assert taken.taken == "2026-11-20T14:32:05+01:00"
    assert taken.focal_mm35 == 26
    assert taken.notices == (LOCATION,)
    for secret in (b"SecretPhone", b"2026", b"Exif", b"Anna", b"GPS"):
        assert secret not in taken.stored


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "yesterday", ""])
def test_unset_camera_clock_gives_no_time(text: str) -> None:
    notes = Image.Exif()
    notes.get_ifd(0x8769)[0x9003] = text
    notes.get_ifd(0x8769)[0xA405] = 0
    taken = take_in(made.encoded(made.quarters(), "JPEG", exif=notes))
    assert (taken.taken, taken.focal_mm35) == (None, None)


# Colours


def wide_gamut(colours: np.ndarray, primaries: np.ndarray, gamma: float) -> np.ndarray:
    """sRGB colours (..., 3) as 8-bit values of another matrix space, by the standards' formulas."""
    encoded = colours / 255
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    other = linear @ (np.linalg.inv(primaries) @ made.SRGB_D50).T
    values: np.ndarray = np.round(255 * np.clip(other, 0, 1) ** (1 / gamma)).astype(np.uint8)
    return values


def test_display_p3_becomes_srgb() -> None:
    icc = made.profile(made.P3_D50, 2.2)
    other = Image.fromarray(wide_gamut(np.asarray(made.quarters()), made.P3_D50, 2.2))
    assert np.abs(corners(np.asarray(other)) - np.array(UPRIGHT)).max() > 20
    taken = take_in(made.encoded(other, "PNG", icc_profile=icc))
    assert_shows(taken.pixels, UPRIGHT)
    assert taken.notices == ()


def test_jpeg_with_another_profile_is_converted_and_written_anew() -> None:
    other = Image.fromarray(wide_gamut(np.asarray(made.quarters()), made.P3_D50, 2.2))
    icc = made.profile(made.P3_D50, 2.2)
    taken = take_in(made.encoded(other, "JPEG", quality=95, subsampling=0, icc_profile=icc))
    assert_shows(taken.pixels, UPRIGHT, within=6)
    assert b"ICC" not in taken.stored


@pytest.mark.parametrize(
    "icc", [b"garbage" * 60, bytes(4_100_000), ImageCms.ImageCmsProfile(
        ImageCms.createProfile("LAB")).tobytes()], ids=["garbage", "4 MB", "of another kind"]
)  # fmt: skip
def test_broken_profile_is_taken_as_srgb_with_a_notice(icc: bytes) -> None:
    taken = take_in(made.encoded(made.quarters(), "JPEG", quality=95, icc_profile=icc))
    assert_shows(taken.pixels, UPRIGHT)
    assert taken.notices == (colour.BROKEN_PROFILE,)
    assert len(taken.stored) < 10_000


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_grey_of_16_bits_is_scaled(kind: str) -> None:
    levels = np.linspace(0, 65_535, 64 * 96).reshape(64, 96).astype(np.uint16)
    pixels = take_in(made.encoded(Image.fromarray(levels), kind)).pixels
    assert np.abs(pixels - (levels / 257)[:, :, None]).max() <= LOSSY


def test_16_bit_colour_png() -> None:
    colours = (np.asarray(made.quarters()).astype(">u2") * 257).reshape(64, -1)
    rows = b"".join(b"\0" + row.tobytes() for row in colours)
    data = made.png(96, 64, data=rows, depth=16)
    assert_shows(take_in(data).pixels, UPRIGHT)


@pytest.mark.parametrize("white", [1.0, 255.0, 65_535.0])
def test_floating_point_tiff(white: float) -> None:
    levels = np.linspace(0, white, 64 * 96, dtype=np.float32).reshape(64, 96)
    levels[0, 0] = np.nan
    taken = take_in(made.encoded(Image.fromarray(levels), "TIFF"))
    expected = np.nan_to_num(levels) / white * 255
    assert np.abs(taken.pixels - expected[:, :, None]).max() <= LOSSY
    assert taken.notices == (colour.FLOATING.format(f"{white:g}"),)


def test_integers_of_32_bits() -> None:
    levels = np.linspace(0, 65_535, 64 * 96).reshape(64, 96).astype(np.int32)
    pixels = take_in(made.encoded(Image.fromarray(levels), "TIFF")).pixels
    assert np.abs(pixels - (levels / 257)[:, :, None]).max() <= LOSSY


def test_black_and_white() -> None:
    bits = np.zeros((64, 96), bool)
    bits[:, 48:] = True
    pixels = take_in(made.encoded(Image.fromarray(bits), "PNG")).pixels
    assert_shows(pixels, ((0, 0, 0), (255, 255, 255)) * 2)


def ramp_alpha(picture: Image.Image) -> Image.Image:
    clear = np.tile(np.linspace(0, 255, picture.width), (picture.height, 1)).astype(np.uint8)
    picture.putalpha(Image.fromarray(clear))
    return picture


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: ramp_alpha(made.quarters().convert("RGBA")), "PNG"),
        (lambda: ramp_alpha(made.quarters().convert("RGBA")), "TIFF"),
        (lambda: ramp_alpha(made.quarters().convert("LA")), "PNG"),
    ],
)
def test_see_through_parts_become_white(make: Callable[[], Image.Image], kind: str) -> None:
    picture = make()
    taken = take_in(made.encoded(picture, kind))
    rgba = np.asarray(picture.convert("RGBA")).astype(float)
    share = rgba[:, :, 3:] / 255
    expected = rgba[:, :, :3] * share + 255 * (1 - share)
    assert np.abs(corners(taken.pixels) - corners(expected)).max() <= LOSSY
    assert taken.notices == (colour.TRANSPARENCY,)


def test_solid_alpha_is_not_worth_a_notice() -> None:
    assert take_in(made.encoded(made.quarters().convert("RGBA"), "PNG")).notices == ()


def test_palette_with_a_clear_colour() -> None:
    data = made.encoded(made.quarters().quantize(8), "PNG", transparency=0)
    assert take_in(data).notices == (colour.TRANSPARENCY,)


def without_adobe_marker(jpeg: bytes) -> bytes:
    at = jpeg.index(b"\xff\xee\x00\x0eAdobe")
    return jpeg[:at] + jpeg[at + 16 :]


@pytest.mark.parametrize("adobe", [True, False])
def test_cmyk_jpeg(adobe: bool) -> None:
    data = made.encoded(made.quarters().convert("CMYK"), "JPEG", quality=95)
    taken = take_in(data if adobe else without_adobe_marker(data))
    assert_shows(taken.pixels, UPRIGHT, within=6)
    assert taken.notices == (colour.PRINT_COLOURS,)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_first_of_several_pictures(kind: str) -> None:
    more = [made.quarters().rotate(180)]
    options = {"lossless": True} if kind == "WEBP" else {}
    data = made.encoded(made.quarters(), kind, save_all=True, append_images=more, **options)
    taken = take_in(data)
    assert_shows(taken.pixels, UPRIGHT)
    assert taken.notices == (intake.SEVERAL,)


# What the case keeps


def test_plain_jpeg_keeps_its_compressed_picture() -> None:
    data = made.encoded(made.textured(), "JPEG", quality=80, exif=made.exif(1))
    taken = take_in(data)
    tables = data.index(b"\xff\xdb")
    assert taken.stored.endswith(data[tables:])
    assert len(taken.stored) < len(data)
    assert (taken.pixels == np.asarray(Image.open(io.BytesIO(data)))).all()


@pytest.mark.parametrize(
    "data",
    [
        made.encoded(made.textured(), "JPEG", quality=80),
        made.encoded(made.textured(), "JPEG", progressive=True),
        made.encoded(made.textured().convert("L"), "JPEG"),
        made.encoded(made.textured(), "JPEG", exif=made.exif(6)),
        made.encoded(made.textured(), "PNG"),
        made.encoded(made.textured(1, 1), "PNG"),
    ],
    ids=["jpeg", "progressive", "grey", "turned", "png", "one pixel"],
)
def test_stored_gives_the_pixels_again_and_is_stable(data: bytes) -> None:
    taken = take_in(data)
    assert (intake.decode(taken.stored) == taken.pixels).all()
    assert taken.media == "image/jpeg"
    assert taken.sha256 == hashlib.sha256(taken.stored).hexdigest()
    assert take_in(taken.stored).stored == taken.stored


def test_srgb_profile_does_not_cost_the_original() -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = made.encoded(made.textured(), "JPEG", icc_profile=icc)
    taken = take_in(data)
    assert (taken.pixels == np.asarray(Image.open(io.BytesIO(data)))).all()
    assert icc not in taken.stored


@pytest.mark.parametrize("damage", [b"", b"nothing", made.encoded(made.quarters(), "PNG")])
def test_damaged_photo_of_a_case_is_refused(damage: bytes) -> None:
    with pytest.raises(PhotoRefused, match="in this case is damaged"):
        intake.decode(damage)


def test_several_at_once_give_what_one_gives() -> None:
    files = [made.encoded(made.textured(200 + i, 150), "JPEG", exif=made.exif(6)) for i in range(8)]
    alone = [take_in(data).sha256 for data in files]
    with ThreadPoolExecutor(4) as pool:
        assert [taken.sha256 for taken in pool.map(take_in, files)] == alone


def test_too_little_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    data = made.encoded(made.quarters(), "JPEG")

    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(ImageFile.ImageFile, "load", exhausted)
    for work in (take_in, intake.decode):
        with pytest.raises(PhotoRefused, match="not enough memory"):
            work(data)
