"""A front photo with marks, and a hairline grown on it."""

from dataclasses import replace

from studio.editing.edits.hairline import HairlineIds, grow_hairline
from studio.model.case import Case, Client, Sex
from studio.model.hairline import Fringe, Recipe
from studio.model.photo import Landmark, LandmarkKind
from tests.unit.editing.hands import case_with, photo

RECIPE, FRINGE = Recipe(height=70.0), Fringe()
IDS = HairlineIds("h", "t", "s")
FACE = (
    (LandmarkKind.GLABELLA, 0.0, 0.0),
    (LandmarkKind.PUPIL_RIGHT, -32.0, 24.0),
    (LandmarkKind.PUPIL_LEFT, 32.0, 24.0),
    (LandmarkKind.CANTHUS_RIGHT, -48.0, 22.0),
    (LandmarkKind.CANTHUS_LEFT, 48.0, 22.0),
    (LandmarkKind.TRAGUS_RIGHT, -73.0, 40.0),
    (LandmarkKind.TRAGUS_LEFT, 73.0, 40.0),
)
"""Marks in mm right of and below the glabella."""


def face_case(*more: tuple[LandmarkKind, float, float]) -> Case:
    """A man of 30 whose face is the same on both sides."""
    marks = tuple(
        Landmark(kind, (800 + x / 0.125, 1200 + y / 0.125)) for kind, x, y in (*FACE, *more)
    )
    case = replace(case_with(), photos=(replace(photo(), landmarks=marks, sha256="0" * 64),))
    return replace(case, client=Client(sex=Sex.MAN, born=1996))


def with_hairline(
    recipe: Recipe = RECIPE,
    fringe: Fringe = FRINGE,
) -> Case:
    """The face with a grown hairline."""
    return grow_hairline(face_case(), "p", recipe, fringe, IDS)
