"""The README's commands: what they set up, say and return, tried on stand-ins for the outside."""

import ast
import json
import os
import sys
from pathlib import Path

import pytest

import bench
import debian
import dev
import environment
import gates
import practice
import supported_python
import systemlibs

PACKAGING = Path(dev.__file__).parent

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def program(file: Path, body: str) -> Path:
    """An executable shell script."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


class TestPython:
    def test_supported_ones_are_not_refused(self) -> None:
        assert [supported_python.refusal((3, minor), []) for minor in (11, 12, 13)] == [None] * 3

    @pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
    def test_another_one_is_told_which_to_type(
        self, version: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(tmp_path / "python3.13", "exit 127")
        program(tmp_path / "python3.12", "echo 3 12")
        monkeypatch.setenv("PATH", str(tmp_path))
        said = supported_python.refusal(version, ["run"])
        assert said is not None
        assert f"this is {version[0]}.{version[1]}" in said
        assert "type `python3.12 packaging/dev.py run`." in said

    def test_where_there_is_none_it_says_what_to_install(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
        said = supported_python.refusal((3, 9), ["test"])
        assert said is not None
        assert said.endswith("install Python 3.12 and try again.")
        assert "\n" not in said

    def test_an_older_python_can_read_the_command(self) -> None:
        read = {PACKAGING / "dev.py"}
        for name in ("bench", "debian", "environment", "gates", "practice", "supported_python"):
            read.add(PACKAGING / f"{name}.py")
        read.add(PACKAGING / "systemlibs.py")
        for file in read:
            tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 7))
            assert any(
                isinstance(node, ast.ImportFrom) and node.module == "__future__"
                for node in tree.body
            )


class TestDebian:
    def test_another_user_gets_the_command_in_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(tmp_path / "apt-get", "exit 99")
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        with pytest.raises(debian.SetupError) as said:
            debian.install(["libgl1", "libegl1"], "Missing system libraries: libGL.so.1.")
        assert str(said.value) == (
            "Missing system libraries: libGL.so.1. Type: sudo apt-get install -y libgl1 libegl1"
        )

    def test_another_system_gets_the_names(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(debian.SetupError, match=r"package manager .on Debian: libgl1.\."):
            debian.install(["libgl1"], "Missing system libraries: libGL.so.1.")

    def test_root_updates_then_installs_without_questions(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        log = tmp_path / "log"
        program(tmp_path / "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {log}')
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        debian.install(["libgl1"], "Missing.")
        first, second = log.read_text(encoding="utf-8").splitlines()
        assert first.startswith("noninteractive ")
        assert first.endswith(" update")
        assert second.endswith(" install -y --no-install-recommends libgl1")

    def test_what_apt_says_is_shown_when_it_fails(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program(tmp_path / "apt-get", "echo no such package >&2; exit 100")
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        with pytest.raises(debian.SetupError, match="no such package"):
            debian.install(["libgl1"], "Missing.")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves libraries to the system")
class TestSystemLibraries:
    def test_the_loader_decides_what_is_missing(self) -> None:
        asked = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}
        assert systemlibs.missing(asked) == {"libnowhere.so.9": "libnowhere9"}

    @pytest.mark.parametrize("display", ["", ":4711"])
    def test_a_display_that_does_not_answer_is_none(
        self, display: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", display)
        assert systemlibs.ensure_display() is False


class TestEnvironment:
    @pytest.fixture
    def done(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """What was done to a project in tmp_path that has no environment yet."""
        done: list[str] = []
        venv = tmp_path / ".venv"

        def make() -> None:
            done.append("made")
            program(venv / "bin" / "python", "echo 3 12")
            (venv / "pyvenv.cfg").write_text("version = 3.12.1", encoding="utf-8")

        monkeypatch.setattr(environment, "ROOT", tmp_path)
        monkeypatch.setattr(environment, "VENV", venv)
        monkeypatch.setattr(environment, "_make", make)
        monkeypatch.setattr(environment, "_install", done.append)
        (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
        return done

    def test_the_second_time_does_nothing(self, done: list[str]) -> None:
        environment.ready(dev=True)
        assert done == ["made", ".[dev]"]
        environment.ready(dev=True)
        environment.ready(dev=False)
        assert done == ["made", ".[dev]"]

    def test_running_first_leaves_the_tools_for_testing(self, done: list[str]) -> None:
        environment.ready(dev=False)
        environment.ready(dev=True)
        assert done == ["made", ".", ".[dev]"]

    def test_a_changed_list_of_packages_is_installed_again(
        self, done: list[str], tmp_path: Path
    ) -> None:
        environment.ready(dev=False)
        (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        environment.ready(dev=False)
        assert done == ["made", ".", "."]

    def test_an_interrupted_installation_is_taken_up_again(
        self, done: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(_what: str) -> None:
            raise debian.SetupError("no network")

        with monkeypatch.context() as cut:
            cut.setattr(environment, "_install", broken)
            with pytest.raises(debian.SetupError, match="no network"):
                environment.ready(dev=False)
        environment.ready(dev=False)
        assert done == ["made", "."]

    def test_a_python_that_left_or_grew_old_is_replaced(
        self, done: list[str], tmp_path: Path
    ) -> None:
        environment.ready(dev=False)
        (tmp_path / ".venv" / "bin" / "python").unlink()
        environment.ready(dev=False)
        assert done == ["made", "."] * 2
        (tmp_path / ".venv" / "pyvenv.cfg").write_text("version = 3.9.2", encoding="utf-8")
        program(tmp_path / ".venv" / "bin" / "python", "echo 3 9")
        environment.ready(dev=False)
        assert done == ["made", "."] * 3

    def test_a_moved_folder_gets_a_new_one(self, done: list[str], tmp_path: Path) -> None:
        environment.ready(dev=False)
        stamp = tmp_path / ".venv" / "hairline-studio.json"
        told = json.loads(stamp.read_text(encoding="utf-8"))
        stamp.write_text(json.dumps({**told, "root": "/elsewhere"}), encoding="utf-8")
        environment.ready(dev=False)
        assert done == ["made", "."] * 2


class TestGates:
    def test_each_says_whether_it_passed_and_a_failed_one_why(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(environment, "VENV", tmp_path)
        program(tmp_path / "bin" / "lint-imports", "exit 0")
        python = program(
            tmp_path / "bin" / "python", '[ "$2" = mypy ] && { echo wrong type; exit 1; }; exit 0'
        )
        assert gates.check(python) == {
            "ruff check": True,
            "ruff format": True,
            "import rules": True,
            "mypy": False,
        }
        assert "wrong type\nmypy: FAILED" in capsys.readouterr().out


class TestRunWithoutWindow:
    @pytest.fixture
    def log(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        log = tmp_path / "log"
        monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
        body = f'echo "$QT_QPA_PLATFORM $*" >> {log}; [ "$1" = "$FAILS" ] && exit 3; exit 0'
        program(tmp_path / "venv" / "bin" / "hairline-studio", body)
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        return log

    def test_it_does_the_main_job_and_prints_the_paths(
        self, log: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert practice.without_window() == 0
        assert log.read_text(encoding="utf-8").splitlines() == [
            "offscreen practice practice.hairline",
            "offscreen map practice.hairline -o session-map.pdf --force",
            "offscreen picture practice.hairline --view front -o preview.png --force",
        ]
        here = Path.cwd()
        said = capsys.readouterr().out.splitlines()
        assert said[0].startswith("No display")
        names = ("practice.hairline", "session-map.pdf", "preview.png")
        assert said[1:] == [str(here / name) for name in names]

    def test_a_case_that_is_there_is_kept(self, log: Path) -> None:
        Path("practice.hairline").write_text("work", encoding="utf-8")
        assert practice.without_window() == 0
        first = log.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("offscreen map ")

    def test_a_failure_ends_it(
        self,
        log: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("FAILS", "map")
        assert practice.without_window() == 3
        assert len(log.read_text(encoding="utf-8").splitlines()) == 2
        assert "hairline-studio map" in capsys.readouterr().out


class TestBenchmarks:
    def test_a_crash_names_itself_and_loses_no_other(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        bodies = {
            "bench_a": "def run(): return {'place': {'median_ms': 0.5}}",
            "bench_b": "import os\ndef run(): os.abort()",
            "bench_c": "def run(): return {'place': {'median_ms': 9}}",
            "bench_d": "def run(): return {'file': {'mb': 2}, 'faster': {'ratio': 1500}}",
        }
        files = [tmp_path / f"{name}.py" for name in bodies]
        for file in files:
            file.write_text(bodies[file.stem], encoding="utf-8")
        monkeypatch.setattr(bench, "modules", lambda: files)
        monkeypatch.setattr(dev, "_ready_to_test", lambda: Path(sys.executable))
        output = tmp_path / "out.json"
        assert dev.main(["bench", "-o", str(output)]) == 1
        assert json.loads(output.read_text(encoding="utf-8")) == {
            "place": {"median_ms": 0.5},
            "file": {"mb": 2.0},
            "faster": {"ratio": 1500.0},
        }
        said = capsys.readouterr().out
        assert "bench_b failed (exit code -6)" in said
        assert "bench_c measures again what another measured: place" in said
        assert said.splitlines()[-1] == "Gave no figures: bench_b, bench_c"


class TestCommands:
    @pytest.mark.parametrize(
        ("gate", "tests", "code"), [(True, 0, 0), (False, 0, 1), (True, 1, 1), (True, 5, 1)]
    )
    def test_any_failure_fails_the_test_command(
        self,
        gate: bool,
        tests: int,
        code: int,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        python = program(tmp_path / "python", f"exit {tests}")
        monkeypatch.setattr(dev, "_ready_to_test", lambda: python)
        monkeypatch.setattr(gates, "check", lambda _: {"mypy": gate})
        assert dev.main(["test"]) == code
        last = capsys.readouterr().out.splitlines()[-1]
        assert last.startswith("Summary: mypy ")
        assert ("FAILED" in last) == bool(code)

    def test_a_missing_thing_is_one_line_and_exit_code_1(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def lacking() -> None:
            raise debian.SetupError("Missing. Type: sudo apt-get install -y libgl1")

        monkeypatch.setattr(systemlibs, "ensure_offscreen", lacking)
        assert dev.main(["run"]) == 1
        assert capsys.readouterr().err == "Missing. Type: sudo apt-get install -y libgl1\n"

    def test_unknown_arguments_are_refused(self) -> None:
        with pytest.raises(SystemExit) as code:
            dev.main(["run", "--fast"])
        assert code.value.code == 2
