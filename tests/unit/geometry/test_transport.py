"""Curves pushed through mappings, compared with the mapped points themselves."""

import numpy as np
import pytest
import shapely

from studio.geometry.bezier import Nodes, controls, evaluate, flatten
from studio.geometry.transport import transport
from studio.model.arrays import FloatArray
from studio.model.curve import Node
from studio.model.refusal import Refusal

WAVE = (
    Node((0.0, 0.0), (-8.0, 20.0), (10.0, -25.0)),
    Node((40.0, 5.0), (28.0, -20.0), (52.0, 30.0), smooth=False),
    Node((90.0, 0.0), (70.0, 22.0), None),
)
TURN = np.array([[0.8, -0.5], [0.7, 1.1]])


def affine(points: FloatArray) -> FloatArray:
    image: FloatArray = points @ TURN.T + (3.0, -7.0)
    return image


def perspective(points: FloatArray) -> FloatArray:
    image: FloatArray = (points @ TURN.T) / (1 + points @ np.array([[2e-3], [1e-3]]))
    return image


def ball(points: FloatArray) -> FloatArray:
    """Stereographic picture of a sphere of 90 mm, as a head's chart would be."""
    x, y = points.T
    z = 90 - np.sqrt(90**2 - (x / 2) ** 2 - (y / 2) ** 2)
    image: FloatArray = np.stack([x / (1 - z / 180), y / (1 - z / 180)], axis=1)
    return image


def apart(line: FloatArray, nodes: Nodes, *, closed: bool) -> float:
    course = shapely.linestrings(flatten(nodes, closed=closed, tolerance=1e-4))
    return float(shapely.distance(shapely.points(line), course).max())


@pytest.mark.parametrize("closed", [False, True])
def test_affine_mappings_are_exact_and_add_no_nodes(closed: bool) -> None:
    image = transport(WAVE, affine, closed=closed)
    for before, after in zip(WAVE, image, strict=True):
        for a, b in zip(
            (before.at, before.back, before.ahead), (after.at, after.back, after.ahead), strict=True
        ):
            assert (a is None) == (b is None)
            if a is not None and b is not None:
                assert b == pytest.approx(affine(np.array([a]))[0].tolist(), abs=6e-4)
    assert [n.smooth for n in image] == [n.smooth for n in WAVE]


@pytest.mark.parametrize("mapping", [perspective, ball])
@pytest.mark.parametrize("closed", [False, True])
def test_other_mappings_stay_within_tolerance(mapping: object, closed: bool) -> None:
    assert callable(mapping)
    truth = mapping(evaluate(controls(WAVE, closed=closed), np.linspace(0, 1, 200)).reshape(-1, 2))
    image = transport(WAVE, mapping, closed=closed, tolerance=0.01)
    assert apart(truth, image, closed=closed) < 0.013
    mapped = [tuple(mapping(np.array([node.at]))[0]) for node in WAVE]
    every = np.array([node.at for node in image])
    for at in mapped:
        assert np.hypot(*(every - at).T).min() < 1e-3
    assert len(image) < 12


def test_where_there_is_no_skin_it_is_refused() -> None:
    with pytest.raises(Refusal, match="no skin"):
        transport(WAVE, lambda points: np.where(points > 50, np.nan, points))


def test_a_mapping_that_cannot_be_followed_is_refused() -> None:
    with pytest.raises(Refusal, match="bends too sharply"):
        transport(WAVE, lambda points: points + 5 * np.sin(1000 * points))
