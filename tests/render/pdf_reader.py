"""Reads a page's content stream: where every stroke lies on the paper, and what is marked true."""

import io
from dataclasses import dataclass, field

import numpy as np
import pikepdf

from studio.model.arrays import FloatArray

MM = 25.4 / 72


@dataclass
class Stroke:
    """A stroked path: its points in mm of the paper, y down, its width in mm, its mark."""

    points: FloatArray
    width: float
    mark: str


@dataclass
class TrueSize:
    """An element wrapped in /HSTrue: what it says of itself, and the box of what it drew."""

    width: float
    height: float
    points: list[FloatArray] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float]:
        """Width and height of what was drawn."""
        every = np.vstack(self.points)
        width, height = np.ptp(every, axis=0).tolist()
        return width, height


@dataclass
class PageContent:
    """What a page draws; sizes of type are points on the paper."""

    strokes: list[Stroke] = field(default_factory=list)
    true: dict[str, TrueSize] = field(default_factory=dict)
    form_places: list[tuple[float, float]] = field(default_factory=list)
    type_sizes: set[float] = field(default_factory=set)


def read_page(data: bytes, index: int) -> PageContent:
    """Follow `q Q cm`, paths and marked content of one page."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[index]
        height = float(page.mediabox[3]) * MM
        return _Reader(height).read(page)


class _Reader:
    def __init__(self, height: float) -> None:
        self.height = height
        self.content = PageContent()
        self.matrix = np.eye(3)
        self.width = 0.0
        self.stack: list[tuple[FloatArray, float]] = []
        self.font_size = self.text_scale = 0.0
        self.marks: list[str] = []
        self.path: list[list[tuple[float, float]]] = []

    def read(self, page: pikepdf.Page) -> PageContent:
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            step = getattr(self, f"on_{operator.replace('*', '_star')}", None)
            if step is not None:
                step(list(instruction.operands))
        assert not self.stack, "q and Q do not balance"
        assert not self.marks, "BDC and EMC do not balance"
        return self.content

    def on_q(self, _: list[object]) -> None:
        self.stack.append((self.matrix, self.width))

    def on_Q(self, _: list[object]) -> None:  # noqa: N802
        self.matrix, self.width = self.stack.pop()

    def on_cm(self, o: list[float]) -> None:
        a, b, c, d, e, f = map(float, o)
        self.matrix = np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ self.matrix

    def on_w(self, o: list[float]) -> None:
        self.width = float(o[0])

    def on_m(self, o: list[float]) -> None:
        self.path.append([self._at(*o)])

    def on_l(self, o: list[float]) -> None:
        self.path[-1].append(self._at(*o))

    def on_c(self, o: list[float]) -> None:
        self.path[-1].append(self._at(o[4], o[5]))

    def on_h(self, _: list[object]) -> None:
        self.path[-1].append(self.path[-1][0])

    def on_S(self, _: list[object]) -> None:  # noqa: N802
        self._painted(stroked=True)

    def on_f(self, _: list[object]) -> None:
        self._painted(stroked=False)

    def on_f_star(self, _: list[object]) -> None:
        self._painted(stroked=False)

    def on_B(self, _: list[object]) -> None:  # noqa: N802
        self._painted(stroked=False)

    def on_n(self, _: list[object]) -> None:
        self._painted(stroked=False)

    def on_BDC(self, o: list[object]) -> None:  # noqa: N802
        name = str(o[0])
        if name == "/HSTrue":
            about = o[1]
            assert isinstance(about, pikepdf.Object)
            name = str(about["/Id"])
            self.content.true[name] = TrueSize(float(about["/W"]), float(about["/H"]))
        self.marks.append(name)

    def on_BMC(self, o: list[object]) -> None:  # noqa: N802
        self.marks.append(str(o[0]))

    def on_EMC(self, _: list[object]) -> None:  # noqa: N802
        self.marks.pop()

    def on_Tf(self, o: list[object]) -> None:  # noqa: N802
        self.font_size = float(str(o[1]))

    def on_Tm(self, o: list[object]) -> None:  # noqa: N802
        self.text_scale = float(np.hypot(float(str(o[2])), float(str(o[3]))))

    def on_Tj(self, _: list[object]) -> None:  # noqa: N802
        page = float(np.sqrt(abs(np.linalg.det(self.matrix))))
        self.content.type_sizes.add(round(self.font_size * self.text_scale * page, 3))

    def on_Do(self, _: list[object]) -> None:  # noqa: N802
        self.content.form_places.append(self._at(0, 0))

    def _at(self, x: object, y: object) -> tuple[float, float]:
        px, py, _ = (np.array([float(str(x)), float(str(y)), 1.0]) @ self.matrix).tolist()
        return (px * MM, self.height - py * MM)

    def _painted(self, *, stroked: bool) -> None:
        scale = float(np.sqrt(abs(np.linalg.det(self.matrix)))) * MM
        for piece in self.path:
            points = np.array(piece)
            mark = next((m for m in self.marks if m in self.content.true), "")
            if mark:
                self.content.true[mark].points.append(points)
            if stroked:
                self.content.strokes.append(Stroke(points, self.width * scale, mark))
        self.path = []
