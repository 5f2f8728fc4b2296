"""Plates: scale, place, which way round; the grey of the picture."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from studio.model.photo import Landmark, LandmarkKind, Plane, View
from studio.render.pages.content import Plate
from studio.render.pages.plate import DISC, disc_places
from studio.render.pages.plates import SIZE, Design, framing, plate_zones, reduced
from studio.render.pages.reckon import hair_side, reckon
from studio.render.pages.tone import grey_plate
from studio.render.pages.wording import date_text, range_of, time_text
from studio.skin.plane import plane_map
from tests.render import sample_case

NOTHING = np.empty((0, 2))


def design(view: View = View.FRONT, plane: Plane = sample_case.PLANE) -> Design:
    photo = sample_case.photo(view, plane)
    zones = tuple(replace(z, chart=photo.id) for z in sample_case.ZONES)
    return Design(photo=photo, skin=plane_map(photo), zones=zones, curves=())


def test_plate_is_true_to_the_scale_it_prints() -> None:
    frame = framing(design(), NOTHING)
    assert frame.ratio in {1.0, 1.25, 1.5, 2.0}
    placed = {z.letter: z.shape for z in plate_zones(design(), frame)}
    left, top, right, bottom = placed["A"].bounds
    assert (right - left) * frame.ratio == pytest.approx(96.0, abs=0.01)
    assert (bottom - top) * frame.ratio == pytest.approx(11.0, abs=0.01)


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("plane", [sample_case.PLANE, sample_case.UNSCALED])
def test_the_whole_design_is_on_the_plate(view: View, plane: Plane) -> None:
    here = design(view, plane)
    frame = framing(here, NOTHING)
    assert (frame.ratio is None) == (plane.method is None)
    window = box(0, 0, *SIZE).buffer(1e-6)
    zones = plate_zones(here, frame)
    assert len(zones) == len(sample_case.ZONES)
    for zone in zones:
        assert window.contains(zone.shape)
        low = zone.shape.bounds[3]
        assert low <= SIZE[1] - 10


def test_a_top_view_is_turned_so_that_the_face_is_up() -> None:
    here = design(View.TOP)
    brow = Landmark(LandmarkKind.GLABELLA, (600.0, 1200.0))
    turned = replace(here, photo=replace(here.photo, landmarks=(brow,)))
    frame = framing(turned, NOTHING)
    assert frame.turned
    (at,) = frame.place(np.array([brow.at])).tolist()
    zones = {z.letter: z.shape.centroid for z in plate_zones(turned, frame)}
    assert at[1] < zones["B"].y
    assert zones["B"].x > zones["C"].x
    assert not framing(here, NOTHING).turned


def test_the_overview_shows_the_same_smaller() -> None:
    frame = framing(design(), NOTHING)
    large = Plate(size=SIZE, zones=plate_zones(design(), frame), ten_mm=8.0)
    small = reduced(large, (103.2, 102.0))
    factor = 102.0 / SIZE[1]
    assert small.ten_mm == pytest.approx(8.0 * factor)
    areas = {z.letter: z.shape.area for z in large.zones}
    for zone in small.zones:
        assert zone.shape.area == pytest.approx(areas[zone.letter] * factor**2, rel=1e-6)


def test_letters_stand_apart_and_those_of_zones_inside_them() -> None:
    plate = Plate(size=SIZE, zones=plate_zones(design(), framing(design(), NOTHING)))
    places = disc_places(plate)
    apart = np.hypot(*(np.array(places)[:, None] - np.array(places)[None]).T)
    assert (apart + 99 * np.eye(len(places))).min() > 2 * DISC
    clear = next(z for z in plate.zones if z.letter == "K")
    at = places[plate.zones.index(clear)]
    assert not clear.shape.contains(box(at[0], at[1], at[0], at[1]).centroid)


def test_hair_side_is_where_the_zones_are() -> None:
    (here,) = reckon(sample_case.case()).designs
    line = np.array([(-40.0, -60.0), (0.0, -62.0), (40.0, -60.0)])
    assert hair_side(here, line) == 1
    assert hair_side(here, line[::-1]) == -1
    bare = replace(here, zones=())
    assert hair_side(bare, line) == 1
    assert hair_side(bare, line[::-1]) == -1


def test_grey_plate_is_light_and_loses_the_background() -> None:
    pixels = np.full((1600, 1200, 3), 120, np.uint8)
    y, x = np.mgrid[0:1600, 0:1200]
    head = ((x - 600) / 380) ** 2 + ((y - 850) / 520) ** 2 < 1
    pixels[head] = (205, 165, 145)
    seeds = np.array([(450.0, 500.0), (750.0, 500.0), (750.0, 900.0), (450.0, 900.0)])
    grey = grey_plate(pixels, (0.0, 300.0), 0.15, SIZE, seeds)
    rows, columns = grey.shape
    assert (columns, rows) == (1417, 1138)
    per_mm = columns / SIZE[0]
    assert grey[: round(8 * per_mm), : round(20 * per_mm)].min() == 255
    assert grey[-round(4 * per_mm) :].min() == 255
    face = grey[round(40 * per_mm) : round(80 * per_mm), round(70 * per_mm) : round(110 * per_mm)]
    assert 0.72 * 255 < face.mean() < 0.95 * 255
    untouched = grey_plate(pixels, (0.0, 300.0), 0.15, SIZE)
    assert untouched[: round(8 * per_mm), round(60 * per_mm)].max() < 255


def test_a_plate_beyond_the_photo_is_white_there() -> None:
    pixels = np.full((400, 300, 3), 90, np.uint8)
    grey = grey_plate(pixels, (-300.0, -300.0), 0.15, SIZE)
    per_mm = grey.shape[1] / SIZE[0]
    assert grey[: round(44 * per_mm)].min() == 255
    assert grey[round(60 * per_mm) : round(90 * per_mm), round(60 * per_mm)].mean() < 250


def test_words() -> None:
    assert date_text("2026-03-02T10:00:00") == "2 March 2026"
    assert date_text("") == ""
    assert date_text("last spring") == "last spring"
    assert time_text(173) == "2 h 55"
    assert time_text(42.4) == "42 min"
    assert time_text(59.6) == "1 h 00"
    assert range_of(["2", "3", "4"]) == "2–4"
    assert range_of(["T1"]) == "T1"
