import math
from dataclasses import replace

import pytest

from studio.model.case import MirrorAxis
from studio.model.curve import Curve, CurveRole, Node
from studio.model.photo import LandmarkKind, View
from studio.planning.tape import Side, Tape, tapes
from studio.skin.plane import plane_map
from tests.unit.planning.designs import case_of, front, line, plane

EYES = {
    LandmarkKind.GLABELLA: (0.0, 0.0),
    LandmarkKind.CANTHUS_RIGHT: (-47.0, 12.0),
    LandmarkKind.CANTHUS_LEFT: (47.0, 12.0),
}

# along the top, then down to the temples
ANGULAR = [(-60.0, -20.0), (-50.0, -70.0), (50.0, -70.0), (60.0, -20.0)]


def of(
    *curves: Curve, marks: dict[LandmarkKind, tuple[float, float]] | None = None
) -> dict[tuple[str, Side], Tape]:
    photo = front(EYES if marks is None else marks)
    case, variant = case_of(curves=curves, photos=(photo,))
    found = tapes(case, variant, photo, plane_map(photo))
    return {(tape.letter, tape.side): tape for tape in found}


def mm(tape: Tape) -> float:
    assert tape.length_mm is not None
    return tape.length_mm.value


def test_an_angular_hairline() -> None:
    found = of(line(ANGULAR))
    assert mm(found["a", Side.MID]) == pytest.approx(70.0)
    for side in (Side.RIGHT, Side.LEFT):
        assert mm(found["b", side]) == pytest.approx(math.hypot(3, 82), abs=0.6)
        assert mm(found["c", side]) == pytest.approx(50.0, abs=0.6)
        assert mm(found["d", side]) == pytest.approx(math.hypot(10, 50), abs=0.6)
    path = found["b", Side.RIGHT].path
    assert path is not None
    assert path[0] == pytest.approx((-47.0, 12.0))
    assert path[1] == pytest.approx((-50.0, -70.0), abs=0.6)


def test_drawn_from_left_to_right_or_back_or_as_half_with_a_twin() -> None:
    there = of(line(ANGULAR))
    for curve in (line(ANGULAR[::-1]), line([(0.0, -70.0), *ANGULAR[2:]], mirrored=True)):
        other = of(curve)
        for key, tape in there.items():
            assert mm(other[key]) == pytest.approx(mm(tape), abs=1.0)


def test_a_hairline_that_ends_at_its_corners() -> None:
    hairline = line([(-50.0, -65.0), (0.0, -70.0), (50.0, -65.0)])
    found = of(hairline)
    path = found["c", Side.LEFT].path
    assert path is not None
    assert path[1] == pytest.approx((50.0, -65.0))
    assert found["d", Side.LEFT].missing == "Needs a temple curve on the left."
    temple = line([(52.0, -66.0), (60.0, -20.0)], role=CurveRole.TEMPLE, mirrored=True)
    found = of(hairline, temple)
    for side in (Side.RIGHT, Side.LEFT):
        assert mm(found["d", side]) == pytest.approx(math.hypot(10, 45), abs=0.1)


def test_a_smooth_round_corner_is_found_at_its_middle() -> None:
    # a straight top, a quarter circle of radius 20 (four thirds tan rule), straight down
    k = 20 * 4 / 3 * (math.sqrt(2) - 1)
    nodes = (
        Node((0.0, -70.0)),
        Node((30.0, -70.0), None, (30.0 + k, -70.0)),
        Node((50.0, -50.0), (50.0, -50.0 - k), None),
        Node((50.0, -10.0)),
    )
    curve = replace(line(ANGULAR), nodes=nodes, mirrored=True)
    path = of(curve)["c", Side.LEFT].path
    assert path is not None
    middle = (30 + 20 * math.sqrt(0.5), -50 - 20 * math.sqrt(0.5))
    assert math.dist(path[1], middle) < 2


def test_missing_landmarks_are_named() -> None:
    found = of(line(ANGULAR), marks={})
    assert found["a", Side.MID].missing == "Needs the landmark Glabella."
    assert found["b", Side.LEFT].missing == "Needs the landmark Eye corner, left."
    assert found["b", Side.LEFT].length_mm is None
    assert found["c", Side.LEFT].missing == ""


def test_a_hairline_on_one_side_only() -> None:
    found = of(line([(10.0, -70.0), (50.0, -70.0), (60.0, -20.0)]))
    assert found["a", Side.MID].missing == "Needs a hairline across the mid-line."
    assert found["b", Side.RIGHT].missing == "Needs a hairline on the right."
    assert found["b", Side.LEFT].length_mm is not None


def test_the_mid_line_is_the_mirror_axis() -> None:
    photo = front(EYES)
    case, variant = case_of(curves=(line(ANGULAR),), photos=(photo,))
    moved = replace(case, axes=(MirrorAxis(chart="front", at=(5.0, 0.0)),))
    first = tapes(moved, variant, photo, plane_map(photo))[0]
    assert first.path is not None
    assert first.path[1] == pytest.approx((5.0, -70.0))


def test_errors_hold_scale_and_landmark() -> None:
    found = of(line(ANGULAR))
    a, c = found["a", Side.MID].length_mm, found["c", Side.LEFT].length_mm
    assert a is not None
    assert c is not None
    assert a.se > math.hypot(0.01 * a.value, 1.0)
    assert c.se > 0.01 * c.value
    assert a.known


def test_without_scale_and_without_a_face() -> None:
    photo = replace(front(EYES), plane=plane(scaled=False))
    case, variant = case_of(curves=(line(ANGULAR),), photos=(photo,))
    found = tapes(case, variant, photo, plane_map(photo))
    assert len(found) == 7
    assert all(tape.length_mm is not None and not tape.length_mm.known for tape in found)
    side = replace(photo, view=View.LEFT)
    assert tapes(case, variant, side, plane_map(side)) == ()
    case, variant = case_of(photos=(photo,))
    assert tapes(case, variant, photo, plane_map(photo)) == ()
