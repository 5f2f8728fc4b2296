"""Which skin map each photo of a case has."""

from functools import lru_cache

from studio.model.case import Case
from studio.model.chart import ChartId
from studio.model.ids import Id
from studio.model.photo import Photo, Plane
from studio.skin.plane import PlaneMap
from studio.skin.skinmap import SkinMap


def skin_map(_case: Case, photo: Photo) -> SkinMap:
    """The skin map of one of the case's photos; the same object while nothing changed."""
    return _plane_map(photo.id, photo.plane)


def skin_maps(case: Case) -> dict[ChartId, SkinMap]:
    """The skin map of every photo by its id, which is the chart of its plane."""
    return {photo.id: skin_map(case, photo) for photo in case.photos}


@lru_cache(maxsize=64)
def _plane_map(photo: Id, plane: Plane) -> PlaneMap:
    return PlaneMap(photo, plane)
