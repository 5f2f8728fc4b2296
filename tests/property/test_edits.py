"""Laws of edits: re-measuring moves nothing, moves come home, letters stay unique."""

from dataclasses import replace

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studio.editing.edits.items import (
    Order,
    duplicate_items,
    move_items,
    reorder,
    with_variant,
)
from studio.editing.edits.points import zone_rings
from studio.editing.edits.remeasure import remeasure
from studio.geometry.bezier import controls, evaluate, flatten
from studio.geometry.polygons import polygon_of, repaired, rings
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.curve import Curve, Node
from studio.model.photo import Plane
from studio.model.refusal import Refusal
from studio.model.zone import Zone
from studio.skin.plane import plane_map
from tests.unit.editing.hands import box, case_with, curve

coordinates = st.integers(-80_000, 80_000).map(lambda n: n / 1000)
points = st.tuples(coordinates, coordinates)
near = st.tuples(st.floats(-40, 40), st.floats(-40, 40))
steps = st.floats(-50, 50)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    nodes = []
    for at in draw(st.lists(points, min_size=2, max_size=4, unique=True)):
        back, ahead = draw(near), draw(near)
        nodes.append(
            Node(
                at,
                (round(at[0] + back[0], 3), round(at[1] + back[1], 3)),
                (round(at[0] + ahead[0], 3), round(at[1] + ahead[1], 3)),
                draw(st.booleans()),
            )
        )
    return replace(curve("l"), nodes=tuple(nodes), closed=draw(st.booleans()))


@st.composite
def zones(draw: st.DrawFn) -> Zone:
    ring = draw(st.lists(points, min_size=3, max_size=8, unique=True))
    try:
        outline, holes = rings(repaired(ring))
    except Refusal:
        outline, holes = box("a", 0, 0).outline, ()
    zone = replace(box("a", 0, 0), outline=outline, holes=holes)
    return zone if polygon_of(zone).area > 1 else box("a", 0, 0)


@st.composite
def planes(draw: st.DrawFn) -> Plane:
    """A plane as measurements give it: 4 to 20 px per mm, tilted by up to about 30 degrees."""
    scale = draw(st.floats(0.05, 0.25))
    stretch = draw(st.floats(0.8, 1.25))
    shear = draw(st.floats(-0.2, 0.2))
    u, v = draw(st.floats(-1.5e-4, 1.5e-4)), draw(st.floats(-1.5e-4, 1.5e-4))
    matrix = np.array([[scale, shear * scale, 0], [0, scale * stretch, 0], [u, v, 1]])
    shift = np.array([[1, 0, -800], [0, 1, -1200], [0, 0, 1]])
    whole = matrix @ shift
    whole /= whole[2, 2]
    a, b, c, d, e, f, g, h, i = whole.ravel().tolist()
    return Plane(matrix=(a, b, c, d, e, f, g, h, i), sigma=0.01)


def remeasured(case: Case, plane: Plane) -> Case:
    return remeasure(case, "p", (), None, lambda *_: plane)


def rounding_px(case: Case, at: FloatArray) -> float:
    """What rounding to 0.001 mm can move a point on the photo."""
    skin = plane_map(case.photo("p"))
    return 0.001 * float(skin.px_per_unit(at).max()) * 2


@given(curves(), zones(), planes())
def test_remeasuring_moves_nothing_on_the_photo(line: Curve, zone: Zone, plane: Plane) -> None:
    case = case_with(line, zone)
    after = remeasured(case, plane)
    old, new = plane_map(case.photo("p")), plane_map(after.photo("p"))
    (laid,), (other,) = after.variant.curves, after.variant.zones

    before = np.array([p for ring in zone_rings(zone) for p in ring])
    now = np.array([p for ring in zone_rings(other) for p in ring])
    slack = 0.02 + rounding_px(after, now)
    assert len(before) == len(now)
    assert np.hypot(*(old.to_photo(before) - new.to_photo(now)).T).max() <= slack

    there = new.to_photo(np.array([n.at for n in laid.nodes]))
    for at in old.to_photo(np.array([n.at for n in line.nodes])):
        assert np.hypot(*(there - at).T).min() <= slack

    dense = evaluate(controls(line.nodes, closed=line.closed), np.linspace(0, 1, 60)).reshape(-1, 2)
    course = flatten(laid.nodes, closed=laid.closed, tolerance=1e-3)
    stray = shapely.distance(
        shapely.points(old.to_photo(dense)), shapely.linestrings(new.to_photo(course))
    )
    assert stray.max() <= 0.1 + rounding_px(after, course)


@given(zones(), curves(), steps, steps)
def test_moving_there_and_back_comes_home(zone: Zone, line: Curve, dx: float, dy: float) -> None:
    case = case_with(line, zone)
    there = move_items(case, {"a", "l"}, dx, dy)
    (moved,) = there.variant.zones
    assert polygon_of(moved).is_valid
    assert abs(polygon_of(moved).area - polygon_of(zone).area) < 1e-6
    assert move_items(there, {"a", "l"}, -dx, -dy) == case


@given(st.lists(st.sampled_from("abc"), max_size=8), st.data())
def test_letters_and_ids_stay_unique(picks: list[str], data: st.DataObject) -> None:
    case = case_with(box("a", 0, 0), box("b", 30, 0), box("c", 0, 30))
    for pick in picks:
        chosen = {zone.id for zone in case.variant.zones if zone.letter.lower() >= pick}
        case, _ = duplicate_items(case, chosen)
        case = reorder(case, chosen, data.draw(st.sampled_from(Order)))
        variant = case.variant
        case = with_variant(case, replace(variant, zones=variant.zones[-6:]))
    letters = [zone.letter for zone in case.variant.zones]
    ids = [zone.id for zone in case.variant.zones]
    assert len(set(letters)) == len(letters)
    assert len(set(ids)) == len(ids)


@given(st.sets(st.sampled_from("abcd")), st.sampled_from(Order))
def test_order_keeps_everything(chosen: set[str], order: Order) -> None:
    case = case_with(*(box(name, 0, 0) for name in "abcd"))
    after = reorder(case, chosen, order)
    assert sorted(z.id for z in after.variant.zones) == list("abcd")
    again = reorder(after, chosen, order)
    if order in {Order.TOP, Order.BOTTOM}:
        assert again == after
