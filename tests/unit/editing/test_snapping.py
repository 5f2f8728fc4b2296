"""What pulls the pointer, and what pulls first."""

import pytest

from studio.editing.edits.items import set_hidden
from studio.editing.overlay import Ink, Line
from studio.editing.snapping import SnapTo, constrained, snap
from studio.editing.tool import Keys
from tests.unit.editing.hands import Hands, box, case_with, curve


@pytest.fixture
def hands() -> Hands:
    return Hands(case_with(curve("l", (10, 0), (40, 0)), box("a", 50, 0)), snap=True)


def test_start_before_node_before_axis_before_edge(hands: Hands) -> None:
    def to(x: float, y: float, start: tuple[float, float] | None = None) -> tuple[object, ...]:
        found = snap(hands.desk, hands.at(x, y), start=start)
        return found.to, found.at

    assert to(10.3, 0.3, (10.5, 0.5)) == (SnapTo.START, (10.5, 0.5))
    assert to(10.3, 0.3) == (SnapTo.NODE, (10, 0))
    assert to(0.4, 20) == (SnapTo.AXIS, (0, 20))
    assert to(25, 0.4) == (SnapTo.EDGE, (25, 0))
    assert to(60, 20.4) == (SnapTo.EDGE, (60, 20))
    assert to(25.12345, 1.0) == (None, (25.123, 1.0))


def test_switched_off_only_the_start_and_shift_pull(hands: Hands) -> None:
    hands.desk.snap = False
    assert snap(hands.desk, hands.at(10.3, 0.3)).to is None
    assert snap(hands.desk, hands.at(10.3, 0.3), start=(10.5, 0.5)).to is SnapTo.START
    held = snap(hands.desk, hands.at(20, 1, Keys.SHIFT), anchor=(0, 0))
    assert (held.to, held.at) == (SnapTo.DIRECTION, (20, 0))
    assert held.guides == (Line(((0, 0), (20, 0)), Ink.GUIDE),)


def test_own_and_hidden_items_do_not_pull(hands: Hands) -> None:
    assert snap(hands.desk, hands.at(10.3, 0.3), skip={"l"}).to is None
    other = Hands(set_hidden(hands.first, {"l"}, hidden=True), snap=True)
    assert snap(other.desk, other.at(10.3, 0.3)).to is None


@pytest.mark.parametrize(
    ("to", "end"),
    [((10, 1), (10, 0)), ((-1, 9), (0, 9)), ((10, 8), (9, 9)), ((-6, 7), (-6.5, 6.5))],
)
def test_multiples_of_45_degrees(to: tuple[float, float], end: tuple[float, float]) -> None:
    assert constrained((0, 0), to) == pytest.approx(end)
