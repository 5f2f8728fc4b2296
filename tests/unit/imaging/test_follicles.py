"""The finder of follicles on drawn patches with known roots."""

from dataclasses import replace

import numpy as np
import pytest

from stubble.simulator import Conditions, Patch, any_conditions, lighter, render
from studio.imaging.existing import COUNT_SE
from studio.imaging.follicle_net import CELL, MARGIN, chances, load_net, to_cells
from studio.imaging.follicles import FINEST, Hair, find_follicles, scale_at
from studio.imaging.stubble import coverage
from studio.model.refusal import Refusal

USUAL = Conditions(density=60)


def patch(conditions: Conditions = USUAL, seed: int = 3, side: float = 20.0) -> Patch:
    return render(conditions, side, np.random.default_rng(seed))


def everywhere(drawn: Patch) -> np.ndarray:
    return np.ones(drawn.pixels.shape[:2], np.bool_)


def inner(points: np.ndarray, drawn: Patch) -> np.ndarray:
    """Points that are not within 3 mm of the border."""
    edge = 3 * drawn.conditions.px_per_mm
    held = ((points > edge) & (points < len(drawn.pixels) - edge)).all(axis=1)
    return points[held]


SEVERAL = (
    USUAL,
    replace(USUAL, length=0.05),
    replace(USUAL, length=0.5),
    replace(USUAL, density=120),
    replace(USUAL, skin=0.08, hair=0.02, noise=0.003),
    replace(USUAL, px_per_mm=20),
)


def test_counts_keep_within_the_error_that_is_told() -> None:
    errors = []
    for conditions in SEVERAL:
        for seed in range(4):
            drawn = patch(conditions, seed)
            found = find_follicles(drawn.pixels, conditions.px_per_mm, everywhere(drawn))
            real = len(inner(drawn.roots, drawn))
            errors.append(abs(len(inner(found.marked, drawn)) / real - 1))
    assert np.mean(np.array(errors) < COUNT_SE) > 0.6
    assert max(errors) < 2 * COUNT_SE


def test_marks_lie_on_roots() -> None:
    drawn = patch(replace(USUAL, length=0.1, density=25, gap=0.8))
    found = find_follicles(drawn.pixels, USUAL.px_per_mm, everywhere(drawn))
    marks = inner(found.marked, drawn)
    apart = np.linalg.norm(marks[:, None] - drawn.roots[None], axis=2).min(axis=1)
    assert np.median(apart) / USUAL.px_per_mm < 0.15


def test_bare_skin_has_few_marks() -> None:
    drawn = patch(replace(USUAL, density=0))
    found = find_follicles(drawn.pixels, USUAL.px_per_mm, everywhere(drawn))
    assert len(found.marked) < 0.05 * 4 * 60


def test_a_higher_threshold_marks_some_of_the_same() -> None:
    drawn = patch()
    found = find_follicles(drawn.pixels, USUAL.px_per_mm, everywhere(drawn))
    counts = [len(found.at(t)) for t in np.linspace(0, 1, 11)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(found.points) > counts[5] > counts[-1] == 0
    assert np.array_equal(found.at(0.7), found.at(0.5)[: len(found.at(0.7))])


def test_fair_hair_on_dark_skin_is_told() -> None:
    drawn = patch(lighter(replace(USUAL, skin=0.1, noise=0.003)))
    assert find_follicles(drawn.pixels, 9.0, everywhere(drawn)).hair is Hair.LIGHTER
    drawn = patch()
    assert find_follicles(drawn.pixels, 9.0, everywhere(drawn)).hair is Hair.DARKER


def test_nothing_is_marked_outside_the_mask_or_where_it_is_coarse() -> None:
    drawn = patch()
    half = everywhere(drawn)
    half[:, : half.shape[1] // 2] = False
    found = find_follicles(drawn.pixels, 9.0, half)
    assert found.points[:, 0].min() > half.shape[1] // 2 - 1

    def falling(px: np.ndarray) -> np.ndarray:
        return np.where(px[:, 1] < half.shape[0] // 2, 9.0, 5.0)

    found = find_follicles(drawn.pixels, falling, everywhere(drawn))
    assert found.points[:, 1].max() < half.shape[0] // 2 + 8


def test_a_coarse_photo_is_refused_in_words() -> None:
    drawn = patch()
    with pytest.raises(Refusal, match="closer photo"):
        find_follicles(drawn.pixels, FINEST - 0.1, everywhere(drawn))
    with pytest.raises(Refusal):
        find_follicles(drawn.pixels, 9.0, ~everywhere(drawn))


def test_a_photo_in_parts_is_seen_as_one() -> None:
    net, rng = load_net(), np.random.default_rng(1)
    signal = rng.normal(size=(2 * 130, 2 * 120)).astype(np.float32)
    whole = chances(net, signal, np.ones((130, 120), np.bool_))
    corner = chances(net, signal[100:, 60:], np.ones((80, 90), np.bool_))
    at = MARGIN
    assert whole.shape == (130, 120, 2)
    assert np.allclose(whole[50 + at :, 30 + at :], corner[at:, at:], atol=1e-5)


def test_cells_hold_two_by_two_pixels() -> None:
    cells = to_cells(np.arange(24, dtype=np.float32).reshape(4, 6))
    assert cells.shape == (2, 3, CELL**2)
    assert cells[1, 2].tolist() == [16, 17, 22, 23]


def test_scale_is_read_from_a_function() -> None:
    def growing(px: np.ndarray) -> np.ndarray:
        return 5 + px[:, 0] / 100

    scales = scale_at((50, 203), growing)
    assert scales.shape == (50, 203)
    assert np.allclose(scales[:, 20:180], 5 + np.arange(20, 180) / 100, atol=0.01)


def test_coverage_is_the_light_that_hair_takes() -> None:
    for density in (0, 40, 120):
        conditions = replace(USUAL, density=density, gradient=0.0, shade=0.0, pores=0.0)
        drawn = patch(conditions, seed=5)
        told = coverage(drawn.pixels, 9.0, everywhere(drawn))
        bare = patch(replace(conditions, density=0), seed=5)
        real = 1 - linear(drawn.pixels).mean() / linear(bare.pixels).mean()
        assert abs(float(np.nanmean(told.share)) - real) < 0.05
        assert (told.se > 0).all()


def test_coverage_works_where_follicles_cannot_be_told() -> None:
    drawn = patch(replace(USUAL, px_per_mm=4.0, density=100))
    assert np.nanmean(coverage(drawn.pixels, 4.0, everywhere(drawn)).share) > 0.05
    with pytest.raises(Refusal):
        coverage(drawn.pixels, 1.0, everywhere(drawn))


def linear(pixels: np.ndarray) -> np.ndarray:
    return np.asarray((pixels[..., 1] / 255.0) ** 2.2)


def test_the_simulator_keeps_the_asked_density() -> None:
    rng = np.random.default_rng(2)
    flat = Conditions(density=100, gradient=0.0)
    counts = [len(inner(p.roots, p)) for p in (render(flat, 20, rng) for _ in range(6))]
    assert abs(np.mean(counts) / (100 * 1.96) - 1) < 0.08
    assert any_conditions(rng).px_per_mm >= 6.5
