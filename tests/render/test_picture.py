import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.imaging.intake import take_in
from studio.model.arrays import ByteArray
from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.render.picture import PictureStyle, caption, paint_picture, write_picture
from tests.render.screen import (
    BARE,
    HEIGHT,
    PX_PER_MM,
    WIDTH,
    Stage,
    box_ring,
    case,
    line,
    pixels,
    zone,
)

pytestmark = pytest.mark.usefixtures("qapp")

SQUARE = box_ring(-30, -20, 0, 10)


def stored() -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels()).save(file, "PNG")
    return take_in(file.getvalue()).stored


def painted(shown: Case, style: PictureStyle) -> ByteArray:
    image = paint_picture(shown, shown.photos[0], pixels(), style)
    rows = np.array(image.constBits(), dtype=np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)


def test_only_dots_and_words_differ_from_the_photo() -> None:
    picture = painted(case(zone(SQUARE)), PictureStyle())
    assert picture.shape == (HEIGHT, WIDTH, 3)
    differs = (picture != pixels()).any(axis=2)
    differs[-50:, -330:] = False
    rows, columns = np.nonzero(differs)
    reach = 2 * PX_PER_MM
    assert 150 - reach <= columns.min() <= columns.max() <= 300 + reach
    assert 100 - reach <= rows.min() <= rows.max() <= 250 + reach


def test_dots_lie_where_the_screen_has_them() -> None:
    shown = case(zone(SQUARE))
    picture, screen = painted(shown, PictureStyle()), Stage(shown, None, BARE).paint()
    part = slice(90, 260), slice(140, 310)
    off = np.abs(picture[part].astype(int) - screen[part])
    assert off.mean() < 1
    assert off.max() <= 6


def test_the_picture_says_what_it_is() -> None:
    picture = painted(case(zone(SQUARE)), PictureStyle())
    assert (picture[-40:, -250:].min(axis=2) > 240).sum() > 40


def test_words_tell_variant_session_and_date() -> None:
    shown = case(zone(SQUARE))
    photo = replace(shown.photos[0], taken="2026-11-20T10:00:00")
    words = caption(shown, photo, PictureStyle(session=2), 100)
    assert words == (
        "Simulated: variant A, after session 2 of 3",
        "Illustration, not a promise",
        "Photo of 20 Nov 2026",
    )
    assert caption(shown, photo, PictureStyle(dots=False), 0) == ("Photo of 20 Nov 2026",)


def test_the_design_is_drawn_when_asked_for() -> None:
    shown = case(zone(SQUARE), curves=(line(20.0),))
    bare, drawn = (painted(shown, PictureStyle(dots=False, design=d)) for d in (False, True))
    assert np.array_equal(bare, pixels())
    assert (np.abs(drawn[300, 120:280].astype(int) - (91, 184, 234)).max(axis=1) < 60).all()


def test_a_smaller_picture_is_the_same_one_smaller() -> None:
    shown = case(zone(SQUARE))
    small, large = (painted(shown, PictureStyle(width=w)) for w in (300, None))
    assert small.shape == (200, 300, 3)
    shrunk = large.reshape(200, 2, 300, 2, 3).mean(axis=(1, 3))
    assert np.abs(small - shrunk)[:140].mean() < 0.5


@pytest.mark.parametrize("name", ["out.png", "out.jpg"])
def test_the_file_is_a_picture_without_metadata(tmp_path: Path, name: str) -> None:
    shown = case(zone(SQUARE))
    shares: list[float] = []
    path = tmp_path / name
    write_picture(path, shown, shown.photos[0], stored(), lambda share, _: shares.append(share))
    with Image.open(path) as image:
        assert image.size == (WIDTH, HEIGHT)
        assert not image.getexif()
        assert set(image.info) <= {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_other_formats_and_sizes_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    shown = case(zone(SQUARE))
    with pytest.raises(Refusal, match="PNG or JPEG"):
        write_picture(tmp_path / "out.bmp", shown, shown.photos[0], stored())
    wide = PictureStyle(width=10_000)
    with pytest.raises(Refusal, match="600 pixels wide"):
        write_picture(tmp_path / "out.png", shown, shown.photos[0], stored(), style=wide)
    assert list(tmp_path.iterdir()) == []
