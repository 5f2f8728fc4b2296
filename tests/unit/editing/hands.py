"""Hands for the tools: a desk with one measured photo, and a pointer to push about."""

from dataclasses import dataclass, field

from studio.editing.edits.items import find_curve, find_zone
from studio.editing.history import History
from studio.editing.overlay import Line, Overlay
from studio.editing.selection import Selection
from studio.editing.tool import Cursor, Desk, Keys, Pointer
from studio.editing.toolbox import Toolbox, design_toolbox
from studio.model.case import Case, Variant
from studio.model.chart import Point, Ring
from studio.model.curve import Curve, Node
from studio.model.photo import MeasurementKind, Photo, Plane, View
from studio.model.zone import Zone
from studio.skin.plane import plane_map

PX = 0.1
"""One screen pixel is a tenth of a millimetre."""


def photo(photo_id: str = "p", scale: float = 0.125) -> Photo:
    """A photo of 1600 x 2400 pixels whose chart is `scale` mm per pixel round (800, 1200)."""
    plane = Plane(
        matrix=(scale, 0.0, -800 * scale, 0.0, scale, -1200 * scale, 0.0, 0.0, 1.0),
        sigma=0.01,
        method=MeasurementKind.RULER,
    )
    return Photo(
        id=photo_id,
        view=View.FRONT,
        sha256=photo_id * 8,
        media="image/jpeg",
        width=1600,
        height=2400,
        plane=plane,
    )


def curve(curve_id: str, *points: Point, mirrored: bool = False) -> Curve:
    """A chain of straight lines."""
    nodes = tuple(Node(point, smooth=False) for point in points)
    return Curve(id=curve_id, name=curve_id, chart="p", nodes=nodes, mirrored=mirrored)


def box(zone_id: str, x: float, y: float, size: float = 20.0, *, mirrored: bool = False) -> Zone:
    """A square zone by its corner of smallest x and y."""
    outline: Ring = ((x, y), (x + size, y), (x + size, y + size), (x, y + size))
    return Zone(
        id=zone_id,
        letter=zone_id.upper(),
        name=zone_id,
        chart="p",
        outline=outline,
        mirrored=mirrored,
    )


def case_with(*items: Curve | Zone) -> Case:
    """A case with two photos and these items in its one variant."""
    variant = Variant(
        id="v",
        curves=tuple(item for item in items if isinstance(item, Curve)),
        zones=tuple(item for item in items if isinstance(item, Zone)),
    )
    return Case(id="c", photos=(photo(), photo("q", 0.25)), variants=(variant,), chosen="v")


def curve_in(case: Case, curve_id: str) -> Curve:
    """The curve that must be there."""
    found = find_curve(case, curve_id)
    assert found is not None
    return found


def zone_in(case: Case, zone_id: str) -> Zone:
    """The zone that must be there."""
    found = find_zone(case, zone_id)
    assert found is not None
    return found


@dataclass
class Hands:
    """Drives a toolbox as a canvas would; keeps what was said."""

    first: Case
    tool: str = "select"
    mirror: bool = False
    snap: bool = False
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.history = History(self.first)
        self.desk = Desk(
            self.history,
            "p",
            plane_map(self.first.photo("p")),
            mirror=self.mirror,
            snap=self.snap,
            say=self.said.append,
        )
        self.box: Toolbox = design_toolbox(self.desk)
        self.box.take(self.tool)

    @property
    def case(self) -> Case:
        return self.history.case

    def untouched(self) -> bool:
        """Whether the very case of the beginning is shown."""
        return self.history.case is self.first

    def curves(self) -> tuple[Curve, ...]:
        return self.case.variant.curves

    def zones(self) -> tuple[Zone, ...]:
        return self.case.variant.zones

    def labels(self) -> list[str]:
        return [step.label for step in self.history.steps[1:]]

    @property
    def overlay(self) -> Overlay:
        return self.box.overlay

    def cursor(self) -> Cursor:
        return self.box.cursor

    def lines(self, ink: str) -> list[Line]:
        return [s for s in self.overlay if isinstance(s, Line) and s.ink == ink]

    def at(self, x: float, y: float, keys: Keys = Keys.NONE, *, eraser: bool = False) -> Pointer:
        return Pointer((x, y), PX, keys, eraser=eraser)

    def select(self, *items: str) -> None:
        self.desk.selection = Selection(frozenset(items))

    def hover(self, x: float, y: float, keys: Keys = Keys.NONE) -> None:
        self.box.move(self.at(x, y, keys))

    def click(self, x: float, y: float, keys: Keys = Keys.NONE, *, eraser: bool = False) -> None:
        pointer = self.at(x, y, keys, eraser=eraser)
        self.box.press(pointer)
        self.box.release(pointer)

    def double_click(self, x: float, y: float) -> None:
        self.click(x, y)
        self.box.double_click(self.at(x, y))
        self.box.release(self.at(x, y))

    def press(self, x: float, y: float, keys: Keys = Keys.NONE) -> None:
        self.box.press(self.at(x, y, keys))

    def drag(self, *way: Point, keys: Keys = Keys.NONE, eraser: bool = False) -> None:
        """Press at the first place, go through the others, release at the last."""
        self.pull(*way, keys=keys, eraser=eraser)
        self.box.release(self.at(*way[-1], keys, eraser=eraser))

    def pull(self, *way: Point, keys: Keys = Keys.NONE, eraser: bool = False) -> None:
        """As `drag`, without the release."""
        self.box.press(self.at(*way[0], keys, eraser=eraser))
        for x, y in way[1:]:
            self.box.move(self.at(x, y, keys, eraser=eraser))
