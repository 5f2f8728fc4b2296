"""The practice head joined from clicks and outlines, against the truth beside its pictures."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from studio.imaging.intake import decode
from studio.imaging.outline import find_outline
from studio.model.case import Case
from studio.model.chart import Point
from studio.model.head import Tape
from studio.model.photo import Landmark, LandmarkKind, Photo, View
from studio.model.refusal import Refusal
from studio.model.resources import resource
from studio.skin.head.joining import NAMES, Joined, expected, join
from studio.skin.head.stored import head_map
from tests.planes_of_practice import practice_on_planes

CLICK_PX = 3.0
TAPE_MM = 569.4
"""Circumference of the mannequin as built (its README)."""


@cache
def inputs() -> Case:
    """The practice photos with landmarks clicked about where they are, and outlines found."""
    case, stored = practice_on_planes()
    rng = np.random.default_rng(5)
    photos = []
    for photo in case.photos:
        marks = tuple(_clicked(photo, rng))
        found = find_outline(
            decode(stored[photo.sha256]), photo.view, {m.kind: m.at for m in marks}
        )
        assert found is not None
        outline = tuple((x, y) for x, y in found.tolist())
        photos.append(replace(photo, landmarks=marks, outline=outline))
    return replace(case, photos=tuple(photos), tape=Tape(TAPE_MM))


@cache
def joined() -> Joined:
    return join(inputs())


def _clicked(photo: Photo, rng: np.random.Generator) -> list[Landmark]:
    truth = json.loads(resource(f"practice/{photo.view.value}.json").read_text(encoding="utf-8"))
    found = truth["landmarks"]
    return [
        Landmark(kind, _near(found[name]["px"], rng))
        for kind, name in NAMES.items()
        if name in found and found[name]["visible"]
    ]


def _near(px: list[float], rng: np.random.Generator) -> Point:
    x, y = np.array(px) + 0.5 + rng.normal(0, CLICK_PX, 2)
    return (float(x), float(y))


def photo(case: Case, view: View) -> Photo:
    return next(p for p in case.photos if p.view is view)


@pytest.mark.parametrize("view", [View.FRONT, View.LEFT, View.RIGHT, View.TOP])
def test_area_per_pixel_is_that_of_the_mannequin(view: View) -> None:
    truth = np.load(resource(f"practice/{view.value}_truth.npz"))
    seen = (truth["scalp"] > 0) & (truth["incidence_deg"] < 60)
    row, column = np.nonzero(seen)
    skin = head_map(joined().head, photo(inputs(), view).id)
    chart = skin.to_skin(np.stack([16 * column + 8.0, 16 * row + 8.0], axis=1))
    on = np.isfinite(chart[:, 0])
    assert on.mean() > 0.98
    area = skin.area_scale(chart[on]) / skin.px_per_unit(chart[on]) ** 2
    off = area / truth["mm2_per_px2"][seen][on].astype(float) - 1
    assert np.median(np.abs(off)) < 0.04


def test_nothing_is_said_of_good_marks_and_all_views_are_joined() -> None:
    assert joined().worst == ""
    assert joined().left_out == ()
    assert len(joined().head.cameras) == 5
    assert joined().head.scale_se < 0.02


def test_a_wrong_click_is_named() -> None:
    case = inputs()
    front = photo(case, View.FRONT)
    moved = tuple(
        replace(m, at=(m.at[0] + 20, m.at[1] + 150)) if m.kind is LandmarkKind.TRAGUS_RIGHT else m
        for m in front.landmarks
    )
    photos = tuple(replace(front, landmarks=moved) if p is front else p for p in case.photos)
    found = join(replace(case, photos=photos))
    assert any("right tragus" in words.lower() for words in (found.worst, *found.warnings))


def test_a_wrong_piece_of_outline_is_named() -> None:
    case = inputs()
    left = photo(case, View.LEFT)
    (x, y), *rest = left.outline
    photos = tuple(
        replace(left, outline=((x, y - 150), *rest)) if p is left else p for p in case.photos
    )
    assert join(replace(case, photos=photos)).worst.startswith("The outline in the left photo")


def test_one_photo_is_refused_in_words() -> None:
    case = inputs()
    with pytest.raises(Refusal, match="One photo alone"):
        join(replace(case, photos=(photo(case, View.FRONT),)))


def test_without_a_length_the_head_has_no_scale() -> None:
    case = inputs()
    bare = tuple(replace(p, measurements=()) for p in case.photos)
    found = join(replace(case, photos=bare, tape=None))
    assert found.head.size_se is None
    assert not head_map(found.head, case.photos[0].id).scaled


def test_a_landmark_is_expected_near_where_it_is() -> None:
    case = inputs()
    left = photo(case, View.LEFT)
    tragus = next(m.at for m in left.landmarks if m.kind is LandmarkKind.TRAGUS_LEFT)
    guess = expected(joined().head, left.id, LandmarkKind.TRAGUS_LEFT)
    assert guess is not None
    assert np.hypot(guess[0] - tragus[0], guess[1] - tragus[1]) < 120
