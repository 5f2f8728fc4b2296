"""Edits of curves, zones, photos and variants, as cases in and cases out."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from shapely import Polygon

from studio.editing.clipboard import copy, paste
from studio.editing.edits.items import (
    Order,
    add_curve,
    delete_items,
    detach_twin,
    duplicate_items,
    find,
    find_curve,
    find_zone,
    free_letter,
    items_of,
    move_items,
    rename,
    reorder,
    replace_curve,
    set_hidden,
    set_locked,
    set_mirrored,
)
from studio.editing.edits.photos import (
    add_photo,
    removal_label,
    remove_landmark,
    remove_photo,
    set_landmark,
    set_view,
)
from studio.editing.edits.points import (
    delete_points,
    insert_corner,
    insert_node,
    move_points,
    set_node,
    toggle_nodes,
)
from studio.editing.edits.whole import (
    add_variant,
    choose_variant,
    delete_variant,
    duplicate_variant,
    rename_variant,
    set_axis,
    set_client,
)
from studio.editing.edits.zones import (
    ZoneStyle,
    add_zone,
    cut_zone,
    extend_zone,
    new_zone,
    set_zone,
    subtract_zones,
    union_zones,
)
from studio.editing.selection import NodeRef
from studio.geometry.polygons import polygon_of
from studio.model.case import Case, Client, MirrorAxis
from studio.model.curve import Node
from studio.model.photo import LandmarkKind, View
from studio.model.refusal import Refusal
from studio.model.zone import Blend, Purpose
from tests.unit.editing.hands import box, case_with, curve, curve_in, photo, zone_in

LINE = curve("line", (0.0, 0.0), (30.0, 0.0), (60.0, 10.0))
BASE = case_with(LINE, box("a", 0, 20), box("b", 10, 30), box("c", 50, 20))


def test_edits_leave_untouched_items_identical() -> None:
    case = move_items(BASE, {"a"}, 1.0, 2.0)
    assert find(case, "b") is find(BASE, "b")
    assert find(case, "line") is LINE
    assert case.photos is BASE.photos
    assert find_zone(case, "a") == box("a", 1, 22)


def test_adding_rounds_coordinates() -> None:
    case = add_curve(BASE, curve("new", (1.23456, 2.0), (3.00049, -0.00001)))
    made = find_curve(case, "new")
    assert made is not None
    assert [n.at for n in made.nodes] == [(1.235, 2.0), (3.0, 0.0)]


def test_locked_items_refuse_changes_in_words() -> None:
    case = set_locked(BASE, {"a", "line"}, locked=True)
    refs = {NodeRef("a", 0)}
    changes: tuple[Callable[[], Case], ...] = (
        lambda: move_items(case, {"a", "b"}, 1, 1),
        lambda: delete_items(case, {"a"}),
        lambda: rename(case, "a", "New"),
        lambda: set_zone(case, "a", density=50),
        lambda: move_points(case, refs, 1, 1),
        lambda: delete_points(case, refs),
        lambda: delete_points(case, {NodeRef("line", 0)}),
        lambda: replace_curve(case, LINE),
        lambda: insert_node(case, "line", 0, 0.5),
        lambda: insert_corner(case, "a", 0, 0, (10.0, 20.0)),
        lambda: toggle_nodes(case, {NodeRef("line", 1)}),
        lambda: set_mirrored(case, {"a"}, mirrored=True),
        lambda: union_zones(case, {"a", "b"}),
        lambda: subtract_zones(case, "a", {"b"}),
        lambda: cut_zone(case, "a", [(0.0, 20.0), (5.0, 20.0), (5.0, 25.0)]),
        lambda: extend_zone(case, "a", [(0.0, 20.0), (5.0, 10.0), (5.0, 25.0)]),
    )
    for change in changes:
        with pytest.raises(Refusal, match="is locked"):
            change()
    assert zone_in(set_hidden(case, {"a"}, hidden=True), "a").hidden
    assert set_locked(case, {"a", "line"}, locked=False) == BASE


def test_duplicates_and_pastes_get_fresh_ids_and_letters() -> None:
    case, made = duplicate_items(BASE, {"a", "line"})
    assert len(made) == 2
    assert made.isdisjoint({"a", "line"})
    assert [z.letter for z in case.variant.zones] == ["A", "B", "C", "D"]
    assert case.variant.zones[-1].outline[0] == (5.0, 25.0)
    case, made = paste(BASE, copy(BASE, {"a"}), "q", (100.0, 100.0))
    zone = find_zone(case, next(iter(made)))
    assert zone is not None
    assert zone.chart == "q"
    assert polygon_of(zone).centroid.coords[0] == pytest.approx((100, 100))
    assert paste(BASE, copy(BASE, set()), "q") == (BASE, frozenset())


def test_order() -> None:
    def order(case: Case) -> str:
        return "".join(z.id for z in case.variant.zones)

    assert order(reorder(BASE, {"a"}, Order.RAISE)) == "bac"
    assert order(reorder(BASE, {"a", "b"}, Order.RAISE)) == "cab"
    assert order(reorder(BASE, {"c"}, Order.LOWER)) == "acb"
    assert order(reorder(BASE, {"a"}, Order.TOP)) == "bca"
    assert order(reorder(BASE, {"c", "b"}, Order.BOTTOM)) == "bca"
    assert order(reorder(BASE, {"c"}, Order.RAISE)) == "abc"


def test_names() -> None:
    assert zone_in(rename(BASE, "a", "  Crown   top "), "a").name == "Crown top"
    with pytest.raises(Refusal):
        rename(BASE, "a", "   ")


def test_letters_go_on_after_z() -> None:
    taken = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert free_letter(taken - {"Q"}) == "Q"
    assert free_letter(taken) == "AA"
    assert free_letter(taken | {"AA"}) == "AB"


def test_points_of_curves_and_zones_move() -> None:
    case = move_points(BASE, {NodeRef("line", 1), NodeRef("a", 2)}, 2.0, -3.0)
    assert [n.at for n in curve_in(case, "line").nodes][1] == (32.0, -3.0)
    assert zone_in(case, "a").outline[2] == (22.0, 37.0)
    with pytest.raises(Refusal, match="crosses itself"):
        move_points(BASE, {NodeRef("a", 0)}, 25.0, 10.0)


def test_points_are_added_and_taken_out() -> None:
    case = insert_node(BASE, "line", 0, 0.5)
    assert curve_in(case, "line").nodes[1].at == (15.0, 0.0)
    case = insert_corner(case, "a", 0, 3, (-5.0, 30.0))
    assert zone_in(case, "a").outline[4] == (-5.0, 30.0)
    case = delete_points(case, {NodeRef("line", 1), NodeRef("a", 4)})
    assert case.variant == BASE.variant
    case = delete_points(
        case, {NodeRef("line", 0), NodeRef("line", 1), NodeRef("a", 0), NodeRef("a", 1)}
    )
    assert find(case, "line") is None
    assert find(case, "a") is None


def test_deleting_a_hole_s_corner_deletes_a_triangle_hole() -> None:
    case = cut_zone(BASE, "a", [(5.0, 25.0), (10.0, 25.0), (5.0, 30.0)])
    zone = find_zone(case, "a")
    assert zone is not None
    assert len(zone.holes) == 1
    whole = zone_in(delete_points(case, {NodeRef("a", 0, 1)}), "a")
    assert whole.holes == ()
    assert polygon_of(whole).equals(polygon_of(zone_in(BASE, "a")))


def test_set_node_and_toggle() -> None:
    node = Node((31.0, 1.0), (20.0, 1.0), (40.0, 1.0))
    case = set_node(BASE, "line", 1, node)
    assert curve_in(case, "line").nodes[1] == node
    assert set_node(BASE, "line", 9, node) is BASE
    corner = toggle_nodes(case, {NodeRef("line", 1), NodeRef("a", 1)})
    assert not curve_in(corner, "line").nodes[1].smooth


def test_new_zones_take_style_letter_and_blend() -> None:
    style = ZoneStyle(purpose=Purpose.KEEP_CLEAR, density=0.0)
    zone = new_zone(BASE, "p", [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0)], style, mirrored=True)
    assert (zone.letter, zone.name, zone.blend, zone.mirrored) == (
        "D",
        "Keep clear",
        Blend.CLEAR,
        True,
    )
    with pytest.raises(Refusal, match="smaller than a dot"):
        new_zone(BASE, "p", [(0.0, 0.0), (0.2, 0.0), (0.2, 0.2)], style)
    case = add_zone(BASE, replace(zone, letter="A"))
    assert case.variant.zones[-1].letter == "D"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("density", math.nan, "Density must be between 0 and 600 dots per cm²."),
        ("density", -1.0, "Density must be"),
        ("feather", -0.1, "Fade-in must be between 0 and 60 mm."),
        ("dot_mm", 0.0, "Dot size must be"),
        ("dilution", math.inf, "Dilution must be"),
        ("letter", "B", "letter of its own"),
        ("letter", " ", "letter of its own"),
    ],
)
def test_numbers_out_of_range_are_refused(field: str, value: float | str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        set_zone(BASE, "a", **{field: value})


def test_settings_are_put() -> None:
    case = set_zone(BASE, "a", density=80, purpose=Purpose.SCAR, letter="K")
    zone = find_zone(case, "a")
    assert zone is not None
    assert (zone.density, zone.purpose, zone.letter) == (80.0, Purpose.SCAR, "K")
    with pytest.raises(TypeError):
        set_zone(BASE, "a", outline=())


def test_union_keeps_the_lowest_and_subtract_gives_letters() -> None:
    case = union_zones(BASE, {"b", "a"})
    assert [z.id for z in case.variant.zones] == ["a", "c"]
    assert polygon_of(case.variant.zones[0]).area == pytest.approx(700)
    case = subtract_zones(BASE, "a", {"b"})
    assert polygon_of(case.variant.zones[0]).area == pytest.approx(300)
    strip = add_zone(
        BASE,
        replace(box("s", 5, 0, 60), outline=((5.0, 15.0), (8.0, 15.0), (8.0, 60.0), (5.0, 60.0))),
    )
    cut = subtract_zones(strip, "a", {"s"})
    parts = [z for z in cut.variant.zones if z.name == "a"]
    assert sorted(polygon_of(z).area for z in parts) == [100.0, 240.0]
    assert len({z.letter for z in cut.variant.zones}) == 5
    with pytest.raises(Refusal, match="Nothing of"):
        subtract_zones(add_zone(BASE, box("d", -5, 10, 60)), "a", {"d"})
    with pytest.raises(Refusal, match="two zones"):
        union_zones(BASE, {"a"})
    with pytest.raises(Refusal, match="different photos"):
        union_zones(add_zone(BASE, replace(box("d", 0, 0), chart="q")), {"a", "d"})


def test_combining_mirrored_zones_counts_the_twins() -> None:
    both = case_with(box("a", 10, 0, mirrored=True), box("b", 20, 10, mirrored=True))
    (zone,) = union_zones(both, {"a", "b"}).variant.zones
    assert zone.mirrored
    assert polygon_of(zone).area == pytest.approx(700)
    mixed = case_with(box("a", 10, 0, mirrored=True), box("b", 20, 10))
    zones = union_zones(mixed, {"a", "b"}).variant.zones
    assert [z.mirrored for z in zones] == [False, False]
    assert sorted(polygon_of(z).area for z in zones) == [400.0, 700.0]
    cut = subtract_zones(mixed, "a", {"b"}).variant.zones
    assert sum(polygon_of(z).area for z in cut if z.id != "b") == pytest.approx(700)


def test_strokes_add_cut_and_make_holes() -> None:
    hole = [(5.0, 25.0), (15.0, 25.0), (15.0, 35.0), (5.0, 35.0)]
    zone = find_zone(cut_zone(BASE, "a", hole), "a")
    assert zone is not None
    assert len(zone.holes) == 1
    assert polygon_of(zone).area == pytest.approx(300)
    wider = find_zone(
        extend_zone(BASE, "a", [(15.0, 22.0), (30.0, 22.0), (30.0, 28.0), (15.0, 28.0)]), "a"
    )
    assert wider is not None
    assert polygon_of(wider).area == pytest.approx(460)
    with pytest.raises(Refusal, match="does not touch"):
        extend_zone(BASE, "a", [(80.0, 80.0), (90.0, 80.0), (90.0, 90.0)])
    with pytest.raises(Refusal, match="Nothing of"):
        cut_zone(BASE, "a", [(-5.0, 0.0), (90.0, 0.0), (90.0, 90.0), (-5.0, 90.0)])
    with pytest.raises(Refusal, match="Select a zone"):
        cut_zone(BASE, "line", hole)


def test_detaching_a_twin_makes_two_or_one() -> None:
    apart = case_with(replace(box("a", 10, 0, mirrored=True), name="Temple, right"))
    zones = detach_twin(apart, {"a"}).variant.zones
    assert [(z.name, z.mirrored, z.letter) for z in zones] == [
        ("Temple, right", False, "A"),
        ("Temple, left", False, "B"),
    ]
    assert Polygon(zones[1].outline).bounds == (-30.0, 0.0, -10.0, 20.0)
    across = case_with(
        box("a", -5, 0, mirrored=True), curve("l", (0.0, 0.0), (40.0, 5.0), mirrored=True)
    )
    case = detach_twin(across, {"a", "l"})
    assert [Polygon(z.outline).bounds for z in case.variant.zones] == [(-15.0, 0.0, 15.0, 20.0)]
    assert [n.at[0] for n in case.variant.curves[0].nodes] == [-40.0, 0.0, 40.0]


def test_photos_and_landmarks() -> None:
    case = add_photo(BASE, photo("r"))
    assert [p.id for p in case.photos] == ["p", "q", "r"]
    with pytest.raises(Refusal, match="already"):
        add_photo(case, photo("r"))
    assert removal_label(BASE, "p") == "Remove photo and 4 things drawn on it"
    assert removal_label(BASE, "q") == "Remove photo"
    gone = remove_photo(set_axis(BASE, MirrorAxis(chart="p", at=(1.0, 2.0))), "p")
    assert (gone.variant.curves, gone.variant.zones) == ((), ())
    assert gone.axes == ()
    assert set_view(BASE, "q", View.TOP).photo("q").view is View.TOP
    case = set_landmark(BASE, "p", LandmarkKind.MENTON, (700.0, 2000.0))
    case = set_landmark(case, "p", LandmarkKind.GLABELLA, (700.0, 900.0))
    case = set_landmark(case, "p", LandmarkKind.MENTON, (701.0, 2001.0))
    assert [m.kind for m in case.photo("p").landmarks] == [
        LandmarkKind.GLABELLA,
        LandmarkKind.MENTON,
    ]
    assert case.photo("p").landmarks[1].at == (701.0, 2001.0)
    assert len(remove_landmark(case, "p", LandmarkKind.MENTON).photo("p").landmarks) == 1
    for at in ((-1.0, 5.0), (math.nan, 5.0), (5.0, 2401.0)):
        with pytest.raises(Refusal, match="outside the photo"):
            set_landmark(BASE, "p", LandmarkKind.MENTON, at)


def test_client_axis_and_variants() -> None:
    assert set_client(BASE, Client(name="Ann Bee")).client.initials == "A.B."
    case = set_axis(BASE, MirrorAxis(chart="p", at=(1.23456, 2.0), angle=190.0))
    assert case.axis("p") == MirrorAxis(chart="p", at=(1.235, 2.0), angle=10.0)
    with pytest.raises(Refusal):
        set_axis(BASE, MirrorAxis(chart="p", at=(math.nan, 2.0)))
    case = add_variant(BASE, "Low")
    assert (case.variant.letter, case.variant.name, case.variant.zones) == ("B", "Low", ())
    copied = duplicate_variant(case, "v")
    assert copied.variant.letter == "C"
    assert len(copied.variant.zones) == 3
    ids = [item.id for v in copied.variants for item in items_of(v)]
    assert len(ids) == len(set(ids))
    back = choose_variant(copied, "v")
    assert back.chosen == "v"
    assert rename_variant(back, "v", " High ").variant.name == "High"
    case = delete_variant(back, "v")
    assert len(case.variants) == 2
    assert case.chosen == case.variants[0].id
    with pytest.raises(Refusal, match="one variant"):
        delete_variant(BASE, "v")
    with pytest.raises(KeyError):
        choose_variant(BASE, "nothing")
