import math

import numpy as np
import pytest

from studio.model.photo import Measurement, MeasurementKind
from studio.model.refusal import Refusal
from studio.skin.measure import best, measured_plane, provisional_plane
from studio.skin.plane import PlaneMap
from studio.skin.references import references

WIDTH, HEIGHT = 3000, 4000


def marked(kind: MeasurementKind, points: list[tuple[float, float]], size: float) -> Measurement:
    return Measurement(kind=kind, points=tuple(points), size_mm=size, size_se=0.1, click_se=0.5)


def sticker(tilt_deg: float, turn_deg: float, px_per_mm: float) -> Measurement:
    """A 20 mm disc at (1500, 1200) px seen under a tilt, by weak perspective."""
    major = 10 * px_per_mm
    minor = major * math.cos(math.radians(tilt_deg))
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    return marked(
        MeasurementKind.STICKER,
        [(1500, 1200), (1500 + major * c, 1200 + major * s), (1500 - minor * s, 1200 + minor * c)],
        20.0,
    )


@pytest.mark.parametrize("tilt", [0.0, 20.0, 55.0])
@pytest.mark.parametrize("turn", [0.0, 33.0, 120.0])
def test_a_tilted_sticker_gives_true_lengths_in_every_direction(tilt: float, turn: float) -> None:
    plane = measured_plane(WIDTH, HEIGHT, (sticker(tilt, turn, 8.0),))
    skin = PlaneMap("p", plane)
    angles = np.radians(np.arange(0, 360, 15))
    # A circle of 30 mm round the sticker's centre on the tilted plane, seen by the camera.
    flat = 30 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    squeeze = np.diag([1.0, math.cos(math.radians(tilt))])
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    turned = np.array([[c, -s], [s, c]])
    px = 8.0 * flat @ (turned @ squeeze).T + (1500, 1200)
    radii = np.hypot(*(skin.to_skin(px) - plane.centre).T)
    assert radii == pytest.approx(30.0, abs=1e-9)
    assert plane.tilt == pytest.approx(tilt, abs=1e-4)
    assert_upright(skin, np.array([1500.0, 1200.0]))
    assert skin.scaled
    assert skin.method == "sticker"


def camera_of_card(tilt_deg: float) -> tuple[np.ndarray, np.ndarray]:
    """Corner pixels of a card in a true pinhole camera, and a 50 mm line on its plane."""
    t = math.radians(tilt_deg)
    turn = np.array([[1, 0, 0], [0, math.cos(t), -math.sin(t)], [0, math.sin(t), math.cos(t)]])
    half = np.array([[-42.8, -26.99], [42.8, -26.99], [42.8, 26.99], [-42.8, 26.99]])
    line = np.array([[-20.0, -15.0], [20.0, 15.0]])

    def seen(points: np.ndarray) -> np.ndarray:
        xyz = np.column_stack([points, np.zeros(len(points))]) @ turn.T + (10, 20, 900)
        px: np.ndarray = 7000 * xyz[:, :2] / xyz[:, 2:] + (WIDTH / 2, HEIGHT / 2)
        return px

    return seen(half), seen(line)


@pytest.mark.parametrize("tilt", [0.0, 30.0])
@pytest.mark.parametrize("shift", [0, 2])
def test_a_card_undoes_perspective(tilt: float, shift: int) -> None:
    corners, line = camera_of_card(tilt)
    corners = np.roll(corners, shift, axis=0)
    card = marked(MeasurementKind.CARD, [tuple(c) for c in corners.tolist()], 85.6)
    skin = PlaneMap("p", measured_plane(WIDTH, HEIGHT, (card,)))
    length = skin.length(skin.to_skin(line))
    assert length.value == pytest.approx(50.0, rel=1e-6)
    assert_upright(skin, corners.mean(axis=0))


def assert_upright(skin: PlaneMap, at: np.ndarray) -> None:
    """Down in the photo is down in the chart, right is to the right."""
    origin, right, down = skin.to_skin(np.vstack([at, at + np.array([[1, 0], [0, 1]])]))
    assert down[0] == pytest.approx(origin[0], abs=1e-5)
    assert down[1] > origin[1]
    assert right[0] > origin[0]


def test_a_card_marked_across_is_refused() -> None:
    corners, _ = camera_of_card(10)
    crossed = [tuple(corners[i].tolist()) for i in (0, 2, 1, 3)]
    with pytest.raises(Refusal, match="one after the other"):
        measured_plane(WIDTH, HEIGHT, (marked(MeasurementKind.CARD, crossed, 85.6),))


def test_two_points_of_a_ruler() -> None:
    ruler = marked(MeasurementKind.RULER, [(100, 100), (500, 400)], 50.0)
    plane = measured_plane(WIDTH, HEIGHT, (ruler,))
    skin = PlaneMap("p", plane)
    assert skin.px_per_unit(np.zeros((1, 2)))[0] == pytest.approx(10.0)
    # size: 0.1 of 50; clicks: 0.5 px at both ends along the line of 500 px
    assert plane.sigma == pytest.approx(math.hypot(0.1 / 50, math.sqrt(2) * 0.5 / 500), rel=1e-3)


def test_click_error_agrees_with_repeated_clicks() -> None:
    rng = np.random.default_rng(7)
    true = sticker(30, 20, 4.0)
    plane = measured_plane(WIDTH, HEIGHT, (true,))
    scales = []
    for _ in range(2000):
        noisy = np.array(true.points) + rng.normal(0, true.click_se, (3, 2))
        moved = marked(MeasurementKind.STICKER, [tuple(p) for p in noisy.tolist()], 20.0)
        matrix = np.array(measured_plane(WIDTH, HEIGHT, (moved,)).matrix).reshape(3, 3)
        scales.append(math.sqrt(abs(np.linalg.det(matrix[:2, :2]))))
    spread = float(np.std(scales) / np.mean(scales))
    assert math.hypot(spread, 0.1 / 20) == pytest.approx(plane.sigma, rel=0.06)


def test_precedence_and_insisting() -> None:
    ruler = marked(MeasurementKind.RULER, [(0, 0), (400, 0)], 50.0)
    iris = marked(MeasurementKind.IRIS, [(0, 0), (90, 0)], 11.71)
    assert best((iris, ruler)) is ruler
    assert best((iris, ruler), MeasurementKind.IRIS) is iris
    assert best((ruler,), MeasurementKind.IRIS) is ruler
    assert best(()) is None


def test_no_measurement_has_no_scale() -> None:
    skin = PlaneMap("p", provisional_plane(WIDTH, HEIGHT))
    assert not skin.scaled
    assert skin.method == "no scale"
    assert not skin.length(np.array([[0.0, 0.0], [10.0, 0.0]])).known


@pytest.mark.parametrize(
    ("kind", "points", "size"),
    [
        (MeasurementKind.RULER, [(0, 0), (3, 0)], 50.0),
        (MeasurementKind.RULER, [(0, 0)], 50.0),
        (MeasurementKind.RULER, [(0, 0), (300, 0)], 0.0),
        (MeasurementKind.RULER, [(0, 0), (300, 0)], float("nan")),
        (MeasurementKind.RULER, [(0, 0), (float("inf"), 0)], 50.0),
        (MeasurementKind.STICKER, [(0, 0), (40, 0), (0, 80)], 20.0),
    ],
)
def test_marks_that_cannot_be_are_refused(
    kind: MeasurementKind, points: list[tuple[float, float]], size: float
) -> None:
    with pytest.raises(Refusal):
        measured_plane(WIDTH, HEIGHT, (marked(kind, points, size),))


def test_every_kind_of_measurement_has_a_reference() -> None:
    assert set(references()) == set(MeasurementKind)
    assert all(r.size_mm > 0 and r.size_se > 0 and r.source for r in references().values())
