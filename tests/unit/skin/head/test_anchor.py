"""Carrying drawn things to the head and to its next fit: they keep their pixels."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely import Polygon

from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.chart import HEAD, Ring
from studio.model.curve import Curve, Node
from studio.model.photo import MeasurementKind, Plane
from studio.model.refusal import Refusal
from studio.model.strokes import DensityStroke, GrowthStroke
from studio.model.zone import Gradient
from studio.skin.head.anchor import (
    between_fits,
    carry_ring,
    lift,
    lift_growth,
    places_of,
    refit,
    refit_growth,
)
from studio.skin.head.camera import Camera
from studio.skin.head.headmap import HeadMap
from studio.skin.head.relief import Relief
from studio.skin.head.surface import Surface
from studio.skin.plane import PlaneMap
from tests.unit.pigment.shapes import circle, rectangle, zone
from tests.unit.skin.head.heads import head, one_percent, photo, views

FRONT = photo(1, "front")
PLANE = PlaneMap(
    "front-photo",
    Plane(
        matrix=(0.12, 0.01, -180.0, 0.0, 0.125, -250.0, 1e-6, 2e-6, 1.0),
        sigma=0.01,
        method=MeasurementKind.STICKER,
    ),
)
HAIRLINE = np.array([(-90.0, 190.0), (-30.0, 160.0), (30.0, 160.0), (90.0, 190.0)])
"""Chart points that the front photo shows."""


def drawn_on_the_plane() -> Curve:
    """A hairline in the front photo's plane, over those places."""
    at = PLANE.to_skin(FRONT.to_photo(HAIRLINE))
    nodes = tuple(Node((x, y), (x - 6, y + 1), (x + 6, y - 1)) for x, y in at.tolist())
    return Curve(id="c", name="Hairline", chart="front-photo", nodes=nodes)


def apart_px(one: FloatArray, other: FloatArray) -> float:
    """Largest distance of two lines in pixels, both ways."""
    a, b = shapely.linestrings(one), shapely.linestrings(other)
    return float(shapely.hausdorff_distance(a, b, densify=0.2))


def other_fit(seed: int, shift: float) -> Surface:
    """The same head fitted a little differently."""
    noise = np.random.default_rng(seed).normal(size=81) * shift
    return Surface(head(1).coefficients + noise / (1 + np.arange(81) / 10))


def refitted(old: HeadMap, surface: Surface, turn: float) -> HeadMap:
    """The photo after another fit: another surface and a slightly moved camera."""
    wiggle = np.array([[1, -turn, 0], [turn, 1, turn], [0, -turn, 1]])
    left, _, right = np.linalg.svd(old.camera.rotation @ wiggle)
    moved = Camera(
        left @ right, old.camera.translation + 0.8, old.camera.focal_px, old.camera.centre
    )
    return HeadMap(relief=Relief(surface), errors=one_percent, camera=moved)


def test_a_curve_keeps_its_pixels_when_it_is_lifted() -> None:
    curve = drawn_on_the_plane()
    lifted = lift(curve, PLANE, FRONT)
    assert lifted.chart == HEAD
    before = PLANE.to_photo(flatten(curve.nodes, tolerance=1e-3))
    after = FRONT.exact_to_photo(flatten(lifted.nodes, tolerance=1e-3))
    assert apart_px(before, after) < 0.15
    assert len(lifted.nodes) < 6 * len(curve.nodes)


def test_a_zone_keeps_its_pixels_and_its_hole() -> None:
    outline = PLANE.to_skin(FRONT.to_photo(np.array(rectangle(-70, 130, 70, 190))))
    hole = PLANE.to_skin(FRONT.to_photo(np.array(circle(0, 160, 12, 20))))
    flat = zone(ring_of(outline), holes=(ring_of(hole),))
    lifted = lift(flat, PLANE, FRONT)
    assert lifted.chart == HEAD
    assert 4 < len(lifted.outline) < 120
    rings = zip((flat.outline, *flat.holes), (lifted.outline, *lifted.holes), strict=True)
    for before, after in rings:
        true = PLANE.to_photo(np.array([*before, before[0]]))
        found = FRONT.exact_to_photo(np.array([*after, after[0]]))
        assert apart_px(true, found) < 0.6
    flat_mm2, true_mm2 = polygon_of(flat).area, FRONT.area(polygon_of(lifted)).value
    assert true_mm2 > 1.1 * flat_mm2


def test_what_was_drawn_beyond_the_head_is_pulled_onto_its_edge() -> None:
    px = np.array(circle(1500, 2000, 1100, 60))
    assert not np.isfinite(FRONT.to_skin(px)).all()
    ring = lift(zone(ring_of(PLANE.to_skin(px))), PLANE, FRONT).outline
    found = FRONT.exact_to_photo(np.array(ring))
    assert np.isfinite(found).all()
    assert Polygon(ring).is_valid
    angle = FRONT.incidence(np.array(ring))
    assert angle.max() < 90


def test_a_ring_is_followed_within_tolerance() -> None:
    def mapping(points: FloatArray) -> FloatArray:
        return FRONT.exact_to_skin(PLANE.to_photo(points))

    corners = PLANE.to_skin(FRONT.to_photo(np.array(rectangle(-70, 130, 70, 190))))
    ring = carry_ring(ring_of(corners), mapping, 0.02)
    edge = np.linspace(corners[0], corners[1], 400)
    course = shapely.linestrings(np.array([*ring, ring[0]]))
    assert shapely.distance(shapely.points(mapping(edge)), course).max() < 0.03
    coarse = carry_ring(ring_of(corners), mapping, 0.5)
    assert len(coarse) < len(ring)
    every = np.array(ring)
    for at in mapping(corners):
        assert np.hypot(*(every - at).T).min() < 1e-3


def test_off_the_head_a_zone_is_refused_where_nothing_catches_it() -> None:
    with pytest.raises(Refusal, match="no skin"):
        carry_ring(rectangle(0, 0, 9, 9), lambda points: np.full_like(points, np.nan), 0.1)


@pytest.mark.parametrize("seed", [1, 2])
def test_after_a_refit_it_keeps_its_pixels_in_the_photo_that_it_faces_best(seed: int) -> None:
    old = [photo(1, view) for view in views()]
    surface = other_fit(seed, 0.004)
    new = [refitted(skin, surface, 0.004) for skin in old]
    curve = lift(drawn_on_the_plane(), PLANE, FRONT)
    carried = refit(curve, old, new)
    best = int(np.argmin([skin.incidence(places_of(curve)).max() for skin in old]))
    before = old[best].exact_to_photo(flatten(curve.nodes, tolerance=1e-3))
    after = new[best].exact_to_photo(flatten(carried.nodes, tolerance=1e-3))
    assert apart_px(before, after) < 0.15
    stayed = new[best].exact_to_photo(flatten(curve.nodes, tolerance=1e-3))
    assert apart_px(before, stayed) > 3


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_carrying_near_by_is_carrying_by_the_tables(seed: int) -> None:
    old = photo(1, "front")
    new = refitted(old, other_fit(seed, 0.004), 0.004)
    chart = np.random.default_rng(seed).uniform((-150, 40), (150, 220), (500, 2))
    chart = chart[old.incidence(chart) < 80]
    px = old.exact_to_photo(chart)
    by_tables = new.exact_to_skin(px)
    found = new.near_to_skin(px, chart)
    shown = np.isfinite(by_tables[:, 0])
    assert shown.sum() > 200
    # a hundredth of what is stored: Newton is slow where the skin turns away
    assert np.abs(found[shown] - by_tables[shown]).max() < 1e-5
    # what the tables no longer have lies at the horizon, where they end some pixels early
    beyond = found[~shown]
    assert new.incidence(beyond[np.isfinite(beyond[:, 0])]).min(initial=90.0) > 80


def test_what_shows_no_head_near_by_is_nowhere() -> None:
    px = np.array([(5.0, 5.0), (np.nan, 3.0)])
    assert np.isnan(FRONT.near_to_skin(px, np.array([(0.0, 160.0)] * 2))).all()


def test_what_runs_round_the_head_is_carried_without_a_break() -> None:
    """A ring at ear height: no photo shows it all, every photo keeps it within a few pixels."""
    old = [photo(1, view) for view in views()]
    surface = other_fit(4, 0.003)
    new = [refitted(skin, surface, 0.003) for skin in old]
    ring = circle(0, 20, 200, 60)
    mapping = between_fits(old, new, np.array(ring))
    image = np.array(carry_ring(ring, mapping, 0.05))
    assert Polygon(image).is_valid
    fine = mapping(np.array(circle(0, 20, 200, 2000)))
    steps = np.hypot(*np.diff(fine, axis=0).T)
    assert steps.max() < 1.6 * np.median(steps)
    for before, after in zip(old, new, strict=True):
        points = np.array(circle(0, 20, 200, 300))
        shown = before.incidence(points) < 45
        moved = after.exact_to_photo(mapping(points[shown])) - before.exact_to_photo(points[shown])
        assert np.hypot(*moved.T).max(initial=0) < 12


def test_the_same_fit_again_moves_nothing() -> None:
    maps = [photo(1, view) for view in views()]
    curve = lift(drawn_on_the_plane(), PLANE, FRONT)
    again = refit(curve, maps, maps)
    for one, other in zip(curve.nodes, again.nodes, strict=True):
        assert other.at == pytest.approx(one.at, abs=0.0015)


def test_places_of_things() -> None:
    curve = drawn_on_the_plane()
    assert places_of(curve)[0] == pytest.approx(curve.nodes[0].at)
    assert len(places_of(zone(rectangle(0, 0, 9, 9)))) == 4


def ring_of(points: FloatArray) -> Ring:
    """Points as a ring."""
    return tuple((x, y) for x, y in points.tolist())


def test_what_is_painted_into_a_zone_is_carried_with_it() -> None:
    places = np.array([(-60.0, 160.0), (60.0, 160.0), (60.0, 195.0), (-60.0, 195.0)])
    at = PLANE.to_skin(FRONT.to_photo(places))
    corners = tuple((x, y) for x, y in at.tolist())
    middle, second = (float(at[:, 0].mean()), float(at[:, 1].mean())), corners[0]
    one = replace(
        zone(corners),
        feathers=(2.0, 12.0, 6.0, 0.0),
        gradient=Gradient(start=middle, end=second),
        strokes=(DensityStroke(path=(middle, second), radius=5.0),),
    )
    lifted = lift(one, PLANE, FRONT)
    assert len(lifted.feathers) == len(lifted.outline) > 4
    # the corners keep theirs, and between them feathers run evenly in the photo
    shown = FRONT.exact_to_photo(np.array(lifted.outline))
    was = PLANE.to_photo(at)
    for (ax, ay), (bx, by), start, end in zip(
        was.tolist(),
        np.roll(was, -1, axis=0).tolist(),
        one.feathers,
        np.roll(one.feathers, -1).tolist(),
        strict=True,
    ):
        way = np.array((bx - ax, by - ay))
        share = ((shown - (ax, ay)) @ way) / (way @ way)
        off = np.abs((shown - (ax, ay)) @ np.array((-way[1], way[0]))) / np.hypot(*way)
        on = (off < 1.0) & (share > -1e-3) & (share < 1 + 1e-3)
        assert on.sum() >= 2
        run = start + share[on] * (end - start)
        assert np.array(lifted.feathers)[on] == pytest.approx(run, abs=0.5)
    assert lifted.gradient is not None
    ends = np.array([lifted.gradient.start, lifted.gradient.end])
    drawn = PLANE.to_photo(np.array([middle, second]))
    assert np.abs(FRONT.exact_to_photo(ends) - drawn).max() < 0.1
    assert lifted.strokes[0].path == (lifted.gradient.start, lifted.gradient.end)


def test_strokes_of_growth_are_carried() -> None:
    path = tuple((x, y) for x, y in PLANE.to_skin(FRONT.to_photo(HAIRLINE)).tolist())
    stroke = lift_growth(GrowthStroke(chart="front-photo", path=path), PLANE, FRONT)
    assert stroke.chart == HEAD
    assert np.array(stroke.path) == pytest.approx(HAIRLINE, abs=0.02)
    same = refit_growth(stroke, [FRONT], [FRONT])
    assert np.array(same.path) == pytest.approx(np.array(stroke.path), abs=0.02)
    assert refit_growth(GrowthStroke(chart=HEAD, path=()), [FRONT], [FRONT]).path == ()
