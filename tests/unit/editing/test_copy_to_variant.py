"""Copies of curves and zones in another variant."""

from dataclasses import replace

from studio.editing.edits.items import rename
from studio.editing.edits.whole import copy_to_variant, duplicate_variant
from studio.editing.history import History
from studio.model.case import Case
from studio.model.zone import Follow, FollowKind
from tests.unit.planning.designs import case_of, line, square, zone


def two_variants() -> Case:
    """A has a curve and a zone that follows it; B is a copy of A."""
    curve = line([(-30.0, -60.0), (0.0, -65.0), (30.0, -60.0)])
    band = zone("A", square(10), follows=Follow(curve.id, FollowKind.BAND, 4.0))
    case, _ = case_of(band, curves=(curve,))
    case = duplicate_variant(case, case.chosen)
    return replace(case, chosen=case.variants[0].id)


def test_a_zone_copied_with_its_curve_follows_the_copy_in_one_step() -> None:
    case = two_variants()
    ids = {case.variant.curves[0].id, case.variant.zones[0].id}
    history = History(case)
    assert history.apply("Copy", lambda c: copy_to_variant(c, ids, case.variants[1].id))
    one, other = history.case.variants
    assert one is case.variants[0]
    assert history.case.chosen == case.chosen
    curve, copy = other.curves[-1], other.zones[-1]
    assert copy.follows is not None
    assert copy.follows.curve == curve.id
    assert curve.id not in ids
    assert (copy.letter, copy.outline) == ("B", case.variant.zones[0].outline)
    history.undo()
    assert history.case is case


def test_a_zone_copied_alone_stays_as_drawn() -> None:
    case = two_variants()
    zone_id = case.variant.zones[0].id
    after = copy_to_variant(case, {zone_id}, case.variants[1].id)
    assert after.variants[1].zones[-1].follows is None
    assert len(after.variants[1].curves) == 1


def test_a_copy_is_a_thing_of_its_own() -> None:
    case = two_variants()
    zone_id = case.variant.zones[0].id
    after = rename(copy_to_variant(case, {zone_id}, case.variants[1].id), zone_id, "Mine")
    assert after.variants[1].zones[-1].name == ""
