"""The committed practice photographs agree with the truth committed beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

PRACTICE = Path(__file__).resolve().parents[3] / "resources" / "practice"
VIEWS = ("front", "left", "right", "top", "back")
NAMES = {
    "glabella", "nasion", "pronasale", "subnasale", "menton", "vertex", "trichion",
    *(f"{name}_{side}" for side in "RL" for name in (
        "pupil", "exocanthion", "endocanthion", "tragus", "superaurale", "subaurale")),
}  # fmt: skip
CELL = 16


def told(view: str) -> dict[str, Any]:
    """The JSON of a view."""
    read: dict[str, Any] = json.loads((PRACTICE / f"{view}.json").read_text(encoding="utf-8"))
    return read


def project(camera: dict[str, Any], xyz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pixels of world points through the camera of the JSON."""
    turned = (np.atleast_2d(xyz) - camera["camera_centre_mm"]) @ np.array(
        camera["R_world_to_cam"]
    ).T
    at = turned @ np.array(camera["K"]).T
    return np.asarray(at[:, :2] / at[:, 2:])


@pytest.mark.parametrize("view", VIEWS)
def test_landmarks_project_to_their_pixels(view: str) -> None:
    camera = told(view)
    marks = camera["landmarks"]
    assert marks.keys() >= NAMES
    xyz = np.array([m["xyz_mm"] for m in marks.values()])
    px = np.array([m["px"] for m in marks.values()])
    assert np.abs(project(camera, xyz) - px).max() < 0.5


@pytest.mark.parametrize("view", VIEWS)
def test_camera_is_a_rotation_and_the_stated_lens(view: str) -> None:
    camera = told(view)
    turn = np.array(camera["R_world_to_cam"])
    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(turn) == pytest.approx(1)
    diagonal = np.hypot(camera["width"], camera["height"])
    equivalent = camera["K"][0][0] / diagonal * np.hypot(36, 24)
    assert equivalent == pytest.approx(camera["focal_35mm_equiv"], abs=0.01)


def test_face_direction_is_what_the_landmarks_show() -> None:
    where = {view: told(view)["landmarks"] for view in VIEWS}
    ahead = {
        v: np.subtract(m["pronasale"]["px"], m["opisthocranion"]["px"]) for v, m in where.items()
    }
    assert ahead["left"][0] < -900
    assert ahead["right"][0] > 900
    assert ahead["top"][1] > 900
    assert "left edge" in told("left")["face_direction"]
    assert "right edge" in told("right")["face_direction"]
    assert "bottom edge" in told("top")["face_direction"]
    assert where["front"]["pronasale"]["visible"]
    assert not where["back"]["pronasale"]["visible"]


@pytest.mark.parametrize("view", VIEWS)
def test_sticker_rim_is_a_20_mm_circle_on_the_skin(view: str) -> None:
    camera = told(view)
    sticker = camera["stickers"]["sticker_forehead"]
    rim = np.array(sticker["rim_xyz_mm"])
    centre = np.array(sticker["centre"]["xyz_mm"])
    chord = np.linalg.norm(rim - centre, axis=1)
    # on skin bent with radius b the way along it is longer than the chord by c³ / (24 b²)
    normal = np.linalg.svd(rim - rim.mean(axis=0))[2][2]
    sag = np.abs((centre - rim.mean(axis=0)) @ normal)
    bend = (chord**2 / (2 * sag)).mean()
    geodesic = chord + chord**3 / (24 * bend**2)
    np.testing.assert_allclose(2 * chord, 20.0, atol=0.15)
    np.testing.assert_allclose(2 * geodesic, 20.0, atol=0.15)
    assert np.abs(project(camera, rim) - sticker["rim_px"]).max() < 0.5


def test_sticker_is_painted_where_the_rim_says() -> None:
    camera = told("front")
    grey = np.asarray(Image.open(PRACTICE / "front.jpg").convert("L"), float)
    sticker = camera["stickers"]["sticker_forehead"]
    rim, centre = np.array(sticker["rim_px"]), np.array(sticker["centre"]["px"])
    rays = rim - centre
    for share, dark in ((1.07, False), (0.92, True), (0.70, False)):
        at = np.round(centre + share * rays).astype(int)
        seen = np.median(grey[at[:, 1], at[:, 0]])
        assert (seen < 90) == dark


@pytest.mark.parametrize("view", VIEWS)
def test_truth_area_follows_from_depth_and_incidence(view: str) -> None:
    # A pixel at angle a from the axis subtends cos³a / f²; at range z / cos a the skin it sees,
    # tilted by i, measures z² cos a / (f² cos i).
    camera = told(view)
    with np.load(PRACTICE / f"{view}_truth.npz") as truth:
        area, incidence, depth = (
            truth[k].astype(float) for k in ("mm2_per_px2", "incidence_deg", "depth_mm")
        )
    assert area.shape == (camera["height"] // CELL, camera["width"] // CELL)
    k = np.array(camera["K"])
    rows, columns = np.nonzero(np.isfinite(area) & (incidence < 70))
    pick = np.random.default_rng(7).choice(len(rows), 400, replace=False)
    i, j = rows[pick], columns[pick]
    u = (CELL * j + 7.5 - k[0, 2]) / k[0, 0]
    v = (CELL * i + 7.5 - k[1, 2]) / k[1, 1]
    cos_axis = 1 / np.sqrt(1 + u * u + v * v)
    z, tilt = depth[i, j], np.radians(incidence[i, j])
    expected = z * z * cos_axis / (k[0, 0] * k[1, 1] * np.cos(tilt))
    error = np.abs(area[i, j] / expected - 1)
    # the area was measured between neighbouring rays, so creases and edges differ
    assert np.median(error) < 0.005
    assert np.quantile(error, 0.9) < 0.03


def scalp_at(view: str, name: str) -> int:
    """The scalp mask's value where a landmark is seen."""
    mark = told(view)["landmarks"][name]
    assert mark["visible"]
    x, y = mark["px"]
    with np.load(PRACTICE / f"{view}_truth.npz") as truth:
        assert truth["scalp"].dtype == np.uint8
        return int(truth["scalp"][round(y) // CELL, round(x) // CELL])


def test_scalp_begins_above_the_hairline() -> None:
    assert scalp_at("top", "vertex") == 1
    assert scalp_at("back", "opisthocranion") == 1
    for name in ("glabella", "pronasale", "subnasale", "exocanthion_L"):
        assert scalp_at("front", name) == 0
    assert scalp_at("left", "tragus_L") == 0


def test_head_has_the_size_of_a_head() -> None:
    sizes = told("front")["true_sizes_mm"]
    marks = told("front")["landmarks"]
    assert sizes["head_breadth"] == pytest.approx(154, abs=1.5)
    assert sizes["head_length"] == pytest.approx(197, abs=1.5)
    assert sizes["circumference"] == pytest.approx(572, abs=3)
    apart = np.subtract(marks["pupil_R"]["xyz_mm"], marks["pupil_L"]["xyz_mm"])
    assert np.linalg.norm(apart) == pytest.approx(sizes["ipd"], abs=0.02)


@pytest.mark.parametrize("view", VIEWS)
def test_pictures_are_jpeg_of_the_stated_size_with_little_metadata(view: str) -> None:
    with Image.open(PRACTICE / f"{view}.jpg") as picture:
        assert picture.format == "JPEG"
        assert picture.size == (2400, 3200)
        exif = picture.getexif()
        assert set(exif) == {0x8769}
        assert exif.get_ifd(0x8769) == {0x9003: "2026:01:15 10:00:00", 0xA405: 85}


def test_everything_together_is_under_6_mb() -> None:
    assert sum(p.stat().st_size for p in PRACTICE.iterdir()) < 6_000_000
