from dataclasses import replace
from pathlib import Path

import pytest

from studio.headless.check import check
from studio.model.case import Case
from studio.model.refusal import Refusal
from studio.storage.casefile import write
from studio.storage.lock import acquire
from tests.unit.storage.cases import picture, small_case

FIRST = picture(1)


def saved(tmp_path: Path, case: Case, photos: dict[str, bytes]) -> Path:
    path = tmp_path / "case.hairline"
    write(path, case, photos)
    return path


def test_a_whole_case(tmp_path: Path) -> None:
    assert check(saved(tmp_path, *small_case(FIRST))) == ()


def test_a_damaged_photo(tmp_path: Path) -> None:
    path = saved(tmp_path, *small_case(FIRST))
    data = bytearray(path.read_bytes())
    data[data.index(FIRST) + 300] ^= 1
    path.write_bytes(data)
    (finding,) = check(path)
    assert finding.damage
    assert "Photo 1 (front) is damaged" in finding.words


def test_a_picture_of_another_size(tmp_path: Path) -> None:
    case, photos = small_case(FIRST)
    wrong = replace(case, photos=(replace(case.photos[0], width=61),))
    (finding,) = check(saved(tmp_path, wrong, photos))
    assert finding.damage
    assert "is 60 x 80, the case says 61 x 80" in finding.words


def test_a_picture_that_is_none(tmp_path: Path) -> None:
    case, photos = small_case(b"no picture at all")
    (finding,) = check(saved(tmp_path, case, photos))
    assert finding.damage


def test_designs_that_are_not_sound(tmp_path: Path) -> None:
    case, photos = small_case(FIRST)
    zone = case.variant.zones[0]
    bow = ((0.0, 0.0), (20.0, 10.0), (20.0, 0.0), (0.0, 10.0))
    variant = replace(
        case.variant,
        zones=(replace(zone, outline=bow), replace(zone, id="b", letter="B", chart="gone")),
    )
    lost, crossing = check(saved(tmp_path, replace(case, variants=(variant,)), photos))
    assert "1 things are drawn on a photo that is not in the case" in lost.words
    assert "zone A: the outline is not sound (self-intersection)" in crossing.words
    assert lost.damage
    assert crossing.damage


def test_a_tile_from_a_later_day(tmp_path: Path) -> None:
    case, photos = small_case(FIRST)
    later = replace(case, placement=replace(case.placement, tile="hs-tile-9"))
    (finding,) = check(saved(tmp_path, later, photos))
    assert finding.damage
    assert "hs-tile-9" in finding.words


def test_what_is_no_damage(tmp_path: Path) -> None:
    case, photos = small_case(FIRST)
    photo = case.photos[0]
    plain = replace(photo, plane=replace(photo.plane, method=None))
    zone = replace(case.variant.zones[0], density=500.0)
    variant = replace(case.variant, zones=(zone,))
    path = saved(tmp_path, replace(case, photos=(plain,), variants=(variant,)), photos)
    lock = acquire(path)
    findings = check(path)
    lock.release()
    assert not any(finding.damage for finding in findings)
    words = " ".join(finding.words for finding in findings)
    assert "capped" in words
    assert "has no scale" in words
    assert "This case is open" in words


def test_what_is_no_case(tmp_path: Path) -> None:
    (tmp_path / "a.hairline").write_bytes(b"x")
    with pytest.raises(Refusal):
        check(tmp_path / "a.hairline")
