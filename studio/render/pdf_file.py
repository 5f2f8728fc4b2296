"""The finished PDF: pages drawn by reportlab, completed with title, language, labels and tags."""

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studio.render.pdf_tags import write_tags
from studio.render.sheet import Page
from studio.render.sheet_pdf import PdfSheet

if TYPE_CHECKING:
    import pikepdf

LANGUAGE = "en-GB"
PRODUCER = "Hairline Studio"

Progress = Callable[[float, str], None]
"""Told the share done (0 to 1) and what is being done."""


def silent(share: float, words: str) -> None:
    """Progress that nobody watches."""


def pdf_file(
    pages: Sequence[Page], title: str, date: str = "", progress: Progress = silent
) -> bytes:
    """Draw pages into one PDF.

    `date` (ISO 8601) is written as the date of creation; without it there is none.
    The same pages, title and date give the same bytes.
    """
    sheet = PdfSheet()
    for done, page in enumerate(pages):
        progress(done / (len(pages) + 1), page.title)
        sheet.add(page)
    progress(len(pages) / (len(pages) + 1), "writing")
    return _completed(sheet, pages, title, date)


def _completed(sheet: PdfSheet, pages: Sequence[Page], title: str, date: str) -> bytes:
    import pikepdf  # noqa: PLC0415
    from pikepdf import Array, Dictionary, Name, String  # noqa: PLC0415

    with pikepdf.Pdf.open(io.BytesIO(sheet.finish())) as pdf:
        pdf.Root.Lang = String(LANGUAGE)
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.ViewerPreferences = Dictionary(
            PrintScaling=Name("/None"),
            Duplex=Name.Simplex,
            PickTrayByPDFSize=True,
            DisplayDocTitle=True,
        )
        labels = Array()
        for index, page in enumerate(pages):
            labels.append(index)
            labels.append(Dictionary(P=String(page.label)))
        pdf.Root.PageLabels = Dictionary(Nums=labels)
        with pdf.open_outline() as outline:
            outline.root.clear()
            outline.root.extend(
                pikepdf.OutlineItem(f"{page.label}  {page.title}", index)
                for index, page in enumerate(pages)
            )
        write_tags(pdf, sheet.tags)
        _metadata(pdf, title, date)
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
        return out.getvalue()


def _metadata(pdf: "pikepdf.Pdf", title: str, date: str) -> None:
    del pdf.docinfo
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as meta:
        meta["dc:title"] = title
        meta["dc:language"] = [LANGUAGE]
        meta["pdf:Producer"] = PRODUCER
        if date:
            meta["xmp:CreateDate"] = date
