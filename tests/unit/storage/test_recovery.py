import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from studio.model.refusal import Refusal
from studio.storage import recorder as recorder_module
from studio.storage.casefile import read, write
from studio.storage.places import state_folder
from studio.storage.recorder import Recorder
from studio.storage.recovery import find_abandoned
from tests.unit.storage.cases import photo_of, picture, small_case

FIRST, SECOND = picture(1), picture(2)


def leave(recorder: Recorder) -> None:
    """End the program without closing, as far as the disk can tell."""
    recorder.close(keep=True)


def test_left_work_is_found_complete() -> None:
    case, photos = small_case(FIRST, SECOND)
    recorder = Recorder()
    recorder.submit(replace(case, notes="one"), photos)
    recorder.submit(replace(case, notes="two"), photos)
    leave(recorder)
    (work,) = find_abandoned()
    back = work.load()
    assert back.case == replace(case, notes="two")
    assert back.photos == photos
    assert (back.damaged, back.base, back.base_changed) == (frozenset(), None, False)
    assert find_abandoned() == [], "a second window must not offer it too"
    work.later()
    (again,) = find_abandoned()
    again.discard()
    assert find_abandoned() == []
    assert list((state_folder() / "recovery").iterdir()) == []


def test_running_work_is_not_abandoned() -> None:
    case, photos = small_case(FIRST)
    recorder = Recorder()
    recorder.submit(case, photos)
    recorder.flush()
    assert find_abandoned() == []
    recorder.close()
    assert find_abandoned() == []
    assert list((state_folder() / "recovery").iterdir()) == []


def test_a_step_is_written_without_being_asked() -> None:
    case, photos = small_case(FIRST)
    recorder = Recorder()
    recorder.submit(case, photos)
    folder = state_folder() / "recovery"
    deadline = time.monotonic() + 10
    while not list(folder.glob("*/case.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list(folder.glob("*/case.json"))
    recorder.close()


def test_steps_in_quick_succession_are_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(recorder_module, "DELAY_S", 5.0)
    monkeypatch.setattr(recorder_module, "_write", lambda path, _data: written.append(path.name))
    case, photos = small_case(FIRST)
    recorder = Recorder()
    for number in range(50):
        recorder.submit(replace(case, notes=str(number)), photos)
    recorder.flush()
    recorder.close()
    assert written.count("case.json") == 1


def test_after_a_save_there_is_nothing_to_recover(tmp_path: Path) -> None:
    case, photos = small_case(FIRST)
    base = tmp_path / "client.hairline"
    recorder = Recorder()
    recorder.submit(case, photos)
    recorder.flush()
    recorder.saved(base, case, write(base, case, photos))
    leave(recorder)
    assert find_abandoned() == []


def test_a_step_made_while_saving_stays(tmp_path: Path) -> None:
    case, photos = small_case(FIRST)
    base = tmp_path / "client.hairline"
    recorder = Recorder()
    recorder.submit(case, photos)
    later = replace(case, notes="drawn while the disk was busy")
    recorder.submit(later, photos)
    recorder.saved(base, case, write(base, case, photos))
    leave(recorder)
    (work,) = find_abandoned()
    back = work.load()
    assert back.case == later
    assert back.base == base
    assert not back.base_changed
    work.discard()


def test_pictures_not_copied_in_time_come_from_the_file(tmp_path: Path) -> None:
    case, photos = small_case(FIRST, SECOND)
    base = tmp_path / "client.hairline"
    write(base, case, photos)
    recorder = Recorder(base, read(base))
    recorder.submit(replace(case, notes="new"), photos)
    leave(recorder)
    for copy in (state_folder() / "recovery").glob("*/photos/*"):
        copy.unlink()
    (work,) = find_abandoned()
    assert work.name == "client"
    assert work.load().photos == photos
    write(base, replace(case, notes="by somebody else"), photos)
    assert work.load().base_changed
    base.unlink()
    back = work.load()
    assert back.case.notes == "new"
    assert back.damaged == set(photos)
    assert back.base_changed
    base.write_bytes(b"not a case")
    assert work.load().damaged == set(photos)
    work.discard()


def test_work_that_cannot_be_read_is_moved_aside() -> None:
    case, photos = small_case(FIRST)
    recorder = Recorder()
    recorder.submit(case, photos)
    leave(recorder)
    (file,) = (state_folder() / "recovery").glob("*/case.json")
    file.write_bytes(file.read_bytes()[:-20])
    (work,) = find_abandoned()
    with pytest.raises(Refusal, match="damaged"):
        work.load()
    kept = work.move_aside()
    assert (kept / "case.json").exists()
    assert find_abandoned() == []


def test_a_manifest_that_cannot_be_read_loses_no_work() -> None:
    case, photos = small_case(FIRST)
    recorder = Recorder()
    recorder.submit(case, photos)
    leave(recorder)
    (file,) = (state_folder() / "recovery").glob("*/manifest.json")
    file.write_bytes(b"")
    (work,) = find_abandoned()
    assert work.load().case == case
    work.discard()


def test_failures_are_told_and_recording_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    case, photos = small_case(FIRST)
    recorder = Recorder(tell=told.append)
    recorder.submit(replace(case, chosen="nobody"), photos)
    recorder.flush()
    assert told == ["Recovery: The case is damaged: the chosen variant is missing."]

    def broken(_case: object) -> bytes:
        raise KeyError("bug")

    with monkeypatch.context() as patch:
        patch.setattr(recorder_module, "to_json", broken)
        recorder.submit(case, photos)
        recorder.flush()
    assert told[1] == "Recovery: not saved (KeyError). Save the case now."
    recorder.submit(case, photos)
    leave(recorder)
    (work,) = find_abandoned()
    assert work.load().case == case
    work.discard()


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    Recorder().close()
    assert threading.active_count() == before


REPO = Path(__file__).parents[3]

EDITING = """
import sys, time
from dataclasses import replace
from studio.storage.recorder import Recorder
from tests.unit.storage.cases import picture, photo_of, small_case
case, photos = small_case(picture(1))
recorder = Recorder()
recorder.submit(case, photos)
recorder.flush()
photos[photo_of(picture(2)).sha256] = picture(2)
case = replace(case, photos=(*case.photos, photo_of(picture(2), "late")))
number = 0
while True:
    number += 1
    recorder.submit(replace(case, notes=str(number)), photos)
    recorder.flush()
    print(number, flush=True)
"""


def test_kill_at_any_moment_leaves_the_last_written_step() -> None:
    for after in (1, 7, 20):
        with subprocess.Popen(
            [sys.executable, "-c", EDITING], stdout=subprocess.PIPE, text=True, cwd=REPO
        ) as editing:
            assert editing.stdout is not None
            told = 0
            while told < after:
                told = int(editing.stdout.readline())
            editing.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
            told = [told, *map(int, editing.stdout.read().split())][-1]
            editing.wait()
        (work,) = find_abandoned()
        back = work.load()
        assert told <= int(back.case.notes) <= told + 1
        assert not back.damaged
        assert set(back.photos) == {photo_of(FIRST).sha256, photo_of(SECOND).sha256}
        work.discard()
