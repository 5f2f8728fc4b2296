import platform
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from studio.storage.hold import hold
from studio.storage.lock import CannotLock, Holder, LockedBy, acquire

OTHER_PROGRAM = """
import sys, time
from pathlib import Path
from studio.storage.lock import acquire
lock = acquire(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    path = tmp_path / "client.hairline"
    path.write_bytes(b"x")
    return path


def test_a_lock_says_who_and_goes_away(case_path: Path) -> None:
    lock = acquire(case_path)
    with pytest.raises(LockedBy, match="This case is open: ") as caught:
        acquire(case_path)
    assert caught.value.holder.host == platform.node()
    lock.release()
    lock.release()
    assert not note_of(case_path).exists()
    acquire(case_path).release()


def test_a_link_to_the_case_is_the_same_case(case_path: Path) -> None:
    link = case_path.with_name("link.hairline")
    link.symlink_to(case_path)
    lock = acquire(case_path)
    with pytest.raises(LockedBy):
        acquire(link)
    lock.release()


def test_a_killed_program_holds_nothing(case_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, str(case_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LockedBy):
            acquire(case_path)
        other.kill()
        other.wait()
    assert note_of(case_path).exists()
    half = case_path.with_name(f".{case_path.name}.abc.saving")
    half.write_bytes(b"half")
    acquire(case_path).release()
    assert not half.exists()


def test_another_machine_is_respected_until_the_person_says_so(case_path: Path) -> None:
    holder = Holder("anna", "desk-2", "2026-08-01T10:00+00:00")
    note_of(case_path).write_bytes(msgspec.json.encode(holder))
    with pytest.raises(LockedBy, match="anna on desk-2, since 2026-08-01"):
        acquire(case_path)
    assert msgspec.json.decode(note_of(case_path).read_bytes(), type=Holder) == holder
    lock = acquire(case_path, take_over=True)
    mine = msgspec.json.decode(note_of(case_path).read_bytes(), type=Holder)
    assert mine.host == platform.node()
    lock.release()


@pytest.mark.parametrize("noise", [b"", b"{", b"\xff\x00", b"[1]", b"x" * 10_000])
def test_an_unreadable_note_is_no_lock(case_path: Path, noise: bytes) -> None:
    note_of(case_path).write_bytes(noise)
    acquire(case_path).release()


def test_a_folder_that_takes_no_note(tmp_path: Path) -> None:
    with pytest.raises(CannotLock, match="cannot be written to"):
        acquire(tmp_path / "gone" / "client.hairline")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_a_claim_on_a_removed_file_is_not_taken_for_one_on_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "claim"
    first = hold(path)
    assert first is not None
    assert hold(path) is None
    path.unlink()
    second = hold(path)
    assert second is not None
    second.write(b"long text")
    second.write(b"short")
    assert second.read() == b"short"
    second.release(remove=False)
    assert path.exists()
    first.release()
