"""The turntable's picture: the surface is where it is, and so is what lies on it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QImage
from shapely import Polygon

from studio.model.arrays import FloatArray
from studio.model.case import Case, empty_case
from studio.model.chart import HEAD, Ring
from studio.model.curve import Curve, Node
from studio.model.head import Head, HeadCamera
from studio.model.photo import Landmark, LandmarkKind, Photo, Plane, View
from studio.model.zone import Zone
from studio.render.orbit import BACK, FRONT, LEFT, RIGHT, TOP, Orbit, Stand
from studio.render.turned import Turned
from studio.render.turned_design import heights_of, pigment_of, placed
from studio.render.turntable import Shown, Turntable
from studio.skin.head.chart import to_chart
from studio.skin.head.relief import Relief
from studio.skin.head.surface import Surface
from tests.unit.skin.head.heads import ball, directions, head, views

pytestmark = pytest.mark.usefixtures("qapp")

SIDES = (FRONT, LEFT, RIGHT, TOP, BACK, Orbit(turn=40, rise=30), Orbit(turn=-130, rise=10))
GROUND = "#262626"


def on_head(surface: Surface, ring: Ring = (), seen: tuple[str, ...] = ("front",)) -> Case:
    """A case with a head that these views saw, and perhaps a zone on it."""
    cameras = tuple(
        HeadCamera(
            photo=name,
            rotation=tuple(views()[name].rotation.ravel().tolist()),
            translation=tuple(views()[name].translation.tolist()),
            focal=views()[name].focal_px,
            centre=views()[name].centre,
        )
        for name in seen
    )
    photos = tuple(
        Photo(
            id=name,
            view=View(name),
            sha256="0" * 64,
            media="image/jpeg",
            width=3000,
            height=4000,
            plane=Plane(matrix=(1, 0, 0, 0, 1, 0, 0, 0, 1), sigma=math.inf),
        )
        for name in seen
    )
    fitted = Head(coefficients=tuple(surface.coefficients.tolist()), cameras=cameras, size_se=0.01)
    case = replace(empty_case("case", "a"), head=fitted, photos=photos)
    if not ring:
        return case
    zone = Zone(id="z", letter="A", name="", chart=HEAD, outline=ring, density=150.0, feather=0.0)
    return replace(case, variants=(replace(case.variant, zones=(zone,)),))


def codes(image: QImage) -> FloatArray:
    """Red green blue (h, w, 3)."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), -1, 4)
    return raw[:, : rgb.width(), 2::-1].astype(np.float64)


def picture(case: Case, orbit: Orbit, shown: Shown, pitch: int = 1) -> FloatArray:
    table = Turntable(str)
    table.follow(case)
    return codes(table.picture(orbit, (400, 400), shown, GROUND, pitch))


BARE = Shown(dots=False, design=False)


@pytest.mark.parametrize("pitch", [1, 2])
@pytest.mark.parametrize("orbit", SIDES)
def test_every_pixel_lies_on_the_surface(orbit: Orbit, pitch: int) -> None:
    surface = head(3)
    seen = Turned(surface).seen(Stand(orbit, 400, 400), pitch)
    whole = seen.cover > 0.99
    assert whole.sum() > 0.1 * 400**2 / pitch**2
    xyz = seen.xyz[:, whole].T.astype(np.float64)
    off = np.abs(surface.distance(xyz))
    assert np.median(off) < 0.01
    assert np.quantile(off, 0.99) < 0.15
    u = xyz / np.linalg.norm(xyz, axis=1, keepdims=True)
    straight = (surface.normals(u) * seen.normal[:, whole].T).sum(axis=1)
    assert np.quantile(straight, 0.01) > math.cos(math.radians(1))


def test_a_ball_has_a_round_outline_of_its_own_size() -> None:
    stand = Stand(Orbit(rise=40), 500, 500)
    seen = Turned(ball(90.0)).seen(stand, 1)
    px, _ = stand.project(np.zeros((1, 3)))
    y, x = np.indices((500, 500))
    inside = np.hypot(x + 0.5 - px[0, 0], y + 0.5 - px[0, 1]) < 90 * stand.px_per_mm
    upper = y < px[0, 1]
    cover = seen.spread(seen.cover)
    assert cover[upper].sum() == pytest.approx(inside[upper].sum(), rel=0.002)


@pytest.mark.parametrize("orbit", SIDES)
def test_what_is_in_sight_is_drawn_where_it_lies(orbit: Orbit) -> None:
    """Compared with walking along the line of sight on the exact surface."""
    surface = head(2)
    relief = Relief(surface)
    stand = Stand(orbit, 400, 400)
    heights = heights_of(Turned(surface).seen(stand, 1))
    u = directions(400, 5)
    u = u[u[:, 2] > -0.3]
    spots = placed(relief, to_chart(u))
    px, _, shown = spots.shown(stand, heights)
    towards = orbit.axes[2]
    walk = spots.xyz[:, None, :] + towards * np.linspace(3, 250, 200)[:, None]
    hidden = (surface.implicit(walk.reshape(-1, 3)).reshape(len(u), -1) < 0).any(axis=1)
    facing = surface.normals(u) @ towards
    clear = np.abs(facing) > 0.2
    assert (shown == (~hidden & (facing > 0)))[clear].mean() > 0.99
    held = shown & (facing > 0.5)
    seen_there = heights[px[held, 1].astype(int), px[held, 0].astype(int)]
    assert np.abs(seen_there - (spots.xyz @ towards)[held]).max() < 1.5


def test_left_is_left_and_up_is_up() -> None:
    stand = Stand(FRONT, 400, 400)
    (left, up, ahead), _ = stand.project(
        np.array([(0.0, 70.0, 0.0), (0.0, 0.0, 90.0), (90.0, 0.0, 0.0)])
    )
    assert left[0] > ahead[0] + 50
    assert up[1] < ahead[1] - 50
    face_down, _ = Stand(TOP, 400, 400).project(np.array([(90.0, 0.0, 0.0)]))
    assert face_down[0, 1] > 250


def test_zooming_keeps_the_place_under_the_pointer() -> None:
    stand = Stand(Orbit(turn=20, shift=(5.0, 8.0)), 400, 300)
    spot = np.array([(60.0, 40.0, 50.0)])
    px, _ = stand.project(spot)
    closer = stand.orbit.zoomed(3.0, stand.mm((px[0, 0], px[0, 1])))
    again, _ = replace(stand, orbit=closer).project(spot)
    assert again == pytest.approx(px)
    assert closer.zoom == 3.0


def test_dots_keep_their_number_and_lie_in_their_zone() -> None:
    ring = ((-30.0, 90.0), (30.0, 90.0), (30.0, 140.0), (-30.0, 140.0))
    case = on_head(head(1), ring)
    relief = Relief(head(1))
    pigment = pigment_of(case, relief)
    assert pigment is not None
    area = relief.area(Polygon(ring)) / 100
    assert len(pigment.width) == pytest.approx(150 * area, rel=0.03)
    plain, dotted = (picture(case, FRONT, replace(BARE, dots=dots)) for dots in (False, True))
    stand = Stand(FRONT, 400, 400)
    corners, _ = stand.project(relief.points(np.array(ring)))
    y, x = np.nonzero((plain - dotted).sum(axis=2)[:350] > 6)
    assert len(x) > 100
    low, high = corners.min(axis=0) - 6, corners.max(axis=0) + 6
    assert ((x > low[0]) & (x < high[0]) & (y > low[1]) & (y < high[1])).all()


def test_what_no_photo_saw_is_grey() -> None:
    case = on_head(head(1), seen=("front", "top"))
    face, nape = (picture(case, orbit, BARE)[250, 200] for orbit in (FRONT, BACK))
    assert face[0] - face[2] > 20
    assert abs(nape[0] - nape[2]) < 6
    everywhere = picture(on_head(head(1), seen=tuple(views())), BACK, BARE)[250, 200]
    assert everywhere[0] - everywhere[2] > 20


def test_words_stand_on_pictures_with_dots() -> None:
    ring = ((-30.0, 90.0), (30.0, 90.0), (30.0, 140.0), (-30.0, 140.0))
    case = on_head(head(1), ring, tuple(views()))
    corner = (slice(360, 400), slice(0, 200))
    assert picture(case, FRONT, replace(BARE, dots=True))[corner].max() > 240
    assert picture(case, FRONT, BARE)[corner].max() < 60


def test_landmarks_stand_where_they_were_marked() -> None:
    case = on_head(head(1), seen=("front", "left"))
    ear = np.array([(0.0, 75.0, -30.0)]) / 80
    ear = head(1).points(ear / np.linalg.norm(ear))
    (x, y), _ = (part[0].tolist() for part in views()["left"].project(ear))
    left = replace(case.photos[1], landmarks=(Landmark(LandmarkKind.TRAGUS_LEFT, (x, y)),))
    marked = replace(case, photos=(case.photos[0], left))
    changed = np.abs(
        picture(marked, LEFT, replace(BARE, design=True)) - picture(marked, LEFT, BARE)
    ).sum(axis=2)
    at, _ = Stand(LEFT, 400, 400).project(ear)
    row, column = np.nonzero(changed > 60)
    assert np.hypot(column + 0.5 - at[0, 0], row + 0.5 - at[0, 1]).min() < 5
    behind = picture(marked, RIGHT, replace(BARE, design=True)) - picture(marked, RIGHT, BARE)
    assert np.abs(behind).max() == 0


def test_coarse_and_fine_pictures_agree() -> None:
    case = on_head(head(4))
    fine, coarse = (picture(case, Orbit(turn=30, rise=20), BARE, pitch) for pitch in (1, 2))
    assert np.abs(fine - coarse).mean() < 1.0


def test_it_follows_what_is_drawn_and_nothing_else() -> None:
    case = on_head(head(1))
    table = Turntable(str)
    assert table.follow(case)
    assert not table.follow(replace(case, notes="said"))
    curve = Curve(id="c", name="", chart=HEAD, nodes=(Node((-40.0, 120.0)), Node((40.0, 120.0))))
    drawn = replace(case, variants=(replace(case.variant, curves=(curve,)),))
    before = codes(table.picture(FRONT, (300, 300), Shown(), GROUND))
    assert table.follow(drawn)
    assert np.abs(codes(table.picture(FRONT, (300, 300), Shown(), GROUND)) - before).max() > 60
    assert table.follow(replace(case, head=None))
    assert not table.ready
    assert np.ptp(codes(table.picture(FRONT, (300, 300), Shown(), GROUND))) == 0
