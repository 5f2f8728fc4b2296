"""From a photo of a case to the hair that is there, on its chart."""

from dataclasses import replace

import numpy as np
import pytest
from shapely import Polygon

from stubble.simulator import Conditions, render
from studio.imaging.existing import Search, search, search_or_cover
from studio.model.photo import Photo
from studio.model.quantity import Quantity
from studio.model.refusal import Refusal
from studio.skin.plane import PlaneMap, plane_map
from tests.unit.planning.designs import front, plane, square

SIDE = 24.0


def shot(px_per_mm: float = 10.0, *, scaled: bool = True) -> tuple[np.ndarray, Photo, PlaneMap]:
    """A patch as a photo whose chart is mm from its top left corner."""
    drawn = render(
        Conditions(density=50, length=0.4, px_per_mm=px_per_mm), SIDE, np.random.default_rng(4)
    )
    matrix = (1 / px_per_mm, 0.0, 0.0, 0.0, 1 / px_per_mm, 0.0, 0.0, 0.0, 1.0)
    photo = replace(front(), plane=replace(plane(scaled=scaled), matrix=matrix))
    return drawn.pixels, photo, plane_map(photo)


def test_what_is_found_lies_in_the_rings_on_the_chart() -> None:
    pixels, photo, skin = shot()
    found = search(pixels, photo, skin, (square(10.0, 6.0, 6.0),))
    hair = found.existing()
    assert hair.photo == photo.id
    assert hair.chart == skin.chart
    assert sum(Polygon(ring).area for ring in hair.searched) == pytest.approx(100, rel=0.1)
    low, high = np.array(hair.found).min(axis=0), np.array(hair.found).max(axis=0)
    assert (low > 5).all()
    assert (high < 17).all()
    assert len(found.existing(0.8).found) < len(hair.found) < len(found.existing(0.1).found)
    assert found.existing(0.8).found == hair.found[: len(found.existing(0.8).found)]


def test_holes_are_not_searched() -> None:
    pixels, photo, skin = shot()
    outer, away = square(8.0, 2.0, 2.0), square(8.0, 14.0, 14.0)
    hair = search(pixels, photo, skin, (outer, away)).existing(0.0)
    assert len(hair.searched) == 2
    for x, y in hair.found:
        assert max(x, y) < 11 or min(x, y) > 13


def test_without_a_scale_nothing_is_looked_for() -> None:
    pixels, photo, skin = shot(scaled=False)
    with pytest.raises(Refusal, match="no scale"):
        search(pixels, photo, skin, (square(10.0),))


def test_places_off_the_photo_are_refused() -> None:
    pixels, photo, skin = shot()
    with pytest.raises(Refusal, match="faces it"):
        search(pixels, photo, skin, (square(10.0, 100.0),))


def test_what_is_turned_away_is_refused() -> None:
    pixels, photo, _ = shot()
    turned = plane_map(replace(photo, plane=replace(photo.plane, tilt=61.0)))
    with pytest.raises(Refusal, match="faces it"):
        search(pixels, photo, turned, (square(10.0),))


def test_of_a_coarse_photo_only_the_coverage_is_told() -> None:
    fine, photo, skin = shot()
    assert isinstance(search_or_cover(fine, photo, skin, (square(10.0, 6.0, 6.0),)), Search)
    pixels, photo, skin = shot(5.0)
    told = search_or_cover(pixels, photo, skin, (square(10.0, 6.0, 6.0),))
    assert isinstance(told, Quantity)
    assert 0 < told.value < 0.5
    assert told.se >= 0.03
