"""Guides say what a ruler, a known head and plain geometry say."""

import math
from dataclasses import replace

import numpy as np
import pytest

from studio.model.case import Case, Client, MirrorAxis, Sex, empty_case
from studio.model.chart import HEAD
from studio.model.curve import Curve, Node
from studio.model.photo import Landmark, LandmarkKind, MeasurementKind, Photo, Plane, View
from studio.planning.guide import Guide, GuideKind, Stroke, sitting
from studio.planning.guides import guides
from studio.skin.head.chart import to_chart
from studio.skin.head.headskin import HeadSkin
from studio.skin.maps import skin_maps
from tests.heads_of_practice import practice_on_head, to_head, truth

MM_PER_PX = 0.25
MARKS = {
    LandmarkKind.GLABELLA: (500.0, 800.0),
    LandmarkKind.SUBNASALE: (500.0, 1040.0),
    LandmarkKind.MENTON: (500.0, 1300.0),
    LandmarkKind.CANTHUS_RIGHT: (300.0, 850.0),
    LandmarkKind.CANTHUS_LEFT: (700.0, 850.0),
    LandmarkKind.NOSE_TIP: (500.0, 1000.0),
    LandmarkKind.PUPIL_RIGHT: (380.0, 850.0),
    LandmarkKind.PUPIL_LEFT: (620.0, 850.0),
    LandmarkKind.EAR_LOBE_RIGHT: (200.0, 1050.0),
    LandmarkKind.EAR_LOBE_LEFT: (800.0, 1050.0),
}


def face(marks: dict[LandmarkKind, tuple[float, float]] = MARKS) -> Case:
    """A flat face at a quarter of a mm per pixel, with a hairline 240 px above the glabella."""
    plane = Plane(
        matrix=(MM_PER_PX, 0, -500 * MM_PER_PX, 0, MM_PER_PX, -800 * MM_PER_PX, 0, 0, 1.0),
        sigma=0.01,
        method=MeasurementKind.RULER,
    )
    photo = Photo(
        id="front",
        view=View.FRONT,
        sha256="0" * 64,
        media="image/jpeg",
        width=1000,
        height=1500,
        plane=plane,
        landmarks=tuple(Landmark(kind, at) for kind, at in marks.items()),
    )
    line = Curve(
        id="line",
        name="Hairline",
        chart="front",
        nodes=(Node((-45.0, -55.0)), Node((0.0, -60.0)), Node((45.0, -55.0))),
    )
    case = empty_case("case", "variant")
    variant = replace(case.variant, curves=(line,))
    return replace(case, photos=(photo,), variants=(variant,), planned="2026-11-24")


def laid(case: Case, kind: GuideKind, photo: Photo | None = None) -> Guide:
    """One guide over a photo, the first by default."""
    maps = skin_maps(case)
    shown = photo or case.photos[0]
    (guide,) = guides(sitting(case, shown, maps[shown.id], maps), frozenset({kind}))
    return guide


def test_the_tape_is_a_ruler_up_the_midline() -> None:
    guide = laid(face(), GuideKind.TAPE)
    spine, *ticks = guide.lines
    heights = [float(800 - tick.px[:, 1].mean()) * MM_PER_PX for tick in ticks]
    assert heights == pytest.approx(range(0, 121, 5), abs=0.1)
    assert np.allclose(spine.px[:, 0], 500)
    notes = {note.key: note for note in guide.notes}
    assert notes["hairline"].values[0].startswith("60 ± ")
    assert notes["glabella"].px == pytest.approx((500, 800))


def test_a_tape_without_its_start_names_the_landmark() -> None:
    rest = dict(MARKS)
    del rest[LandmarkKind.GLABELLA]
    guide = laid(face(rest), GuideKind.TAPE)
    assert (guide.lines, guide.missing) == ((), (LandmarkKind.GLABELLA,))


def test_thirds_tell_their_length_and_how_far_they_are_from_their_mean() -> None:
    guide = laid(face(), GuideKind.THIRDS)
    # 60, 60 and 65 mm: the mean is 61.7
    values = {note.key: note.values for note in guide.notes}
    assert values["third-upper"] == ("60 ± 2 mm", "−2", "−3 %")
    assert values["third-lower"] == ("65 ± 2 mm", "+3", "+5 %")
    assert all(line.stroke is Stroke.SUGGESTED for line in guide.lines)


def test_without_a_scale_thirds_tell_only_shares() -> None:
    case = face()
    plane = replace(case.photos[0].plane, method=None)
    case = replace(case, photos=(replace(case.photos[0], plane=plane),))
    values = [note.values for note in laid(case, GuideKind.THIRDS).notes]
    assert values == [("−3 %",), ("−3 %",), ("+5 %",)]


def test_corners_are_told_by_the_upright_of_the_eye() -> None:
    guide = laid(face(), GuideKind.CANTHUS)
    # corners at 45 mm, eyes at 50 mm from the midline
    assert [note.key for note in guide.notes] == ["corner-inside", "corner-inside"]
    assert {note.values for note in guide.notes} == {("5 ± 1 mm",)}


def test_a_leaning_head_leans_the_uprights_and_offers_its_lean() -> None:
    turn = math.radians(7.0)
    middle = np.array([500.0, 850.0])
    spin = np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    marks = {
        kind: tuple((middle + spin @ (np.array(at) - middle)).tolist())
        for kind, at in MARKS.items()
    }
    case = face({kind: (x, y) for kind, (x, y) in marks.items()})
    maps = skin_maps(case)
    at = sitting(case, case.photos[0], maps["front"], maps)
    assert at.lean == pytest.approx(7.0, abs=0.01)
    way = laid(case, GuideKind.CANTHUS).lines[0].px
    dx, dy = (way[1] - way[0]).tolist()
    assert math.degrees(math.atan2(dx, -dy)) == pytest.approx(7.0, abs=0.01)


def test_the_temple_point_is_where_the_two_lines_cross() -> None:
    guide = laid(face(), GuideKind.TEMPLE)
    left = max(guide.notes, key=lambda note: note.px[0])
    # nose tip (500, 1000) to pupil (620, 850) meets mid-point (500, 560) to lobe (800, 1050)
    rise, fall = -150 / 120, 490 / 300
    x = 440 / (fall - rise)
    assert left.px == pytest.approx((500 + x, 1000 + rise * x), abs=0.1)


def test_the_mirrored_half_of_an_even_line_is_the_line() -> None:
    (ghost,) = laid(face(), GuideKind.SYMMETRY).lines
    assert ghost.stroke is Stroke.GHOST
    there = {(round(x), round(y)) for x, y in ghost.px.tolist()}
    assert {(320, 580), (500, 560), (680, 580)} <= there
    moved = replace(face(), axes=(MirrorAxis(chart="front", at=(10.0, 0.0)),))
    (ghost,) = laid(moved, GuideKind.SYMMETRY).lines
    assert ghost.px[:, 0].max() == pytest.approx(760)


def test_the_band_is_that_of_sex_and_age_and_says_what_it_is() -> None:
    case = replace(face(), client=Client(sex=Sex.WOMAN, born=1990))
    guide = laid(case, GuideKind.BAND)
    notes = {note.key: note for note in guide.notes}
    assert notes["band"].values == ("52–65 mm", "women")
    assert notes["population"].values == ("58 ± 7 mm", "women")
    high = (800 - notes["band"].px[1]) * MM_PER_PX
    assert high == pytest.approx(65, abs=0.1)
    young = replace(case, client=Client(sex=Sex.MAN, born=2000))
    (note,) = [n for n in laid(young, GuideKind.BAND).notes if n.key == "band"]
    assert note.values == ("62–75 mm", "men under 30")


def test_the_grid_is_eight_centimetres_wide_and_high() -> None:
    guide = laid(face(), GuideKind.GRID)
    corners = sorted(note.px for note in guide.notes if note.key == "grid-corner")
    assert corners[0] == pytest.approx((500 - 320, 800 - 320), abs=0.5)
    assert corners[1] == pytest.approx((500 + 320, 800 - 320), abs=0.5)


def test_the_raised_brows_are_taken_from_the_photo_that_shows_them() -> None:
    case = face()
    raised = replace(
        case.photos[0],
        id="raised",
        view=View.BROWS_RAISED,
        landmarks=(
            Landmark(LandmarkKind.GLABELLA, (500.0, 900.0)),
            Landmark(LandmarkKind.BROW_WRINKLE, (500.0, 776.0)),
        ),
    )
    case = replace(case, photos=(*case.photos, raised))
    guide = laid(case, GuideKind.BROWS)
    assert guide.notes[0].values == ("31 ± 1 mm",)
    assert float(np.nanmean(guide.lines[0].px[:, 1])) == pytest.approx(800 - 124, abs=0.5)
    assert laid(face(), GuideKind.BROWS).missing == (LandmarkKind.BROW_WRINKLE,)


def test_from_ear_to_ear_is_the_upright_section_of_the_true_head() -> None:
    case, _ = practice_on_head()
    kinds = (LandmarkKind.TRAGUS_RIGHT, LandmarkKind.TRAGUS_LEFT)
    known = truth(View.FRONT)["landmarks"]
    ends = to_head(np.array([known[f"tragus_{side}"]["xyz_mm"] for side in "RL"]))
    photos = []
    for photo in case.photos:
        side = {View.RIGHT: 0, View.LEFT: 1}.get(photo.view)
        marks: tuple[Landmark, ...] = ()
        if side is not None:
            direction = ends[side] / np.linalg.norm(ends[side])
            px = skin_maps(case)[photo.id].to_photo(to_chart(direction[None]))[0]
            marks = (Landmark(kinds[side], (px[0], px[1])),)
        photos.append(replace(photo, landmarks=marks))
    case = replace(case, photos=tuple(photos))
    maps = skin_maps(case)
    top = next(photo for photo in case.photos if photo.view is View.TOP)
    (guide,) = guides(sitting(case, top, maps[top.id], maps), frozenset({GuideKind.EARS}))
    assert maps[top.id].chart == HEAD
    chart = maps[top.id].to_skin(guide.lines[0].px[np.isfinite(guide.lines[0].px[:, 0])])
    skin = maps[HEAD]
    assert isinstance(skin, HeadSkin)
    places = skin.relief.points(chart)
    # the section holds both ears' X within the tables' error
    between = np.interp(places[:, 1], ends[:, 1], ends[:, 0])
    assert np.abs(places[:, 0] - between).max() < 1.0
    told = float(guide.notes[0].values[0].split(" ")[0])
    assert 300 < told < 420
