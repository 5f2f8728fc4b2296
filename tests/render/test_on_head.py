"""A design on the head as the photos show it, held to the skin map and the camera's geometry."""

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from studio.editing.overlay import Ink, Line, Mark, Spot
from studio.geometry.polygons import polygon_of
from studio.model.arrays import Float32Array, FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD, Ring
from studio.model.curve import Curve, Node
from studio.model.photo import Photo, View
from studio.model.zone import Purpose, Zone
from studio.render.design_layer import DesignLayer
from studio.render.horizon_layer import HORIZON, STEEP, STEEPER
from studio.render.laid_dots import lay_dots
from studio.render.outlines import Outlines
from studio.render.pigment_layer import PigmentLayer
from studio.render.scene import Scene
from studio.render.view_options import ViewOptions
from studio.render.viewport import Viewport
from studio.skin.head.headmap import HeadMap
from studio.skin.maps import scalp_map, skin_map
from studio.skin.skinmap import SkinMap
from tests.heads_of_practice import practice_on_head

pytestmark = pytest.mark.usefixtures("qapp")

VIEWS = (View.FRONT, View.LEFT, View.TOP)


def ring(x: float, y: float, radius: float, points: int = 60) -> Ring:
    """A circle of the chart."""
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    corners = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)
    return tuple((round(cx, 3), round(cy, 3)) for cx, cy in corners.tolist())


CROWN = Zone(id="crown", letter="A", name="", chart=HEAD, outline=ring(0, 0, 180), density=60.0)
BEHIND = replace(CROWN, id="behind", letter="B", outline=ring(0, -200, 30))
LINE = Curve(
    id="round",
    name="",
    chart=HEAD,
    nodes=(Node((0.0, -150.0)), Node((0.0, 150.0))),
)


@cache
def case() -> Case:
    """The practice head with a crown, a place at the nape, and a line over the head."""
    shown, _ = practice_on_head()
    variant = replace(shown.variant, zones=(CROWN, BEHIND), curves=(LINE,))
    return replace(shown, variants=(variant,))


def photo(view: View) -> Photo:
    """One of the practice photos."""
    return next(one for one in case().photos if one.view is view)


def skin(view: View) -> HeadMap:
    """Its skin map."""
    found = skin_map(case(), photo(view))
    assert isinstance(found, HeadMap)
    return found


def viewport(view: View) -> Viewport:
    """The whole photo, without a margin, one view pixel per two photo pixels."""
    size = photo(view).width, photo(view).height
    return Viewport(size[0] / 2, size[1] / 2, size, scale=0.5)


def outlines(view: View) -> Outlines:
    """Outlines as the canvas makes them."""
    return Outlines(skin(view), viewport(view))


def covered(view: View, zone: Zone) -> tuple[FloatArray, FloatArray]:
    """View pixels spread over the photo and, for each, its incidence; NaN outside the zone."""
    grid = np.stack(np.meshgrid(np.arange(0, 2400, 37.0), np.arange(0, 3200, 37.0)), axis=-1)
    px = grid.reshape(-1, 2)
    chart = skin(view).to_skin(px)
    on = shapely.contains_xy(polygon_of(zone), chart[:, 0], chart[:, 1])
    angle = np.full(len(px), np.nan)
    angle[on] = skin(view).incidence(chart[on])
    return px * 0.5, angle


@pytest.mark.parametrize("view", VIEWS)
def test_a_zone_is_filled_where_the_photo_shows_it_and_hatched_where_it_is_steep(
    view: View,
) -> None:
    (part,) = outlines(view).zone(CROWN, case().axis(HEAD))
    at, angle = covered(view, CROWN)
    for (x, y), turned in zip(at.tolist(), angle.tolist(), strict=True):
        spot = QPointF(x, y)
        near = abs(np.array([HORIZON, STEEP, STEEPER]) - turned).min() < 1.5
        if near or turned > HORIZON:
            continue
        if np.isnan(turned):
            continue
        assert part.path.contains(spot), turned
        assert part.steep.counted.contains(spot) is (STEEP < turned < STEEPER), turned
        assert part.steep.refused.contains(spot) is (turned > STEEPER), turned
    assert np.isfinite(angle).sum() > 50


def test_what_lies_behind_is_left_out() -> None:
    assert outlines(View.FRONT).zone(BEHIND, case().axis(HEAD)) == ()
    assert len(outlines(View.BACK).zone(BEHIND, case().axis(HEAD))) == 1


@pytest.mark.parametrize("view", VIEWS)
def test_letters_lie_on_skin_that_is_seen(view: View) -> None:
    (part,) = outlines(view).zone(CROWN, case().axis(HEAD))
    chart = skin(view).to_skin(np.array([(part.inner.x(), part.inner.y())]) / 0.5)
    assert polygon_of(CROWN).contains(shapely.Point(chart[0]))
    assert skin(view).incidence(chart)[0] < STEEPER


def test_a_line_ends_at_the_horizon() -> None:
    (part,) = outlines(View.FRONT).curve(LINE, case().axis(HEAD))
    (line,) = part.lines
    ends = skin(View.FRONT).to_skin(line.line / 0.5)
    held = np.isfinite(ends).all(axis=1)
    steepest = float(skin(View.FRONT).incidence(ends[held]).max())
    assert 86 < steepest <= 90


def test_a_line_bends_with_the_head() -> None:
    beside = replace(LINE, nodes=(Node((120.0, -150.0)), Node((120.0, 150.0))))
    (part,) = outlines(View.LEFT).curve(beside, case().axis(HEAD))
    middle = np.stack([np.full(40, 120.0), np.linspace(-149, 149, 40)], axis=1)
    expected = skin(View.LEFT).to_photo(middle) * 0.5
    expected = expected[np.isfinite(expected).all(axis=1)]
    assert len(expected) > 20
    drawn = shapely.MultiLineString([run.line for run in part.lines])
    assert max(drawn.distance(shapely.Point(p)) for p in expected) < 0.25


def test_all_photos_show_the_same_dots() -> None:
    zones = case().variant.zones
    laid = [lay_dots(zones, case().placement, skin(view).area_scale) for view in VIEWS]
    assert all(one is laid[0] for one in laid)
    on_map = lay_dots(zones, case().placement, scalp_map_of_case().area_scale)
    assert on_map is laid[0]


def scalp_map_of_case() -> SkinMap:
    """The scalp map."""
    head = case().head
    assert head is not None
    return scalp_map(head)


def test_pigment_is_as_dense_on_steep_skin_and_fades_at_the_horizon() -> None:
    even = replace(CROWN, outline=ring(0, 0, 300), density=150.0, feather=0.0)
    only = replace(case(), variants=(replace(case().variant, zones=(even,)),))
    layer = PigmentLayer(skin(View.TOP))
    layer.follow(only)
    density = layer.density(viewport(View.TOP), (0, 0, 1200, 1600))
    assert density is not None
    faced, tilted, last = (_mean(density, *angles) for angles in ((5, 40), (62, 76), (88, 90)))
    assert tilted == pytest.approx(faced, rel=0.05)
    assert last < 0.3 * faced


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize(
    ("view", "at"), [(View.FRONT, (190.0, 110.0)), (View.TOP, (-140.0, 120.0))]
)
def test_every_dot_is_the_ellipse_that_the_skin_there_makes_of_it(
    view: View, at: tuple[float, float], *, mirror: bool
) -> None:
    """Dots that stand alone, each held to the photo's Jacobian where it lies."""
    import cv2  # noqa: PLC0415

    sparse = replace(CROWN, outline=ring(*at, 25), density=12.0, feather=0.0)
    layer = PigmentLayer(skin(view))
    layer.follow(replace(case(), variants=(replace(case().variant, zones=(sparse,)),)))
    size = photo(view).width, photo(view).height
    x, y = skin(view).to_photo(np.array([at]))[0].tolist()
    offset = 600 - 5 * (size[0] - x if mirror else x), 600 - 5 * y
    look = Viewport(1200, 1200, size, 5.0, offset, mirror=mirror)
    density = layer.density(look, (0, 0, 1200, 1200))
    assert density is not None
    count, label = cv2.connectedComponents((density > 1e-4).astype(np.uint8))
    aspects = []
    for number in range(1, count):
        rows, columns = np.nonzero(label == number)
        if min(*rows, *columns) == 0 or max(*rows, *columns) == 1199:
            continue
        weight = density[rows, columns].astype(np.float64)
        points = np.stack([columns + 0.5, rows + 0.5], axis=1)
        middle = np.average(points, axis=0, weights=weight)
        found = np.cov(points.T, aweights=weight, ddof=0)
        truth = _square(view, look.to_photo(middle[None]), mirror=mirror)
        values, ways = np.linalg.eigh(truth)
        along, across = (way @ found @ way for way in ways.T)
        assert math.sqrt(along / across) == pytest.approx(
            math.sqrt(values[0] / values[1]), rel=0.12
        )
        assert abs(ways[:, 0] @ found @ ways[:, 1]) < 0.05 * across
        aspects.append(math.sqrt(values[0] / values[1]))
    assert len(aspects) > 5
    assert min(aspects) < 0.5


def _square(view: View, px: FloatArray, *, mirror: bool) -> FloatArray:
    """J J' where photo pixels (1, 2) show the head, J by mm along any two ways in the skin."""
    chart = skin(view).exact_to_skin(px)
    ways = [np.array([1e-3, 0.0]), np.array([0.0, 1e-3])]
    photo_ways, skin_ways = (
        np.stack([(f(chart + way) - f(chart - way))[0] for way in ways], axis=1)
        for f in (skin(view).exact_to_photo, skin(view).relief.points)
    )
    frame = photo_ways @ np.linalg.inv(np.linalg.cholesky(skin_ways.T @ skin_ways)).T
    if mirror:
        frame[0] *= -1
    square: FloatArray = frame @ frame.T
    return square


def _mean(density: Float32Array, low: float, high: float) -> float:
    """Mean density over the pixels of the top photo that show skin at such angles."""
    rows, columns = np.nonzero(density >= 0)
    chart = skin(View.TOP).to_skin(np.stack([columns + 0.5, rows + 0.5], axis=1) / 0.5)
    on = np.hypot(*chart.T) < 290
    angle = np.full(len(on), np.nan)
    angle[on] = skin(View.TOP).incidence(chart[on])
    held = (angle > low) & (angle < high)
    assert held.sum() > 50
    return float(density[rows[held], columns[held]].mean())


def test_an_edit_paints_no_more_than_its_part_and_nothing_else_changes() -> None:
    outline = list(CROWN.outline)
    outline[15] = (0.0, 187.0)
    moved = replace(CROWN, outline=tuple(outline))
    after = replace(case(), variants=(replace(case().variant, zones=(moved, BEHIND)),))
    scene = _scene(View.FRONT)
    before = _painted(scene, skin(View.FRONT))
    soiled = scene.follow(after, skin(View.FRONT), frozenset())
    changed = np.abs(_painted(scene, skin(View.FRONT)).astype(int) - before).max(axis=2) > 0
    rows, columns = np.nonzero(changed)
    assert len(rows)
    assert soiled.width() * soiled.height() < 0.2 * 1200 * 1600
    assert soiled.left() <= columns.min()
    assert soiled.right() >= columns.max()
    assert soiled.top() <= rows.min()
    assert soiled.bottom() >= rows.max()
    fresh = _scene(View.FRONT, after)
    assert (
        np.abs(
            _painted(fresh, skin(View.FRONT)).astype(int) - _painted(scene, skin(View.FRONT))
        ).max()
        <= 2
    )


def test_marks_of_tools_beyond_the_horizon_are_cut() -> None:
    scene = _scene(View.FRONT)
    far = (0.0, -250.0)
    overlay = (
        Line(((0.0, 150.0), far), Ink.MEASURE),
        Spot(far, Mark.SMOOTH),
        Line(((np.nan, np.nan), (0.0, 0.0)), Ink.MEASURE),
    )
    box = scene.overlay_box(overlay, skin(View.FRONT))
    assert not box.isEmpty()
    image = QImage(1200, 1600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    scene.paint(painter, QRectF(0, 0, 1200, 1600), overlay, skin(View.FRONT))
    painter.end()


def test_the_words_for_hatching_stand_beside_the_design() -> None:
    layer = DesignLayer()
    layer.follow(case(), skin(View.FRONT), viewport(View.FRONT), frozenset(), midline=True)
    words = ("Hatched: seen at over 60°", "too steep here, see another photo")
    found = layer.notice(words, viewport(View.FRONT))
    assert found is not None
    assert found.leader is not None
    (part,) = outlines(View.FRONT).zone(CROWN, case().axis(HEAD))
    assert not found.box.intersects(part.bounds)
    end = found.leader.p2()
    assert np.hypot(*(part.steep.points - (end.x(), end.y())).T).min() < 0.01
    patch = Zone(
        id="p", letter="P", name="", chart=HEAD, outline=ring(0, 250, 15), purpose=Purpose.SCAR
    )
    faced = replace(case(), variants=(replace(case().variant, zones=(patch,), curves=()),))
    layer.follow(faced, skin(View.FRONT), viewport(View.FRONT), frozenset(), midline=True)
    assert layer.notice(words, viewport(View.FRONT)) is None


def test_the_words_for_hatching_name_the_photos_that_count_it() -> None:
    crown = replace(CROWN, outline=ring(0, 40, 60))
    shown = replace(case(), variants=(replace(case().variant, zones=(crown,), curves=()),))
    scene = _scene(View.FRONT, shown)
    assert scene._steep_words[1] == "too steep here, counted on Top"
    assert shown.head is not None
    alone = tuple(c for c in shown.head.cameras if c.photo == photo(View.FRONT).id)
    scene = _scene(View.FRONT, replace(shown, head=replace(shown.head, cameras=alone)))
    assert scene._steep_words[1] == "too steep here, no photo faces it"


def _scene(view: View, shown: Case | None = None) -> Scene:
    scene = Scene(photo(view), viewport(view))
    scene.switch(ViewOptions(dots=False))
    scene.follow(shown or case(), skin(view), frozenset())
    return scene


def _painted(scene: Scene, of: SkinMap) -> FloatArray:
    image = QImage(1200, 1600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    scene.paint(painter, QRectF(0, 0, 1200, 1600), (), of)
    painter.end()
    words = np.array(image.constBits(), dtype=np.uint8).reshape(1600, 1200, 4)
    return words[:, :, :3].astype(np.float64)
