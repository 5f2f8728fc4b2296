"""What was marked in one photo, from a file, so that a head is fitted without a window.

The file is JSON in UTF-8, one for each photo; every part may be left out:

    {
      "landmarks": {"glabella": [1172.9, 1122.3], "tragus-left": [1690.0, 1466.5]},
      "pencil": {"1": [902.5, 640.0], "2": [1480.5, 655.5]},
      "outline": [[610.0, 1480.0], [598.5, 1391.0], [604.0, 1300.5]],
      "hair_mm": 0.5,
      "lengths": [
        {"kind": "tape", "mm": 571},
        {"kind": "ruler", "points": [[812, 640], [1190, 655]], "mm": 50, "se_mm": 0.3}
      ]
    }

| part | what |
| --- | --- |
| `landmarks` | places of the head by name (`LandmarkKind`); left and right are the client's |
| `pencil` | spots of a skin pencil on the scalp: the same spot has the same number in every photo |
| `outline` | the edge of the scalp against the wall, in order round the head, no ears, no clothes |
| `hair_mm` | how far hair lifts that edge off the skin, 0 to 20 mm |
| `lengths` | known sizes; `mm` may be left out where the kind has a usual size, `se_mm` always |

Points are photo pixels [x, y] of the upright photo, from its top left corner. Points of a
length are those of `studio.model.photo.Measurement`, by `kind`: sticker (centre, end of the
long half axis, end of the short one), card (four corners, a long side first), ruler (two
marks), own-ipd and mean-ipd (right pupil, left pupil), iris (two ends). `tape` is laid round
the head on the hat line, 15 mm above the glabella and over the farthest point behind; it has
no points, and belongs in one file only.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.headless.marks import view_named
from studio.model.chart import Point
from studio.model.head import Tape
from studio.model.photo import (
    Landmark,
    LandmarkKind,
    Measurement,
    MeasurementKind,
    PencilMark,
    View,
)
from studio.model.refusal import Refusal
from studio.skin.measure import check
from studio.skin.references import hand_error, references

FORM = "VIEW=FILE.json"
LARGEST = 4_000_000
"""Bytes of a file beyond which it cannot be marks of one photo."""

TAPE = "tape"
TAPE_MM = (400.0, 750.0)
"""Round a head: ANSUR II has 500 to 640 mm; beyond these limits it is a slip."""

HAIR_MM = (0.0, 20.0)
FEWEST_OUTLINE = 3
PARTS = ("landmarks", "pencil", "outline", "hair_mm", "lengths")
LENGTH_PARTS = ("kind", "points", "mm", "se_mm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a file says of one photo. Points are photo pixels."""

    landmarks: tuple[Landmark, ...] = ()
    pencil: tuple[PencilMark, ...] = ()
    outline: tuple[Point, ...] = ()
    hair_mm: float = 0.0
    measurements: tuple[Measurement, ...] = ()
    tape: Tape | None = None

    @property
    def points(self) -> tuple[tuple[str, Point], ...]:
        """Every point with the name of what it marks."""
        return (
            *((f"the landmark “{mark.kind}”", mark.at) for mark in self.landmarks),
            *((f"pencil spot {mark.number}", mark.at) for mark in self.pencil),
            *((f"outline point {n}", at) for n, at in enumerate(self.outline, start=1)),
            *((f"the {m.kind}", at) for m in self.measurements for at in m.points),
        )


def files(texts: Iterable[str]) -> dict[View, Path]:
    """The files of texts like `front=marks.json`. Raises Refusal, saying the form."""
    found: dict[View, Path] = {}
    for text in texts:
        name, equals, file = text.partition("=")
        if not equals or not file:
            raise Refusal(f"“{text}” does not have the form {FORM}.")
        view = view_named(name)
        if view in found:
            raise Refusal(f"Two files of inputs are given for the {view.value} photo. Keep one.")
        found[view] = Path(file)
    return found


def inputs_file(view: View, path: Path) -> Inputs:
    """Read what a file says of a photo. Raises Refusal, naming the view."""
    try:
        return parse(_text(path))
    except Refusal as refusal:
        raise Refusal(f"{view.value} inputs: {refusal}") from refusal


def parse(text: str) -> Inputs:
    """What a text says of a photo. Raises Refusal for anything that it should not hold."""
    raw = _object(_json(text), "The file", PARTS)
    landmarks = _object(raw.get("landmarks", {}), "“landmarks”")
    pencil = _object(raw.get("pencil", {}), "“pencil”")
    outline = _list(raw.get("outline", []), "“outline”")
    if 0 < len(outline) < FEWEST_OUTLINE:
        raise Refusal(f"“outline” has {len(outline)} points. Give at least {FEWEST_OUTLINE}.")
    lengths = [
        _object(entry, "A known length", LENGTH_PARTS)
        for entry in _list(raw.get("lengths", []), "“lengths”")
    ]
    kinds = [entry.get("kind") for entry in lengths]
    for kind in kinds:
        if kind not in (TAPE, *MeasurementKind):
            known = ", ".join((TAPE, *MeasurementKind))
            raise Refusal(f"There is no known length “{kind}”. Choose from: {known}.")
        if kinds.count(kind) > 1:
            raise Refusal(f"The known length “{kind}” is given twice. Keep one.")
    return Inputs(
        landmarks=tuple(_landmark(name, at) for name, at in landmarks.items()),
        pencil=tuple(_pencil(number, at) for number, at in pencil.items()),
        outline=tuple(_point(at, f"outline point {n}") for n, at in enumerate(outline, start=1)),
        hair_mm=_between(raw.get("hair_mm", 0.0), "“hair_mm”", HAIR_MM),
        measurements=tuple(_measurement(entry) for entry in lengths if entry["kind"] != TAPE),
        tape=next((_tape(entry) for entry in lengths if entry["kind"] == TAPE), None),
    )


def check_inside(found: Inputs, view: View, width: int, height: int) -> None:
    """Raises Refusal when a point lies outside a photo of so many pixels."""
    for name, (x, y) in found.points:
        if not (0 <= x <= width and 0 <= y <= height):
            raise Refusal(
                f"{view.value} inputs: {name} lies at {x:g}, {y:g}, outside the photo of "
                f"{width} x {height} pixels. Give pixels of the upright photo."
            )


def tape_of(given: Iterable[Inputs]) -> Tape | None:
    """The tape of a case; None if no file has one. Raises Refusal when two differ."""
    tapes = {found.tape for found in given if found.tape is not None}
    if len(tapes) > 1:
        sizes = " and ".join(f"{tape.size_mm:g} mm" for tape in sorted(tapes, key=_size))
        raise Refusal(f"The tape round the head is given as {sizes}. Give it once.")
    return next(iter(tapes), None)


def _size(tape: Tape) -> float:
    return tape.size_mm


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refusal(f"“{path}” cannot be read. Look for the file.") from error
    if len(data) > LARGEST:
        raise Refusal(f"“{path}” is too large to be the marks of one photo.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(f"“{path}” is no text in UTF-8. Save it as JSON in UTF-8.") from error


def _json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise Refusal(
            f"The file is no JSON: line {error.lineno}, column {error.colno} cannot be read."
        ) from error
    except (RecursionError, ValueError) as error:
        raise Refusal("The file holds lists or numbers longer than any marks have.") from error


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal(f"“{twice}” is given twice. Keep one.")
    return found


def _object(raw: object, name: str, parts: tuple[str, ...] | None = None) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Refusal(f"{name} must be an object: names and values in braces.")
    for part in raw:
        if parts is not None and part not in parts:
            raise Refusal(f"{name} has no part “{part}”. Choose from: {', '.join(parts)}.")
    return raw


def _list(raw: object, name: str) -> list[object]:
    if not isinstance(raw, list):
        raise Refusal(f"{name} must be a list in square brackets.")
    return raw


def _landmark(name: str, at: object) -> Landmark:
    if name not in set(LandmarkKind):
        raise Refusal(f"There is no landmark “{name}”. Choose from: {', '.join(LandmarkKind)}.")
    return Landmark(LandmarkKind(name), _point(at, f"the landmark “{name}”"))


def _pencil(number: str, at: object) -> PencilMark:
    if not (number.isascii() and number.isdigit() and int(number[:4]) > 0 and len(number) < 4):
        raise Refusal(f"The pencil spot “{number}” has no number from 1 to 999.")
    return PencilMark(int(number), _point(at, f"pencil spot {number}"))


def _point(raw: object, name: str) -> Point:
    if not isinstance(raw, list) or len(raw) != 2:
        raise Refusal(f"The place of {name} must be two numbers, [x, y].")
    x, y = (_number(part, f"the place of {name}") for part in raw)
    return x, y


def _number(raw: object, name: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise Refusal(f"A number is missing in {name}.")
    if not abs(raw) < 1e9:  # also false for what is not a number
        raise Refusal(f"A number in {name} is not finite. Mark it again.")
    return float(raw)


def _between(raw: object, name: str, limits: tuple[float, float]) -> float:
    number = _number(raw, name)
    low, high = limits
    if not low <= number <= high:
        raise Refusal(f"{name} is {number:g}. It must be {low:g} to {high:g} mm.")
    return number


def _error(entry: dict[str, Any], usual: float) -> float:
    if "se_mm" not in entry:
        return usual
    error = _number(entry["se_mm"], "“se_mm”")
    if error <= 0:
        raise Refusal("“se_mm”, the standard error of a known length, must be above 0.")
    return error


def _tape(entry: dict[str, Any]) -> Tape:
    if "points" in entry:
        raise Refusal("The tape goes round the head and has no points in a photo.")
    if "mm" not in entry:
        raise Refusal("The tape has no “mm”: say what it reads.")
    size = _between(entry["mm"], "The tape", TAPE_MM)
    return Tape(size, _error(entry, Tape(size).size_se))


def _measurement(entry: dict[str, Any]) -> Measurement:
    kind = MeasurementKind(entry["kind"])
    usual = references()[kind]
    points = _list(entry.get("points", []), f"“points” of the {kind}")
    if "mm" in entry:
        limits = usual.limits_mm or (usual.size_mm / 2, usual.size_mm * 2)
        size = _between(entry["mm"], f"The {kind}", limits)
    elif kind in ASKED:
        raise Refusal(f"The {kind} has no “mm”: say how long it is.")
    else:
        size = usual.size_mm
    made = Measurement(
        kind=kind,
        points=tuple(_point(at, f"the {kind}") for at in points),
        size_mm=size,
        size_se=_error(entry, usual.size_se),
        click_se=hand_error(1.0),
    )
    check(made)
    return made


ASKED = (MeasurementKind.RULER, MeasurementKind.OWN_IPD)
"""Lengths that have no usual size."""
