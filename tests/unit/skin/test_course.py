"""Square off from a line in mm of skin, held against tapes laid on the head."""

import math

import numpy as np
import pytest
import shapely

from studio.model.arrays import FloatArray
from studio.model.chart import HEAD
from studio.skin.course import course
from studio.skin.forehead import forehead
from studio.skin.head.stored import scalp_map_of
from studio.skin.plane import plane_map
from tests.heads_of_practice import practice_on_head
from tests.unit.editing.hands import photo


def line_on_head() -> FloatArray:
    """From temple to temple over the forehead."""
    ground = forehead(practice_on_head()[0], HEAD)
    x = np.linspace(-70.0, 70.0, 120)
    return ground.to_chart(np.stack([x, 75.0 - (x / 20) ** 2], axis=1))


def test_on_a_plane_the_hair_lies_above_a_line_to_the_right() -> None:
    skin = plane_map(photo())
    way = course(skin, np.array([(-20.0, 5.0), (20.0, 5.0)]), 1.0)
    assert way.along[-1] == pytest.approx(40.0)
    assert np.allclose(way.beside(np.full(len(way.along), 3.0))[:, 1], 2.0)
    ends = way.round(-1, 4.0, np.array([math.pi / 2, 0.0, -math.pi / 2]))
    assert np.allclose(ends, [(20.0, 1.0), (24.0, 5.0), (20.0, 9.0)])


@pytest.mark.parametrize("mm", [-3.0, 2.0, 9.0, 15.0])
def test_on_the_head_it_is_as_far_by_tape(mm: float) -> None:
    head = practice_on_head()[0].head
    assert head is not None
    skin = scalp_map_of(head)
    way = course(skin, line_on_head(), 1.0)
    beside = way.beside(np.full(len(way.along), mm))
    for i in range(5, len(way.along), 25):
        (ax, ay), (bx, by) = way.chart[i].tolist(), beside[i].tolist()
        length, _ = skin.tape((ax, ay), (bx, by))
        assert length.value == pytest.approx(abs(mm), rel=0.003, abs=0.005)
    # the hair lies away from the face: on the chart the face is below
    middle = len(way.along) // 2
    assert (beside[middle, 1] < way.chart[middle, 1]) is np.bool_(mm > 0)


def test_steps_are_even_on_the_skin() -> None:
    head = practice_on_head()[0].head
    assert head is not None
    skin = scalp_map_of(head)
    way = course(skin, line_on_head(), 2.0)
    steps = skin.relief.length(way.chart)
    assert steps == pytest.approx(np.full(len(steps), way.along[1]), rel=0.02)
    assert way.along[-1] == pytest.approx(skin.length(line_on_head()).value, rel=0.002)


def test_behind_a_tight_bend_there_is_no_loop() -> None:
    line = np.array([(-40.0, 0.0), (-3.0, 0.0), (-1.0, 0.5), (0.0, 3.0), (0.0, 40.0)])
    way = course(plane_map(photo()), line, 0.5)
    aside = np.full(len(way.along), -9.0)
    assert not shapely.LineString(way.beside(aside)).is_simple
    assert shapely.LineString(way.parallel(aside)).is_simple
