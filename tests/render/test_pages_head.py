"""The session map of a fitted head, read back by other programs."""

import io
import re
from functools import cache

import numpy as np
import pdfplumber
import pytest
import shapely
from shapely.geometry import LineString

from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.model.chart import HEAD
from studio.model.curve import CurveRole
from studio.model.photo import View
from studio.model.zone import Purpose
from studio.render.pages.job import MapJob
from studio.render.pages.plates import framing, plate, plate_zones
from studio.render.pages.reckon import Reckoned, reckon
from studio.render.pages.scalp_content import SCALE, scalp_content
from studio.render.pages.session_map import build_map
from studio.render.pages.wording import TITLES
from studio.render.sheet import Paper
from studio.skin.head.headskin import HeadSkin
from studio.skin.head.tapenet import address
from studio.skin.maps import skin_maps
from tests.heads_of_practice import practice_on_head
from tests.render.pdf_reader import read_page
from tests.render.test_pages import ink_boxes, labels, text_of, whole_text


@cache
def printed() -> bytes:
    case, pictures = practice_on_head()
    return build_map(MapJob(case=case, photos=pictures, dots=False))


@cache
def reckoned() -> Reckoned:
    return reckon(practice_on_head()[0])


def label_of(title: str) -> str:
    """The label of the page that begins with a title."""
    for label in labels(printed()):
        if f"\n{title}\n" in f"\n{text_of(printed(), label)}\n":
            return label
    raise AssertionError(title)


def test_pages_are_those_of_the_photos_the_scalp_map_and_one_strip() -> None:
    assert labels(printed()) == ("1", "2", "3", "4", "5", "6", "7", "T1", "T2")
    assert "Scalp map" in text_of(printed(), "7")


def test_every_zone_has_its_figures_on_one_page_and_they_sum_up() -> None:
    found = reckoned()
    assert set(found.pages) == {zone.id for zone in found.figures.zones}
    for row in found.figures.zones:
        if row.purpose is Purpose.KEEP_CLEAR:
            continue
        view = found.case.photo(found.pages[row.id]).view
        mine = text_of(printed(), label_of(TITLES[view]))
        figure = f"{row.dots.value:,.0f}"
        assert re.search(rf"(?<![\d,]){figure}(?![\d,])", mine)
    total = sum(row.dots.value for row in found.figures.zones)
    assert f"{total:,.0f}" in text_of(printed(), "1")
    assert "Figures: page Top." in text_of(printed(), label_of("Front"))


def test_tape_lengths_stand_on_every_photo_s_page() -> None:
    front = next(d for d in reckoned().designs if d.photo.view is View.FRONT)
    lengths = [f"{t.length_mm.value:.0f}" for t in front.tapes if t.length_mm is not None]
    assert len(lengths) == 7
    for view in (View.FRONT, View.LEFT, View.RIGHT, View.TOP, View.BACK):
        words = text_of(printed(), label_of(TITLES[view])).split()
        assert all(length in words for length in lengths)


def test_everything_true_to_size_measures_so() -> None:
    seen: set[str] = set()
    for index in range(len(labels(printed()))):
        for name, element in read_page(printed(), index).true.items():
            seen.add(name)
            assert element.box == pytest.approx((element.width, element.height), abs=0.01), name
    assert "map_100_mm_tape" in seen


def test_the_printed_strip_is_as_long_as_the_skin() -> None:
    case, _ = practice_on_head()
    skin = skin_maps(case)[HEAD]
    (line,) = (c for c in case.variant.curves if c.role is CurveRole.HAIRLINE)
    true = skin.length(flatten(line.nodes, tolerance=0.001)).value
    content = read_page(printed(), labels(printed()).index("T1"))
    (points,) = content.true["hairline"].points
    assert LineString(points).length == pytest.approx(true, abs=0.3)
    assert "unrolled from the fitted head" in " ".join(text_of(printed(), "T1").split())
    tongue = content.true["midline_tongue"].box
    height = next(t for t in reckoned().designs[0].tapes if t.letter == "a")
    assert height.length_mm is not None
    assert np.hypot(*tongue) == pytest.approx(height.length_mm.value, abs=0.05)


def test_the_scalp_map_is_half_size_by_tape_and_hour() -> None:
    """Hairline on the page against geodesics from the vertex, every 20th point."""
    found = reckoned()
    page = scalp_content(found)
    assert page is not None
    assert found.laid is not None
    case = found.case
    skin = skin_maps(case)[HEAD]
    assert isinstance(skin, HeadSkin)
    (line,) = (c for c in case.variant.curves if c.role is CurveRole.HAIRLINE)
    chart = flatten(line.nodes)
    (drawn,) = page.hairlines
    for at in chart[:: max(1, len(chart) // 6)].tolist():
        hour, mm = address(skin.relief.surface, found.laid.places.vertex, (at[0], at[1]))
        turn = hour * np.pi / 6
        expected = SCALE * mm * np.array([np.sin(turn), -np.cos(turn)])
        assert LineString(drawn).distance(shapely.Point(expected)) < 0.05


def test_the_scalp_map_s_rings_are_10_mm_apart_on_paper() -> None:
    with pdfplumber.open(io.BytesIO(printed())) as pdf:
        page = pdf.pages[labels(printed()).index("7")]
        curves = [c for c in page.curves if c["linewidth"] < 0.3 and len(c["pts"]) > 300]
    widths = sorted((c["x1"] - c["x0"]) * 25.4 / 72 for c in curves)
    whole = [w for w in widths if w < 121]
    assert len(whole) >= 4
    for index, width in enumerate(whole, start=1):
        assert width == pytest.approx(20.0 * index, abs=0.02)


def test_sides_are_named_as_from_behind_the_chair() -> None:
    words = dict(_words("7"))
    assert words["left"].centroid.x < words["right"].centroid.x
    assert words["FACE"].centroid.y < words["NAPE"].centroid.y


def _words(label: str) -> list[tuple[str, shapely.Polygon]]:
    with pdfplumber.open(io.BytesIO(printed())) as pdf:
        page = pdf.pages[labels(printed()).index(label)]
        return [
            (w["text"], shapely.box(w["x0"], w["top"], w["x1"], w["bottom"]))
            for w in page.extract_words()
        ]


def test_no_text_leaves_the_block_or_lies_on_other_text() -> None:
    width, height = Paper.A4.value
    left, top = (width - 180) / 2, (height - 255) / 2
    block = shapely.box(left, top, left + 180, top + 255.5).buffer(0.1)
    for label in labels(printed()):
        letters = ink_boxes(printed(), label)
        for character, ink in letters:
            assert block.contains(ink), (label, character, ink.bounds)
        tree = shapely.STRtree([box for _, box in letters])
        for a, b in tree.query([box for _, box in letters], predicate="intersects").T.tolist():
            if a < b:
                (one, first), (two, second) = letters[a], letters[b]
                shared = first.intersection(second).area
                assert shared < 0.2 * min(first.area, second.area), (label, one, two)


def test_two_prints_are_the_same_bytes() -> None:
    case, pictures = practice_on_head()
    assert build_map(MapJob(case=case, photos=pictures, dots=False)) == printed()


def test_the_part_drawn_solid_is_what_faces_the_camera() -> None:
    """Places of the plate through the photo back onto the skin: turned by less than 70 or not."""
    design = next(d for d in reckoned().designs if d.photo.view is View.FRONT)
    frame = framing(design, np.empty((0, 2)))
    shown = plate(design, frame, None)
    assert shown.straight is not None
    rng = np.random.default_rng(2)
    places = rng.uniform((30, 25), (150, 60), (1500, 2))
    chart = design.skin.to_skin(places / frame.scale + frame.corner)
    on_head = np.isfinite(chart).all(axis=1)
    turned = design.skin.incidence(chart[on_head])
    solid = shapely.contains_xy(shown.straight, places[on_head])
    assert turned[solid].max() < 70.5
    assert turned[~solid].min() > 69.5
    assert 0.1 < solid.mean() < 0.95


def test_zones_end_at_the_horizon() -> None:
    """What a plate shows of a zone is on the head in the photo, and not all of it is shown."""
    found = reckoned()
    left = next(d for d in found.designs if d.photo.view is View.LEFT)
    frame = framing(left, np.empty((0, 2)))
    shapes = {z.letter: z.shape for z in plate_zones(left, frame)}
    assert set(shapes) == {"A", "C"}
    rng = np.random.default_rng(3)
    x0, y0, x1, y1 = shapes["A"].bounds
    places = rng.uniform((x0, y0), (x1, y1), (400, 2))
    inside = places[shapely.contains_xy(shapes["A"].buffer(-0.3), places)]
    chart = left.skin.to_skin(inside / frame.scale + frame.corner)
    zone = next(z for z in found.case.variant.zones if z.letter == "A")
    assert shapely.contains_xy(polygon_of(zone).buffer(1.0), chart).all()


def test_a_head_is_not_called_flat() -> None:
    assert "taken as flat" not in whole_text(printed())
    assert "in the plane of the photo" not in whole_text(printed())
