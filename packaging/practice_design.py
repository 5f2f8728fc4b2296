"""The design of the practice case, drawn with the studio's own tools in the photo that faces it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.editing.edits.items import detach_twin, rename
from studio.editing.edits.whole import rename_variant
from studio.editing.edits.zones import ZoneStyle
from studio.editing.history import Edit, History
from studio.editing.selection import only
from studio.editing.tool import Desk, Keys, Pointer
from studio.editing.toolbox import Toolbox
from studio.editing.tools.freehand import FreehandTool
from studio.editing.tools.pen import PenTool
from studio.editing.tools.select import SelectTool
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import Point, Ring
from studio.model.curve import CurveRole
from studio.model.photo import View
from studio.model.zone import Purpose, Zone
from studio.skin.maps import skin_map

# Places on the head's chart (studio/skin/head/chart.py), the client's left half from the
# mid-line outwards. A unit is 0.9 mm of skin at the crown, 0.5 at the hairline, 0.35 at the ear.
FRONT_LINE: Ring = (
    (0, 195), (29, 187), (51, 162), (68, 136), (83, 125), (101, 132), (128, 151), (158, 168),
)  # fmt: skip
CORNER = 4
"""Number of the hair corner in the line and beside it; beyond it the left photo shows more."""

TEMPLE_POINT: Point = (194, 174)
SIDEBURN: Ring = ((216, 152), (250, 126), (290, 98), (326, 72))
INSIDE: Ring = (
    (0, 171), (21, 164), (36, 145), (51, 120), (70, 101), (91, 98), (110, 108), (136, 130),
    (162, 148), (186, 152),
)  # fmt: skip
"""The end of the transition on the hair side, 12 mm in, 8 mm by the temple point."""

INSIDE_TEMPLE: Ring = ((206, 134), (240, 108), (280, 81), (316, 56))

TOP: Ring = (
    (-1, 179), (23, 172), (40, 152), (55, 127), (73, 108), (92, 105), (109, 100), (121, 82),
    (125, 52), (120, 26), (108, 4), (93, -10), (78, -13), (60, -5), (32, 7), (-1, 11),
)  # fmt: skip
TEMPLE: Ring = (
    (92, 106), (110, 117), (136, 139), (163, 157), (188, 162), (207, 146), (240, 119), (280, 91),
    (312, 68), (304, 50), (270, 52), (232, 52), (192, 60), (156, 72), (126, 86), (104, 100),
)  # fmt: skip
CROWN: Ring = (
    (-1, 16), (32, 12), (62, 1), (86, -18), (97, -46), (88, -74), (62, -95), (30, -105), (-1, -107),
)  # fmt: skip

FINE = ZoneStyle(
    purpose=Purpose.TRANSITION,
    density=75.0,
    feather=4.0,
    dot_mm=0.25,
    dilution=16.0,
    needle="0601RL",
)
FULL = ZoneStyle(density=115.0, feather=4.0)
SOFT = ZoneStyle(
    purpose=Purpose.DENSITY, density=85.0, feather=4.0, dot_mm=0.25, dilution=16.0, needle="0601RL"
)
LOOSE = ZoneStyle(density=100.0, feather=8.0)

ZOOM = 3.0
"""Screen pixels to a photo pixel while drawing."""

PULL = 1 / 6
"""Share of the way between its neighbours to which a point's handle is pulled."""


def designed(case: Case) -> Case:
    """The case with the variant `Conservative` drawn on its head."""
    hand = Hand(History(case))
    hand.line(View.FRONT, CurveRole.HAIRLINE, FRONT_LINE, then=TEMPLE_POINT)
    hand.line(View.LEFT, CurveRole.HAIRLINE, (FRONT_LINE[-1], TEMPLE_POINT), go_on=True)
    hand.line(View.LEFT, CurveRole.TEMPLE, (*SIDEBURN[::-1], TEMPLE_POINT))
    band = ((-1, FRONT_LINE[0][1]), *FRONT_LINE[1 : CORNER + 2]), INSIDE[CORNER + 1 :: -1]
    hand.zone(View.FRONT, FINE, "Hairline transition", *map(smooth, band))
    beside = (
        (*FRONT_LINE[CORNER:], TEMPLE_POINT),
        (TEMPLE_POINT, *SIDEBURN),
        (*INSIDE_TEMPLE[::-1], *INSIDE[: CORNER - 1 : -1]),
    )
    hand.more(View.LEFT, "Hairline transition", *map(smooth, beside))
    hand.own("Hairline transition")
    hand.zone(View.TOP, FULL, "Full coverage", smooth(TOP))
    hand.own("Full coverage")
    hand.zone(View.LEFT, SOFT, "Temple, left", smooth(TEMPLE))
    hand.own("Temple, left")
    hand.zone(View.BACK, LOOSE, "Crown", smooth(CROWN))
    hand.own("Crown")
    variant = hand.history.case.variant
    hand.edit("Rename", lambda case: rename_variant(case, variant.id, "Conservative"))
    return hand.history.case


def smooth(places: Ring) -> FloatArray:
    """A steady hand's way through places, about half a mm from point to point, (n, 2)."""
    at = np.array(places, dtype=np.float64)
    slopes = np.gradient(at, axis=0)
    course = []
    for k in range(len(at) - 1):
        t = np.linspace(0, 1, 24, endpoint=k == len(at) - 2)[:, None]
        course.append(
            at[k] * (1 + 2 * t) * (1 - t) ** 2
            + slopes[k] * t * (1 - t) ** 2
            + at[k + 1] * t**2 * (3 - 2 * t)
            - slopes[k + 1] * t**2 * (1 - t)
        )
    return np.concatenate(course)


@dataclass
class Hand:
    """Draws on the photos of a case; nothing is put into the case but by its tools."""

    history: History

    def line(
        self,
        view: View,
        role: CurveRole,
        places: Ring,
        *,
        then: Point | None = None,
        go_on: bool = False,
    ) -> None:
        """A curve with the pen, every point pulled along it; `go_on` lengthens one that ends here.

        `then` is where the curve will go from its last point.
        """
        pen = PenTool(role)
        desk, box = self._take(view, pen)
        desk.snap = not go_on and places[0][0] == 0
        ways = np.gradient(np.array((*places, *(() if then is None else (then,)))), axis=0)
        for number, (at, way) in enumerate(zip(places, ways, strict=False)):
            if go_on and number == 0:
                box.press(self._pointer(desk, at))
                box.release(self._pointer(desk, at))
                continue
            pulled = np.array(at) + 2 * PULL * way
            box.press(self._pointer(desk, at))
            box.move(self._pointer(desk, pulled))
            box.release(self._pointer(desk, pulled))
        box.confirm()

    def zone(self, view: View, style: ZoneStyle, name: str, *courses: FloatArray) -> None:
        """A zone with its twin, by the lasso round the courses."""
        lasso = FreehandTool(style)
        desk, box = self._take(view, lasso)
        self._round(desk, box, courses, Keys.NONE)
        (made,) = desk.selection.items
        self.edit("Rename", lambda case: rename(case, made, name))

    def own(self, name: str) -> None:
        """The twin of a zone made one with it, or a zone of its own."""
        zone = self._named(name)
        self.edit("Detach twin", lambda case: detach_twin(case, {zone.id}))

    def more(self, view: View, name: str, *courses: FloatArray) -> None:
        """More of a zone, by the lasso with Shift."""
        desk, box = self._take(view, FreehandTool())
        desk.selection = only(self._named(name).id)
        self._round(desk, box, courses, Keys.SHIFT)

    def edit(self, label: str, edit: Edit) -> None:
        """What a panel does."""
        self.history.apply(label, edit)

    def _round(self, desk: Desk, box: Toolbox, courses: tuple[FloatArray, ...], keys: Keys) -> None:
        pointers = [self._pointer(desk, at, keys) for at in np.concatenate(courses)]
        box.press(pointers[0])
        for pointer in pointers[1:]:
            box.move(pointer)
        box.release(pointers[-1])

    def _named(self, name: str) -> Zone:
        return next(zone for zone in self.history.case.variant.zones if zone.name == name)

    def _take(self, view: View, tool: PenTool | FreehandTool) -> tuple[Desk, Toolbox]:
        case = self.history.case
        photo = next(photo for photo in case.photos if photo.view is view)
        desk = Desk(self.history, photo.id, skin_map(case, photo), say=_refused)
        box = Toolbox(desk, (SelectTool(), tool))
        box.take(tool.name)
        return desk, box

    def _pointer(self, desk: Desk, place: Point | FloatArray, keys: Keys = Keys.NONE) -> Pointer:
        """The pointer on the screen's pixel that shows a place."""
        px = desk.skin.to_photo(np.array([place], dtype=np.float64))
        px = (px * ZOOM).round() / ZOOM
        at = desk.skin.to_skin(px)
        if not np.isfinite(at).all():
            raise ValueError(f"the photo does not show {tuple(place)}")
        size = 1 / (ZOOM * float(desk.skin.px_per_unit(at)[0]))
        return Pointer((float(at[0, 0]), float(at[0, 1])), size, keys)


def _refused(words: str) -> None:
    raise ValueError(words)
