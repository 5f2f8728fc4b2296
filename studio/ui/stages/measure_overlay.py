"""What lies over the photo while a head is being fitted: its wire frame, and what disagrees."""

from functools import lru_cache

import numpy as np

from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Label, Line, Overlay, Shape
from studio.editing.tool import Desk
from studio.editing.tools.outline import outline_lines
from studio.model.arrays import FloatArray
from studio.model.chart import Point
from studio.model.head import Head
from studio.model.ids import Id
from studio.model.wording import number_text
from studio.ui.canvas_link import CanvasLink
from studio.ui.stages.measure_join import HeadJoiner
from studio.ui.workbench import Workbench

RING_DEGREES = 13.0
"""Between rings of the wire frame: 20 mm on a usual head."""

SPOKES = 28
FINE = 4.0
"""Degrees between points of a ring."""

MIDDLE, REACH = np.array([0.0, 85.0]), np.array([365.0, 350.0])
"""The scalp with brows, ears and nape as an ellipse on the chart."""

AGREES_MM, STRAYS_MM = 2.0, 4.0
"""Up to which a mark agrees with the head, and from which it is thought wrong."""

MARK_PX = 9.0

OUTLINE = "outline"
"""The name of the outline's residuals: so many that only those that disagree are drawn."""


class HeadOverlay:
    """`shapes` is what the tools of the Measure stage draw below their own marks."""

    def __init__(self, bench: Workbench, link: CanvasLink, joiner: HeadJoiner) -> None:
        self._bench, self._link, self._joiner = bench, link, joiner
        self.wires = True

    def shapes(self, desk: Desk) -> Overlay:
        """Wire frame and residuals of the photo on the desk, in chart units of its skin map."""
        head = desk.history.case.head
        if head is None or head.camera(desk.photo_id) is None:
            return ()
        shapes: list[Shape] = []
        if self.wires:
            lines = wire_frame(head, desk.photo_id)
            shapes += [Line(as_points(desk.skin.to_skin(line)), Ink.GUIDE) for line in lines]
        for residual in self._joiner.residuals(desk.photo_id):
            if residual.name == OUTLINE and residual.mm < AGREES_MM:
                continue
            shapes += self._residual(desk, residual.at, residual.expected, residual.mm)
        return tuple(shapes)

    def with_outline(self, desk: Desk) -> Overlay:
        """The same and the photo's outline, for tools that do not work on it."""
        return (*self.shapes(desk), *outline_lines(desk))

    def pencil_expected(self, photo: Id, number: int) -> Point | None:
        """Where a pencil spot marked in another joined photo should be seen in this one."""
        from studio.skin.head.stored import head_map  # noqa: PLC0415

        case = self._bench.case
        if case.head is None or case.head.camera(photo) is None:
            return None
        seen = []
        for other in case.photos:
            at = next((mark.at for mark in other.pencil if mark.number == number), None)
            if at is not None and other.id != photo and case.head.camera(other.id) is not None:
                seen.append(head_map(case.head, other.id).to_skin(np.array([at]))[0])
        places = np.array([place for place in seen if np.isfinite(place).all()]).reshape(-1, 2)
        if len(places) == 0:
            return None
        x, y = head_map(case.head, photo).to_photo(places.mean(axis=0)[None])[0].tolist()
        return (x, y) if np.isfinite(x) else None

    def _residual(self, desk: Desk, at: Point, expected: Point, mm: float) -> list[Shape]:
        """A coloured ring at the mark, a line to where it should be, and the distance."""
        ends = desk.skin.to_skin(np.array([at, expected]))
        view = self._link.canvas.viewport
        if view is None or not np.isfinite(ends).all():
            return []
        ink = Ink.GOOD if mm < AGREES_MM else Ink.WARNED if mm < STRAYS_MM else Ink.REFUSED
        radius = MARK_PX / (float(desk.skin.px_per_unit(ends[:1])[0]) * view.scale)
        turn = np.linspace(0, 2 * np.pi, 25)
        ring = ends[0] + radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        shapes: list[Shape] = [Line(as_points(ring), ink)]
        if mm >= AGREES_MM:
            below = ends[0] + (0.0, 1.6 * radius)
            shapes.append(Line(as_points(ends), ink))
            shapes.append(Label(as_points(below[None])[0], f"{number_text(mm, 1)} mm"))
        return shapes


@lru_cache(maxsize=16)
def wire_frame(head: Head, photo: Id) -> tuple[FloatArray, ...]:
    """Lines (n, 2) in photo pixels of a net on the head, NaN where they are not seen."""
    from studio.skin.head.stored import head_map  # noqa: PLC0415

    skin = head_map(head, photo)
    lines = []
    for line in _net():
        px = skin.to_photo(line)
        px[(((line - MIDDLE) / REACH) ** 2).sum(axis=1) > 1] = np.nan
        if np.isfinite(px).all(axis=1).sum() > 1:
            lines.append(px)
    return tuple(lines)


def _net() -> list[FloatArray]:
    """Rings round the chart's pole and spokes from it, chart units."""
    from studio.skin.head.chart import UNIT_RADIUS  # noqa: PLC0415

    def radius(degrees: FloatArray) -> FloatArray:
        return np.asarray(2 * UNIT_RADIUS * np.tan(np.radians(degrees) / 2))

    turn = np.radians(np.arange(0.0, 360.0 + FINE, FINE))
    way = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    rings = [r * way for r in radius(np.arange(RING_DEGREES, 131.0, RING_DEGREES)).tolist()]
    along = radius(np.arange(RING_DEGREES, 131.0, 3.0))[:, None]
    turns = np.arange(SPOKES) * (2 * np.pi / SPOKES)
    return rings + [along * np.array([[np.cos(a), np.sin(a)]]) for a in turns.tolist()]
