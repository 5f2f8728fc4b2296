"""The house keeps its rules: sizes, names, imports, licences, what lies at the top."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
RESOURCES = REPO / "resources"
QT_FREE = ("model", "geometry", "skin", "pigment", "planning", "imaging", "editing", "storage")
TOP = {"studio", "resources", "tests", "packaging", "pyproject.toml", "README.md", "LICENSE"}
OURS = ("studio", "tests", "packaging", ".ci", "pyproject.toml", "README.md")


def modules(folder: str) -> list[Path]:
    return sorted((REPO / folder).rglob("*.py"))


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def our_texts() -> Iterator[tuple[Path, str]]:
    files = [file for name in OURS for file in [REPO / name, *(REPO / name).rglob("*")]]
    files += [file for file in RESOURCES.rglob("*") if file.suffix in {".toml", ".json", ".md"}]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            try:
                yield file.relative_to(REPO), file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue  # a golden or other binary file


def test_no_module_is_over_400_lines() -> None:
    lengths = {m: len(m.read_text(encoding="utf-8").splitlines()) for m in modules("studio")}
    assert lengths
    assert {str(m.relative_to(REPO)): n for m, n in lengths.items() if n > 400} == {}


def test_every_module_is_named_for_what_it_holds() -> None:
    empty_words = re.compile(r"utils?|helpers?|common|.*manager|misc")
    named = [*modules("studio"), *modules("packaging"), *modules("tests")]
    assert [str(m.relative_to(REPO)) for m in named if empty_words.fullmatch(m.stem)] == []


@pytest.mark.parametrize("room", QT_FREE)
def test_a_qt_free_room_starts_without_qt_and_heavy_libraries(room: str) -> None:
    parts = sorted((REPO / "studio" / room).rglob("*.py"))
    names = [".".join(part.relative_to(REPO).with_suffix("").parts) for part in parts]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name.removesuffix('.__init__'))\n"
        "heavy = {'PySide6', 'cv2', 'scipy', 'reportlab', 'pikepdf'} & set(sys.modules)\n"
        "print(*sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_render_knows_no_widgets() -> None:
    found = [(m.name, name) for m in modules("studio/render") for name in imports(m)]
    assert found
    assert [pair for pair in found if pair[1].startswith("PySide6.QtWidgets")] == []


def test_unit_and_property_tests_need_no_qt() -> None:
    tests = [*modules("tests/unit"), *modules("tests/property")]
    qt = {str(t.relative_to(REPO)) for t in tests for n in imports(t) if n.startswith("PySide6")}
    fixtures = {
        str(t.relative_to(REPO))
        for t in tests
        for node in ast.walk(ast.parse(t.read_text(encoding="utf-8")))
        if isinstance(node, ast.arg) and node.arg in {"qtbot", "qapp"}
    }
    assert qt | fixtures == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    machine = re.compile(
        r"/(?:work|tmp|root|farm|home)/|C:\\Users"
        r"|pypi\.org|pythonhosted\.|registry\.npmjs|deb\.debian\.|proxy\.golang"
    )
    found = {str(file): hit.group() for file, text in our_texts() if (hit := machine.search(text))}
    assert found == {}


def test_every_folder_that_ships_has_its_licence_named() -> None:
    told = (RESOURCES / "LICENSES.md").read_text(encoding="utf-8")
    folders = [path.name for path in RESOURCES.iterdir() if path.is_dir()]
    assert {"fonts", "icons"} <= set(folders)
    assert [name for name in folders if f"| `{name}/` |" not in told] == []


def test_every_library_it_runs_on_has_its_licence_named() -> None:
    told = (RESOURCES / "LICENSES.md").read_text(encoding="utf-8").lower()
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[^\w-]", entry, maxsplit=1)[0].lower() for entry in project["dependencies"]}
    assert "numpy" in names
    assert {name for name in names if name not in told} == set()


def test_third_party_files_lie_beside_their_licence_text() -> None:
    assert (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8").startswith("ISC License")
    families = {font.name.split("-")[0] for font in (RESOURCES / "fonts").glob("*.ttf")}
    assert families == {"Inter", "IBMPlexSans", "IBMPlexSansCondensed"}
    for family in families:
        licence = (RESOURCES / "fonts" / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_top_level_holds_only_what_the_design_lists() -> None:
    ignored = [
        line.strip("/\n") for line in (REPO / ".gitignore").read_text(encoding="utf-8").splitlines()
    ]
    top = {
        path.name
        for path in REPO.iterdir()
        if not path.name.startswith(".") and not any(fnmatch(path.name, i) for i in ignored)
    }
    assert top == TOP
