"""Which skin map a photo of a case has: its camera on the fitted head, or its own plane."""

from functools import lru_cache

from studio.model.case import Case
from studio.model.chart import HEAD, ChartId
from studio.model.head import Head
from studio.model.ids import Id
from studio.model.photo import Photo, Plane
from studio.skin.plane import PlaneMap
from studio.skin.skinmap import SkinMap


def skin_map(case: Case, photo: Photo) -> SkinMap:
    """The skin map of one of the case's photos; the same object while nothing changed."""
    if case.head is not None and case.head.camera(photo.id) is not None:
        from studio.skin.head.stored import head_map  # noqa: PLC0415

        return head_map(case.head, photo.id)
    return _plane_map(photo.id, photo.plane)


def skin_maps(case: Case) -> dict[ChartId, SkinMap]:
    """The skin map of every photo by its id, and under `HEAD` that of the whole scalp.

    So everything drawn finds the map of its chart: a photo's own plane has the photo's id.
    """
    maps: dict[ChartId, SkinMap] = {p.id: skin_map(case, p) for p in case.photos}
    if case.head is not None:
        maps[HEAD] = scalp_map(case.head)
    return maps


@lru_cache(maxsize=64)
def _plane_map(photo: Id, plane: Plane) -> PlaneMap:
    return PlaneMap(photo, plane)


@lru_cache(maxsize=4)
def scalp_map(head: Head) -> SkinMap:
    """The whole scalp as a view of its own."""
    from studio.skin.head.stored import scalp_map_of  # noqa: PLC0415

    return scalp_map_of(head)
