"""How everything that is marked in a photo is drawn over it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from studio.editing.outlines import as_points
from studio.editing.overlay import Ink, Label, Line, Mark, Overlay, Shape, Spot
from studio.editing.tools.marks import Marks, figure
from studio.model.chart import Point
from studio.model.photo import LandmarkKind, Measurement, MeasurementKind, Photo
from studio.skin.measure import best
from studio.skin.skinmap import SkinMap

Target = MeasurementKind | LandmarkKind
"""What can be marked in a photo."""

Touched = tuple[Target, int]
"""A mark: of what, and which one of it."""

LETTER_PX = 6.6
"""Mean width in screen pixels of a letter of a label."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in chart units."""


@dataclass(frozen=True, slots=True)
class SurveyWords:
    """The words of the person's language: a target's name, what to click, a mark's figures."""

    name: Callable[[Target], str]
    prompts: Callable[[Target], tuple[str, ...]]
    detail: Callable[[Measurement], str]


@dataclass(frozen=True, slots=True)
class Marking:
    """What is being done: asked for, in hand, and the chart size of one screen pixel."""

    asked: Target | None
    touched: Touched | None
    px: float


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

    A landmark that has no room for its name beside it shows its number alone.
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
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    taken = [_label_box(label, marking.px) for label in labels]
    taken += [_box(at, -6.0, -6.0, 12.0, 12.0, marking.px) for at in places]
    for landmark, at in zip(landmarks, places, strict=True):
        touched = marking.touched == (landmark.kind, 0)
        shapes.append(Spot(at, Mark.SELECTED if touched else Mark.RING))
        number = str(landmark_number(landmark.kind))
        label = Label(at, f"{number} {words.name(landmark.kind)}")
        box = _label_box(label, marking.px)
        if not touched and any(_meet(box, other) for other in taken):
            label = Label(at, number)
        taken.append(_label_box(label, marking.px))
        shapes.append(label)
    return tuple(shapes)


def landmark_number(kind: LandmarkKind) -> int:
    """The number that stands for a landmark where its name has no room."""
    return list(LandmarkKind).index(kind) + 1


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


def _label_box(label: Label, px: float) -> Box:
    """About where a label will stand: right of its point, one or two lines."""
    letters = max(len(label.text), len(label.detail))
    return _box(label.at, 14.0, -12.0, LETTER_PX * letters, 32.0 if label.detail else 16.0, px)


def _box(at: Point, left: float, top: float, width: float, height: float, px: float) -> Box:
    x, y = at[0] + left * px, at[1] + top * px
    return x, y, x + width * px, y + height * px


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
