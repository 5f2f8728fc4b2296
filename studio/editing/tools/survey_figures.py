"""How everything that is marked in a photo is drawn over it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Shape, Spot
from studio.editing.tools.marks import Marks, figure
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind, Photo
from studio.skin.measure import best
from studio.skin.skinmap import SkinMap

Target = MeasurementKind | LandmarkKind
"""What can be marked in a photo."""

Touched = tuple[Target, int]
"""A mark: of what, and which one of it."""


@dataclass(frozen=True, slots=True)
class SurveyWords:
    """The words of the person's language: a target's name, what to click, a mark's figures.

    `number` stands for a landmark of a photo where its name has no room.
    """

    name: Callable[[Target], str]
    prompts: Callable[[Target], tuple[str, ...]]
    detail: Callable[[Measurement], str]
    number: Callable[[Photo, LandmarkKind], int]


@dataclass(frozen=True, slots=True)
class Marking:
    """What is being done: asked for and in hand."""

    asked: Target | None
    touched: Touched | None


def points_of(photo: Photo) -> dict[Target, Marks]:
    """Everything marked in a photo, in photo pixels."""
    marks: dict[Target, Marks] = {m.kind: m.points for m in photo.measurements}
    marks.update({mark.kind: (mark.at,) for mark in photo.landmarks})
    return marks


def survey_overlay(
    photo: Photo,
    skin: SkinMap,
    words: SurveyWords,
    marking: Marking,
) -> Overlay:
    """Figures, marks and names; what is asked for is left out, since it is marked anew.

    A landmark that has no room for its name shows its number alone, unless it is in hand.
    """
    source = best(photo.measurements, photo.scale_from)
    shapes: list[Shape] = []
    for measurement in photo.measurements:
        if measurement.kind is not marking.asked:
            ink = Ink.CURVE if measurement is source else Ink.MEASURE
            shapes += _figure(measurement, skin, words, ink, marking.touched)
    landmarks = [mark for mark in photo.landmarks if mark.kind is not marking.asked]
    if not landmarks:
        return tuple(shapes)
    places = as_points(skin.to_skin(np.array([mark.at for mark in landmarks])))
    for landmark, at in zip(landmarks, places, strict=True):
        touched = marking.touched == (landmark.kind, 0)
        shapes.append(Spot(at, Mark.SELECTED if touched else Mark.RING))
        number = str(words.number(photo, landmark.kind))
        name = f"{number} {words.name(landmark.kind)}"
        shapes.append(Label(at, name, short="" if touched else number))
    return tuple(shapes)


def _figure(
    measurement: Measurement,
    skin: SkinMap,
    words: SurveyWords,
    ink: Ink,
    touched: Touched | None,
) -> list[Shape]:
    kind = measurement.kind
    line = figure(kind, measurement.points)
    shapes: list[Shape] = [Line(as_points(skin.to_skin(line)), ink)]
    for i, at in enumerate(as_points(skin.to_skin(np.array(measurement.points)))):
        middle = kind is MeasurementKind.STICKER and i == 0
        plain = Mark.CROSS if middle else Mark.CORNER
        shapes.append(Spot(at, Mark.SELECTED if touched == (kind, i) else plain))
    right = as_points(skin.to_skin(line[np.argmax(line[:, 0])][None]))[0]
    shapes.append(Label(right, words.name(kind), words.detail(measurement)))
    return shapes
