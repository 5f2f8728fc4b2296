"""Pictures of optical density, against Gaussians integrated over pixels."""

import math

import numpy as np
import pytest
from scipy.special import erf

from studio.model.arrays import Float32Array, FloatArray
from studio.pigment.splat import splat

BODY = math.pi / (4 * math.log(2))


def exact(xy: FloatArray, fwhm: float, peak: float, shape: tuple[int, int]) -> FloatArray:
    """Mean of each dot's Gaussian over each pixel."""
    sigma = fwhm / math.sqrt(8 * math.log(2))
    picture = np.zeros(shape)
    for x, y in xy:
        across, down = (
            np.diff(erf((np.arange(length + 1) - at) / (sigma * math.sqrt(2)))) / 2
            for length, at in ((shape[1], x), (shape[0], y))
        )
        picture += peak * fwhm**2 * BODY * down[:, None] * across
    return picture


def scattered(count: int, low: float, high: float, seed: int = 4) -> Float32Array:
    return np.random.default_rng(seed).uniform(low, high, (count, 2)).astype(np.float32)


@pytest.mark.parametrize("fwhm", [0.2, 0.8, 1.5, 2.4, 3.9, 4.1, 7.9, 8.1, 20.0, 70.0])
def test_absorption_is_conserved_at_every_zoom(fwhm: float) -> None:
    rng = np.random.default_rng(1)
    xy = scattered(300, 150, 650)
    width = (fwhm * rng.uniform(0.7, 1.3, 300)).astype(np.float32)
    peak = rng.uniform(0.3, 1.2, 300).astype(np.float32)
    density = splat(xy, width, peak, (800, 800))
    truth = float((peak.astype(np.float64) * width.astype(np.float64) ** 2).sum()) * BODY
    assert density.sum(dtype=np.float64) == pytest.approx(truth, rel=1e-3)
    assert density.min() >= 0


@pytest.mark.parametrize("fwhm", [1.0, 1.5, 2.5, 3.9, 4.1, 7.9, 8.1, 20.0, 70.0])
def test_a_dot_keeps_its_place_and_its_width(fwhm: float) -> None:
    grid = np.arange(400) + 0.5
    spread = []
    for x, y in scattered(12, 190, 210).tolist():
        density = splat(np.array([[x, y]], np.float32), fwhm, 0.9, (400, 400)).astype(np.float64)
        total, across, down = density.sum(), density.sum(axis=0), density.sum(axis=1)
        centre = float((across * grid).sum() / total), float((down * grid).sum() / total)
        assert centre == pytest.approx((x, y), abs=0.003 * max(1.0, fwhm))
        spread.append(float((across * (grid - centre[0]) ** 2).sum() / total))
    truth = fwhm**2 / (8 * math.log(2)) + 1 / 12
    assert np.mean(spread) == pytest.approx(truth, rel=0.04)
    assert np.ptp(spread) < 0.02 * truth


@pytest.mark.parametrize(("fwhm", "within"), [(1.5, 0.1), (3.0, 0.03), (6.0, 0.03), (25.0, 0.03)])
def test_picture_is_close_to_the_exact_one(fwhm: float, within: float) -> None:
    xy = scattered(200, 40, 360)
    truth = exact(xy.astype(np.float64), fwhm, 0.8, (400, 400))
    density = splat(xy, fwhm, 0.8, (400, 400))
    assert np.sqrt(((density - truth) ** 2).mean()) < within * truth.std()


def test_widths_are_kept_apart_when_they_can_be_seen() -> None:
    xy = np.array([[50, 50], [150, 50]], np.float32)
    density = splat(xy, np.array([6.0, 12.0], np.float32), 0.8, (100, 200))
    assert density[50, 50] == pytest.approx(0.8, rel=0.1)
    assert density[50, 150] == pytest.approx(0.8, rel=0.1)


@pytest.mark.parametrize("fwhm", [2.0, 5.0, 30.0])
def test_a_part_of_a_picture_is_that_part(fwhm: float) -> None:
    xy = scattered(400, 0, 300)
    whole = splat(xy, fwhm, 0.8, (300, 300))
    part = splat(xy - np.array([120, 80], np.float32), fwhm, 0.8, (90, 110))
    reference = whole[80:170, 120:230]
    # large dots lie on a coarser grid, which starts elsewhere
    assert np.abs(part - reference).max() < 0.03 * reference.max()


def test_crowded_dots_are_all_counted() -> None:
    xy = scattered(20_000, 40, 80)
    density = splat(xy, 1.5, 0.01, (120, 120))
    assert density.sum(dtype=np.float64) == pytest.approx(20_000 * 0.01 * 2.25 * BODY, rel=1e-3)


def test_dots_on_the_same_pixel_add_up() -> None:
    one = splat(np.array([[30.3, 20.7]], np.float32), 3.0, 0.5, (60, 60))
    three = splat(np.array([[30.3, 20.7]] * 3, np.float32), 3.0, 0.5, (60, 60))
    assert np.allclose(three, 3 * one, atol=1e-6)


def test_dots_outside_or_nowhere_leave_no_trace() -> None:
    nan = float("nan")
    xy = np.array([[-50, 10], [500, 10], [nan, 10], [nan, nan]], np.float32)
    assert not splat(xy, 3.0, 0.5, (100, 100)).any()
    assert splat(np.zeros((0, 2), np.float32), 3.0, 0.5, (7, 9)).shape == (7, 9)
