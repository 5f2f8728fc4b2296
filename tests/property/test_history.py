"""Any sequence of events on any tools: nothing is raised, nothing is lost, zones stay valid."""

import math
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from shapely import Polygon

from studio.editing.clipboard import copy, paste
from studio.editing.edits.items import detach_twin, find, set_hidden, set_locked, set_mirrored
from studio.editing.edits.zones import subtract_zones, union_zones
from studio.editing.gesture import apply
from studio.editing.selection import Selection
from studio.editing.tool import Keys
from studio.editing.tools.marks import Marks
from studio.geometry.twins import effective_curves, effective_zones
from studio.model.case import Case
from studio.model.chart import Point, rounded
from studio.model.curve import Curve
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind
from studio.skin.plane import plane_map
from tests.unit.editing.hands import Hands, box, case_with, curve
from tests.unit.editing.marking import landmark_tool, measurement_tool

TOOLS = (
    "select",
    "node",
    "pen",
    "polygon",
    "freehand",
    "measure",
    "axis",
    "mark-ruler",
    "mark-menton",
)
places = st.tuples(
    st.integers(-6, 14).map(lambda n: n * 5.0), st.integers(-4, 10).map(lambda n: n * 5.0)
)
jitter = st.tuples(st.floats(-1, 1), st.floats(-1, 1))
modifiers = st.sampled_from([Keys.NONE, Keys.NONE, Keys.SHIFT, Keys.ALT, Keys.SHIFT | Keys.ALT])
keys = st.sampled_from(["left", "right", "up", "down", "backspace", "delete", "c", "x"])


def ruler(marks: Marks) -> Measurement:
    return Measurement(
        kind=MeasurementKind.RULER, points=marks, size_mm=30.0, size_se=0.1, click_se=1.0
    )


class Studio(RuleBasedStateMachine):
    """The hands of someone who does anything at any time."""

    @initialize(mirror=st.booleans(), snap=st.booleans())
    def open_case(self, mirror: bool, snap: bool) -> None:
        drawn = (
            curve("l", (0, 0), (20, -10), (40, 0)),
            box("a", 0, 10, mirrored=True),
            box("b", 10, 20, 25),
        )
        self.first = case_with(*drawn)
        self.hands = Hands(self.first, mirror=mirror, snap=snap)
        for tool in (
            measurement_tool(MeasurementKind.RULER, ruler),
            landmark_tool(LandmarkKind.MENTON),
        ):
            self.hands.box.tools[tool.name] = tool
        self.hands.history.listeners.append(self.follow)
        self.at: Point = (0.0, 0.0)
        self.down = False

    def follow(self, before: Case, after: Case) -> None:
        if before.photos is not after.photos:
            photo = self.hands.desk.photo_id
            self.hands.box.show_photo(photo, plane_map(after.photo(photo)))

    @rule(name=st.sampled_from(TOOLS))
    def take(self, name: str) -> None:
        self.hands.box.take(name)

    @rule(at=places, by=jitter, held=modifiers, eraser=st.integers(0, 6))
    def press(self, at: Point, by: Point, held: Keys, eraser: int) -> None:
        self.at = (at[0] + by[0], at[1] + by[1])
        self.down = True
        self.hands.box.press(self.hands.at(*self.at, held, eraser=eraser == 0))

    @rule(to=st.lists(places, min_size=1, max_size=5), by=jitter, held=modifiers)
    def move(self, to: list[Point], by: Point, held: Keys) -> None:
        for x, y in to:
            self.at = (x + by[0], y + by[1])
            self.hands.box.move(self.hands.at(*self.at, held))

    @rule(held=modifiers)
    def release(self, held: Keys) -> None:
        self.down = False
        self.hands.box.release(self.hands.at(*self.at, held))

    def let_go(self) -> None:
        if self.down:
            self.release(Keys.NONE)

    @rule(at=places, held=modifiers)
    def click(self, at: Point, held: Keys) -> None:
        self.let_go()
        self.hands.click(*at, held)

    @rule(at=places)
    def double_click(self, at: Point) -> None:
        self.let_go()
        self.hands.double_click(*at)

    @rule(name=st.sampled_from(TOOLS), way=st.lists(places, min_size=1, max_size=6), held=modifiers)
    def click_along(self, name: str, way: list[Point], held: Keys) -> None:
        self.let_go()
        self.hands.box.take(name)
        for x, y in way:
            self.hands.click(x, y, held)

    @rule(way=st.lists(places, min_size=2, max_size=8), held=modifiers, eraser=st.integers(0, 4))
    def drag_along(self, way: list[Point], held: Keys, eraser: int) -> None:
        self.let_go()
        self.hands.drag(*way, keys=held, eraser=eraser == 0)

    @rule(
        middle=places,
        radius=st.floats(3, 20),
        name=st.sampled_from(["freehand", "pen"]),
        held=modifiers,
    )
    def draw_round(self, middle: Point, radius: float, name: str, held: Keys) -> None:
        self.let_go()
        self.hands.box.take(name)
        angles = [i / 10 * math.tau for i in range(11)]
        x, y = middle
        way = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
        self.hands.drag(*way, keys=held)

    @rule(item=st.sampled_from("abl"), index=st.integers(0, 5), to=places, held=modifiers)
    def drag_a_point(self, item: str, index: int, to: Point, held: Keys) -> None:
        self.let_go()
        found = find(self.hands.case, item)
        if found is None or found.chart != self.hands.desk.skin.chart:
            return
        points = [n.at for n in found.nodes] if isinstance(found, Curve) else list(found.outline)
        self.hands.box.take("node")
        self.hands.select(item)
        start = points[index % len(points)]
        middle = ((start[0] + to[0]) / 2, (start[1] + to[1]) / 2)
        self.hands.drag(start, middle, to, keys=held)

    @rule(item=st.sampled_from("abl"), more=st.booleans())
    def select_in_the_list(self, item: str, more: bool) -> None:
        self.let_go()
        if find(self.hands.case, item) is not None:
            kept = self.hands.desk.selection.items if more else frozenset()
            self.hands.desk.selection = Selection(kept | {item})

    @rule(key=keys, held=modifiers)
    def key(self, key: str, held: Keys) -> None:
        self.hands.box.key(key, held)

    @rule()
    def confirm(self) -> None:
        self.hands.box.confirm()

    @rule()
    def cancel(self) -> None:
        self.hands.box.cancel()

    @rule()
    def undo(self) -> None:
        self.hands.box.undo()

    @rule()
    def redo(self) -> None:
        self.hands.box.redo()

    @rule(text=st.sampled_from(["", "followed", "followed again"]))
    def fold(self, text: str) -> None:
        """What a fit in the background does when a step has changed the marks."""
        history = self.hands.history
        if history.busy:
            return
        count, before = len(history.steps), history.before
        history.fold("Follow", lambda case: replace(case, notes=text))
        assert history.case.notes == text
        assert len(history.steps) == count or before is None
        if before is not None:
            assert history.before is before

    @rule(photo=st.sampled_from(["p", "q"]))
    def show_photo(self, photo: str) -> None:
        self.hands.box.show_photo(photo, plane_map(self.hands.case.photo(photo)))

    @rule(
        what=st.sampled_from(
            ["lock", "free", "hide", "show", "mirror", "bake", "join", "cut", "paste"]
        )
    )
    def edit_in_a_panel(self, what: str) -> None:
        self.let_go()
        items = self.hands.desk.selection.items
        edits = {
            "lock": lambda case: set_locked(case, items, locked=True),
            "free": lambda case: set_locked(case, items, locked=False),
            "hide": lambda case: set_hidden(case, items, hidden=True),
            "show": lambda case: set_hidden(case, items, hidden=False),
            "mirror": lambda case: set_mirrored(case, items, mirrored=True),
            "bake": lambda case: detach_twin(case, items),
            "join": lambda case: union_zones(case, items),
            "cut": lambda case: subtract_zones(case, "a", items) if find(case, "a") else case,
            "paste": lambda case: paste(case, copy(case, items), self.hands.desk.skin.chart)[0],
        }
        apply(self.hands.desk, what, edits[what])

    @invariant()
    def the_overlay_can_be_drawn(self) -> None:
        assert isinstance(self.hands.overlay, tuple)
        assert self.hands.box.hint
        assert self.hands.box.cursor

    @invariant()
    def zones_are_valid_and_stored_rounded(self) -> None:
        case = self.hands.case
        for zone in case.variant.zones:
            assert Polygon(zone.outline, zone.holes).is_valid
            assert zone.outline == tuple(rounded(point) for point in zone.outline)
        assert all(len(line.nodes) >= 2 for line in case.variant.curves)
        letters = [zone.letter for zone in case.variant.zones]
        assert len(letters) == len(set(letters))
        effective_zones(case.variant, case.axis)
        effective_curves(case.variant, case.axis)

    @invariant()
    def what_is_selected_exists(self) -> None:
        if not self.down:
            items = self.hands.desk.selection.items
            shown = self.hands.case
            assert all(find(shown, item) is not None for item in items)

    @invariant()
    def refusals_are_sentences(self) -> None:
        assert all(sentence.endswith((".", "!")) for sentence in self.hands.said)

    def teardown(self) -> None:
        if not hasattr(self, "hands"):
            return
        self.hands.box.cancel()
        self.hands.box.take("select")
        self.hands.history.begin("one at a time").cancel()
        while self.hands.history.undo() is not None:
            pass
        assert self.hands.case is self.first


TestStudio = Studio.TestCase
TestStudio.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
