"""Stripping a JPEG file: the picture stays bit for bit, everything else goes."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from studio.imaging.jpeg import strip
from tests.unit.imaging import pictures as made


def segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


PLAIN = made.encoded(made.textured(), "JPEG")
EXTRAS = [
    segment(0xE1, b"Exif\0\0secret"),
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0secret"),
    segment(0xE2, b"ICC_PROFILE\0\1\1secret"),
    segment(0xED, b"Photoshop 3.0\0secret"),
    segment(0xE0, b"JFXX\0\x10secret"),
    segment(0xFE, b"secret"),
]


@pytest.mark.parametrize(
    "options",
    [{}, {"progressive": True}, {"restart_marker_rows": 1}, {"keep_rgb": True}, {"subsampling": 0}],
    ids=str,
)
def test_same_picture(options: dict[str, object]) -> None:
    data = made.encoded(made.textured(), "JPEG", **options)
    stripped = strip(data[:2] + b"".join(EXTRAS) + data[2:] + b"secret")
    assert stripped is not None
    assert b"secret" not in stripped
    expected = np.asarray(Image.open(io.BytesIO(data)))
    assert (np.asarray(Image.open(io.BytesIO(stripped))) == expected).all()


def test_thumbnail_inside_the_jfif_mark_goes() -> None:
    with_thumbnail = segment(0xE0, b"JFIF\0\1\2\1\0\x48\0\x48\2\2" + b"secret" * 2)
    at = PLAIN.index(b"\xff\xdb")
    stripped = strip(PLAIN[:2] + with_thumbnail + PLAIN[at:])
    assert stripped == PLAIN


def test_a_plain_file_stays_as_it_is() -> None:
    assert strip(PLAIN) == PLAIN


@given(st.integers(2, len(PLAIN) - 1))
def test_cut_off_file_is_never_called_complete(length: int) -> None:
    assert strip(PLAIN[:length]) is None


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_do_no_harm(data: bytes) -> None:
    result = strip(b"\xff\xd8" + data)
    assert result is None or result.endswith(b"\xff\xd9")
