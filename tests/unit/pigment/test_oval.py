"""Pictures of dots seen aslant, against Gaussians of elliptic outline integrated over pixels."""

import math

import numpy as np
import pytest

from studio.model.arrays import Float32Array, FloatArray
from studio.pigment.oval import splat_ovals
from studio.pigment.splat import splat

BODY = math.pi / (4 * math.log(2))
VARIANCE = 1 / (8 * math.log(2))
SIDE = 400
SHOWN = math.sqrt((0.3 - 1 / 12) / VARIANCE)
"""Full width at half maximum that is drawn as narrow as it is."""


def oval(width: float, cosine: float, turn: float) -> FloatArray:
    """The square of an ellipse's matrix, narrowed along the direction `turn`."""
    way = np.array([math.cos(turn), math.sin(turn)])
    square: FloatArray = width**2 * (np.eye(2) - (1 - cosine**2) * np.outer(way, way))
    return square


def spread(*squares: FloatArray) -> Float32Array:
    """As `splat_ovals` takes them."""
    rows = [(one[0, 0], one[0, 1], one[1, 1]) for one in squares]
    return np.array(rows, np.float32).T.copy()


def alone(at: FloatArray, square: FloatArray, side: int = SIDE) -> FloatArray:
    """The picture of one dot of peak 0.9."""
    xy, peak = at[None].astype(np.float32), np.array([0.9], np.float32)
    return splat_ovals(xy, spread(square), peak, (side, side)).astype(np.float64)


def moments(picture: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """Total, centre (2,) and covariance (2, 2) in pixels."""
    rows, columns = np.indices(picture.shape) + 0.5
    total = float(picture.sum())
    at = np.array([(picture * columns).sum(), (picture * rows).sum()]) / total
    x, y = columns - at[0], rows - at[1]
    xx, xy, yy = ((picture * v).sum() / total for v in (x * x, x * y, y * y))
    return total, at, np.array([[xx, xy], [xy, yy]])


def exact(xy: FloatArray, square: FloatArray, side: int) -> FloatArray:
    """Mean of each dot over each pixel, from 8 x 8 samples in it."""
    fine = (np.arange(side * 8) + 0.5) / 8
    x, y = np.meshgrid(fine, fine)
    inverse = np.linalg.inv(square * VARIANCE)
    picture = np.zeros((side * 8, side * 8))
    for at in xy:
        dx, dy = x - at[0], y - at[1]
        power = inverse[0, 0] * dx * dx + 2 * inverse[0, 1] * dx * dy + inverse[1, 1] * dy * dy
        picture += 0.9 * np.exp(-power / 2)
    mean: FloatArray = picture.reshape(side, 8, side, 8).mean(axis=(1, 3))
    return mean


@pytest.mark.parametrize("cosine", [1.0, 0.7, 0.4, 0.2, 0.1])
@pytest.mark.parametrize("width", [0.2, 0.6, 1.0, 1.5, 2.5, 4.0, 7.0, 15.0, 40.0])
def test_a_dot_holds_its_peak_times_the_area_of_its_ellipse(width: float, cosine: float) -> None:
    rng = np.random.default_rng(2)
    for _ in range(8):
        at, turn = rng.uniform(190, 210, 2), rng.uniform(0, math.pi)
        picture = alone(at, oval(width, cosine, turn))
        assert picture.sum() == pytest.approx(0.9 * width**2 * cosine * BODY, rel=1e-3)
        assert picture.min() >= 0


@pytest.mark.parametrize("cosine", [1.0, 0.7, 0.4, 0.25])
@pytest.mark.parametrize("width", [1.5, 2.5, 4.0, 7.0, 15.0, 40.0])
def test_a_dot_lies_where_it_should_and_leans_as_it_should(width: float, cosine: float) -> None:
    rng = np.random.default_rng(3)
    for _ in range(8):
        at, turn = rng.uniform(190, 210, 2), rng.uniform(0, math.pi)
        _, middle, found = moments(alone(at, oval(width, cosine, turn)))
        assert middle == pytest.approx(at, abs=0.04 * max(1.0, width / 6))
        # what is narrower than a pixel shows is drawn as wide as that
        drawn = max(width * cosine, SHOWN) / width
        truth = oval(width, drawn, turn) * VARIANCE + np.eye(2) / 12
        largest = float(np.linalg.eigvalsh(truth)[1])
        assert np.abs(found - truth).max() < 0.08 * largest
        across = np.array([math.cos(turn), math.sin(turn)])
        assert across @ found @ across == pytest.approx(across @ truth @ across, rel=0.08)


@pytest.mark.parametrize("turn", [0.0, 0.5, math.pi / 4, math.pi / 2, 2.2, 3 * math.pi / 4])
@pytest.mark.parametrize(("width", "cosine"), [(4.0, 0.5), (8.0, 0.3), (10.0, 0.8), (20.0, 0.2)])
def test_picture_is_close_to_the_exact_one(width: float, cosine: float, turn: float) -> None:
    xy = np.random.default_rng(5).uniform(20, 100, (20, 2))
    square = oval(width, cosine, turn)
    truth = exact(xy, square, 120)
    peaks = np.full(20, 0.9, np.float32)
    seen = splat_ovals(xy.astype(np.float32), spread(*[square] * 20), peaks, (120, 120))
    assert np.sqrt(((seen - truth) ** 2).mean()) < 0.07 * truth.std()


def test_a_thinner_dot_is_drawn_paler_not_wider_than_needed() -> None:
    at = np.array([200.0, 200.5])
    thin, thinner = (alone(at, oval(6.0, cosine, math.pi / 2)) for cosine in (0.1, 0.05))
    assert thinner == pytest.approx(thin / 2, abs=0.01)


def test_round_dots_are_those_of_the_round_picture() -> None:
    xy = np.random.default_rng(6).uniform(30, 170, (60, 2)).astype(np.float32)
    squares = spread(*[oval(3.5, 1.0, 0.0)] * 60)
    seen = splat_ovals(xy, squares, np.full(60, 0.4, np.float32), (200, 200))
    truth = splat(xy, 3.5, 0.4, (200, 200))
    assert np.sqrt(((seen - truth) ** 2).mean()) < 0.03 * truth.std()


@pytest.mark.parametrize("width", [2.0, 5.0, 30.0])
def test_a_part_of_a_picture_is_that_part(width: float) -> None:
    rng = np.random.default_rng(7)
    xy = rng.uniform(0, 300, (200, 2)).astype(np.float32)
    turns, cosines = rng.uniform(0, math.pi, 200).tolist(), rng.uniform(0.1, 1, 200).tolist()
    ovals = spread(*[oval(width, c, t) for c, t in zip(cosines, turns, strict=True)])
    peak = rng.uniform(0.1, 0.8, 200).astype(np.float32)
    whole = splat_ovals(xy, ovals, peak, (300, 300))
    corner = np.array([120, 80], np.float32)
    part = splat_ovals(xy - corner, ovals, peak, (90, 110))
    reference = whole[80:170, 120:230]
    # wide dots lie on a coarser grid, which starts elsewhere
    assert np.abs(part - reference).max() < 0.04 * reference.max()


@pytest.mark.parametrize(
    ("width", "cosine"),
    [(1.0, 0.5), (3.0, 0.3), (8.0, 0.2), (14.1, 0.12), (17.6, 0.1), (20.0, 0.5)],
)
@pytest.mark.parametrize("turn", [0.0, 0.7, math.pi / 2, 2.4])
def test_dots_on_the_rim_are_cut_by_it_and_by_nothing_else(
    width: float, cosine: float, turn: float
) -> None:
    xy = np.random.default_rng(9).uniform(40, 160, (1500, 2)).astype(np.float32)
    squares = spread(*[oval(width, cosine, turn)] * 1500)
    peak = np.full(1500, 0.2, np.float32)
    whole = splat_ovals(xy, squares, peak, (200, 200))
    part = splat_ovals(xy - np.float32(64), squares, peak, (64, 64))
    assert np.abs(part - whole[64:128, 64:128]).max() < 0.005 * whole.max()


def test_dots_of_all_sizes_keep_their_ink_together() -> None:
    rng = np.random.default_rng(8)
    xy = rng.uniform(200, 400, (3000, 2)).astype(np.float32)
    widths, cosines = rng.uniform(0.5, 30, 3000), rng.uniform(0.06, 1, 3000)
    squares = [oval(w, c, t) for w, c, t in zip(widths, cosines, xy[:, 0], strict=True)]
    peak = rng.uniform(0.05, 0.3, 3000).astype(np.float32)
    seen = splat_ovals(xy, spread(*squares), peak, (600, 600))
    truth = float((peak * widths**2 * cosines).sum()) * BODY
    assert seen.sum(dtype=np.float64) == pytest.approx(truth, rel=1e-3)


def test_dots_on_the_same_pixel_add_up() -> None:
    one = np.array([[30.3, 20.7]], np.float32)
    square = oval(4.0, 0.5, 1.0)
    peak = np.full(3, 0.5, np.float32)
    single = splat_ovals(one, spread(square), peak[:1], (60, 60))
    three = splat_ovals(np.repeat(one, 3, axis=0), spread(*[square] * 3), peak, (60, 60))
    assert np.allclose(three, 3 * single, atol=1e-6)


def test_dots_outside_or_nowhere_leave_no_trace() -> None:
    nan = float("nan")
    xy = np.array([[-50, 10], [500, 10], [nan, 10], [nan, nan]], np.float32)
    squares = spread(*[oval(3.0, 0.5, 1.0)] * 4)
    assert not splat_ovals(xy, squares, np.full(4, 0.5, np.float32), (100, 100)).any()
    none = splat_ovals(
        np.zeros((0, 2), np.float32), squares[:, :0], np.zeros(0, np.float32), (7, 9)
    )
    assert none.shape == (7, 9)


def test_a_dot_seen_edge_on_holds_nothing() -> None:
    assert alone(np.array([50.0, 50.0]), oval(5.0, 0.0, 0.7), 100).sum() < 1e-3
