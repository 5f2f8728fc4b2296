"""The session map as printed, read back by other programs."""

import io
import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
import shapely
from PySide6.QtGui import QImage
from shapely.geometry import LineString, Polygon

from studio.geometry.bezier import flatten
from studio.geometry.mirror import whole_curve
from studio.model.arrays import BoolArray, FloatArray
from studio.model.case import Case, Client
from studio.model.chart import Point
from studio.model.curve import Node
from studio.model.photo import View
from studio.model.refusal import Refusal
from studio.model.zone import Purpose
from studio.render.pages.content import Plate
from studio.render.pages.plate import disc_places
from studio.render.pages.plates import SIZE, framing, plate_zones
from studio.render.pages.preview import write_previews
from studio.render.pages.reckon import reckon
from studio.render.pages.session_map import build_map, write_map
from studio.render.pages.stickers import sticker_page
from studio.render.pages.wording import TITLES
from studio.render.pdf_file import pdf_file
from studio.render.sheet import Paper
from tests.render import sample_case
from tests.render.pdf_reader import PageContent, read_page

MM = 25.4 / 72
PAPERS = list(Paper)


@cache
def printed(paper: Paper = Paper.A4) -> bytes:
    return build_map(sample_case.job(paper=paper))


@cache
def labels(data: bytes) -> tuple[str, ...]:
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        nums = list(pdf.Root.PageLabels.Nums)
        return tuple(str(entry.P) for entry in nums[1::2])


def pages_of(data: bytes) -> Iterator[PageContent]:
    for index in range(len(labels(data))):
        yield read_page(data, index)


def text_of(data: bytes, label: str) -> str:
    page = pypdfium2.PdfDocument(data)[labels(data).index(label)]
    return str(page.get_textpage().get_text_range()).replace("\r\n", "\n")


def whole_text(data: bytes) -> str:
    return "\n".join(text_of(data, label) for label in labels(data))


def design_curve() -> FloatArray:
    case = sample_case.case()
    (whole,) = whole_curve(case.variant.curves[0], case.axis("front"))
    return flatten(whole.nodes, tolerance=0.001)


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_are_there_in_order_on_the_paper(paper: Paper) -> None:
    data = printed(paper)
    assert labels(data) == ("1", "2", "3", "T1", "T2")
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            box = [float(v) * MM for v in page.mediabox]
            assert box == pytest.approx([0, 0, *paper.value], abs=1e-4)
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]).startswith("Session map, design ")


@pytest.mark.parametrize("paper", PAPERS)
def test_everything_true_to_size_measures_so(paper: Paper) -> None:
    """Boxes of what was drawn, through all transformations, against what the marks say."""
    seen: set[str] = set()
    for content in pages_of(printed(paper)):
        for name, element in content.true.items():
            seen.add(name)
            assert element.box == pytest.approx((element.width, element.height), abs=0.01), name
    assert seen >= {"square50", "ruler_100", "vruler_100", "hairline", "hairline_tile"}


@pytest.mark.parametrize("label", ["T1", "T2"])
def test_rulers_are_100_mm(label: str) -> None:
    content = read_page(printed(), labels(printed()).index(label))
    assert content.true["ruler_100"].box == pytest.approx((100.0, 0.0), abs=0.1)
    assert content.true["vruler_100"].box == pytest.approx((0.0, 100.0), abs=0.1)


def test_check_square_is_50_mm_by_another_reader() -> None:
    with pdfplumber.open(io.BytesIO(printed())) as pdf:
        shapes = [*pdf.pages[0].rects, *pdf.pages[0].curves, *pdf.pages[0].lines]
    sizes = [((s["x1"] - s["x0"]) * MM, (s["bottom"] - s["top"]) * MM) for s in shapes]
    assert any(abs(w - 50) < 0.02 and abs(h - 50) < 0.02 for w, h in sizes)


def test_rulers_are_100_mm_by_another_reader() -> None:
    with pdfplumber.open(io.BytesIO(printed())) as pdf:
        page = pdf.pages[labels(printed()).index("T2")]
        lines = [((s["x1"] - s["x0"]) * MM, (s["bottom"] - s["top"]) * MM) for s in page.lines]
    assert any(abs(w - 100) < 0.1 and h < 0.01 for w, h in lines)
    assert any(w < 0.01 and abs(h - 100) < 0.1 for w, h in lines)


@pytest.mark.parametrize(("label", "mirror"), [("T1", 1.0), ("T2", -1.0)])
def test_strip_carries_the_designed_curve(label: str, mirror: float) -> None:
    """One rigid motion lays the printed curve on the design, within 0.15 mm everywhere."""
    content = read_page(printed(), labels(printed()).index(label))
    (points,) = content.true["hairline"].points
    design = design_curve() * (mirror, 1.0)
    drawn = points - points[0] + design[0]
    line = LineString(design)
    assert max(line.distance(shapely.Point(p)) for p in drawn) < 0.15
    assert max(LineString(drawn).distance(shapely.Point(p)) for p in design) < 0.15
    assert LineString(points).length == pytest.approx(line.length, abs=0.05)


def test_tongue_is_the_tape_from_brow_to_hairline() -> None:
    content = read_page(printed(), labels(printed()).index("T1"))
    assert content.true["midline_tongue"].box == pytest.approx((0.0, 60.0), abs=0.05)
    assert "a = 60 mm" in text_of(printed(), "T1")


def test_halves_that_do_not_meet_are_numbered_through_and_say_their_side() -> None:
    line = sample_case.hairline()
    apart = replace(line, nodes=tuple(_moved(node, 12.0) for node in line.nodes))
    shown = sample_case.case()
    variant = replace(shown.variant, curves=(apart,))
    data = build_map(sample_case.job(replace(shown, variants=(variant,))))
    titles = [" ".join(text_of(data, label).split()) for label in ("T1", "T2", "T3", "T4")]
    assert "Hairline strip 1 of 2 – right" in titles[0]
    assert "Hairline strip 2 of 2 – left" in titles[1]
    assert "Mirrored strip 1 of 2 – right" in titles[2]
    assert "Mirrored strip 2 of 2 – left" in titles[3]
    (points,) = read_page(data, labels(data).index("T2")).true["hairline"].points
    assert points[0][0] < points[-1][0]
    assert points[0][1] < points[-1][1], "the client's left falls to the right of the page"


def _moved(node: Node, by: float) -> Node:
    def off(at: Point | None) -> Point | None:
        return None if at is None else (at[0] + by, at[1])

    return Node((node.at[0] + by, node.at[1]), off(node.back), off(node.ahead))


def test_mirrored_strip_has_no_dots_and_plain_one_has() -> None:
    plain, mirrored = (read_page(printed(), labels(printed()).index(t)) for t in ("T1", "T2"))
    assert len(plain.form_places) > 100
    # the picture in the header is an object placed once
    assert len(mirrored.form_places) == 1


def test_no_type_is_smaller_than_9_points() -> None:
    for content in pages_of(printed()):
        assert min(content.type_sizes) >= 8.99


def ink_boxes(data: bytes, label: str) -> list[tuple[str, Polygon]]:
    """Every visible character of a page with the box of its ink, mm from the top left."""
    page = pypdfium2.PdfDocument(data)[labels(data).index(label)]
    height = page.get_height()
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        left, bottom, right, top = text.get_charbox(index)
        if character.strip() and right > left:
            edges = (left, height - top, right, height - bottom)
            found.append((character, shapely.box(*(v * MM for v in edges))))
    return found


@pytest.mark.parametrize("paper", PAPERS)
def test_no_text_leaves_the_block(paper: Paper) -> None:
    width, height = paper.value
    left, top = (width - 180) / 2, (height - 255) / 2
    block = shapely.box(left, top, left + 180, top + 255.5)
    for label in labels(printed(paper)):
        for character, ink in ink_boxes(printed(paper), label):
            assert block.buffer(0.1).contains(ink), (label, character, ink.bounds)


@pytest.mark.parametrize("paper", PAPERS)
def test_no_line_leaves_the_block(paper: Paper) -> None:
    width, height = paper.value
    left, top = (width - 180) / 2, (height - 255) / 2
    for content in pages_of(printed(paper)):
        for stroke in content.strokes:
            low, high = stroke.points.min(axis=0), stroke.points.max(axis=0)
            assert stroke.width >= 0.099
            assert (low >= (left - 0.4, top - 0.4)).all()
            assert (high <= (left + 180.4, top + 255.4)).all()


@pytest.mark.parametrize("kind", ["usual", "crowded"])
def test_no_two_letters_lie_on_each_other(kind: str) -> None:
    data = printed() if kind == "usual" else crowded_print()
    for label in labels(data):
        letters = ink_boxes(data, label)
        boxes = [box for _, box in letters]
        tree = shapely.STRtree(boxes)
        for a, b in tree.query(boxes, predicate="intersects").T.tolist():
            if a < b:
                smaller = min(boxes[a].area, boxes[b].area)
                shared = boxes[a].intersection(boxes[b]).area
                assert shared < 0.2 * smaller, (label, letters[a][0], letters[b][0])


def test_numbers_agree_between_pages() -> None:
    figures = reckon(sample_case.case()).figures
    total = f"{figures.dots.value:,.0f}"
    assert total in text_of(printed(), "1")
    assert " + ".join(f"{n:,}" for n in figures.per_session) in text_of(printed(), "1")
    table = text_of(printed(), "2")
    for row in figures.zones:
        if row.purpose is not Purpose.KEEP_CLEAR:
            assert f"{row.dots.value:,.0f}" in table
    assert total in text_of(printed(), "3")


def test_it_owns_up_to_not_being_signed() -> None:
    assert "NOT SIGNED" in text_of(printed(), "1")
    assert "Latex allergy." in text_of(printed(), "1")


def test_no_name_in_the_file_unless_asked_for() -> None:
    job = sample_case.job()
    assert "Jane" not in whole_text(printed())
    with pikepdf.Pdf.open(io.BytesIO(printed())) as pdf:
        with pdf.open_metadata() as meta:
            assert "Jane" not in str(meta)
        assert "Jane" not in repr(dict(pdf.docinfo.items()))
    named = build_map(replace(job, full_name=True, photos={}))
    assert "Jane Mary Doe" in text_of(named, "1")


def test_two_prints_are_the_same_bytes() -> None:
    assert build_map(sample_case.job()) == printed()


def without_scale() -> Case:
    return sample_case.case(photos=(sample_case.photo(plane=sample_case.UNSCALED),))


def test_without_scale_no_millimetre_is_claimed() -> None:
    data = build_map(replace(sample_case.job(without_scale()), photos={}))
    assert labels(data) == ("1", "2")
    assert "No strip: its photo has no scale." in " ".join(text_of(data, "1").split())
    page = text_of(data, "2")
    assert "no scale" in page
    for claim in ("50 mm", "cm² ±", "1 : 1"):
        assert claim not in page
    # neither ruler ticks nor a scale bar: no short strokes at the frame
    frame = read_page(data, 1).strokes
    with_scale = read_page(printed(), 1).strokes
    assert len(with_scale) - len(frame) > 60


def crowded() -> Case:
    client = Client(
        name="Maximiliane Freifrau von Hohenlohe-Schillingsfürst zu Waldburg",
        number="2026-000417-B",
        alert="Allergie gegen Latex und Lidocain; Gerinnungshemmer nach ärztlicher Rücksprache "
        "weiternehmen; Naevus am Scheitel rechts freihalten, Abstand fünf Millimeter einhalten, "
        "Narbe am Hinterkopf druckempfindlich.",
    )
    zones = tuple(
        replace(
            sample_case.ZONES[0],
            id=f"z{i}",
            letter="ABCDEFGHIJKL"[i],
            name=f"Haaransatz-Übergangsbereich Nummer {i + 1}",
            purpose=list(Purpose)[i % 6],
            outline=tuple((x, y + 13 * i) for x, y in sample_case.ZONES[0].outline),
        )
        for i in range(12)
    )
    return sample_case.case(zones, client=client)


@cache
def crowded_print() -> bytes:
    return build_map(replace(sample_case.job(crowded()), photos={}))


def test_twelve_zones_with_long_names_are_all_listed() -> None:
    data = crowded_print()
    assert labels(data)[:4] == ("1", "2", "3", "4")
    table = text_of(data, "2") + text_of(data, "3")
    for letter in "ABCDEFGHIJKL":
        assert f"{letter}\n" in table.replace(" ", "\n")
    assert "more zones" in text_of(data, "3")


def test_damaged_photo_is_said_on_its_page() -> None:
    data = build_map(replace(sample_case.job(), photos={sample_case.SHA: b"not a photo"}))
    assert "missing or damaged" in text_of(data, "2")


def test_case_without_photos_prints_an_overview() -> None:
    case = replace(sample_case.case(()), photos=())
    bare = replace(case, variants=(replace(case.variant, curves=()),))
    assert labels(build_map(sample_case.job(bare))) == ("1",)


def test_every_view_has_its_page() -> None:
    photos = tuple(sample_case.photo(view) for view in View)
    data = build_map(replace(sample_case.job(sample_case.case(photos=photos)), photos={}))
    text = whole_text(data)
    for title in TITLES.values():
        assert title in text
    assert labels(data)[-2:] == ("T1", "T2")


def test_textures_survive_black_and_white() -> None:
    """At 200 dpi in one bit every zone differs from its neighbours and from bare skin.

    A texture is told by how it looks along rows and along columns: the mean number of
    changes between black and white in each direction, and the share of ink.
    """
    (design,) = reckon(sample_case.case()).designs
    frame = framing(design, np.empty((0, 2)))
    page = pypdfium2.PdfDocument(printed())[1]
    shades = np.asarray(page.render(scale=200 / 72, grayscale=True).to_numpy())
    ink = shades.reshape(shades.shape[:2]) < 140
    looks = {}
    for zone in plate_zones(design, frame):
        if zone.purpose is Purpose.KEEP_CLEAR:
            continue
        clear = shapely.MultiPoint(disc_places(Plate(size=SIZE, zones=(zone,)))).buffer(4)
        mask = pixels_of(zone.shape.buffer(-0.8).difference(clear), ink.shape)
        across = (np.diff(ink, axis=1) & mask[:, 1:]).sum() / mask.sum()
        down = (np.diff(ink, axis=0) & mask[1:]).sum() / mask.sum()
        looks[zone.letter] = np.array([across, down, ink[mask].mean()])
        assert ink[mask].mean() > 0.02, zone.letter
    for one, two in itertools.combinations(looks, 2):
        if {one, two} != {"B", "C"}:  # told apart by the way their lines lean
            assert np.abs(looks[one] - looks[two]).max() > 0.008, (one, two, looks)
    leans = {z.letter: z.angle for z in plate_zones(design, frame)}
    assert leans["B"] != leans["C"]


def pixels_of(shape: shapely.Geometry, size: tuple[int, ...]) -> BoolArray:
    """Pixels of an A4 page at 200 dpi whose centre lies in a shape given in plate mm."""
    rows, columns = np.mgrid[0 : size[0], 0 : size[1]]
    x = (columns + 0.5) * 25.4 / 200 - 15
    y = (rows + 0.5) * 25.4 / 200 - 21 - 17
    return np.asarray(shapely.contains_xy(shape, x, y))


def test_every_letter_is_found_on_the_plate() -> None:
    letters = [
        character
        for character, ink in ink_boxes(printed(), "2")
        if 38 < ink.centroid.y < 38 + SIZE[1]
    ]
    assert set("ABCEFPRK") <= set(letters)


@pytest.mark.parametrize("paper", PAPERS)
def test_stickers_are_20_mm_round(paper: Paper) -> None:
    data = pdf_file([sticker_page(paper)], "Scale stickers")
    content = read_page(data, 0)
    assert content.true["sticker"].box == pytest.approx((20.0, 20.0), abs=0.01)
    assert content.true["ruler_100"].box[0] == pytest.approx(100.0, abs=0.1)


def test_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    job = replace(sample_case.job(), photos={}, dots=False)
    told: list[float] = []
    path = write_map(tmp_path / "map.pdf", job, lambda share, _: told.append(share))
    assert path.read_bytes() == build_map(job)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(Refusal, match="folder is not there"):
        write_map(tmp_path / "nowhere" / "map.pdf", job)
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".pdf") == ["map.pdf"]


def test_preview_has_a_picture_for_every_page(tmp_path: Path) -> None:
    job = replace(sample_case.job(), photos={}, dots=False)
    folder = write_previews(tmp_path / "pages", job, 40)
    titles = [QImage(str(p)).text("Title") for p in sorted(folder.glob("*.png"))]
    assert [title.split("\t")[0] for title in titles] == ["1", "2", "T1", "T2"]
