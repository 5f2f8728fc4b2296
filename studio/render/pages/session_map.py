"""The session map from first to last page, and the file it becomes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from studio.imaging.intake import decode
from studio.model.arrays import ByteArray
from studio.model.chart import HEAD
from studio.model.photo import Photo
from studio.model.refusal import Refusal
from studio.planning.code import design_code
from studio.render.pages import gather, wording
from studio.render.pages.content import DotsPage, Identity, PhotoPage, ScalpPage, Strip, ZoneRow
from studio.render.pages.frame import page
from studio.render.pages.job import MapJob
from studio.render.pages.overview import overview_page
from studio.render.pages.overview_content import overview_content, warnings_of
from studio.render.pages.photo_page import FIT, FIT_ALONE, dots_page, more_zones, photo_page
from studio.render.pages.plates import Design
from studio.render.pages.reckon import Reckoned, reckon
from studio.render.pages.scalp_content import scalp_content
from studio.render.pages.scalp_page import scalp_page
from studio.render.pages.strip_page import mirrored_page, strip_page
from studio.render.pdf_file import Progress, pdf_file, silent
from studio.render.sheet import Page, Sheet
from studio.storage.atomic import replace_file

TITLE = "Session map"
PREPARED = 0.6
"""Share of the work that is done when the pages are known but not yet drawn."""

Draw = Callable[[Sheet, Identity, str, str], None]
"""Sets a page's content; gets the page's label and its place such as `Chair 2 of 5`."""


def write_map(path: Path, job: MapJob, progress: Progress = silent) -> Path:
    """Write the session map as PDF; the old file stays if it fails.

    Raises Refusal when the disk does not allow it or the case cannot be printed. Made for
    the worker: `partial(write_map, path, job)`.
    """
    data = build_map(job, progress)
    replace_file(path, lambda file: file.write(data))
    return path


def build_map(job: MapJob, progress: Progress = silent) -> bytes:
    """The session map as PDF. The same job gives the same bytes."""
    pages = map_pages(job, lambda share, words: progress(PREPARED * share, words))

    def drawn(share: float, words: str) -> None:
        progress(PREPARED + (1 - PREPARED) * share, words)

    data = pdf_file(pages, f"{TITLE}, design {design_code(job.case)}", job.case.planned[:10], drawn)
    progress(1.0, "done")
    return data


def map_pages(job: MapJob, progress: Progress = silent) -> tuple[Page, ...]:
    """All pages in order, ready to be drawn on any sheet: for the preview and the PDF."""
    reckoned = reckon(job.case)
    front = gather.front_of(reckoned)
    thumb: ByteArray | None = None
    contents: list[tuple[Design, PhotoPage, DotsPage | None]] = []
    count = len(reckoned.designs)
    for done, design in enumerate(reckoned.designs):
        progress(done / (count + 1), wording.TITLES[design.photo.view])
        pixels = _pixels(job, design.photo)
        if design is front and pixels is not None:
            thumb = gather.portrait(design, pixels)
        photo, dots = gather.photo_content(reckoned, design, pixels)
        contents.append((design, photo, dots if job.dots else None))
    progress(count / (count + 1), "strip")
    strips, refused = _strips(job, reckoned)
    who = gather.identity(job, reckoned, thumb)
    chair = [entry for _, photo, dots in contents for entry in _photo_pages(photo, dots)]
    scalp = scalp_content(reckoned)
    if scalp is not None:
        chair.append(("Scalp map", partial(_scalp, scalp)))
    warned = (*warnings_of(reckoned, strip=job.strip), *refused)
    shown = next(((d, photo) for d, photo, _ in contents if d is front), None)
    table = _contents(contents, chair, strips)
    first = overview_content(reckoned, shown, table, warned)
    entries: list[tuple[str, Draw]] = [
        ("Overview", lambda sheet, who, label, at: overview_page(sheet, who, first, label, at)),
        *chair,
    ]
    chairs = [
        _page(who, entry, str(number), f"Chair {number} of {len(entries)}")
        for number, entry in enumerate(entries, start=1)
    ]
    return (*chairs, *_strip_pages(who, strips))


def _page(who: Identity, entry: tuple[str, Draw], label: str, place: str) -> Page:
    title, draw = entry
    return page(who, label, title, lambda sheet: draw(sheet, who, label, place))


def _photo_pages(photo: PhotoPage, dots: DotsPage | None) -> list[tuple[str, Draw]]:
    """A photo's page, pages for zones that do not fit on it, and that of its dots."""
    entries: list[tuple[str, Draw]] = [
        (photo.title, lambda sheet, who, label, at: photo_page(sheet, who, photo, label, at))
    ]
    for start in range(FIT, len(photo.zones), FIT_ALONE):
        rows = photo.zones[start : start + FIT_ALONE]
        entries.append((f"{photo.title}, more zones", partial(_more, photo, rows)))
    if dots is not None:
        entries.append(
            (dots.title, lambda sheet, who, label, at: dots_page(sheet, who, dots, label, at))
        )
    return entries


def _scalp(content: ScalpPage, sheet: Sheet, who: Identity, label: str, at: str) -> None:
    scalp_page(sheet, who, content, label, at)


def _more(
    photo: PhotoPage,
    rows: tuple[ZoneRow, ...],
    sheet: Sheet,
    who: Identity,
    label: str,
    at: str,
) -> None:
    more_zones(sheet, who, photo, rows, (label, at))


def _strips(job: MapJob, reckoned: Reckoned) -> tuple[list[Strip], tuple[str, ...]]:
    """The strips, and why there is none where a hairline does not fit on paper."""
    strips: list[Strip] = []
    refused: list[str] = []
    head = next((d for d in reckoned.designs if d.skin.chart == HEAD), None)
    for design in reckoned.designs if job.strip else ():
        # the photos of one head share its hairline
        if not design.skin.scaled or (design.skin.chart == HEAD and design is not head):
            continue
        try:
            strips += gather.strip_contents(reckoned, design)
        except Refusal as refusal:
            refused.append(f"No strip: {refusal}")
    return strips, tuple(refused)


def _strip_pages(who: Identity, strips: list[Strip]) -> list[Page]:
    """Plain tiles of all strips, then the mirrored ones."""
    tiles = [(strip, index) for strip in strips for index in range(len(strip.tiles))]
    pages = []
    for number in range(2 * len(tiles)):
        strip, index = tiles[number % len(tiles)]
        mirrored = number >= len(tiles)
        kind = "Mirrored strip" if mirrored else "Hairline strip"
        label, place = f"T{number + 1}", f"Strip {number + 1} of {2 * len(tiles)}"
        draw = mirrored_page if mirrored else strip_page
        title = f"{kind}, {strip.title.lower()}, {strip.numbered(index)}"
        pages.append(
            page(who, label, title, partial(_strip, draw, who, (strip, index, label, place)))
        )
    return pages


def _strip(
    draw: Callable[[Sheet, Identity, Strip, int, tuple[str, str]], None],
    who: Identity,
    what: tuple[Strip, int, str, str],
    sheet: Sheet,
) -> None:
    strip, index, label, place = what
    draw(sheet, who, strip, index, (label, place))


def _contents(
    contents: list[tuple[Design, PhotoPage, DotsPage | None]],
    chair: list[tuple[str, Draw]],
    strips: list[Strip],
) -> tuple[tuple[str, str], ...]:
    """The list of pages on the overview."""
    table = [("1", "Overview")]
    if chair:
        labels = [str(number + 2) for number in range(len(chair))]
        names = [photo.title.lower() for _, photo, _ in contents]
        if chair[-1][0] == "Scalp map":
            names.append("scalp map")
        names[0] = names[0].capitalize()
        dots = "; every dot" if any(d is not None for _, _, d in contents) else ""
        table.append((wording.range_of(labels), wording.listed(names) + dots))
    count = sum(len(strip.tiles) for strip in strips)
    if count:
        plain = [f"T{n + 1}" for n in range(count)]
        mirrored = [f"T{n + 1 + count}" for n in range(count)]
        table.append((wording.range_of(plain), "1 : 1 hairline strip"))
        table.append((wording.range_of(mirrored), "Mirrored, for transfer paper"))
    return tuple(table)


def _pixels(job: MapJob, photo: Photo) -> ByteArray | None:
    """The photo's pixels; None if it is missing or damaged, which its page says."""
    stored = job.photos.get(photo.sha256)
    if stored is None:
        return None
    try:
        return decode(stored)
    except Refusal:
        return None
