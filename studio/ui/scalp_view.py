"""The scalp map as one more photo: its page, drawn once for each fit."""

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from studio.imaging.pyramid import Pyramid, build
from studio.model.case import Case
from studio.model.chart import HEAD
from studio.model.head import Head
from studio.model.photo import Photo, Plane, View
from studio.render.horizon_layer import HORIZON, STEEP, STEEPER
from studio.skin.maps import skin_map

BARE = Plane(matrix=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), sigma=0.0)
"""What stands for the plane of the page, which has none."""


def scalp_photo(case: Case) -> Photo:
    """What stands for a photo while the scalp map is shown; ValueError without a fitted head.

    Its `sha256` names the page, and is another one after another fit.
    """
    if case.head is None:
        raise ValueError("without a fitted head there is no scalp map")
    return _photo(case.head, hash((case.axis(HEAD), tuple(p.landmarks for p in case.photos))))


@lru_cache(maxsize=4)
def _photo(head: Head, marks: int) -> Photo:
    from studio.skin.head.scalpmap import SIZE_PX  # noqa: PLC0415

    return Photo(
        id=HEAD,
        view=View.OTHER,
        sha256=f"scalp map {hash((head, marks))}",
        media="",
        width=SIZE_PX[0],
        height=SIZE_PX[1],
        plane=BARE,
    )


def draw_page(case: Case) -> Pyramid:
    """The page ready for the canvas. Takes most of a second: call it in the pool.

    Works out on the way what all photos of the head need to be shown and told at once.
    """
    from studio.render.pages.tapemap import laid_out  # noqa: PLC0415
    from studio.render.scalp_page import scalp_page  # noqa: PLC0415

    pyramid = build(scalp_page(case))
    laid = laid_out(case)
    laid.tape_map.address(laid.places.vertex)
    for photo in case.photos:
        skin = skin_map(case, photo)
        if skin.chart == HEAD:
            skin.to_skin(skin.to_photo(skin.focus))
            for degrees in (STEEP, STEEPER, HORIZON):
                skin.seen_within(degrees)
    return pyramid


def scalp_words() -> str:
    """The name of the scalp map on screen."""
    return QCoreApplication.translate("Names", "Scalp map")
