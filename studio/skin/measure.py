"""From what was marked in a photo to its plane, with the error of the scale."""

import math
from collections.abc import Callable

import numpy as np

from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.photo import Measurement, MeasurementKind, Plane
from studio.model.refusal import Refusal
from studio.skin.plane import project
from studio.skin.references import card_ratio

PROVISIONAL_HEIGHT_MM = 300.0
"""What a photo without a measurement is taken to show from top to bottom, for drawing only."""

SMALLEST_PX = 8.0
"""Something smaller than this in the photo gives no usable scale."""

POINTS = {
    MeasurementKind.STICKER: 3,
    MeasurementKind.CARD: 4,
    MeasurementKind.RULER: 2,
    MeasurementKind.OWN_IPD: 2,
    MeasurementKind.IRIS: 2,
    MeasurementKind.MEAN_IPD: 2,
}
"""How many points each kind of measurement has."""


def provisional_plane(width: int, height: int) -> Plane:
    """The plane of a photo of this size in which nothing was measured yet."""
    scale = PROVISIONAL_HEIGHT_MM / height
    return _plane(_about(np.eye(2) * scale, (width / 2, height / 2)), 0.0, (0.0, 0.0))


def best(
    measurements: tuple[Measurement, ...], scale_from: MeasurementKind | None = None
) -> Measurement | None:
    """The measurement that gives the scale: the one insisted on, or first by precedence."""
    if scale_from is not None:
        for measurement in measurements:
            if measurement.kind is scale_from:
                return measurement
    order = list(MeasurementKind)
    return min(measurements, key=lambda m: order.index(m.kind), default=None)


def measured_plane(
    width: int,
    height: int,
    measurements: tuple[Measurement, ...],
    scale_from: MeasurementKind | None = None,
) -> Plane:
    """The plane that the measurements give to a photo of this size in pixels.

    Refusal if the marks cannot be what they are said to be.
    """
    measurement = best(measurements, scale_from)
    if measurement is None:
        return provisional_plane(width, height)
    check(measurement)
    middle = (width / 2, height / 2)
    points = np.array(measurement.points, dtype=np.float64)
    matrix_of = _matrix_of(measurement.kind)
    matrix = matrix_of(points, measurement.size_mm, middle)
    at = points.mean(axis=0) if measurement.kind is not MeasurementKind.STICKER else points[0]
    sigma = math.hypot(
        measurement.size_se / measurement.size_mm,
        _click_error(matrix_of, points, measurement, middle, at),
    )
    x, y = project(matrix, at[None])[0]
    return _plane(matrix, sigma, (float(x), float(y)), _tilt(matrix, at), measurement.kind)


def check(measurement: Measurement) -> None:
    """Refusal if a measurement's numbers or marks cannot give a scale."""
    points = np.array(measurement.points, dtype=np.float64)
    if len(points) != POINTS[measurement.kind]:
        raise Refusal(f"This measurement needs {POINTS[measurement.kind]} marks. Set them again.")
    numbers = (measurement.size_mm, measurement.size_se, measurement.click_se)
    if not (np.isfinite(points).all() and all(math.isfinite(n) and n > 0 for n in numbers)):
        raise Refusal("A size must be a number above zero. Type it again.")
    gaps = [math.dist(points[i], points[i - 1]) for i in range(len(points))]
    if measurement.kind is MeasurementKind.STICKER:
        gaps = [math.dist(points[0], points[1]), math.dist(points[0], points[2])]
        if gaps[0] < gaps[1] * (1 - 1e-9):
            raise Refusal("The sticker's long half axis is shorter than the short one. Set both.")
    if min(gaps) < SMALLEST_PX:
        raise Refusal("The marks lie too close together for a scale. Set them further apart.")
    if measurement.kind is MeasurementKind.CARD:
        _check_card(points)


def _check_card(corners: FloatArray) -> None:
    before, after = np.roll(corners, 1, axis=0) - corners, np.roll(corners, -1, axis=0) - corners
    turns = np.sign(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    if abs(turns.sum()) != 4:
        raise Refusal("The card's corners must be marked one after the other round the card.")


Matrix = Callable[[FloatArray, float, Point], FloatArray]


def _matrix_of(kind: MeasurementKind) -> Matrix:
    if kind is MeasurementKind.STICKER:
        return _sticker_matrix
    if kind is MeasurementKind.CARD:
        return _card_matrix
    return _pair_matrix


def _sticker_matrix(points: FloatArray, size_mm: float, middle: Point) -> FloatArray:
    """Affine map that makes the sticker's ellipse a circle again.

    Weak perspective: across 20 mm at a metre the true perspective differs by 0.1 %.
    """
    long, short = points[1] - points[0], points[2] - points[0]
    major, minor = np.hypot(*long), np.hypot(*short)
    axis = long / major
    across = np.array([-axis[1], axis[0]])
    stretch = size_mm / 2 * (np.outer(axis, axis) / major + np.outer(across, across) / minor)
    return _about(_upright(stretch) @ stretch, middle)


def _pair_matrix(points: FloatArray, size_mm: float, middle: Point) -> FloatArray:
    return _about(np.eye(2) * size_mm / math.dist(points[0], points[1]), middle)


def _card_matrix(points: FloatArray, size_mm: float, middle: Point) -> FloatArray:
    """Homography of the four corners, turned so that the chart stands like the photo."""
    long, short = size_mm, size_mm / card_ratio()
    card = np.array([[0, 0], [long, 0], [long, short], [0, short]], dtype=np.float64)
    matrix = _homography(points, card)
    centre = points.mean(axis=0)
    jacobian = _jacobian(matrix, centre)
    turn = np.eye(3)
    turn[:2, :2] = _upright(jacobian)
    matrix = turn @ matrix
    shift = np.eye(3)
    wanted = turn[:2, :2] @ jacobian @ (centre - middle)
    shift[:2, 2] = wanted - project(matrix, centre[None])[0]
    matrix = shift @ matrix
    result: FloatArray = matrix / matrix[2, 2]
    return result


def _upright(linear: FloatArray) -> FloatArray:
    """The turn, with a flip if need be, after which the chart stands like the photo.

    Down in the photo is then down in the chart, and right is to the right.
    """
    x, y = linear[:, 1] / np.hypot(*linear[:, 1])
    turn: FloatArray = np.array([[y, -x], [x, y]])
    if np.linalg.det(turn @ linear) < 0:
        turn = np.diag([-1.0, 1.0]) @ turn
    return turn


def _homography(source: FloatArray, target: FloatArray) -> FloatArray:
    """Direct linear transform of four point pairs."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    try:
        solution = np.linalg.solve(np.array(rows), target.reshape(-1))
    except np.linalg.LinAlgError as error:
        raise Refusal("The card's corners lie on one line. Mark its four corners.") from error
    result: FloatArray = np.append(solution, 1.0).reshape(3, 3)
    return result


def _jacobian(matrix: FloatArray, at: FloatArray) -> FloatArray:
    """Derivative of the homography at a point, (2, 2)."""
    w = matrix[2, :2] @ at + matrix[2, 2]
    mapped = (matrix[:2, :2] @ at + matrix[:2, 2]) / w
    result: FloatArray = (matrix[:2, :2] - np.outer(mapped, matrix[2, :2])) / w
    return result


def _length_scale(matrix: FloatArray, at: FloatArray) -> float:
    """Millimetres per pixel at a point, geometric mean of all directions."""
    return math.sqrt(abs(np.linalg.det(_jacobian(matrix, at))))


def _click_error(
    matrix_of: Matrix,
    points: FloatArray,
    measurement: Measurement,
    middle: Point,
    at: FloatArray,
) -> float:
    """Relative error of a length from the error of each mark, by finite differences."""
    size = measurement.size_mm
    base = _length_scale(matrix_of(points, size, middle), at)
    step = 0.01
    total = 0.0
    for index in np.ndindex(points.shape):
        moved = points.copy()
        moved[index] += step
        change = (_length_scale(matrix_of(moved, size, middle), at) - base) / (step * base)
        total += (change * measurement.click_se) ** 2
    return math.sqrt(total)


def _tilt(matrix: FloatArray, at: FloatArray) -> float:
    """Angle in degrees between plane and camera: the ratio of the two principal scales."""
    long, short = np.linalg.svd(_jacobian(matrix, at), compute_uv=False)
    return math.degrees(math.acos(min(1.0, short / long)))


def _about(linear: FloatArray, middle: Point) -> FloatArray:
    matrix = np.eye(3)
    matrix[:2, :2] = linear
    matrix[:2, 2] = -linear @ np.asarray(middle)
    return matrix


def _plane(
    matrix: FloatArray,
    sigma: float,
    centre: Point,
    tilt: float = 0.0,
    method: MeasurementKind | None = None,
) -> Plane:
    a, b, c, d, e, f, g, h, i = (float(v) for v in matrix.reshape(9))
    return Plane(
        matrix=(a, b, c, d, e, f, g, h, i), sigma=sigma, centre=centre, tilt=tilt, method=method
    )
