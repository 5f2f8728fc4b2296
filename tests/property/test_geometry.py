"""Laws of geometry that hold for every drawing."""

import math

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from studio.geometry.bezier import Nodes, chart_length, controls, evaluate, flatten, nearest
from studio.geometry.mirror import mirror_nodes, whole_zone
from studio.geometry.nodes import inserted, reversed_nodes, toggled
from studio.geometry.polygons import polygon_of, repaired, rings, subtract, unite
from studio.geometry.transport import transport
from studio.model.arrays import FloatArray
from studio.model.case import MirrorAxis
from studio.model.chart import Point
from studio.model.curve import Node
from studio.model.refusal import Refusal
from studio.model.zone import Zone

coordinates = st.integers(-100_000, 100_000).map(lambda n: n / 1000)
points = st.tuples(coordinates, coordinates)
handles = st.none() | points
nodes_of = st.builds(Node, points, handles, handles, st.booleans())
chains = st.lists(nodes_of, min_size=2, max_size=5).map(tuple)
many_points = st.lists(points, min_size=3, max_size=12)
stars = st.lists(st.floats(5, 60), min_size=5, max_size=14)
axes = st.builds(
    lambda at, angle: MirrorAxis(chart="p", at=at, angle=angle), points, st.floats(-90, 90)
)


def star(radii: list[float]) -> list[Point]:
    """A ring that never crosses itself."""
    step = math.tau / len(radii)
    return [(r * math.cos(i * step), r * math.sin(i * step)) for i, r in enumerate(radii)]


def apart(line: FloatArray, nodes: Nodes, *, closed: bool) -> float:
    course = flatten(nodes, closed=closed, tolerance=1e-3)
    return float(shapely.distance(shapely.points(line), shapely.linestrings(course)).max())


def dense(nodes: Nodes, *, closed: bool = False) -> FloatArray:
    return evaluate(controls(nodes, closed=closed), np.linspace(0, 1, 40)).reshape(-1, 2)


@given(chains, st.booleans())
def test_flattening_stays_within_tolerance(nodes: Nodes, closed: bool) -> None:
    line = flatten(nodes, closed=closed, tolerance=0.1)
    distance = shapely.distance(
        shapely.points(dense(nodes, closed=closed)), shapely.linestrings(line)
    )
    assert distance.max() <= 0.1 + 1e-9


@given(chains, st.booleans(), points)
def test_nearest_is_no_further_than_any_sample(nodes: Nodes, closed: bool, at: Point) -> None:
    found = nearest(nodes, at, closed=closed)
    samples = np.hypot(*(dense(nodes, closed=closed) - at).T)
    assert found.distance <= samples.min() + 1e-3
    assert 0 <= found.t <= 1
    assert found.segment < len(controls(nodes, closed=closed))


@given(chains, st.data())
def test_inserting_keeps_shape_and_length(nodes: Nodes, data: st.DataObject) -> None:
    segment = data.draw(st.integers(0, len(nodes) - 2))
    more = inserted(nodes, segment, data.draw(st.floats(0.01, 0.99)))
    assert len(more) == len(nodes) + 1
    assert apart(dense(nodes), more, closed=False) < 0.01
    assert abs(chart_length(more) - chart_length(nodes)) < 0.02 + 1e-3 * chart_length(nodes)


@given(chains)
def test_reversing_and_toggling_twice_keep_points(nodes: Nodes) -> None:
    assert reversed_nodes(reversed_nodes(nodes)) == nodes
    for index in range(len(nodes)):
        assert [n.at for n in toggled(nodes, index)] == [n.at for n in nodes]


@given(chains, axes)
def test_mirroring_twice_comes_home(nodes: Nodes, axis: MirrorAxis) -> None:
    home = mirror_nodes(mirror_nodes(nodes, axis), axis)
    for before, after in zip(nodes, home, strict=True):
        assert math.dist(before.at, after.at) < 0.003


@given(chains, st.booleans(), st.floats(0.2, 3), st.floats(0, 6.3), points)
def test_similarities_are_exact(
    nodes: Nodes, closed: bool, scale: float, turn: float, shift: Point
) -> None:
    c, s = scale * math.cos(turn), scale * math.sin(turn)
    matrix = np.array([[c, s], [-s, c]])
    image = transport(nodes, lambda p: p @ matrix + shift, closed=closed)
    assert len(image) == len(nodes)
    truth = dense(nodes, closed=closed) @ matrix + shift
    assert apart(truth, image, closed=closed) < 0.005


@given(many_points, st.lists(many_points, max_size=2))
def test_repair_gives_a_valid_polygon_or_a_sentence(
    outline: list[Point], holes: list[list[Point]]
) -> None:
    try:
        mended = repaired(outline, holes)
    except Refusal:
        return
    assert mended.is_valid
    ring, inner = rings(mended)
    again = Polygon(ring, inner)
    assert again.is_valid
    assert not again.is_empty
    assert again.equals(mended)


@given(stars, stars, points)
def test_union_and_difference_conserve_area(a: list[float], b: list[float], by: Point) -> None:
    first = repaired(star(a))
    second = repaired([(x + by[0] / 2, y + by[1] / 2) for x, y in star(b)])
    both = shapely.union(first, second).area
    assert abs(sum(p.area for p in unite([first, second])) - both) < 0.5
    left = sum(p.area for p in subtract(first, second))
    assert abs(left + second.area - both) < 1.0
    for part in (*unite([first, second]), *subtract(first, second)):
        outline, holes = rings(part)
        assert Polygon(outline, holes).is_valid


@given(stars, axes)
def test_a_mirrored_zone_covers_itself_and_its_twin_once(
    radii: list[float], axis: MirrorAxis
) -> None:
    outline, holes = rings(repaired(star(radii)))
    zone = Zone(id="z", letter="A", name="", chart="p", outline=outline, holes=holes, mirrored=True)
    whole = [polygon_of(part) for part in whole_zone(zone, axis)]
    area = polygon_of(zone).area
    assert area - 0.1 <= sum(p.area for p in whole) <= 2 * area + 0.1
    assert all(p.is_valid for p in whole)
    assert shapely.union_all(whole).area >= sum(p.area for p in whole) - 0.1
