"""The practice case is what it says: sound, measured truly, with a full design."""

import math

import numpy as np
import pytest
from shapely import Point

from studio.geometry.polygons import polygon_of
from studio.geometry.twins import effective_zones
from studio.model.case import Case
from studio.model.photo import View
from studio.model.resources import resource
from studio.model.zone import Purpose
from studio.pigment.tile import load_tile
from studio.planning.figures import figures
from studio.planning.tape import tapes
from studio.practice import practice
from studio.skin.plane import plane_map
from studio.storage.sound import faults

Made = tuple[Case, dict[str, bytes]]


@pytest.fixture(scope="module")
def made() -> Made:
    return practice()


def test_it_is_sound(made: Made) -> None:
    case, photos = made
    assert list(faults(case)) == []
    assert [photo.view for photo in case.photos] == [
        View.FRONT,
        View.LEFT,
        View.RIGHT,
        View.TOP,
        View.BACK,
    ]
    assert set(photos) == {photo.sha256 for photo in case.photos}
    assert all(polygon_of(zone).is_valid for zone in effective_zones(case.variant, case.axis))


def test_the_hairline_is_65_mm_above_the_glabella_as_built(made: Made) -> None:
    case, _ = made
    front = case.photos[0]
    assert front.plane.method is not None
    height = tapes(case, case.variant, front, plane_map(front))[0].length_mm
    assert height is not None
    assert abs(height.value - 65.0) < 2 * height.se
    assert height.se < 4


def test_eye_corners_are_as_far_apart_as_built(made: Made) -> None:
    front = made[0].photos[0]
    marks = {mark.kind.value: mark.at for mark in front.landmarks}
    ends = np.array([marks["canthus-right"], marks["canthus-left"]])
    (ax, ay), (bx, by) = plane_map(front).to_skin(ends).tolist()
    # 92.0 mm in space (resources/practice/front.json), a little behind the sticker's plane
    assert math.hypot(bx - ax, by - ay) == pytest.approx(92.0, rel=0.02)


def test_the_design_holds_what_there_is_to_try(made: Made) -> None:
    case, _ = made
    purposes = [zone.purpose for zone in case.variant.zones]
    assert purposes == [
        Purpose.TRANSITION,
        Purpose.FULL,
        Purpose.DENSITY,
        Purpose.KEEP_CLEAR,
    ]
    assert [curve.role.value for curve in case.variant.curves] == ["hairline", "temple"]
    assert all(curve.mirrored for curve in case.variant.curves)
    maps = {photo.id: plane_map(photo) for photo in case.photos}
    found = figures(case, case.variant, maps, load_tile(case.placement.tile))
    assert found.dots.value > 800
    assert not found.capped
    zones = effective_zones(case.variant, case.axis)
    assert [zone.letter for zone in zones].count("C") == 2, "two temples"
    full = next(polygon_of(zone) for zone in zones if zone.letter == "B")
    mole = next(polygon_of(zone) for zone in zones if zone.letter == "D")
    assert full.contains(mole)


def test_the_design_lies_on_skin(made: Made) -> None:
    """The truth beside the picture says where skin is: its area per pixel is NaN elsewhere."""
    case, _ = made
    front = case.photos[0]
    area = np.load(resource("practice/front_truth.npz"))["mm2_per_px2"]
    for zone in effective_zones(case.variant, case.axis):
        px = plane_map(front).to_photo(np.array(zone.outline))
        column, row = ((px - 8) / 16).round().astype(int).T
        assert np.isfinite(area[row, column]).all(), zone.letter
        assert polygon_of(zone).buffer(1).contains(Point(zone.outline[0]))
