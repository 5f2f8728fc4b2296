"""The PDF sheet, read back by other programs: place, size, text, dots, tags."""

import io
import shutil
import subprocess
from collections.abc import Callable

import numpy as np
import pdfplumber
import pikepdf
import pymupdf
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest

from studio.model.arrays import ByteArray, FloatArray
from studio.render.pdf_file import pdf_file
from studio.render.sheet import (
    Align,
    Ink,
    Page,
    Paper,
    Role,
    Sheet,
    Stroke,
    Transform,
    moved,
)
from studio.render.sheet_paint import page_image
from studio.render.typeface import Type, Weight, text_width
from tests.render.pdf_reader import read_page

MM = 25.4 / 72


def one_page(draw: Callable[[Sheet], None], paper: Paper = Paper.A4) -> bytes:
    return pdf_file([Page("1", "Test", paper, draw)], "Test")


def by_pdfium(data: bytes, dpi: float) -> ByteArray:
    page = pypdfium2.PdfDocument(data)[0]
    shades = np.asarray(page.render(scale=dpi / 72, grayscale=True).to_numpy())
    return shades.reshape(shades.shape[:2])


def by_mupdf(data: bytes, dpi: float) -> ByteArray:
    document = pymupdf.open(stream=data)  # type: ignore[no-untyped-call]  # ships no types
    picture = document[0].get_pixmap(dpi=round(dpi), colorspace=pymupdf.csGRAY)
    return np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width)


def by_poppler(data: bytes, dpi: float) -> ByteArray:
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.skip("pdftoppm of poppler-utils is not installed")
    done = subprocess.run(
        [program, "-r", str(dpi), "-gray", "-"], input=data, capture_output=True, check=True
    )
    from PIL import Image  # noqa: PLC0415

    return np.asarray(Image.open(io.BytesIO(done.stdout)))


@pytest.mark.parametrize("paper", list(Paper))
def test_page_box_is_the_paper_exactly(paper: Paper) -> None:
    data = one_page(lambda sheet: sheet.line([(1, 1), (2, 2)], Stroke(0.2)), paper)
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        box = [float(v) * MM for v in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, *paper.value], abs=1e-4)


def test_lines_lie_where_they_are_drawn() -> None:
    path = [(20.0, 30.0), (120.0, 30.0), (120.0, 130.123)]

    def draw(sheet: Sheet) -> None:
        with sheet.transformed(Transform(-1, 0, 0, 1, 200, 5)):
            sheet.line(path, Stroke(0.35))

    (stroke,) = read_page(one_page(draw), 0).strokes
    expected = [(200 - x, y + 5) for x, y in path]
    assert stroke.points == pytest.approx(np.array(expected), abs=0.002)
    assert stroke.width == pytest.approx(0.35, abs=0.001)


def test_marked_element_measures_what_it_says() -> None:
    def draw(sheet: Sheet) -> None:
        with sheet.transformed(moved(15, 21)), sheet.true_size("square50", 50, 50):
            sheet.polygon([[(0, 0), (50, 0), (50, 50), (0, 50)]], stroke=Stroke(0.2))

    element = read_page(one_page(draw), 0).true["square50"]
    assert (element.width, element.height) == (50, 50)
    assert element.box == pytest.approx((50, 50), abs=0.01)


def test_text_is_found_where_and_as_large_as_set() -> None:
    type_ = Type(18, Weight.BOLD)

    def draw(sheet: Sheet) -> None:
        sheet.text((190, 40), "Häirline ± 4 %", type_, align=Align.RIGHT)

    with pdfplumber.open(io.BytesIO(one_page(draw))) as pdf:
        chars = pdf.pages[0].chars
        assert "".join(c["text"] for c in chars) == "Häirline ± 4 %"
        assert chars[-1]["x1"] * MM == pytest.approx(190, abs=0.02)
        assert chars[0]["x0"] * MM == pytest.approx(
            190 - text_width("Häirline ± 4 %", type_), abs=0.02
        )
        assert chars[0]["size"] == pytest.approx(18, abs=0.05)


def test_a_halo_adds_no_second_text() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text((50, 40), "a 65", Type(13), ink=Ink(halo=0.45, turn=20))

    text = pypdfium2.PdfDocument(one_page(draw))[0].get_textpage().get_text_range()
    assert text.strip() == "a 65"


DOT = 0.35


def scattered(count: int) -> FloatArray:
    """Dots on a jittered grid, none touching."""
    side = int(np.ceil(np.sqrt(count)))
    rows, columns = np.divmod(np.arange(count), side)
    rng = np.random.default_rng(3)
    step = 180 / side
    return np.stack([15 + columns * step, 21 + rows * step], axis=1) + rng.uniform(
        0.2, step - 0.2, (count, 2)
    )


@pytest.mark.parametrize("render", [by_pdfium, by_mupdf, by_poppler])
def test_dots_have_their_ink_in_every_reader(render: Callable[[bytes, float], ByteArray]) -> None:
    """Within 8 % of the true area: readers round the edge of so small a disc differently."""
    centres = scattered(4000)
    data = one_page(lambda sheet: sheet.dots(centres, DOT))
    dpi = 400.0
    shades = render(data, dpi)
    ink = (255 - shades.astype(np.float64)).sum() / 255 * (25.4 / dpi) ** 2
    assert ink == pytest.approx(len(centres) * np.pi * DOT**2 / 4, rel=0.08)


def test_dots_lie_where_they_are_placed() -> None:
    centres = scattered(3000)
    data = one_page(lambda sheet: sheet.dots(centres, DOT))
    places = np.array(read_page(data, 0).form_places)
    order = np.lexsort(np.round(centres, 2).T)
    found = places[np.lexsort(np.round(places, 2).T)]
    assert len(found) == len(centres)
    assert np.abs(found - centres[order]).max() < 0.0061


def test_many_dots_make_a_small_file() -> None:
    rng = np.random.default_rng(2)
    centres = rng.uniform((15, 21), (195, 276), (120_000, 2))
    assert len(one_page(lambda sheet: sheet.dots(centres, 0.3))) < 1_500_000


def everything(sheet: Sheet) -> None:
    with sheet.tagged(Role.TITLE):
        sheet.text((20, 30), "Title", Type(18, Weight.BOLD))
    with sheet.tagged(Role.TABLE), sheet.tagged(Role.ROW), sheet.tagged(Role.HEAD_CELL):
        sheet.text((20, 40), "Zone", Type(9))
    sheet.line([(20, 42), (60, 42)], Stroke(0.5, dash=(2, 1)))
    with sheet.tagged(Role.FIGURE, "A figure"):
        sheet.image(np.full((20, 30, 3), 200, np.uint8), (20, 60), (60, 40))
        sheet.polygon([[(30, 70), (50, 70), (40, 90)]], fill=(0, 0, 0))
        with sheet.clipped([[(60, 60), (80, 60), (80, 100), (60, 100)]]):
            sheet.circle((70, 80), 15, fill=(184, 52, 27), stroke=Stroke(1.0, casing=0.5))
        sheet.text((25, 65), "b 88", Type(13, Weight.BOLD), ink=Ink(halo=0.5))


def test_structure_names_what_is_on_the_page() -> None:
    with pikepdf.Pdf.open(io.BytesIO(one_page(everything))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        document = pdf.Root.StructTreeRoot.K[0]
        kinds = [str(part.S) for part in document.K]
        assert kinds == ["/H1", "/Table", "/Figure"]
        assert str(document.K[2].Alt) == "A figure"
        assert str(document.K[1].K[0].K[0].S) == "/TH"
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
        assert {str(owner.S) for owner in owners} == {"/H1", "/TH", "/Figure"}
    read_page(one_page(everything), 0)  # asserts that marks and states balance


def test_both_sheets_draw_the_same_page() -> None:
    page = Page("1", "Test", Paper.A4, everything)
    image = page_image(page, 127)  # 5 pixels to the mm: the page is a whole number of them
    buffer = np.frombuffer(image.constBits(), np.uint8)
    painted = buffer.reshape(image.height(), image.width(), 4)[..., :3].mean(axis=2)
    written = by_pdfium(pdf_file([page], "Test"), 127)
    assert painted.shape == (1485, 1050)
    difference = painted - written[:1485, :1050]
    assert np.abs(difference).mean() < 0.5
    blocks = difference[:1480, :1048].reshape(185, 8, 131, 8).mean(axis=(1, 3))
    assert np.abs(blocks).max() < 40  # a missing line or letter makes over 100


def test_document_says_what_it_is() -> None:
    data = pdf_file([Page("T1", "Strip", Paper.A4, everything)], "Session map", "2026-03-02")
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"
        assert str(pdf.Root.PageLabels.Nums[1].P) == "T1"
        assert str(pdf.docinfo["/Title"]) == "Session map"
        assert "2026" in str(pdf.docinfo["/CreationDate"])
    document = pypdfium2.PdfDocument(data)
    assert [item.get_title() for item in document.get_toc()] == ["T1  Strip"]


def test_the_same_page_gives_the_same_bytes() -> None:
    assert one_page(everything) == one_page(everything)
