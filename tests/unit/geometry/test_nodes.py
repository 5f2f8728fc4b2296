"""Node rules: what stays the same and what follows."""

import math

import numpy as np
import pytest

from studio.geometry.bezier import controls, evaluate, flatten, nearest
from studio.geometry.nodes import (
    Side,
    deleted,
    inserted,
    is_straight_through,
    moved,
    pulled,
    reversed_nodes,
    toggled,
    with_handle,
)
from studio.model.arrays import FloatArray
from studio.model.curve import Node

WAVE = (
    Node((0.0, 0.0), None, (10.0, -25.0)),
    Node((40.0, 5.0), (28.0, -19.0), (52.0, 29.0)),
    Node((90.0, 0.0), (70.0, 22.0), None),
)


def apart(one: FloatArray, nodes: tuple[Node, ...], *, closed: bool = False) -> float:
    return max(nearest(nodes, (x, y), closed=closed).distance for x, y in one.tolist())


def test_dragging_a_smooth_handle_turns_the_other_and_keeps_its_length() -> None:
    node = with_handle(WAVE[1], Side.AHEAD, (40.0, 30.0))
    assert node.back is not None
    assert node.back == pytest.approx((40.0, 5.0 - math.dist((40, 5), (28, -19))), abs=1e-3)
    assert node.smooth
    assert is_straight_through(node)


def test_alt_splits_the_handles() -> None:
    node = with_handle(WAVE[1], Side.AHEAD, (40.0, 30.0), free=True)
    assert node.back == WAVE[1].back
    assert not node.smooth


def test_a_handle_dragged_onto_its_node_goes() -> None:
    assert with_handle(WAVE[1], Side.BACK, (40.0, 5.0)).back is None


@pytest.mark.parametrize("segment", [0, 1])
@pytest.mark.parametrize("t", [0.1, 0.5, 0.9])
def test_inserting_keeps_the_shape(segment: int, t: float) -> None:
    more = inserted(WAVE, segment, t)
    assert len(more) == 4
    assert apart(flatten(WAVE), more) < 0.003
    assert is_straight_through(more[segment + 1])


def test_inserting_on_the_closing_segment() -> None:
    more = inserted(WAVE, 2, 0.5, closed=True)
    assert len(more) == 4
    assert more[3].at == (45.0, 0.0)
    assert more[:3] == WAVE


def test_deleting_an_inserted_node_gives_the_curve_back() -> None:
    for segment, t in ((0, 0.3), (1, 0.6)):
        again = deleted(inserted(WAVE, segment, t), segment + 1)
        assert len(again) == 3
        assert apart(flatten(WAVE), again) < 0.005


def test_deleting_keeps_the_directions_at_the_neighbours() -> None:
    less = deleted(WAVE, 1)
    before, after = controls(WAVE)[0], controls(less)[0]
    ways = [np.arctan2(*(c[1] - c[0])) for c in (before, after)]
    assert ways[0] == pytest.approx(ways[1], abs=1e-3)


def test_deleting_an_end_or_between_straight_lines() -> None:
    assert deleted(WAVE, 0) == WAVE[1:]
    square = tuple(Node(at, smooth=False) for at in ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0)))
    assert deleted(square, 1) == (square[0], square[2])


def test_toggling_makes_a_corner_smooth_from_its_neighbours() -> None:
    bend = tuple(Node(at, smooth=False) for at in ((0.0, 0.0), (30.0, 0.0), (30.0, 30.0)))
    smooth = toggled(bend, 1)
    assert is_straight_through(smooth[1])
    assert smooth[1].ahead == pytest.approx((30 + 10 / math.sqrt(2), 10 / math.sqrt(2)), abs=1e-3)
    corner = toggled(smooth, 1)
    assert not corner[1].smooth
    assert corner[1].ahead == smooth[1].ahead


def test_toggling_never_fails_where_directions_cancel() -> None:
    spike = tuple(Node(at, smooth=False) for at in ((0.0, 0.0), (30.0, 0.0), (0.0, 0.0)))
    assert is_straight_through(toggled(spike, 1)[1])
    assert toggled(spike[:2], 0)[0].ahead == (10.0, 0.0)


def test_moving_pulling_and_reversing() -> None:
    assert moved(WAVE[1], 1.0, 2.0) == Node((41.0, 7.0), (29.0, -17.0), (53.0, 31.0))
    assert pulled((1.0, 1.0), (3.0, 1.0)) == Node((1.0, 1.0), (-1.0, 1.0), (3.0, 1.0))
    assert pulled((1.0, 1.0), (1.0, 1.0)) == Node((1.0, 1.0), smooth=False)
    assert reversed_nodes(reversed_nodes(WAVE)) == WAVE
    t = np.linspace(0, 1, 9)
    back = evaluate(controls(reversed_nodes(WAVE)), 1 - t)[::-1]
    np.testing.assert_allclose(back, evaluate(controls(WAVE), t))
