"""Areas and places on the test photographs, whose head and cameras are known."""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.model.arrays import FloatArray
from studio.skin.head.camera import Camera
from studio.skin.head.chart import to_chart
from studio.skin.head.harmonics import harmonics
from studio.skin.head.headmap import HeadMap
from studio.skin.head.prior import load_prior
from studio.skin.head.relief import Relief
from studio.skin.head.surface import Surface
from tests.unit.skin.head.heads import one_percent

PHOTOS = Path(__file__).parents[5] / "shared" / "photos"
VIEWS = ("front", "left", "right", "top", "back")
ROUGH = 0.004
"""What a surface of degree 8 leaves of the head's logarithmic radius."""

pytestmark = pytest.mark.skipif(not PHOTOS.is_dir(), reason="needs the shared photographs")


@cache
def about(view: str) -> dict[str, Any]:
    """The truth beside a photo."""
    text = (PHOTOS / "bald_light" / f"{view}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def mark(name: str) -> FloatArray:
    """A landmark in the photographs' own frame, mm."""
    for view in VIEWS:
        if name in about(view)["landmarks"]:
            return np.array(about(view)["landmarks"][name]["xyz_mm"])
    raise KeyError(name)


@cache
def frame() -> tuple[FloatArray, FloatArray]:
    """Turn (3, 3) from the photographs' frame to the head's, and the head's origin."""
    ears = (mark("tragus_R") + mark("tragus_L")) / 2
    eyes = (mark("exocanthion_R") + mark("exocanthion_L")) / 2 - ears
    lean = math.atan2(eyes[1], eyes[2]) - math.radians(19)
    ahead = np.array([0.0, math.sin(lean), math.cos(lean)])
    up = np.array([0.0, math.cos(lean), -math.sin(lean)])
    return np.stack([ahead, np.array([1.0, 0.0, 0.0]), up]), ears + 45 * up - 15 * ahead


def camera(view: str) -> Camera:
    """The true camera, for pixels of the 3000 x 4000 picture."""
    turn, origin = frame()
    inner = np.array(about(view)["K"])
    rotation = np.array(about(view)["R_world_to_cam"]) @ turn.T
    place = turn @ (np.array(about(view)["camera_centre_mm"]) - origin)
    middle = (float(inner[0, 2]) * 2 + 0.5, float(inner[1, 2]) * 2 + 0.5)
    return Camera(rotation, -rotation @ place, float(inner[0, 0]) * 2, middle)


@cache
def scalp(view: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Pixels (n, 2) of the scalp, where they lie (n, 3), and the skin in mm2 each shows (n,)."""
    with np.load(PHOTOS / "truth" / f"{view}_q8.npz") as truth:
        row, column = np.nonzero((truth["scalp"] > 0) & (truth["depth_mm"] > 0))
        px = np.stack([column, row], axis=1).astype(np.float64)
        px *= float(truth["step_in_12MP_px"])
        depth = truth["depth_mm"][row, column].astype(np.float64)
        area = truth["area_mm2_per_px2_12MP"][row, column].astype(np.float64)
    origin, rays = camera(view).rays(px)
    return px, origin + depth[:, None] * rays, area


@cache
def true_head() -> Relief:
    """The surface closest to the head that the photographs show."""
    places = np.concatenate([scalp(view)[1][::9] for view in VIEWS])
    r = np.linalg.norm(places, axis=1)
    terms, prior = harmonics(places / r[:, None]), load_prior()
    left = terms.T @ terms / ROUGH**2 + np.linalg.inv(prior.covariance)
    right = terms.T @ np.log(r) / ROUGH**2 + np.linalg.solve(prior.covariance, prior.mean)
    return Relief(Surface(np.linalg.solve(left, right)))


@pytest.mark.parametrize("view", VIEWS)
def test_the_skin_in_every_pixel_is_that_of_the_photograph(view: str) -> None:
    skin = HeadMap(relief=true_head(), errors=one_percent, camera=camera(view))
    px, _, area = scalp(view)
    chart = skin.to_skin(px)
    assert np.isfinite(chart[:, 0]).mean() > 0.99
    flat = np.isfinite(chart[:, 0]) & (skin.incidence(chart) < 60) & (area > 0)
    found = skin.area_scale(chart[flat]) / skin.px_per_unit(chart[flat]) ** 2
    assert found.sum() == pytest.approx(area[flat].sum(), rel=0.01)
    assert np.median(np.abs(found / area[flat] - 1)) < 0.02


@pytest.mark.parametrize("view", VIEWS)
def test_a_place_lies_where_the_photograph_shows_it(view: str) -> None:
    skin = HeadMap(relief=true_head(), errors=one_percent, camera=camera(view))
    px, places, _ = scalp(view)
    chart = to_chart(places / np.linalg.norm(places, axis=1)[:, None])
    flat = skin.incidence(chart) < 60
    away = np.hypot(*(skin.to_photo(chart[flat]) - px[flat]).T)
    assert np.median(away) * 1200 / skin.camera.focal_px < 0.5


def test_the_chart_puts_the_clients_left_and_right_where_they_are() -> None:
    turn, origin = frame()
    for name, sign in (("temple_L", 1), ("temple_R", -1)):
        place = turn @ (mark(name) - origin)
        x, y = to_chart(place[None] / np.linalg.norm(place))[0]
        assert x * sign > 150
        assert y > 100
