"""Gradients and painted strokes: shares of a zone's density, live and as if made anew."""

from dataclasses import replace

import numpy as np
import pytest

from studio.model.arrays import FloatArray
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Gradient, Zone
from studio.pigment.field import Field, density_field
from studio.pigment.raster import AreaScale
from studio.pigment.shade import MOST, shares
from tests.unit.pigment.shapes import circle, rectangle, zone

GRADIENT = Gradient(start=(5.0, 0.0), end=(25.0, 0.0), at_start=1.0, at_end=0.2)


def falling(points: FloatArray) -> FloatArray:
    return np.asarray(1 - points[:, 0] / 100)


def wide() -> Zone:
    return zone(rectangle(0, 0, 60, 40), density=100)


def at(field: Field, x: float, y: float) -> float:
    column, row = int((x - field.origin[0]) / field.step), int((y - field.origin[1]) / field.step)
    return float(field.density[row, column])


def painted(*strokes: DensityStroke) -> Zone:
    return replace(wide(), strokes=strokes)


def stroke(
    *path: tuple[float, float], radius: float = 5.0, softness: float = 0.5, amount: float = 0.5
) -> DensityStroke:
    return DensityStroke(path=path, radius=radius, softness=softness, amount=amount)


def test_gradient_runs_between_its_ends_and_is_even_beyond() -> None:
    field = density_field([replace(wide(), gradient=GRADIENT)])
    assert at(field, 2.1, 10) == pytest.approx(1.0)
    assert at(field, 15.25, 30) == pytest.approx(1 - 0.8 * 10.25 / 20, abs=1e-5)
    assert at(field, 40, 10) == pytest.approx(0.2)


def test_gradient_of_no_length_is_its_start() -> None:
    same = replace(GRADIENT, end=GRADIENT.start)
    assert shares(same, (np.zeros(3), np.zeros(3))).tolist() == [1.0, 1.0, 1.0]


def test_a_dab_is_full_in_the_middle_and_nothing_at_its_radius() -> None:
    field = density_field([painted(stroke((30.25, 20.25)))])
    profile = [at(field, 30.25 + d, 20.25) for d in (0, 2, 2.5, 3.5, 5, 6)]
    assert profile[:3] == pytest.approx([1.5, 1.5, 1.5], abs=1e-5)
    assert profile[3:] == pytest.approx([1.324, 1.0, 1.0], abs=1e-4)


def test_a_stroke_covers_once_and_strokes_add_up() -> None:
    back_and_forth = stroke((10, 20), (50, 20), (10, 20), (50, 20))
    assert at(density_field([painted(back_and_forth)]), 30, 20) == pytest.approx(1.5)
    twice = painted(stroke((10, 20), (50, 20)), stroke((30, 5), (30, 35)))
    assert at(density_field([twice]), 30, 20) == pytest.approx(2.0)
    assert at(density_field([twice]), 20, 20) == pytest.approx(1.5)


def test_paint_stays_between_nothing_and_twice() -> None:
    more = stroke((30, 20), amount=1.0)
    assert at(density_field([painted(more, more, more)]), 30, 20) == pytest.approx(MOST)
    less = stroke((30, 20), amount=-1.0)
    field = density_field([painted(less, less)])
    assert at(field, 30, 20) == 0.0
    assert field.owner[int((20 - field.origin[1]) / 0.5), int((30 - field.origin[0]) / 0.5)] == -1


def test_pressure_scales_the_amount_along_the_stroke() -> None:
    pressed = replace(stroke((10, 20), (50, 20)), pressures=(0.0, 1.0))
    field = density_field([painted(pressed)])
    assert at(field, 30.25, 20.25) == pytest.approx(1 + 0.5 * 0.506, abs=0.01)


def test_radius_is_of_skin() -> None:
    field = density_field([painted(stroke((36, 20), radius=4.0, softness=0.0))], falling)
    column = field.density[int((20.1 - field.origin[1]) / 0.5)]
    x = field.origin[0] + (np.arange(len(column)) + 0.5) * 0.5
    raised = x[column / falling(np.stack([x, x], axis=1)) > 1.2]
    assert raised.min() == pytest.approx(36 - 4 / np.sqrt(0.68), abs=0.5)
    assert raised.max() == pytest.approx(36 + 4 / np.sqrt(0.60), abs=0.6)


def test_paint_stays_inside_the_zone() -> None:
    plain, full = density_field([wide()]), density_field([painted(stroke((60, 20), amount=1.0))])
    assert np.array_equal(plain.density > 0, full.density > 0)


def test_replacing_zone_still_replaces_where_it_asks_for_nothing() -> None:
    bare = replace(painted(stroke((30, 20), amount=-1.0)), blend=Blend.REPLACE)
    field = density_field([zone(rectangle(0, 0, 60, 40), density=80), bare])
    assert at(field, 30, 20) == 0.0


@pytest.mark.parametrize("scale", [None, falling])
@pytest.mark.parametrize("mirrored", [False, True])
def test_painting_live_is_painting_anew(scale: AreaScale | None, mirrored: bool) -> None:
    rng = np.random.default_rng(8)
    path = np.cumsum(rng.normal(0, 2, (40, 2)), axis=0) + np.array([30, 20])
    below = zone(circle(30, 20, 25), density=60, feather=5)
    twin = stroke((50, 30), (55, 35), radius=3)
    one = wide()
    field, strokes = density_field([below, one], scale), [stroke((20, 20), (25, 30))]
    growing = stroke(tuple(path[0]), amount=0.3)
    for point in path[1:]:
        growing = replace(growing, path=(*growing.path, tuple(point.tolist())))
        row = (*strokes, growing, twin) if mirrored else (*strokes, growing)
        one = replace(wide(), strokes=row, gradient=GRADIENT)
        field = density_field([below, one], scale, last=field)
    again = density_field([below, one], scale)
    assert np.array_equal(field.density, again.density)
    assert np.array_equal(field.owner, again.owner)
    # one stroke less, a stroke with other settings, none
    for strokes_left in ((growing,), (replace(growing, amount=-0.3), twin), ()):
        one = replace(one, strokes=strokes_left)
        field = density_field([below, one], scale, last=field)
        assert np.array_equal(field.density, density_field([below, one], scale).density)


def test_a_longer_stroke_paints_only_what_is_new() -> None:
    first = painted(stroke((10, 20), (15, 20)))
    before = density_field([first])
    longer = replace(first.strokes[0], path=(*first.strokes[0].path, (18.0, 20.0)))
    after = density_field([replace(first, strokes=(longer,))], last=before)
    layer, old = after.layers[0], before.layers[0]
    assert layer is not None
    assert old is not None
    assert layer.shade is not None
    assert layer.extent is old.extent
    x0, _, x1, _ = layer.shade.fresh
    assert x0 >= 19
    assert x1 <= 48
