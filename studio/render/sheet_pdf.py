"""The sheet as a PDF page: vectors, live text and tags, written with reportlab."""

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from studio.model.arrays import ByteArray, FloatArray, IntArray
from studio.model.chart import Point
from studio.model.resources import resource
from studio.render.pdf_tags import Part, TagTree
from studio.render.sheet import (
    BLACK,
    BLACK_INK,
    WHITE,
    Align,
    Colour,
    Ink,
    Page,
    Path,
    Role,
    Stroke,
    Transform,
)
from studio.render.typeface import PT, Type, outlines, text_width

JPEG_QUALITY = 82
KAPPA = 4 * (math.sqrt(2) - 1) / 3
"""Handle length of the cubic that stands for a quarter circle of radius 1 (error 0.027 %)."""

DOT_GRID = 100
"""Dots are placed on a grid of 1/100 mm: whole-number steps compress well."""

DOTS_PER_RUN = 1000
"""Steps are summed by the reader in single precision; each run starts afresh."""


@dataclass(frozen=True, slots=True)
class _State:
    """What the reader has been told: the line in force, the fill colour in force."""

    stroke: tuple[float, Colour, tuple[float, ...], bool] | None = None
    fill: Colour | None = None


class PdfSheet:
    """Implements `Sheet` page after page; `finish` gives the file before completion."""

    def __init__(self) -> None:
        """Begin an empty document."""
        from reportlab import rl_config  # noqa: PLC0415
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

        rl_config.useA85 = 0  # pictures as they are: pikepdf would only undo it
        self._buffer = io.BytesIO()
        self._canvas: Canvas = Canvas(
            self._buffer,
            pageCompression=0,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=_registered(Type(10).face),  # type: ignore[arg-type]  # stub says float
        )
        self.tags = TagTree()
        self._state = _State()
        self._marked = False
        self._holder: Part | None = None
        self._locked = False

    def add(self, page: Page) -> None:
        """Draw one page."""
        width, height = page.paper.value
        self._canvas.setPageSize((width / PT, height / PT))
        scale = 1 / PT
        self._put(f"{scale:.9f} 0 0 {-scale:.9f} 0 {height / PT:.6f} cm")
        self._state = _State()
        self.tags.begin_page(page.title)
        page.draw(self)
        self._close_mark()
        self._canvas.showPage()

    def finish(self) -> bytes:
        """The document as reportlab writes it, uncompressed and untagged."""
        self._canvas.save()
        return self._buffer.getvalue()

    def line(self, path: Path, stroke: Stroke, *, closed: bool = False) -> None:
        """A polyline."""
        self._figure()
        self._stroked(_path(path, closed=closed), stroke)

    def lines(self, segments: FloatArray, stroke: Stroke) -> None:
        """Many separate straight lines, (n, 2, 2)."""
        if len(segments) == 0:
            return
        self._figure()
        flat = np.asarray(segments, dtype=np.float64).reshape(-1, 4)
        self._stroked(
            "\n".join(f"{_xy(a, b)} m {_xy(c, d)} l" for a, b, c, d in flat.tolist()), stroke
        )

    def polygon(
        self, rings: Sequence[Path], *, fill: Colour | None = None, stroke: Stroke | None = None
    ) -> None:
        """A polygon with holes, even-odd."""
        self._figure()
        path = "\n".join(_path(ring, closed=True) for ring in rings)
        self._shape(path, fill, stroke)

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: Colour | None = None,
        stroke: Stroke | None = None,
    ) -> None:
        """A circle of four cubics."""
        self._figure()
        self._shape(_circle(centre[0], centre[1], radius), fill, stroke)

    def dots(self, centres: FloatArray, diameter: float, colour: Colour = BLACK) -> None:
        """Discs by one form object per diameter; seen alike by Poppler, MuPDF and pdfium."""
        if len(centres) == 0:
            return
        self._figure()
        name = f"dot{round(diameter * 1000)}"
        radius = diameter / 2 * DOT_GRID
        if not self._canvas.hasForm(name):
            self._define_dot(name, radius)
        self._filled(colour)
        grid = np.rint(np.asarray(centres) * DOT_GRID).astype(np.int64)
        grid = grid[_rows(grid)]
        for start in range(0, len(grid), DOTS_PER_RUN):
            self._put(f"q {1 / DOT_GRID} 0 0 {1 / DOT_GRID} 0 0 cm")
            run = grid[start : start + DOTS_PER_RUN]
            x, y = run[0].tolist()
            self._put(f"1 0 0 1 {x} {y} cm")
            self._canvas.doForm(name)
            steps = np.diff(run, axis=0).tolist()
            self._put("\n".join(f"1 0 0 1 {dx} {dy} cm/FormXob.{name} Do" for dx, dy in steps))
            self._put("Q")

    def image(self, pixels: ByteArray, corner: Point, size: Point) -> None:
        """A picture as JPEG."""
        from PIL import Image  # noqa: PLC0415
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415

        self._figure()
        jpeg = io.BytesIO()
        Image.fromarray(pixels).save(jpeg, "JPEG", quality=JPEG_QUALITY, optimize=True)
        x, y = corner
        self._put(f"q 1 0 0 -1 {_xy(x, y + size[1])} cm")
        self._canvas.drawImage(ImageReader(jpeg), 0, 0, size[0], size[1])
        self._put("Q")

    def text(
        self, at: Point, text: str, type_: Type, *, align: Align = Align.LEFT, ink: Ink = BLACK_INK
    ) -> None:
        """One line of live text; its halo is drawn as outlines beneath."""
        if not text:
            return
        turn = math.radians(ink.turn)
        cos, sin = math.cos(turn), math.sin(turn)
        back = align.value * text_width(text, type_)
        x, y = at[0] - back * cos, at[1] + back * sin
        if ink.halo:
            self._halo(text, type_, Transform(cos, -sin, sin, cos, x, y), ink.halo)
        self._mark(text=True)
        self._filled(ink.colour)
        words = self._canvas.beginText()
        words.setFont(_registered(type_.face), type_.em)
        words.setTextTransform(cos, -sin, -sin, -cos, x, y)
        words.textOut(text)
        self._canvas.drawText(words)

    @contextmanager
    def transformed(self, transform: Transform) -> Iterator[None]:
        """What is drawn within is moved by `transform`."""
        t = transform
        numbers = " ".join(f"{v:.9f}" for v in (t.a, t.b, t.c, t.d, t.e, t.f))
        with self._saved(f"{numbers} cm"):
            yield

    @contextmanager
    def clipped(self, rings: Sequence[Path]) -> Iterator[None]:
        """What is drawn within shows only inside the polygon."""
        path = "\n".join(_path(ring, closed=True) for ring in rings)
        with self._saved(f"{path} W* n"):
            yield

    @contextmanager
    def true_size(self, name: str, width: float, height: float) -> Iterator[None]:
        """Wrap in `/HSTrue <</Id /W /H>> BDC ... EMC` for readers that check the size."""
        self._figure()
        self._put(f"/HSTrue <</Id ({name}) /W {width:.3f} /H {height:.3f}>> BDC")
        before, self._locked = self._locked, True
        yield
        self._locked = before
        self._put("EMC")

    @contextmanager
    def tagged(self, role: Role, alt: str = "") -> Iterator[None]:
        """What is drawn within is one part of the page's structure."""
        with self.tags.within(role, alt):
            yield

    def _put(self, code: str) -> None:
        self._canvas.addLiteral(code)

    @contextmanager
    def _saved(self, code: str) -> Iterator[None]:
        self._close_mark()
        state = self._state
        self._put(f"q {code}")
        yield
        self._close_mark()
        self._put("Q")
        self._state = state

    def _figure(self) -> None:
        self._mark(text=False)

    def _mark(self, *, text: bool) -> None:
        """Open the marked content that the next operator belongs to, if it is not open."""
        holder = self.tags.holder(text=text)
        if self._locked or (self._marked and holder is self._holder):
            return
        self._close_mark()
        self._put(self.tags.mark(holder))
        self._marked, self._holder = True, holder

    def _close_mark(self) -> None:
        if self._marked and not self._locked:
            self._put("EMC")
            self._marked = False

    def _stroked(self, path: str, stroke: Stroke) -> None:
        if stroke.casing:
            width = stroke.width + 2 * stroke.casing
            self._lined((width, WHITE, (), stroke.round))
            self._put(f"{path} S")
        self._lined((stroke.width, stroke.colour, stroke.dash, stroke.round))
        self._put(f"{path} S")

    def _shape(self, path: str, fill: Colour | None, stroke: Stroke | None) -> None:
        if fill is not None:
            self._filled(fill)
            self._put(f"{path} f*")
        if stroke is not None:
            self._stroked(path, stroke)

    def _lined(self, line: tuple[float, Colour, tuple[float, ...], bool]) -> None:
        if line == self._state.stroke:
            return
        width, colour, dash, is_round = line
        cap = 1 if is_round else 0
        pattern = " ".join(f"{v:g}" for v in dash)
        join = "1 j" if is_round else "0 j 4 M"
        self._put(f"{width:g} w {_colour(colour, 'RG', 'G')} [{pattern}] 0 d {cap} J {join}")
        self._state = _State(line, self._state.fill)

    def _filled(self, colour: Colour) -> None:
        if colour != self._state.fill:
            self._put(_colour(colour, "rg", "g"))
            self._state = _State(self._state.stroke, colour)

    def _halo(self, text: str, type_: Type, turn: Transform, width: float) -> None:
        self._figure()
        turned = np.array([[turn.a, turn.b], [turn.c, turn.d]])
        parts = []
        for points, commands in outlines(text, type_):
            parts.append(_glyph(points @ turned + (turn.e, turn.f), commands))
        self._filled(WHITE)
        self._lined((2 * width, WHITE, (), True))
        self._put("\n".join(parts) + " B")

    def _define_dot(self, name: str, radius: float) -> None:
        edge = math.ceil(radius) + 1
        self._canvas.beginForm(name, -edge, -edge, edge, edge)
        self._put(f"{_circle(0, 0, radius)} f")
        self._canvas.endForm()


def _registered(face: str) -> str:
    """Make a shipped face known to reportlab once; its name."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    if face not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face, str(resource(f"fonts/{face}.ttf"))))
    return face


def _rows(grid: IntArray) -> IntArray:
    """Order that walks the dots to and fro in rows of 2 mm, so that steps are short."""
    row = grid[:, 1] // (2 * DOT_GRID)
    return np.lexsort((np.where(row % 2 == 0, grid[:, 0], -grid[:, 0]), row))


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _xy(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _path(points: Path, *, closed: bool) -> str:
    steps = [_xy(x, y) for x, y in np.asarray(points, dtype=np.float64).tolist()]
    body = f"{steps[0]} m " + " ".join(f"{s} l" for s in steps[1:])
    return f"{body} h" if closed else body


def _circle(x: float, y: float, r: float) -> str:
    k = KAPPA * r
    return (
        f"{_xy(x + r, y)} m "
        f"{_xy(x + r, y + k)} {_xy(x + k, y + r)} {_xy(x, y + r)} c "
        f"{_xy(x - k, y + r)} {_xy(x - r, y + k)} {_xy(x - r, y)} c "
        f"{_xy(x - r, y - k)} {_xy(x - k, y - r)} {_xy(x, y - r)} c "
        f"{_xy(x + k, y - r)} {_xy(x + r, y - k)} {_xy(x + r, y)} c h"
    )


def _glyph(points: FloatArray, commands: list[str]) -> str:
    """A TrueType contour as PDF operators; a quadratic becomes the equal cubic."""
    out: list[str] = []
    steps = iter(points.tolist())
    x, y = 0.0, 0.0
    for command in commands:
        if command == "Q":
            (cx, cy), (ex, ey) = next(steps), next(steps)
            first = _xy(x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
            second = _xy(ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3)
            out.append(f"{first} {second} {_xy(ex, ey)} c")
        else:
            ex, ey = next(steps)
            out.append(f"{_xy(ex, ey)} {command.lower()}")
        x, y = ex, ey
    return " ".join(out) + " h"


def _colour(colour: Colour, rgb: str, grey: str) -> str:
    if colour[0] == colour[1] == colour[2]:
        return f"{colour[0] / 255:.4g} {grey}"
    return " ".join(f"{c / 255:.4g}" for c in colour) + f" {rgb}"
