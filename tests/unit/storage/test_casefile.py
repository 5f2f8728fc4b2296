import contextlib
import errno
import os
import stat
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.storage import casefile
from studio.storage.archive import NotACase
from studio.storage.casefile import NewerFormat, digest, read, write
from studio.storage.codec import to_json
from studio.storage.migrations import FORMAT
from tests.unit.storage.cases import picture, small_case

FIRST, SECOND = picture(1), picture(2)


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Case, dict[str, bytes]]:
    case, photos = small_case(FIRST, SECOND)
    path = tmp_path / "case.hairline"
    write(path, case, photos)
    return path, case, photos


def repack(path: Path, change: Callable[[zipfile.ZipFile], object], *, drop: str = "") -> None:
    """The same ZIP without one member and with something added."""
    with zipfile.ZipFile(path) as old:
        members = [(info, old.read(info)) for info in old.infolist() if info.filename != drop]
    with zipfile.ZipFile(path, "w") as new:
        for info, data in members:
            new.writestr(info, data)
        change(new)


def test_what_is_written_is_read(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, case, photos = saved
    back = read(path)
    assert (back.case, back.photos, back.notes, back.damaged) == (case, photos, (), frozenset())
    assert back.digest == digest(path)


def test_equal_cases_give_equal_files(
    saved: tuple[Path, Case, dict[str, bytes]], tmp_path: Path
) -> None:
    path, case, photos = saved
    other = tmp_path / "other.hairline"
    assert write(other, replace(case), dict(photos)) == digest(path)


def test_layout(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, case, _ = saved
    with zipfile.ZipFile(path) as opened:
        names = opened.namelist()
        kinds = {info.filename: info.compress_type for info in opened.infolist()}
        manifest = msgspec.json.decode(opened.read("manifest.json"))
        assert opened.read("case.json") == to_json(case)
    wanted = [f"photos/{photo.sha256}.jpg" for photo in case.photos]
    assert names == ["manifest.json", "case.json", *wanted]
    assert all(kinds[name] == zipfile.ZIP_STORED for name in wanted)
    assert manifest["format"] == FORMAT
    assert manifest["id"] == case.id


def test_the_same_picture_twice_is_stored_once(tmp_path: Path) -> None:
    case, photos = small_case(FIRST, FIRST)
    write(tmp_path / "a.hairline", case, photos)
    assert read(tmp_path / "a.hairline").photos == photos


def test_pictures_no_photo_speaks_of_are_left_out(
    saved: tuple[Path, Case, dict[str, bytes]],
) -> None:
    path, case, photos = saved
    write(path, replace(case, photos=case.photos[:1]), photos)
    assert set(read(path).photos) == {case.photos[0].sha256}


def test_a_lost_picture_stops_the_save(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, case, photos = saved
    before = path.read_bytes()
    with pytest.raises(Refusal, match="1 photos of the case are lost"):
        write(path, case, {case.photos[0].sha256: FIRST})
    with pytest.raises(Refusal, match="lost"):
        write(path, case, photos | {case.photos[0].sha256: SECOND})
    assert path.read_bytes() == before


def test_a_newer_format_is_refused_with_both_numbers(
    saved: tuple[Path, Case, dict[str, bytes]],
) -> None:
    path, case, photos = saved
    manifest = msgspec.json.encode({"format": 7, "app": "9.0", "id": "x", "later": [1]})
    repack(path, lambda new: new.writestr("manifest.json", manifest), drop="manifest.json")
    before = path.read_bytes()
    with pytest.raises(NewerFormat, match=f"file format 7; this one reads up to {FORMAT}"):
        read(path)
    with pytest.raises(NewerFormat):
        write(path, case, photos)
    assert path.read_bytes() == before


def test_an_older_format_is_kept_beside(
    saved: tuple[Path, Case, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, case, photos = saved
    before = path.read_bytes()
    write(path, case, photos)
    kept = path.with_name("case.hairline~")
    assert not kept.exists()
    monkeypatch.setattr(casefile, "FORMAT", FORMAT + 1)
    write(path, case, photos)
    assert kept.read_bytes() == before


def test_one_flipped_bit_in_a_photo_keeps_everything_else(
    saved: tuple[Path, Case, dict[str, bytes]],
) -> None:
    path, case, _ = saved
    data = bytearray(path.read_bytes())
    where = data.index(FIRST) + len(FIRST) // 2
    data[where] ^= 0x10
    path.write_bytes(data)
    back = read(path)
    sha = case.photos[0].sha256
    assert back.case == case
    assert back.damaged == {sha}
    assert back.notes[0].startswith("Photo 1 (front) is damaged")
    assert back.photos[case.photos[1].sha256] == SECOND
    wrong = [a != b for a, b in zip(back.photos[sha], FIRST, strict=True)]
    assert sum(wrong) == 1

    write(path, back.case, back.photos, back.damaged)
    again = read(path)
    assert again.photos == back.photos
    assert again.damaged == back.damaged


def test_a_missing_photo_is_noted(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, case, _ = saved
    sha = case.photos[1].sha256
    repack(path, lambda _: None, drop=f"photos/{sha}.jpg")
    back = read(path)
    assert back.damaged == {sha}
    assert sha not in back.photos
    assert back.notes == ("Photo 2 (front) is missing. Add the original again.",)
    write(path, back.case, back.photos, back.damaged)
    assert read(path).case == case


def test_a_packed_photo_that_is_damaged_is_salvaged_up_to_there(
    saved: tuple[Path, Case, dict[str, bytes]],
) -> None:
    path, case, _ = saved
    sha = case.photos[0].sha256
    name = f"photos/{sha}.jpg"
    repack(
        path, lambda new: new.writestr(name, FIRST, compress_type=zipfile.ZIP_DEFLATED), drop=name
    )
    assert read(path).photos[sha] == FIRST
    with zipfile.ZipFile(path) as opened:
        info = opened.getinfo(name)
    data = bytearray(path.read_bytes())
    middle = info.header_offset + 30 + len(name) + info.compress_size * 3 // 4
    data[middle : middle + 40] = b"\xff" * 40
    path.write_bytes(data)
    back = read(path)
    assert back.damaged == {sha}
    assert back.photos[sha][:50] == FIRST[:50]


def test_strangers_in_the_archive_are_left_out_and_told(
    saved: tuple[Path, Case, dict[str, bytes]],
) -> None:
    path, case, _ = saved
    repack(path, lambda new: new.writestr("__MACOSX/._case.json", b"x"))
    back = read(path)
    assert back.case == case
    assert "1 other files" in back.notes[0]


def link(new: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("photos/link.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    new.writestr(info, b"/etc/passwd")


def many(new: zipfile.ZipFile) -> None:
    for number in range(1001):
        new.writestr(f"n{number}", b"")


HOSTILE: dict[str, tuple[Callable[[zipfile.ZipFile], object], str]] = {
    "slip": (lambda new: new.writestr("../../evil", b"x"), "points outside"),
    "absolute": (lambda new: new.writestr("/etc/evil", b"x"), "points outside"),
    "backslash": (lambda new: new.writestr("..\\evil", b"x"), "points outside"),
    "drive": (lambda new: new.writestr("C:evil", b"x"), "points outside"),
    "link": (link, "is a link"),
    "many": (many, "too many parts"),
    "bzip2": (lambda new: new.writestr("x", b"x", zipfile.ZIP_BZIP2), "unusual way"),
    "large case": (
        lambda new: new.writestr("thumbnail", bytes(300_000_001), zipfile.ZIP_DEFLATED, 1),
        "far too large",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused(
    saved: tuple[Path, Case, dict[str, bytes]], name: str
) -> None:
    path, _, _ = saved
    change, words = HOSTILE[name]
    repack(path, change)
    with pytest.raises(NotACase, match=words):
        read(path)


def test_one_name_twice_is_refused(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, case, _ = saved
    with pytest.warns(UserWarning, match="Duplicate name"):
        repack(path, lambda new: new.writestr("case.json", to_json(case)))
    with pytest.raises(NotACase, match="one twice"):
        read(path)


def test_parts_that_overlap_are_refused(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, _, _ = saved
    with zipfile.ZipFile(path, "a") as opened:
        first = opened.infolist()[-1]
        for number in range(50):
            again = zipfile.ZipInfo(f"copy{number}")
            again.header_offset, again.CRC = first.header_offset, first.CRC
            again.compress_size, again.file_size = first.compress_size, first.file_size
            opened.filelist.append(again)
            opened.NameToInfo[again.filename] = again
        opened._didModify = True  # type: ignore[attr-defined] # write the directory anew
    with pytest.raises(NotACase, match="overlap"):
        read(path)


def test_a_locked_archive_is_refused(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, _, _ = saved
    data = bytearray(path.read_bytes())
    where = data.index(b"PK\x01\x02")
    data[where + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(NotACase, match="ZIP password"):
        read(path)


def test_files_that_are_no_case(tmp_path: Path) -> None:
    path = tmp_path / "x.hairline"
    with pytest.raises(NotACase, match="not there any more"):
        read(path)
    with pytest.raises(NotACase, match="folder"):
        read(tmp_path)
    path.write_bytes(b"")
    with pytest.raises(NotACase, match="empty"):
        read(path)
    path.write_bytes(FIRST)
    with pytest.raises(NotACase, match="not a case file"):
        read(path)
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("word/document.xml", b"<x/>")
    with pytest.raises(NotACase, match="not a case file"):
        read(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device to open")
def test_devices_are_left_alone(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    _, case, photos = saved
    with pytest.raises(NotACase, match="not a file"):
        read(Path("/dev/zero"))
    with pytest.raises(Refusal, match="what has this name is no file"):
        write(Path("/dev/zero"), case, photos)


def test_a_cut_off_file_says_so(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    path, _, _ = saved
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(NotACase, match="its end is missing"):
        read(path)


def test_a_damaged_case_is_refused_with_a_way_out(
    saved: tuple[Path, Case, dict[str, bytes]],
) -> None:
    path, _, _ = saved
    with zipfile.ZipFile(path) as opened:
        info = opened.getinfo("case.json")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 60] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(NotACase, match="Open a copy"):
        read(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=6), st.booleans())
def test_bytes_changed_anywhere_never_break_the_reader(
    saved: tuple[Path, Case, dict[str, bytes]], where: int, noise: bytes, tail: bool
) -> None:
    """Either the case is read exactly, or a sentence says why not."""
    path, case, photos = saved
    hurt = path.with_name("hurt.hairline")
    data = bytearray(path.read_bytes())
    start = where % len(data)
    if tail:  # the directory at the end is where a ZIP is most delicate
        start = len(data) - 1 - where % 600
    data[start : start + len(noise)] = noise
    hurt.write_bytes(data)
    with contextlib.suppress(Refusal):
        back = read(hurt)
        assert back.case == case
        for sha, picture_bytes in back.photos.items():
            assert sha in back.damaged or picture_bytes == photos[sha]


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only")]
)
def test_a_disk_that_refuses_leaves_the_old_file(
    saved: tuple[Path, Case, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    words: str,
) -> None:
    path, case, photos = saved
    before = path.read_bytes()

    def refuse(_handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(Refusal, match=words):
        write(path, replace(case, notes="new"), photos)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if "saving" in file.name] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_gives_out_halfway(saved: tuple[Path, Case, dict[str, bytes]]) -> None:
    import resource  # noqa: PLC0415 (not on Windows)

    path, case, photos = saved
    before = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        with pytest.raises(Refusal, match="does not take files this large"):
            write(path, replace(case, notes="new"), photos)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if "saving" in file.name] == []


def test_a_disk_that_lies_is_found_out(
    saved: tuple[Path, Case, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, case, photos = saved
    before = path.read_bytes()
    pack = casefile._pack

    def lie(file: BinaryIO, case: Case, _data: bytes, photos: Mapping[str, bytes]) -> None:
        pack(file, case, to_json(replace(case, notes="other")), photos)

    monkeypatch.setattr(casefile, "_pack", lie)
    with pytest.raises(Refusal, match="other data"):
        write(path, replace(case, notes="new"), photos)
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_and_links_are_kept(
    saved: tuple[Path, Case, dict[str, bytes]], tmp_path: Path
) -> None:
    path, case, photos = saved
    umask = os.umask(0o022)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    path.chmod(0o640)
    shortcut = tmp_path / "link.hairline"
    shortcut.symlink_to(path)
    write(shortcut, replace(case, notes="new"), photos)
    assert shortcut.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert read(path).case.notes == "new"


def test_refused_names(saved: tuple[Path, Case, dict[str, bytes]], tmp_path: Path) -> None:
    _, case, photos = saved
    with pytest.raises(Refusal, match="name is too long"):
        write(tmp_path / ("x" * 300), case, photos)
    with pytest.raises(Refusal, match="folder is not there"):
        write(tmp_path / "gone" / "a.hairline", case, photos)
    (tmp_path / "folder").mkdir()
    with pytest.raises(Refusal, match="what has this name is no file"):
        write(tmp_path / "folder", case, photos)
