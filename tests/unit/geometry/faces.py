"""Faces to grow hairlines on: as a front photo shows them, and along the skin."""

from studio.geometry.hairline_places import HalfPlaces, Places


def even_face(*, taped: bool = False) -> Places:
    """The same on both sides."""
    half = (
        HalfPlaces(
            canthus=(54.0, -20.0), plumb=((52.0, 60.0), (55.0, 100.0)), sideburn=(108.0, -5.0)
        )
        if taped
        else HalfPlaces(canthus=(48.0, -20.0), plumb=((48.0, 0.0),), sideburn=(66.0, 0.0))
    )
    return Places(right=half, left=half)
