"""Pages of a session map as pictures on the disk, for the preview in the window."""

from pathlib import Path

from studio.model.refusal import Refusal
from studio.render.pages.job import MapJob
from studio.render.pages.session_map import map_pages
from studio.render.pdf_file import Progress, silent
from studio.render.sheet_paint import page_image

PATTERN = "page-{number:03d}.png"


def write_previews(folder: Path, job: MapJob, dpi: float, progress: Progress = silent) -> Path:
    """Draw every page at `dpi` into `folder`, made for this user only; gives the folder.

    Made for the worker: `partial(write_previews, folder, job, dpi)`. Whoever reads the
    pictures deletes them: they show a client. Raises Refusal when one cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pages = map_pages(job, lambda share, words: progress(share / 2, words))
    for number, page in enumerate(pages, start=1):
        progress(0.5 + number / (2 * len(pages)), page.title)
        image = page_image(page, dpi)
        image.setText("Title", f"{page.label}\t{page.title}")
        if not image.save(str(folder / PATTERN.format(number=number))):
            raise Refusal("The preview could not be written: the disk is full or not writable.")
    return folder
