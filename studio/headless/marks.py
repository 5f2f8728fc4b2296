"""Measurements and landmarks typed as text: `front:812,640,1190,655,50`."""

from pathlib import Path

from studio.model.chart import Point
from studio.model.photo import Landmark, LandmarkKind, Measurement, MeasurementKind, View
from studio.model.refusal import Refusal
from studio.skin.references import hand_error, references

FORMS = {
    MeasurementKind.RULER: "VIEW:X1,Y1,X2,Y2,MM",
    MeasurementKind.CARD: "VIEW:X1,Y1,X2,Y2,X3,Y3,X4,Y4",
    MeasurementKind.IRIS: "VIEW:X1,Y1,X2,Y2",
    MeasurementKind.OWN_IPD: "VIEW:X1,Y1,X2,Y2,MM",
    MeasurementKind.MEAN_IPD: "VIEW:X1,Y1,X2,Y2",
}
"""How each kind is typed: photo pixels from the top left corner, then its size if asked."""

LANDMARK_FORM = "VIEW:NAME,X,Y"
PHOTO_FORM = "VIEW=FILE"


def photo_file(text: str) -> tuple[View, Path]:
    """The view and the file of `front=IMG_1.jpg`. Raises Refusal, saying the form."""
    name, equals, file = text.partition("=")
    if not equals or not file:
        raise Refusal(f"“{text}” does not have the form {PHOTO_FORM}.")
    return view_named(name), Path(file)


def measurement(kind: MeasurementKind, text: str) -> tuple[View, Measurement]:
    """The view and the measurement that a text means. Raises Refusal, saying the form."""
    form = FORMS[kind]
    view, rest = _view(text, form)
    numbers = _numbers(rest.split(","), form)
    if len(numbers) != form.count(",") + 1:
        raise Refusal(f"“{text}” does not have the form {form}.")
    sized = form.endswith("MM")
    marks = numbers[:-1] if sized else numbers
    reference = references()[kind]
    return view, Measurement(
        kind=kind,
        points=_points(marks),
        size_mm=numbers[-1] if sized else reference.size_mm,
        size_se=reference.size_se,
        click_se=hand_error(1.0),
    )


def landmark(text: str) -> tuple[View, Landmark]:
    """The view and the landmark that a text means. Raises Refusal, saying the form."""
    view, rest = _view(text, LANDMARK_FORM)
    name, *rest_numbers = rest.split(",")
    numbers = _numbers(rest_numbers, LANDMARK_FORM)
    if len(numbers) != 2:
        raise Refusal(f"“{text}” does not have the form {LANDMARK_FORM}.")
    if name not in set(LandmarkKind):
        raise Refusal(f"There is no landmark “{name}”. Choose from: {', '.join(LandmarkKind)}.")
    return view, Landmark(LandmarkKind(name), (numbers[0], numbers[1]))


def view_named(name: str) -> View:
    """The view of that name. Raises Refusal, naming all."""
    if name not in set(View):
        raise Refusal(f"There is no view “{name}”. Choose from: {', '.join(View)}.")
    return View(name)


def _view(text: str, form: str) -> tuple[View, str]:
    name, colon, rest = text.partition(":")
    if not colon:
        raise Refusal(f"“{text}” does not have the form {form}.")
    return view_named(name), rest


def _numbers(texts: list[str], form: str) -> list[float]:
    try:
        return [float(text) for text in texts]
    except ValueError as error:
        raise Refusal(f"“{','.join(texts)}” is not made of numbers as in {form}.") from error


def _points(numbers: list[float]) -> tuple[Point, ...]:
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
