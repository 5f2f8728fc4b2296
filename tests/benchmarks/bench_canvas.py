"""How fast the canvas follows: a 24 megapixel photo, 1600 x 1000 view, everything shown."""

import math
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from studio.editing.history import History
from studio.editing.tool import Desk
from studio.editing.toolbox import Toolbox
from studio.editing.tools.select import SelectTool
from studio.imaging.pyramid import Pyramid, build
from studio.model.arrays import ByteArray
from studio.model.case import Case, Variant
from studio.model.chart import Ring
from studio.model.curve import Curve, Node
from studio.model.existing import ExistingHair
from studio.model.photo import MeasurementKind, Photo, Plane, View
from studio.model.strokes import DensityStroke
from studio.model.zone import Blend, Gradient, Purpose, Zone
from studio.skin.plane import plane_map
from studio.ui.canvas.canvas import Canvas

WIDTH, HEIGHT = 6000, 4000
PX_PER_MM = 15.0
VIEW = (1600, 1000)
ROUNDS = 25


class Watched(Canvas):
    """A canvas that counts its paints."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        self.painted += 1


class Blit(QWidget):
    """The least a frame can cost: one cached picture put on the screen."""

    painted = 0

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap(*VIEW)
        self.picture.fill(Qt.GlobalColor.darkGray)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(*VIEW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self.picture)
        painter.end()
        self.painted += 1


def photo_pixels() -> ByteArray:
    """Skin-like noise of several sizes, (HEIGHT, WIDTH, 3)."""
    noise = np.random.default_rng(24)
    picture = np.full((HEIGHT, WIDTH), 150, dtype=np.uint8)
    for cell, strength in ((500, 40), (50, 15), (5, 8)):
        coarse = noise.integers(0, strength, (HEIGHT // cell, WIDTH // cell), dtype=np.uint8)
        picture += np.kron(coarse, np.ones((cell, cell), dtype=np.uint8))
    return np.stack([picture, picture - 30, picture - 50], axis=2)


@cache
def ring(x: float, y: float, radius: float, points: int, bulge: float = 0.0) -> Ring:
    """A wavy outline round (x, y) in mm; `bulge` moves its first point outwards."""
    turn = np.linspace(0, 2 * math.pi, points, endpoint=False)
    reach = radius * (1 + 0.03 * np.sin(9 * turn))
    reach[0] += bulge
    corners = np.stack([x + reach * np.cos(turn), y + reach * np.sin(turn)], axis=1)
    return tuple((round(cx, 3), round(cy, 3)) for cx, cy in corners.tolist())


def head(more: float) -> Zone:
    """A whole head: about 120,000 dots on 520 cm2, and `more` per cm2."""
    return Zone(
        id="head",
        letter="A",
        name="Head",
        chart="front",
        outline=ring(0, 0, 128.8, 180),
        density=250.0 + more,
    )


def patch(more: float, bulge: float = 0.0, moved: float = 0.0) -> Zone:
    """A zone of 40 cm2 with `more` dots per cm2, `moved` to the right in mm.

    Its first point is pulled out by `bulge` mm.
    """
    return Zone(
        id="patch",
        letter="B",
        name="Patch",
        chart="front",
        outline=ring(moved, 0, 35.7, 80, bulge),
        purpose=Purpose.TRANSITION,
        blend=Blend.REPLACE,
        density=110.0 + more,
    )


def others() -> tuple[Zone, ...]:
    """Eight zones more, so that there are ten: all kinds that a design has."""
    places = [(70.0, 60.0), (-70.0, 60.0), (70.0, -60.0), (-70.0, -60.0)]
    made = [
        replace(
            patch(0), id=f"other-{n}", letter=f"{n}", outline=ring(x, y, 22.0, 40), density=80.0
        )
        for n, (x, y) in enumerate(places)
    ]
    band = ring(0, -85, 24.0, 120)
    start, end = (0.0, 50.0), (0.0, 100.0)
    stroke = DensityStroke(path=((-40.0, 80.0), (0.0, 90.0), (40.0, 80.0)), radius=8.0)
    return (
        *made,
        replace(made[0], id="band", outline=band, feathers=(*[6.0] * 60, *[0.0] * 60)),
        replace(
            made[0],
            id="crown",
            outline=ring(0, 80, 30.0, 60),
            gradient=Gradient(start=start, end=end),
        ),
        replace(made[0], id="painted", outline=ring(0, 80, 40.0, 60), strokes=(stroke,)),
        replace(made[0], id="mole", outline=ring(50, 0, 3.0, 24), blend=Blend.CLEAR, margin=5.0),
    )


def design() -> Case:
    """A hairline and the two zones on one flat photo."""
    scale = 1 / PX_PER_MM
    matrix = (scale, 0.0, -WIDTH / 2 * scale, 0.0, scale, -HEIGHT / 2 * scale, 0.0, 0.0, 1.0)
    plane = Plane(matrix=matrix, sigma=0.01, method=MeasurementKind.STICKER)
    photo = Photo(
        id="front",
        view=View.FRONT,
        sha256="",
        media="image/jpeg",
        width=WIDTH,
        height=HEIGHT,
        plane=plane,
    )
    nodes = (
        Node((0.0, 40.0), ahead=(-20.0, 40.0)),
        Node((-60.0, 30.0), (-50.0, 32.0), (-70.0, 28.0)),
        Node((-75.0, 60.0), back=(-76.0, 45.0)),
    )
    hairline = Curve(id="line", name="Hairline", chart="front", nodes=nodes, mirrored=True)
    variant = Variant(id="a", curves=(hairline,), zones=(head(0), patch(0)))
    return Case(id="case", photos=(photo,), variants=(variant,), chosen="a")


def haired() -> Case:
    """The same beside 12,000 follicles, ringed."""
    bare = design()
    chart = bare.variant.zones[0].chart
    places = np.random.default_rng(3).uniform((-130, -90), (130, 90), (12_000, 2)).round(3)
    ring = ((-130.0, -90.0), (130.0, -90.0), (130.0, 90.0), (-130.0, 90.0))
    found = tuple((float(x), float(y)) for x, y in places)
    hair = ExistingHair(photo=chart, chart=chart, searched=(ring,), threshold=0.5, found=found)
    return replace(bare, existing=(hair,))


def with_zones(case: Case, *zones: Zone) -> Case:
    """The case with other zones."""
    return replace(case, variants=(replace(case.variant, zones=zones),))


def canvas_of(case: Case, pyramid: Pyramid) -> tuple[Watched, History]:
    """A canvas that shows the case, painted once."""
    history = History(case)
    photo = case.photos[0]
    desk = Desk(history, photo.id, plane_map(photo))
    canvas = Watched()
    canvas.resize(*VIEW)
    canvas.set_toolbox(Toolbox(desk, [SelectTool()]))
    canvas.set_photo(photo, pyramid)
    history.listeners.append(canvas.case_changed)
    canvas.show()
    until_painted(canvas)
    return canvas, history


def until_painted(widget: Watched | Blit) -> None:
    """Run the event loop until the widget has painted, and is not about to paint again.

    Where nothing wants to be painted it goes on after a second, which a median would show.
    """
    before, begun = widget.painted, time.perf_counter()
    while widget.painted == before and time.perf_counter() < begun + 1.0:
        QApplication.processEvents()
    QApplication.processEvents()


def median_ms(widget: Watched | Blit, change: Callable[[int], object]) -> dict[str, float]:
    """Median time from a change until it is painted."""
    times = []
    for turn in range(ROUNDS):
        begun = time.perf_counter()
        change(turn)
        until_painted(widget)
        times.append((time.perf_counter() - begun) * 1e3)
    return {"median_ms": statistics.median(times)}


def edits(
    history: History, zones: Callable[[float], tuple[Zone, ...]]
) -> Callable[[Watched], dict[str, float]]:
    """Previews as a slider or a drag makes them, taken back at the end."""
    cases = [with_zones(history.first, *zones(1.0 + 0.2 * turn)) for turn in range(ROUNDS)]

    def measured(canvas: Watched) -> dict[str, float]:
        with history.begin("Edit zone") as transaction:
            found = median_ms(canvas, lambda turn: transaction.preview(cases[turn]))
        until_painted(canvas)
        return found

    return measured


def drag(canvas: Canvas, kind: QEvent.Type, at: QPointF) -> None:
    """One event of a drag with the middle button."""
    middle = Qt.MouseButton.MiddleButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else middle
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else middle
    event = QMouseEvent(kind, at, at, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def pan(canvas: Watched) -> dict[str, float]:
    """A drag with the middle button, frame by frame."""
    start = QPointF(800, 500)
    drag(canvas, QEvent.Type.MouseButtonPress, start)
    found = median_ms(
        canvas,
        lambda turn: drag(
            canvas, QEvent.Type.MouseMove, start + QPointF(9 * (turn + 1), 5 * (turn + 1))
        ),
    )
    drag(canvas, QEvent.Type.MouseButtonRelease, start)
    return found


def run() -> dict[str, dict[str, float]]:
    """Medians, with the blit of one ready picture as the floor, all in one run."""
    app = QApplication.instance() or QApplication([])
    figures: dict[str, dict[str, float]] = {}
    floor = Blit()
    floor.show()
    until_painted(floor)
    figures["pan_floor_blit"] = median_ms(floor, lambda _: floor.update())
    floor.close()
    pyramid = build(photo_pixels())
    canvas, history = canvas_of(design(), pyramid)
    below, above = history.first.variant.zones
    small = edits(history, lambda more: (below, patch(more)))
    moved = edits(history, lambda moved: (below, patch(0, moved=moved)))
    point = edits(history, lambda bulge: (below, patch(0, bulge)))
    whole = edits(history, lambda more: (head(more), above))
    more = others()
    ten = edits(history, lambda bulge: (below, patch(0, bulge), *more))
    ten_whole = edits(history, lambda more_dots: (head(more_dots), above, *more))
    figures["pan_frame"] = pan(canvas)
    figures["edit_40cm2_zone_repaint"] = small(canvas)
    figures["move_40cm2_zone"] = moved(canvas)
    figures["drag_point_40cm2_zone"] = point(canvas)
    figures["whole_head_120k_repaint"] = whole(canvas)
    figures["ten_zones_edit"] = ten(canvas)
    figures["ten_zones_whole"] = ten_whole(canvas)
    canvas.zoom_to(1.0)
    until_painted(canvas)
    figures["pan_frame_at_100_percent"] = pan(canvas)
    figures["edit_40cm2_zone_repaint_at_100_percent"] = small(canvas)
    canvas.close()
    canvas, history = canvas_of(haired(), pyramid)
    figures["hair_pan_frame"] = pan(canvas)
    figures["hair_edit_40cm2_zone"] = edits(history, lambda more: (below, patch(more)))(canvas)
    canvas.close()
    app.processEvents()
    return figures
