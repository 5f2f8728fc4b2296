"""The sticker is found to a part of a pixel, or not at all."""

import json
from pathlib import Path

import numpy as np
import pytest

from studio.imaging.intake import load
from studio.imaging.sticker import StickerFound, find_sticker
from studio.model.arrays import ByteArray, FloatArray
from studio.model.resources import ROOT
from tests.unit.imaging.stickers import SKIN, Seen

SHARED = Path(__file__).parents[4] / "shared" / "photos"
needs_photos = pytest.mark.skipif(not SHARED.exists(), reason="the test photos are not here")
OTHER_VIEWS = ["bald_light/right", "bald_light/top", "bald_light/back", "norwood6_light/left",
               "norwood6_light/top", "norwood6_light/back"]  # fmt: skip


def half_axes(found: StickerFound) -> FloatArray:
    """Lengths of the long and short half axis."""
    ends = np.array((found.major_end, found.minor_end))
    return np.asarray(np.hypot(*(ends - found.centre).T), np.float64)


def assert_matches(found: StickerFound | None, seen: Seen, axis: float = 0.007) -> None:
    assert found is not None
    centre, axes = seen.ellipse()
    assert np.hypot(*(np.array(found.centre) - centre)) < 0.5
    error = np.abs(half_axes(found) / axes - 1)
    assert error[0] < axis
    assert error[1] < 2 * axis
    assert abs(half_axes(found)[0] - axes[0]) < 3 * found.sigma_px
    assert 0.65 <= found.confidence <= 1


@pytest.mark.parametrize("tilt", [0, 45, 60])
@pytest.mark.parametrize("across", [50, 110, 240])
def test_scale_and_tilt_of_drawn_stickers(across: float, tilt: float) -> None:
    seen = Seen(across, tilt, towards=across, turn=across / 2, blur=0.6 + across / 250)
    assert_matches(find_sticker(seen.picture()), seen)


@pytest.mark.parametrize(("towards", "turn"), [(0, 0), (0, 45), (70, 90), (70, 200), (160, 10)])
def test_any_rotation(towards: float, turn: float) -> None:
    seen = Seen(80, 40, towards, turn)
    assert_matches(find_sticker(seen.picture()), seen)


@pytest.mark.parametrize(("across", "tilt"), [(25, 0), (25, 30), (32, 45), (40, 60)])
def test_small_stickers(across: float, tilt: float) -> None:
    seen = Seen(across, tilt, blur=0.7, size=200)
    assert_matches(find_sticker(seen.picture()), seen, axis=0.015)


@pytest.mark.parametrize(
    "seen",
    [
        Seen(90, 30, skin=(95, 65, 50)),
        Seen(90, 30, skin=(80, 60, 50), ink=15, paper=110, noise=5),
        Seen(90, 30, ink=110, noise=4),
        Seen(90, 30, blur=2.5, noise=8),
    ],
    ids=["dark skin", "dim", "glare", "blurred and noisy"],
)
def test_hard_light(seen: Seen) -> None:
    assert_matches(find_sticker(seen.picture()), seen)


@pytest.mark.parametrize("ring_mm", [1.4, 1.6])
def test_ink_that_spread_does_not_move_the_outer_edge(ring_mm: float) -> None:
    seen = Seen(170, 30, ring_mm=ring_mm)
    assert_matches(find_sticker(seen.picture()), seen)


def test_hairs_across_it() -> None:
    import cv2  # noqa: PLC0415

    seen = Seen(160, 30)
    picture = seen.picture()
    for start, end in (((0, 90), (279, 160)), ((150, 0), (90, 279)), ((60, 0), (279, 190))):
        cv2.line(picture, start, end, (60, 45, 40), 1, cv2.LINE_AA)
    assert_matches(find_sticker(picture), seen, axis=0.01)


def test_turning_the_photo_turns_the_find() -> None:
    picture = np.pad(Seen(90, 40).picture(), ((0, 30), (0, 0), (0, 0)), mode="edge")
    upright = find_sticker(picture)
    turned = find_sticker(np.ascontiguousarray(np.rot90(picture)))
    assert upright is not None
    assert turned is not None
    expected = (upright.centre[1], picture.shape[1] - upright.centre[0])
    assert np.allclose(turned.centre, expected, atol=0.05)
    assert np.allclose(half_axes(turned), half_axes(upright), rtol=0.001)


def test_of_two_the_larger() -> None:
    small, large = Seen(60, size=300), Seen(150, size=300)
    found = find_sticker(np.hstack((small.picture(), large.picture())))
    assert found is not None
    assert abs(half_axes(found)[0] - 75) < 1
    assert abs(found.centre[0] - 450) < 1


# Nothing rather than a guess


@pytest.mark.parametrize(
    "seen",
    [
        Seen(120, tilt=72),
        Seen(120, ring_mm=0.0),
        Seen(120, target_mm=0.0),
        Seen(120, ring_mm=3.5),
        Seen(120, target_mm=9.0),
        Seen(120, off=(70, 0)),
        Seen(120, skin=(40, 40, 40)),
    ],
    ids=["too steep", "no ring", "no target", "wide ring", "large target", "cut off", "on black"],
)
def test_not_a_sticker_or_not_measurable(seen: Seen) -> None:
    assert find_sticker(seen.picture()) is None


@pytest.mark.parametrize("coarse", [0, 2, 8])
def test_noise(coarse: int) -> None:
    import cv2  # noqa: PLC0415

    noise = np.random.default_rng(coarse).integers(0, 256, (700, 900, 3), np.uint8)
    if coarse:
        soft = cv2.GaussianBlur(noise.astype(np.float32), (0, 0), coarse)
        span = float(soft.max() - soft.min())
        noise = ((soft - soft.min()) * (255 / span)).astype(np.uint8)
    assert find_sticker(noise) is None


@pytest.mark.parametrize("square", [7, 19, 60])
def test_chessboard(square: int) -> None:
    fields = (np.indices((600, 800)) // square).sum(axis=0) % 2
    picture = np.repeat((fields * 200 + 30).astype(np.uint8)[:, :, None], 3, axis=2)
    assert find_sticker(picture) is None


@pytest.mark.parametrize("shape", [(1, 1), (3, 9), (8, 8), (40, 2000), (300, 300)])
def test_empty_pictures_of_any_size(shape: tuple[int, int]) -> None:
    assert find_sticker(np.full((*shape, 3), 180, np.uint8)) is None


# Photographs with the truth beside them


def truth(path: Path, scale: float) -> tuple[FloatArray, FloatArray]:
    """Centre and half axes of the sticker's rim in photo pixels (pixel corners at integers)."""
    import cv2  # noqa: PLC0415

    sticker = json.loads(path.read_text())["stickers"]["sticker_forehead"]
    rim = (np.array(sticker["rim_px"]) + 0.5) * scale
    centre, diameters, _ = cv2.fitEllipse(rim.astype(np.float32))
    return np.array(centre), np.sort(np.array(diameters))[::-1] / 2


def assert_true(found: StickerFound | None, expected: tuple[FloatArray, FloatArray]) -> None:
    assert found is not None
    assert np.hypot(*(np.array(found.centre) - expected[0])) < 0.7
    assert np.abs(half_axes(found) / expected[1] - 1).max() < 0.01


def painted_over(pixels: ByteArray, found: StickerFound) -> ByteArray:
    import cv2  # noqa: PLC0415

    covered = pixels.copy()
    centre = (round(found.centre[0]), round(found.centre[1]))
    cv2.circle(covered, centre, round(1.3 * half_axes(found)[0]), SKIN, -1, cv2.LINE_AA)
    return covered


@needs_photos
@pytest.mark.parametrize(
    ("photo", "scale"),
    [("bald_light/front.jpg", 1), ("norwood6_light/front.jpg", 1), ("front_12mp.jpg", 2)],
)
def test_photographed_front(photo: str, scale: float) -> None:
    pixels = load(SHARED / photo).pixels
    found = find_sticker(pixels)
    assert_true(found, truth(SHARED / "bald_light" / "front.json", scale))
    assert found is not None
    assert find_sticker(painted_over(pixels, found)) is None


@needs_photos
@pytest.mark.parametrize("photo", OTHER_VIEWS)
def test_photographed_from_elsewhere(photo: str) -> None:
    """The sticker is away or seen at 70 degrees and more."""
    assert find_sticker(load(SHARED / f"{photo}.jpg").pixels) is None


@pytest.mark.parametrize("view", ["front", "top"])
def test_practice_head(view: str) -> None:
    folder = ROOT / "practice"
    found = find_sticker(load(folder / f"{view}.jpg").pixels)
    assert_true(found, truth(folder / f"{view}.json", 1))


@pytest.mark.parametrize("view", ["left", "right", "back"])
def test_practice_head_from_elsewhere(view: str) -> None:
    assert find_sticker(load(ROOT / "practice" / f"{view}.jpg").pixels) is None
