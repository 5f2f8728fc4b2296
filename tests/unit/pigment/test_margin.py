"""The margin round what is kept clear, in mm of skin."""

import numpy as np
import pytest
import shapely
from shapely import Polygon

from studio.model.arrays import FloatArray
from studio.pigment.margin import margin_reach, widened
from tests.unit.pigment.shapes import circle, rectangle


def shrinking(points: FloatArray) -> FloatArray:
    """Skin per chart unit squared, falling from 1 at x = 0 to 0.25 at x = 60."""
    return np.asarray(np.clip(1 - points[:, 0] / 80, 0.2, 1.0))


def test_on_a_plane_it_is_a_buffer() -> None:
    mole = Polygon(circle(3, 4, 2, 24))
    wide = widened(mole, 5.0, None)
    assert wide.area == pytest.approx(mole.buffer(5.0, quad_segs=64).area, rel=0.003)
    assert shapely.distance(wide.boundary, mole) >= 5.0 - 1e-9


@pytest.mark.parametrize("x", [0.0, 30.0, 60.0])
def test_it_is_as_wide_as_the_skin_there_makes_it(x: float) -> None:
    mole = Polygon(circle(x, 0, 2, 24))
    wide = widened(mole, 5.0, shrinking)
    assert isinstance(wide, Polygon)
    points = shapely.get_coordinates(wide.segmentize(0.2).exterior)
    # one step from the mole's edge: the mean scale along it
    nearest = shapely.get_coordinates(shapely.shortest_line(mole, shapely.points(points)))[::2]
    skin = np.hypot(*(points - nearest).T) * np.sqrt(shrinking(nearest))
    assert skin.min() >= 5.0 - 1e-6
    assert skin.max() <= 5.0 * 1.06
    reach = margin_reach(np.array(mole.exterior.coords)[:-1], 5.0, shrinking)
    assert np.abs(points - (x, 0)).max() <= 2 + reach * 1.01


def test_long_edges_and_holes_are_widened_too() -> None:
    ring = Polygon(rectangle(0, 0, 60, 60), [rectangle(20, 20, 40, 40)])
    wide = widened(ring, 3.0, shrinking)
    assert wide.is_valid
    assert isinstance(wide, Polygon)
    inner = Polygon(wide.interiors[0])
    assert inner.bounds[0] == pytest.approx(20 + 3 / np.sqrt(0.75), abs=0.05)
    assert not wide.contains(shapely.Point(60 + 6.2, 30))
    assert wide.contains(shapely.Point(60 + 5.9, 30))
