"""Zones that follow a curve: in step through every edit, and let go by hand."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from studio.editing.edits.follow import followed
from studio.editing.edits.hairline import grow_hairline
from studio.editing.edits.head import set_head
from studio.editing.edits.items import (
    add_curve,
    delete_items,
    duplicate_items,
    move_items,
    put,
    set_locked,
    set_mirrored,
)
from studio.editing.edits.points import delete_points, insert_corner, move_points
from studio.editing.edits.whole import duplicate_variant, set_axis
from studio.editing.edits.zones import add_zone, set_zone
from studio.editing.gesture import begin
from studio.editing.history import Edit, History
from studio.editing.selection import NodeRef
from studio.geometry.bezier import flatten
from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import Case, MirrorAxis
from studio.model.chart import HEAD
from studio.model.curve import CurveRole
from studio.model.hairline import Recipe
from studio.model.photo import View
from studio.model.refusal import Refusal
from studio.model.zone import Follow, FollowKind, Purpose, Zone
from studio.practice import practice
from studio.storage.sound import faults
from tests.heads_of_practice import practice_head
from tests.unit.editing.grown import IDS, with_hairline
from tests.unit.editing.hands import Hands, box, case_with, curve, curve_in, zone_in

CORNER = NodeRef("h", 4)
STRAYS = 2.7
"""Half of both waves, each up to a third higher than its mean, mm."""


def through_history(case: Case, *edits: Edit) -> Case:
    history = History(case)
    for edit in edits:
        history.apply("x", edit)
    return history.case


def band_case(width: float = 6.0, *, mirrored: bool = False) -> Case:
    """A parting of 60 mm with its band."""
    line = replace(curve("l", (-30.0, 0.0), (30.0, 0.0)), role=CurveRole.PARTING)
    zone = replace(
        box("b", 0, 0), purpose=Purpose.PARTING, follows=Follow("l", FollowKind.BAND, width)
    )
    case = add_zone(add_curve(case_with(), replace(line, mirrored=mirrored)), zone)
    return followed(case, move_items(case, {"l"}, 0.0, 1.0))


def front_of(zone: Zone) -> FloatArray:
    return np.array(
        [p for p, f in zip(zone.outline, zone.feathers, strict=True) if f > 0], dtype=np.float64
    )


def test_a_transition_lies_behind_its_edge_and_fades_in_there_only() -> None:
    case = with_hairline()
    zone = zone_in(case, "t")
    line = shapely.LineString(flatten(curve_in(case, "h").nodes))
    front = front_of(zone)
    back = np.array([p for p, f in zip(zone.outline, zone.feathers, strict=True) if f == 0])
    assert set(zone.feathers) == {0.0, 6.0}
    assert shapely.distance(shapely.points(front), line).max() < STRAYS
    middle = np.abs(back[:, 0]) < 30
    away = shapely.distance(shapely.points(back[middle]), line)
    assert away == pytest.approx(9.0, abs=0.1)
    # the hair is above
    assert back[middle][:, 1].max() < front[np.abs(front[:, 0]) < 30][:, 1].min() + 1
    assert polygon_of(zone).is_valid
    assert not list(faults(case))


def test_single_dots_stand_ahead_of_the_edge_as_many_as_asked() -> None:
    case = with_hairline()
    strip, transition = zone_in(case, "s"), zone_in(case, "t")
    fringe = curve_in(case, "h").fringe
    assert fringe is not None
    assert strip.density * fringe.sentinel_reach / 10 == pytest.approx(fringe.sentinels)
    assert polygon_of(strip).intersection(polygon_of(transition)).area < 25
    length = shapely.LineString(front_of(transition)).length
    assert polygon_of(strip).area == pytest.approx(length * fringe.sentinel_reach, rel=0.35)


@pytest.mark.parametrize(
    "edit",
    [
        lambda case: move_points(case, {CORNER}, 2.0, -4.0),
        lambda case: delete_points(case, {NodeRef("h", 2)}),
        lambda case: move_items(case, {"h"}, 3.0, 0.0),
        lambda case: move_items(case, {"h", "t"}, 3.0, 0.0),
    ],
)
def test_what_changes_the_curve_redraws_its_zones(edit: Edit) -> None:
    before = with_hairline()
    after = through_history(before, edit)
    for zone_id in ("t", "s"):
        zone = zone_in(after, zone_id)
        assert zone.outline != zone_in(before, zone_id).outline
        assert zone.follows == zone_in(before, zone_id).follows
    line = shapely.LineString(flatten(curve_in(after, "h").nodes))
    assert shapely.distance(shapely.points(front_of(zone_in(after, "t"))), line).max() < STRAYS
    assert not list(faults(after))


def test_previews_of_a_drag_show_it_and_undo_takes_both_back() -> None:
    case = with_hairline()
    history = History(case)
    with history.begin("Move") as drag:
        drag.preview(move_points(drag.base, {CORNER}, 0.0, -3.0))
        seen = zone_in(history.case, "t").outline
        assert seen != zone_in(case, "t").outline
        drag.commit()
    history.undo()
    assert history.case is case


def test_unchanged_parts_stay_the_same_objects() -> None:
    case = with_hairline()
    other = set_zone(case, "t", density=90.0)
    assert followed(case, other) is other
    assert followed(case, case) is case
    moved = followed(case, move_points(case, {NodeRef("h", 0)}, 0.001, 0.0))
    assert zone_in(moved, "s") is not zone_in(case, "s")


def test_an_outline_changed_by_hand_follows_no_more() -> None:
    case = with_hairline()
    at = zone_in(case, "t").outline[10]
    changed = through_history(
        case, lambda c: insert_corner(c, "t", 0, 10, (at[0] + 0.2, at[1] + 0.2))
    )
    zone = zone_in(changed, "t")
    assert zone.follows is None
    assert len(zone.feathers) == len(zone.outline)
    assert zone_in(changed, "s").follows is not None
    kept = through_history(changed, lambda c: move_points(c, {CORNER}, 0.0, -5.0))
    assert zone_in(kept, "t").outline == zone.outline


def test_a_fade_in_of_its_own_is_that_of_the_edge() -> None:
    case = through_history(with_hairline(), lambda c: set_zone(c, "t", feather=8.0))
    zone = zone_in(case, "t")
    assert set(zone.feathers) == {0.0, 8.0}
    assert zone.follows is not None


def test_without_its_curve_a_zone_stays_as_it_is() -> None:
    case = with_hairline()
    after = through_history(case, lambda c: delete_items(c, {"h"}))
    assert zone_in(after, "t").outline == zone_in(case, "t").outline
    assert zone_in(after, "t").follows is None


def test_a_locked_zone_waits_until_it_is_unlocked() -> None:
    case = set_locked(with_hairline(), {"t"}, locked=True)
    moved = through_history(case, lambda c: move_points(c, {CORNER}, 0.0, -5.0))
    assert zone_in(moved, "t") == zone_in(case, "t")
    freed = through_history(moved, lambda c: set_locked(c, {"t"}, locked=False))
    assert zone_in(freed, "t").outline != zone_in(case, "t").outline


def test_copies_follow_copies() -> None:
    case = with_hairline()
    together, ids = duplicate_items(case, {"h", "t"})
    follows = [z.follows for z in together.variant.zones if z.id in ids]
    assert follows[0] is not None
    assert follows[0].curve in ids
    alone, ids = duplicate_items(case, {"t"})
    assert [z.follows for z in alone.variant.zones if z.id in ids] == [None]
    variant = duplicate_variant(case, "v").variant
    assert {z.follows.curve for z in variant.zones if z.follows} == {variant.curves[0].id}


def test_a_band_has_both_sides_and_round_ends() -> None:
    zone = zone_in(band_case(6.0), "b")
    assert polygon_of(zone).area == pytest.approx(60 * 6 + np.pi * 9, rel=0.02)
    assert polygon_of(zone).bounds == pytest.approx((-33.0, -2.0, 33.0, 4.0), abs=0.05)
    assert zone.feathers == ()


def test_the_band_of_mirrored_lines_is_mirrored_with_them() -> None:
    case = band_case()
    apart = followed(case, set_mirrored(move_items(case, {"l"}, 50.0, 0.0), {"l"}, mirrored=True))
    assert zone_in(apart, "b").mirrored
    joined = move_items(apart, {"l"}, -20.0, 0.0)
    joined = followed(apart, joined)
    zone = zone_in(joined, "b")
    assert not zone.mirrored
    assert polygon_of(zone).bounds[0] == pytest.approx(-63.0, abs=0.1)
    tilted = set_axis(joined, MirrorAxis(chart="p", at=(0.0, 0.0), angle=0.3))
    assert zone_in(followed(joined, tilted), "b").outline != zone.outline


def test_a_closed_line_is_refused_and_the_drag_says_so() -> None:
    case = band_case()
    hands = Hands(case)
    gesture = begin(hands.desk, "Close")
    gesture.show(replace_closed)
    assert "closed" in gesture.refused
    assert not gesture.finish()
    with pytest.raises(Refusal, match="closed"):
        followed(case, replace_closed(case))


def replace_closed(case: Case) -> Case:
    return put(case, replace(curve_in(case, "l"), closed=True))


def test_laid_onto_the_head_they_follow_there() -> None:
    flat = practice()[0]
    flat = replace(flat, variants=(replace(flat.variant, curves=(), zones=()),))
    case = grow_hairline(flat, flat.photos[0].id, Recipe(), ids=IDS)
    head = practice_head({photo.view: photo.id for photo in case.photos if photo.view in View})
    after = through_history(case, lambda c: set_head(c, head))
    for zone_id in ("t", "s"):
        zone = zone_in(after, zone_id)
        assert zone.chart == HEAD
        assert zone.follows is not None
        assert polygon_of(zone).is_valid
    assert len(curve_in(after, "h").nodes) == len(curve_in(case, "h").nodes)
    assert not list(faults(after))
