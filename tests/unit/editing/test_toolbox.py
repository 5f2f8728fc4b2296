"""The toolbox: what it makes of events that come in no good order."""

import pytest

from studio.editing.tool import Tool
from studio.editing.tools.outline import OutlineTool
from studio.editing.tools.pencil import PencilTool
from studio.model.photo import MeasurementKind
from tests.unit.editing.hands import Hands, box, case_with, curve
from tests.unit.editing.marking import measurement_tool
from tests.unit.editing.test_measuring_tools import Ruler

DRAWN = (curve("l", (0, 0), (20, -10), (40, 0)), box("a", 0, 10))
DRAWING = ["select", "node", "pen", "polygon", "freehand", "measure", "axis"]
MARKING = [
    PencilTool(str),
    OutlineTool(lambda points: (str(points), "")),
    measurement_tool(MeasurementKind.RULER, Ruler.make),
]


def lose_a_release(hands: Hands, *, eraser: bool) -> None:
    """Press twice and drag, in every order of a line's point, a corner and bare skin."""
    places = [(0.0, 0.0), (0.0, 10.0), (70.0, 60.0)]
    for first in places:
        for second in places:
            hands.select("a")
            hands.pull(first, (first[0] + 3, first[1] + 3), eraser=eraser)
            hands.click(*second)
            assert not hands.history.busy
            hands.pull(first, eraser=eraser)
            hands.drag(second, (second[0] + 4, second[1] + 2))
            hands.box.cancel()
            assert not hands.history.busy


@pytest.mark.parametrize("eraser", [False, True])
@pytest.mark.parametrize("name", DRAWING)
def test_a_lost_release_leaves_no_drag_open(name: str, eraser: bool) -> None:
    lose_a_release(Hands(case_with(*DRAWN), name), eraser=eraser)


@pytest.mark.parametrize("tool", MARKING, ids=lambda tool: str(tool.name))
def test_a_lost_release_leaves_no_marking_open(tool: Tool) -> None:
    hands = Hands(case_with(*DRAWN))
    hands.box.tools[tool.name] = tool
    hands.box.take(tool.name)
    lose_a_release(hands, eraser=False)
