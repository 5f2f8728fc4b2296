"""The main job without a window, from photos to printed pages, as a person types it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from PIL import Image

from studio.cli import main
from studio.model.photo import View
from studio.model.resources import resource
from studio.storage.casefile import read, write
from studio.storage.lock import acquire
from tests.planes_of_practice import practice_on_planes
from tests.practice_inputs import marks, write_inputs
from tests.unit.storage.cases import picture

FRONT = resource("practice/front.jpg")
LEFT = resource("practice/left.jpg")


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("practised") / "practice.hairline"
    assert main(["practice", str(path)]) == 0
    return path


@pytest.fixture
def case(practised: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(practised, tmp_path / "client.hairline"))


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence with which a command is refused."""
    capsys.readouterr()
    assert main(list(words)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    last = err.strip().splitlines()[-1]
    assert last.startswith("hairline-studio: ")
    return last


def reported(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["report", str(path), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_practice_case_is_whole(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(case)]) == 0
    assert "The case file is whole." in capsys.readouterr().out
    assert len(read(case).case.photos) == 5


@pytest.fixture(scope="module")
def flat_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("flat") / "flat.hairline"
    write(path, *practice_on_planes())
    return path


def test_the_report_of_a_head(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = reported(capsys, case)
    assert [skin["method"] for skin in found["skin_maps"][:5]] == ["head"] * 5
    assert [zone["letter"] for zone in found["zones"]] == list("ABCDE")
    assert all(0 < zone["area_se"] < 0.1 * zone["area_cm2"] for zone in found["zones"])
    assert found["totals"]["dots"] == sum(zone["dots"] for zone in found["zones"])
    assert main(["report", str(case)]) == 0
    assert "no scale" not in capsys.readouterr().out


def test_the_report_adds_up(flat_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = reported(capsys, flat_case)
    front = found["skin_maps"][0]
    assert (front["view"], front["method"], front["reason"]) == ("front", "sticker", None)
    assert 0 < front["sigma"] < 0.03
    left = found["skin_maps"][1]
    assert (left["method"], left["sigma"]) == ("no scale", None)
    assert "no scale" in left["reason"]
    assert [zone["letter"] for zone in found["zones"]] == ["A", "B", "C", "D"]
    for zone in found["zones"]:
        assert zone["view"] == "front"
        assert zone["area_cm2"] > 0
        assert zone["area_se"] > 0
        assert sum(zone["dots_per_session"]) == zone["dots"]
    totals = found["totals"]
    assert totals["dots"] == sum(zone["dots"] for zone in found["zones"])
    assert totals["dots_per_session"] == [
        sum(counts)
        for counts in zip(*(zone["dots_per_session"] for zone in found["zones"]), strict=True)
    ]
    hairline = found["curves"][0]
    assert hairline["role"] == "hairline"
    assert hairline["length_mm"] > 100
    assert hairline["length_se"] > 0
    height = found["tapes"][0]
    assert height["letter"] == "a"
    assert abs(height["length_mm"] - 65) < 2 * height["length_se"]


def test_the_report_for_people(flat_case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(flat_case)]) == 0
    text = capsys.readouterr().out
    assert "no scale" in text
    assert "Full coverage (front)" in text
    assert "a brow – mid-point" in text


def test_map(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.pdf"
    assert main(["map", str(case), "-o", str(path), "--paper", "letter", "--no-dots"]) == 0
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) > 5
        assert pdf[0].get_size() == pytest.approx((612, 792))
        assert "Session map" in pdf[0].get_textpage().get_text_bounded()


def test_picture(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "front.png"
    assert main(["picture", str(case), "--view", "front", "-o", str(path)]) == 0
    with Image.open(path) as made, Image.open(FRONT) as photo:
        assert made.size == photo.size
        box = (900, 560, 1500, 720)  # where the mannequin's full coverage lies
        before = sum(photo.crop(box).convert("L").histogram()[k] * k for k in range(256))
        after = sum(made.crop(box).convert("L").histogram()[k] * k for k in range(256))
    assert after < before


def test_stickers(tmp_path: Path) -> None:
    path = tmp_path / "stickers.pdf"
    assert main(["stickers", "-o", str(path)]) == 0
    with pypdfium2.PdfDocument(path) as pdf:
        assert len(pdf) == 1


def test_new_with_a_sticker(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new.hairline"
    words = ["new", str(out), "--photo", f"front={FRONT}", "--photo", f"left={LEFT}", "--sticker"]
    assert main([*words, "--client", "Jo Moe", "--number", "7"]) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(out)
    assert "front: 2400 x 3200, sticker" in said.err
    assert "left: 2400 x 3200, no scale" in said.err
    made = read(out).case
    assert made.client.initials == "J.M."
    found = reported(capsys, out)
    assert found["zones"] == []
    assert [skin["method"] for skin in found["skin_maps"]] == ["sticker", "no scale"]


def test_new_with_a_ruler_and_landmarks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(1, (400, 300)))
    out = tmp_path / "new.hairline"
    words = ["new", str(out), "--photo", f"top={photo}", "--ruler", "top:100,150,300,150,50"]
    assert main([*words, "--landmark", "top:glabella,200,20"]) == 0
    made = read(out).case.photos[0]
    assert made.plane.matrix[0] == pytest.approx(50 / 200)
    assert made.landmarks[0].at == (200.0, 20.0)
    assert reported(capsys, out)["skin_maps"][0]["method"] == "ruler"


def test_new_without_a_scale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(1, (400, 300)))
    assert main(["new", str(tmp_path / "a.hairline"), "--photo", f"other={photo}"]) == 0
    assert "no scale" in capsys.readouterr().err


def test_what_new_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(1, (400, 300)))
    out = str(tmp_path / "a.hairline")
    given = ["new", out, "--photo", f"front={photo}"]
    assert "No sticker was found in any photo" in refused(capsys, *given, "--sticker")
    assert "in the front photo" in refused(capsys, *given, "--sticker", "front")
    assert "no left photo" in refused(capsys, *given, "--ruler", "left:1,1,99,1,50")
    assert "too close" in refused(capsys, *given, "--ruler", "front:1,1,2,1,50")
    assert "form VIEW:X1" in refused(capsys, *given, "--ruler", "front:1,1")
    assert "same view" in refused(capsys, *given, "--photo", f"front={LEFT}")
    assert "given twice" in refused(capsys, *given, "--photo", f"left={photo}")
    assert "no view" in refused(capsys, "new", out, "--photo", f"side={photo}")
    assert "front: " in refused(capsys, "new", out, "--photo", f"front={tmp_path / 'gone'}")
    photo.write_text("no photo")
    assert "front: " in refused(capsys, *given)
    assert not Path(out).exists()


def marked(out: Path, *views: View, seed: int = 0) -> list[str]:
    """The command that makes a case of the practice head from files of marks."""
    words = ["new", str(out)]
    for view, file in write_inputs(out.parent, views, seed=seed).items():
        photo = resource(f"practice/{view.value}.jpg")
        words += ["--photo", f"{view.value}={photo}", "--inputs", f"{view.value}={file}"]
    return words


@pytest.fixture(scope="module")
def marked_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("marked") / "marked.hairline"
    assert main(marked(path, View.FRONT, View.LEFT, View.TOP)) == 0
    return path


def test_new_keeps_what_the_files_of_marks_say(marked_case: Path) -> None:
    made = read(marked_case).case
    front = made.photos[0]
    exact = marks()["views"]["front"]
    assert {mark.kind.value for mark in front.landmarks} == set(exact["landmarks"])
    assert [mark.number for mark in front.pencil] == [int(n) for n in exact["pencil"]]
    assert len(front.outline) == len(exact["outline"])
    assert made.tape is not None
    assert abs(made.tape.size_mm - marks()["tape_mm"]) < 8


def test_the_head_is_fitted_without_a_window(
    marked_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "fitted.hairline"
    before = marked_case.read_bytes()
    capsys.readouterr()
    assert main(["fit", str(marked_case), "-o", str(out), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert 0 < found["scale_se"] < 0.02
    assert [view["view"] for view in found["views"]] == ["front", "left", "top"]
    for view in found["views"]:
        assert view["joined"]
        assert 0 < view["rms_mm"] < 2
        assert all(mark["mm"] >= 0 for mark in view["residuals"])
    head = read(out).case.head
    assert head is not None
    assert head.size_se == found["scale_se"]
    assert [skin["method"] for skin in reported(capsys, out)["skin_maps"]][:3] == ["head"] * 3
    assert marked_case.read_bytes() == before
    assert "--force" in refused(capsys, "fit", str(marked_case), "-o", str(out))
    assert "made from" in refused(capsys, "fit", str(out), "-o", str(out), "--force")


def test_the_head_stays_in_the_case(
    marked_case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = Path(shutil.copy(marked_case, tmp_path / "client.hairline"))
    assert main(["fit", str(case)]) == 0
    said = capsys.readouterr().out
    assert "size ±" in said
    assert "front" in said
    first = read(case).case.head
    assert main(["fit", str(case)]) == 0
    assert read(case).case.head == first
    lock = acquire(case)
    assert "This case is open" in refused(capsys, "fit", str(case))
    lock.release()


def test_what_cannot_be_fitted_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = tmp_path / "one.hairline"
    assert main(marked(one, View.FRONT)) == 0
    before = one.read_bytes()
    assert "One photo alone" in refused(capsys, "fit", str(one), "--json")
    assert one.read_bytes() == before
    assert "not there any more" in refused(capsys, "fit", str(tmp_path / "gone.hairline"))


def test_what_new_refuses_of_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo, file = tmp_path / "photo.jpg", tmp_path / "marks.json"
    photo.write_bytes(picture(1, (400, 300)))
    out = str(tmp_path / "a.hairline")
    given = ["new", out, "--photo", f"front={photo}"]
    marks_of_front = [*given, "--inputs", f"front={file}"]
    assert "cannot be read" in refused(capsys, *marks_of_front)
    for text, words in (
        ('{"landmarks": {"nose": [1, 2]}}', "no landmark “nose”"),
        ('{"landmarks": {"nasion": [NaN, 2]}}', "not finite"),
        ('{"landmarks": {"nasion": [1, 300.5]}}', "outside the photo of 400 x 300"),
        ("{", "no JSON"),
    ):
        file.write_text(text, encoding="utf-8")
        assert words in refused(capsys, *marks_of_front)
    file.write_text('{"landmarks": {"nasion": [1, 2]}}', encoding="utf-8")
    assert "given twice" in refused(capsys, *marks_of_front, "--landmark", "front:nasion,3,4")
    assert "Two files" in refused(capsys, *marks_of_front, "--inputs", f"front={file}")
    assert "no left photo" in refused(capsys, *given, "--inputs", f"left={file}")
    assert "made from" in refused(capsys, "new", str(file), "--force", *marks_of_front[2:])
    assert not Path(out).exists()


def test_nothing_is_overwritten_by_accident(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = case.read_bytes()
    other = tmp_path / "there.pdf"
    other.write_bytes(b"mine")
    assert "--force" in refused(capsys, "practice", str(case))
    assert "--force" in refused(capsys, "map", str(case), "-o", str(other))
    assert "made from" in refused(capsys, "map", str(case), "-o", str(case), "--force")
    assert "made from" in refused(capsys, "picture", str(case), "-o", str(case), "--force")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(1))
    words = ("new", str(photo), "--photo", f"front={photo}", "--force")
    assert "made from" in refused(capsys, *words)
    assert other.read_bytes() == b"mine"
    assert case.read_bytes() == before
    assert main(["stickers", "-o", str(other), "--force"]) == 0
    assert other.read_bytes().startswith(b"%PDF")


def test_a_case_that_is_open_is_not_replaced(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = acquire(case)
    assert "This case is open" in refused(capsys, "practice", str(case), "--force")
    lock.release()


def test_a_damaged_case(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray(case.read_bytes())
    data[len(data) // 2] ^= 0xFF
    case.write_bytes(data)
    assert main(["check", str(case)]) == 1
    assert "damaged: Photo" in capsys.readouterr().out
    case.write_bytes(b"")
    assert "empty" in refused(capsys, "check", str(case))
    assert "empty" in refused(capsys, "report", str(case), "--json")


def test_folders_that_are_not_there(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone" / "out"
    assert "Not saved" in refused(capsys, "stickers", "-o", f"{gone}.pdf")
    assert "not there any more" in refused(capsys, "check", str(gone))
    assert "Not saved" in refused(capsys, "practice", f"{gone}.hairline")
    assert "no brows-raised photo" in refused(
        capsys, "picture", str(case), "--view", "brows-raised", "-o", str(tmp_path / "a.png")
    )


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["map"],
        ["map", "a.hairline"],
        ["map", "a.hairline", "-o", "b.pdf", "--paper", "a5"],
        ["new", "a.hairline"],
        ["picture", "a.hairline", "-o", "b.png", "--session", "0"],
        ["--nonsense"],
    ],
)
def test_what_is_typed_wrong_ends_with_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: hairline-studio" in capsys.readouterr().err


def test_help_tells_all(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for job in (
        "practice",
        "new",
        "fit",
        "map",
        "picture",
        "stickers",
        "report",
        "check",
        "exit codes",
    ):
        assert job in text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert "no display" in refused(capsys)


def test_as_a_program_of_its_own(case: Path) -> None:
    """`python -m studio`, with a reader that goes away after one line."""
    command = [sys.executable, "-m", "studio", "report", str(case), "--json"]
    whole = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(whole.stdout)["variant"] == "A"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""


def test_jobs_start_without_qt() -> None:
    code = (
        "import sys; from studio.cli import main; import studio.headless.check, studio.practice; "
        "sys.exit('PySide6' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
