"""Figures of what is drawn on the head: counted once, and only where a photo shows it."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from studio.geometry.polygons import polygon_of
from studio.model.arrays import FloatArray
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.ids import Id
from studio.model.photo import View
from studio.model.zone import Zone
from studio.pigment.tile import load_tile
from studio.planning.figures import Figures, figures
from studio.planning.report import report
from studio.planning.sight import faced_by, seen_by, views_of
from studio.planning.tape import laid, taped_photos, tapes
from studio.skin.head.headmap import HeadMap
from studio.skin.head.headskin import HeadSkin
from studio.skin.head.tapenet import walk
from studio.skin.maps import skin_maps
from tests.heads_of_practice import practice_on_head

VERTEX = (0.0, 75.0)


def case_with(*zones: Zone, views: tuple[View, ...] = tuple(View)) -> Case:
    """The practice head joined from some views, with these zones only."""
    case, _ = practice_on_head()
    assert case.head is not None
    joined = {photo.id for photo in case.photos if photo.view in views}
    head = replace(case.head, cameras=tuple(c for c in case.head.cameras if c.photo in joined))
    variant = replace(case.variant, zones=zones)
    return replace(case, head=head, variants=(variant,))


def patch(case: Case, hour: float, mm: float, size: float = 24.0) -> Zone:
    """A square on the head whose corners lie round a place given by clock and tape."""
    skin = skin_maps(case)[HEAD]
    assert isinstance(skin, HeadSkin)
    middle = walk(skin.relief.surface, VERTEX, hour, mm)
    ring = tuple(walk(skin.relief.surface, middle, h, size) for h in (1.5, 4.5, 7.5, 10.5))
    return Zone(id="z", letter="Z", name="", chart=HEAD, outline=ring, feather=0.0)


def numbers(case: Case) -> Figures:
    tile = load_tile(case.placement.tile)
    return figures(case, case.variant, skin_maps(case), tile)


def test_a_zone_that_photos_show_counts_once_and_whole() -> None:
    case = case_with()
    zone = patch(case, 0.0, 60.0)
    case = case_with(zone)
    (row,) = numbers(case).zones
    skin = skin_maps(case)[HEAD]
    assert row.area_cm2.value == pytest.approx(skin.area(polygon_of(zone)).value / 100)
    assert row.dots.value == pytest.approx(row.area_cm2.value * zone.density, rel=0.02)
    assert row.unseen_cm2 is not None
    assert row.unseen_cm2.value == 0.0


def test_what_no_photo_shows_within_70_degrees_is_told_and_not_counted() -> None:
    few = (View.FRONT, View.LEFT, View.TOP)
    zone = patch(case_with(), 4.6, 80.0)
    case = case_with(zone, views=few)
    maps = skin_maps(case)
    found = numbers(case)
    (row,) = found.zones
    assert row.unseen_cm2 is not None
    assert found.unseen_cm2 is not None
    whole = maps[HEAD].area(polygon_of(zone)).value / 100
    assert row.unseen_cm2.value > 0.1 * whole
    assert row.area_cm2.value + row.unseen_cm2.value == pytest.approx(whole, rel=1e-3)
    assert found.unseen_cm2.value == pytest.approx(row.unseen_cm2.value, rel=1e-6)
    assert row.dots.value == pytest.approx(row.area_cm2.value * zone.density, rel=0.05)
    seen = seen_by(views_of(HEAD, maps))
    joined = [m for m in maps.values() if isinstance(m, HeadMap)]
    places = np.random.default_rng(1).uniform(-350, 350, (2000, 2))
    turned = np.stack([m.incidence(places) for m in joined]).min(axis=0)
    held = shapely.contains_xy(seen, places)
    assert turned[held].max() < 70.3
    assert turned[~held].min() > 69.7


def test_the_report_tells_views_and_what_is_unseen() -> None:
    zone = patch(case_with(), 4.6, 80.0)
    case = case_with(zone, views=(View.FRONT, View.LEFT, View.TOP))
    told = report(case, skin_maps(case), load_tile(case.placement.tile))
    (row,) = told["zones"]
    assert row["view"] == HEAD
    assert row["unseen_cm2"] > 0
    assert told["totals"]["unseen_cm2"] == pytest.approx(row["unseen_cm2"])
    shares = {v["view"]: v for v in row["views"]}
    assert set(shares) == {"front", "left", "top"}
    for share in shares.values():
        assert 0 <= share["share_within_60"] <= share["share_within_70"] <= 1
    best = max(v["share_within_70"] for v in shares.values())
    counted = row["area_cm2"] / (row["area_cm2"] + row["unseen_cm2"])
    assert best <= counted + 1e-3


def test_tapes_on_the_head_are_geodesics_and_told_once() -> None:
    case, _ = practice_on_head()
    maps = skin_maps(case)
    (photo,) = (p for p in taped_photos(case, maps) if maps[p.id].chart == HEAD)
    assert photo.view is View.FRONT
    found = tapes(case, case.variant, photo, maps[photo.id])
    height = next(t for t in found if t.letter == "a")
    assert height.length_mm is not None
    # the design's mid-point is 65 mm along the skin above the glabella (practice/README)
    assert height.length_mm.value == pytest.approx(65.0, abs=1.0)
    for tape in found:
        assert tape.path is not None
        assert tape.length_mm is not None
        ends = np.linspace(tape.path[0], tape.path[-1], 200)
        assert tape.length_mm.value <= maps[photo.id].length(ends).value + 0.02
        course = maps[photo.id].length(np.array(tape.path)).value
        assert tape.length_mm.value == pytest.approx(course, abs=0.1)
    told = report(case, maps, load_tile(case.placement.tile))
    assert len(told["tapes"]) == 7


def test_a_tape_on_a_plane_is_straight() -> None:
    case, _ = practice_on_head()
    flat = replace(case, head=None)
    skin = skin_maps(flat)[case.photos[0].id]
    length, path = laid(skin, (0.0, 0.0), (30.0, 40.0))
    assert length.value == pytest.approx(50.0)
    assert path == ((0.0, 0.0), (30.0, 40.0))


def test_a_place_is_sent_to_the_photo_that_faces_it() -> None:
    case = case_with()
    maps = skin_maps(case)
    by_view = {photo.view: photo for photo in case.photos}
    top = maps[by_view[View.TOP].id].focus
    left = maps[by_view[View.LEFT].id].focus
    front = by_view[View.FRONT].id

    def told(places: FloatArray, here: Id = front) -> list[View]:
        return [photo.view for photo in faced_by(places, here, case, maps)]

    assert told(top) == [View.TOP]
    assert told(np.concatenate([left, top, top])) == [View.TOP, View.LEFT]
    assert told(np.repeat(np.concatenate([left, top]), (1, 20), axis=0)) == [View.TOP]
    assert told(top, by_view[View.TOP].id) == []


def test_the_photo_named_shows_the_place_least_turned() -> None:
    """Cameras read straight and the photos' own tables agree wherever a place is in sight."""
    case = case_with()
    maps = skin_maps(case)
    views = [(p, m) for p in case.photos if isinstance(m := maps[p.id], HeadMap)]
    rng = np.random.default_rng(5)
    for place in rng.uniform((-200, -150), (200, 250), (30, 2)):
        angles = {p.id: float(m.incidence(place[None])[0]) for p, m in views}
        named = faced_by(place[None], "none", case, maps)
        best = min(angles, key=lambda photo: angles[photo])
        if angles[best] < 69:
            assert angles[named[0].id] == pytest.approx(angles[best], abs=0.5)
