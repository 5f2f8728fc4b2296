"""Arrows of the way hair grows stand inside zones and point that way."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from studio.geometry.arrows import zone_arrows
from studio.geometry.polygons import polygon_of
from studio.model.strokes import GrowthStroke, Whorl
from studio.model.zone import Blend
from studio.render.pages.growth_arrows import photo_arrows
from studio.skin.plane import plane_map
from tests.render import sample_case
from tests.unit.editing.hands import box

ZONE = box("a", 0.0, 0.0, 60.0)
STROKE = GrowthStroke(chart="p", path=((10.0, 30.0), (50.0, 30.0)))


def test_arrows_stand_in_zones_and_point_along_the_stroke() -> None:
    found = zone_arrows([ZONE], [STROKE], "p", 8.0, 4.0)
    assert len(found) > 40
    middle, way = found[:, :2].mean(axis=1), found[:, 1] - found[:, 0]
    assert shapely.contains_xy(polygon_of(ZONE), middle).all()
    assert way == pytest.approx(np.broadcast_to((4.0, 0.0), way.shape))


def test_nothing_told_or_nowhere_to_grow_is_no_arrow() -> None:
    clear = replace(ZONE, blend=Blend.CLEAR)
    elsewhere = replace(STROKE, chart="q")
    for zones, strokes in (([ZONE], []), ([clear], [STROKE]), ([ZONE], [elsewhere])):
        assert len(zone_arrows(zones, strokes, "p", 8.0, 4.0)) == 0


def test_arrows_swirl_round_a_whorl() -> None:
    whorl = GrowthStroke(chart="p", path=((30.0, 30.0),), whorl=Whorl.CLOCKWISE)
    found = zone_arrows([ZONE], [whorl], "p", 8.0, 4.0)
    away = found[:, :2].mean(axis=1) - 30.0
    way = found[:, 1] - found[:, 0]
    turn = away[:, 0] * way[:, 1] - away[:, 1] * way[:, 0]
    far = np.hypot(*away.T) > 1
    assert (turn[far] > 0).all()


def test_on_a_plate_they_lie_in_its_millimetres() -> None:
    photo = sample_case.photo()
    zones = [replace(zone, chart=photo.id) for zone in sample_case.ZONES]
    stroke = GrowthStroke(chart=photo.id, path=((0.0, 0.0), (0.0, -40.0)))
    found = photo_arrows(plane_map(photo), zones, [stroke], lambda px: px)
    assert found
    assert all(arrow[1, 1] < arrow[0, 1] for arrow in found)
