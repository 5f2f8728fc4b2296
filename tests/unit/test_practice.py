"""The practice case is what it says: sound, measured truly, with a full design on its head."""

import math
from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, Polygon

from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of, unite
from studio.geometry.twins import effective_zones
from studio.imaging.intake import load
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.photo import Photo, View
from studio.model.refusal import Refusal
from studio.model.resources import resource
from studio.model.zone import Purpose
from studio.pigment.tile import load_tile
from studio.planning.figures import figures
from studio.planning.tape import hairline_points, laid, tapes
from studio.practice import VIEWS, _picture, practice
from studio.skin.head.joining import join
from studio.skin.head.prior import sphere
from studio.skin.head.stored import relief
from studio.skin.maps import skin_map, skin_maps
from studio.storage.sound import faults
from tests.heads_of_practice import truth

Made = tuple[Case, dict[str, bytes]]


@pytest.fixture(scope="module")
def made() -> Made:
    return practice()


def photo_of(case: Case, view: View) -> Photo:
    return next(photo for photo in case.photos if photo.view is view)


def test_it_is_sound(made: Made) -> None:
    case, photos = made
    assert list(faults(case)) == []
    assert tuple(photo.view for photo in case.photos) == VIEWS
    assert set(photos) == {photo.sha256 for photo in case.photos}
    assert all(polygon_of(zone).is_valid for zone in effective_zones(case.variant, case.axis))


def test_its_pictures_are_those_that_taking_them_in_gives(made: Made) -> None:
    case, pictures = made
    for photo in case.photos:
        taken = load(resource(f"practice/{photo.view.value}.jpg"))
        assert (taken.sha256, taken.stored) == (photo.sha256, pictures[photo.sha256])
        assert (taken.taken, taken.focal_mm35) == (photo.taken, photo.focal_mm35)


def test_a_picture_that_is_not_the_shipped_one_is_refused(made: Made) -> None:
    with pytest.raises(Refusal, match="Install it again"):
        _picture(replace(made[0].photos[0], sha256="0" * 64))


def test_every_opening_is_a_case_of_its_own(made: Made) -> None:
    assert practice()[0].id != made[0].id


def test_the_shipped_head_is_what_its_marks_give(made: Made) -> None:
    case, _ = made
    assert case.head is not None
    again = join(case)
    assert (again.worst, again.warnings, again.left_out) == ("", (), ())
    places = sphere(500)
    shipped, fitted = (relief(head).surface.points(places) for head in (case.head, again.head))
    assert np.abs(shipped - fitted).max() < 0.01
    assert again.head.size_se == pytest.approx(case.head.size_se, rel=1e-3)
    for old, new in zip(case.head.cameras, again.head.cameras, strict=True):
        assert old.photo == new.photo
        assert new.rotation == pytest.approx(old.rotation, abs=1e-4)
        assert new.translation == pytest.approx(old.translation, abs=0.05)


@pytest.mark.parametrize("view", [View.FRONT, View.LEFT, View.RIGHT, View.TOP])
def test_skin_is_measured_as_built(made: Made, view: View) -> None:
    case, _ = made
    with np.load(resource(f"practice/{view.value}_truth.npz")) as known:
        row, column = np.nonzero((known["scalp"] > 0) & (known["incidence_deg"] < 60))
        true = known["mm2_per_px2"][row, column].astype(float)
    skin = skin_map(case, photo_of(case, view))
    chart = skin.to_skin(np.stack([16 * column + 8.0, 16 * row + 8.0], axis=1))
    on = np.isfinite(chart[:, 0])
    assert on.mean() > 0.98
    area = skin.area_scale(chart[on]) / skin.px_per_unit(chart[on]) ** 2
    assert np.median(np.abs(area / true[on] - 1)) < 0.03


def test_a_tape_of_65_mm_is_measured_as_built(made: Made) -> None:
    """The trichion was built 65 mm along the skin above the glabella (practice/README)."""
    case, _ = made
    skin = skin_map(case, photo_of(case, View.FRONT))
    marks = truth(View.FRONT)["landmarks"]
    px = np.array([marks[name]["px"] for name in ("glabella", "trichion")]) + 0.5
    brow, line = (tuple(place) for place in skin.to_skin(px).tolist())
    length, _ = laid(skin, brow, line)
    assert abs(length.value - 65.0) < 2 * math.hypot(length.se, 1.0)


def test_tapes_tell_a_hairline_that_a_practitioner_would_plan(made: Made) -> None:
    case, _ = made
    front = photo_of(case, View.FRONT)
    skin = skin_map(case, front)
    found = tapes(case, case.variant, front, skin)
    assert [tape.missing for tape in found] == [""] * len(found)
    lengths = [tape.length_mm.value for tape in found if tape.length_mm is not None]
    height, (eye_right, eye_left), (right, left) = lengths[0], lengths[1:3], lengths[3:5]
    assert 60 < height < 75
    assert abs(eye_right - eye_left) < 4
    assert abs(right - left) < 2
    places = hairline_points(case, case.variant, skin)
    assert places.mid is not None
    assert places.corner_left is not None
    assert places.mid[1] > places.corner_left[1], "corners lie behind the mid-point"


def test_the_design_holds_what_there_is_to_try(made: Made) -> None:
    case, _ = made
    assert [(zone.name, zone.purpose) for zone in case.variant.zones] == [
        ("Hairline transition", Purpose.TRANSITION),
        ("Full coverage", Purpose.FULL),
        ("Temple, left", Purpose.DENSITY),
        ("Temple, right", Purpose.DENSITY),
        ("Crown", Purpose.FULL),
    ]
    assert [zone.letter for zone in case.variant.zones] == list("ABCDE")
    assert [curve.role.value for curve in case.variant.curves] == ["hairline", "temple"]
    assert all(curve.mirrored for curve in case.variant.curves)
    assert {curve.chart for curve in case.variant.curves} == {HEAD}
    assert {zone.chart for zone in case.variant.zones} == {HEAD}
    found = figures(case, case.variant, skin_maps(case), load_tile(case.placement.tile))
    assert found.dots.value > 10_000
    assert not found.capped


def test_zones_leave_no_gap_between_them_and_end_at_the_hairline(made: Made) -> None:
    case, _ = made
    shapes = [polygon_of(zone) for zone in case.variant.zones]
    (whole,) = unite(shapes)
    assert whole.area > 0
    line = flatten(case.variant.curves[0].nodes)
    edge = Polygon(whole.exterior).exterior
    # within 1 mm: a unit is half a mm of skin here
    assert max(edge.distance(place) for place in _points(line)) < 2.0


def _points(line: FloatArray) -> list[Point]:
    return [Point(x, y) for x, y in line.tolist()]


def test_the_design_lies_on_skin_and_each_zone_faces_a_photo(made: Made) -> None:
    """The truth beside each picture says where skin is: its area per pixel is NaN elsewhere."""
    case, _ = made
    seen: set[str] = set()
    for photo in case.photos:
        with np.load(resource(f"practice/{photo.view.value}_truth.npz")) as known:
            area = known["mm2_per_px2"]
        skin = skin_map(case, photo)
        for zone in case.variant.zones:
            outline = np.array(zone.outline)
            facing = outline[skin.incidence(outline) < 75]
            column, row = ((skin.to_photo(facing) - 8) / 16).round().astype(int).T
            assert np.isfinite(area[row, column]).all(), (photo.view, zone.letter)
            if skin.incidence(np.array(polygon_of(zone).centroid.coords))[0] < 45:
                seen.add(zone.letter)
    assert seen >= set("BCDE")
