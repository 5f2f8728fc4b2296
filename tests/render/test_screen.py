import math
from dataclasses import replace

import numpy as np
import pytest

from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Spot
from studio.model.arrays import ByteArray
from studio.model.zone import Blend, Purpose
from studio.pigment.composite import linear
from studio.pigment.optics import load_optics
from studio.render.tokens import PURPOSE_COLOURS, TOKENS, Theme
from studio.render.view_options import ViewOptions
from tests.render.screen import (
    BARE,
    HEIGHT,
    LEFT,
    PLANNED,
    PX_PER_MM,
    RIGHT,
    WIDTH,
    Stage,
    box_ring,
    case,
    line,
    viewport,
    with_zone,
    zone,
)

pytestmark = pytest.mark.usefixtures("qapp")

SQUARE = box_ring(-30, -20, 0, 10)
NO_DOTS = ViewOptions(dots=False, overlays=False)


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def at(picture: ByteArray, x: float, y: float) -> tuple[int, ...]:
    return tuple(int(v) for v in picture[round(y), round(x)])


def ink(picture: ByteArray, bare: ByteArray, channel: int = 1) -> float:
    """Optical density summed over a picture, in linear light."""
    seen, photo = (linear(p[:, :, channel].astype(np.float64) / 255) for p in (picture, bare))
    return float(-np.log(seen / photo).sum())


def test_photo_has_its_colours_where_they_belong() -> None:
    stage = Stage(case(), viewport(0.5), NO_DOTS)
    picture = stage.paint()
    assert at(picture, 200, 200) == LEFT
    assert at(picture, 400, 200) == RIGHT
    assert at(picture, 20, 20) == rgb(TOKENS[Theme.DARK].canvas)


@pytest.mark.parametrize("scale", [0.2, 0.37, 1.0, 2.6])
def test_the_middle_line_lies_where_the_viewport_says(scale: float) -> None:
    view = viewport(scale).panned(13, 5)
    picture = Stage(case(), view, NO_DOTS).paint()
    row = picture[round(view.to_view(np.array([(0, HEIGHT / 2)]))[0, 1]), :, 0].astype(int)
    edge = float(view.to_view(np.array([(WIDTH / 2, 0.0)]))[0, 0])
    assert abs(row[max(0, math.floor(edge) - 2)] - LEFT[0]) <= 1
    assert abs(row[math.ceil(edge) + 1] - RIGHT[0]) <= 1


def test_mirror_view_shows_the_other_side() -> None:
    stage = Stage(case(), None, replace(NO_DOTS, mirror_view=True))
    assert at(stage.paint(), 100, 200) == RIGHT


def test_backdrop_of_own_grey() -> None:
    stage = Stage(case(), viewport(0.5), replace(NO_DOTS, backdrop=30))
    assert at(stage.paint(), 5, 5) == (76, 76, 76)


def test_dots_are_dark_inside_the_zone_and_nowhere_else() -> None:
    stage = Stage(case(zone(SQUARE)), None, PLANNED)
    bare = Stage(case(), None, PLANNED).paint()
    darker = (bare.astype(int) - stage.paint()).max(axis=2)
    darker[-40:, -320:] = 0  # the caption
    rows, columns = np.nonzero(darker > 1)
    assert 250 < stage.scene.dots < 1300
    reach = 2 * PX_PER_MM
    left, top = 300 - 30 * PX_PER_MM, 200 - 20 * PX_PER_MM
    assert columns.min() >= left - reach
    assert columns.max() <= 300 + reach
    assert rows.min() >= top - reach
    assert rows.max() <= 250 + reach
    assert darker[int(top) : 250, int(left) : 300].max() > 60


def test_true_tone_is_lighter_by_the_emphasis() -> None:
    bare = Stage(case(), None, PLANNED).paint().astype(float)
    densities = [
        -np.log(np.maximum(Stage(case(zone(SQUARE)), None, options).paint(), 1) / bare)
        for options in (PLANNED, BARE)
    ]
    # encoded values: optical density over the display's exponent, the same for both
    strong = (densities[0] > 0.1) & (densities[0] < 0.5)
    strong[-40:] = False
    ratio = densities[0][strong].sum() / densities[1][strong].sum()
    assert ratio == pytest.approx(load_optics().emphasis, rel=0.1)


def test_ink_is_the_same_at_every_zoom() -> None:
    shown = case(zone(SQUARE))
    found = []
    for scale in (0.5, 0.8, 1.0, 2.0):
        view = replace(viewport(scale), width=1300.0, height=900.0)
        view = view.panned(650 - 300 * scale - view.offset[0], 450 - 200 * scale - view.offset[1])
        with_dots, bare = Stage(shown, view, BARE).paint(), Stage(case(), view, BARE).paint()
        with_dots[-50:, -400:] = bare[-50:, -400:]
        found.append(ink(with_dots, bare) / scale**2)
    assert found == pytest.approx([found[2]] * 4, rel=0.04)


def test_sessions_show_more_and_more_dots() -> None:
    shown = case(zone(SQUARE))
    counts = [Stage(shown, None, replace(BARE, session=n)).scene.dots for n in (1, 2, 3)]
    whole = Stage(shown, None, BARE).scene.dots
    assert counts[0] == pytest.approx(0.3 * whole, rel=0.1)
    assert counts[1] == pytest.approx(0.7 * whole, rel=0.05)
    assert counts[2] == whole


def test_dots_off_leaves_the_photo_untouched() -> None:
    assert np.array_equal(
        Stage(case(zone(SQUARE)), None, NO_DOTS).paint(), Stage(case(), None, NO_DOTS).paint()
    )


def test_dots_do_not_lie_on_the_backdrop() -> None:
    beyond = zone(box_ring(-80, -20, -55, 10))
    picture = Stage(case(beyond), viewport(0.5), BARE).paint()
    assert (picture[:300, :149] == rgb(TOKENS[Theme.DARK].canvas)).all()


def test_pan_by_steps_ends_at_the_same_picture_as_a_fresh_one() -> None:
    shown = case(zone(SQUARE, feather=4.0), curves=(line(mirrored=True),))
    stage = Stage(shown, viewport(1.4))
    stage.paint()
    for dx, dy in ((7, 5), (-31, 12), (60, -40), (-3, 0), (0, 9)):
        stage.look(stage.scene.viewport.panned(dx, dy))
        stage.paint()
    walked = stage.paint()
    fresh = Stage(shown, stage.scene.viewport).paint()
    assert np.abs(walked.astype(int) - fresh).max() <= 4
    assert np.abs(walked.astype(int) - fresh).mean() < 0.02


def test_an_edit_changes_nothing_outside_what_it_asks_to_paint() -> None:
    left, right = zone(box_ring(-40, -20, -20, 0)), zone(box_ring(10, -20, 30, 0), "other")
    stage = Stage(case(left, right))
    before = stage.paint()
    moved = zone(box_ring(-40, -20, -20, 4))
    edited = with_zone(stage.shown, moved)
    stage.follow(edited)
    after = stage.paint()
    box = stage.changed.toAlignedRect()
    assert not box.isEmpty()
    assert box.right() < 300 + 10 * PX_PER_MM
    outside = np.ones(after.shape[:2], dtype=bool)
    outside[box.top() : box.bottom() + 1, box.left() : box.right() + 1] = False
    assert np.array_equal(before[outside], after[outside])
    assert not np.array_equal(before, after)
    fresh = Stage(edited).paint()
    assert np.abs(after.astype(int) - fresh).max() <= 4


def test_a_dragged_point_repaints_only_what_feels_it() -> None:
    ring = tuple((30 * math.cos(t), 30 * math.sin(t)) for t in np.linspace(0, 6, 40).tolist())
    shown = case(zone(ring, feather=3.0), curves=(line(mirrored=True),))
    stage = Stage(shown, None, ViewOptions())
    stage.paint()
    pulled = (*ring[:20], (ring[20][0] - 2, ring[20][1]), *ring[21:])
    stage.follow(with_zone(shown, zone(pulled, feather=3.0)))
    edited, box = stage.paint(), stage.changed
    assert box.width() * box.height() < 0.75 * (60 * PX_PER_MM) ** 2
    fresh = Stage(stage.shown, None, ViewOptions()).paint()
    assert np.abs(edited.astype(int) - fresh).max() <= 6


def test_a_new_density_repaints_the_dots_but_not_the_lines() -> None:
    plain = zone(SQUARE, feather=3.0)
    stage = Stage(case(plain))
    stage.paint()
    stage.follow(with_zone(stage.shown, replace(plain, density=40.0)))
    fresh = Stage(stage.shown).paint()
    assert np.abs(stage.paint().astype(int) - fresh).max() <= 6


def test_nothing_changed_asks_for_no_paint() -> None:
    stage = Stage(case(zone(SQUARE), curves=(line(),)))
    stage.paint()
    stage.follow(replace(stage.shown, notes="written"))
    assert stage.changed.isEmpty()


def test_order_of_zones_is_a_change() -> None:
    low = zone(SQUARE)
    high = replace(zone(box_ring(-20, -10, 10, 15), "high"), blend=Blend.REPLACE, density=20.0)
    stage = Stage(case(low, high), None, BARE)
    few = stage.scene.dots
    stage.follow(case(high, low))
    assert not stage.changed.isEmpty()
    assert stage.scene.dots > few


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not Purpose.KEEP_CLEAR])
def test_a_zone_is_tinted_textured_and_outlined(purpose: Purpose) -> None:
    shown = case(replace(zone(SQUARE), purpose=purpose))
    picture = Stage(shown, None, ViewOptions(dots=False, guides=frozenset())).paint()
    inner = picture[110:240, 160:290].reshape(-1, 3)
    tint = 0.8 * np.array(LEFT) + 0.2 * np.array(rgb(PURPOSE_COLOURS[purpose]))
    assert np.abs(inner - tint).max(axis=1).min() <= 2, "the tint itself shows somewhere"
    assert len(np.unique(inner, axis=0)) > 5, "a texture lies on it"
    outline = picture[100, 180:280].astype(int)
    assert np.abs(outline - np.array(LEFT)).max(axis=1).min() > 20


def test_a_selected_zone_is_stronger() -> None:
    stage = Stage(case(zone(SQUARE)), None, ViewOptions(dots=False))
    plain = stage.paint()
    stage.follow(stage.shown, "zone")
    strong = stage.paint()
    inner = slice(110, 240), slice(160, 290)
    assert strong[inner].mean(axis=(0, 1))[0] < plain[inner].mean(axis=(0, 1))[0] - 2


def test_hiding_overlays_leaves_photo_and_pigment() -> None:
    stage = Stage(case(zone(SQUARE), curves=(line(),)))
    stage.paint()
    stage.scene.switch(BARE)
    stage.follow(stage.shown)
    assert np.array_equal(stage.paint(), Stage(stage.shown, None, BARE).paint())


def test_a_hidden_zone_has_neither_dots_nor_lines() -> None:
    hidden = replace(zone(SQUARE), hidden=True)
    assert np.array_equal(Stage(case(hidden)).paint(), Stage(case()).paint())


def test_curve_and_twin_lie_where_they_belong() -> None:
    options = ViewOptions(dots=False, guides=frozenset())
    picture = Stage(case(curves=(line(20.0, mirrored=True),)), None, options).paint()
    row = 200 + 20 * PX_PER_MM
    own, twin = picture[int(row), 110:290], picture[int(row), 310:490]
    assert (np.abs(own.astype(int) - (91, 184, 234)).max(axis=1) < 30).all(), "solid"
    blue = np.abs(twin.astype(int) - (91, 184, 234)).max(axis=1) < 40
    assert 0.4 < blue.mean() < 0.85, "dashed 7 to 4"


def test_a_twin_keeps_its_dashes_when_painted_in_parts() -> None:
    options = ViewOptions(dots=False, guides=frozenset())
    shown = case(zone(box_ring(5, 15, 25, 25)), curves=(line(20.0, mirrored=True),))
    stage = Stage(shown, viewport(2.0), options)
    stage.paint()
    stage.follow(with_zone(shown, zone(box_ring(6, 15, 24, 25))))
    parts = stage.paint()
    whole = Stage(stage.shown, viewport(2.0), options).paint()
    assert np.abs(parts.astype(int) - whole).max() <= 4


def test_scale_bar_is_20_mm_long() -> None:
    picture = Stage(case(), viewport(1.0), ViewOptions(dots=False, guides=frozenset())).paint()
    rows = picture[HEIGHT - 26 : HEIGHT - 22].min(axis=2).max(axis=0)
    bar = (rows[: int(24 + 20 * PX_PER_MM + 5)] > 200).nonzero()[0]
    assert bar.min() == pytest.approx(24, abs=1)
    assert bar.max() - bar.min() == pytest.approx(20 * PX_PER_MM, abs=2)


def test_no_scale_no_scale_bar() -> None:
    picture = Stage(case(scaled=False), None, ViewOptions(dots=False, guides=frozenset())).paint()
    assert np.array_equal(picture, Stage(case(), None, NO_DOTS).paint())


def test_simulated_pictures_say_so_even_without_overlays() -> None:
    with_dots = Stage(case(zone(SQUARE)), None, BARE).paint()
    corner = with_dots[-40:, -260:]
    assert (corner.min(axis=2) > 240).sum() > 50
    assert (Stage(case(zone(SQUARE)), None, NO_DOTS).paint()[-40:, -260:].min(axis=2) < 240).all()


def test_tool_marks_are_drawn_at_their_points_and_within_their_box() -> None:
    stage = Stage(case(), None, ViewOptions(dots=False, guides=frozenset()))
    bare = stage.paint()
    overlay: Overlay = (
        Line(((-30.0, -10.0), (-10.0, -10.0), (-10.0, 5.0)), Ink.CURVE, closed=True),
        *(Spot((float(x), 15.0), mark) for x, mark in zip(range(-40, 50, 10), Mark, strict=True)),
        Label((20.0, -20.0), "40.7 ± 0.6 mm", "from the midline"),
        Label((58.0, 0.0), "near the edge"),
    )
    picture = stage.paint(overlay)
    changed = (picture != bare).any(axis=2)
    box = stage.scene.overlay_box(overlay, stage.skin).toAlignedRect()
    outside = changed.copy()
    outside[max(box.top(), 0) : box.bottom() + 1, max(box.left(), 0) : box.right() + 1] = False
    assert not outside.any()
    for x in range(-40, 50, 10):
        px, py = 300 + x * 5, 200 + 15 * 5
        assert changed[py - 7 : py + 8, px - 7 : px + 8].any()
    assert changed[:, 540:].any(), "the label turned back at the edge"


def test_double_density_screen_draws_the_same_twice_as_fine() -> None:
    shown = case(zone(SQUARE), curves=(line(),))
    coarse = Stage(shown, viewport(1.0), ViewOptions()).paint()
    fine = Stage(shown, viewport(1.0, ratio=2.0), ViewOptions()).paint()
    assert fine.shape == (2 * HEIGHT, 2 * WIDTH, 3)
    small = fine.reshape(HEIGHT, 2, WIDTH, 2, 3).mean(axis=(1, 3))
    assert np.abs(small - coarse)[:330].mean() < 2.5


def test_zones_that_reach_two_metres_are_refused() -> None:
    huge = zone(box_ring(-2000, -2000, 2000, 2000))
    with pytest.raises(Exception, match="2 metres"):
        Stage(case(huge))
