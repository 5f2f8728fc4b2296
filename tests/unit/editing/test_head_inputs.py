"""Outline and pencil marks: their edits, and the tools that make them, without a window."""

import numpy as np
import pytest

from studio.editing.edits.head_inputs import (
    remove_pencil,
    set_hair,
    set_outline,
    set_pencil,
)
from studio.editing.overlay import Ink, Label, Line, Mark, Spot
from studio.editing.tool import Keys
from studio.editing.tools.outline import BRUSH_PX, OutlineTool
from studio.editing.tools.pencil import PencilTool
from studio.model.chart import Point
from studio.model.refusal import Refusal
from tests.unit.editing.hands import PX, Hands, case_with

ARC = tuple((float(x), float(500 - x * (1000 - x) / 1000)) for x in range(100, 1000, 100))


class Tracer(Hands):
    """Hands that hold outline and pencil and point in photo pixels."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.outline = OutlineTool(lambda count: (f"{count} points", ""))
        self.pencil = PencilTool(lambda number: f"spot {number}", self.expected)
        self.seen: Point | None = None
        for tool in (self.outline, self.pencil):
            self.box.tools[tool.name] = tool
        self.box.take("outline")

    def expected(self, _photo: str, _number: int) -> Point | None:
        return self.seen

    def chart(self, x: float, y: float) -> Point:
        u, v = self.desk.skin.to_skin(np.array([(x, y)]))[0].tolist()
        return u, v

    def press_px(self, *way: Point) -> None:
        self.box.press(self.at(*self.chart(*way[0])))
        for place in way[1:]:
            self.box.move(self.at(*self.chart(*place)))
        self.box.release(self.at(*self.chart(*way[-1])))

    @property
    def trace(self) -> tuple[Point, ...]:
        return self.case.photo("p").outline

    @property
    def spots(self) -> dict[int, Point]:
        return {mark.number: mark.at for mark in self.case.photo("p").pencil}

    def scale(self) -> float:
        """Photo pixels under one screen pixel."""
        return PX * float(self.desk.skin.px_per_unit(np.zeros((1, 2)))[0])


def traced() -> Tracer:
    return Tracer(set_outline(case_with(), "p", ARC))


def test_a_point_is_dragged_as_one_step() -> None:
    hands = traced()
    x, y = ARC[4]
    hands.press_px((x, y), (x + 50, y - 20), (x + 90, y - 40))
    assert hands.trace[4] == pytest.approx((x + 90, y - 40), abs=0.01)
    assert hands.trace[:4] + hands.trace[5:] == ARC[:4] + ARC[5:]
    assert hands.labels() == ["Move outline point"]
    hands.box.undo()
    assert hands.trace == ARC


def test_a_click_on_a_point_moves_nothing() -> None:
    hands = traced()
    hands.press_px(ARC[4])
    assert hands.trace == ARC
    assert hands.labels() == []


@pytest.mark.parametrize(
    ("at", "place"), [((450.0, 252.0), 4), ((40.0, 480.0), 0), ((980.0, 470.0), 9)]
)
def test_a_click_puts_a_point_where_the_line_grows_least(at: Point, place: int) -> None:
    hands = traced()
    hands.press_px(at)
    assert hands.trace[place] == pytest.approx(at, abs=0.01)
    assert hands.trace[:place] + hands.trace[place + 1 :] == ARC
    assert hands.labels() == ["Add outline point"]


def test_an_outline_is_clicked_from_nothing() -> None:
    hands = Tracer(case_with())
    for at in ((100.0, 500.0), (200.0, 300.0), (400.0, 200.0)):
        hands.press_px(at)
    assert np.array(hands.trace) == pytest.approx(
        np.array([(100, 500), (200, 300), (400, 200)]), abs=0.01
    )


def test_delete_and_arrows_work_on_the_point_touched_last() -> None:
    hands = traced()
    hands.press_px(ARC[2])
    hands.box.key("right", Keys.SHIFT)
    per_mm = float(hands.desk.skin.px_per_unit(np.zeros((1, 2)))[0])
    assert hands.trace[2][0] == pytest.approx(ARC[2][0] + per_mm, abs=0.01)
    hands.box.key("delete")
    assert hands.trace == ARC[:2] + ARC[3:]
    assert hands.labels() == ["Nudge outline point", "Delete outline point"]


def test_the_brush_pushes_near_points_and_leaves_far_ones() -> None:
    close = tuple((x, y) for x, y in np.linspace((300, 400), (700, 400), 81).tolist())
    hands = Tracer(set_outline(case_with(), "p", close))
    hands.box.key("b")
    reach = BRUSH_PX * hands.scale()
    assert 20 < reach < 150
    hands.press_px((500, 400), (500, 402), (500, 404))
    moved = np.array(hands.trace) - np.array(close)
    away = np.abs(np.array(close)[:, 0] - 500)
    assert moved[:, 0] == pytest.approx(0, abs=1e-2)
    assert moved[away.argmin(), 1] == pytest.approx(4, abs=0.05)
    assert moved[away > reach + 1] == pytest.approx(0, abs=1e-3)
    assert (np.diff(moved[away <= reach][:, 1][away[away <= reach].argsort()]) < 0.02).all()
    assert hands.labels() == ["Push outline"]


def test_the_brush_without_an_outline_says_so() -> None:
    hands = Tracer(case_with())
    hands.box.key("b")
    hands.press_px((500, 400), (520, 400))
    assert hands.said == ["There is no outline yet. Find it or click points first."]
    assert hands.labels() == []


def test_a_point_dragged_off_the_photo_is_refused_and_stays() -> None:
    hands = traced()
    hands.press_px(ARC[0], (-4000.0, 200.0))
    assert hands.trace == ARC
    assert len(hands.said) == 1
    assert "outside the photo" in hands.said[0]


def test_the_line_has_a_gap_where_the_outline_skips_an_ear() -> None:
    line = tuple((float(x), 400.0) for x in (*range(100, 400, 20), *range(700, 900, 20)))
    hands = Tracer(set_outline(case_with(), "p", line))
    shapes = hands.box.overlay
    assert [len(s.points) for s in shapes if isinstance(s, Line) and s.ink is Ink.CURVE] == [15, 10]
    assert sum(isinstance(s, Spot) for s in shapes) == 25
    assert [s.text for s in shapes if isinstance(s, Label)] == ["25 points"]


def test_escape_in_a_drag_leaves_the_outline_alone() -> None:
    hands = traced()
    hands.box.press(hands.at(*hands.chart(*ARC[4])))
    hands.box.move(hands.at(*hands.chart(500, 100)))
    hands.box.cancel()
    assert hands.trace == ARC
    assert hands.box.current is hands.outline


def test_spots_get_the_next_free_number() -> None:
    hands = Tracer(set_pencil(case_with(), "p", 2, (600.0, 600.0)))
    hands.box.take("pencil")
    hands.press_px((300.0, 300.0))
    hands.press_px((400.0, 300.0))
    assert hands.spots == {
        1: pytest.approx((300, 300), abs=0.01),
        2: (600.0, 600.0),
        3: pytest.approx((400, 300), abs=0.01),
    }
    assert hands.pencil.number == 4
    assert hands.labels() == ["Mark pencil spot 1", "Mark pencil spot 3"]


def test_a_spot_is_dragged_nudged_and_removed() -> None:
    hands = Tracer(set_pencil(case_with(), "p", 5, (600.0, 600.0)))
    hands.box.take("pencil")
    hands.press_px((600.0, 600.0), (640.0, 580.0))
    assert hands.spots[5] == pytest.approx((640, 580), abs=0.01)
    hands.box.key("up", Keys.SHIFT)
    assert hands.spots[5][1] < 580
    hands.box.key("delete")
    assert hands.spots == {}
    assert hands.labels() == [
        "Move pencil spot 5", "Nudge pencil spot 5", "Remove pencil spot 5",
    ]  # fmt: skip


def test_a_ring_shows_where_a_spot_is_expected() -> None:
    hands = Tracer(case_with())
    hands.box.take("pencil")
    hands.seen = (500.0, 450.0)
    hands.box.move(hands.at(0, 0))
    rings = [s for s in hands.box.overlay if isinstance(s, Line) and s.ink is Ink.SUGGESTED]
    assert len(rings) == 1
    middle = np.array(rings[0].points[:-1]).mean(axis=0)
    assert middle == pytest.approx(hands.chart(500, 450), abs=0.02)
    hands.press_px((500.0, 450.0))
    hands.pencil.choose(hands.desk, 1)
    assert not [s for s in hands.box.overlay if isinstance(s, Line)]
    assert [s.mark for s in hands.box.overlay if isinstance(s, Spot)] == [Mark.SELECTED]


def test_bad_inputs_are_refused_in_words() -> None:
    case = case_with()
    with pytest.raises(Refusal, match="numbers 1 to 7"):
        set_pencil(case, "p", 8, (10.0, 10.0))
    with pytest.raises(Refusal, match="outside the photo"):
        set_pencil(case, "p", 1, (-1.0, 10.0))
    with pytest.raises(Refusal, match="outside the photo"):
        set_outline(case, "p", [(float("nan"), 3.0)])
    for bad in (-0.1, 10.1, float("nan")):
        with pytest.raises(Refusal, match="0 to 10 mm"):
            set_hair(case, "p", bad)


def test_edits_change_one_photo_and_nothing_else() -> None:
    case = case_with()
    marked = set_hair(set_pencil(case, "p", 3, (10.0, 20.0)), "p", 2.5)
    assert marked.photo("p").hair_mm == 2.5
    assert [m.number for m in set_pencil(marked, "p", 1, (5.0, 5.0)).photo("p").pencil] == [1, 3]
    assert remove_pencil(set_hair(marked, "p", 0.0), "p", 3) == case
