"""Laying what was drawn onto the head."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from shapely import LineString, Point

from studio.editing.edits.head import set_head, set_tape
from studio.geometry.bezier import flatten
from studio.geometry.mirror import whole_curve
from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_zones
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.head import Tape
from studio.skin.maps import skin_map, skin_maps
from tests.heads_of_practice import practice_head
from tests.planes_of_practice import practice_on_planes


@cache
def drawn() -> Case:
    return practice_on_planes()[0]


@cache
def laid_onto_head() -> Case:
    case = drawn()
    return set_head(case, practice_head({p.view: p.id for p in case.photos}))


def test_a_hairline_keeps_its_pixels_when_it_is_laid_onto_the_head() -> None:
    case = drawn()
    front = case.photos[0]
    flat = skin_map(case, front)
    (line,) = whole_curve(case.variant.curves[0], case.axis(front.id))
    before = flat.to_photo(flatten(line.nodes))
    after = laid_onto_head()
    laid = after.variant.curves[0]
    assert laid.chart == HEAD
    assert not laid.mirrored
    shown = skin_map(after, front).to_photo(flatten(laid.nodes))
    assert np.isfinite(shown).all()
    for end in (0, -1):
        assert shown[end] == pytest.approx(before[end], abs=0.5)
    course = LineString(before)
    assert max(course.distance(Point(place)) for place in shown) < 0.5


def test_every_zone_is_laid_and_letters_stay_unique() -> None:
    case = drawn()
    after = laid_onto_head()
    zones = after.variant.zones
    assert {zone.chart for zone in zones} == {HEAD}
    letters = [zone.letter for zone in zones]
    assert len(set(letters)) == len(letters)
    assert len(zones) == len(effective_zones(case.variant, case.axis))
    assert all(polygon_of(zone).is_valid for zone in zones)


def test_areas_on_the_head_are_larger_than_the_plane_saw() -> None:
    case = drawn()
    after = laid_onto_head()
    flat = skin_maps(case)[case.photos[0].id].area(polygon_of(case.variant.zones[0]))
    own = after.variant.zones[0]
    true = skin_maps(after)[HEAD].area(polygon_of(own))
    # the transition was mirrored: it is whole now
    assert true.value > 2 * flat.value
    assert true.relative < flat.relative


def test_photos_that_were_not_joined_keep_their_planes() -> None:
    case = drawn()
    head = practice_head({p.view: p.id for p in case.photos[1:]})
    after = set_head(case, head)
    assert after.variant.curves == case.variant.curves
    assert after.axis(case.photos[0].id) == case.axis(case.photos[0].id)


def test_a_refit_that_changes_nothing_moves_nothing() -> None:
    case = drawn()
    head = practice_head({p.view: p.id for p in case.photos})
    once = laid_onto_head()
    again = set_head(once, replace(head, size_se=0.02))
    for before, after in zip(once.variant.zones, again.variant.zones, strict=True):
        assert len(after.outline) >= len(before.outline)
        corners = np.array(after.outline)
        for corner in before.outline:
            assert np.hypot(*(corners - corner).T).min() < 0.05


def test_the_tape_is_kept() -> None:
    case = drawn()
    assert set_tape(case, Tape(570.0)).tape == Tape(570.0)
