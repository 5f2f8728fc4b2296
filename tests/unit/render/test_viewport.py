import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.render.viewport import FIT_MARGIN, KEPT, LARGEST, Viewport

VIEW = Viewport(800.0, 600.0, (3000, 2000), ratio=1.25)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["zoom", "pan", "flip", "fit", "size"]),
        st.floats(-900, 900),
        st.floats(-700, 700),
    ),
    max_size=8,
)


def walked(steps: list[tuple[str, float, float]]) -> Viewport:
    view = VIEW.fitted()
    for kind, x, y in steps:
        match kind:
            case "zoom":
                view = view.zoomed(1.5 if x > 0 else 0.6, (abs(x) % 800, abs(y) % 600))
            case "pan":
                view = view.panned(x, y)
            case "flip":
                view = view.flipped(not view.mirror)
            case "size":
                view = view.resized(400 + abs(x), 300 + abs(y), 1.0 if x < 0 else 1.5)
            case _:
                view = view.fitted()
    return view


@given(STEPS, st.floats(0, 3000), st.floats(0, 2000))
def test_there_and_back_is_the_same_photo_pixel(
    steps: list[tuple[str, float, float]], x: float, y: float
) -> None:
    view = walked(steps)
    back = view.to_photo(view.to_view(np.array([(x, y)])))
    assert back == pytest.approx(np.array([(x, y)]), abs=1e-6)


@given(STEPS)
def test_some_of_the_photo_stays_in_reach_and_offsets_are_whole_pixels(
    steps: list[tuple[str, float, float]],
) -> None:
    view = walked(steps)
    left, top, right, bottom = view.view_box((0, 0, 3000, 2000))
    kept = min(KEPT, right - left) - 1, min(KEPT, bottom - top) - 1
    assert min(right, view.width) - max(left, 0) >= kept[0]
    assert min(bottom, view.height) - max(top, 0) >= kept[1]
    for place in view.offset:
        assert place * view.ratio == pytest.approx(round(place * view.ratio), abs=1e-6)


def test_zoom_keeps_what_is_under_the_pointer() -> None:
    view = VIEW.fitted()
    for factor in (1.3, 1.3, 2.0, 0.7):
        at = (310.0, 222.0)
        under = view.to_photo(np.array([at]))
        view = view.zoomed(factor, at)
        moved = view.to_view(under)[0] - at
        assert np.abs(moved).max() <= 0.5 / view.ratio + 1e-9


def test_fit_shows_the_whole_photo_in_the_middle() -> None:
    left, top, right, bottom = VIEW.fitted().view_box((0, 0, 3000, 2000))
    assert left == pytest.approx(FIT_MARGIN, abs=1)
    assert right == pytest.approx(800 - FIT_MARGIN, abs=1)
    assert top + bottom == pytest.approx(600, abs=2)
    assert (bottom - top) / (right - left) == pytest.approx(2 / 3)


def test_mirror_swaps_left_and_right_of_what_is_seen() -> None:
    view = VIEW.fitted().zoomed(3, (200, 100))
    points = np.array([(700.0, 400.0), (900.0, 500.0)])
    plain, mirrored = view.to_view(points), view.flipped(mirror=True).to_view(points)
    assert mirrored[:, 0] == pytest.approx(800 - plain[:, 0], abs=1)
    assert mirrored[:, 1] == pytest.approx(plain[:, 1])


def test_scale_ends_at_both_limits() -> None:
    view = VIEW.fitted()
    assert view.zoomed(1e9, view.centre).scale * view.ratio == pytest.approx(LARGEST)
    assert view.zoomed(1e-9, view.centre).scale == pytest.approx(view.smallest)


def test_photo_box_is_what_the_view_box_shows() -> None:
    view = VIEW.fitted().flipped(mirror=True)
    box = (100.0, 200.0, 700.0, 900.0)
    assert view.photo_box(view.view_box(box)) == pytest.approx(box)
