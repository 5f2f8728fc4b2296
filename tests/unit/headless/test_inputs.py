"""Files of marks: what they may hold, and the one sentence for what they may not."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.headless import inputs
from studio.headless.inputs import Inputs, check_inside, files, inputs_file, parse, tape_of
from studio.model.head import Tape
from studio.model.photo import LandmarkKind, MeasurementKind, View
from studio.model.refusal import Refusal
from studio.skin.references import references


def refused(parts: dict[str, Any]) -> str:
    with pytest.raises(Refusal) as caught:
        parse(json.dumps(parts))
    return str(caught.value)


def test_the_documented_example_is_read() -> None:
    text = inputs.__doc__ or ""
    example = text[text.index("    {") : text.index("| part |")]
    found = parse(example)
    assert [mark.kind for mark in found.landmarks] == [
        LandmarkKind.GLABELLA,
        LandmarkKind.TRAGUS_LEFT,
    ]
    assert found.landmarks[0].at == (1172.9, 1122.3)
    assert [(mark.number, mark.at[0]) for mark in found.pencil] == [(1, 902.5), (2, 1480.5)]
    assert len(found.outline) == 3
    assert found.hair_mm == 0.5
    assert found.tape == Tape(571.0)
    (ruler,) = found.measurements
    assert (ruler.kind, ruler.size_mm, ruler.size_se) == (MeasurementKind.RULER, 50.0, 0.3)


def test_an_empty_file_says_nothing() -> None:
    assert parse("{}") == Inputs()


def test_usual_sizes_need_not_be_given() -> None:
    (iris,) = parse(
        json.dumps({"lengths": [{"kind": "iris", "points": [[1, 1], [90, 1]]}]})
    ).measurements
    usual = references()[MeasurementKind.IRIS]
    assert (iris.size_mm, iris.size_se) == (usual.size_mm, usual.size_se)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"landmarks": {"nose": [1, 2]}}, "no landmark “nose”"),
        ({"landmarks": {"glabella": [float("nan"), 2]}}, "landmark “glabella” is not finite"),
        ({"landmarks": {"glabella": [1, float("inf")]}}, "not finite"),
        ({"landmarks": {"glabella": [1, 10**400]}}, "not finite"),
        ({"landmarks": {"glabella": [1, 2, 3]}}, "two numbers"),
        ({"landmarks": {"glabella": "1,2"}}, "two numbers"),
        ({"landmarks": {"glabella": [True, 2]}}, "number is missing"),
        ({"landmarks": []}, "“landmarks” must be an object"),
        ({"pencil": {"one": [1, 2]}}, "pencil spot “one” has no number"),
        ({"pencil": {"0": [1, 2]}}, "from 1 to 999"),
        ({"pencil": {"²": [1, 2]}}, "from 1 to 999"),
        ({"outline": {"1": [1, 2]}}, "“outline” must be a list"),
        ({"outline": [[1, 2], [3, 4]]}, "has 2 points"),
        ({"outline": [[1, 2], [3, 4], [5, None]]}, "outline point 3"),
        ({"hair_mm": -1}, "“hair_mm” is -1"),
        ({"hair_mm": 50}, "0 to 20 mm"),
        ({"scale": 1}, "no part “scale”"),
        ({"lengths": [{"kind": "string", "mm": 5}]}, "no known length “string”"),
        ({"lengths": [{"kind": ["tape"], "mm": 5}]}, "no known length"),
        ({"lengths": [{"mm": 5}]}, "no known length “None”"),
        ({"lengths": [{"kind": "tape"}]}, "no “mm”"),
        ({"lengths": [{"kind": "tape", "mm": 57}]}, "The tape is 57"),
        ({"lengths": [{"kind": "tape", "mm": 570, "points": []}]}, "no points"),
        ({"lengths": [{"kind": "tape", "mm": 570}] * 2}, "“tape” is given twice"),
        ({"lengths": [{"kind": "ruler", "points": [[1, 1], [9, 9]]}]}, "no “mm”"),
        ({"lengths": [{"kind": "ruler", "mm": 50}]}, "needs 2 marks"),
        ({"lengths": [{"kind": "ruler", "mm": 1e6, "points": []}]}, "The ruler is 1e+06"),
        ({"lengths": [{"kind": "tape", "mm": 570, "se_mm": 0}]}, "above 0"),
        ({"lengths": [{"kind": "tape", "mm": 570, "size": 0}]}, "no part “size”"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(parts: dict[str, Any], words: str) -> None:
    said = refused(parts)
    assert words in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1, column 1"),
        ('{"landmarks": {,}}', "no JSON: line 1"),
        ("[]", "The file must be an object"),
        ('{"hair_mm": 1, "hair_mm": 2}', "“hair_mm” is given twice"),
        ('{"landmarks": {"nasion": [1, 2], "nasion": [3, 4]}}', "“nasion” is given twice"),
        ("[" * 100_000, "longer than any marks"),
        ('{"hair_mm": ' + "9" * 5000 + "}", "longer than any marks"),
    ],
)
def test_what_is_no_such_file(text: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        parse(text)


def test_refusals_name_the_view(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"left inputs: .* cannot be read"):
        inputs_file(View.LEFT, tmp_path / "gone.json")
    path = tmp_path / "marks.json"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Refusal, match=r"left inputs: .*UTF-8"):
        inputs_file(View.LEFT, path)
    path.write_bytes(b" " * 4_000_001)
    with pytest.raises(Refusal, match="too large"):
        inputs_file(View.LEFT, path)
    path.write_text("\ufeff{}", encoding="utf-8")
    assert inputs_file(View.LEFT, path) == Inputs()


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"landmarks": {"glabella": [401, 2]}}, "landmark “glabella”"),
        ({"pencil": {"3": [1, -2]}}, "pencil spot 3"),
        ({"outline": [[1, 1], [2, 2], [1, 301]]}, "outline point 3"),
        ({"lengths": [{"kind": "iris", "points": [[1, 1], [999, 1]]}]}, "the iris"),
    ],
)
def test_points_outside_the_photo(parts: dict[str, Any], name: str) -> None:
    found = parse(json.dumps(parts))
    with pytest.raises(Refusal, match=f"top inputs: .*{name}.* outside the photo of 400 x 300"):
        check_inside(found, View.TOP, 400, 300)


def test_one_tape_for_all_views() -> None:
    one, other = Inputs(tape=Tape(570.0)), Inputs(tape=Tape(580.0))
    assert tape_of([Inputs()]) is None
    assert tape_of([one, Inputs(), one]) == Tape(570.0)
    with pytest.raises(Refusal, match="570 mm and 580 mm"):
        tape_of([one, other])


def test_files_by_view() -> None:
    assert files(["front=a=b.json"]) == {View.FRONT: Path("a=b.json")}
    with pytest.raises(Refusal, match=r"VIEW=FILE\.json"):
        files(["front"])
    with pytest.raises(Refusal, match="Two files"):
        files(["front=a", "front=b"])
    with pytest.raises(Refusal, match="no view"):
        files(["side=a"])
