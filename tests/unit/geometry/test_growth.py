"""Which way hair grows: true on the strokes, smooth between, swirling round a whorl."""

import numpy as np
import pytest

from studio.geometry.growth import SPIRAL, GrowthField, growth_field
from studio.model.arrays import FloatArray
from studio.model.strokes import GrowthStroke, Whorl


def stroke(*path: tuple[float, float], whorl: Whorl = Whorl.NONE) -> GrowthStroke:
    return GrowthStroke(chart="head", path=path, whorl=whorl)


def grid() -> FloatArray:
    x = np.arange(-60, 61, 2.0) + 0.37
    return np.stack(np.meshgrid(x, x), axis=-1).reshape(-1, 2)


FORWARD = stroke((0.0, 40.0), (0.0, 0.0))
SIDEWAYS = stroke((30.0, 40.0), (50.0, 40.0), (60.0, 30.0))


def test_exact_on_strokes() -> None:
    field = growth_field([FORWARD, SIDEWAYS])
    way, sure = field.directions(np.array([(0.0, 40.0), (0.0, 20.0), (0.0, 0.0), (40.0, 40.0)]))
    assert way[:3] == pytest.approx(np.array([(0.0, -1.0)] * 3), abs=1e-6)
    # between the first point and the bend the direction runs from one to the other
    assert way[3] == pytest.approx((np.cos(np.pi / 16), -np.sin(np.pi / 16)), abs=0.01)
    assert sure == pytest.approx(np.ones(4), abs=1e-6)


def test_direction_has_a_sense() -> None:
    back = growth_field([stroke(*FORWARD.path[::-1])])
    way, _ = back.directions(np.array([(5.0, 20.0)]))
    assert way[0, 1] > 0.99


def test_unit_vectors_that_turn_smoothly() -> None:
    field = growth_field([FORWARD, SIDEWAYS])
    points = grid()
    way, sure = field.directions(points)
    assert np.hypot(*way.T) == pytest.approx(np.ones(len(points)))
    assert ((sure > 0) & (sure <= 1)).all()
    near, _ = field.directions(points + 0.1)
    turned = np.degrees(np.arccos(np.clip((way * near).sum(axis=1), -1, 1)))
    away = np.min([np.hypot(*(points - p).T) for p in field.at], axis=0)
    assert turned[away > 2].max() < 5.0


def test_confidence_falls_with_distance() -> None:
    field = growth_field([FORWARD])
    _, sure = field.directions(np.array([(0.0, 20.0), (20.0, 20.0), (80.0, 20.0)]))
    assert sure[0] > sure[1] > sure[2]


@pytest.mark.parametrize("whorl", [Whorl.CLOCKWISE, Whorl.COUNTER])
def test_a_whorl_is_a_spiral(whorl: Whorl) -> None:
    field = growth_field([stroke((10.0, -5.0), whorl=whorl)])
    turn = np.linspace(0, 2 * np.pi, 40)
    out = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    way, _ = field.directions(out * 15 + (10.0, -5.0))
    assert (way * out).sum(axis=1) == pytest.approx(np.full(40, np.cos(SPIRAL)))
    # y runs down: a positive cross product is clockwise on the screen
    cross = out[:, 0] * way[:, 1] - out[:, 1] * way[:, 0]
    assert cross * whorl.value == pytest.approx(np.full(40, np.sin(SPIRAL)))


def test_the_middle_of_a_whorl_has_no_direction() -> None:
    field = growth_field([stroke((0.0, 0.0), whorl=Whorl.CLOCKWISE)])
    way, sure = field.directions(np.array([(0.0, 0.0)]))
    assert way.tolist() == [[1.0, 0.0]]
    assert sure.tolist() == [0.0]


def test_strokes_and_a_whorl_go_together() -> None:
    field = growth_field([FORWARD, stroke((0.0, 60.0), whorl=Whorl.CLOCKWISE)])
    way, sure = field.directions(np.array([(0.0, 20.0), (3.0, 60.0)]))
    assert way[0] == pytest.approx((0.0, -1.0), abs=1e-3)
    assert way[1] == pytest.approx((np.cos(SPIRAL), np.sin(SPIRAL)), abs=0.05)
    assert np.isfinite(way).all()
    assert np.isfinite(sure).all()


@pytest.mark.parametrize(
    "strokes", [[], [stroke()], [stroke((1.0, 1.0))], [stroke((1.0, 1.0), (1.0, 1.0))]]
)
def test_nothing_drawn_tells_nothing(strokes: list[GrowthStroke]) -> None:
    field: GrowthField = growth_field(strokes)
    assert not field
    way, sure = field.directions(np.zeros((3, 2)))
    assert way.tolist() == [[1.0, 0.0]] * 3
    assert sure.tolist() == [0.0] * 3


def test_a_stroke_that_turns_straight_back_is_no_error() -> None:
    field = growth_field([stroke((0.0, 0.0), (10.0, 0.0), (0.0, 0.0))])
    way, _ = field.directions(grid())
    assert np.isfinite(way).all()
